"""The mends of a rule: a built-in one's are loaded when the first finding asks for some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.rules.builtin import builtin_mends

if TYPE_CHECKING:
    from tslint.language.edits import Mend
    from tslint.rules.rule import Rule


def mends_of(rule: Rule) -> tuple[tuple[Mend, ...], ...]:
    """Return the mends of each clause of a rule."""
    own = tuple(clause.mends for clause in rule.clauses)
    return own if any(own) else builtin_mends().get(rule.id, own)
