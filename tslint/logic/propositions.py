"""What the conditions of one task sequence can be about, and which of it can be true together.

A proposition is a comparison of one unknown value, or the text of a test of another kind. Propositions about
the same value get neighbouring numbers; what they exclude and imply follows from the comparisons themselves.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tslint.logic.comparison import OPERATORS, OPPOSITES, cost, holds, outcomes
from tslint.logic.diagram import FALSE, LOOKS, TRUE
from tslint.logic.text import Text, Unknown, join, literal, meant, spell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.logic.diagram import Diagram

# Numbers of propositions about one value lie in one block of this size.
_BLOCK = 1 << 20
# Variables that the engine itself keeps, and all they can hold:
# https://learn.microsoft.com/intune/configmgr/osd/understand/task-sequence-variables#SMSTSInWinPE
# https://learn.microsoft.com/intune/configmgr/osd/understand/task-sequence-variables#SMSTSLastActionSucceeded
_DOMAINS: dict[str, tuple[str | None, ...]] = {
    "_smstsinwinpe": ("true", "false"),
    "_smstslastactionsucceeded": ("true", "false", None),
}


class Proposition(NamedTuple):
    """``subject`` is the unknown value, or the text of a test that is no comparison of one value."""

    subject: Unknown | Text | str
    operator: str
    value: str
    spelling: str = ""


class Propositions:
    """All propositions met so far, numbered, and the theory that binds them."""

    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        self._blocks: dict[Unknown | Text | str, int] = {}
        self._sizes: list[int] = []
        self._theories: dict[tuple[int, ...], int] = {}
        self._numbers: dict[tuple[Unknown | Text | str, str, str], int] = {}
        self._known: dict[int, Proposition] = {}

    def __getitem__(self, number: int) -> Proposition:
        """Return the proposition of a number."""
        return self._known[number]

    def opaque(self, text: str, spelling: str = "") -> int:
        """Return the formula of a test that is known by its text only."""
        return self._formula(text, "", "", spelling or text)

    def compare(self, actual: Text | None, operator: str, value: Text) -> int:
        """Return the formula of one comparison; ``actual`` is None for a variable that does not exist."""
        opposite = OPPOSITES.get(operator)
        if opposite:
            return self._diagram.negate(self.compare(actual, opposite, value))
        wanted = "" if operator == "exists" else literal(value)
        if operator not in OPERATORS or wanted is None:
            return self._open_comparison(actual or (), operator, value)
        known = None if actual is None else literal(actual)
        if actual is None or known is not None:
            self._diagram.effort.spend(cost(operator, known or "", wanted))
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

    def _formula(self, subject: Unknown | Text | str, operator: str, value: str, spelling: str = "") -> int:
        key = (subject, operator, value)
        number = self._numbers.get(key)
        if number is None:
            block = self._blocks.get(subject)
            if block is None:
                block = self._blocks[subject] = len(self._sizes)
                self._sizes.append(0)
            number = block * _BLOCK + self._sizes[block]
            self._sizes[block] += 1
            self._numbers[key] = number
            self._known[number] = Proposition(subject, operator, value, spelling)
        return self._diagram.proposition(number)

    def theory(self, *formulas: int) -> int:
        """Return what binds the propositions that the formulas depend on."""
        blocks: dict[int, list[int]] = {}
        for number in sorted(self._diagram.support(*formulas)):
            blocks.setdefault(number // _BLOCK, []).append(number)
        result = TRUE
        for numbers in reversed(blocks.values()):
            result = self._diagram.both(self._binding(tuple(numbers)), result)
        return result

    def possible(self, formula: int) -> bool:
        """Say whether a formula can be true of any computer at all."""
        return formula != FALSE and self._diagram.both(self.theory(formula), formula) != FALSE

    def _binding(self, numbers: tuple[int, ...]) -> int:
        """Return what binds propositions of one block to each other."""
        formula = self._theories.get(numbers)
        if formula is None:
            formula = self._theories[numbers] = self._outcomes(numbers)
        return formula

    def _outcomes(self, numbers: tuple[int, ...]) -> int:
        members = [self._known[number] for number in numbers]
        subject = members[0].subject
        if isinstance(subject, str):
            return TRUE
        tests = [(m.operator, m.value) for m in members]
        domain = _DOMAINS.get(subject.variable) if isinstance(subject, Unknown) else None
        if domain is not None:
            rows = {tuple(holds(operator, actual, value) for operator, value in tests) for actual in domain}
            return self._among(numbers, list(rows))
        if all(operator in ("equals", "exists") for operator, _ in tests):
            return self._one_value(dict(zip(tests, numbers, strict=True)))
        absent = isinstance(subject, Unknown)
        return self._among(numbers, list(outcomes(tests, self._diagram.effort, absent=absent)))

    def _one_value(self, numbers: Mapping[tuple[str, str], int]) -> int:
        """Return the formula of "at most one of these is the value"; no value at all equals the empty one."""
        node = self._diagram.node
        self._diagram.effort.spend(len(numbers) // LOOKS)
        exists = numbers.get(("exists", ""))
        none = one = absent = TRUE  # of those that come later
        for (operator, value), number in sorted(numbers.items(), key=itemgetter(1), reverse=True):
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
        self._diagram.effort.spend(1)
        low = self._among(numbers, [row for row in rows if not row[at]], at + 1)
        high = self._among(numbers, [row for row in rows if row[at]], at + 1)
        return self._diagram.node(numbers[at], low, high)


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
