"""Exports that call each other's task sequences, over all files of a run and what lies beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tslint.lint.result import Result
    from tslint.source.walk import File

# Calls of calls of calls that are followed to files beside the run. Three are many.
MAX_ROUNDS = 30


class Found(NamedTuple):
    """Files beside the run that belong together, with the package ids that they have and call in vain."""

    files: tuple[File, ...]
    result: Result


class Family(NamedTuple):
    """Exports that are judged together, by their numbers, and the files that are read for their context."""

    exports: tuple[int, ...]
    context: tuple[File, ...]


def families(results: Sequence[Result], beside: Sequence[Found]) -> list[Family]:
    """Return the exports that call what another one has, or files ``beside`` the run, or nobody."""
    found: list[Family] = []
    for exports in _groups(results):
        if len(exports) > 1 or results[exports[0]].is_deferred:
            context = _context((results[number] for number in exports), results, beside)
            found.append(Family(exports, tuple(context)))
    return found


def wanted(results: Iterable[Result], beside: Iterable[Found]) -> set[str]:
    """Return the package ids that are called and that no file has that is known so far."""
    every = [*results, *(one.result for one in beside)]
    called = {one.package for result in every for one in result.missing if not one.versions}
    return called.difference(*(result.ids for result in every))


def look_beside(
    results: Sequence[Result], search: Callable[[frozenset[str]], Iterable[Found]]
) -> list[Found]:
    """Search the files beside the run for what is called in vain, and for what that calls in turn."""
    beside: list[Found] = []
    asked: set[str] = set()
    for _ in range(MAX_ROUNDS):
        open_ids = wanted(results, beside) - asked
        if not open_ids:
            break
        asked |= open_ids
        beside += (one for one in search(frozenset(open_ids)) if one.result.ids)
    return beside


def _groups(results: Sequence[Result]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of exports that call each other, in order of the first; most stand alone."""
    having = _having(results)
    head = list(range(len(results)))

    def head_of(number: int) -> int:
        while head[number] != number:
            head[number] = head[head[number]]
            number = head[number]
        return number

    called: set[str] = set()
    for number, result in enumerate(results):
        for package in (one.package for one in result.missing if not one.versions):
            # those that have it are together once one of them is called
            others = having.get(package, [])
            for other in others[:1] if package in called else others:
                first, second = sorted((head_of(number), head_of(other)))
                head[second] = first
            called.add(package)
    groups: dict[int, list[int]] = {}
    for number in range(len(results)):
        groups.setdefault(head_of(number), []).append(number)
    yield from map(tuple, groups.values())


def _having(results: Sequence[Result]) -> Mapping[str, list[int]]:
    """Return which results have each package id."""
    having: dict[str, list[int]] = {}
    for number, result in enumerate(results):
        for package in result.ids:
            having.setdefault(package, []).append(number)
    return having


def _context(family: Iterable[Result], results: Sequence[Result], beside: Sequence[Found]) -> Iterator[File]:
    """Yield the files beside the run that have what a family calls, and what those call in turn.

    What a file of the run has is taken from there.
    """
    if not beside:
        return
    in_run = frozenset[str]().union(*(result.ids for result in results))
    having = _having([one.result for one in beside])
    taken: dict[int, Found] = {}
    pending = list(family)
    for result in pending:
        for one in result.missing:
            for number in () if one.versions or one.package in in_run else having.get(one.package, ()):
                if number not in taken:
                    taken[number] = beside[number]
                    pending.append(beside[number].result)
    yield from sorted({file for one in taken.values() for file in one.files})
