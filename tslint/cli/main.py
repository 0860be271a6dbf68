# A run imports only what it needs, and never pathlib: start-up time.
# ruff: noqa: PTH112, PTH120, PTH123
"""The command line: arguments to ``Options``, ``Options`` to an exit status."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError, parse
from tslint.lint.finding import LEVELS
from tslint.report.terminal import has_colour, is_terminal, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TextIO

    from tslint.cli.arguments import Options
    from tslint.lint.finding import Finding
    from tslint.lint.result import Result
    from tslint.policy.rule import Rule
    from tslint.report.report import Report
    from tslint.suppress.baseline import Accepted
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
    from tslint.cli.catalogue import catalogue, explained, listed
    from tslint.cli.settings import configuration_of, rule_paths, settled
    from tslint.policy.rule_file_error import RuleFileError
    from tslint.report.output import tell, write_stream

    try:
        if options.check_rules:
            from tslint.cli.check_rules import check_rules

            return check_rules(options.check_rules, stdout, stderr)
        configuration = configuration_of(options)
        rules, page = catalogue(rule_paths(options, configuration))
        if configuration:
            configuration.check_words(tuple(rules.values()))
        in_force = settled(options, configuration)
        if options.completion:
            from tslint.cli.completion import completion

            write_stream(completion(options.completion, rules.values()), stdout)
        elif options.explain:
            write_stream(explained(options.explain, rules, page), stdout)
        elif options.list_rules:
            write_stream(listed(options, rules), stdout)
        elif options.show_config:
            from tslint.cli.show_config import show_config

            write_stream(show_config(options, in_force, configuration), stdout)
        else:
            return _lint(in_force, configuration, rules, page, (stdin, stdout, stderr))
    except (UsageError, RuleFileError) as error:
        from tslint.report.visible import inert, visible

        lines = error.lines if isinstance(error, RuleFileError) else (str(error),)
        tell(inert("".join(f"tslint: {visible(line)}\n" for line in lines)), stderr)
        return USAGE
    except OSError as error:
        tell(f"tslint: cannot write {error.filename or 'the report'}: {error.strerror}\n", stderr)
        return FAULT
    return CLEAN


def _lint(
    options: Options,
    configuration: Configuration | None,
    rules: Mapping[str, Rule],
    page: Callable[[str], Mapping[str, Any]],
    streams: tuple[TextIO, TextIO, TextIO],
) -> int:
    from tslint.cli.catalogue import choose
    from tslint.cli.paths import existing
    from tslint.cli.settings import at_levels
    from tslint.cli.standard_input import StandardInput
    from tslint.lint.run import lint
    from tslint.policy.builtin import builtin_tables
    from tslint.report.output import tell, write_file, write_stream
    from tslint.report.progress import Progress
    from tslint.report.summary import summary

    stdin, stdout, stderr = streams
    options = options._replace(paths=existing(options.paths))
    for file in (*(output.file for output in options.outputs), options.write_baseline):
        if not os.path.isdir(os.path.dirname(os.path.realpath(file))):
            raise UsageError(f"no such folder to write to: {file}")
    accepted: tuple[Accepted, ...] = ()
    if options.baseline:
        from tslint.cli.counted import baseline_of

        accepted = baseline_of(options)
    chosen = at_levels(choose(rules.values(), options), rules.values(), configuration)
    piped = StandardInput(stdin)
    progress = Progress(stderr, width(stderr)) if is_terminal(stderr) else None
    try:
        result = lint(
            options.paths,
            chosen,
            builtin_tables(),
            stdin_name=options.stdin_filename,
            read_stdin=piped.read,
            skip_unrecognized=options.skip_unrecognized,
            progress=progress,
            excluded=configuration.excluded if configuration else None,
            jobs=options.jobs,
        )
    finally:
        if progress:
            progress.close()
    suppressed: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()
    gone = 0
    if result.remarks or configuration or options.baseline or options.write_baseline:
        from tslint.cli.counted import counted

        result, suppressed, told, gone = counted(result, options, configuration, rules, chosen, accepted)
    asked_for = suppressed if options.include_suppressed else ()
    shown = [one for one in (*result.findings, *asked_for) if _rank(one.level) >= _rank(options.min_level)]
    if result.crashes:
        from tslint.report.failed import FAILED, failed

        shown += failed(result.crashes, rules)
        chosen = (*(rule for rule in chosen if rule.id != FAILED), rules[FAILED])
    report = _report(result, shown, chosen, page)
    for output in options.outputs:
        if output.file:
            write_file(_rendered(output.format, report, None), output.file)
        else:
            write_stream(_rendered(output.format, report, stdout), stdout)
    hidden = sum(_rank(one.level) < _rank(options.min_level) for one in result.findings)
    tell(piped.lost_letters() + summary(result, hidden, told, gone), stderr)
    return _status(result, options.fail_on)


def _report(
    result: Result, shown: Iterable[Finding], rules: Iterable[Rule], page: Callable[[str], Mapping[str, Any]]
) -> Report:
    from tslint.report.located import located
    from tslint.report.mask import Mask
    from tslint.report.report import Report

    by_id = {rule.id: rule for rule in rules}
    everything = located(shown, Mask(result.secrets))
    suppressed = tuple(one for one in everything if one.finding.suppressed)
    counted = tuple(one for one in everything if not one.finding.suppressed) if suppressed else everything
    return Report(counted, by_id, page, result.crashes, result.undecided, suppressed)


def _rendered(form: str, report: Report, terminal: TextIO | None) -> str:
    """Return the report as text. ``terminal`` is the stream it goes to, None for a file."""
    if form == "json":
        from tslint.report import json_report

        return json_report.render(report)
    if form == "sarif":
        from tslint.report import sarif

        return sarif.render(report)
    if form == "github":
        from tslint.report import github

        return github.render(report)
    if form == "junit":
        from tslint.report import junit

        return junit.render(report)
    if form == "gitlab":
        from tslint.report import gitlab

        return gitlab.render(report)
    if not report.findings:
        return ""
    from tslint.report import text

    if terminal is None:
        return text.render(report)
    return text.render(report, width=width(terminal), colour=has_colour(terminal))


def _status(result: Result, fail_on: str) -> int:
    """Return the exit status. What ``--min-level`` hides counts too: to show and to fail are two things."""
    if result.crashes:
        return FAULT
    if fail_on == "never":
        return CLEAN
    return FOUND if any(_rank(found.level) >= _rank(fail_on) for found in result.findings) else CLEAN


def _rank(level: str) -> int:
    return LEVELS.index(level)
