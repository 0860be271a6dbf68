# A run imports only what it needs, and never pathlib: start-up time.
"""One run over what the options name: linting it, once or again with other contents, counting, mending."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.report.terminal import is_terminal, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from tslint.cli.arguments import Options
    from tslint.cli.counted import Counted
    from tslint.cli.in_force import Excludes
    from tslint.cli.mend import Mended
    from tslint.cli.standard_input import StandardInput
    from tslint.lint.deadline import Deadline
    from tslint.lint.result import Result
    from tslint.lint.surroundings import Surroundings
    from tslint.report.page.outline import Outline
    from tslint.rules.rule import Rule
    from tslint.source.walk import File
    from tslint.suppress.baseline import Accepted
    from tslint.suppress.configuration import Configuration


class LintRun(NamedTuple):
    """What is linted, and by what.

    Of the rules that are ``known`` these ``rules`` run; ``accepted`` is what the baseline holds.
    """

    options: Options
    configuration: Configuration | None
    known: Mapping[str, Rule]
    rules: Sequence[Rule]
    accepted: tuple[Accepted, ...]
    excludes: Excludes
    piped: StandardInput
    surroundings: Surroundings
    deadline: Deadline
    stderr: TextIO

    def lint(self, instead: Mapping[str, bytes]) -> Result:
        """Lint, and tell of the progress where somebody watches.

        ``instead`` holds, by their names, what some files are taken to hold.
        """
        from tslint.lint.run import lint
        from tslint.rules.builtin import builtin_tables

        progress = None
        if is_terminal(self.stderr):
            from tslint.report.progress import Progress

            progress = Progress(self.stderr, width(self.stderr))
        try:
            return lint(
                self.options.paths,
                self.rules,
                builtin_tables(),
                stdin_name=self.options.stdin_filename,
                read_stdin=self.piped.read,
                skip_unrecognized=self.options.skip_unrecognized,
                progress=progress,
                excluded=self.excludes,
                jobs=self.options.jobs,
                deadline=self.deadline,
                surroundings=self.surroundings,
                instead=instead,
            )
        finally:
            if progress:
                progress.close()

    def counted(self, result: Result) -> Counted:
        """Say which findings count, and write the baseline where that is asked for."""
        from tslint.cli.counted import Counted, counted

        options = self.options
        if not (result.remarks or self.configuration or options.baseline or options.write_baseline):
            return Counted(result)
        return counted(result, options, self.configuration, self.known, self.rules, self.accepted)

    def mended(self, result: Result, stdout: TextIO) -> Mended:
        """Mend what was found."""
        from tslint.cli.mend import Linting, Mender
        from tslint.lint.linter import Linter, Run
        from tslint.rules.builtin import builtin_tables

        linter = Linter(Run(self.rules, builtin_tables(), self.piped.read, skip_unrecognized=True))
        unwritten = self._replace(options=self.options._replace(write_baseline=""))
        linting = Linting(linter, self.lint, lambda found: unwritten.counted(found).result, self.deadline)
        mender = Mender(self.options, linting, self._files(), self.piped.read)
        return mender.mended(result, self.rules, stdout)

    def outlines(self) -> tuple[Outline, ...]:
        """Read the task sequences once more, and outline those that no other one runs."""
        from tslint.cli.outlines import outlines

        files = self._files()
        return outlines(files, self.piped.read, self.deadline, self.surroundings.named(files))

    def _files(self) -> Sequence[File]:
        from tslint.source.walk import walk

        return walk(self.options.paths, self.options.stdin_filename, self.excludes).files
