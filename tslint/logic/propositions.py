"""Comparisons and tests as formulas over propositions, and what can be asked of formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.logic.comparison import OPERATORS, OPPOSITES, cost, holds
from tslint.logic.decider import Decider
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.proposition import Register
from tslint.logic.text import Text, Unknown, join, literal, meant, spell
from tslint.logic.thing import question, thing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.logic.decider import Cause
    from tslint.logic.graph import Graph
    from tslint.logic.proposition import Proposition, Subject


class Propositions:
    """All propositions met so far in one task sequence, and the theory that binds them."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._register = Register()
        self._decider = Decider(graph, self._register)

    def __getitem__(self, number: int) -> Proposition:
        """Return the proposition of a number."""
        return self._register[number]

    def at(self, order: int, element: int) -> None:
        """Tell that what is met now stands in this element, and lets this step run."""
        self._register.place = (order, element)

    def possible(self, formula: int) -> bool:
        """Say whether a formula can be true of any computer. Raises EffortExceededError."""
        return self._decider.possible(formula)

    def possible_without_failure(self, formula: int) -> bool:
        """Say whether a formula can be true where every step that runs succeeds."""
        return self._decider.possible_without_failure(formula)

    def where(self, formula: int, outcomes: frozenset[int]) -> int:
        """Return a formula on the paths on which the steps of these outcomes succeed."""
        return self._decider.where(formula, outcomes)

    def where_absent(self, formula: int, absent: Callable[[Unknown], bool]) -> int:
        """Return a formula where these values are those of variables that do not exist."""
        true, false = set[int](), set[int]()
        for number in self._graph.support(formula):
            subject, operator, value, *_ = self._register[number]
            if isinstance(subject, Unknown) and absent(subject):
                (true if holds(operator, None, value) else false).add(number)
        return self._graph.taking(formula, true, {}, false) if true or false else formula

    def explain(self, formula: int) -> Cause:
        """Return the fewest literals that bring about what is possible."""
        return self._decider.explain(formula)

    def mends(self, fine: int, broken: int, free: Callable[[Proposition], bool]) -> bool:
        """Say whether on each path of ``broken`` a choice of the free ones makes ``fine`` true.

        The two are never true together.
        """
        chosen = {n for n in self._graph.support(fine) if free(self._register[n])}
        return self._decider.mends(fine, broken, chosen) if chosen else not self.possible(broken)

    def succeeds(self, order: int, name: str) -> int:
        """Return the formula of "this step succeeds"."""
        formula = self._formula(f"#{order}", "succeeds", "", name)
        self._register.outcomes.update(self._graph.support(formula))
        return formula

    def outcomes_after(self, order: int) -> frozenset[int]:
        """Return the propositions that say that a step after this one succeeds."""
        outcomes = ((number, str(self._register[number].subject)) for number in self._register.outcomes)
        return frozenset(number for number, subject in outcomes if int(subject.removeprefix("#")) > order)

    def opaque(self, text: str, spelling: str = "") -> int:
        """Return the formula of a test that is known by its text only."""
        return self._formula(text, "", "", spelling or text)

    def ask(
        self, kind: str, name: Text, aspect: str, how: str, operator: str, value: Text, spelling: str
    ) -> int:
        """Return the formula of a question about a thing on the computer; see tslint/logic/thing.py."""
        return self._formula(thing(kind, name), *question(operator, aspect, how, value), spelling)

    def compare(self, actual: Text | None, operator: str, value: Text) -> int:
        """Return the formula of one comparison; ``actual`` is None for a variable that does not exist."""
        opposite = OPPOSITES.get(operator)
        if opposite:
            return self._graph.negate(self.compare(actual, opposite, value))
        wanted = "" if operator == "exists" else literal(value)
        if operator not in OPERATORS or wanted is None:
            return self._open_comparison(actual or (), operator, value)
        known = None if actual is None else literal(actual)
        if actual is None or known is not None:
            self._graph.effort.spend(cost(operator, known or "", wanted))
            return TRUE if holds(operator, known, wanted) else FALSE
        if len(actual) == 1 and isinstance(actual[0], Unknown):
            return self._formula(actual[0], operator, wanted.strip().lower(), spelling=wanted)
        if operator == "exists":
            return TRUE
        if operator == "equals":
            if not may_equal(actual, wanted):
                return FALSE
            open_part = _open_part(actual, wanted)
            if open_part is not None:
                return self.compare((open_part[0],), operator, join([open_part[1]]))
        return self._formula(actual, operator, wanted.strip().lower(), spelling=wanted)

    def _open_comparison(self, actual: Text, operator: str, value: Text) -> int:
        """Compare with a text that is not fully known, or in a way that is not known."""
        if operator == "equals" and literal(actual) is not None:
            return self.compare(value, operator, actual)
        sides = [meant(actual), meant(value)]
        if operator == "equals":
            if sides[0] == sides[1]:
                return TRUE
            sides.sort()
        return self.opaque(f" {operator} ".join(sides), f"'{spell(actual)}' {operator} '{spell(value)}'")

    def _formula(self, subject: Subject, operator: str, value: str, spelling: str = "") -> int:
        return self._graph.proposition(self._register.number(subject, operator, value, spelling))


def _open_part(text: Text, wanted: str) -> tuple[Unknown, str] | None:
    """Return the one unknown part and what it has to be for the text to equal a string that it may equal.

    None if more parts are unknown, or if blanks, which comparisons ignore at the ends, would matter.
    """
    unknown = [part for part in text if isinstance(part, Unknown)]
    head, tail = _ends(text)
    wanted = wanted.strip().lower()
    inner = wanted[len(head) : len(wanted) - len(tail)]
    return (unknown[0], inner) if len(unknown) == 1 and inner == inner.strip() else None


def _ends(text: Text) -> tuple[str, str]:
    """Return the known text at both ends of a partly known one, as comparisons see it."""
    head = text[0].lstrip().lower() if text and isinstance(text[0], str) else ""
    tail = text[-1].rstrip().lower() if text and isinstance(text[-1], str) else ""
    return head, tail


def may_equal(text: Text, wanted: str) -> bool:
    """Say whether a partly known text can be this string: its known ends must fit. Case is ignored."""
    wanted = wanted.strip().lower()
    head, tail = _ends(text)
    return wanted.startswith(head) and wanted.endswith(tail) and len(wanted) >= len(head) + len(tail)
