"""Findings as logging commands, which Azure Pipelines shows as the issues of a run.

Format: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands; what is escaped, and how:
https://github.com/microsoft/azure-pipelines-task-lib/blob/master/node/taskcommand.ts
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.annotation import lines
from tslint.report.escape import escape, inert
from tslint.report.told import where

if TYPE_CHECKING:
    from tslint.report.located import Located
    from tslint.report.report import Report
    from tslint.report.terminal import Screen

# There is no third type. What is a note is a line of the log: as a warning it would colour the run.
_TYPES = {"error": "error", "warning": "warning"}


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return one command for each error and warning, and one line for each note."""
    return "".join(_command(report, found) for found in report.findings)


def _command(report: Report, found: Located) -> str:
    finding, spot = found.finding, found.spot
    tag = f"{finding.rule} {finding.name}"
    if finding.level not in _TYPES:
        told = f"{finding.level}: {finding.message}{where(spot)} [{tag}]"
        return inert(escape(f"{spot.origin}:{spot.line}:{spot.column}: {told}")) + "\n"
    properties: dict[str, object] = {"type": _TYPES[finding.level], "sourcepath": spot.origin.file}
    if not spot.origin.member:
        properties |= {"linenumber": spot.line, "columnnumber": spot.column}
    properties["code"] = finding.rule
    listed = "".join(f"{key}={_property(str(value))};" for key, value in properties.items())
    message = "\n".join(inert(escape(line)) for line in lines(report, found))
    return f"##vso[task.logissue {listed}]{_data(f'{tag}: {message}')}\n"


def _data(text: str) -> str:
    """Escape the message of a command: one line, whatever it holds."""
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property, which also ends at a semicolon or a bracket."""
    return _data(inert(escape(text))).replace("]", "%5D").replace(";", "%3B")
