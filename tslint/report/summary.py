"""What a run says at its end: how much it found, and where tslint failed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tslint.lint.finding import Place, Point
from tslint.report.escape import escape, inert
from tslint.report.missing import said
from tslint.rules.rule import BY_SEVERITY
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tslint.lint.finding import Finding
    from tslint.lint.result import Crash, Result
    from tslint.source.looked import Outcome


# The rules about content that cannot be read.
UNREAD = ("TS001", "TS002", "TS003", "TS004")


_LEFT_OUT: dict[Outcome, str] = {
    "passed over": "passed over",
    "excluded": "excluded",
    "undecided": "undecided",
    "context": "read for context only",
}


def summary(
    result: Result, hidden: int, told: Iterable[str] = (), gone: int = 0, configuration: str = ""
) -> str:
    """Return lines for standard error.

    ``hidden`` counts the findings below ``--min-level``; ``told`` is what else the last line says;
    ``gone`` counts what the baseline holds and the run found no more; ``configuration`` tells what the
    configuration changed.
    """
    lines = [
        f"tslint: {_failed(crash)} failed on {crash.origin}, a fault of tslint: {crash.error}"
        for crash in result.crashes
    ]
    if gone:
        verb = "is" if gone == 1 else "are"
        lines.append(
            f"tslint: {count(gone, 'finding')} of the baseline {verb} gone; run --write-baseline to drop them"
        )
    lines += [f"tslint: {sentence}" for sentence in said(result.missing)]
    lines += [f"tslint: {configuration}"] if configuration else []
    lines.append("; ".join((_counts(result, hidden), *told)))
    return inert("".join(f"{escape(line)}\n" for line in lines))


def _counts(result: Result, hidden: int) -> str:
    findings = result.findings
    sequences = count(result.sequences, "task sequence")
    parts = [f"No findings in {sequences}"]
    if findings:
        places = [found.place for found in findings]
        touched = {id(place.document) for place in places if isinstance(place, Place)}
        where = f" in {len(touched)} of {sequences}" if result.sequences else ""
        parts = [f"{count(len(findings), 'finding')} ({by_level(findings)}){where}"]
    if unread := _unread(result):
        parts.append(f"{count(len(unread), 'file')} could not be read")
    left_out = Counter(one.outcome for one in result.looked)
    for outcome, words in _LEFT_OUT.items():
        if left_out[outcome]:
            parts.append(f"{count(left_out[outcome], 'file')} {words}")
    if result.crashes:
        parts.append(f"{count(len(result.crashes), 'fault')} of tslint")
    if hidden:
        parts.append(f"{hidden} not shown")
    return "; ".join(parts)


def _unread(result: Result) -> set[str]:
    """Return the files that could not be read, or not all of them, whether findings tell of it or not."""
    faults = [found.place for found in result.findings if found.rule in UNREAD]
    told = {place.origin.file for place in faults if isinstance(place, Point)}
    return told | {one.file for one in result.looked if one.outcome == "unreadable"}


def _failed(crash: Crash) -> str:
    return f"rule {crash.rule}" if crash.rule else "linting"


def by_level(findings: Iterable[Finding]) -> str:
    """Return how many findings have each level, the most severe first."""
    levels = [finding.level for finding in findings]
    return ", ".join(count(levels.count(level), level) for level in BY_SEVERITY if level in levels)
