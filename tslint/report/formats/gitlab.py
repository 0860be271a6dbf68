"""Findings as GitLab's Code Quality report, which merge requests show beside the changed lines.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from tslint.report.escape import escape
from tslint.report.told import explanation, see_also, where

if TYPE_CHECKING:
    from tslint.report.located import Located
    from tslint.report.report import Report
    from tslint.report.terminal import Screen

# Conditions and steps of a story: the widget lists the descriptions of all findings below each other.
MOST_TOLD = 8

_SEVERITIES = {"error": "critical", "warning": "major", "note": "minor"}


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return a list of objects, one a line. Pure ASCII, so that no console's code page can spoil it."""
    lines = ",\n".join(json.dumps(_issue(found)) for found in report.findings)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _issue(found: Located) -> dict[str, object]:
    finding, spot = found.finding, found.spot
    return {
        "description": escape(_description(found)),
        "check_name": f"{finding.rule} {finding.name}",
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {
            "path": _path(spot.origin.file),
            # nobody can point into a zip: its first line stands for it
            "lines": {"begin": 1 if spot.origin.member else spot.line},
        },
    }


def _description(found: Located) -> str:
    """Return all in one line: GitLab shows it as plain text, and knows no other field for it."""
    told = "; ".join(explanation(found, MOST_TOLD))
    how = f" It happens so: {told}." if told else ""
    besides = "; ".join(islice(see_also(found), MOST_TOLD))
    see = f" See also: {besides}." if besides else ""
    return f"{found.finding.message}{where(found.spot)}{how}{see}"


def _path(file: str) -> str:
    """Return the path as GitLab knows it; a byte that is no UTF-8 would make it refuse the whole report."""
    return file.encode("utf-8", "replace").decode("utf-8")
