"""The comparisons of a task sequence variable condition, on known values."""

from __future__ import annotations

from contextlib import suppress

from tslint.flow.diagram import EffortExceededError

# Comparisons that are another's opposite, also for a variable that does not exist.
OPPOSITES = {"notequals": "equals", "notexists": "exists", "notlike": "like"}
_ORDERS = {"greater": (1,), "greaterequal": (0, 1), "less": (-1,), "lessequal": (-1, 0)}
OPERATORS = frozenset({"equals", "exists", "like", *_ORDERS})
# Steps of work to find which wild cards fit together: real sequences compare a variable with a few of them.
MAX_MATCHING = 200_000
_OTHER = "\N{WHITE SMILING FACE}"  # a character that no test speaks of
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
    """Return values that between them give every combination of outcomes that the tests can have together.

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
            values += (value + _OTHER, value + "!", "!" + value)
            with suppress(ValueError):
                numbers.add(float(value))
    if any(operator == "like" for operator, _ in tests):
        values += _matching(patterns)
    ordered = sorted(numbers)
    for number, following in zip(ordered, [*ordered[1:], *(n + 2 for n in ordered[-1:])], strict=True):
        values += (repr(number - 1), repr(number), repr((number + following) / 2))
    return values


def _pattern(value: str, *, wild: bool) -> _Pattern:
    """Cut into characters; ANY_RUN and ANY_ONE stand for wild cards."""
    signs = {"*": _ANY_RUN, "%": _ANY_RUN, "?": _ANY_ONE} if wild else {}
    return tuple(signs.get(character, character) for character in value.strip().lower())


def _matching(patterns: list[_Pattern]) -> list[str]:
    """Return texts: for each set of patterns that some text matches, and it alone, one such text."""
    start = tuple(_reached(pattern, {0}) for pattern in patterns)
    seen = {start}
    todo = [(start, "")]
    found: dict[tuple[bool, ...], str] = {}
    effort = MAX_MATCHING
    for state, text in todo:
        now = list(zip(patterns, state, strict=True))
        if text == text.strip():
            found.setdefault(tuple(len(pattern) in at for pattern, at in now), text)
        signs = {pattern[i] for pattern, at in now for i in at if i < len(pattern)} - {_ANY_RUN, _ANY_ONE}
        for sign in (*sorted(signs), _OTHER):
            following = tuple(_reached(pattern, _after(pattern, at, sign)) for pattern, at in now)
            if following not in seen:
                seen.add(following)
                todo.append((following, text + sign))
        effort -= len(patterns) * (len(signs) + 1)
        if effort < 0:
            raise EffortExceededError
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
