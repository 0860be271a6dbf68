"""The active steps of a task sequence in the order in which they run, child sequences in their place."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from tslint.model.condition import Condition, Expression, tests_in
from tslint.model.sequence import Group, Node, Setting, Step, TaskSequence
from tslint.source.printable import step_path

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

    ``of`` tells which of the three it is, ``name`` is that of a group. ``order`` is that of the first step
    that starts after the condition was looked at. ``swallows`` tells that a failure inside does not get out
    (continue on error). ``sequence`` is where the condition stands, ``path`` the step path of what has it,
    ``number`` that of smsts.log.
    """

    parent: "Scope | None"
    condition: Condition | None
    order: int
    swallows: bool
    sequence: TaskSequence
    path: str
    number: int | None
    of: Literal["group", "step", "call"] = "group"
    name: str = ""


class Entry(NamedTuple):
    """One step in its place. ``path`` is its step path in its own document, ``number`` that of smsts.log.

    ``missing`` marks a Run Task Sequence step whose child is not at hand: it may do anything. It is
    ``recursive`` where the child is a sequence that is running already, ``ambiguous`` where there are
    versions of it that differ.
    """

    order: int
    step: Step
    sequence: TaskSequence
    path: str
    number: int | None
    scope: Scope | None
    missing: bool = False
    recursive: bool = False
    ambiguous: bool = False

    @property
    def inlined(self) -> bool:
        """Whether it runs a child task sequence whose steps follow it here."""
        return self.step.child is not None and not self.missing

    @property
    def own_scope(self) -> Scope | None:
        """The scope that a group makes, or a step that has a condition; None of other steps."""
        of = "group" if self.step.type == "Group" else "step"
        return self.scope if self.scope is not None and self.scope.of == of else None

    @property
    def outer_scope(self) -> Scope | None:
        """The scope that it stands in, its own aside."""
        return self.scope if self.own_scope is None else self.own_scope.parent


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

    A disabled entry's ``order`` is that of the next active one. ``nodes`` are all steps and groups as they
    stand in the file, and before them its list of global variables. ``groups`` are those that may run and
    ``disabled_groups`` the others, each with the order of the first step in it. ``export`` are the sequences
    that can be called, by package id, upper case, ``callers`` those at hand that have a step for each,
    disabled or not. ``whole`` stands for the sequence itself, before its first step, ``end`` for it after the
    last one. ``blocks`` are in the order of their begins, disabled groups among them. Where it is
    ``unguarded``, everything is an entry, and no condition and no failure keeps it from running.
    """

    root: TaskSequence
    entries: tuple[Entry, ...]
    disabled: tuple[Entry, ...]
    whole: Entry
    nodes: tuple[Entry, ...] = ()
    groups: tuple[Entry, ...] = ()
    disabled_groups: tuple[Entry, ...] = ()
    export: Mapping[str, TaskSequence] = {}  # nobody changes it
    callers: Mapping[str, Sequence[TaskSequence]] = {}  # nor this
    blocks: tuple[Block, ...] = ()
    unguarded: bool = False

    @property
    def end(self) -> Entry:
        """The sequence itself, after its last step."""
        return self.whole._replace(order=len(self.entries))

    def everywhere(self) -> "Timeline":
        """Return all steps and groups as if each ran, whatever its conditions and the steps before it."""
        entries = tuple(entry._replace(order=order, missing=False) for order, entry in enumerate(self.nodes))
        return Timeline(
            self.root,
            entries,
            (),
            self.whole,
            entries,
            export=self.export,
            callers=self.callers,
            unguarded=True,
        )


def timeline(
    root: TaskSequence,
    export: Mapping[str, TaskSequence],
    ambiguous: Collection[str] = (),
    callers: Mapping[str, Sequence[TaskSequence]] | None = None,
) -> Timeline:
    """Lay out one sequence. ``export`` holds those that it may call by package id, upper case.

    Of those that are ``ambiguous`` nobody knows which version is meant. ``callers`` are the sequences at hand
    that have a step for each, disabled or not.
    """
    builder = _Builder(export, ambiguous)
    builder.sequence(root, None, active=True, calls=())
    itself = Step(0, root.name, "", {}, {}, "", 0, None, disabled=False, continue_on_error=False)
    whole = Entry(-1, itself, root, "", None, None)
    return Timeline(
        root,
        tuple(builder.entries),
        tuple(builder.disabled),
        whole,
        tuple(builder.all),
        tuple(builder.groups),
        tuple(builder.disabled_groups),
        export,
        callers or {},
        tuple(builder.blocks[number] for number in sorted(builder.blocks)),
    )


class _Builder:
    def __init__(self, export: Mapping[str, TaskSequence], ambiguous: Collection[str]) -> None:
        self._export = export
        self._ambiguous = ambiguous
        self.entries: list[Entry] = []
        self.disabled: list[Entry] = []
        self.all: list[Entry] = []
        self.groups: list[Entry] = []
        self.disabled_groups: list[Entry] = []
        self.blocks: dict[int, Block] = {}  # by the count of groups and steps before them
        self._nodes = 0
        self._number: int | None = 0

    def _count(self) -> int | None:
        """Take the next number of smsts.log: from 0, groups twice, disabled ones too.

        The engine's instruction pointer counts so: https://wetterssource.com/comment/1
        """
        number = self._number
        if number is not None:
            self._number = number + 1
        return number

    def sequence(
        self, sequence: TaskSequence, scope: Scope | None, *, active: bool, calls: tuple[TaskSequence, ...]
    ) -> None:
        calls = (*calls, sequence)
        if sequence.variables:
            self.all.append(Entry(len(self.entries), _of_list(sequence), sequence, "", None, scope))
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
        calls: tuple[TaskSequence, ...],
    ) -> None:
        path = step_path(prefix + node.name)
        active = active and not node.disabled
        number, place = self._count(), self._nodes
        self._nodes += 1
        if isinstance(node, Group):
            order = len(self.entries)
            swallows = node.continue_on_error
            inner = Scope(scope, node.condition, order, swallows, sequence, path, number, "group", node.name)
            itself = Entry(order, _as_step(node), sequence, path, number, inner)
            self.all.append(itself)
            (self.groups if active else self.disabled_groups).append(itself)
            for child in node.children:
                self._node(child, sequence, path + "/", inner, active=active, calls=calls)
            self.blocks[place] = Block(node, node.children, sequence, path, number, self._count(), inner)
            return
        if node.condition is not None:
            order = len(self.entries)
            scope = Scope(scope, node.condition, order, False, sequence, path, number, "step")
        called = self._called(node, calls, scope) if active else None
        entry = Entry(
            len(self.entries),
            node,
            sequence,
            path,
            number,
            scope,
            missing=node.child is not None and called is None,
            recursive=self._is_running(node, calls),
            ambiguous=node.child is not None and node.child.upper() in self._ambiguous,
        )
        (self.entries if active else self.disabled).append(entry)
        self.all.append(entry)
        if node.child is None:
            return
        if called is None:
            self._number = None  # what the child adds to the count is not known
        else:
            swallows = node.continue_on_error
            inside = Scope(scope, None, len(self.entries), swallows, sequence, path, number, "call")
            self.sequence(called, inside, active=True, calls=calls)
            self.blocks[place] = Block(node, called.children, called, path, number, self._count(), inside)

    def _called(
        self, step: Step, calls: tuple[TaskSequence, ...], scope: Scope | None
    ) -> TaskSequence | None:
        if not step.child or len(calls) > MAX_CALLS or self._nodes > MAX_ENTRIES:
            return None
        if sum(1 for _ in around(scope)) > MAX_NESTING:
            return None
        return None if self._is_running(step, calls) else self._export.get(step.child.upper())

    def _is_running(self, step: Step, calls: tuple[TaskSequence, ...]) -> bool:
        """Say whether a step calls a sequence that it is in, by the id that it has or is called by."""
        wanted = (step.child or "").upper()
        called = self._export.get(wanted)
        return wanted != "" and any(one is called or one.package_id.upper() == wanted for one in calls)


def _of_list(sequence: TaskSequence) -> Step:
    """Return a sequence's list of global variables as a step without a type that has them for settings."""
    settings = {
        name: Setting(name, "", value, hidden=False, element=0) for name, value in sequence.variables.items()
    }
    return Step(0, sequence.name, "", {}, settings, "", 0, None, disabled=False, continue_on_error=False)


def _as_step(group: Group) -> Step:
    """Return a group in the shape of a step, so that facts about steps can be asked of it."""
    return Step(
        group.element,
        group.name,
        "Group",
        group.attributes,
        {},
        "",
        group.element,
        group.condition,
        disabled=group.disabled,
        continue_on_error=group.continue_on_error,
    )


def groups_around(scope: Scope | None) -> Iterator[Scope]:
    """Go through the groups around a step in its own task sequence, the innermost first."""
    for one in around(scope):
        if one.of == "call":
            return
        if one.of == "group":
            yield one


def around(scope: Scope | None) -> Iterator[Scope]:
    """Go through a scope and the ones around it."""
    while scope is not None:
        yield scope
        scope = scope.parent


def tests_of(scope: Scope | None, of: str) -> Iterator[Expression]:
    """Go through every test in the conditions of a scope and of those around it.

    ``of`` leaves only those of the "step" itself, or of the "groups" around it.
    """
    for one in around(scope):
        if one.condition is not None and of in ("any", "step" if one.of == "step" else "groups"):
            yield from tests_in(one.condition)
