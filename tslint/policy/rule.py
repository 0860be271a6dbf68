"""A rule as the linter needs it. The rest of its file (why, sources, examples) is its page: see page.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tslint.source.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["error", "warning", "note"]
Precision = Literal["very-high", "high", "medium", "low"]
Profile = Literal["recommended", "strict", "all"]


class Rule(NamedTuple):
    """One rule. ``level`` is the most severe it can report; ``pattern`` holds the keys of its form.

    ``pattern`` is plain data as in the rule file, named selectors already replaced by what they stand for.
    A rule that tslint itself reports (on itself, on reading, on suppressions) has ``{"fault": True}``.
    """

    id: str
    name: str
    level: Level
    precision: Precision
    category: str
    profile: Profile
    engines: tuple[str, ...]
    summary: str
    message: str
    remedy: str  # the click in the console
    cmdlet: str  # the ConfigMgr cmdlet that does the same, "" if there is none
    silences: tuple[str, ...]
    pattern: Mapping[str, Any]
