"""Formulas over propositions, as a graph of conjunctions and negations in which nothing stands twice.

A formula is an int: 0 is false, 1 is true, a number and the next odd one are a node and its negation. Equal
formulas need not be equal numbers: what a formula means is decided by ``logic.decider``. So a node costs the
same whatever it is made of, and what many formulas share is there once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import LOOKS, Effort

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


_LEAF = -1


class Graph:
    """The nodes of all formulas about one task sequence."""

    def __init__(self, effort: Effort | None = None) -> None:
        # of a proposition the first is _LEAF and the second its number, else both are formulas
        self._parts: list[tuple[int, int]] = [(FALSE, FALSE)]
        self._unique: dict[tuple[int, int], int] = {}
        self._supports: dict[int, frozenset[int]] = {}
        self.effort = effort or Effort()

    def proposition(self, number: int) -> int:
        """Return the formula that is true exactly when the proposition is."""
        return self._made((_LEAF, number))

    def _made(self, parts: tuple[int, int]) -> int:
        found = self._unique.get(parts)
        if found is None:
            self.effort.spend(1)
            found = self._unique[parts] = 2 * len(self._parts)
            self._parts.append(parts)
        return found

    def both(self, a: int, b: int) -> int:
        """Conjunction."""
        if a > b:
            a, b = b, a
        if a <= TRUE:
            return b if a else FALSE
        if a == b:
            return a
        if a ^ b == 1:
            return FALSE
        found = self._unique.get((a, b))
        if found is None:
            found = self._shorter(a, b) or self._shorter(b, a)
            if found < 0:
                return FALSE
        return found or self._made((a, b))

    def _shorter(self, a: int, b: int) -> int:
        """Return both where ``b`` or its negation is a part of ``a``: 0 where it is none, -1 for false."""
        left, right = self._parts[a >> 1]
        if left == _LEAF:
            return 0
        if not a & 1:
            if b in (left, right):
                return a
            return -1 if b ^ 1 in (left, right) else 0
        if b ^ 1 in (left, right):
            return b
        if b == left:
            return self.both(b, right ^ 1) or -1
        return (self.both(b, left ^ 1) or -1) if b == right else 0

    def either(self, a: int, b: int) -> int:
        """Disjunction."""
        return self.both(a ^ 1, b ^ 1) ^ 1

    @staticmethod
    def negate(a: int) -> int:
        """Negation."""
        return a ^ 1

    def without(self, a: int, b: int) -> int:
        """``a`` and not ``b``."""
        return self.both(a, b ^ 1)

    def choose(self, test: int, then: int, otherwise: int) -> int:
        """If ``test`` then ``then`` else ``otherwise``."""
        if then == otherwise:
            return then
        return self.either(self.both(test, then), self.both(test ^ 1, otherwise))

    def parts(self, formula: int) -> tuple[int, int]:
        """Return the two formulas that a node conjoins, the node of a formula that is negated."""
        return self._parts[formula >> 1]

    def number(self, formula: int) -> int | None:
        """Return the proposition that a node is, None for one that conjoins others."""
        left, right = self._parts[formula >> 1]
        return right if left == _LEAF else None

    def nodes(self, formulas: Iterable[int], known: Collection[int]) -> list[int]:
        """Return the nodes that formulas are made of, the inner ones first, without those that are known.

        Nodes are told as formulas that are not negated. What known ones are made of is not looked at.
        """
        seen: set[int] = set()
        todo = [formula & ~1 for formula in formulas]
        while todo:
            node = todo.pop()
            if node > TRUE and node not in seen and node not in known:
                seen.add(node)
                left, right = self._parts[node >> 1]
                if left != _LEAF:
                    todo += (left & ~1, right & ~1)
        self.effort.spend(len(seen) // LOOKS)
        return sorted(seen)

    def support(self, *formulas: int) -> frozenset[int]:
        """Return the propositions that the formulas are made of."""
        key = formulas[0] if len(formulas) == 1 else -1
        found = self._supports.get(key)
        if found is None:
            numbers = (self._parts[node >> 1] for node in self.nodes(formulas, ()))
            found = frozenset(number for leaf, number in numbers if leaf == _LEAF)
            if key >= 0:
                self._supports[key] = found
        return found

    def taking(
        self, formula: int, true: Collection[int], known: dict[int, int], false: Collection[int] = ()
    ) -> int:
        """Return a formula with some propositions taken to be true, others to be false.

        ``known`` remembers nodes for later questions about the same propositions.
        """
        if formula <= TRUE:
            return formula
        for node in self.nodes((formula,), known):
            left, right = self._parts[node >> 1]
            if left == _LEAF:
                known[node] = TRUE if right in true else FALSE if right in false else node
            else:
                known[node] = self.both(
                    known.get(left & ~1, FALSE) ^ (left & 1), known.get(right & ~1, FALSE) ^ (right & 1)
                )
        return known[formula & ~1] ^ (formula & 1)
