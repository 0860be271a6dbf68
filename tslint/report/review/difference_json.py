"""Differences for programs: the JSON of ``schemas/difference.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.report.review.as_json import dumped, fact_json, told_json, without_none
from tslint.report.review.difference_words import change_text, effect_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.review.changes import Change
    from tslint.review.difference import Difference
    from tslint.review.effects import Effect


def difference_json(differences: Sequence[Difference]) -> str:
    """Return one object; a task sequence in which nothing changed has no changes."""
    return dumped({"version": 1, "sequences": [_difference(one) for one in differences]})


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "name": one.name,
        "old": one.old,
        "new": one.new,
        "changes": [_change(change) for change in one.changes],
        "findings": {
            "new": [told_json(told) for told in one.new_findings],
            "gone": [told_json(told) for told in one.gone_findings],
        },
        "effects": [_effect(effect) for effect in one.effects],
    }


def _change(change: Change) -> dict[str, Any]:
    told = without_none(
        kind=change.kind,
        step=change.step,
        oldStep=change.old_step,
        setting=change.setting,
        old=change.old,
        new=change.new,
        text=change_text(change),
    )
    if change.facts:
        told["facts"] = [fact_json(fact) for fact in change.facts]
    return told


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        **without_none(kind=effect.kind, variable=effect.variable, old=effect.old, new=effect.new),
        "steps": list(effect.steps),
        "when": list(effect.when),
        "text": effect_text(effect),
    }
