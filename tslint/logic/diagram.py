"""Reduced ordered binary decision diagrams: formulas over propositions, equal formulas being equal numbers.

A formula is an int: 0 is false, 1 is true, any other number is a node of this diagram. Propositions are
ints too and are ordered by value; the ones that exclude each other should lie next to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FALSE, TRUE = 0, 1

# Steps of work that one task sequence may cost in all: a few seconds at the most. Real sequences need less
# than a hundredth; only formulas made to explode reach it, and then a rule says nothing. All task sequences
# of one file may cost two thirds more.
MAX_EFFORT = 1_500_000
_LEAF = 1 << 62
# To look at this many nodes takes as long as a step of work that makes one.
LOOKS = 8


class EffortExceededError(Exception):
    """The bound on the work for one task sequence was met: the question stays undecided."""


class Effort:
    """What may still be spent on one task sequence, in steps; shared by all its diagrams."""

    def __init__(self, total: int = MAX_EFFORT, share: int = MAX_EFFORT // 4) -> None:
        self._total, self._share = total, share
        self.left = share

    def begin(self) -> None:
        """Begin a rule: none gets more than its share, so that one hard rule does not silence the others."""
        self._total -= self._share - max(self.left, 0)
        self.left = self._share = min(self._share, max(self._total, 0))

    @property
    def unspent(self) -> int:
        """What the task sequence did not need."""
        return self._total - self._share + max(self.left, 0)

    def spend(self, steps: int) -> None:
        """Charge work that is none of a diagram's. Raises EffortExceededError where the bound is met."""
        self.left -= steps
        if self.left < 0:
            raise EffortExceededError


class Diagram:
    """The nodes of all formulas about one task sequence."""

    def __init__(self, effort: Effort | None = None) -> None:
        self._variable = [_LEAF, _LEAF]
        self._low = [FALSE, TRUE]
        self._high = [FALSE, TRUE]
        self._unique: dict[tuple[int, int, int], int] = {}
        self._known: dict[tuple[int, int, int], int] = {}
        self.effort = effort or Effort()

    def proposition(self, variable: int) -> int:
        """Return the formula that is true exactly when the proposition is."""
        return self.node(variable, FALSE, TRUE)

    def node(self, variable: int, low: int, high: int) -> int:
        """If the proposition holds then ``high`` else ``low``; both must lie below it in the order."""
        if low == high:
            return low
        key = (variable, low, high)
        found = self._unique.get(key)
        if found is None:
            found = len(self._variable)
            self._variable.append(variable)
            self._low.append(low)
            self._high.append(high)
            self._unique[key] = found
        return found

    def choose(self, test: int, then: int, otherwise: int) -> int:
        """If ``test`` then ``then`` else ``otherwise``: the operation that all others are made of."""
        if test == TRUE:
            return then
        if test == FALSE:
            return otherwise
        if then == otherwise:
            return then
        if then == TRUE and otherwise == FALSE:
            return test
        key = (test, then, otherwise)
        found = self._known.get(key)
        if found is not None:
            return found
        self.effort.left -= 1
        if self.effort.left < 0:
            raise EffortExceededError
        variable, low, high = self._variable, self._low, self._high
        a, b, c = variable[test], variable[then], variable[otherwise]
        top = min(b, a)
        top = min(top, c)
        result = self.node(
            top,
            self.choose(
                low[test] if a == top else test,
                low[then] if b == top else then,
                low[otherwise] if c == top else otherwise,
            ),
            self.choose(
                high[test] if a == top else test,
                high[then] if b == top else then,
                high[otherwise] if c == top else otherwise,
            ),
        )
        self._known[key] = result
        return result

    def both(self, a: int, b: int) -> int:
        """Conjunction."""
        if a > b:
            a, b = b, a
        if a <= TRUE or a == b:
            return b if a else FALSE
        return self.choose(a, b, FALSE)

    def either(self, a: int, b: int) -> int:
        """Disjunction."""
        if a > b:
            a, b = b, a
        if a <= TRUE or a == b:
            return TRUE if a == TRUE else b
        return self.choose(a, TRUE, b)

    def negate(self, a: int) -> int:
        """Negation."""
        return self.choose(a, FALSE, TRUE)

    def without(self, a: int, b: int) -> int:
        """``a`` and not ``b``."""
        return self.choose(b, FALSE, a)

    def there_is(self, formula: int, variables: set[int]) -> int:
        """Return where a formula can be made true by choosing these propositions."""
        known: dict[int, int] = {FALSE: FALSE, TRUE: TRUE}

        def over(f: int) -> int:
            if f not in known:
                low, high = over(self._low[f]), over(self._high[f])
                chosen = self._variable[f] in variables
                known[f] = self.either(low, high) if chosen else self.node(self._variable[f], low, high)
            return known[f]

        return over(formula)

    def support(self, *formulas: int) -> set[int]:
        """Return the propositions that the formulas depend on."""
        seen: set[int] = set()
        todo = list(formulas)
        found: set[int] = set()
        while todo:
            formula = todo.pop()
            if formula > TRUE and formula not in seen:
                seen.add(formula)
                found.add(self._variable[formula])
                todo += (self._low[formula], self._high[formula])
        self.effort.spend(len(seen) // LOOKS)
        return found

    def model(self, formula: int) -> dict[int, bool]:
        """One assignment that makes a formula true, of the propositions that lie on its way.

        Raises ValueError for the formula false.
        """
        if formula == FALSE:
            raise ValueError("false has no model")
        assignment = {}
        while formula > TRUE:
            high = self._low[formula] == FALSE
            assignment[self._variable[formula]] = high
            formula = self._high[formula] if high else self._low[formula]
        return assignment

    def holds(self, formula: int, assignment: Mapping[int, bool]) -> bool:
        """Say whether a formula is true where every proposition not named is false."""
        while formula > TRUE:
            taken = assignment.get(self._variable[formula], False)
            formula = self._high[formula] if taken else self._low[formula]
        return formula == TRUE
