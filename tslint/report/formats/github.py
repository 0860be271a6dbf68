"""Findings as workflow commands, which GitHub Actions shows as annotations of the change.

Format: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.annotation import lines
from tslint.report.escape import escape

if TYPE_CHECKING:
    from tslint.report.located import Located
    from tslint.report.report import Report
    from tslint.report.terminal import Screen

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return one command a finding, each on a line of its own."""
    return "".join(_command(report, found) for found in report.findings)


def _command(report: Report, found: Located) -> str:
    finding, spot = found.finding, found.spot
    properties: dict[str, object] = {"file": spot.origin.file}
    if not spot.origin.member:
        properties |= {"line": spot.line, "endLine": spot.end_line}
        # the columns of a region over several lines are not shown, and its end may lie before its start
        if spot.line == spot.end_line:
            properties |= {"col": spot.column, "endColumn": spot.end_column}
    properties["title"] = f"{finding.rule} {finding.name}"
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = "\n".join(map(escape, lines(report, found)))
    return f"::{_COMMANDS[finding.level]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    """Escape the message of a command: one line, whatever it holds."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property, which also ends at a colon or a comma."""
    return _data(escape(text)).replace(":", "%3A").replace(",", "%2C")
