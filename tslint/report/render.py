"""The formats of reports, each a module of tslint/report/formats/ of the same name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from tslint.report.report import Report
    from tslint.report.terminal import Screen

# The first is the default. A further format is a file and a word here.
FORMATS: Final = (
    *("text", "concise", "json", "sarif", "html"),
    *("github", "markdown", "azure", "junit", "gitlab"),
)


class _Format(Protocol):
    def render(self, report: Report, screen: Screen | None = None) -> str:
        """Return a report as text, for a terminal where there is one."""


def render(name: str, report: Report, screen: Screen | None = None) -> str:
    """Return a report in a format, for a terminal where there is one. Loads no other format."""
    return cast("_Format", import_module(f"tslint.report.formats.{name}")).render(report, screen)
