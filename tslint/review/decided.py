"""What the engine's formulas say once some tests are answered, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tslint.flow.timeline import around
from tslint.flow.writes import LAST_ACTION
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import Unknown, literal
from tslint.logic.thing import is_thing
from tslint.model.condition import Combination, Expression, tests_in
from tslint.model.condition_words import in_a_line, test_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.flow.flow import Flow
    from tslint.flow.timeline import Entry
    from tslint.logic.text import Text
    from tslint.model.condition import Condition

# What a step of a real task sequence depends on is a dozen things at the most.
MAX_ASKED = 24
IN_WINPE: Final = Expression("Variable", "_SMSTSInWinPE", "equals", "true")


class Decided:
    """Asks a flow where these steps fail, by order, with a code, and all others succeed.

    ``true`` and ``false`` are parts of the texts of other tests than comparisons of variables: their answers.
    """

    def __init__(
        self,
        flow: Flow,
        failing: Mapping[int, str] | None = None,
        true: tuple[str, ...] = (),
        false: tuple[str, ...] = (),
    ) -> None:
        self._flow = flow
        self._assumed = TRUE
        self._true: set[int] = set()  # propositions that hold
        self._known: dict[int, int] = {}  # formulas with those taken to be true
        self._outcomes(failing or {})
        self._answers(
            [(part.lower(), answer) for parts, answer in ((true, True), (false, False)) for part in parts]
        )

    def _outcomes(self, failing: Mapping[int, str]) -> None:
        """Take each step to succeed or to fail."""
        flow, diagram = self._flow, self._flow.diagram
        for entry in flow.timeline.entries:
            succeeds = flow.succeeds(entry)
            number = diagram.number(succeeds) if succeeds > TRUE else None
            code = failing.get(entry.order)
            if code is None:
                self._true |= set() if number is None else {number}
                continue
            self._assumed = self._assumed if number is None else diagram.without(self._assumed, succeeds)
            if code:
                left = Unknown(f"{LAST_ACTION}retcode", entry.order)
                told = flow.propositions.compare((left,), "equals", (code,))
                self._assumed = diagram.both(self._assumed, told)

    def _answers(self, answers: list[tuple[str, bool]]) -> None:
        """Answer the tests that are named by a part of their texts."""
        if not answers:
            return
        entries = self._flow.timeline.entries
        scopes = {id(scope): scope for entry in entries for scope in around(entry.scope)}
        for scope in scopes.values():
            for test in tests_in(scope.condition) if scope.condition is not None else ():
                told = test_in_words(test).lower()
                said = {answer for part, answer in answers if part in told}
                if test.kind != "Variable" and len(said) == 1:
                    self._answer(self._flow.condition(test, scope.order), holds=said == {True})

    def _answer(self, formula: int, *, holds: bool) -> None:
        diagram = self._flow.diagram
        number = diagram.number(formula) if holds and formula > TRUE and not formula & 1 else None
        # what is answered of a thing on the computer answers other tests of it too
        if number is not None and not is_thing(self._flow.propositions[number].subject):
            self._true.add(number)
        else:
            self._assumed = diagram.both(self._assumed, formula if holds else diagram.negate(formula))

    def _taken(self, formula: int) -> int:
        """Return a formula with what is known to hold taken to be true."""
        return self._flow.diagram.taking(formula, self._true, self._known)

    def possible(self, formula: int) -> bool:
        """Say whether a formula holds on any path that is left."""
        left = self._flow.diagram.both(self._taken(formula), self._taken(self._assumed))
        return self._flow.propositions.possible(left)

    def holds(self, formula: int, within: int = TRUE) -> bool:
        """Say whether a formula holds on all paths of another one."""
        return not self.possible(self._flow.diagram.without(within, formula))

    def open(self, formula: int) -> Iterator[str]:
        """Yield what a formula depends on, in words, in the order in which the task sequence asks."""
        seen = set()
        for number in self._support(formula):
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

    def _support(self, formula: int) -> list[int]:
        """Return the propositions that make a difference to a formula on the paths that are left.

        Where a formula is made of very many, all of them are told.
        """
        diagram, taken = self._flow.diagram, self._taken(formula)
        asked = sorted(diagram.support(taken) - diagram.support(self._assumed))
        if len(asked) > MAX_ASKED:
            return asked
        found = []
        for number in asked:
            otherwise = diagram.taking(taken, {number}, {})
            if self.possible(diagram.without(taken, otherwise)) or self.possible(
                diagram.without(otherwise, taken)
            ):
                found.append(number)
        return found

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
        """Return where a step runs on the paths of a formula, "" where that is not known or it never runs."""
        if not self.possible(guard):
            return ""
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
