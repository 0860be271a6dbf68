"""Whether a formula can be true of any computer: by a small diagram where that does, else by a solver.

A step that may fail without ending the sequence is asked about as one that succeeds first: most questions are
answered so, and most findings told.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tslint.logic.diagram import FALSE, TRUE, Diagram
from tslint.logic.effort import Effort, EffortExceededError
from tslint.logic.theory import Theory
from tslint.logic.witness import fewest

if TYPE_CHECKING:
    from collections.abc import Collection

    from tslint.logic.graph import Graph
    from tslint.logic.proposition import Literal, Register
    from tslint.logic.solver import Solver

# Steps of work that the diagram of one question may cost before a solver is asked: that is what importing one
# takes. The diagram that a finding is explained from may cost more.
MAX_SMALL = 2_000
MAX_EXPLAINED = 5_000
# Steps of work to find which few steps have to fail for a finding; past that all that fail are told.
MAX_TOLD = 200_000
# Of the conditions in which a solver says that a fault comes about, so many are tried for being left out.
MAX_TRIED = 60


class Cause(NamedTuple):
    """The ``literals`` that bring something about where the steps of these outcomes succeed."""

    literals: tuple[Literal, ...]
    outcomes: frozenset[int]


class Decider:
    """Answers about the formulas of one task sequence, kept for each node."""

    def __init__(self, graph: Graph, register: Register) -> None:
        self._graph, self._register = graph, register
        self._work = Effort(0)
        self._diagram = Diagram(self._work)
        self._theory = Theory(register, self._diagram, graph.effort)
        self._answers: dict[int, bool] = {FALSE: False, TRUE: True}
        self._small: dict[int, int] = {}  # by node
        self._large: dict[int, int] = {}  # by node: the work that was not enough for it
        self._calm: dict[int, int] = {}
        self._solver: Solver | None = None

    def possible(self, formula: int) -> bool:
        """Say whether a formula can be true. Raises EffortExceededError where that is too much to decide."""
        answer = self._answers.get(formula)
        if answer is None:
            calm = self.calm(formula)
            answer = (calm != formula and self._is_possible(calm)) or self._is_possible(formula)
            self._answers[formula] = answer
        return answer

    def possible_without_failure(self, formula: int) -> bool:
        """Say whether a formula can be true where every step that runs succeeds."""
        return self._is_possible(self.calm(formula))

    def calm(self, formula: int) -> int:
        """Return a formula on the paths on which every step that runs succeeds."""
        outcomes = self._register.outcomes
        return self._graph.taking(formula, outcomes, self._calm) if outcomes else formula

    def _is_possible(self, formula: int) -> bool:
        answer = self._answers.get(formula)
        if answer is None:
            answer = self._answers[formula] = self._asked(formula)
        return answer

    def _asked(self, formula: int) -> bool:
        small = self._bounded(formula, MAX_SMALL)
        if small is not None:
            return small
        solver = self._with_solver()
        if solver is None:
            small = self._bounded(formula, max(self._graph.effort.left, 0))
        else:
            small = solver.possible((formula,))
        if small is None:
            raise EffortExceededError
        return small

    def _with_solver(self) -> Solver | None:
        from tslint.logic.solver import Solver, is_there

        if self._solver is None and is_there():
            self._solver = Solver(self._graph, self._register, self._theory)
        return self._solver

    # By diagram

    def _bounded(self, formula: int, most: int) -> bool | None:
        """Decide a question by a diagram that costs at most so much, None where it would cost more."""
        self._work.left = most
        small = self._as_diagram(formula)
        if small is None:
            answer = None
        else:
            try:
                theory = self._theory.of(self._diagram.support(small))
                answer = self._diagram.both(theory, small) != FALSE
            except EffortExceededError:
                answer = None
        self._graph.effort.spend(most - max(self._work.left, 0))
        return answer

    def _as_diagram(self, formula: int) -> int | None:
        """Return a formula as one of the diagram, None where there is not enough work left."""
        if formula <= TRUE:
            return formula
        most = self._work.left
        nodes = self._graph.nodes((formula,), self._small)
        if any(self._large.get(node, -1) >= most for node in nodes):
            return None
        diagram = self._diagram
        for node in nodes:
            number = self._graph.number(node)
            if number is not None:
                self._small[node] = diagram.proposition(number)
                continue
            left, right = self._graph.parts(node)
            try:
                self._small[node] = diagram.both(self._known(left), self._known(right))
            except EffortExceededError:
                self._large[node] = self._large[formula & ~1] = most
                return None
        try:
            return self._known(formula)
        except EffortExceededError:
            return None

    def _known(self, formula: int) -> int:
        small = self._small[formula & ~1]
        return self._diagram.negate(small) if formula & 1 else small

    # What a finding is told by

    def explain(self, formula: int) -> Cause:
        """Return the fewest literals that bring about what is possible; no rule is charged for that."""
        outcomes = frozenset[int]()
        with self._graph.effort.lent(MAX_TOLD), suppress(EffortExceededError):
            outcomes = self._successes(formula)
        with self._graph.effort.lent(MAX_TOLD):
            told = self.where(formula, outcomes)
            self._work.left = MAX_EXPLAINED
            try:
                literals = self._from_diagram(told)
            except EffortExceededError:
                literals = self._from_solver(told)
        return Cause(literals, outcomes)

    def where(self, formula: int, outcomes: frozenset[int]) -> int:
        """Return a formula on the paths on which the steps of these outcomes succeed."""
        if outcomes == self._register.outcomes:
            return self.calm(formula)
        return self._graph.taking(formula, outcomes, {})

    def _successes(self, formula: int) -> frozenset[int]:
        """Return outcomes that may be those of success, so that as few steps as possible have to fail."""
        every = frozenset(self._register.outcomes)
        if self._is_possible(self.calm(formula)):
            return every
        asked = every & self._graph.support(formula)
        failing = sorted(asked)
        size = len(failing)
        while size:
            size = (size + 1) // 2
            for start in range(0, len(failing), size):
                rest = failing[:start] + failing[start + size :]
                if self._is_possible(self.where(formula, every.difference(rest))):
                    failing = rest
                    break
            else:
                if size == 1:
                    break
        return every.difference(failing)

    def _from_diagram(self, formula: int) -> tuple[Literal, ...]:
        small = self._as_diagram(formula)
        if small is None:
            raise EffortExceededError
        theory = self._theory.of(self._diagram.support(small))
        return fewest(small, theory, self._diagram, self._theory.against, self._graph.effort)

    def _from_solver(self, formula: int) -> tuple[Literal, ...]:
        """Take one case, and leave out whatever is not needed, as far as that is tried."""
        self._graph.effort.left = 1 << 30
        solver = self._with_solver()
        if solver is None or not solver.possible((formula,)):
            raise EffortExceededError
        literals = solver.model(self._graph.support(formula))
        if solver.possible((formula ^ 1,), literals) is False:
            literals = solver.core(literals)
        for literal in literals[: -MAX_TRIED - 1 : -1]:
            rest = [other for other in literals if other != literal]
            if literal in literals and solver.possible((formula ^ 1,), rest) is False:
                literals = solver.core(rest)
        return tuple(literals)

    # What a script could put right

    def mends(self, fine: int, broken: int, chosen: Collection[int]) -> bool:
        """Say whether on each path of ``broken`` some choice of these propositions makes ``fine`` true.

        No solver answers that, so the diagram may cost all that is left. Raises EffortExceededError.
        """
        most = max(MAX_EXPLAINED, self._graph.effort.left)
        self._work.left = most
        try:
            return self._mends(fine, broken, chosen)
        finally:
            self._graph.effort.spend(most - max(self._work.left, 0))

    def _mends(self, fine: int, broken: int, chosen: Collection[int]) -> bool:
        good, bad = self._as_diagram(fine), self._as_diagram(broken)
        if good is None or bad is None:
            raise EffortExceededError
        diagram = self._diagram
        good = diagram.both(self._theory.of(diagram.support(good, bad)), good)
        rest = diagram.without(bad, diagram.there_is(good, set(chosen)))
        return diagram.both(self._theory.of(diagram.support(rest)), rest) == FALSE
