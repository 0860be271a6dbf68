"""The one loop: files to exports to findings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tslint.lint.deadline import Deadline
from tslint.lint.identity import distinct
from tslint.lint.linter import Linter, Run, undecided
from tslint.lint.result import Result
from tslint.lint.surroundings import Surroundings
from tslint.logic.effort import MAX_EFFORT
from tslint.source.read import export_of
from tslint.source.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.lint.across import Family
    from tslint.lint.result import Missing
    from tslint.rules.rule import Rule
    from tslint.source.looked import Looked
    from tslint.source.walk import File


# All files of a run together may cost so much more than one task sequence, and so much more for each file:
# far more than a site's task sequences need. In what files there are after that, nothing is judged.
MAX_RUN = 200
MAX_RUN_EACH = 1 / 10
_TOO_MUCH = "the files before it cost all the work that one run may cost"


def lint(  # noqa: PLR0913 - each is one thing to ask for, by name
    paths: Sequence[str],
    rules: Sequence[Rule],
    tables: Tables,
    *,
    stdin_name: str = "-",
    read_stdin: Callable[[], bytes] = bytes,
    skip_unrecognized: bool = False,
    progress: Callable[[int, str], None] | None = None,
    excluded: Callable[[str], str] | None = None,
    jobs: int = 1,
    effort: int = MAX_EFFORT,
    deadline: Deadline | None = None,
    surroundings: Surroundings | None = None,
) -> Result:
    """Lint files, folders, zips and standard input, in up to ``jobs`` processes at once.

    Files that hold no task sequence are findings when they were named, and are passed over when a folder
    brought them up (or with ``skip_unrecognized``). ``progress`` is told each file's number and name,
    ``excluded`` is asked, by name, what leaves out a file that a folder brought up. ``effort`` bounds the
    work for one task sequence, and with it that for all. Files that are not linted by the ``deadline`` are
    undecided. What task sequences call in other files is looked for in the files of the run, and then in
    their ``surroundings``.
    """
    deadline = deadline or Deadline()
    surroundings = surroundings or Surroundings()
    files, left_out = walk(paths, stdin_name, excluded, lambda: deadline.is_over)
    exports: dict[str, list[File]] = {}
    for file in files:
        exports.setdefault(export_of(file.origin), []).append(file)
    work = tuple(exports.values())
    named = surroundings.named(files)
    run = Run(rules, tables, _Once(read_stdin), skip_unrecognized, effort, named, defer=True)
    total = int(effort * (MAX_RUN + MAX_RUN_EACH * len(files)))
    lint_all = partial(_results, jobs=jobs, deadline=deadline)
    results = list(_bounded(lint_all(run, work, _Begun(progress)), work, total))
    if any(one.is_deferred for one in results):
        from tslint.lint.across import families, look_beside
        from tslint.lint.beside import Search

        search = Search(surroundings, files, run, lint_all, deadline)
        together = families(results, look_beside(results, search))
        units = [_files(family, work) for family in together]
        run = run._replace(together=True, defer=False, named={**named, **search.named})
        left = total - sum(one.effort for one in results)
        anew = _bounded(lint_all(run, units, _Begun(None)), units, left)
        results = _replaced(results, together, anew)
    return _together(results, left_out)


def _results(
    run: Run,
    work: Sequence[Sequence[File]],
    begun: Callable[[Sequence[File]], None],
    *,
    jobs: int,
    deadline: Deadline,
) -> Generator[Result]:
    """Yield the result of each export, in their order."""
    count = min(jobs, len(work))
    # a process can be ended at any moment, whatever it does
    if work and (count > 1 or deadline.seconds):
        from tslint.lint.jobs import in_processes

        return in_processes(run, work, count, begun, deadline)
    return _in_turn(run, work, begun)


def _files(family: Family, work: Sequence[Sequence[File]]) -> Sequence[File]:
    """Return the files of exports that are judged together, in order."""
    return sorted([*(file for number in family.exports for file in work[number]), *family.context])


def _replaced(results: Sequence[Result], together: Iterable[Family], anew: Iterable[Result]) -> list[Result]:
    """Put the result of each family in the place of its first export, and nothing in that of the others."""
    replaced = list(results)
    for family, result in zip(together, anew, strict=True):
        spent = sum(results[number].effort for number in family.exports)
        for number in family.exports:
            replaced[number] = Result((), 0)
        replaced[family.exports[0]] = result._replace(effort=result.effort + spent)
    return replaced


class _Once:
    """Standard input, which can be read once, for as often as it is asked for."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self._data: bytes | None = None

    def __call__(self) -> bytes:
        if self._data is None:
            self._data = self._read()
        return self._data


class _Begun:
    """Tells of each file of an export that is begun."""

    def __init__(self, progress: Callable[[int, str], None] | None) -> None:
        self._progress, self._files = progress, 0

    def __call__(self, export: Sequence[File]) -> None:
        for file in export:
            self._files += 1
            if self._progress is not None:
                self._progress(self._files, str(file.origin))


def _in_turn(
    run: Run, exports: Sequence[Sequence[File]], begun: Callable[[Sequence[File]], None]
) -> Generator[Result]:
    linter = Linter(run)
    for export in exports:
        begun(export)
        yield linter.lint(export)


def _bounded(results: Generator[Result], exports: Iterable[Sequence[File]], total: int) -> Iterator[Result]:
    """Yield results until they have cost ``total``, and then that the other exports are undecided.

    What an export may cost does not depend on those before it: so several processes say what one does.
    """
    for export in exports:
        if total <= 0:
            yield undecided(export, _TOO_MUCH)
            continue
        result = next(results)
        total -= result.effort
        yield result
    results.close()


def _together(results: Iterable[Result], left_out: Iterable[Looked]) -> Result:
    """Add up the results of exports, in their order, and what was left out before."""
    every = list(results)
    return Result(
        findings=tuple(distinct(finding for one in every for finding in one.findings)),
        sequences=sum(one.sequences for one in every),
        looked=tuple(sorted({*left_out, *(looked for one in every for looked in one.looked)})),
        crashes=tuple(crash for one in every for crash in one.crashes),
        undecided=tuple(undecided for one in every for undecided in one.undecided),
        names=frozenset().union(*(one.names for one in every)),
        remarks=tuple(remark for one in every for remark in one.remarks),
        secrets=frozenset().union(*(one.secrets for one in every)),
        effort=sum(one.effort for one in every),
        missing=_each_once(every),
    )


def _each_once(results: Iterable[Result]) -> tuple[Missing, ...]:
    """Return what is missing, each package with the first step that calls it."""
    found: dict[str, Missing] = {}
    for one in sorted(one for result in results for one in result.missing):
        found.setdefault(one.package, one)
    return tuple(found.values())
