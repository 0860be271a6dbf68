"""The shortest answer to "when does this happen?": the fewest conditions that bring it about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.logic.diagram import FALSE, TRUE

if TYPE_CHECKING:
    from tslint.logic.diagram import Diagram
    from tslint.logic.propositions import Propositions

# Sets of conditions that are tried before the search for the fewest gives way to a short one. Every sequence
# seen needs fewer than a hundred.
MAX_TRIALS = 20_000


class Literal(NamedTuple):
    """A proposition that must hold, or must not."""

    proposition: int
    holds: bool


def fewest(formula: int, diagram: Diagram, propositions: Propositions) -> tuple[Literal, ...]:
    """Return the fewest literals that can be true together and together imply a formula.

    The formula must be possible. Among equally short answers the one whose propositions were met first in
    the sequence wins. Only past MAX_TRIALS the answer is merely one that nothing can be left out of.
    """
    search = _Search(formula, diagram, propositions)
    for size in range(len(search.numbers) + 1):
        found = search.extend((), TRUE, size)
        if found is not None:
            return found
        if search.trials > MAX_TRIALS:
            break
    return search.shortened()


class _Search:
    def __init__(self, formula: int, diagram: Diagram, propositions: Propositions) -> None:
        self._diagram = diagram
        theory = propositions.theory(formula)
        self._wanted = diagram.both(theory, formula)
        self._unwanted = diagram.without(theory, formula)
        self.numbers = sorted(diagram.support(self._wanted, self._unwanted))
        self.trials = 0
        self._failed: set[tuple[int, int]] = set()

    def extend(self, literals: tuple[Literal, ...], together: int, more: int) -> tuple[Literal, ...] | None:
        """Add up to ``more`` literals so that nothing unwanted remains; None if that cannot be done."""
        diagram = self._diagram
        left = diagram.both(together, self._unwanted)
        if left == FALSE:
            return tuple(sorted(literals))
        if more == 0 or (together, more) in self._failed:
            return None
        self.trials += 1
        diagram.effort.spend(len(self.numbers))
        if self.trials > MAX_TRIALS:
            return None
        # Whatever answers must rule this case out, so it holds a literal that is false in it.
        case = diagram.model(left)
        for number in self.numbers:
            literal = Literal(number, not case.get(number, False))
            narrowed = diagram.both(together, self.formula(literal))
            if narrowed == together or diagram.both(narrowed, self._wanted) == FALSE:
                continue
            found = self.extend((*literals, literal), narrowed, more - 1)
            if found is not None:
                return found
        self._failed.add((together, more))
        return None

    def formula(self, literal: Literal) -> int:
        """Return a literal as a formula."""
        proposition = self._diagram.proposition(literal.proposition)
        return proposition if literal.holds else self._diagram.negate(proposition)

    def shortened(self) -> tuple[Literal, ...]:
        """Take one case that is wanted and leave out whatever is not needed, the last ones first."""
        case = self._diagram.model(self._wanted)
        literals = [Literal(number, case.get(number, False)) for number in self.numbers]
        for literal in reversed(tuple(literals)):
            rest = [other for other in literals if other != literal]
            if self._diagram.both(self._together(rest), self._unwanted) == FALSE:
                literals = rest
        return tuple(literals)

    def _together(self, literals: list[Literal]) -> int:
        result = TRUE
        for literal in reversed(literals):
            result = self._diagram.both(self.formula(literal), result)
        return result
