"""The edits of a repair for programs: which part of the file, and what is to stand there instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.source.lines import position

if TYPE_CHECKING:
    from tslint.mend.repair import Repair
    from tslint.report.mask import Mask


# Characters that all edits of one finding put into a file. A step with its conditions takes a few thousand.
LONGEST_EDITS = 50_000


class FileEdit(NamedTuple):
    """One edit. Lines and columns count from 1, in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    content: str


def edits(repair: Repair, mask: Mask) -> list[FileEdit]:
    """Return the edits; none of a member of a zip, nor where one would show a secret or all are too long."""
    if sum(len(one.text) for one in repair.replacements) > LONGEST_EDITS:
        return []
    shows = any(mask.hides_in(one.text) for one in repair.replacements)
    if repair.not_in_file or repair.document.origin.member or shows:
        return []
    starts = repair.opened.lines
    return [
        FileEdit(*position(starts, one.start), *position(starts, one.end), one.text)
        for one in repair.replacements
    ]
