"""How a task sequence executes: when each step runs, and what each variable holds, on every path at once.

A formula (flow.diagram) stands for a set of paths: the ones on which it is true. A value is a list of cases,
each a formula and what the variable holds on those paths; the cases of a value exclude each other and cover
all paths.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from tslint.flow.assignments import Assignment, Assignments
from tslint.flow.timeline import around
from tslint.flow.writes import IN_WINPE, LAST_ACTION, SESSION
from tslint.logic.diagram import FALSE, TRUE, Diagram, Effort
from tslint.logic.propositions import Propositions
from tslint.logic.text import ABSENT, REFERENCE, Text, Unknown, join, meant, references
from tslint.model.condition import Combination, Condition, Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Entry, Scope, Timeline

# Substitution nested deeper, or a value of more cases, is no longer followed: values that hold one another
# double with each. The value is then unknown, and rules expect anything of it.
MAX_SUBSTITUTIONS = 40
MAX_CASES = 64
# A value of more characters and variables than this is unknown too: the environment holds 8 KB in all, see
# https://learn.microsoft.com/intune/configmgr/osd/understand/using-task-sequence-variables
MAX_VALUE_LENGTH = 32_768
MAX_VALUE_PARTS = 64
# "The last step that ran" is looked for this far back, and is unknown then: each look costs a formula.
MAX_LOOK_BACK = 200


class Case(NamedTuple):
    """On the paths of ``when`` the variable holds ``text`` (None: it does not exist)."""

    when: int
    text: Text | None


class Failure(NamedTuple):
    """A step taken to fail where it runs, with a ``code`` where that is known. It ends what is ``within``.

    Where that is None it ends nothing, or ``everything``.
    """

    entry: Entry
    within: Scope | None
    everything: bool = False
    code: str = ""


class Supposed(NamedTuple):
    """A run that somebody describes: what fails in it, and values that variables have before it begins.

    Those are by name in lower case, None for one that does not exist. No hole changes them.
    """

    failures: tuple[Failure, ...] = ()
    given: Mapping[str, str | None] = {}


_NOTHING_SUPPOSED = Supposed()


class Flow:
    """One task sequence executing. ``holes`` are steps taken to assign every variable something unknown.

    ``failing`` is a step taken to fail, its failure being swallowed; by default every step succeeds.
    """

    def __init__(
        self,
        timeline: Timeline,
        tables: Tables,
        *,
        holes: frozenset[int] = frozenset(),
        failing: Entry | None = None,
        supposed: Supposed = _NOTHING_SUPPOSED,
        assignments: Assignments | None = None,
        effort: Effort | None = None,
    ) -> None:
        self.timeline = timeline
        self.tables = tables
        self.assignments = assignments or Assignments(timeline, tables)
        self.holes = holes
        self.effort = effort or Effort()
        self.diagram = Diagram(self.effort)
        self.propositions = Propositions(self.diagram)
        own = (Failure(failing, _swallowing(failing)),) if failing else ()
        self._failures = sorted((*own, *supposed.failures), key=lambda failure: failure.entry.order)
        self._failed = {failure.entry.order: failure.code for failure in self._failures}
        self._given = supposed.given
        self._guards: dict[int, int] = {}
        self._values: dict[tuple[str, int, int, bool], tuple[Case, ...]] = {}
        self._hole_orders = sorted(holes)

    def variant(self, *, holes: frozenset[int] | None = None, failing: Entry | None = None) -> Flow:
        """Return the same sequence with other steps taken for holes, or a step taken to fail."""
        return Flow(
            self.timeline,
            self.tables,
            holes=self.holes if holes is None else holes,
            failing=failing,
            assignments=self.assignments,
            effort=self.effort,
        )

    def everywhere(self) -> Flow:
        """Return all steps and groups as if each ran, whatever its conditions and the steps before it."""
        return Flow(self.timeline.everywhere(), self.tables, effort=self.effort)

    # When things run

    def guard(self, entry: Entry) -> int:
        """Return the paths on which a step runs."""
        return self.reached(TRUE if entry.scope is None else self._scope(entry.scope), entry)

    def reached(self, guard: int, entry: Entry) -> int:
        """Return the paths of a step's ``guard`` on which no failure before it keeps it from running."""
        for failure in self._failures:
            if entry.order <= failure.entry.order or guard == FALSE:
                break
            inside = failure.within and any(one is failure.within for one in around(entry.scope))
            if failure.everything or inside:
                guard = self.diagram.without(guard, self.guard(failure.entry))
        return guard

    def _scope(self, scope: Scope) -> int:
        known = self._guards.get(id(scope))
        if known is None:
            known = TRUE if scope.parent is None else self._scope(scope.parent)
            if scope.condition is not None and known != FALSE:
                known = self.diagram.both(known, self.condition(scope.condition, scope.order))
            self._guards[id(scope)] = known
        return known

    def guard_of(self, entry: Entry, of: str) -> int:
        """Return the paths on which the conditions of the "step" itself, or of its "groups", hold.

        With "any" those on which it runs.
        """
        if of == "any":
            return self.guard(entry)
        result = TRUE
        for scope in around(entry.scope):
            if scope.condition is not None and (scope.of == "step") == (of == "step"):
                result = self.diagram.both(result, self.condition(scope.condition, scope.order))
        return result

    def guard_without(self, entry: Entry, variables: frozenset[str]) -> int:
        """Return the paths on which a step would run if every test of these variables turned out well."""
        guard, scope = TRUE, entry.scope
        while scope is not None:
            if scope.condition is not None:
                condition = _leave_out(scope.condition, variables, wanted=True)
                if not isinstance(condition, bool):
                    guard = self.diagram.both(guard, self.condition(condition, scope.order))
                elif not condition:
                    return FALSE
            scope = scope.parent
        return guard

    def runs(self, assignment: Assignment) -> int:
        """Return the paths on which an assignment is made: its step runs and its rule's condition holds."""
        guard = self.guard(assignment.entry)
        condition = assignment.write.condition
        if condition is None or guard == FALSE:
            return guard
        holds = self.condition(condition, assignment.entry.order, assignment.write.asked)
        return self.diagram.both(guard, holds)

    def condition(self, condition: Condition, order: int, position: int = 0) -> int:
        """Return the paths on which a condition holds when it is looked at before step ``order`` starts."""
        if isinstance(condition, Combination):
            add = self.diagram.both if condition.how == "and" else self.diagram.either
            result = TRUE if condition.how == "and" else FALSE
            for operand in condition.operands:
                result = add(result, self.condition(operand, order, position))
            return self.diagram.negate(result) if condition.how == "not" else result
        if condition.kind != "Variable" or "%" in condition.variable:
            return self._opaque(condition, order, position)
        return self._comparison(condition, order, position)

    def _opaque(self, test: Expression, order: int, position: int) -> int:
        """Return the paths on which a test of another kind holds: variables in it tell it from others."""
        identity = test.identity
        if "%" not in identity:
            return self.propositions.opaque(identity, test.spelling)
        result = FALSE
        for case in self.substitute(identity, order, position):
            outcome = self.propositions.opaque(meant(case.text or ()), test.spelling)
            result = self.diagram.either(result, self.diagram.both(case.when, outcome))
        return result

    def _comparison(self, test: Expression, order: int, position: int) -> int:
        wanted = self.substitute(test.value, order, position)
        result = FALSE
        for actual in self.value(test.variable, order, position):
            for value in wanted:
                when = self.diagram.both(actual.when, value.when)
                if when != FALSE:
                    outcome = self.propositions.compare(actual.text, test.operator, value.text or ())
                    result = self.diagram.either(result, self.diagram.both(when, outcome))
        return result

    # What variables hold

    def value(
        self, variable: str, order: int, position: int = 0, depth: int = 0, *, named: bool = False
    ) -> tuple[Case, ...]:
        """Return what a variable holds right before write ``position`` of step ``order``.

        With ``named``, a script that names the variable is taken to have assigned it.
        """
        name = variable.strip().lower()
        if name.startswith(LAST_ACTION):
            return self._last_action(name, order)
        assignments = self.assignments.of(name)
        count = bisect_left(assignments, (order, position), key=_when)
        hole = self._last_hole(name, order)
        key = (name, count, hole, named)
        known = self._values.get(key)
        if known is None:
            since = takewhile(lambda a: a.entry.order >= hole, reversed(assignments[:count]))
            writes = (a for a in since if a.write.sure or named or a.entry.order in self.holes)
            known = self._values[key] = self._cases(name, variable.strip(), writes, hole, depth)
        return known

    def _cases(
        self, name: str, spelling: str, latest_first: Iterable[Assignment], hole: int, depth: int
    ) -> tuple[Case, ...]:
        diagram = self.diagram
        cases: dict[Text | None, int] = {}
        rest = TRUE
        for assignment in latest_first:
            when = diagram.both(rest, self.runs(assignment))
            if when == FALSE:
                continue
            rest = diagram.without(rest, when)
            values = self._assigned(assignment, depth)
            if len(cases) > MAX_CASES:
                values = (Case(TRUE, (Unknown(name, assignment.entry.order, spelling),)),)
                when, rest = diagram.either(when, rest), FALSE
            for case in values:
                both = diagram.both(when, case.when)
                cases[case.text] = diagram.either(cases.get(case.text, FALSE), both)
            if rest == FALSE:
                break
        if rest != FALSE:
            text = self._before(name, spelling, hole)
            cases[text] = diagram.either(cases.get(text, FALSE), rest)
        return tuple(Case(when, text) for text, when in cases.items() if when != FALSE)

    def _before(self, name: str, spelling: str, hole: int) -> Text | None:
        """Return what the variable held before any write that is known: a hole's doing, or from outside."""
        if hole >= 0:
            return (Unknown(name, hole, spelling),)
        if name == SESSION:
            return ("none",)
        if name in self._given:
            value = self._given[name]
            return None if value is None else join([value])
        given = self.timeline.root.variables.get(name)
        return join([given]) if given else (Unknown(name, -1, spelling),)

    def _assigned(self, assignment: Assignment, depth: int) -> tuple[Case, ...]:
        write, order = assignment.write, assignment.entry.order
        unknown = (Case(TRUE, (Unknown(write.variable, order, write.spelling),)),)
        if write.value is None or not write.sure:
            return unknown
        if not write.value.strip():
            return unknown  # an empty value may delete the variable: the documentation does not say
        copied = REFERENCE.fullmatch(write.value)
        if copied and depth <= MAX_SUBSTITUTIONS:  # of what does not exist, no variable comes
            return self.value(copied[1], order, assignment.position, depth + 1)
        return self.substitute(write.value, order, assignment.position, depth + 1)

    def _last_action(self, name: str, order: int) -> tuple[Case, ...]:
        """Every step that runs writes _SMSTSLastAction...: that it succeeded, unless it is taken to fail."""
        cases: dict[Text | None, int] = {}
        rest = TRUE
        for entry in reversed(self.timeline.entries[max(0, order - MAX_LOOK_BACK) : order]):
            ran = self.diagram.both(rest, self.guard(entry))
            text = self._outcome(name, entry)
            cases[text] = self.diagram.either(cases.get(text, FALSE), ran)
            rest = self.diagram.without(rest, ran)
            if rest == FALSE:
                break
        cases[(Unknown(name, -1),)] = rest
        return tuple(Case(when, text) for text, when in cases.items() if when != FALSE)

    def _outcome(self, name: str, entry: Entry) -> Text:
        """Return what a step that ran leaves; which of several success codes it gave is not known."""
        code = self._failed.get(entry.order)
        failed = code is not None
        if name.endswith("succeeded"):
            return ("false",) if failed else ("true",)
        if name.endswith("retcode") and code:
            return (code,)
        codes = entry.step.attributes.get("successCodeList", "").split()
        if name.endswith("retcode") and len(codes) == 1 and not failed:
            return (codes[0],)
        return (Unknown(name, entry.order),)

    def substitute(self, source: str, order: int, position: int = 0, depth: int = 0) -> tuple[Case, ...]:
        """Replace the ``%names%`` of a text by what they hold right before a write (see ``value``)."""
        if len(source) > MAX_VALUE_LENGTH:
            return (Case(TRUE, (Unknown(source, order, source),)),)
        if "%" not in source:
            return (Case(TRUE, join([source])),)
        cases = [Case(TRUE, ())]
        for piece in references(source):
            if isinstance(piece, str):
                values: tuple[Case, ...] = (Case(TRUE, join([piece])),)
            elif depth > MAX_SUBSTITUTIONS:
                return (Case(TRUE, (Unknown(source, order, source),)),)
            else:
                values = self.value(piece[0], order, position, depth)
            grown = []
            for case in cases:
                for value in values:
                    when = self.diagram.both(case.when, value.when)
                    if when != FALSE:
                        grown.append(Case(when, join([*(case.text or ()), *(value.text or ())])))
            cases = grown
            if len(cases) > MAX_CASES or any(_too_long(case.text or ()) for case in cases):
                return (Case(TRUE, (Unknown(source, order, source),)),)
        return tuple(cases)

    # Steps that may do anything

    def _last_hole(self, name: str, order: int) -> int:
        """Return the last step before ``order`` that is taken to have written this variable, -1 for none."""
        for hole in reversed(self._hole_orders):
            if hole < order and self._reaches(self.timeline.entries[hole], name):
                return hole
        return -1

    def _reaches(self, entry: Entry, name: str) -> bool:
        if name in self._given:
            return False
        if entry.missing:
            return True
        return entry.order in self.assignments.writers() and not name.startswith(("_smsts", "#"))

    def writers(self) -> tuple[Entry, ...]:
        """List the steps that may do or assign anything: holes, if one chooses to take them so."""
        return tuple(self.assignments.writers().values())


def _leave_out(condition: Condition, variables: frozenset[str], *, wanted: bool) -> Condition | bool:
    """Put ``wanted`` in the place of each test of these variables, and its opposite below a ``not``."""
    if not isinstance(condition, Combination):
        return wanted if condition.variable.lower() in variables else condition
    inner = wanted != (condition.how == "not")
    operands = [_leave_out(operand, variables, wanted=inner) for operand in condition.operands]
    decisive = condition.how != "and"  # one true operand decides "or" and "not", one false decides "and"
    if decisive in operands:
        return condition.how == "or"
    open_ones = tuple(operand for operand in operands if not isinstance(operand, bool))
    return Combination(condition.how, open_ones, condition.element) if open_ones else condition.how != "or"


def _too_long(text: Text) -> bool:
    return (
        len(text) > MAX_VALUE_PARTS
        or sum(len(part) for part in text if isinstance(part, str)) > MAX_VALUE_LENGTH
    )


def _when(assignment: Assignment) -> tuple[int, int]:
    return assignment.entry.order, assignment.position


def _swallowing(entry: Entry) -> Scope | None:
    """Return the scope that a failure of this step ends, None when the step itself swallows it."""
    if entry.step.continue_on_error:
        return None
    scope = entry.scope
    while scope is not None and not scope.swallows:
        scope = scope.parent
    return scope


def failure_of(entry: Entry, code: str = "") -> Failure:
    """Return the failure of a step with all that comes of it: what swallows it, or the end of everything."""
    return Failure(entry, _swallowing(entry), not swallowed(entry), code)


def swallowed(entry: Entry) -> bool:
    """Say whether the sequence goes on after this step fails."""
    return entry.step.continue_on_error or _swallowing(entry) is not None


__all__ = ["ABSENT", "IN_WINPE", "SESSION", "Assignment", "Case", "Flow", "Supposed", "swallowed"]
