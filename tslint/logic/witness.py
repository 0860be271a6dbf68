"""The shortest answer to "when does this happen?": the fewest conditions that bring it about.

Two formulas are walked side by side, the theory (what binds the propositions) and the one to be explained;
no node is made. A path that both are true on is *wanted*, one that only the theory is true on is *unwanted*.
Literals explain the formula where some wanted path agrees with them and no unwanted one does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import LOOKS
from tslint.logic.proposition import Literal, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tslint.logic.diagram import Diagram
    from tslint.logic.effort import Effort

    _Against = Callable[[Literal], Iterable[Literal]]

# Pairs of nodes that the search for the fewest conditions may visit. Past that the answer is one that nothing
# can be left out of, but a shorter one may exist. Every sequence seen needs fewer than a tenth.
MAX_VISITS = 200_000
# As many more to find an answer that nothing can be left out of; past that it may hold conditions too many.
MAX_SHORTENING = 200_000
# For each finding, whatever those before it have taken.
_LEAST = 200


class _TooManyVisitsError(Exception):
    """The bound on what may be visited was met."""


def fewest(
    formula: int, theory: int, diagram: Diagram, against: _Against, effort: Effort
) -> tuple[Literal, ...]:
    """Return the fewest literals that can be true together and together imply a formula.

    The formula must be possible under the theory. Among equally short answers the one whose propositions have
    the lowest numbers wins. ``against`` tells which literals may rule out one: itself denied at least.
    """
    walk = _Walk(theory, formula, diagram)
    short = walk.shortest((), wanted=True) or ()  # as cheap as to find that the formula is possible
    most = max(effort.visits, _LEAST)
    walk.left = given = min(MAX_SHORTENING, most)
    short = _shortened(short, walk)
    most -= given - walk.left
    walk.left = given = min(MAX_VISITS, most)
    try:
        return _Search(walk, against).fewest(len(short)) or short
    except _TooManyVisitsError:
        return short
    finally:
        effort.visits = most - given + walk.left


class _Walk:
    """Looks for paths that agree with literals. ``left`` is what may still be visited."""

    def __init__(self, theory: int, formula: int, diagram: Diagram) -> None:
        self._top = (theory, formula)
        self._diagram = diagram
        self.left = 1 << 60

    def shortest(self, given: Iterable[Literal], *, wanted: bool) -> tuple[Literal, ...] | None:
        """Return what the shortest path decides that agrees with the literals, None where none agrees."""
        chosen = dict(given)
        variable, low, high = self._diagram.variable, self._diagram.low, self._diagram.high
        goal, never = (TRUE, FALSE) if wanted else (FALSE, TRUE)
        before: dict[tuple[int, int], tuple[tuple[int, int], Literal] | None] = {self._top: None}
        todo = [self._top]
        for pair in todo:
            theory, formula = pair
            if theory == TRUE and formula == goal:
                return _traced(pair, before)
            a, b = variable[theory], variable[formula]
            top = min(a, b)
            for holds, side in ((False, low), (True, high)):
                then = side[theory] if a == top else theory, side[formula] if b == top else formula
                dead = then[0] == FALSE or then[1] == never or chosen.get(top, holds) != holds
                if not dead and then not in before:
                    before[then] = (pair, Literal(top, holds))
                    todo.append(then)
            self.spend()
        return None

    def numbers(self) -> list[int]:
        """Return the propositions that lie on any path, in order."""
        seen, found = set(self._top), set[int]()
        todo = list(self._top)
        for formula in todo:
            if formula > TRUE:
                found.add(self._diagram.variable[formula])
                inner = {self._diagram.low[formula], self._diagram.high[formula]} - seen
                seen |= inner
                todo += inner
        return sorted(found)

    def spend(self, visits: int = 1) -> None:
        """Count visits."""
        self.left -= visits
        if self.left < 0:
            raise _TooManyVisitsError


def _traced(
    pair: tuple[int, int], before: dict[tuple[int, int], tuple[tuple[int, int], Literal] | None]
) -> tuple[Literal, ...]:
    literals = []
    step = before[pair]
    while step is not None:
        pair, literal = step
        literals.append(literal)
        step = before[pair]
    return tuple(reversed(literals))


def _shortened(literals: tuple[Literal, ...], walk: _Walk) -> tuple[Literal, ...]:
    """Leave out whatever is not needed, the last ones first."""
    try:
        for literal in reversed(literals):
            rest = tuple(other for other in literals if other != literal)
            if walk.shortest(rest, wanted=False) is None:
                literals = rest
    except _TooManyVisitsError:
        pass
    return literals


class _Search:
    """Looks for the fewest literals, in the order of their propositions.

    An unwanted path that a candidate leaves open is remembered by its *denials*, the literals that rule it
    out: any answer holds one of each. A candidate is therefore the first set of its size that meets all of
    them, and the first that leaves nothing open is the answer. Sets of literals are bits, the first literal's
    the lowest.
    """

    def __init__(self, walk: _Walk, against: _Against) -> None:
        self._walk, self._against = walk, against
        either = (Literal(number, holds) for number in walk.numbers() for holds in (False, True))
        self._literals = sorted(either, key=in_order)
        self._bits = {literal: 1 << number for number, literal in enumerate(self._literals)}
        self._denials: list[int] = []
        self._together: dict[int, bool] = {}
        self._never: list[int] = []  # sets that cannot hold together

    def fewest(self, most: int) -> tuple[Literal, ...] | None:
        """Return the first of the shortest answers of at most so many literals."""
        for size in range(most + 1):
            candidate = self._first(0, self._denials, size)
            while candidate is not None:
                if self._can_hold(candidate):
                    left_open = self._walk.shortest(self._of(candidate), wanted=False)
                    if left_open is None:
                        return self._of(candidate)
                    self._deny(left_open, candidate)
                candidate = self._first(0, self._denials, size)
        return None

    def _of(self, bits: int) -> tuple[Literal, ...]:
        return tuple(self._literals[bit] for bit in _each(bits))

    def _first(self, chosen: int, unmet: list[int], more: int) -> int | None:
        """Add up to ``more`` literals, each behind the last one, so that every denial is met."""
        self._walk.spend(1 + len(unmet) // LOOKS)
        if not unmet:
            return chosen
        if _apart(unmet) > more:
            return None
        every, last = 0, min(denials.bit_length() for denials in unmet)
        for denials in unmet:
            every |= denials
        # a denial whose last literal is passed by is met no more
        behind = every & ((1 << last) - 1) & -(1 << chosen.bit_length())
        for bit in _each(behind):
            together = chosen | 1 << bit
            if not any(never & together == never for never in self._never):
                rest = [denials for denials in unmet if not denials >> bit & 1]
                found = self._first(together, rest, more - 1)
                if found is not None:
                    return found
        return None

    def _can_hold(self, literals: int) -> bool:
        """Say whether some wanted path agrees with all; if none does, remember the few that are to blame."""
        known = self._together.get(literals)
        if known is None:
            one = self._of(literals)
            contradicts = len(dict(one)) < len(one)
            known = not contradicts and self._walk.shortest(one, wanted=True) is not None
            self._together[literals] = known
            if not known:
                blame = literals
                for bit in _each(literals):
                    rest = blame & ~(1 << bit)
                    blame = blame if self._can_hold(rest) else rest
                self._never.append(blame)
        return known

    def _deny(self, path: tuple[Literal, ...], candidate: int) -> None:
        """Remember what rules out a path that a candidate left open."""
        part = path  # that part of it is enough which no wanted path agrees with
        for literal in path:
            rest = tuple(other for other in part if other != literal)
            if self._walk.shortest(rest, wanted=True) is None:
                part = rest
        denials = self._possible(other for literal in part for other in self._against(literal))
        if denials & candidate:  # too many were named: the opposites of the whole path are sure to do
            denials = self._possible(Literal(number, not holds) for number, holds in path)
        self._denials.append(denials)

    def _possible(self, literals: Iterable[Literal]) -> int:
        bits = {self._bits.get(literal, 0) for literal in literals}
        return sum(bit for bit in bits if bit and self._can_hold(bit))


def _each(bits: int) -> Iterator[int]:
    """Return which bits are set, the lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _apart(unmet: list[int]) -> int:
    """Return how many literals it takes at least: one for each denial that shares none with those before."""
    count = seen = 0
    for denials in unmet:
        if not seen & denials:
            count += 1
            seen |= denials
    return count
