"""The words that stand for rules: in options, in configuration, in suppressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from tslint.rules.rule import Rule


def rules_named(word: str, rules: Collection[Rule]) -> frozenset[str]:
    """Return the ids that an id, a name, an id prefix or a category stands for, in any case."""
    low = word.lower()
    return frozenset(
        rule.id for rule in rules if low in {rule.name, rule.category} or rule.id.lower().startswith(low)
    )


def rule_called(word: str, rules: Collection[Rule]) -> str:
    """Return the id of the one rule that has this id or name, in any case; "" where there is none."""
    low = word.lower()
    return next((rule.id for rule in rules if low in {rule.id.lower(), rule.name}), "")


def nearest_rule(word: str, rules: Collection[Rule]) -> str:
    """Return what to say of a word that names no rule: the nearest that does, or where to look."""
    from difflib import get_close_matches

    known = {name.lower(): name for rule in rules for name in (rule.id, rule.name, rule.category)}
    near = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.4)
    return f"did you mean {known[near[0]]}?" if near else "--list-rules shows them"
