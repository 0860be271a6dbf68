"""The rules of a Set Dynamic Variables step: escaped XML inside one of its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.model.condition import Combination, placed_at
from tslint.model.read_condition import read_conditions
from tslint.model.xml import whole_text

if TYPE_CHECKING:
    from tslint.model.condition import Condition

# Characters. A step's rules are a few KB in real exports; of what is larger by far nothing is known, so that
# the step may set anything.
MAX_RULES = 4_000_000


class DynamicRule(NamedTuple):
    """``assignments`` are (name, value, is secret), in order, made when ``condition`` holds."""

    condition: Condition | None
    assignments: tuple[tuple[str, str, bool], ...]


def read_dynamic_rules(text: str, element: int = -1) -> tuple[DynamicRule, ...] | None:
    """Read ``<Rules>``, text of an element. None when it is no such XML: then the step may set anything."""
    from tslint.source.parse import ParseError, parse

    if len(text) > MAX_RULES:
        return None
    try:
        root = parse(text.strip())
    except ParseError:
        return None
    if root.find(".//Rule//Rule") is not None:
        return None  # the console writes no rules in rules, and all those around a variable would assign it
    rules = []
    for rule in root.iter("Rule"):
        conditions = [c for holder in rule.iterchildren("condition") for c in read_conditions(holder, 0)]
        rules.append(
            DynamicRule(
                placed_at(Combination("and", tuple(conditions)), element) if conditions else None,
                tuple(
                    (v.get("Name", "").strip(), whole_text(v), v.get("IsSecret", "").lower() == "true")
                    for v in rule.iter("Variable")
                ),
            )
        )
    return tuple(rules)
