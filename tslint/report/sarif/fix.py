"""The edits that mend a finding, as SARIF gives them. Viewers offer them; GitHub takes no notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.edits import edits
from tslint.report.sarif import objects as om
from tslint.report.sarif.place import artifact, message_text

if TYPE_CHECKING:
    from tslint.report.edits import FileEdit
    from tslint.report.located import Located
    from tslint.report.report import Report


def fixes(report: Report, found: Located) -> list[om.Fix] | None:
    """Return the one way to mend a finding, None where its file cannot be edited."""
    advice = report.advice(found)
    found_edits = edits(advice.repair, found.spot.mask) if advice.repair else []
    if advice.repair is None or not found_edits:
        return None
    change = om.ArtifactChange(
        artifact_location=artifact(advice.repair.document.origin),
        replacements=[_replacement(one) for one in found_edits],
    )
    return [om.Fix(description=om.Message(text=message_text(advice.text)), artifact_changes=[change])]


def _replacement(edit: FileEdit) -> om.Replacement:
    region = om.Region(
        start_line=edit.line,
        start_column=edit.column,
        end_line=edit.end_line,
        end_column=edit.end_column,
    )
    text = om.ArtifactContent(text=edit.content) if edit.content else None
    return om.Replacement(deleted_region=region, inserted_content=text)
