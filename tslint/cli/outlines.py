"""The task sequences of a run, read once more for a page that shows them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.review import names
from tslint.logic.effort import Effort
from tslint.report.mask import Mask
from tslint.report.page.outline import Room, Source, outline
from tslint.review.sequences import read_files, secrets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tslint.lint.deadline import Deadline
    from tslint.report.page.outline import Outline
    from tslint.source.walk import File


def outlines(
    files: Sequence[File], read_stdin: Callable[[], bytes], deadline: Deadline, named: Mapping[str, str]
) -> tuple[Outline, ...]:
    """Outline the task sequences that can be read in time and that no other one runs.

    ``named`` has package ids by the names of files. Findings tell of what cannot be read.
    """
    known = names()
    found = read_files((file for file in files if not deadline.is_over), read_stdin)._replace(named=named)
    mask = Mask(secrets_of(found, known.tables), known.tables.secrets["shown"])
    source = Source(known, mask, Effort(), Room())
    return tuple(outline(line, source) for line in found.lines())
