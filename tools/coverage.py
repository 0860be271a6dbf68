"""Which constraints of the documentation are rules, which are told by another rule, and which are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.yaml_file import read_yaml
from tslint.rules.rule_folder import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tslint.rules.rule import Rule

_KEYS: Final = {"name", "merged", "refused", "why"}


class Decision(NamedTuple):
    """A constraint that is no rule: ``into`` is the rule that tells it, "" where it is refused."""

    id: str
    name: str
    into: str
    why: str


def read_decisions(rules_dir: Path) -> tuple[Decision, ...]:
    """Read rules/decisions.yaml, in order of id. Raises DataFileError."""
    file = read_yaml(rules_dir / DECISIONS, f"rules/{DECISIONS}")
    found = []
    for identity, told in sorted((file.data or {}).items()):
        if not isinstance(told, dict) or not {"name", "why"} <= set(told) <= _KEYS:
            raise DataFileError(
                file=f"rules/{DECISIONS}",
                line=1,
                column=1,
                key=identity,
                problem=f"the decision on {identity} is not whole",
                remedy="give name, why, and either merged: ID or refused: true",
            )
        found.append(Decision(identity, told["name"], told.get("merged", ""), " ".join(told["why"].split())))
    return tuple(found)


def coverage(rules: Iterable[Rule], decisions: Iterable[Decision]) -> str:
    """Write docs/coverage.md: every id once, with its state. Raises ValueError for an id told twice."""
    rows = [(r.id, r.name, "rule", f"{r.level}, {r.profile}", r.summary) for r in rules]
    rows += [(d.id, d.name, f"merged into {d.into}" if d.into else "refused", "", d.why) for d in decisions]
    ids = [row[0] for row in rows]
    twice = sorted({identity for identity in ids if ids.count(identity) > 1})
    if twice:
        raise ValueError(f"both a rule and a decision, or two of them: {', '.join(twice)}")
    lines = [
        "# Coverage",
        "",
        "Every constraint that Microsoft's documentation puts on a task sequence, as far as decided.",
        "Generated from `rules/`; a constraint that is no rule stands in `rules/decisions.yaml`.",
        "",
        "| id | name | state | level, profile | what it is about, or why it is no rule |",
        "|---|---|---|---|---|",
    ]
    for identity, name, state, level, text in sorted(rows):
        shown = f"[{name}](rules/{identity}.md)" if state == "rule" else name
        lines.append(f"| {identity} | {shown} | {state} | {level} | {text.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"
