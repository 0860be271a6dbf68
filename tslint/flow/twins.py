"""The steps of one type that have the same path, told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.timeline import Entry, Timeline
    from tslint.model.sequence import Step


class Twins:
    """Tells apart the steps of one type that have the same path in one document.

    Their settings do, and order only those of equal settings. The last step counts as the plain one, so that
    a step alone does not depend on its settings, and one inserted above leaves those below as they are.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._groups: dict[tuple[int, str, str], dict[int, Step]] = {}
        self._told: dict[tuple[int, str, str], dict[int, tuple[str, str]]] = {}

    def told_apart(self, entry: Entry) -> tuple[str, str]:
        """Return what tells the step of ``entry`` from its twins: a digest of its settings, and its order."""
        if not self._groups:
            for other in self._timeline.nodes:
                self._groups.setdefault(_path(other), {})[other.step.element] = other.step
        path = _path(entry)
        if path not in self._told:
            group = self._groups.get(path, {})  # none: the sequence as a whole
            self._told[path] = dict(_told(group)) if len(group) > 1 else {entry.step.element: ("", "0")}
        return self._told[path][entry.step.element]


def _path(entry: Entry) -> tuple[int, str, str]:
    return id(entry.sequence.document), entry.path, entry.step.type


def _told(group: dict[int, Step]) -> Iterator[tuple[int, tuple[str, str]]]:
    following: dict[str, int] = {}
    plain = None
    for element in sorted(group, reverse=True):
        settings = _digest(group[element])
        plain = plain or settings
        order = following.get(settings, 0)
        following[settings] = order + 1
        yield element, ("" if settings == plain else settings, str(order))


def _digest(step: Step) -> str:
    from hashlib import sha256

    settings = (f"{key}\0{setting.value.strip()}" for key, setting in sorted(step.settings.items()))
    return sha256("\0".join([step.action.strip(), *settings]).encode("utf-8", "surrogatepass")).hexdigest()
