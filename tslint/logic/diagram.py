"""Reduced ordered binary decision diagrams: formulas over propositions, equal formulas being equal numbers.

A formula is an int: 0 is false, 1 is true, any other number is a node of this diagram. Propositions are
ints too and are ordered by value; the ones that exclude each other should lie next to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.logic.effort import LOOKS, Effort, EffortExceededError

if TYPE_CHECKING:
    from collections.abc import Mapping

FALSE, TRUE = 0, 1

_LEAF = 1 << 62


class Diagram:
    """The nodes of all formulas about one task sequence."""

    def __init__(self, effort: Effort | None = None) -> None:
        self.variable = [_LEAF, _LEAF]
        self.low = [FALSE, TRUE]
        self.high = [FALSE, TRUE]
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
            found = len(self.variable)
            self.variable.append(variable)
            self.low.append(low)
            self.high.append(high)
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
        variable, low, high = self.variable, self.low, self.high
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
                low, high = over(self.low[f]), over(self.high[f])
                chosen = self.variable[f] in variables
                known[f] = self.either(low, high) if chosen else self.node(self.variable[f], low, high)
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
                found.add(self.variable[formula])
                todo += (self.low[formula], self.high[formula])
        self.effort.spend(len(seen) // LOOKS)
        return found

    def holds(self, formula: int, assignment: Mapping[int, bool]) -> bool:
        """Say whether a formula is true where every proposition not named is false."""
        while formula > TRUE:
            taken = assignment.get(self.variable[formula], False)
            formula = self.high[formula] if taken else self.low[formula]
        return formula == TRUE
