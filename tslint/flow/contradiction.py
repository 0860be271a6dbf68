"""Conditions that can never hold together, whatever the computer and whatever ran before.

Only conditions count, not values that the sequence sets: a step below ``Debug equals true`` in a sequence
that sets Debug to false waits for somebody to change that. A test of a variable in a group and one in a step
inside speak of the same value unless something between the two may have changed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tslint.flow.formula import formula
from tslint.flow.timeline import around
from tslint.flow.writes import IN_WINPE
from tslint.logic.diagram import TRUE
from tslint.logic.graph import Graph
from tslint.logic.propositions import Propositions
from tslint.logic.text import Unknown, join, references
from tslint.model.condition import Combination
from tslint.model.step_type import RUNNERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.flow.flow import Flow
    from tslint.flow.timeline import Entry, Scope
    from tslint.model.condition import Condition, Expression

# Steps that start what somebody else has written: it may set a variable, and ask for a restart.
_PROGRAMS: Final = frozenset({*RUNNERS, "InstallSoftware", "InstallApplication", "SubTasksequence"})


def excluding(entry: Entry, flow: Flow) -> tuple[Condition, ...]:
    """Return the fewest conditions of a step or group and those around it that can never hold together.

    None where they can, and where those around it cannot by themselves: then it is the group that is at
    fault.
    """
    own = entry.own_scope
    if own is None or own.condition is None:
        return ()
    outer = [part for scope in reversed([*around(entry.outer_scope)]) for part in _parts(scope)]
    needed = every = [*outer, *_parts(own)]
    formulas = _Formulas(flow, min(order for _, order in every))
    if formulas.possible(every) or not formulas.possible(outer):
        return ()
    for part in every:
        fewer = [one for one in needed if one is not part]
        if not formulas.possible(fewer):
            needed = fewer
    return tuple(condition for condition, _ in needed)


def _parts(scope: Scope) -> Iterator[tuple[Condition, int]]:
    """Yield the conditions of a scope that must all hold, with the step before which they are looked at."""
    condition = scope.condition
    if isinstance(condition, Combination) and condition.how == "and":
        yield from ((part, scope.order) for part in condition.operands)
    elif condition is not None:
        yield condition, scope.order


def _is_order_of_texts(test: Expression) -> bool:
    """Say whether a test asks which of two texts comes first: how versions compare is not documented."""
    return test.operator.startswith(("less", "greater")) and not test.value.strip().isdecimal()


class _Formulas:
    """Formulas of conditions by themselves: a proposition is a test of a variable at a certain time.

    What a variable holds before step ``since`` is the same to all of them.
    """

    def __init__(self, flow: Flow, since: int) -> None:
        self._flow = flow
        self._since = since
        self._graph = Graph(flow.effort)
        self._propositions = Propositions(self._graph)

    def possible(self, parts: Iterable[tuple[Condition, int]]) -> bool:
        """Say whether conditions can hold together."""
        result = TRUE
        for condition, order in parts:
            result = self._graph.both(result, self._holds(condition, order))
        return self._propositions.possible(result)

    def _holds(self, condition: Condition, order: int) -> int:
        return formula(condition, self._graph, lambda test: self._test(test, order))

    def _test(self, test: Expression, order: int) -> int:
        if test.kind != "Variable" or "%" in test.variable or _is_order_of_texts(test):
            return self._propositions.opaque(f"{test.identity}\0{order}")
        return self._compared(test, order)

    def _compared(self, test: Expression, order: int) -> int:
        parts = [
            piece if isinstance(piece, str) else self._at(piece[0], order) for piece in references(test.value)
        ]
        return self._propositions.compare((self._at(test.variable, order),), test.operator, join(parts))

    def _at(self, variable: str, order: int) -> Unknown:
        """Return what a variable holds before a step: it has its value from the last one that may set it."""
        name = variable.strip().lower()
        between = self._flow.timeline.entries[self._since : order]
        changed = (entry.order for entry in reversed(between) if self._may_change(entry, name))
        return Unknown(name, next(changed, -1))

    def _may_change(self, entry: Entry, name: str) -> bool:
        """Say whether a step may change a variable.

        Steps have outputs that no file tells, so any step may change one that is Microsoft's.
        """
        self._flow.effort.spend(1)
        tables = self._flow.tables
        if entry.missing:
            return True
        if name != IN_WINPE and (name.startswith("_") or name in tables.names or name in tables.others):
            return True
        made = self._flow.assignments.made_by(entry)
        if any(one.write.variable == name and not one.proof for one in made):
            return True
        kind = entry.step.type
        return kind in _PROGRAMS or kind not in tables.steps or kind.startswith("BDD_")
