"""Paths to task sequences, by export, for those who want more than findings of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.entry_points import Together
from tslint.model.read import read as read_model
from tslint.secrets.in_sequence import Secrets
from tslint.source.document import Document, Fault
from tslint.source.read import read as read_source
from tslint.source.walk import STDIN, content, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Timeline
    from tslint.model.sequence import TaskSequence
    from tslint.source.walk import File


class Unread(NamedTuple):
    """A file, or a part of one, that could not be read, and why."""

    file: str
    why: str


class Sequences(NamedTuple):
    """The task sequences that some files hold. Those of one export may call each other.

    ``named`` has package ids by the names of files.
    """

    exports: tuple[tuple[TaskSequence, ...], ...]
    unread: tuple[Unread, ...] = ()
    named: Mapping[str, str] = {}  # nobody changes it

    def all(self) -> list[TaskSequence]:
        """Return all task sequences."""
        return [sequence for export in self.exports for sequence in export]

    def together(self) -> Together:
        """Return them as those that may call each other, those of one export before others."""
        return Together(self.all(), self.named)

    def lines(self) -> list[Timeline]:
        """Lay out each one that no other one calls, in the order of the files."""
        return self.together().lay_out(self.all())


def read_sequences(paths: Sequence[str], read_stdin: Callable[[], bytes]) -> Sequences:
    """Read files, folders, zips and standard input. What a folder brings up and holds none is passed over."""
    return read_files(walk(paths, "<stdin>").files, read_stdin)


def read_files(files: Iterable[File], read_stdin: Callable[[], bytes]) -> Sequences:
    """Read files, one at a time."""
    exports: dict[str, list[TaskSequence]] = {}
    unread: list[Unread] = []
    for file in files:
        data = content(file, read_stdin)
        if isinstance(data, Fault):
            unread.append(Unread(str(file.origin), data.message))
            continue
        found, recognised = read_source(data, file.origin, piped=file.path == STDIN)
        if not (recognised or file.named):
            continue
        for one in found:
            if isinstance(one, Document):
                exports.setdefault(one.export, []).append(read_model(one))
            else:
                unread.append(Unread(str(one.origin), one.message))
    return Sequences(tuple(map(tuple, exports.values())), tuple(unread))


def secrets_of(sequences: Sequences, tables: Tables) -> frozenset[str]:
    """Return the texts in task sequences that no output may show."""
    secrets = Secrets(tables)
    return frozenset(text for sequence in sequences.all() for text in secrets.in_sequence(sequence))
