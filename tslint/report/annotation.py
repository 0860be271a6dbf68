"""What an annotation of a line tells of a finding: for services that show plain text beside the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.told import about, explanation, see_also

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.report.located import Located
    from tslint.report.report import Report


def lines(report: Report, found: Located) -> Iterator[str]:
    """Yield the message, where it is, how it comes about and how to mend it. Nothing in them is escaped."""
    finding, spot = found.finding, found.spot
    yield finding.message
    if spot.origin.member:
        yield f"In '{spot.origin.member}', line {spot.line}, column {spot.column}."
    yield from about(spot)
    told = tuple(explanation(found))
    if told:
        yield "How it comes about:"
        yield from (f"- {line}" for line in told)
    besides = tuple(see_also(found))
    if besides:
        yield "See also:"
        yield from (f"- {line}" for line in besides)
    remedy = report.advice(found).lines
    if remedy:
        yield from f"Mend: {remedy}".split("\n")
