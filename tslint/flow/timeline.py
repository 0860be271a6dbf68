"""The active steps of a task sequence in the order in which they run, child sequences in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.model.condition import tests_in
from tslint.model.sequence import Group, Step
from tslint.source.printable import step_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.model.condition import Condition, Expression
    from tslint.model.sequence import Node, TaskSequence

# A sequence that calls children which call children... can multiply; beyond this many steps and groups a
# child stays a hole.
MAX_ENTRIES = 20_000
# Task sequences that call each other deeper than this do not exist outside of attacks on recursion.
MAX_CALLS = 30
# Groups around groups, calls included: what walks them is recursive, and Python allows 1000 calls. One file
# has at most MAX_DEPTH of them.
MAX_NESTING = 300


class Scope(NamedTuple):
    """A group, a step's own condition, or a call: what must hold for the things below it to run.

    ``order`` is that of the first step that starts after the condition was looked at. ``swallows`` tells
    that a failure inside does not get out (continue on error).
    """

    parent: Scope | None
    condition: Condition | None
    order: int
    swallows: bool


class Entry(NamedTuple):
    """One step in its place. ``path`` is its step path in its own document, ``number`` that of smsts.log.

    ``missing`` marks a Run Task Sequence step whose child is not at hand: it may do anything. It is
    ``recursive`` where the child is a sequence that is running already.
    """

    order: int
    step: Step
    sequence: TaskSequence
    path: str
    number: int | None
    scope: Scope | None
    missing: bool = False
    recursive: bool = False


class Block(NamedTuple):
    """What holds steps: a group, or a Run Task Sequence step whose child is at hand.

    ``sequence`` is the one that the ``children`` stand in, ``path`` their group's step path in its own
    document. ``number`` and ``end`` are those of its begin and end in smsts.log. What ``scope`` says holds
    for all that is inside.
    """

    node: Group | Step
    children: tuple[Node, ...]
    sequence: TaskSequence
    path: str
    number: int | None
    end: int | None
    scope: Scope


class Timeline(NamedTuple):
    """``entries`` run (if their conditions hold), ``disabled`` never do; both in order.

    A disabled entry's ``order`` is that of the next active one. ``whole`` stands for the sequence itself,
    before its first step. ``blocks`` are in the order of their begins, disabled groups among them.
    """

    root: TaskSequence
    entries: tuple[Entry, ...]
    disabled: tuple[Entry, ...]
    whole: Entry
    blocks: tuple[Block, ...] = ()


def timeline(root: TaskSequence, export: Mapping[str, TaskSequence]) -> Timeline:
    """Lay out one sequence. ``export`` holds the sequences of the same export by package id, upper case."""
    builder = _Builder(export)
    builder.sequence(root, None, active=True, calls=())
    itself = Step(0, root.name, "", {}, {}, "", 0, None, disabled=False, continue_on_error=False)
    whole = Entry(-1, itself, root, "", None, None)
    blocks = tuple(builder.blocks[number] for number in sorted(builder.blocks))
    return Timeline(root, tuple(builder.entries), tuple(builder.disabled), whole, blocks)


class _Builder:
    def __init__(self, export: Mapping[str, TaskSequence]) -> None:
        self._export = export
        self.entries: list[Entry] = []
        self.disabled: list[Entry] = []
        self.blocks: dict[int, Block] = {}  # by the count of groups and steps before them
        self._nodes = 0
        self._number: int | None = 0

    def _count(self) -> int | None:
        """Take the next number of smsts.log: from 0, groups twice, disabled ones too (CORRECTIONS, 3)."""
        number = self._number
        if number is not None:
            self._number = number + 1
        return number

    def sequence(
        self, sequence: TaskSequence, scope: Scope | None, *, active: bool, calls: tuple[str, ...]
    ) -> None:
        calls = (*calls, sequence.package_id.upper())
        for node in sequence.children:
            self._node(node, sequence, "", scope, active=active, calls=calls)

    def _node(
        self,
        node: Node,
        sequence: TaskSequence,
        prefix: str,
        scope: Scope | None,
        *,
        active: bool,
        calls: tuple[str, ...],
    ) -> None:
        path = step_path(prefix + node.name)
        active = active and not node.disabled
        number, place = self._count(), self._nodes
        self._nodes += 1
        if isinstance(node, Group):
            inner = Scope(scope, node.condition, len(self.entries), node.continue_on_error)
            for child in node.children:
                self._node(child, sequence, path + "/", inner, active=active, calls=calls)
            self.blocks[place] = Block(node, node.children, sequence, path, number, self._count(), inner)
            return
        if node.condition is not None:
            scope = Scope(scope, node.condition, len(self.entries), swallows=False)
        called = self._called(node, calls, scope) if active else None
        entry = Entry(
            len(self.entries),
            node,
            sequence,
            path,
            number,
            scope,
            missing=node.child is not None and called is None,
            recursive=(node.child or "").upper() in calls,
        )
        (self.entries if active else self.disabled).append(entry)
        if node.child is None:
            return
        if called is None:
            self._number = None  # what the child adds to the count is not known
        else:
            inside = Scope(scope, None, len(self.entries), node.continue_on_error)
            self.sequence(called, inside, active=True, calls=calls)
            self.blocks[place] = Block(node, called.children, called, path, number, self._count(), inside)

    def _called(self, step: Step, calls: tuple[str, ...], scope: Scope | None) -> TaskSequence | None:
        if not step.child or len(calls) > MAX_CALLS or self._nodes > MAX_ENTRIES:
            return None
        if sum(1 for _ in around(scope)) > MAX_NESTING:
            return None
        wanted = step.child.upper()
        return None if wanted in calls else self._export.get(wanted)


def around(scope: Scope | None) -> Iterator[Scope]:
    """Go through a scope and the ones around it."""
    while scope is not None:
        yield scope
        scope = scope.parent


def tests_of(scope: Scope | None) -> Iterator[Expression]:
    """Go through every test in the conditions of a scope and of those around it."""
    for one in around(scope):
        if one.condition is not None:
            yield from tests_in(one.condition)
