"""The options that mend: --fix edits files, --diff shows what it would do, --fix-script writes PowerShell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import UsageError
from tslint.cli.status import CLEAN, FAULT, FOUND
from tslint.lint.crashes import Crashes
from tslint.mend.fixing import Fixer, is_worse
from tslint.source.read import export_of

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

    # What gives standard input once more.
    Read = Callable[[], bytes]


# One mend may make another possible in another file of the run.
MAX_ROUNDS = 5


class Mended(NamedTuple):
    """Lines to tell, the result as it is now, and the exit status where nothing else is to be done."""

    told: str
    result: Result
    status: int | None = None


class Linting(NamedTuple):
    """How findings come about: ``linter`` lints one export, ``relint`` the whole run, with other contents.

    ``counted`` takes off what is suppressed or in the baseline.
    """

    linter: Linter
    relint: Callable[[Mapping[str, bytes]], Result]
    counted: Callable[[Result], Result]
    deadline: Deadline


class _Export(NamedTuple):
    """The files of one export, and their content by name; ``zipped`` are members of a zip."""

    files: Sequence[File]
    contents: dict[str, bytes]
    zipped: bool


class Mender:
    """Mends what a run has found."""

    def __init__(self, options: Options, linting: Linting, files: Iterable[File], read: Read) -> None:
        if "-" in options.paths and options.fix:
            raise UsageError("--fix edits files, and standard input is none; name the file")
        self._options, self._linting = options, linting
        self._read = read
        self._groups: dict[str, list[File]] = {}
        for file in files:
            self._groups.setdefault(export_of(file.origin), []).append(file)
        self._done: list[Done] = []
        self._exports: dict[str, _Export] = {}
        self._crashes = Crashes()

    def mended(self, result: Result, rules: Sequence[Rule], stdout: TextIO) -> Mended:
        """Do what the options ask for with the findings of ``result``, by ``rules``. Raises OSError."""
        from tslint.report.mask import Mask
        from tslint.rules.builtin import builtin_tables

        told: list[str] = []
        contents: dict[str, bytes] = {}
        # those of a task sequence are only known while there are findings in it
        secrets = result.secrets
        for _ in range(MAX_ROUNDS):
            changed, done = self._round(result, contents, told)
            if not changed:
                break
            why = "the time is up" if self._linting.deadline.is_over else ""
            after = result if why else self._linting.relint(contents | changed)
            if not why and is_worse(self._counted(result), self._counted(after)):
                why = "other files would have new findings"
            if why:
                told.append(f"{', '.join(sorted(changed))}: left alone, because {why}")
                break
            contents |= changed
            self._done += done
            result = after
            secrets |= after.secrets
        mask = Mask(secrets, builtin_tables().secrets["shown"])
        if self._options.fix_script:
            self._write_script(rules, result, mask)
        crashes = tuple(dict.fromkeys((*result.crashes, *self._crashes.found)))
        result = result._replace(crashes=crashes)
        edited = {name: data for name, data in contents.items() if not self._export_of(name).zipped}
        if self._options.diff:
            told += [f"{one.rule} failed on {one.origin}, a fault of tslint: {one.error}" for one in crashes]
            status = self._show(edited, mask, stdout)
            return Mended(_lines(told), result, FAULT if crashes else status)
        if self._options.fix:
            told += self._write(edited)
        return Mended(_lines(told), result)

    def _counted(self, result: Result) -> Sequence[Finding]:
        return self._linting.counted(result).findings

    def _round(
        self, result: Result, contents: Mapping[str, bytes], told: list[str]
    ) -> tuple[dict[str, bytes], list[Done]]:
        """Mend each export by itself, and return what changes. What is not edited is told once."""
        wanted = [one for one in self._counted(result) if one.mends]
        changed: dict[str, bytes] = {}
        done: list[Done] = []
        for export in self._opened({_file(one) for one in wanted}):
            name = export.files[0].origin.file
            if export.zipped and not self._options.fix_script:
                line = f"{name} is left alone: unpack it, or use --fix-script"
                told += [] if line in told else [line]
                continue
            fixed = self._fixed(export, contents, {one.fingerprint for one in wanted})
            if fixed.is_cut_short:
                told.append(f"{name}: not all was tried; run this again for the rest")
            done += fixed.done
            changed |= fixed.contents
        return changed, done

    def _opened(self, wanted: set[str]) -> Iterator[_Export]:
        """Yield the exports of which a file is wanted. Each is read once: all is about the same bytes."""
        for key, group in self._groups.items():
            if any(file.origin.file in wanted for file in group):
                if key not in self._exports:
                    self._exports[key] = _opened(group, self._read)
                yield self._exports[key]

    def _export_of(self, name: str) -> _Export:
        """Return the export that a file is in, by the file's name."""
        return next(one for one in self._exports.values() if name in one.contents)

    def _fixed(self, export: _Export, contents: Mapping[str, bytes], wanted: set[str]) -> Fixed:
        from tslint.rules.builtin import builtin_tables

        linting = self._linting
        now = {name: contents.get(name, data) for name, data in export.contents.items()}

        def judge(instead: Mapping[str, bytes]) -> Sequence[Finding] | None:
            result = linting.linter.on(instead).lint(export.files)
            return None if result.undecided or result.crashes else linting.counted(result).findings

        fixer = Fixer(
            judge,
            now,
            builtin_tables(),
            unsafe=self._options.unsafe_fixes,
            wanted=wanted,
            is_over=lambda: linting.deadline.is_over,
            crashes=self._crashes,
        )
        return fixer.fixed()

    def _show(self, edited: Mapping[str, bytes], mask: Mask, stdout: TextIO) -> int:
        """Show what would change. The status says whether anything would."""
        from tslint.report.fix_diff import fix_diff
        from tslint.report.output import write_stream
        from tslint.report.terminal import is_terminal, shown_on_terminal
        from tslint.source.encoding import text_of

        text = "".join(
            fix_diff(name, text_of(self._export_of(name).contents[name]), text_of(data), mask)
            for name, data in sorted(edited.items())
        )
        write_stream(shown_on_terminal(text) if is_terminal(stdout) else text, stdout)
        return FOUND if text else CLEAN

    def _write(self, edited: Mapping[str, bytes]) -> Iterator[str]:
        """Edit the files, each as a whole or not at all, and yield what is to be told."""
        from tslint.report.output import replace_file
        from tslint.source.printable import count

        files = set()
        for name, data in sorted(edited.items()):
            export = self._export_of(name)
            path = next(file.path for file in export.files if str(file.origin) == name)
            if replace_file(path, export.contents[name], data):
                files.add(name)
            else:
                yield f"{name} has changed meanwhile, and is left alone"
        done = sum(str(one.repair.document.origin) in files for one in self._done)
        yield f"{count(done, 'finding')} mended in {count(len(files), 'file')}"

    def _write_script(self, rules: Sequence[Rule], result: Result, mask: Mask) -> None:
        from tslint.report.advice import Advisor
        from tslint.report.fix_script import fix_script
        from tslint.report.output import write_file
        from tslint.rules.builtin import builtin_tables

        advisor = Advisor(builtin_tables(), mask)
        known = {rule.id: rule for rule in rules}
        mended = {one.finding.fingerprint for one in self._done}  # those in a zip are still in the result
        left = [
            (finding, advisor.advice(finding, known[finding.rule]).text)
            for finding in self._counted(result)
            if finding.mends and finding.fingerprint not in mended
        ]
        write_file(fix_script(self._done, left, mask), self._options.fix_script)


def _file(finding: Finding) -> str:
    from tslint.lint.finding import Place

    place = finding.place
    return str(place.document.origin.file) if isinstance(place, Place) else ""


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
