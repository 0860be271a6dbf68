"""What the engine's formulas say once some tests are answered, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import Unknown, literal
from tslint.model.condition import Combination, Expression, tests_in
from tslint.review.conditions import in_a_line, test_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.flow.flow import Flow
    from tslint.flow.timeline import Entry
    from tslint.logic.text import Text
    from tslint.model.condition import Condition

IN_WINPE: Final = Expression("Variable", "_SMSTSInWinPE", "equals", "true")


class Decided:
    """Asks a flow, with tests that are no comparisons of variables answered by parts of their texts."""

    def __init__(self, flow: Flow, true: tuple[str, ...] = (), false: tuple[str, ...] = ()) -> None:
        self._flow = flow
        self._answers = [
            (part.lower(), answer) for parts, answer in ((true, True), (false, False)) for part in parts
        ]
        self._assumed = TRUE
        self._numbers: set[int] = set()

    def assume(self, conditions: Iterable[Condition | None]) -> None:
        """Answer the tests of these conditions that the question names."""
        if not self._answers:
            return
        diagram = self._flow.diagram
        for condition in conditions:
            for test in tests_in(condition) if condition is not None else ():
                told = test_in_words(test).lower()
                answers = {answer for part, answer in self._answers if part in told}
                if test.kind == "Variable" or len(answers) != 1:
                    continue
                formula = self._flow.condition(test, 0)
                self._numbers |= diagram.support(formula)
                held = formula if answers == {True} else diagram.negate(formula)
                self._assumed = diagram.both(self._assumed, held)

    def possible(self, formula: int) -> bool:
        """Say whether a formula holds on any path that the answers leave."""
        return self._flow.propositions.possible(self._flow.diagram.both(formula, self._assumed))

    def holds(self, formula: int, within: int = TRUE) -> bool:
        """Say whether a formula holds on all paths of another one."""
        return not self.possible(self._flow.diagram.without(within, formula))

    def open(self, formula: int) -> Iterator[str]:
        """Yield what a formula depends on, in words, in the order in which the task sequence asks."""
        seen = set()
        for number in sorted(self._support(formula)):
            told = self._asked(number)
            if told not in seen:
                seen.add(told)
                yield told

    def to_give(self, formula: int) -> set[str]:
        """Return what of that a person can answer; what is given, no step that may set all changes."""
        found = set()
        for number in self._support(formula):
            subject = self._flow.propositions[number].subject
            if not isinstance(subject, Unknown) or subject.origin < 0:
                found.add(self._asked(number))
            elif subject.origin in self._flow.holes:
                found.add(subject.spelling or subject.variable)
        return found

    def _support(self, formula: int) -> set[int]:
        diagram = self._flow.diagram
        left = diagram.both(formula, self._assumed)
        return diagram.support(diagram.there_is(left, self._numbers) if self._numbers else left)

    def _asked(self, number: int) -> str:
        """Say what a proposition asks: for the value of a variable, or whether a test holds."""
        proposition = self._flow.propositions[number]
        subject = proposition.subject
        if isinstance(subject, Unknown):
            name = subject.spelling or subject.variable
            if subject.origin < 0:
                return name
            return f"{name} (as '{self._flow.timeline.entries[subject.origin].step.name}' leaves it)"
        if isinstance(subject, str):
            return proposition.spelling
        names = [part.spelling or part.variable for part in subject if isinstance(part, Unknown)]
        return " and ".join(dict.fromkeys(names))

    def phase(self, entry: Entry, guard: int) -> str:
        """Return where a step runs on the paths of a formula, "" where that is not known."""
        in_winpe = self._flow.condition(IN_WINPE, entry.order)
        if self.holds(in_winpe, guard):
            return "Windows PE"
        return "" if self.possible(self._flow.diagram.both(guard, in_winpe)) else "full OS"

    def _values(self, variable: str, order: int, within: int) -> list[Text | None]:
        """Return what a variable may hold before a step on the paths of a formula."""
        both = self._flow.diagram.both
        return [
            case.text for case in self._flow.value(variable, order) if self.possible(both(within, case.when))
        ]

    def why_not(self, condition: Condition, order: int, within: int) -> Iterator[str]:
        """Tell what makes a condition false on all paths of a formula."""
        yield from self._why(condition, order, within, holds=False)

    def _why(self, condition: Condition, order: int, within: int, *, holds: bool) -> Iterator[str]:
        """Tell what makes a condition true, or false: the operands that decide, with values."""
        if not isinstance(condition, Combination):
            yield self._test(condition, order, within, holds=holds)
            return
        inner = holds != (condition.how == "not")
        # one operand decides against "and", and for "or"; all together decide otherwise
        one_decides = (condition.how == "and") != holds if condition.how != "not" else not holds
        decisive = [one for one in condition.operands if self._is(one, order, within, holds=inner)]
        if one_decides and decisive:
            yield from self._why(decisive[0], order, within, holds=inner)
        elif decisive and len(decisive) == len(condition.operands):
            for operand in decisive:
                yield from self._why(operand, order, within, holds=inner)
        else:
            yield f"{'met' if holds else 'not met'}: {in_a_line(condition)}"

    def _is(self, condition: Condition, order: int, within: int, *, holds: bool) -> bool:
        formula = self._flow.condition(condition, order)
        return self.holds(formula if holds else self._flow.diagram.negate(formula), within)

    def _test(self, test: Expression, order: int, within: int, *, holds: bool) -> str:
        told = f"{'met' if holds else 'not met'}: {test_in_words(test)}"
        if test.kind != "Variable" or within == FALSE:
            return told
        values = self._values(test.variable, order, within)
        if len(values) != 1:
            return told
        if values[0] is None:
            return f"{told} (it does not exist)"
        value = literal(values[0])
        return told if value is None else f"{told} (it is '{value}')"
