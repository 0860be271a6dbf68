# A run imports only what it needs, and never pathlib: start-up time.
"""The command that lints: files in, reports and an exit status out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import UsageError
from tslint.cli.status import CLEAN, FAULT, FOUND
from tslint.lint.finding import reaches
from tslint.report.render import render
from tslint.report.terminal import is_terminal, screen_of, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TextIO

    from tslint.cli.arguments import Options, Output
    from tslint.cli.counted import Counted
    from tslint.cli.mend import Mended
    from tslint.cli.standard_input import StandardInput
    from tslint.lint.deadline import Deadline
    from tslint.lint.result import Result
    from tslint.lint.surroundings import Surroundings
    from tslint.report.advice import Advisor
    from tslint.report.mask import Mask
    from tslint.report.page.outline import Outline
    from tslint.report.report import Report
    from tslint.report.scope import RunScope
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule
    from tslint.suppress.configuration import Configuration


def lint_files(
    given: Options,
    configuration: Configuration | None,
    rules: Mapping[str, Rule],
    page: Callable[[str], Page],
    deadline: Deadline,
    streams: tuple[TextIO, TextIO, TextIO],
) -> int:
    """Lint what ``given`` names, write the reports, and return the exit status.

    ``page`` gives the rest of a rule's file, ``streams`` are standard input, output and error. Raises
    UsageError, DataFileError, and OSError for what cannot be written.
    """
    from tslint.cli.chosen import chosen_rules
    from tslint.cli.counted import Counted, baseline_of, counted
    from tslint.cli.destinations import check_destinations
    from tslint.cli.in_force import Excludes, changes
    from tslint.cli.nothing_linted import nothing_linted
    from tslint.cli.paths import existing
    from tslint.cli.settings import settled
    from tslint.cli.standard_input import StandardInput
    from tslint.cli.surroundings import surroundings_of
    from tslint.report.output import tell
    from tslint.report.summary import summary
    from tslint.report.unjudged import unjudged

    stdin, stdout, stderr = streams
    options = settled(given, configuration)
    options = options._replace(paths=existing(options.paths))
    check_destinations(options, configuration, stdin)
    accepted = baseline_of(options) if options.baseline else ()
    chosen = chosen_rules(given, options, configuration, tuple(rules.values()))
    excludes = Excludes(configuration, set_aside=options.no_suppressions)
    piped = StandardInput(stdin)
    around = surroundings_of(configuration)

    def relint(instead: Mapping[str, bytes]) -> Result:
        sources = _Sources(excludes, piped, around, instead)
        return _run(options, chosen.rules, sources, deadline, stderr)

    result = relint({})
    if options.fix or options.fix_script:

        def count(found: Result) -> Result:
            kept = options._replace(write_baseline="")
            return counted(found, kept, configuration, rules, chosen.rules, accepted).result

        mended = _mended(options, chosen.rules, excludes, piped, result, (stdout, relint, count, deadline))
        tell(mended.told, stderr)
        if mended.status is not None:
            return mended.status
        result = mended.result if options.fix else result
    scope = _scope(result, options, configuration)
    tell(scope.lines(), stderr)
    empty = nothing_linted(result, options.paths)
    if empty and not (options.allow_empty or options.skip_unrecognized):
        raise UsageError(empty)
    counts = Counted(result)
    if result.remarks or configuration or options.baseline or options.write_baseline:
        counts = counted(result, options, configuration, rules, chosen.rules, accepted)
    counts = counts.with_findings(unjudged(result, rules))
    scope = scope._replace(changes=changes(given, configuration, chosen, excludes, counts.suppressed))
    report = _report(counts, options, rules, chosen.rules, page, scope)
    report = report._replace(outlines=lambda: _outlines(options, excludes, deadline, piped.read, around))
    _write(report, options.outputs, stdout)
    hidden = sum(not reaches(one.level, options.min_level) for one in counts.result.findings)
    told = _statistics(report) if options.statistics else ""
    told += summary(counts.result, hidden, counts.told, counts.gone, scope.in_force)
    tell(piped.lost_letters() + told, stderr)
    return _status(counts.result, options.fail_on)


class _Sources(NamedTuple):
    """Where a run's files come from; ``instead`` holds, by their names, what some are taken to hold."""

    excludes: Callable[[str], str]
    piped: StandardInput
    surroundings: Surroundings
    instead: Mapping[str, bytes]


def _run(
    options: Options, rules: Sequence[Rule], sources: _Sources, deadline: Deadline, stderr: TextIO
) -> Result:
    """Lint, and tell of the progress where somebody watches."""
    from tslint.lint.run import lint
    from tslint.rules.builtin import builtin_tables

    progress = None
    if is_terminal(stderr):
        from tslint.report.progress import Progress

        progress = Progress(stderr, width(stderr))
    try:
        return lint(
            options.paths,
            rules,
            builtin_tables(),
            stdin_name=options.stdin_filename,
            read_stdin=sources.piped.read,
            skip_unrecognized=options.skip_unrecognized,
            progress=progress,
            excluded=sources.excludes,
            jobs=options.jobs,
            deadline=deadline,
            surroundings=sources.surroundings,
            instead=sources.instead,
        )
    finally:
        if progress:
            progress.close()


def _mended(
    options: Options,
    rules: Sequence[Rule],
    excludes: Callable[[str], str],
    piped: StandardInput,
    result: Result,
    more: tuple[TextIO, Callable[[Mapping[str, bytes]], Result], Callable[[Result], Result], Deadline],
) -> Mended:
    """Mend what was found.

    ``more`` are standard output, what lints the run again, what says which findings count, and the deadline.
    """
    from tslint.cli.mend import Linting, Mender
    from tslint.lint.linter import Linter, Run
    from tslint.rules.builtin import builtin_tables
    from tslint.source.walk import walk

    stdout, relint, count, deadline = more
    linter = Linter(Run(rules, builtin_tables(), piped.read, skip_unrecognized=True))
    files = walk(options.paths, options.stdin_filename, excludes).files
    mender = Mender(options, Linting(linter, relint, count, deadline), files, piped.read)
    return mender.mended(result, rules, stdout)


def _report(
    counts: Counted,
    options: Options,
    known: Mapping[str, Rule],
    rules: Sequence[Rule],
    page: Callable[[str], Page],
    scope: RunScope,
) -> Report:
    """Return what is shown: what counts, what is suppressed where that is asked for, tslint's own faults."""
    from tslint.report.failed import FAILED, failed
    from tslint.report.located import located
    from tslint.report.mask import Mask
    from tslint.report.report import Report
    from tslint.report.unjudged import UNDECIDED
    from tslint.rules.builtin import builtin_tables

    result = counts.result
    asked_for = counts.suppressed if options.include_suppressed else ()
    shown = [
        one
        for one in (*result.findings, *asked_for)
        if one.rule == UNDECIDED or reaches(one.level, options.min_level)
    ]
    shown += failed(result.crashes, known)
    # as they are, whatever was chosen for them
    own = {one.rule for one in shown} & {FAILED, UNDECIDED}
    mask = Mask(result.secrets, builtin_tables().secrets["shown"])
    everything = located(shown, mask)
    return Report(
        findings=tuple(one for one in everything if not one.finding.suppressed),
        rules={rule.id: rule for rule in rules} | {one: known[one] for one in own},
        page=page,
        crashes=result.crashes,
        undecided=result.undecided,
        suppressed=tuple(one for one in everything if one.finding.suppressed),
        scope=scope,
        fail_on=options.fail_on,
        advisor=_advisor(mask) if everything else None,
    )


def _outlines(
    options: Options,
    excludes: Callable[[str], str],
    deadline: Deadline,
    read_stdin: Callable[[], bytes],
    around: Surroundings,
) -> tuple[Outline, ...]:
    """Read the task sequences once more, and outline those that no other one runs."""
    from tslint.cli.outlines import outlines
    from tslint.source.walk import walk

    files = walk(options.paths, options.stdin_filename, excludes).files
    return outlines(files, read_stdin, deadline, around.named(files))


def _write(report: Report, outputs: Iterable[Output], stdout: TextIO) -> None:
    """Write the reports that are asked for. Raises OSError."""
    from tslint.report.output import write_file, write_stream

    for output in outputs:
        if output.file:
            write_file(render(output.format, report), output.file)
        else:
            write_stream(render(output.format, report, screen_of(stdout)), stdout)


def _advisor(mask: Mask) -> Advisor:
    """Return what says how findings are mended."""
    from tslint.report.advice import Advisor
    from tslint.rules.builtin import builtin_tables

    return Advisor(builtin_tables(), mask)


def _scope(result: Result, options: Options, configuration: Configuration | None) -> RunScope:
    from tslint.report.scope import RunScope

    by = configuration.file.file if configuration else ""
    return RunScope(result.looked, options.show_files, by, missing=result.missing)


def _statistics(report: Report) -> str:
    from tslint.report.statistics import statistics

    return statistics(report.findings)


def _status(result: Result, fail_on: str) -> int:
    """Return the exit status. What ``--min-level`` hides counts too: to show and to fail are two things."""
    if result.crashes:
        return FAULT
    return FOUND if any(reaches(found.level, fail_on) for found in result.findings) else CLEAN
