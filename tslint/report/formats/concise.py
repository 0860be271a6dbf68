"""Findings for people in a hurry and for editors: a line each, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.escape import escape, inert
from tslint.report.paint import paint
from tslint.report.told import where

if TYPE_CHECKING:
    from tslint.report.located import Located
    from tslint.report.report import Report
    from tslint.report.terminal import Screen


def render(report: Report, screen: Screen | None = None) -> str:
    """Return a line a finding, in the order of the files and of their lines."""
    colour = screen is not None and screen.colour
    return inert("".join(f"{_line(found, colour=colour)}\n" for found in report.findings))


def _line(found: Located, *, colour: bool) -> str:
    finding, spot = found.finding, found.spot
    place = paint("bold", escape(f"{spot.origin}:{spot.line}:{spot.column}:"), on=colour)
    level = paint(finding.level, f"{finding.level}:", on=colour)
    rule = paint("dim", escape(f"[{finding.rule} {finding.name}]"), on=colour)
    return f"{place} {level} {escape(finding.message + where(spot, pointed=True))} {rule}"
