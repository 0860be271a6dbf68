"""Outlines as a page for a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.page.render import page
from tslint.report.page.view import View
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.report.page.outline import Outline


def outline_html(outlines: Sequence[Outline]) -> str:
    """Return the page of outlines, of which every text has passed the mask."""
    lines = [line.kind for outline in outlines for line in outline.lines]
    counts = (
        count(len(outlines), "task sequence"),
        count(lines.count("group"), "group"),
        count(lines.count("step"), "step"),
    )
    named = outlines[0].name or outlines[0].file if len(outlines) == 1 else counts[0]
    return page("outline.html", View(outlines), title=named, summary=", ".join(counts))
