"""A rule at a level that an organisation chose for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.rules.rule import Clause, Level, Levels, Rule


def at_level(rule: Rule, level: Level) -> Rule:
    """Return the rule with ``level`` wherever it names one: in itself, in its clauses, by path or by value.

    A finding that is only a note because something is not known stays a note.
    """
    return rule._replace(level=level, clauses=tuple(_clause(one, level) for one in rule.clauses))


def _clause(clause: Clause, level: Level) -> Clause:
    return clause._replace(levels=tuple(_levels(one, level) for one in clause.levels))


def _levels(levels: Levels, level: Level) -> Levels:
    return levels._replace(by_value=tuple(one._replace(level=level) for one in levels.by_value))
