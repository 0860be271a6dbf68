"""Which propositions can be true together: what comparisons of one value imply and exclude."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from tslint.logic.comparison import holds, outcomes
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import LOOKS, Effort, EffortExceededError
from tslint.logic.proposition import Literal, Proposition
from tslint.logic.text import Unknown
from tslint.logic.thing import is_thing
from tslint.logic.thing import outcomes as outcomes_of_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tslint.logic.diagram import Diagram
    from tslint.logic.proposition import Register

    Rows = Sequence[tuple[bool, ...]]

# Variables that the engine itself keeps, and all they can hold (V: _SMSTSInWinPE, _SMSTSLastActionSucceeded).
_DOMAINS: dict[str, tuple[str | None, ...]] = {
    "_smstsinwinpe": ("true", "false"),
    "_smstslastactionsucceeded": ("true", "false", None),
}
# Steps of work to find what all comparisons of a value can be together; past that each question costs more.
_WHOLE = 20_000


class Theory:
    """What binds the propositions of one sequence, as formulas of a diagram and as rows of outcomes."""

    def __init__(self, register: Register, diagram: Diagram, effort: Effort) -> None:
        self._register, self._diagram, self._effort = register, diagram, effort
        self._formulas: dict[tuple[int, ...], int] = {}
        self._rows: dict[tuple[int, ...], Rows] = {}
        self._too_many: set[int] = set()

    def of(self, numbers: Iterable[int]) -> int:
        """Return what binds these propositions, as a formula of the diagram."""
        values: dict[int, list[int]] = {}
        for number in sorted(numbers):
            values.setdefault(self._register.same_value(number)[0], []).append(number)
        result = TRUE
        for same in reversed(values.values()):
            result = self._diagram.both(self._binding(tuple(same)), result)
        return result

    def _binding(self, numbers: tuple[int, ...]) -> int:
        formula = self._formulas.get(numbers)
        if formula is None:
            if self.is_simple(numbers[0]):
                formula = self._one_value(numbers)
            else:
                formula = self._among(numbers, list(self.rows(numbers)))
            self._formulas[numbers] = formula
        return formula

    def domain(self, number: int) -> tuple[str | None, ...] | None:
        """Return all that the value of a proposition can be, None where it can be anything."""
        subject = self._register[number].subject
        return _DOMAINS.get(subject.variable) if isinstance(subject, Unknown) else None

    def is_simple(self, number: int) -> bool:
        """Say whether all that is asked of a value is what it equals and whether it exists."""
        if self.domain(number) is not None:
            return False
        same = map(self._register.__getitem__, self._register.same_value(number))
        return all(one.operator in ("equals", "exists") for one in same)

    def is_free(self, number: int) -> bool:
        """Say whether a proposition has nothing to do with any other."""
        subject = self._register[number].subject
        return isinstance(subject, str) and not is_thing(subject)

    def rows(self, numbers: tuple[int, ...]) -> Rows:
        """Return the combinations of outcomes that propositions about one value can have.

        They are worked out for all that is asked of the value at once, unless that is too much.
        """
        found = self._rows.get(numbers)
        if found is None:
            found = self._rows[numbers] = self._part(numbers) or self._worked_out(numbers, self._effort)
        return found

    def _part(self, numbers: tuple[int, ...]) -> Rows:
        every = tuple(self._register.same_value(numbers[0]))
        if len(every) in (1, len(numbers)) or every[0] in self._too_many or self.is_free(numbers[0]):
            return ()
        rows = self._rows.get(every)
        if rows is None:
            bound = Effort(_WHOLE)
            try:
                rows = self._rows[every] = self._worked_out(every, bound)
            except EffortExceededError:
                self._too_many.add(every[0])
                return ()
            finally:
                self._effort.spend(_WHOLE - max(bound.left, 0))
        columns = [every.index(number) for number in numbers]
        self._effort.spend(len(rows) // LOOKS)
        return list(dict.fromkeys(tuple(row[column] for column in columns) for row in rows))

    def _worked_out(self, numbers: tuple[int, ...], effort: Effort) -> Rows:
        members = [self._register[number] for number in numbers]
        subject = members[0].subject
        tests = [(one.operator, one.value) for one in members]
        domain = self.domain(numbers[0])
        if domain is not None:
            given = {tuple(holds(operator, actual, value) for operator, value in tests) for actual in domain}
            return sorted(given)
        if isinstance(subject, str):
            if is_thing(subject):
                return sorted(outcomes_of_thing(subject, tests, effort))
            return [(False,), (True,)]
        return sorted(outcomes(tests, effort, absent=isinstance(subject, Unknown)))

    def _one_value(self, numbers: tuple[int, ...]) -> int:
        """Return the formula of "at most one of these is the value"; no value at all equals the empty one."""
        node = self._diagram.node
        members = {
            (p.operator, p.value): n
            for n, p in zip(numbers, map(self._register.__getitem__, numbers), strict=True)
        }
        exists = members.get(("exists", ""))
        none = one = absent = TRUE  # of those that come later
        for (operator, value), number in sorted(members.items(), key=itemgetter(1), reverse=True):
            if operator == "equals":
                one, none = node(number, one, none), node(number, none, FALSE)
                absent = node(number, absent, FALSE) if value else node(number, FALSE, absent)
        if exists is None:
            return one
        return self._diagram.both(one, self._diagram.either(self._diagram.proposition(exists), absent))

    def _among(self, numbers: tuple[int, ...], rows: list[tuple[bool, ...]], at: int = 0) -> int:
        """Return the formula of "the outcomes of these propositions are one of these rows".

        No row stands twice. Those before ``at`` are chosen: there the rows agree.
        """
        if not rows:
            return FALSE
        if len(rows) == 1 << (len(numbers) - at):
            return TRUE
        self._effort.spend(1)
        low = self._among(numbers, [row for row in rows if not row[at]], at + 1)
        high = self._among(numbers, [row for row in rows if row[at]], at + 1)
        return self._diagram.node(numbers[at], low, high)

    def against(self, literal: Literal) -> Iterator[Literal]:
        """Return what may rule a literal out: at least its opposite, and what cannot be true with it.

        Where more than pairs of comparisons exclude each other, that is all that is said of the same value.
        """
        number, holds_ = literal
        simple = self.is_simple(number)
        for other in self._register.same_value(number):
            for outcome in (False, True):
                if other == number:
                    if outcome != holds_:
                        yield Literal(other, outcome)
                elif not simple or not _agree(self._register[number], holds_, self._register[other], outcome):
                    yield Literal(other, outcome)


def _agree(one: Proposition, holds_: bool, other: Proposition, outcome: bool) -> bool:
    """Say whether two of the comparisons "equals" and "exists" of a value can turn out so together."""
    if one.operator == "exists":
        one, holds_, other, outcome = other, outcome, one, holds_
    if other.operator == "equals":
        return not (holds_ and outcome)
    return outcome or holds_ != bool(one.value)
