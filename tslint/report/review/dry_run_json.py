"""Dry runs for programs: the JSON of ``schemas/dry-run.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.report.review.as_json import dumped, without_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.review.dry_run import DryRun, Line


def dry_run_json(result: DryRun, given: Sequence[tuple[str, str | None]]) -> str:
    """Return a dry run as one object."""
    return dumped(
        {
            "version": 1,
            "name": result.name,
            "file": result.file,
            "given": [{"name": name, "value": value} for name, value in given],
            "steps": [_line(one) for one in result.lines],
            "ends": result.ends,
            "unknown": [{"what": one.what, "steps": one.steps} for one in result.unknown],
            "give": list(result.give),
        }
    )


def _line(one: Line) -> dict[str, Any]:
    return {
        **without_none(
            kind=one.kind,
            name=one.name,
            step=one.path,
            stepNumber=one.number,
            outcome=one.outcome,
            reason=one.reason or None,
            phase=one.phase or None,
            swallowedBy=one.swallowed,
        ),
        "why": list(one.why),
        "sets": [{"name": made.name, "value": made.value, "known": made.known} for made in one.sets],
    }
