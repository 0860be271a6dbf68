"""The table of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.escape import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.rules.rule import Rule

_COLUMNS = ("id", "level", "profile", "category", "name")
_KEYS = ("id", "name", "level", "profile", "category", "precision", "summary")


def rule_table(rules: Sequence[Rule]) -> str:
    """Return a line a rule, in columns, for people."""
    rows = [_COLUMNS, *(tuple(escape(getattr(rule, name)) for name in _COLUMNS) for rule in rules)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def rule_json(rules: Sequence[Rule]) -> str:
    """Return a list of objects, for programs."""
    import json

    return json.dumps([{key: getattr(rule, key) for key in _KEYS} for rule in rules], indent=2) + "\n"
