"""Findings for programs: the JSON of ``schemas/findings.schema.json``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.report.located import Located, Spot
    from tslint.report.report import Report
    from tslint.report.terminal import Screen


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return one object, a finding a line. Pure ASCII, so that no console's code page can spoil it."""
    lines = ",\n".join(json.dumps(_finding(report, found)) for found in report.everything())
    findings = f"[\n{lines}\n]" if lines else "[]"
    scope = "".join(
        f",\n{json.dumps(key)}: {json.dumps(value)}" for key, value in report.scope.plain().items()
    )
    return f'{{"version": 1, "findings": {findings}{scope}}}\n'


def _finding(report: Report, found: Located) -> dict[str, object]:
    finding, spot = found.finding, found.spot
    return {
        "rule": finding.rule,
        "name": finding.name,
        "level": finding.level,
        "message": finding.message,
        **_region(spot),
        "step": spot.step or None,
        "stepNumber": spot.number,
        "sequence": spot.sequence or None,
        "path": [{"kind": note.kind, "text": note.text, **_start(where)} for note, where in found.path],
        "related": [
            {"text": other.text, "step": where.step or None, "stepNumber": where.number, **_region(where)}
            for other, where in found.related
        ],
        "remedy": report.remedy(finding.rule),
        "doubt": finding.doubt or None,
        "fingerprint": finding.fingerprint,
        **({"suppressed": finding.suppressed.reason} if finding.suppressed else {}),
    }


def _region(spot: Spot) -> dict[str, str | int]:
    return {
        "file": str(spot.origin),
        "line": spot.line,
        "column": spot.column,
        "endLine": spot.end_line,
        "endColumn": spot.end_column,
    }


def _start(spot: Spot | None) -> dict[str, str | int | None]:
    """Return the place of one line of the path; a condition or the end of the sequence may have none."""
    if spot is None:
        return {"step": None, "stepNumber": None, "file": None, "line": None, "column": None}
    return {
        "step": spot.step or None,
        "stepNumber": spot.number,
        "file": str(spot.origin),
        "line": spot.line,
        "column": spot.column,
    }
