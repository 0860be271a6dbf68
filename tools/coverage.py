"""Which constraints of the documentation are rules, which are told by another rule, and which are refused.

``python -m tools.coverage CATALOGUE.json`` holds that against a list of constraints (id, level, profile): it
names those that are neither rule nor decision, and rules of another level or profile without a reason.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.catalogue.table_files import read_table
from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.yaml_file import read_yaml
from tslint.rules.compile import CHECKOUT, compile_folder
from tslint.rules.rule_folder import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.rules.rule import Rule

_KEYS: Final = {"name", "merged", "refused", "why"}


class Decision(NamedTuple):
    """A constraint that is no rule: ``into`` is the rule that tells it, "" where it is refused."""

    id: str
    name: str
    into: str
    why: str


class Departure(NamedTuple):
    """Level and profile that were proposed for a rule, and why it has others."""

    proposed: str
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


def read_departures(rules_dir: Path) -> dict[str, Departure]:
    """Read rules/levels.yaml, by the id of the rule. Raises DataFileError."""
    return {identity: Departure(**told) for identity, told in read_table(rules_dir, "levels").data.items()}


def coverage(
    rules: Iterable[Rule], decisions: Iterable[Decision], departures: Mapping[str, Departure]
) -> str:
    """Write docs/coverage.md: every id once, with its state.

    Raises ValueError for an id told twice, one that is merged into no rule, and a departure of no rule.
    """
    rules, decisions = list(rules), list(decisions)
    known = {rule.id for rule in rules}
    rows = [(r.id, r.name, "rule", _severity(r), _told(r, departures.get(r.id))) for r in rules]
    rows += [(d.id, d.name, f"merged into {d.into}" if d.into else "refused", "", d.why) for d in decisions]
    ids = [row[0] for row in rows]
    twice = sorted({identity for identity in ids if ids.count(identity) > 1})
    if twice:
        raise ValueError(f"both a rule and a decision, or two of them: {', '.join(twice)}")
    nowhere = sorted({d.id for d in decisions if d.into and d.into not in ids} | departures.keys() - known)
    if nowhere:
        raise ValueError(
            f"merged into something that is not there, or a level of no rule: {', '.join(nowhere)}"
        )
    lines = [
        "# Coverage",
        "",
        "Every constraint that Microsoft's documentation puts on a task sequence, as far as decided.",
        "Generated from `rules/`; a constraint that is no rule stands in `rules/decisions.yaml`, the reason",
        "for a level other than proposed in `rules/levels.yaml`.",
        "",
        "| id | name | state | level, profile | what it is about, or why it is no rule |",
        "|---|---|---|---|---|",
    ]
    for identity, name, state, level, text in sorted(rows):
        shown = f"[{name}](rules/{identity}.md)" if state == "rule" else name
        lines.append(f"| {identity} | {shown} | {state} | {level} | {text.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def _severity(rule: Rule) -> str:
    return f"{rule.level}, {rule.profile}"


def _told(rule: Rule, departure: Departure | None) -> str:
    if departure is None or departure.proposed == _severity(rule):
        return rule.summary
    return f"{rule.summary} Proposed as {departure.proposed}: {departure.why}"


def compare(
    proposed: Mapping[str, str],
    rules: Iterable[Rule],
    decisions: Iterable[Decision],
    departures: Mapping[str, Departure],
) -> Iterator[str]:
    """Tell what of the proposed constraints (level and profile by id) is missing or has no reason."""
    has = {rule.id: _severity(rule) for rule in rules}
    decided = {decision.id for decision in decisions}
    missing = [identity for identity in proposed if identity not in has and identity not in decided]
    if missing:
        yield f"neither rule nor decision: {', '.join(missing)}"
    for identity, severity in proposed.items():
        reason = departures.get(identity)
        own = has.get(identity, severity)
        if own != severity and reason is None:
            yield f"{identity}: {own}, proposed as {severity}: no reason in rules/levels.yaml"
        if reason is not None and reason.proposed != severity:
            yield f"{identity}: rules/levels.yaml says that {reason.proposed} was proposed, it was {severity}"
        if reason is not None and own == severity:
            yield f"{identity}: as proposed, so rules/levels.yaml need not say why not"


def main(arguments: list[str]) -> int:
    """Compare with the catalogue in a file of JSON, a list of maps."""
    catalogue = json.loads(Path(arguments[0]).read_text("utf-8"))
    proposed = {one["id"]: f"{one['level']}, {one['profile']}" for one in catalogue}
    rules_dir = CHECKOUT / "rules"
    rules, _ = compile_folder(rules_dir)
    wrong = list(compare(proposed, rules, read_decisions(rules_dir), read_departures(rules_dir)))
    sys.stdout.write("".join(f"{line}\n" for line in [*wrong, f"{len(proposed)} constraints"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
