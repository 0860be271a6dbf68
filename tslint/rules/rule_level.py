"""A rule as it is in a profile, and at a level that an organisation chose for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.rules.rule import PROFILES

if TYPE_CHECKING:
    from tslint.rules.rule import Clause, Level, Levels, Profile, Rule


def in_profile(rule: Rule, profile: Profile, *, selected: bool = False) -> Rule:
    """Return the rule at its level in a profile, its clauses of larger profiles silent.

    Where it was ``selected`` by itself, all its clauses speak.
    """
    within = PROFILES[: PROFILES.index(profile) + 1]
    level = next((level for name, level in reversed(rule.levels_in) if name in within), None)
    rule = rule if level is None else at_level(rule, level)
    if selected or all(clause.profile in within for clause in rule.clauses):
        return rule
    clauses = (one if one.profile in within else one._replace(levels=()) for one in rule.clauses)
    return rule._replace(clauses=tuple(clauses))


def at_level(rule: Rule, level: Level) -> Rule:
    """Return the rule with ``level`` wherever it names one: in itself, in its clauses, by path or by value.

    A finding that is only a note because something is not known stays a note.
    """
    return rule._replace(level=level, clauses=tuple(_clause(one, level) for one in rule.clauses))


def _clause(clause: Clause, level: Level) -> Clause:
    return clause._replace(levels=tuple(_levels(one, level) for one in clause.levels))


def _levels(levels: Levels, level: Level) -> Levels:
    return levels._replace(by_value=tuple(one._replace(level=level) for one in levels.by_value))
