"""Reviews for programs. Pure ASCII, one object, keys as the schemas name them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tslint.review.difference import Told
    from tslint.review.facts import Fact
    from tslint.review.outline import Item, Outline


def dumped(data: Mapping[str, Any]) -> str:
    """Return plain data as JSON in lines."""
    return f"{json.dumps(data, indent=1)}\n"


def without_none(**values: object) -> dict[str, Any]:
    """Return the values that there are."""
    return {key: value for key, value in values.items() if value is not None}


def outline_json(outlines: Sequence[Outline]) -> str:
    """Return the JSON of schemas/outline.schema.json."""
    return dumped({"version": 1, "sequences": [_outline(outline) for outline in outlines]})


def _outline(outline: Outline) -> dict[str, Any]:
    return {
        "file": outline.file,
        "name": outline.name,
        "package": outline.package or None,
        "engine": outline.engine,
        "about": [{"label": label, "value": value} for label, value in outline.about],
        "items": [_item(item) for item in outline.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "name": item.name,
        "type": item.what,
        "step": item.path,
        "depth": item.depth,
        "stepNumber": item.number,
        "active": item.active,
        "facts": [fact_json(fact) for fact in item.facts],
    }


def fact_json(fact: Fact) -> dict[str, Any]:
    """Return one thing about a step."""
    return {"kind": fact.kind, "label": fact.label, "value": fact.value}


def told_json(told: Told) -> dict[str, Any]:
    """Return a finding, as far as a review tells of it."""
    return {
        "rule": told.rule,
        "name": told.name,
        "level": told.level,
        "step": told.step or None,
        "message": told.message,
    }
