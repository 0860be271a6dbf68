"""How a task sequence executes: when each step runs, and what each variable holds, on every path at once.

A formula (a number that the graph ``Flow.diagram`` gave) stands for a set of paths: the ones on which it is
true. A value is a list of cases, each a formula and what the variable holds on those paths; the cases of a
value exclude each other and cover all paths.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tslint.flow.assignments import Assignment, Assignments
from tslint.flow.failures import Failures, swallowed
from tslint.flow.formula import formula
from tslint.flow.marks import Marks
from tslint.flow.settings import success_codes
from tslint.flow.timeline import around
from tslint.flow.writes import LAST_ACTION, SESSION
from tslint.logic.comparison import OPPOSITES
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import Effort, EffortExceededError
from tslint.logic.graph import Graph
from tslint.logic.propositions import Propositions
from tslint.logic.text import Text, Unknown, join, literal, meant, references
from tslint.model.condition import Combination, Condition, Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Entry, Scope, Timeline
    from tslint.model.condition import Question

# Substitution nested deeper, or a value of more cases, is no longer followed: values that hold one another
# double with each. The value is then unknown, and rules expect anything of it.
MAX_SUBSTITUTIONS = 40
MAX_CASES = 64
# A value of more characters and variables than this is unknown too: the environment holds 8 KB in all, see
# https://learn.microsoft.com/intune/configmgr/osd/understand/using-task-sequence-variables
MAX_VALUE_LENGTH = 32_768
MAX_VALUE_PARTS = 64


class Case(NamedTuple):
    """On the paths of ``when`` the variable holds ``text`` (None: it does not exist)."""

    when: int
    text: Text | None


class Flow:
    """One task sequence executing. ``holes`` are steps taken to assign every variable something unknown.

    ``given`` are values that variables have before it begins, by name in lower case, None for one that does
    not exist; no hole changes them.
    """

    def __init__(
        self,
        timeline: Timeline,
        tables: Tables,
        *,
        holes: frozenset[int] = frozenset(),
        assignments: Assignments | None = None,
        effort: Effort | None = None,
        given: Mapping[str, str | None] | None = None,
        failures: Failures | None = None,
    ) -> None:
        self.timeline = timeline
        self.tables = tables
        self.assignments = assignments or Assignments(timeline, tables)
        self.holes = holes
        self.effort = effort or Effort()
        self.diagram = Graph(self.effort)
        self.propositions = Propositions(self.diagram)
        self._failures = failures or Failures(timeline, self.assignments.settles)
        self._marks = Marks(timeline, self.assignments, tables)
        self._conditions: dict[int, int] = {}  # by scope
        self._dead: dict[int, list[tuple[int, int]]] = {}  # by scope, after each failure
        self._ran: list[int] = []  # by step
        self._values: dict[tuple[str, int, int, bool], tuple[Case, ...]] = {}
        self._chains: dict[tuple[str, str, Text, int], list[int]] = {}
        self._hole_orders = sorted(holes)
        self._given = given or {}
        self.asked: set[str] = set()  # the variables that any answer so far rests on, in lower case

    def variant(self, holes: frozenset[int]) -> Flow:
        """Return the same sequence with other steps taken for holes."""
        flow = Flow(
            self.timeline,
            self.tables,
            holes=holes,
            assignments=self.assignments,
            effort=self.effort,
            given=self._given,
            failures=self._failures,
        )
        flow._marks = self._marks  # what they are does not depend on holes
        return flow

    def everywhere(self) -> Flow:
        """Return all steps and groups as if each ran, whatever its conditions and the steps before it."""
        return Flow(self.timeline.everywhere(), self.tables, effort=self.effort)

    def unmarked(self, formula: int) -> int:
        """Return a formula on the paths on which no mark of the sequence's own is there before it begins."""

        def absent(value: Unknown) -> bool:
            return value.origin < 0 and self._marks.holds(value.variable, self.effort)

        return self.propositions.where_absent(formula, absent)

    # When things run

    def prepare(self) -> None:
        """Work out when each step runs, in order, as far as there is effort: what all rules ask for."""
        try:
            for entry in self.timeline.entries:
                self.guard(entry)
        except (EffortExceededError, RecursionError):
            return

    def guard(self, entry: Entry) -> int:
        """Return the paths on which a step runs, a group is entered, or a disabled step would run."""
        order = entry.order
        if 0 <= order < len(self._ran) and self.timeline.entries[order] is entry:
            return self._ran[order]  # most questions are about steps that were looked at before any rule was
        if self.timeline.unguarded or (entry.scope is None and not self._runs_itself(entry)):
            return TRUE  # the sequence itself, or anything where nothing keeps it from running
        self._follow_until(entry.order)
        if not self._runs_itself(entry):
            return self.diagram.both(self._conditions_of(entry), self._alive_at(entry))
        if len(self._ran) == entry.order:
            self._follow(entry)
        return self._ran[entry.order]

    def _runs_itself(self, entry: Entry) -> bool:
        """Say whether this is an active step, rather than a group, a disabled step, or the sequence."""
        entries = self.timeline.entries
        return 0 <= entry.order < len(entries) and entries[entry.order] is entry

    def _follow_until(self, order: int) -> None:
        while len(self._ran) < order:
            self._follow(self.timeline.entries[len(self._ran)])

    def _follow(self, entry: Entry) -> None:
        """Work out when the next step runs, and what its failure ends."""
        guard = self.diagram.both(self._conditions_of(entry), self._alive_at(entry))
        ended = self._failures.ended_by(entry)
        failed = FALSE
        if ended is not None:
            failed = self.diagram.without(guard, self.succeeds(entry))
        elif self._failures.ends_all(entry):
            failed = guard
        self._ran.append(guard)
        if failed != FALSE:
            before = self._dead.setdefault(id(ended), [(-1, FALSE)])
            before.append((entry.order, self.diagram.either(before[-1][1], failed)))

    def _alive_at(self, entry: Entry) -> int:
        """Return where no failure of an earlier step has ended a scope around this one, or the sequence."""
        alive = TRUE
        for scope in (*self._failures.going_on(entry), None) if self._dead else ():
            dead = self._dead.get(id(scope))
            if dead:
                latest = bisect_left(dead, entry.order, key=itemgetter(0)) - 1
                alive = self.diagram.without(alive, dead[latest][1])
        return alive

    def completes(self) -> int:
        """Return the paths on which the sequence comes to its end, and no step that surely fails ends it."""
        if self.timeline.unguarded:
            return TRUE
        self._follow_until(len(self.timeline.entries))
        return self._alive_at(self.timeline.end)

    def _conditions_of(self, entry: Entry) -> int:
        return TRUE if entry.scope is None else self._condition_of(entry.scope, entry)

    def succeeds(self, entry: Entry, *, asked: bool = False) -> int:
        """Return the paths on which a step succeeds if it runs.

        That is all of them where its failure ends the task sequence, or shows nowhere and is not ``asked``
        for.
        """
        if self.timeline.unguarded or not self._runs_itself(entry):
            return TRUE
        if self._failures.is_certain(entry):
            return FALSE
        if not (swallowed(entry) if asked else self._failures.shows(entry)):
            return TRUE
        return self.propositions.succeeds(entry.order, entry.step.name)

    def _condition_of(self, scope: Scope, entry: Entry) -> int:
        """Return where the conditions of a scope and those around it hold; ``entry`` is the first in it."""
        known = self._conditions.get(id(scope))
        if known is None:
            known = TRUE if scope.parent is None else self._condition_of(scope.parent, entry)
            if scope.condition is not None and known != FALSE:
                known = self.diagram.both(known, self.condition(scope.condition, scope.order))
            self._conditions[id(scope)] = known
        return known

    def guard_of(self, entry: Entry, of: str) -> int:
        """Return the paths on which the conditions of the "step" itself, or of its "groups", hold.

        With "any" those on which it runs.
        """
        if of == "any" or self.timeline.unguarded:
            return self.guard(entry)
        result = TRUE
        for scope in around(entry.scope):
            if scope.condition is not None and (scope.of == "step") == (of == "step"):
                result = self.diagram.both(result, self.condition(scope.condition, scope.order))
        return result

    def around(self, entry: Entry) -> int:
        """Return the paths on which the conditions around a step hold, whatever its own is."""
        scope = entry.outer_scope
        return TRUE if scope is None else self._condition_of(scope, entry)

    def guard_without(self, entry: Entry, variables: frozenset[str]) -> int:
        """Return the paths on which a step would run if every test of these variables turned out well."""
        if self.timeline.unguarded:
            return TRUE
        self._follow_until(entry.order)
        guard = self._alive_at(entry)
        for scope in around(entry.scope):
            if scope.condition is not None:
                condition = _leave_out(scope.condition, variables, wanted=True)
                if not isinstance(condition, bool):
                    guard = self.diagram.both(guard, self.condition(condition, scope.order))
                elif not condition:
                    return FALSE
        return guard

    def runs(self, assignment: Assignment) -> int:
        """Return the paths on which an assignment is made: its step runs and its rule's condition holds."""
        guard = self.guard(assignment.entry)
        if assignment.on_success:
            return self.diagram.both(guard, self.succeeds(assignment.entry))
        condition = assignment.write.condition
        if condition is None or guard == FALSE:
            return guard
        holds = self.condition(condition, assignment.entry.order, assignment.write.asked)
        return self.diagram.both(guard, holds)

    def condition(self, condition: Condition, order: int, position: int = 0) -> int:
        """Return the paths on which a condition holds when it is looked at before step ``order`` starts."""

        def holds(test: Expression) -> int:
            self.propositions.at(order, test.element)
            if test.questions:
                return self._asked_of_thing(test.questions, order, position)
            if test.kind != "Variable" or "%" in test.variable:
                return self._opaque(test, order, position)
            return self._comparison(test, order, position)

        return formula(condition, self.diagram, holds)

    def _asked_of_thing(self, questions: Iterable[Question], order: int, position: int) -> int:
        """Return the paths on which all questions about a thing hold: variables may be in its name."""
        result = TRUE
        for kind, name, operator, aspect, how, wanted, spelling in questions:
            holds = FALSE
            for named in self.substitute(name, order, position):
                for value in self.substitute(wanted, order, position):
                    outcome = self.propositions.ask(
                        kind, named.text or (), aspect, how, operator, value.text or (), spelling
                    )
                    when = self.diagram.both(named.when, value.when)
                    holds = self.diagram.either(holds, self.diagram.both(when, outcome))
            result = self.diagram.both(result, holds)
        return result

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
        result = FALSE
        for value in self.substitute(test.value, order, position):
            outcome = self._test(test.variable, test.operator, value.text or (), order, position)
            result = self.diagram.either(result, self.diagram.both(value.when, outcome))
        return result

    # What tests of variables say

    def _test(
        self, variable: str, operator: str, wanted: Text, order: int, position: int = 0, depth: int = 0
    ) -> int:
        """Return where a comparison of a variable holds right before write ``position`` of step ``order``.

        For each comparison there is one chain of formulas: where it holds before any assignment of the
        variable, and after each. So it costs as much as there are assignments, however many are asked.
        """
        name = variable.strip().lower()
        self.asked.add(name)
        if name.startswith(LAST_ACTION):
            return self._test_of_last_action(name, operator, wanted, order)
        assignments, hole = self.assignments.of(name), self._last_hole(name, order)
        chain = self._chains.get((name, operator, wanted, hole))
        if chain is None:
            first = self.propositions.compare(self._before(name, variable.strip(), hole), operator, wanted)
            chain = self._chains.setdefault((name, operator, wanted, hole), [first])
        count = bisect_left(assignments, (order, position), key=_when)
        while len(chain) <= count:
            following, now = assignments[len(chain) - 1], chain[-1]
            known = following.write.sure or following.entry.order in self.holes
            if known and following.entry.order >= hole:
                runs = self.runs(following)
                if runs != FALSE:
                    holds = self._test_of_assigned(following, operator, wanted, depth)
                    now = self.diagram.choose(runs, holds, now)
            chain.append(now)
        return chain[count]

    def _test_of_assigned(self, assignment: Assignment, operator: str, wanted: Text, depth: int) -> int:
        """Return where a comparison holds of what is assigned."""
        source, order = assignment.write.value, assignment.entry.order
        copied = references(source) if source and assignment.write.sure else []
        if len(copied) == 3 and not (copied[0] or copied[2]) and depth <= MAX_SUBSTITUTIONS:
            name = copied[1][0]
            return self._test(name, operator, wanted, order, assignment.position, depth + 1)
        result = FALSE
        for case in self._assigned(assignment, depth):
            outcome = self.propositions.compare(case.text, operator, wanted)
            result = self.diagram.either(result, self.diagram.both(case.when, outcome))
        return result

    def _test_of_last_action(self, name: str, operator: str, wanted: Text, order: int) -> int:
        """Return where a comparison holds of what the last step that ran before another left."""
        compare = self.propositions.compare
        chain = self._chains.get((name, operator, wanted, -1))
        if chain is None:
            first = compare((Unknown(name, -1),), operator, wanted)
            chain = self._chains.setdefault((name, operator, wanted, -1), [first])
        while len(chain) <= order:
            entry = self.timeline.entries[len(chain) - 1]
            if entry.inlined:
                chain.append(chain[-1])
                continue
            left = self._test_of_outcome(name, operator, wanted, entry)
            chain.append(self.diagram.choose(self.guard(entry), left, chain[-1]))
        return chain[order]

    def _test_of_outcome(self, name: str, operator: str, wanted: Text, entry: Entry) -> int:
        """Return where a comparison holds of what a step leaves that has run."""
        if operator in OPPOSITES:
            return self.diagram.negate(self._test_of_outcome(name, OPPOSITES[operator], wanted, entry))
        compare, succeeds = self.propositions.compare, self.succeeds(entry)
        left = [compare(text, operator, wanted) for text in self._outcomes(name, entry)]
        code = literal(wanted)
        if name.endswith("retcode") and operator == "equals" and code is not None:
            left = self._test_of_code(code.strip(), left[1], name, entry)
        return self.diagram.choose(succeeds, *left)

    def _test_of_code(self, code: str, unknown: int, name: str, entry: Entry) -> list[int]:
        """Return where a return code is this one: one of those of success, or none of them."""
        good = success_codes(entry.step)
        if code not in good:
            return [FALSE, unknown]
        if code != good[-1]:
            return [unknown, FALSE]
        result = TRUE  # the last, where it is none of the others
        for other in good[:-1]:
            asked = self.propositions.compare((Unknown(name, entry.order),), "equals", (other,))
            result = self.diagram.without(result, asked)
        return [result, FALSE]

    # What variables hold

    def value(
        self, variable: str, order: int, position: int = 0, depth: int = 0, *, named: bool = False
    ) -> tuple[Case, ...]:
        """Return what a variable holds right before write ``position`` of step ``order``.

        With ``named``, a script that names the variable is taken to have assigned it.
        """
        name = variable.strip().lower()
        self.asked.add(name)
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
        return self.substitute(write.value, order, assignment.position, depth + 1)

    def _last_action(self, name: str, order: int) -> tuple[Case, ...]:
        """Every step that runs writes _SMSTSLastAction...: whether it succeeded, and its return code.

        The begin of a child task sequence is logged like that of a group, which writes nothing.
        """
        diagram = self.diagram
        cases: dict[Text | None, int] = {}
        rest, before = TRUE, order
        for entry in reversed(self.timeline.entries[:order]):
            if entry.inlined:
                continue
            ran, succeeds = diagram.both(rest, self.guard(entry)), self.succeeds(entry)
            good, bad = self._outcomes(name, entry)
            for text, when in ((good, diagram.both(ran, succeeds)), (bad, diagram.without(ran, succeeds))):
                cases[text] = diagram.either(cases.get(text, FALSE), when)
            rest, before = diagram.without(rest, ran), entry.order
            if rest == FALSE or len(cases) > MAX_CASES:
                break
        cases[(Unknown(name, before - 1),)] = rest  # -1: what it holds in the beginning
        return tuple(Case(when, text) for text, when in cases.items() if when != FALSE)

    @staticmethod
    def _outcomes(name: str, entry: Entry) -> tuple[Text, Text]:
        """Return what a step that ran leaves where it succeeded, and where it failed."""
        if name.endswith("succeeded"):
            return ("true",), ("false",)
        unknown = (Unknown(name, entry.order),)
        codes = success_codes(entry.step)
        return ((codes[0],) if name.endswith("retcode") and len(codes) == 1 else unknown), unknown

    def substitute(self, source: str, order: int, position: int = 0, depth: int = 0) -> tuple[Case, ...]:
        """Replace the ``%names%`` of a text by what they hold right before a write (see ``value``)."""
        if len(source) > MAX_VALUE_LENGTH:
            return (Case(TRUE, (Unknown(source, order, source),)),)
        if "%" not in source:
            return (Case(TRUE, (source,) if source else ()),)
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
            if hole < order and self.reaches(self.timeline.entries[hole], name):
                return hole
        return -1

    def reaches(self, entry: Entry, name: str) -> bool:
        """Say whether a step that may do or assign anything may assign this variable (lower case)."""
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
