"""Where a condition holds, put together of where its tests do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.logic.diagram import FALSE, TRUE
from tslint.model.condition import Combination

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.logic.graph import Graph
    from tslint.model.condition import Condition, Expression


def formula(condition: Condition, graph: Graph, holds: Callable[[Expression], int]) -> int:
    """Return the formula of a condition; ``holds`` gives that of a test."""
    if not isinstance(condition, Combination):
        return holds(condition)
    add = graph.both if condition.how == "and" else graph.either
    result = TRUE if condition.how == "and" else FALSE
    for operand in condition.operands:
        result = add(result, formula(operand, graph, holds))
    return graph.negate(result) if condition.how == "not" else result
