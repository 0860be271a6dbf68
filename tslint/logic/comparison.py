"""The comparisons of a task sequence variable condition, on known values."""

from __future__ import annotations

from itertools import pairwise, product
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.logic.effort import Effort

# Comparisons that are another's opposite, also for a variable that does not exist.
OPPOSITES = {"notequals": "equals", "notexists": "exists", "notlike": "like"}
_ORDERS = {"greater": (1,), "greaterequal": (0, 1), "less": (-1,), "lessequal": (-1, 0)}
OPERATORS = frozenset({"equals", "exists", "like", *_ORDERS})
_OTHER = "\N{WHITE SMILING FACE}"  # a character that no test speaks of
_LEAST = "\1"  # sorts before any character that a text can hold
_INFINITE = float("inf")
# This much takes as long as one step of work on formulas: pairs of characters compared, characters copied.
_COMPARED, _COPIED = 32, 100
_ANY_RUN, _ANY_ONE = "any run", "any one"
_Pattern = tuple[str, ...]


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


def cost(operator: str, actual: str, value: str) -> int:
    """Return the steps of work that a comparison takes, as ``Effort`` counts them."""
    return len(actual) * len(value) // _COMPARED if operator == "like" else 0


def _order(actual: str, value: str) -> int:
    number, other = _number(actual), _number(value)
    if number is not None and other is not None:
        return (number > other) - (number < other)
    left, right = actual.strip().lower(), value.strip().lower()
    return (left > right) - (left < right)


def _number(text: str) -> float | None:
    """Return the number that a text is. "nan", "1_0" and more digits than a number has are words."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < _INFINITE and "_" not in text and text.isascii() else None


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


def outcomes(tests: list[tuple[str, str]], effort: Effort, *, absent: bool) -> frozenset[tuple[bool, ...]]:
    """Return the combinations of outcomes that the tests can have together, one value being asked.

    ``absent`` tells that there may be no value. Wild cards, orders of numbers and orders of words are taken
    to be independent of one another: where a value is asked in two of these ways, some combinations are
    among them that no value gives. Raises EffortExceededError where there are too many.
    """
    values = _representatives(tests, effort)
    effort.spend(
        sum(1 + cost(operator, value or "", wanted) for value in values for operator, wanted in tests)
    )
    rows = {_row(tests, value) for value in values if absent or value is not None}
    kinds = [_kind(operator, value) for operator, value in tests]
    if len(set(kinds) - {"name", "exists"}) < 2:
        return frozenset(rows)
    # A value that a test names gives the one row that it gives; any other is free to combine.
    free = [
        row
        for row in (_row(tests, value) for value in values if value is not None)
        if not any(outcome and kind == "name" for outcome, kind in zip(row, kinds, strict=True))
    ]
    parts = {
        kind: {tuple(o for o, other in zip(row, kinds, strict=True) if other == kind) for row in free}
        for kind in kinds
    }
    effort.spend(len(tests) * prod(map(len, parts.values())))
    for combination in product(*parts.values()):
        part = dict(zip(parts, map(iter, combination), strict=True))
        rows.add(tuple(next(part[kind]) for kind in kinds))
    return frozenset(rows)


def _row(tests: list[tuple[str, str]], actual: str | None) -> tuple[bool, ...]:
    return tuple(holds(operator, actual, value) for operator, value in tests)


def _kind(operator: str, value: str) -> str:
    if operator in _ORDERS:
        return "word" if _number(value) is None else "number"
    if operator == "exists":
        return operator
    return "wild" if operator == "like" and set(value) & set("*%?") else "name"


def _representatives(tests: list[tuple[str, str]], effort: Effort) -> list[str | None]:
    """Return values that give every combination of outcomes of wild cards, or of orders, with equality.

    Raises EffortExceededError where wild cards make too many combinations.
    """
    values: list[str | None] = [None, "", _OTHER]
    numbers: set[float] = set()
    patterns: list[_Pattern] = []
    for operator, value in tests:
        if operator == "exists":
            continue
        values.append(value)
        patterns.append(_pattern(value, wild=operator == "like"))
        if operator in _ORDERS:
            values += (value + _OTHER, value + _LEAST, "!" + value)
            number = _number(value)
            if number is not None:
                numbers.add(number)
    if any(operator == "like" for operator, _ in tests):
        values += _matching(patterns, effort)
    ordered = sorted(numbers)
    for number, following in pairwise(ordered):
        values += (repr(number), repr(number / 2 + following / 2))
    if ordered:
        least, most = ordered[0], ordered[-1]
        values += (repr(least - abs(least) - 1), repr(most), repr(most + abs(most) + 1))
    return values


def _pattern(value: str, *, wild: bool) -> _Pattern:
    """Cut into characters; ANY_RUN and ANY_ONE stand for wild cards."""
    signs = {"*": _ANY_RUN, "%": _ANY_RUN, "?": _ANY_ONE} if wild else {}
    return tuple(signs.get(character, character) for character in value.strip().lower())


def _matching(patterns: list[_Pattern], effort: Effort) -> list[str]:
    """Return texts: for each set of patterns that some text matches, and it alone, one such text."""
    start = tuple(_reached(pattern, {0}) for pattern in patterns)
    seen = {start}
    todo = [(start, "")]
    found: dict[tuple[bool, ...], str] = {}
    for state, text in todo:
        now = list(zip(patterns, state, strict=True))
        if text == text.strip():
            found.setdefault(tuple(len(pattern) in at for pattern, at in now), text)
        signs = {pattern[i] for pattern, at in now for i in at if i < len(pattern)} - {_ANY_RUN, _ANY_ONE}
        effort.spend((len(signs) + 1) * (1 + sum(map(len, state))) + len(text) // _COPIED)
        for sign in (*sorted(signs), _OTHER):
            following = tuple(_reached(pattern, _after(pattern, at, sign)) for pattern, at in now)
            if following not in seen:
                seen.add(following)
                todo.append((following, text + sign))
    return list(found.values())


def _after(pattern: _Pattern, at: frozenset[int], sign: str) -> set[int]:
    """Return how far a pattern can be matched with one more character."""
    found = {i for i in at if i < len(pattern) and pattern[i] == _ANY_RUN}
    return found | {i + 1 for i in at if i < len(pattern) and pattern[i] in (sign, _ANY_ONE)}


def _reached(pattern: _Pattern, at: set[int]) -> frozenset[int]:
    """Add the places behind runs, which may be empty."""
    found = set(at)
    for i in at:
        while i < len(pattern) and pattern[i] == _ANY_RUN:
            i += 1  # noqa: PLW2901
            found.add(i)
    return frozenset(found)
