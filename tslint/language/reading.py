"""A part of a rule that is being read: where it stands, what names stand for, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tslint.language.context import Picks


class Reading:
    """What the reading of rules asks of their surroundings. This one checks nothing, knows no names.

    ``rules.file_reading`` knows the file: it tells places, and words that nothing documents.
    """

    def __init__(self, selectors: Callable[[object, Reading], Picks]) -> None:
        self._selectors = selectors

    @property
    def given(self) -> frozenset[str] | None:
        """What a selector here is asked about beside a step (see ``Selector.needs``), None for anything."""
        return None

    def at(self, part: str | int) -> Reading:
        """Return the same for an inner part."""
        del part
        return self

    def each(self, data: object) -> Iterator[tuple[object, Reading]]:
        """Go through a list's items and their places; what is no list is its own item."""
        if isinstance(data, list):
            for index, item in enumerate(data):
                yield item, self.at(index)
        else:
            yield data, self

    def expect(self, of: str, word: str, types: tuple[str, ...] = (), *, at_key: bool = False) -> None:
        """Tell if there is no such word ``of`` a kind: steps, settings, variables, tools and others.

        A setting must be one of these ``types`` of step, in small letters, if any are given; an option one of
        these tools, a value one of these settings or variables. ``at_key`` tells that the word is a key.
        """

    def refuse(self, problem: str, remedy: str, *, at_key: bool = False) -> None:
        """Tell what is wrong here, and what would be right."""

    def expression(self, text: str) -> None:
        """Tell if a regular expression does not compile."""

    def about(self, given: frozenset[str] | None) -> Reading:
        """Return the same where a selector is asked about this (see ``given``)."""
        del given
        return self

    def among(self, roles: Mapping[str, frozenset[str]]) -> Reading:
        """Return the same where the events in roles are these: what each is beside a step."""
        del roles
        return self

    def selector(self, data: object, of: str = "") -> Picks:
        """Read a selector inside another part, which is asked about the event in the role ``of``."""
        del of
        return self._selectors(data, self)

    def read(self, data: object, *, given: frozenset[str] | None) -> Picks:
        """Read a selector that is asked about this (see ``given``)."""
        del given
        return self._selectors(data, self)
