"""The options that mend: --fix edits files, --diff shows what it would do, --fix-script writes PowerShell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import UsageError
from tslint.cli.status import CLEAN, FOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from tslint.cli.arguments import Options
    from tslint.lint.deadline import Deadline
    from tslint.lint.finding import Finding
    from tslint.lint.linter import Linter
    from tslint.lint.result import Result
    from tslint.mend.fixing import Done, Fixed
    from tslint.report.mask import Mask
    from tslint.rules.rule import Rule
    from tslint.source.walk import File


class Mended(NamedTuple):
    """What mending has come to: lines to tell, and the exit status where nothing else is to be done."""

    told: str
    status: int | None = None


class _Export(NamedTuple):
    """The files of one export, and their content by name; ``zipped`` are members of a zip."""

    files: Sequence[File]
    contents: dict[str, bytes]
    zipped: bool


class Mender:
    """Mends what a run has found. ``count`` takes off what is suppressed or in the baseline."""

    def __init__(
        self, options: Options, linter: Linter, count: Callable[[Result], Result], deadline: Deadline
    ) -> None:
        if "-" in options.paths and options.fix:
            raise UsageError("--fix edits files, and standard input is none; name the file")
        self._options, self._linter, self._count, self._deadline = options, linter, count, deadline

    def mended(
        self,
        files: Iterable[File],
        read: Callable[[], bytes],
        result: Result,
        rules: Sequence[Rule],
        stdout: TextIO,
    ) -> Mended:
        """Do what the options ask for with the findings of ``result``, by ``rules``. Raises OSError."""
        from tslint.report.mask import Mask
        from tslint.rules.builtin import builtin_tables

        wanted = {_file(one) for one in self._count(result).findings if one.mends}
        told: list[str] = []
        fixes: list[tuple[_Export, Fixed]] = []
        for export in _exports(files, wanted, read):
            if export.zipped and not self._options.fix_script:
                told.append(f"{export.files[0].origin.file} is left alone: unpack it, or use --fix-script")
                continue
            fixes.append((export, self._fixed(export)))
        mask = Mask(result.secrets, builtin_tables().secrets["shown"])
        if self._options.fix_script:
            self._write_script([done for _, fixed in fixes for done in fixed.done], rules, result, mask)
        edited = [(export, fixed) for export, fixed in fixes if not export.zipped and fixed.contents]
        if self._options.diff:
            return Mended(_lines(told), self._show(edited, mask, stdout))
        if self._options.fix:
            told += self._write(edited)
        return Mended(_lines(told))

    def _fixed(self, export: _Export) -> Fixed:
        from tslint.mend.fixing import Fixer
        from tslint.rules.builtin import builtin_tables

        def judge(contents: Mapping[str, bytes]) -> Sequence[Finding] | None:
            result = self._linter.lint(export.files, contents)
            return None if result.undecided or result.crashes else self._count(result).findings

        fixer = Fixer(
            judge,
            export.contents,
            builtin_tables(),
            unsafe=self._options.unsafe_fixes,
            is_over=lambda: self._deadline.is_over,
        )
        return fixer.fixed()

    def _show(self, edited: Iterable[tuple[_Export, Fixed]], mask: Mask, stdout: TextIO) -> int:
        """Show what would change. The status says whether anything would."""
        from tslint.report.fix_diff import fix_diff
        from tslint.report.output import write_stream
        from tslint.report.terminal import is_terminal, shown_on_terminal
        from tslint.source.encoding import text_of

        parts = [
            fix_diff(name, text_of(export.contents[name]), text_of(data), mask)
            for export, fixed in edited
            for name, data in sorted(fixed.contents.items())
        ]
        text = "".join(parts)
        write_stream(shown_on_terminal(text) if is_terminal(stdout) else text, stdout)
        return FOUND if text else CLEAN

    @staticmethod
    def _write(edited: Iterable[tuple[_Export, Fixed]]) -> Iterator[str]:
        """Edit the files, each as a whole or not at all, and yield what is to be told."""
        from tslint.report.output import replace_file
        from tslint.report.summary import count

        done = files = 0
        for export, fixed in edited:
            paths = {str(file.origin): file.path for file in export.files}
            for name, data in sorted(fixed.contents.items()):
                if replace_file(paths[name], export.contents[name], data):
                    files += 1
                else:
                    yield f"{name} has changed meanwhile, and is left alone"
            done += len(fixed.done)
        yield f"{count(done, 'finding')} mended in {count(files, 'file')}"

    def _write_script(self, done: Sequence[Done], rules: Sequence[Rule], result: Result, mask: Mask) -> None:
        from tslint.report.advice import Advisor
        from tslint.report.fix_script import fix_script
        from tslint.report.output import write_file
        from tslint.rules.builtin import builtin_tables

        advisor = Advisor(builtin_tables(), mask)
        known = {rule.id: rule for rule in rules}
        mended = {one.finding.fingerprint for one in done}
        left = [
            (finding, advisor.advice(finding, known[finding.rule]).text)
            for finding in self._count(result).findings
            if finding.fingerprint not in mended and finding.mends
        ]
        write_file(fix_script(done, left, mask), self._options.fix_script)


def _file(finding: Finding) -> str:
    from tslint.lint.finding import Place

    place = finding.place
    return str(place.document.origin.file) if isinstance(place, Place) else ""


def _exports(files: Iterable[File], wanted: set[str], read: Callable[[], bytes]) -> Iterator[_Export]:
    """Yield the exports of which a file is wanted; of a zip its members."""
    from tslint.source.read import export_of

    exports: dict[str, list[File]] = {}
    for file in files:
        exports.setdefault(export_of(file.origin), []).append(file)
    for group in exports.values():
        if any(file.origin.file in wanted for file in group):
            yield _opened(group, read)


def _opened(files: Sequence[File], read: Callable[[], bytes]) -> _Export:
    from tslint.source.archive import is_zip, members
    from tslint.source.walk import File, content

    found: list[File] = []
    contents: dict[str, bytes] = {}
    zipped = False
    for file in files:
        data = content(file, read)
        if not isinstance(data, bytes):
            continue
        if not is_zip(data, file.origin.file):
            found.append(file)
            contents[str(file.origin)] = data
            continue
        zipped = True
        for where, member in members(data, file.origin):
            if isinstance(member, bytes):
                found.append(File(where, file.path, named=False))
                contents[str(where)] = member
    return _Export(found, contents, zipped)


def _lines(told: Iterable[str]) -> str:
    from tslint.report.escape import escape, inert

    return inert("".join(f"tslint: {escape(line)}\n" for line in told))
