"""What changed between two versions of a task sequence: one change a fact, and nothing that is the same."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.model.sequence import Group
from tslint.review.matching import match, version
from tslint.review.outline import about_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.model.sequence import Step, TaskSequence
    from tslint.review.facts import Fact, Names
    from tslint.review.matching import Place, Version

    # A place of the old version, one of the new one, and how deep they stand.
    _Row = tuple[Place | None, Place | None, int]

Kind = Literal[
    "added",
    "removed",
    "moved",
    "renamed",
    "disabled",
    "enabled",
    "setting",
    "condition",
    "command",
    "script",
    "variable",
    "reference",
]


class Change(NamedTuple):
    """One change. ``step`` is the step path in the new version, in the old one for what is removed.

    ``step_kind`` is what the console calls it, ``depth`` how deep it stands; the sequence itself is "" at -1.
    ``old_step`` is its path before, where that was another. ``facts`` are those of what was added or removed.
    """

    kind: Kind
    step: str
    step_kind: str = ""
    depth: int = -1
    old_step: str | None = None
    setting: str | None = None
    old: str | None = None
    new: str | None = None
    facts: tuple[Fact, ...] = ()


class Row(NamedTuple):
    """A group or step of two versions laid into one, what was removed where it stood.

    ``old`` and ``new`` are its elements in their documents, -1 where a version has it not. ``depth`` is how
    deep it stands among the others, ``changes`` are the numbers of its changes.
    """

    old: int
    new: int
    depth: int
    changes: tuple[int, ...]


class Compared(NamedTuple):
    """Two versions, the changes in the order of the new one, and which step became which."""

    old: Version
    new: Version
    matched: dict[int, int]
    changes: tuple[Change, ...]
    rows: tuple[Row, ...]

    def steps(self) -> Iterator[tuple[Step, Step]]:
        """Go through the steps that are in both."""
        for before, after in self.matched.items():
            one, other = self.old.places[before].node, self.new.places[after].node
            if not (isinstance(one, Group) or isinstance(other, Group)):
                yield one, other


def compare(old: TaskSequence, new: TaskSequence, names: Names) -> Compared:
    """Compare two versions of a task sequence."""
    one, other = version(old, names), version(new, names)
    matched = match(one, other)
    comparison = _Comparison(one, other, matched, names)
    changes = [*_of_the_whole(one, other)]
    rows = []
    for before, after, depth in comparison.rows():
        first = len(changes)
        changes.extend(comparison.changes(before, after))
        was, now = (-1 if place is None else place.node.element for place in (before, after))
        rows.append(Row(was, now, depth, tuple(range(first, len(changes)))))
    return Compared(one, other, matched, tuple(changes), tuple(rows))


class _Comparison:
    def __init__(self, old: Version, new: Version, matched: dict[int, int], names: Names) -> None:
        self._old, self._new, self._names = old, new, names
        self._matched = matched
        self._back = {after: before for before, after in matched.items()}
        self._moved = self._moves()

    def rows(self) -> Iterator[_Row]:
        """Lay both versions into one."""
        yield from self._below(-1, -1, 0)

    def changes(self, old: Place | None, new: Place | None) -> Iterator[Change]:
        """Tell what became of a group or step."""
        if new is None or old is None:
            place = old or new
            assert place is not None  # noqa: S101 - one of two
            yield self._change("removed" if new is None else "added", place)._replace(facts=place.facts)
        else:
            yield from self._of_a_pair(old, new)

    def _below(self, old: int | None, new: int, depth: int) -> Iterator[_Row]:
        """Go through a group of the new version, with what was removed from it where it stood."""
        gone = [] if old is None else [n for n in self._old.children(old) if n not in self._matched]
        waiting = iter(gone)
        next_gone = next(waiting, None)
        for number in self._new.children(new):
            before = self._back.get(number)
            stays = before is not None and number not in self._moved
            while next_gone is not None and stays and next_gone < (before or 0):
                yield from self._removed(self._old.places[next_gone], depth)
                next_gone = next(waiting, None)
            place = self._new.places[number]
            yield None if before is None else self._old.places[before], place, depth
            if place.kind == "group":
                yield from self._below(before, number, depth + 1)
        while next_gone is not None:
            yield from self._removed(self._old.places[next_gone], depth)
            next_gone = next(waiting, None)

    def _removed(self, place: Place, depth: int) -> Iterator[_Row]:
        """Go through a group or step that is gone, with what was in it and is nowhere else."""
        yield place, None, depth
        for number in place.children:
            if number not in self._matched:
                yield from self._removed(self._old.places[number], depth + 1)

    def _change(self, kind: Kind, place: Place, old_step: str | None = None) -> Change:
        return Change(kind, place.path, self._names.label(place.node), place.depth, old_step)

    def _of_a_pair(self, old: Place, new: Place) -> Iterator[Change]:
        before = old.path if old.path != new.path else None
        if new.number in self._moved:
            where = self._where(self._old, old), self._where(self._new, new)
            yield self._change("moved", new, before)._replace(old=where[0], new=where[1])
        if old.node.name != new.node.name:
            yield self._change("renamed", new, before)._replace(old=old.node.name, new=new.node.name)
        if old.kind != new.kind:
            labels = self._names.label(old.node), self._names.label(new.node)
            typed = self._change("setting", new, before)
            yield typed._replace(setting="type of step", old=labels[0], new=labels[1])
        facts = {fact.key: fact for fact in old.facts}, {fact.key: fact for fact in new.facts}
        for key in [*facts[1], *(key for key in facts[0] if key not in facts[1])]:
            change = _of_a_fact(facts[0].get(key), facts[1].get(key))
            if change is not None:
                place = self._change(change.kind, new, before)
                yield place._replace(setting=change.setting, old=change.old, new=change.new)

    def _where(self, version: Version, place: Place) -> str:
        """Say where a step stands: its group, and what is before it there."""
        group = "the top level" if place.parent < 0 else f"'{version.places[place.parent].path}'"
        return (
            f"{group}, first"
            if place.after < 0
            else f"{group} after '{version.places[place.after].node.name}'"
        )

    def _moves(self) -> set[int]:
        """Return the numbers, in the new version, of what stands in another group or in another order."""
        moved = set()
        together: dict[int, list[tuple[int, int]]] = {}
        for before, after in self._matched.items():
            parents = self._old.places[before].parent, self._new.places[after].parent
            if parents[1] != (-1 if parents[0] < 0 else self._matched.get(parents[0], -2)):
                moved.add(after)
            else:
                together.setdefault(parents[1], []).append((before, after))
        for pairs in together.values():
            order = [after for _, after in sorted(pairs)]
            moved |= set(order) - set(longest_increasing(order))
        return moved


def _of_a_fact(old: Fact | None, new: Fact | None) -> Change | None:
    """Tell how a fact changed; None where it did not."""
    fact = new or old
    if fact is None or (old is not None and new is not None and old.value == new.value):
        return None
    if fact.kind == "disabled":
        return Change("enabled" if new is None else "disabled", "")
    kind: Kind = fact.kind
    values = [fact.default or None if one is None else one.value for one in (old, new)]
    return Change(kind, "", setting=fact.label, old=values[0], new=values[1])


def _of_the_whole(old: Version, new: Version) -> Iterator[Change]:
    """Tell what changed of the task sequence itself: its name, boot image, variables, references."""
    if old.sequence.name != new.sequence.name and old.sequence.name and new.sequence.name:
        yield Change("renamed", "", old=old.sequence.name, new=new.sequence.name)
    about = dict(about_of(old.sequence)), dict(about_of(new.sequence))
    for label in [*about[1], *(label for label in about[0] if label not in about[1])]:
        if about[0].get(label) != about[1].get(label):
            kind: Kind = "variable" if label.startswith("variable ") else "setting"
            kind = "reference" if label == "boot image" else kind
            setting = label.removeprefix("variable ")
            yield Change(kind, "", setting=setting, old=about[0].get(label), new=about[1].get(label))
    if old.sequence.references is not None and new.sequence.references is not None:
        yield from _references(old, new)


def _references(old: Version, new: Version) -> Iterator[Change]:
    """Tell how the list of references changed where no step does: the console makes it from the steps."""
    before, after = _listed(old), _listed(new)
    named = _named(old), _named(new)
    for reference in sorted({*before, *after}):
        values = before.get(reference), after.get(reference)
        by_steps = None in values and reference in named[values[0] is None]
        if values[0] != values[1] and not by_steps:
            yield Change("reference", "", setting=f"reference {reference}", old=values[0], new=values[1])


def _listed(version: Version) -> dict[str, str]:
    """Return what a task sequence lists that it needs, with the programs of it."""
    found: dict[str, set[str]] = {}
    for reference, program in version.sequence.listed:
        if reference:
            found.setdefault(reference, set()).add(program or "all of it")
    return {reference: ", ".join(sorted(programs)) for reference, programs in found.items()}


def _named(version: Version) -> str:
    """Return all that steps name."""
    return "\n".join(fact.value for place in version.places for fact in place.facts)


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """Return the longest run of numbers that increase, in their order, others left out between them."""
    ends: list[int] = []  # of the runs of each length, the smallest last number
    back: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        back[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    found: list[int] = []
    last: int | None = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = back[last]
    return found[::-1]
