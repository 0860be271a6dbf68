"""What a run says at its end: how much it found, and which rules could not do their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.finding import Place, Point
from tslint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.lint.finding import Finding
    from tslint.lint.result import Result


def summary(result: Result, hidden: int) -> str:
    """Return lines for standard error. ``hidden`` counts the findings below ``--min-level``."""
    lines = [
        f"tslint: rule {crash.rule} failed on {crash.file}, a fault of tslint: {crash.error}"
        for crash in result.crashes
    ]
    lines += [
        f"tslint: rule {rule.rule} met the bound on its effort on {rule.file} and said nothing"
        for rule in result.undecided
    ]
    lines.append(_counts(result, hidden))
    return "".join(f"{visible(line)}\n" for line in lines)


def _counts(result: Result, hidden: int) -> str:
    findings = result.findings
    sequences = count(result.sequences, "task sequence")
    parts = [f"No findings in {sequences}"]
    if findings:
        places = [found.place for found in findings]
        touched = {id(place.document) for place in places if isinstance(place, Place)}
        unread = {str(place.origin) for place in places if isinstance(place, Point)}
        where = f" in {len(touched)} of {sequences}" if result.sequences else ""
        parts = [f"{count(len(findings), 'finding')} ({_levels(findings)}){where}"]
        if unread:
            parts.append(f"{count(len(unread), 'file')} could not be read")
    if result.passed_over:
        parts.append(f"{count(result.passed_over, 'file')} passed over")
    if hidden:
        parts.append(f"{hidden} not shown")
    return "; ".join(parts)


def _levels(findings: Sequence[Finding]) -> str:
    levels = [finding.level for finding in findings]
    return ", ".join(
        count(levels.count(name), name) for name in ("error", "warning", "note") if name in levels
    )


def count(number: int, noun: str) -> str:
    """Return ``1 file``, ``2 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
