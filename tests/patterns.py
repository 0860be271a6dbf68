"""Patterns and rules for tests, of plain data as a rule file holds it, names of selectors written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.language.pattern import Pattern, read_pattern
from tslint.language.selector import UNCHECKED
from tslint.rules.rule import Clause, LevelAt, Levels, Rule

if TYPE_CHECKING:
    from tslint.rules.rule import Level


def pattern_of(data: dict[str, Any]) -> Pattern:
    """Read a pattern."""
    return read_pattern(data, UNCHECKED)


def clauses_of(data: dict[str, Any], level: Level = "error", message: str = "x.") -> tuple[Clause, ...]:
    """Make the one clause of a rule with this pattern."""
    pattern = pattern_of(data)
    return (Clause(pattern, message, (Levels(pattern.broken, (LevelAt(level),)),)),)


def rule_of(data: dict[str, Any], identity: str = "ORG-1") -> Rule:
    """Make a rule of a pattern."""
    return Rule(
        id=identity,
        name="x",
        level="error",
        precision="high",
        category="x",
        profile="recommended",
        engines=("configmgr",),
        summary="x",
        message="x",
        remedy="x",
        cmdlet="x",
        silences=(),
        clauses=clauses_of(data, message="x"),
    )
