"""A part of a rule that is being read: where it stands, what names stand for, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tslint.language.context import Picks


class Reading:
    """What the reading of rules asks of their surroundings. This one checks nothing, knows no names.

    ``rules.file_reading`` knows the file: it tells places, and words that nothing documents.
    """

    def __init__(self, selectors: Callable[[object, Reading], Picks]) -> None:
        self._selectors = selectors

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

    def refuse(self, problem: str, remedy: str) -> None:
        """Tell what is wrong here, and what would be right."""

    def expression(self, text: str) -> None:
        """Tell if a regular expression does not compile."""

    def selector(self, data: object) -> Picks:
        """Read a selector that stands inside another part."""
        return self._selectors(data, self)
