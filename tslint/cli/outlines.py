"""Task sequences as a page shows them whole."""

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
    from tslint.review.sequences import Sequences
    from tslint.source.walk import File


def outlines(
    files: Sequence[File], read_stdin: Callable[[], bytes], deadline: Deadline, named: Mapping[str, str]
) -> tuple[Outline, ...]:
    """Read the task sequences of a run once more, as far as there is time, and outline them.

    ``named`` has package ids by the names of files. Findings tell of what cannot be read.
    """
    known = names()
    found = read_files((file for file in files if not deadline.is_over), read_stdin)._replace(named=named)
    return outlined(found, Mask(secrets_of(found, known.tables)))


def outlined(sequences: Sequences, mask: Mask) -> tuple[Outline, ...]:
    """Outline those that no other one runs; every text of them passes the mask."""
    made = source(mask)
    return tuple(outline(line, made) for line in sequences.lines())


def source(mask: Mask) -> Source:
    """Return what the outlines of one page are made with."""
    return Source(names(), mask, Effort(), Room())
