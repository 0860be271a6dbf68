"""The questions that are too much for a diagram, asked of a SAT solver.

python-sat is imported when the first such question comes up: that takes as long as many runs take in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.logic.comparison import holds
from tslint.logic.diagram import TRUE
from tslint.logic.proposition import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tslint.logic.graph import Graph
    from tslint.logic.proposition import Register
    from tslint.logic.theory import Theory

# Conflicts that one question may meet. Real ones meet a few dozen; pigeonholes meet any number.
MAX_CONFLICTS = 3_000
# So many clauses, or conflicts, take as long as one step of other work.
_CLAUSES, _CONFLICTS = 8, 4


def is_there() -> bool:
    """Say whether there is a solver on this machine: it is made for most, not for all."""
    from importlib.util import find_spec

    return find_spec("pysat") is not None


class Solver:
    """One solver for a task sequence. It knows of the formulas that were asked about, each node once."""

    def __init__(self, graph: Graph, register: Register, theory: Theory) -> None:
        from pysat.solvers import Minisat22

        self._graph, self._register, self._theory = graph, register, theory
        self._solver = Minisat22()
        self._last = 0
        self._of_node: dict[int, int] = {}
        self._of_number: dict[int, int] = {}
        self._bound: dict[int, int] = {}  # by the first of a value: how many of it the clauses bind
        self._chain: dict[int, int] = {}  # by the first of a value: "one of those so far is the value"
        self._values: dict[int, tuple[int, ...]] = {}  # by the first: a variable for all it can be

    def possible(self, formulas: Iterable[int], given: Iterable[Literal] = ()) -> bool | None:
        """Say whether formulas and literals can be true together, None where that takes too long."""
        assumed = [self._formula(formula) for formula in formulas]
        assumed += [self._literal(literal) for literal in given]
        before = self._solver.accum_stats()["conflicts"]
        self._solver.conf_budget(MAX_CONFLICTS)
        answer: bool | None = self._solver.solve_limited(assumptions=assumed)
        self._graph.effort.spend((self._solver.accum_stats()["conflicts"] - before) // _CONFLICTS)
        return answer

    def model(self, numbers: Iterable[int]) -> list[Literal]:
        """Return how propositions turned out in the last answer that was yes."""
        true = set(self._solver.get_model() or ())
        return [Literal(number, self._proposition(number) in true) for number in sorted(numbers)]

    def core(self, given: Sequence[Literal]) -> list[Literal]:
        """Return those of the literals that the last answer, which was no, is due to, with others maybe."""
        blamed = set(self._solver.get_core() or ())
        return [literal for literal in given if self._literal(literal) in blamed]

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _add(self, *clause: int) -> None:
        self._solver.add_clause(clause)

    def _literal(self, literal: Literal) -> int:
        variable = self._proposition(literal.proposition)
        return variable if literal.holds else -variable

    def _formula(self, formula: int) -> int:
        nodes = self._graph.nodes((formula,), self._of_node)
        self._graph.effort.spend(3 * len(nodes) // _CLAUSES)
        for node in nodes:
            number = self._graph.number(node)
            if number is not None:
                self._of_node[node] = self._proposition(number)
                continue
            left, right = map(self._known, self._graph.parts(node))
            variable = self._of_node[node] = self._new()
            self._add(-variable, left)
            self._add(-variable, right)
            self._add(variable, -left, -right)
        return self._known(formula)

    def _known(self, formula: int) -> int:
        if formula <= TRUE:
            variable = self._of_number.get(-1)
            if variable is None:
                variable = self._of_number[-1] = self._new()
                self._add(variable)
            return variable if formula else -variable
        variable = self._of_node[formula & ~1]
        return -variable if formula & 1 else variable

    # What binds propositions

    def _proposition(self, number: int) -> int:
        variable = self._of_number.get(number)
        if variable is None:
            variable = self._of_number[number] = self._new()
            if not self._theory.is_free(number):
                self._bind(number)
        return variable

    def _bind(self, number: int) -> None:
        """Bind a proposition to the others about the same value that are known here."""
        same = self._register.same_value(number)
        self._graph.effort.spend(1)
        if self._theory.domain(number) is not None:
            self._bind_in_domain(number)
        elif self._theory.is_simple(number):
            self._bind_equal(number)
        elif self._bound.get(same[0], 0) < len(same):
            # all that is asked of the value so far; what was bound before stays true
            self._bound[same[0]] = len(same)
            self._bind_rows(tuple(same))

    def _bind_equal(self, number: int) -> None:
        """Exclude that a value equals two texts, or one where it does not exist."""
        first = self._register.same_value(number)[0]
        one = self._register[number]
        variable = self._of_number[number]
        exists = self._register.find(one.subject, "exists", "")
        if one.operator == "exists":
            for other in self._register.same_value(number):
                if other != number and other in self._of_number:
                    self._bind_existence(other, variable)
            return
        if exists is not None and exists in self._of_number:
            self._bind_existence(number, self._of_number[exists])
        before, now = self._chain.get(first), self._new()
        self._add(-variable, now)
        if before is not None:
            self._add(-before, now)
            self._add(-before, -variable)
        self._chain[first] = now

    def _bind_existence(self, number: int, exists: int) -> None:
        """What equals a text exists; what does not exist equals the empty one."""
        variable = self._of_number[number]
        if self._register[number].value:
            self._add(-variable, exists)
        else:
            self._add(variable, exists)

    def _bind_in_domain(self, number: int) -> None:
        first, one = self._register.same_value(number)[0], self._register[number]
        domain = self._theory.domain(number) or ()
        if first not in self._values:
            self._values[first] = tuple(self._new() for _ in domain)
            self._add(*self._values[first])
        variable = self._of_number[number]
        for actual, chosen in zip(domain, self._values[first], strict=True):
            self._add(-chosen, variable if holds(one.operator, actual, one.value) else -variable)

    def _bind_rows(self, numbers: tuple[int, ...]) -> None:
        rows = self._theory.rows(numbers)
        self._graph.effort.spend(len(rows) * len(numbers) // _CLAUSES)
        variables = [self._of_number.setdefault(n, 0) or self._named(n) for n in numbers]
        chosen = [self._new() for _ in rows]
        self._add(*chosen)
        for row, choice in zip(rows, chosen, strict=True):
            for outcome, variable in zip(row, variables, strict=True):
                self._add(-choice, variable if outcome else -variable)

    def _named(self, number: int) -> int:
        variable = self._of_number[number] = self._new()
        return variable
