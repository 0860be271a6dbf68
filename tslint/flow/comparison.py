"""The comparisons of a task sequence variable condition, on known values."""

from __future__ import annotations

import re

# Comparisons that are another's opposite, also for a variable that does not exist.
OPPOSITES = {"notequals": "equals", "notexists": "exists", "notlike": "like"}
_ORDERS = {"greater": (1,), "greaterequal": (0, 1), "less": (-1,), "lessequal": (-1, 0)}
OPERATORS = frozenset({"equals", "exists", "like", *_ORDERS})


def holds(operator: str, actual: str | None, value: str) -> bool:
    """Compare as the task sequence engine does: case is ignored, numbers compare as numbers.

    ``actual`` is None for a variable that does not exist: nothing but "equals nothing" is true of it.
    ``operator`` is one of OPERATORS.
    """
    if operator == "exists":
        return actual is not None
    if operator == "equals":
        return (actual or "").strip().lower() == value.strip().lower()
    if actual is None:
        return False
    if operator == "like":
        return _matches(value.strip().lower(), actual.strip().lower())
    return _order(actual, value) in _ORDERS[operator]


def _order(actual: str, value: str) -> int:
    left: float | str
    right: float | str
    try:
        left, right = float(actual), float(value)
    except ValueError:
        left, right = actual.strip().lower(), value.strip().lower()
    return (left > right) - (left < right)  # type: ignore[operator]


def _matches(pattern: str, actual: str) -> bool:
    """Match ``*`` (and ``%``) for any run and ``?`` for one character, in time of the lengths' product."""
    i = j = 0
    star, mark = -1, 0
    while j < len(actual):
        if i < len(pattern) and pattern[i] in "*%":
            star, mark, i = i, j, i + 1
        elif i < len(pattern) and pattern[i] in ("?", actual[j]):
            i, j = i + 1, j + 1
        elif star >= 0:
            mark += 1
            i, j = star + 1, mark
        else:
            return False
    return all(c in "*%" for c in pattern[i:])


def representatives(tests: list[tuple[str, str]]) -> list[str | None]:
    """Return values that between them give every combination of outcomes that the tests can have together."""
    values: list[str | None] = [None, "", "\N{WHITE SMILING FACE}"]
    numbers: set[float] = set()
    for operator, value in tests:
        if operator == "exists":
            continue
        values.append(value)
        if operator == "like":
            values += (
                value.replace("*", "").replace("%", "").replace("?", "x"),
                re.sub(r"[*?%]", "x", value),
            )
        elif operator in _ORDERS:
            values += (value + "\N{WHITE SMILING FACE}", "!" + value)
            try:
                numbers.add(float(value))
            except ValueError:
                continue
    for number in sorted(numbers):
        values += (f"{number:g}", f"{number - 0.25:g}", f"{number + 0.25:g}")
    return values
