"""What would run with some values: each step runs, is skipped, or depends on something that is told.

The engine decides: a step runs if its guard holds on all paths that the values leave, and is skipped if it
holds on none. What is in between depends on what the guard still asks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.flow.assignments import Assignments
from tslint.flow.failures import swallowed
from tslint.flow.flow import Flow
from tslint.flow.timeline import Entry
from tslint.logic.diagram import FALSE
from tslint.logic.effort import EffortExceededError
from tslint.logic.text import Unknown, spell
from tslint.review.decided import Decided
from tslint.review.goes_on import goes_on
from tslint.review.instructions import instructions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Block, Scope, Timeline
    from tslint.review.instructions import Instruction

Outcome = Literal["runs", "skipped", "depends", "fails"]
Reason = Literal["", "disabled", "condition", "group", "failure", "undecided"]
# Values of one variable that are told; more are left out.
_MOST_VALUES = 4


class Assigned(NamedTuple):
    """A variable that a step sets, and to what: "" where that is not known."""

    name: str
    value: str
    known: bool = True


class Line(NamedTuple):
    """One group or step. ``why`` tells what decided, or what it depends on.

    ``phase`` is where it runs, "" where that is not known. ``swallowed`` is what goes on after it fails: a
    step itself, a group, or "" for nothing.
    """

    kind: Literal["group", "step"]
    name: str
    number: int | None
    depth: int
    path: str
    outcome: Outcome
    reason: Reason = ""
    why: tuple[str, ...] = ()
    phase: str = ""
    sets: tuple[Assigned, ...] = ()
    swallowed: str | None = None


class Open(NamedTuple):
    """Something that is not known, and how many steps depend on it."""

    what: str
    steps: int


class DryRun(NamedTuple):
    """What would run. ``ends`` tells how; ``give`` are the fewest values that every open step waits for."""

    name: str
    file: str
    lines: tuple[Line, ...]
    ends: Literal["completes", "fails", "depends"]
    unknown: tuple[Open, ...] = ()
    give: tuple[str, ...] = ()


class Question(NamedTuple):
    """What is asked: values, steps that fail (by order, with a code), tests that hold or do not.

    ``true`` and ``false`` are parts of queries and of names of files and folders.
    """

    given: Mapping[str, str | None]
    failing: Mapping[int, str]
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


def dry_run(line: Timeline, question: Question, tables: Tables) -> DryRun:
    """Go through a task sequence."""
    return _Run(line, question, tables).run()


class _Run:
    def __init__(self, line: Timeline, question: Question, tables: Tables) -> None:
        plain = Assignments(line, tables)
        may_set = frozenset(plain.writers()).union(*plain.of_scripts().values())
        self._flow = Flow(line, tables, holes=may_set, assignments=plain, given=question.given)
        self._line = line
        self._failing = question.failing
        # what goes on after none of them: steps after those do not run
        fatal = (
            line.entries[order] for order in sorted(question.failing) if not swallowed(line.entries[order])
        )
        self._fatal = [(entry.order, self._flow.guard(entry)) for entry in fatal]
        self._decided = Decided(self._flow, question.failing, question.true, question.false)
        self._waiting: list[frozenset[str]] = []

    def run(self) -> DryRun:
        lines = tuple(self._all())
        unknown = Counter(what for each in self._waiting for what in each)
        return DryRun(
            name=self._line.root.name,
            file=str(self._line.root.document.origin),
            lines=lines,
            ends=self._ends(),
            unknown=tuple(Open(what, count) for what, count in sorted(unknown.items(), key=_most_first)),
            give=tuple(_hitting(self._waiting)),
        )

    def _guard(self, entry: Entry) -> int:
        """Return the paths on which a step runs, or a group is entered."""
        guard = self._flow.guard(entry)
        for order, ended in self._fatal:
            if order < entry.order:
                guard = self._flow.diagram.without(guard, ended)
        return guard

    def _all(self) -> Iterator[Line]:
        skipped = -1  # how deep the group is that is skipped
        for one in instructions(self._line):
            if one.kind == "end":
                continue
            if skipped >= 0 and one.depth > skipped:
                yield self._plain(one, "skipped", "disabled" if one.node.disabled else "group")
                continue
            skipped = -1
            found = self._of(one)
            if found.outcome == "skipped" and one.kind == "group":
                skipped = one.depth
            yield found

    def _plain(self, one: Instruction, outcome: Outcome, reason: Reason = "") -> Line:
        kind: Literal["group", "step"] = "group" if one.kind == "group" else "step"
        return Line(kind, one.name, one.number, one.depth, one.path, outcome, reason)

    def _of(self, one: Instruction) -> Line:
        if not one.active:
            return self._plain(one, "skipped", "disabled")
        try:
            return self._judged(one)
        except (EffortExceededError, RecursionError):
            return self._plain(one, "depends", "undecided")

    def _judged(self, one: Instruction) -> Line:
        entry = one.entry or _beginning(one.block, self._line)
        guard, decided = self._guard(entry), self._decided
        if not decided.possible(guard):
            return self._skipped(one, entry)
        told = self._plain(one, "runs")
        if decided.possible(self._flow.diagram.negate(guard)):
            open_ones = tuple(decided.open(guard))
            if one.kind == "step":
                self._waiting.append(frozenset(decided.to_give(guard)))
            told = told._replace(outcome="depends", why=open_ones)
        if one.kind == "step" and entry.order in self._failing:
            outcome: Outcome = "fails" if told.outcome == "runs" else told.outcome
            told = told._replace(outcome=outcome, reason="failure", swallowed=goes_on(entry, self._line))
        sets = () if one.entry is None else tuple(self._sets(entry, guard))
        return told._replace(phase=decided.phase(entry, guard), sets=sets)

    def _skipped(self, one: Instruction, entry: Entry) -> Line:
        """Tell why something is skipped: its own condition, or a failure before it."""
        told = self._plain(one, "skipped", "failure")
        scope = entry.scope
        if one.block is not None and one.kind == "group" and one.entry is None:
            scope = one.block.scope
        condition = one.node.condition
        if condition is None or scope is None:
            return told
        outer = self._guard(_standing_in(entry.order, scope.parent, self._line))
        if not self._decided.possible(outer):
            return told
        why = tuple(self._decided.why_not(condition, scope.order, outer))
        return told._replace(reason="condition", why=why)

    def _sets(self, entry: Entry, guard: int) -> Iterator[Assigned]:
        """Tell what a step sets where it runs, the engine's own variables left out."""
        flow, decided = self._flow, self._decided
        for made in flow.assignments.made_by(entry):
            write = made.write
            when = flow.diagram.both(guard, flow.runs(made))
            if write.by == "engine" or not decided.possible(when):
                continue
            if write.value is None or not write.sure:
                yield Assigned(write.spelling, "", known=False)
                continue
            cases = [
                case
                for case in flow.substitute(write.value, entry.order, made.position)
                if decided.possible(flow.diagram.both(when, case.when))
            ]
            told = [spell(case.text or ()) for case in cases]
            sure = not decided.possible(flow.diagram.without(guard, when))
            unknown = any(isinstance(part, Unknown) for case in cases for part in case.text or ())
            yield Assigned(
                write.spelling,
                " or ".join(told[:_MOST_VALUES]),
                known=sure and not unknown and len(told) == 1,
            )

    def _ends(self) -> Literal["completes", "fails", "depends"]:
        when = FALSE
        for _, ended in self._fatal:
            when = self._flow.diagram.either(when, ended)
        if not self._decided.possible(when):
            return "completes"
        return "depends" if self._decided.possible(self._flow.diagram.negate(when)) else "fails"


def _most_first(unknown: tuple[str, int]) -> tuple[int, str]:
    return -unknown[1], unknown[0]


def _standing_in(order: int, scope: Scope | None, line: Timeline) -> Entry:
    """Return a step that stands for what is in a scope before another one."""
    return Entry(order, line.whole.step, line.root, "", None, scope)


def _beginning(block: Block | None, line: Timeline) -> Entry:
    """Return a step that stands for the begin of a group."""
    assert block is not None  # noqa: S101 - what is no step is a group
    return _standing_in(block.scope.order, block.scope, line)


def _hitting(waiting: Iterable[frozenset[str]]) -> Iterator[str]:
    """Return few names so that each set has one: the one that most sets have first."""
    left = [each for each in waiting if each]
    while left:
        counts = Counter(name for each in left for name in each)
        best = min(counts, key=lambda name: (-counts[name], name))
        yield best
        left = [each for each in left if best not in each]
