"""Which group or step of the old version is which of the new one.

By parent, type and name first; groups then by what they hold, steps by their name elsewhere, and at last by
what they do: that is what tells a renamed one. The work is bounded; above, only what is equal counts.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from tslint.model.sequence import Group
from tslint.review.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tslint.model.sequence import Node, TaskSequence
    from tslint.review.facts import Fact, Names

# Pairs of groups or steps that are looked at, where names and groups do not tell; above, only equal ones are.
MAX_PAIRS = 40_000
# Up to so many characters of what a step does are compared one by one, and so many words where it is more.
MAX_CHARACTERS = 400
MAX_WORDS = 300
# Comparisons of two characters or words in all: half a second. Real versions need a hundredth.
MAX_COMPARED = 10_000_000
# From this likeness on, of 1: groups by what they hold; steps that stay in their group by what they do alone,
# and together with a name that is as much alike; steps elsewhere, which must do enough to be told apart.
_GROUPS, _STEPS, _BOTH, _ELSEWHERE = 0.5, 0.75, 0.5, 0.9
_TELLING = 40


class Place(NamedTuple):
    """A group or step in its version. ``parent`` is the number of its group, -1 at the top.

    ``after`` is what stands before it there, -1 where it is the first.
    """

    number: int
    parent: int
    after: int
    node: Node
    path: str
    depth: int
    facts: tuple[Fact, ...]
    children: list[int]
    inside: Counter[tuple[str, str]]  # types and names of what a group holds, to the bottom

    @property
    def kind(self) -> str:
        """The type of step; a group is of a type of its own."""
        return "group" if isinstance(self.node, Group) else f"step {self.node.type.lower()}"

    @property
    def key(self) -> tuple[str, str]:
        """What a step is looked for by."""
        return self.kind, self.node.name

    @property
    def does(self) -> str:
        """What it does, whatever it is called and whenever it runs.

        The action of a step that has settings says no more than its type.
        """
        told = [fact for fact in self.facts if fact.kind not in ("disabled", "condition")]
        settings = [fact for fact in told if fact.key != "action"] or told
        return "\n".join(
            fact.value if fact.kind in ("command", "script") else f"{fact.label}: {fact.value}"
            for fact in settings
        )

    @property
    def whole(self) -> str:
        """All that there is to say of it but its name."""
        return "\n".join(f"{fact.key}: {fact.value}" for fact in self.facts)


class Version(NamedTuple):
    """One version of a task sequence, its groups and steps numbered in document order."""

    sequence: TaskSequence
    places: tuple[Place, ...]
    top: tuple[int, ...]

    def children(self, number: int) -> Sequence[int]:
        """Return what stands in a group, or at the top for -1."""
        return self.top if number < 0 else self.places[number].children


def version(sequence: TaskSequence, names: Names) -> Version:
    """Number the groups and steps of a task sequence; called child sequences stay outside."""
    places: list[Place] = []
    own = names.of(sequence)

    def add(nodes: Iterable[Node], parent: int, prefix: str, depth: int) -> Iterator[int]:
        after = -1
        for node in nodes:
            path, facts = prefix + node.name, facts_of(node, own)
            place = Place(len(places), parent, after, node, path, depth, facts, [], Counter())
            places.append(place)
            after = place.number
            if isinstance(node, Group):
                place.children.extend(add(node.children, place.number, f"{path}/", depth + 1))
                for child in place.children:
                    place.inside[places[child].key] += 1
                    place.inside.update(places[child].inside)
            yield place.number

    top = tuple(add(sequence.children, -1, "", 0))
    return Version(sequence, tuple(places), top)


def match(old: Version, new: Version) -> dict[int, int]:
    """Return the numbers of the new version by those of the old one."""
    return _Matching(old, new).run()


class _Matching:
    def __init__(self, old: Version, new: Version) -> None:
        self._old, self._new = old, new
        self.found: dict[int, int] = {}
        self._taken: set[int] = set()
        self._left = MAX_COMPARED

    def run(self) -> dict[int, int]:
        self._below(-1, -1)
        self._groups()
        self._by_name()
        self._renamed()
        self._retyped()
        return self.found

    def _take(self, old: int, new: int) -> None:
        self.found[old] = new
        self._taken.add(new)

    def _open(self, version: Version, numbers: Iterable[int]) -> list[Place]:
        taken = self.found if version is self._old else self._taken
        return [version.places[number] for number in numbers if number not in taken]

    def _all_open(self, *, groups: bool) -> tuple[list[Place], list[Place]]:
        both = (self._open(one, range(len(one.places))) for one in (self._old, self._new))
        old, new = ([place for place in side if (place.kind == "group") == groups] for side in both)
        return old, new

    def _below(self, old: int, new: int) -> None:
        """Match what is called alike in two groups that are the same, and go on in those groups."""
        here = self._open(self._old, self._old.children(old)), self._open(self._new, self._new.children(new))
        pairs = [*_paired(*here, lambda place: (place.key, place.whole))]
        for one, other in pairs:
            self._take(one.number, other.number)
        rest = self._open(self._old, self._old.children(old)), self._open(self._new, self._new.children(new))
        for one, other in _paired(*rest, lambda place: place.key):
            self._take(one.number, other.number)
            pairs.append((one, other))
        for one, other in pairs:
            self._below(one.number, other.number)

    def _groups(self) -> None:
        """Match groups that have moved or are called otherwise by what they hold."""
        while True:
            old, new = self._all_open(groups=True)
            if not old or not new:
                return
            alike = self._alike_groups(old, new)
            if not alike:
                return
            for _, one, other in alike:
                if one.number not in self.found and other.number not in self._taken:
                    self._take(one.number, other.number)
                    self._below(one.number, other.number)

    def _alike_groups(self, old: list[Place], new: list[Place]) -> list[tuple[float, Place, Place]]:
        pairs: Iterable[tuple[Place, Place]] = product(old, new)
        if len(old) * len(new) > MAX_PAIRS:
            pairs = _paired(old, new, lambda place: place.key)
        found = [
            (likeness, one, other)
            for one, other in pairs
            if (likeness := self._group_likeness(one, other)) >= _GROUPS
        ]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].number, pair[2].number))

    def _group_likeness(self, one: Place, other: Place) -> float:
        total = sum(one.inside.values()) + sum(other.inside.values())
        named = one.node.name == other.node.name
        stays = self._same_parent(one, other)
        if not total:  # two empty groups
            return 1.0 if named else 0.6 if stays and one.whole == other.whole else 0.0
        common = sum((one.inside & other.inside).values())
        return 2 * common / total * 0.8 + 0.15 * named + 0.05 * stays

    def _same_parent(self, one: Place, other: Place) -> bool:
        return other.parent == (-1 if one.parent < 0 else self.found.get(one.parent, -2))

    def _by_name(self) -> None:
        """Match steps that are called alike and stand elsewhere: equal ones, then those alone of the name."""
        old, new = self._all_open(groups=False)
        for one, other in _paired(old, new, lambda place: (place.key, place.whole)):
            self._take(one.number, other.number)
        old, new = self._all_open(groups=False)
        counts = Counter(place.key for place in old), Counter(place.key for place in new)
        for one, other in _paired(old, new, lambda place: place.key):
            if counts[0][one.key] == counts[1][one.key] == 1:
                self._take(one.number, other.number)

    def _renamed(self) -> None:
        """Match steps that are called otherwise by what they do."""
        old, new = self._all_open(groups=False)
        pairs: Iterable[tuple[Place, Place]] = product(old, new)
        if len(old) * len(new) > MAX_PAIRS:
            pairs = _paired(old, new, lambda place: (place.kind, place.does))
        found = [
            (likeness, one, other)
            for one, other in pairs
            if one.kind == other.kind and (likeness := self._step_likeness(one, other)) > 0
        ]
        for _, one, other in sorted(found, key=lambda pair: (-pair[0], pair[1].number, pair[2].number)):
            if one.number not in self.found and other.number not in self._taken:
                self._take(one.number, other.number)

    def _step_likeness(self, one: Place, other: Place) -> float:
        """Return how much alike two steps of a kind are, 0 where that is not enough."""
        stays = self._same_parent(one, other)
        does, did = one.does, other.does
        if does == did:
            if does and stays:
                return 2.0
            if stays:
                return self._ratio([*one.node.name], [*other.node.name], _BOTH)
            return 1.5 if len(does) >= _TELLING else 0.0
        short = max(len(does), len(did)) <= MAX_CHARACTERS
        one_told, other_told = ([*does], [*did]) if short else (_words(does), _words(did))
        likeness = self._ratio(one_told, other_told, _BOTH if stays else _ELSEWHERE)
        if not stays:
            return likeness if likeness >= _ELSEWHERE and len(does) >= _TELLING else 0.0
        if likeness >= _STEPS:
            return likeness
        name = self._ratio([*one.node.name], [*other.node.name], _BOTH) if likeness else 0.0
        return (likeness + name) / 2 if name else 0.0

    def _ratio(self, one: list[str], other: list[str], least: float) -> float:
        """Return the likeness of two texts, 0 below ``least`` and where there was too much to compare."""
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            return 0.0
        self._left -= len(one) * len(other)
        ratio = matcher.ratio() if self._left > 0 else 0.0
        return ratio if ratio >= least else 0.0

    def _retyped(self) -> None:
        """Match steps that stay where they are, are called alike and became another type."""
        old, new = self._all_open(groups=False)
        for one, other in _paired(old, new, lambda place: place.node.name):
            if self._same_parent(one, other):
                self._take(one.number, other.number)


def _paired(
    old: Iterable[Place], new: Iterable[Place], key: Callable[[Place], object]
) -> Iterator[tuple[Place, Place]]:
    """Pair what has equal keys, in order."""
    waiting: dict[object, list[Place]] = {}
    for place in new:
        waiting.setdefault(key(place), []).append(place)
    for queue in waiting.values():
        queue.reverse()
    for place in old:
        queue = waiting.get(key(place), [])
        if queue:
            yield place, queue.pop()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)[:MAX_WORDS]
