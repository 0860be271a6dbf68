# A run imports only what it needs, and never pathlib: start-up time.
# ruff: noqa: PTH123
"""The command line: arguments to ``Options``, ``Options`` to an exit status."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError, parse
from tslint.lint.finding import reaches
from tslint.report.terminal import has_colour, is_terminal, width

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TextIO

    from tslint.cli.arguments import Options
    from tslint.cli.counted import Counted
    from tslint.cli.standard_input import StandardInput
    from tslint.lint.deadline import Deadline
    from tslint.lint.result import Result
    from tslint.report.report import Report
    from tslint.report.scope import Scope
    from tslint.rules.rule import Rule
    from tslint.suppress.configuration import Configuration

CLEAN, FOUND, USAGE, FAULT = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Raises SystemExit where argparse does: wrong usage, ``--help``, ``--version``."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    gc.set_threshold(100_000)  # a run makes many small values and hardly a cycle: looking for them is in vain
    with open(os.devnull, "r+", encoding="utf-8") as nowhere:  # for streams that were closed (>&-)
        stderr = sys.stderr or nowhere
        try:
            return run(options, sys.stdin or nowhere, sys.stdout or nowhere, stderr)
        except Exception as error:  # noqa: BLE001 - the last resort: a traceback could hold text of the input
            from tslint.lint.error_origin import origin_of
            from tslint.report.output import tell

            tell(f"tslint: a fault of tslint, please report it: {origin_of(error)}\n", stderr)
            return FAULT


def run(options: Options, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Do what ``options`` say and return the exit status."""
    from tslint.cli.known_rules import explained, known_rules, listed
    from tslint.cli.settings import configuration_of, rule_paths, settled
    from tslint.data_files.data_file_error import DataFileError
    from tslint.lint.deadline import Deadline
    from tslint.report.output import tell, write_stream

    deadline = Deadline(options.timeout)
    try:
        if options.check_rules:
            from tslint.cli.check_rules import check_rules

            return check_rules(options.check_rules, stdout, stderr)
        configuration = configuration_of(options)
        rules, page = known_rules(rule_paths(options, configuration))
        if configuration:
            configuration.check_words(tuple(rules.values()))
        if options.completion:
            from tslint.cli.completion import completion

            write_stream(completion(options.completion, rules.values()), stdout)
        elif options.explain:
            write_stream(explained(options.explain, rules, page), stdout)
        elif options.list_rules:
            write_stream(listed(options, rules), stdout)
        elif options.show_config:
            from tslint.cli.show_config import show_config

            write_stream(show_config(options, settled(options, configuration), configuration), stdout)
        else:
            return _lint(options, configuration, rules, page, deadline, (stdin, stdout, stderr))
    except (UsageError, DataFileError) as error:
        from tslint.report.escape import escape, inert

        lines = error.lines if isinstance(error, DataFileError) else (str(error),)
        tell(inert("".join(f"tslint: {escape(line)}\n" for line in lines)), stderr)
        return USAGE
    except OSError as error:
        tell(f"tslint: cannot write {error.filename or 'the report'}: {error.strerror}\n", stderr)
        return FAULT
    return CLEAN


def _lint(
    given: Options,
    configuration: Configuration | None,
    rules: Mapping[str, Rule],
    page: Callable[[str], Mapping[str, Any]],
    deadline: Deadline,
    streams: tuple[TextIO, TextIO, TextIO],
) -> int:
    from tslint.cli.chosen import chosen_rules
    from tslint.cli.counted import Counted, baseline_of, counted
    from tslint.cli.destinations import check_destinations
    from tslint.cli.in_force import Excludes, changes
    from tslint.cli.nothing_linted import nothing_linted
    from tslint.cli.paths import existing
    from tslint.cli.settings import settled
    from tslint.cli.standard_input import StandardInput
    from tslint.report.output import tell, write_file, write_stream
    from tslint.report.scope import Scope
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
    result = _run(options, chosen.rules, excludes, deadline, piped, stderr)
    scope = Scope(result.looked, options.show_files, configuration.file.file if configuration else "")
    tell(scope.lines(), stderr)
    empty = nothing_linted(result, options.paths)
    if empty and not (options.allow_empty or options.skip_unrecognized):
        raise UsageError(empty)
    counts = Counted(result)
    if result.remarks or configuration or options.baseline or options.write_baseline:
        counts = counted(result, options, configuration, rules, chosen.rules, accepted)
    counts = counts.with_findings(unjudged(result.looked, rules))
    scope = scope._replace(changes=changes(given, configuration, chosen, excludes, counts.suppressed))
    report = _report(counts, options, rules, chosen.rules, page, scope)
    for output in options.outputs:
        if output.file:
            write_file(_rendered(output.format, report, None), output.file)
        else:
            write_stream(_rendered(output.format, report, stdout), stdout)
    hidden = sum(not reaches(one.level, options.min_level) for one in counts.result.findings)
    told = summary(counts.result, hidden, counts.told, counts.gone, scope.in_force)
    tell(piped.lost_letters() + told, stderr)
    return _status(counts.result, options.fail_on)


def _run(
    options: Options,
    rules: Sequence[Rule],
    excludes: Callable[[str], str],
    deadline: Deadline,
    piped: StandardInput,
    stderr: TextIO,
) -> Result:
    """Lint, and tell of the progress where somebody watches."""
    from tslint.lint.run import lint
    from tslint.report.progress import Progress
    from tslint.rules.builtin import builtin_tables

    progress = Progress(stderr, width(stderr)) if is_terminal(stderr) else None
    try:
        return lint(
            options.paths,
            rules,
            builtin_tables(),
            stdin_name=options.stdin_filename,
            read_stdin=piped.read,
            skip_unrecognized=options.skip_unrecognized,
            progress=progress,
            excluded=excludes,
            jobs=options.jobs,
            deadline=deadline,
        )
    finally:
        if progress:
            progress.close()


def _report(
    counts: Counted,
    options: Options,
    known: Mapping[str, Rule],
    rules: Sequence[Rule],
    page: Callable[[str], Mapping[str, Any]],
    scope: Scope,
) -> Report:
    """Return what is shown: what counts, what is suppressed where that is asked for, tslint's own faults."""
    from tslint.report.failed import FAILED, failed
    from tslint.report.located import located
    from tslint.report.mask import Mask
    from tslint.report.report import Report
    from tslint.report.unjudged import UNDECIDED

    result = counts.result
    asked_for = counts.suppressed if options.include_suppressed else ()
    shown = [one for one in (*result.findings, *asked_for) if reaches(one.level, options.min_level)]
    shown += failed(result.crashes, known)
    # as they are, whatever was chosen for them
    own = {one.rule for one in shown} & {FAILED, UNDECIDED}
    everything = located(shown, Mask(result.secrets))
    return Report(
        findings=tuple(one for one in everything if not one.finding.suppressed),
        rules={rule.id: rule for rule in rules} | {one: known[one] for one in own},
        page=page,
        crashes=result.crashes,
        undecided=result.undecided,
        suppressed=tuple(one for one in everything if one.finding.suppressed),
        scope=scope,
        fail_on=options.fail_on,
    )


def _rendered(form: str, report: Report, terminal: TextIO | None) -> str:
    """Return the report as text. ``terminal`` is the stream it goes to, None for a file."""
    if form == "json":
        from tslint.report.formats import json as json_report

        return json_report.render(report)
    if form == "sarif":
        from tslint.report.formats import sarif

        return sarif.render(report)
    if form == "github":
        from tslint.report.formats import github

        return github.render(report)
    if form == "junit":
        from tslint.report.formats import junit

        return junit.render(report)
    if form == "gitlab":
        from tslint.report.formats import gitlab

        return gitlab.render(report)
    if not report.findings:
        return ""
    from tslint.report.formats import text

    if terminal is None:
        return text.render(report)
    return text.render(report, width=width(terminal), colour=has_colour(terminal))


def _status(result: Result, fail_on: str) -> int:
    """Return the exit status. What ``--min-level`` hides counts too: to show and to fail are two things."""
    if result.crashes:
        return FAULT
    return FOUND if any(reaches(found.level, fail_on) for found in result.findings) else CLEAN
