"""The task sequences of a run, read once more for a page that shows them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.entry_points import Together
from tslint.model.read import read as read_model
from tslint.secrets.in_sequence import Secrets
from tslint.source.document import Document, Fault
from tslint.source.read import read as read_source
from tslint.source.walk import STDIN, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Timeline
    from tslint.model.sequence import TaskSequence
    from tslint.source.walk import File


def task_sequences(
    files: Iterable[File], read_stdin: Callable[[], bytes], is_over: Callable[[], bool]
) -> Iterator[TaskSequence]:
    """Yield the task sequences that can be read in time. Findings tell of what cannot."""
    for file in files:
        if is_over():
            return
        data = content(file, read_stdin)
        if not isinstance(data, Fault):
            found, _ = read_source(data, file.origin, piped=file.path == STDIN)
            yield from (read_model(one) for one in found if isinstance(one, Document))


def timelines(sequences: list[TaskSequence], named: Mapping[str, str]) -> list[Timeline]:
    """Lay out those that no other one runs. ``named`` has package ids by the names of files."""
    return Together(sequences, named).lay_out(sequences)


def secrets_of(sequences: Iterable[TaskSequence], tables: Tables) -> frozenset[str]:
    """Return the texts in task sequences that no output may show."""
    secrets = Secrets(tables)
    return frozenset(text for sequence in sequences for text in secrets.in_sequence(sequence))
