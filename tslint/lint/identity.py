"""What makes a finding the same finding tomorrow: its rule and its place in the sequence, not its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.flow.timeline import Entry, Timeline
    from tslint.lint.finding import Finding
    from tslint.model.sequence import Step
    from tslint.source.document import Fault


def identity(rule: str, entry: Entry, part: tuple[int, str], twins: Twins) -> tuple[str, ...]:
    """Return rule, file, sequence, step and setting. ``part`` is an element and attribute of the step."""
    step, sequence = entry.step, entry.sequence
    where = str(sequence.document.origin), sequence.package_id
    return rule, *where, entry.path, step.type, *twins.told_apart(entry), *_part(step, *part)


def fault_identity(rule: str, fault: Fault) -> tuple[str, ...]:
    """Return the same for content that could not be read, from rule, file and message."""
    return rule, str(fault.origin), fault.message


def distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Number findings of equal identity in their order: two sequences of one file may have the same steps."""
    seen: dict[tuple[str, ...], int] = {}
    for finding in findings:
        earlier = seen.get(finding.identity, 0)
        seen[finding.identity] = earlier + 1
        yield finding._replace(identity=(*finding.identity, str(earlier))) if earlier else finding


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
            for other in (*self._timeline.entries, *self._timeline.disabled):
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


def _part(step: Step, element: int, attribute: str) -> tuple[str, str]:
    if element == step.element:
        return "", attribute
    if element == step.action_element:
        return "action()", attribute
    settings = (key for key, setting in step.settings.items() if setting.element == element)
    return next(settings, f"+{element - step.element}"), attribute
