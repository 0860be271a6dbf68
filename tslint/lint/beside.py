"""The files beside a run that may hold what its task sequences call, found by the package id in them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from tslint.lint.across import Found
from tslint.source.document import Fault
from tslint.source.read import export_of
from tslint.source.walk import beside, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tslint.lint.deadline import Deadline
    from tslint.lint.linter import Run
    from tslint.lint.result import Result
    from tslint.lint.surroundings import Surroundings
    from tslint.source.walk import File

# Package ids that are looked for at once, and bytes that are looked through for them: a second of work. The
# task sequences of a site have some 50 MB.
MAX_SOUGHT = 50
MAX_BESIDE = 256 * 1024 * 1024
# Characters of a package id that is looked for. A real one has eight.
LONGEST_ID = 40
# Folders that are looked into: a configuration can lie at the top of a disk.
MAX_FOLDERS = 10_000
# Files that hold such an id and are read to see whether it is their own; most only call it.
MAX_READ = 500


class Search:
    """Finds the files around a run that have what its sequences call.

    ``named`` are the package ids that are written down for them.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        files: Sequence[File],
        run: Run,
        lint_all: Callable[..., Iterable[Result]],
        deadline: Deadline,
    ) -> None:
        self._surroundings, self._of_run, self._run = surroundings, files, run
        self._lint_all, self._deadline = lint_all, deadline
        self._files: Sequence[File] | None = None
        self.named: Mapping[str, str] = {}

    def __call__(self, sought: frozenset[str]) -> Iterator[Found]:
        """Yield the files that have one of the package ids, which are in upper case."""
        if self._files is None:
            self._files = self._listed()
            self.named = self._surroundings.named(self._files)
        few = frozenset(sorted(one for one in sought if len(one) <= LONGEST_ID)[:MAX_SOUGHT])
        exports: dict[str, list[File]] = {}
        for file in self._holding(self._files, few):
            exports.setdefault(export_of(file.origin), []).append(file)
        units = list(exports.values())
        run = self._run._replace(named=self.named, sought=few)
        for unit, result in zip(units, self._lint_all(run, units, lambda _: None), strict=True):
            yield Found(tuple(unit), result)

    def _listed(self) -> Sequence[File]:
        around, folders = self._surroundings, count()
        if not around.folder:
            return ()

        def is_over() -> bool:
            return next(folders) > MAX_FOLDERS or self._deadline.is_over

        return beside(around.folder, self._of_run, around.excluded, is_over)

    def _holding(self, files: Iterable[File], sought: frozenset[str]) -> Iterator[File]:
        """Yield the files that name an id, in UTF-8 or UTF-16; of a zip, in the names of its members."""
        marks = [mark for one in sorted(sought) for mark in (one.encode(), one.encode("utf-16-le"))]
        room, left = MAX_BESIDE, MAX_READ
        for file in files:
            if self._deadline.is_over or room <= 0 or left <= 0:
                return
            told = {self.named.get(str(file.origin), "").upper()}
            if told.isdisjoint(sought) and not any(one in file.path.upper() for one in sought):
                data = content(file, bytes)
                if isinstance(data, Fault):
                    continue
                room -= len(data)
                data = data.upper()
                if not any(mark in data for mark in marks):
                    continue
            left -= 1
            yield file
