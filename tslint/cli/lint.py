# A run imports only what it needs, and never pathlib: start-up time.
"""The command that lints: files in, reports and an exit status out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.lint_run import LintRun
from tslint.cli.status import CLEAN, FAULT, FOUND
from tslint.lint.finding import reaches
from tslint.report.render import render
from tslint.report.terminal import screen_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TextIO

    from tslint.cli.arguments import Options, Output
    from tslint.cli.counted import Counted
    from tslint.lint.deadline import Deadline
    from tslint.lint.result import Result
    from tslint.report.advice import Advisor
    from tslint.report.mask import Mask
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
    from tslint.cli.counted import baseline_of
    from tslint.cli.destinations import check_destinations
    from tslint.cli.in_force import Excludes, changes
    from tslint.cli.paths import existing
    from tslint.cli.settings import settled
    from tslint.cli.standard_input import StandardInput
    from tslint.cli.surroundings import surroundings_of
    from tslint.report.output import tell

    stdin, stdout, stderr = streams
    options = settled(given, configuration)
    options = options._replace(paths=existing(options.paths))
    check_destinations(options, configuration, stdin)
    accepted = baseline_of(options) if options.baseline else ()
    chosen = chosen_rules(given, options, configuration, tuple(rules.values()))
    run = LintRun(
        options,
        configuration,
        rules,
        chosen.rules,
        accepted,
        Excludes(configuration, set_aside=options.no_suppressions),
        StandardInput(stdin),
        surroundings_of(configuration),
        deadline,
        stderr,
    )
    result = run.lint({})
    if options.fix or options.fix_script:
        mended = run.mended(result, stdout)
        tell(mended.told, stderr)
        if mended.status is not None:
            return mended.status
        result = mended.result if options.fix else result
    scope = _scope(result, options, configuration)
    tell(scope.lines(), stderr)
    counts = _judged(run, result)
    scope = scope._replace(changes=changes(given, configuration, chosen, run.excludes, counts.suppressed))
    report = _report(counts, options, rules, chosen.rules, page, scope)._replace(outlines=run.outlines)
    rendered = _rendered(report, options.outputs, stdout)
    if report.advisor and (crashes := report.advisor.crashes.found):
        # a fault in advice shows only now: it is told as a finding like any other
        result = counts.result
        crashes = tuple(dict.fromkeys((*result.crashes, *crashes)))
        counts = counts._replace(result=result._replace(crashes=crashes))
        report = _report(counts, options, rules, chosen.rules, page, scope)._replace(outlines=run.outlines)
        rendered = _rendered(report, options.outputs, stdout)
    _write(rendered, stdout)
    tell(run.piped.lost_letters() + _summary(report, counts, options), stderr)
    return _status(counts.result, options.fail_on)


def _judged(run: LintRun, result: Result) -> Counted:
    """Say which findings count, those about what was not judged included. Raises UsageError for nothing."""
    from tslint.cli.nothing_linted import nothing_linted
    from tslint.report.unjudged import unjudged

    empty = nothing_linted(result, run.options.paths)
    if empty and not (run.options.allow_empty or run.options.skip_unrecognized):
        raise UsageError(empty)
    return run.counted(result).with_findings(unjudged(result, run.known))


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


def _rendered(report: Report, outputs: Iterable[Output], stdout: TextIO) -> list[tuple[str, Output]]:
    """Return the text of each report that is asked for."""
    return [
        (render(output.format, report, None if output.file else screen_of(stdout)), output)
        for output in outputs
    ]


def _write(rendered: Iterable[tuple[str, Output]], stdout: TextIO) -> None:
    """Write the reports. Raises OSError."""
    from tslint.report.output import write_file, write_stream

    for text, output in rendered:
        if output.file:
            write_file(text, output.file)
        else:
            write_stream(text, stdout)


def _advisor(mask: Mask) -> Advisor:
    """Return what says how findings are mended."""
    from tslint.report.advice import Advisor
    from tslint.rules.builtin import builtin_tables

    return Advisor(builtin_tables(), mask)


def _scope(result: Result, options: Options, configuration: Configuration | None) -> RunScope:
    from tslint.report.scope import RunScope

    by = configuration.file.file if configuration else ""
    return RunScope(result.looked, options.show_files, by, missing=result.missing)


def _summary(report: Report, counts: Counted, options: Options) -> str:
    """Sum up the findings, by rule and level too where that is asked for."""
    from tslint.report.summary import summary

    told = ""
    if options.statistics:
        from tslint.report.statistics import statistics

        told = statistics(report.findings)
    hidden = sum(not reaches(one.level, options.min_level) for one in counts.result.findings)
    return told + summary(counts.result, hidden, counts.told, counts.gone, report.scope.in_force)


def _status(result: Result, fail_on: str) -> int:
    """Return the exit status. What ``--min-level`` hides counts too: to show and to fail are two things."""
    if result.crashes:
        return FAULT
    return FOUND if any(reaches(found.level, fail_on) for found in result.findings) else CLEAN
