"""Differences for a comment on a pull request: Markdown that stays within what such a comment may hold."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tslint.report.literal import literal
from tslint.report.review.difference_words import change_text, effect_text
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.review.changes import Change
    from tslint.review.difference import Difference, Told

# A comment of GitHub may have 65,536 characters; there may be others in front of this.
MOST = 60_000
# Groups and steps of one task sequence that are told; more are counted.
_MOST_STEPS = 200
_MARKS = {"added": "➕", "removed": "➖", "moved": "↕️"}


def difference_markdown(differences: Sequence[Difference]) -> str:
    """Return the task sequences that differ."""
    changed = [one for one in differences if one.differs]
    if not changed:
        return "No difference between the task sequences.\n"
    shown: list[str] = []
    room = MOST
    for number, one in enumerate(changed):
        block = "\n".join(_lines(one))
        if len(block) > room:
            shown.append(f"… and {len(changed) - number} more that would not fit here; run `tslint diff`.")
            break
        shown.append(block)
        room -= len(block) + 2
    return "\n\n".join(shown) + "\n"


def _lines(one: Difference) -> Iterator[str]:
    yield f"### Task sequence {literal(one.name)}".rstrip()
    yield ""
    old, new = (_code(file) if file else "not there" for file in (one.old, one.new))
    yield f"{old} → {new}"
    if one.effects:
        yield from ("", "**What it means**", "")
        yield from (f"- {literal(effect_text(effect))}" for effect in one.effects)
    yield from _findings("New findings", one.new_findings)
    yield from _findings("Findings that are gone", one.gone_findings)
    if one.changes:
        yield from ("", "**Changes**", "")
        yield from _changes(one.changes)


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    steps = [list(each) for _, each in groupby(changes, key=lambda change: (change.step, change.depth))]
    for each in steps[:_MOST_STEPS]:
        first = each[0]
        mark = next((_MARKS[one.kind] for one in each if one.kind in _MARKS), "✏️")
        kind = f" ({literal(first.step_kind)})" if first.step_kind else ""
        yield f"- {mark} {_code(first.step) if first.step else 'the task sequence'}{kind}"
        for one in each:
            if one.kind not in ("added", "removed"):
                yield f"  - {literal(change_text(one))}"
            elif one.facts:
                told = (f"{fact.label}: {_cut(fact.value)}" for fact in one.facts if fact.kind != "disabled")
                yield from (f"  - {literal(line)}" for line in told)
    if len(steps) > _MOST_STEPS:
        yield f"- … and {len(steps) - _MOST_STEPS} more groups and steps"


def _findings(head: str, findings: Sequence[Told]) -> Iterator[str]:
    if not findings:
        return
    yield from ("", f"**{head}**", "", "| | rule | step | |", "|---|---|---|---|")
    for one in findings[:_MOST_STEPS]:
        step = _code(one.step) if one.step else ""
        yield f"| {one.level} | {one.rule} {one.name} | {step} | {literal(one.message)} |"
    if len(findings) > _MOST_STEPS:
        yield f"| | … and {len(findings) - _MOST_STEPS} more | | |"


def _cut(value: str) -> str:
    line = value.split("\n")
    first = line[0][:100]
    more = f" … ({count(len(line) - 1, 'more line')})" if len(line) > 1 else ""
    return f"{first}{'…' if len(line[0]) > 100 else ''}{more}"


def _code(text: str) -> str:
    """Return a name as code; backquotes would end where the name has some."""
    return f"<code>{literal(text)}</code>"
