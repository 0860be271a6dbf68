"""Which suppression covers a finding, found quickly: a stranger's file may hold very many of both."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from tslint.lint.finding import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tslint.lint.finding import Finding
    from tslint.suppress.suppression import Suppression


class Lookup:
    """Finds the suppression of a finding, and remembers which words of which suppressions were of use."""

    def __init__(self, suppressions: Iterable[Suppression], relative: Callable[[str], str]) -> None:
        """``relative`` turns the name of a file into what the globs of the configuration are about."""
        inside: dict[int, dict[range, list[Suppression]]] = {}
        external: list[Suppression] = []
        for one in suppressions:
            if one.ignore is not None:
                external.append(one)
            elif one.covered and one.words and isinstance(one.place, Place):
                ranges = inside.setdefault(id(one.place.document), {})
                ranges.setdefault(one.covered, []).append(one)
        self._used: set[tuple[int, str]] = set()
        self._nested = {document: _Nested(ranges, self._used) for document, ranges in inside.items()}
        self._external = external
        self._relative = cache(relative)
        self._external_of: dict[str, list[tuple[Suppression, list[str]]]] = {}

    def first(self, finding: Finding) -> Suppression | None:
        """Return the suppression that covers a finding; the innermost in the task sequence goes first."""
        place = finding.place
        found: Suppression | None = None
        if isinstance(place, Place):
            nested = self._nested.get(id(place.document))
            found = nested.first(place.element, finding.rule) if nested else None
        for one, naming in self._of(finding.rule):
            if self._fits(one, finding):
                self._used.update((id(one), word) for word in naming)
                found = found or one
        return found

    def _of(self, rule: str) -> list[tuple[Suppression, list[str]]]:
        """Return the entries of the configuration that name a rule, and how. Each is looked at only once."""
        if rule not in self._external_of:
            named = ((one, _naming(one, rule)) for one in self._external)
            self._external_of[rule] = [(one, naming) for one, naming in named if naming]
        return self._external_of[rule]

    def was_used(self, one: Suppression, word: str) -> bool:
        """Say whether a finding was covered by a suppression because of this word in it."""
        return (id(one), word) in self._used

    def _fits(self, one: Suppression, finding: Finding) -> bool:
        place, ignore = finding.place, one.ignore
        if ignore is None:
            return False
        if ignore.step is not None and not (isinstance(place, Place) and ignore.step(place.step)):
            return False
        origin = place.document.origin if isinstance(place, Place) else place.origin
        return ignore.file is None or ignore.file(self._relative(str(origin)))


def _naming(one: Suppression, rule: str) -> list[str]:
    return [word for word, ids in one.words.items() if rule in ids]


class _Nested:
    """The suppressions of one document. Each range lies within another or beside it, as elements do."""

    def __init__(self, ranges: dict[range, list[Suppression]], used: set[tuple[int, str]]) -> None:
        self._ranges = sorted(ranges, key=lambda covered: (covered.start, -covered.stop))
        self._starts = [covered.start for covered in self._ranges]
        self._at = ranges
        self._used = used
        self._known: dict[tuple[int, str], Suppression | None] = {}
        self._around: list[int] = []  # for each range the number of the one around it, -1 for none
        opened: list[int] = []
        for number, covered in enumerate(self._ranges):
            while opened and self._ranges[opened[-1]].stop <= covered.start:
                opened.pop()
            self._around.append(opened[-1] if opened else -1)
            opened.append(number)

    def first(self, element: int, rule: str) -> Suppression | None:
        """Return the innermost suppression of a rule at an element; those around it are of use too."""
        found: Suppression | None = None
        number = bisect_right(self._starts, element) - 1
        while number >= 0:
            if element in self._ranges[number]:
                here = self._here(number, rule)
                found = found or here
            number = self._around[number]
        return found

    def _here(self, number: int, rule: str) -> Suppression | None:
        """Return the first suppression of a rule with this range. All of them are looked at only once."""
        key = number, rule
        if key not in self._known:
            naming = [one for one in self._at[self._ranges[number]] if _naming(one, rule)]
            self._used.update((id(one), word) for one in naming for word in _naming(one, rule))
            self._known[key] = naming[0] if naming else None
        return self._known[key]
