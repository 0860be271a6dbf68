"""Places as SARIF gives them: regions, their source text, steps, and the path as a code flow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tslint.report.redact import redacted
from tslint.report.sarif import objects as om
from tslint.source.lines import end_of_line

if TYPE_CHECKING:
    from tslint.report.located import Located, Spot

# characters, enough of a line to recognise it; a line may be megabytes
AROUND = 100
# characters of one snippet, of which a report may hold thousands
LONGEST_SNIPPET = 1_000
# GitHub takes 10,000 locations of a path and shows 1,000
MOST_STEPS = 1_000


def message_text(text: str) -> str:
    """Escape ``text`` for a message: brackets of names must not become links (SARIF 2.1.0, 3.11.6)."""
    return re.sub(r"(\\*)([\[\]])", r"\1\1\\\2", text)


def location(spot: Spot, *, number: int | None = None, text: str = "") -> om.Location:
    """Return a location of ``spot``; ``number`` is what links of a message point at, ``text`` what it is."""
    steps = [om.LogicalLocation(fully_qualified_name=spot.step, kind="member")] if spot.step else None
    return om.Location(
        id=-1 if number is None else number,
        physical_location=_physical(spot),
        logical_locations=steps,
        message=om.Message(text=message_text(text)) if text else None,
        properties=_properties(spot),
    )


def code_flow(found: Located) -> list[om.CodeFlow] | None:
    """Return the path to a finding, None if there is none. What has no place stands at the finding's."""
    if not found.path:
        return None
    steps = [
        om.ThreadFlowLocation(location=location(spot or found.spot, text=_told(note.kind, note.text)))
        for note, spot in found.path[:MOST_STEPS]
    ]
    return [om.CodeFlow(thread_flows=[om.ThreadFlow(locations=steps)])]


def _told(kind: str, text: str) -> str:
    said = {"condition": "Holds: {}", "runs": "Runs: '{}'", "skipped": "Is skipped: '{}'"}.get(kind, "{}")
    return f"{said.format(text)}."


def _physical(spot: Spot) -> om.PhysicalLocation:
    artifact = om.ArtifactLocation(uri=_uri(spot.origin.file))
    snippet = _snippet(spot, spot.start, spot.end)
    if spot.origin.member:
        # nobody can point into a zip: its first character stands for it, with the text of the member
        return om.PhysicalLocation(
            artifact_location=artifact,
            region=_region(1, 1, 1, 2, snippet),
            context_region=_region(1, 1, 2, 1, snippet),
        )
    region = _region(spot.line, spot.column, spot.end_line, spot.end_column, snippet)
    return om.PhysicalLocation(artifact_location=artifact, region=region, context_region=_context(spot))


def _region(line: int, column: int, end_line: int, end_column: int, snippet: str) -> om.Region:
    return om.Region(
        start_line=line,
        start_column=column,
        end_line=end_line,
        end_column=end_column,
        snippet=om.ArtifactContent(text=snippet),
    )


def _properties(spot: Spot) -> dict[str, str | int] | None:
    """Return what has no place of its own: the step's number, and where in a zip."""
    told: dict[str, str | int] = {} if spot.number is None else {"stepNumber": spot.number}
    if spot.origin.member:
        told |= {"member": spot.origin.member, "line": spot.line, "column": spot.column}
    return told or None


def _uri(file: str) -> str:
    """Return a relative reference, or a file URI where the path is absolute."""
    absolute = re.match(r"/|[A-Za-z]:/", file)
    path = quote(file, safe="/:" if absolute else "/", errors="surrogateescape")
    return f"file:///{path.lstrip('/')}" if absolute else path


def _context(spot: Spot) -> om.Region:
    """Return some of the text around on the same lines; the lines with their ends where that is all."""
    begin = max(spot.start - spot.column + 1, spot.start - AROUND, 0)
    stop = spot.end + end_of_line(spot.text[spot.end : spot.end + AROUND], 0)
    snippet = _snippet(spot, begin, stop)
    if stop - begin <= spot.end - spot.start or spot.start == spot.end:
        return _region(spot.line, 1, spot.end_line + 1, 1, snippet)
    before, after = spot.start - begin, stop - spot.end
    return _region(spot.line, spot.column - before, spot.end_line, spot.end_column + after, snippet)


def _snippet(spot: Spot, start: int, end: int) -> str:
    return redacted(spot.text, start, min(end, start + LONGEST_SNIPPET), spot.mask, escaped=spot.escaped)
