"""A rule at a level that an organisation chose for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tslint.policy.rule import Level, Rule


def at_level(rule: Rule, level: Level) -> Rule:
    """Return the rule with ``level`` wherever it names one: in itself, in its clauses, by path or by value.

    A finding that is only a note because something is not known stays a note.
    """
    return rule._replace(level=level, pattern=_with(rule.pattern, level))


def _with(pattern: Any, level: Level) -> dict[str, Any]:  # noqa: ANN401 - plain data of a rule
    changed = dict(pattern)
    for key in ("level", "levels"):
        if key in changed:
            changed[key] = _levels(changed[key], level)
    if "clauses" in changed:
        changed["clauses"] = [_with(clause, level) for clause in changed["clauses"]]
    return changed


def _levels(given: Any, level: Level) -> Any:  # noqa: ANN401 - plain data of a rule
    if isinstance(given, dict):
        return {quantifier: _levels(value, level) for quantifier, value in given.items()}
    return [{**entry, "level": level} for entry in given] if isinstance(given, list) else level
