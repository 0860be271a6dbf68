# A run imports only what it needs, and never pathlib: start-up time.
# ruff: noqa: PTH112, PTH119, PTH120, PTH123
"""The command line: arguments to ``Options``, ``Options`` to an exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from tslint import __version__
from tslint.lint.finding import LEVELS
from tslint.report.terminal import has_colour, is_terminal, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TextIO

    from tslint.lint.finding import Finding
    from tslint.lint.result import Result
    from tslint.policy.rule import Rule
    from tslint.report.report import Report

FORMATS = ("text", "json", "sarif", "github")
PROFILES = ("recommended", "strict", "all")

CLEAN, FOUND, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


class Output(NamedTuple):
    """One report: its format, and the file it goes to ("" for standard output)."""

    format: str
    file: str = ""


class Options(NamedTuple):
    """A command line, checked as far as it can be without reading a file."""

    paths: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = (Output("text"),)
    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    fail_on: str = "warning"
    min_level: str = "note"
    stdin_filename: str = "<stdin>"
    explain: str = ""
    list_rules: bool = False
    skip_unrecognized: bool = False


class UsageError(Exception):
    """What was asked for cannot be done; its text says why and what can."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Raises SystemExit where argparse does: wrong usage, ``--help``, ``--version``."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    gc.set_threshold(100_000)  # a run makes many small values and hardly a cycle: looking for them is in vain
    with open(os.devnull, "r+", encoding="utf-8") as nowhere:  # for streams that were closed (>&-)
        stderr = sys.stderr or nowhere
        try:
            return run(options, sys.stdin or nowhere, sys.stdout or nowhere, stderr)
        except KeyboardInterrupt:
            return INTERRUPTED
        except Exception as error:  # noqa: BLE001 - the last resort: a traceback could hold text of the input
            stderr.write(f"tslint: a fault of tslint, please report it: {_origin(error)}\n")
            return FAULT


def parse(arguments: Sequence[str]) -> Options:
    """Turn arguments into options. Raises SystemExit(2), the usage printed, where they make no sense."""
    parser = _parser()
    given = parser.parse_intermixed_args(arguments)
    if not (given.paths or given.explain or given.list_rules):
        parser.error("no PATH: name files, folders, .zip exports, or - for standard input")
    try:
        outputs = _outputs(given.format, given.output)
    except UsageError as error:
        parser.error(str(error))
    if (given.explain or given.list_rules) and (given.output or outputs[0].format not in {"text", "json"}):
        parser.error("--explain and --list-rules write text, or JSON with --format json, to standard output")
    return Options(
        paths=tuple(given.paths),
        outputs=outputs,
        profile=given.profile,
        select=_words(given.select),
        ignore=_words(given.ignore),
        rules=tuple(given.rules),
        fail_on=given.fail_on,
        min_level=given.min_level,
        stdin_filename=given.stdin_filename,
        explain=given.explain,
        list_rules=given.list_rules,
        skip_unrecognized=given.skip_unrecognized,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tslint",
        # argparse would import shutil only to ask for the terminal's width
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=78),
        allow_abbrev=False,
        description="Find what will fail in Configuration Manager task sequences, before a machine does.",
        epilog="Exit status: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage; 3 fault of tslint.",
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders, .zip exports, or - for standard input")
    add("--format", choices=FORMATS, help="format of the report (default: text)")
    add(
        "--output",
        action="append",
        default=[],
        metavar="[FORMAT=]FILE",
        help="write the report to FILE; with FORMAT=, repeatable, for several reports at once",
    )
    add("--profile", choices=PROFILES, default="", help="which rules run (default: recommended)")
    words = "ids, names, id prefixes or categories, comma-separated, repeatable"
    add("--select", action="append", default=[], metavar="RULES", help=f"run only these: {words}")
    add("--ignore", action="append", default=[], metavar="RULES", help="run all but these, as --select")
    add("--rules", action="append", default=[], metavar="PATH", help="a file or folder of further rule files")
    levels = (*reversed(LEVELS), "never")
    add(
        "--fail-on",
        choices=levels,
        default="warning",
        help="lowest level that makes the exit status 1, shown or not",
    )
    add("--min-level", choices=levels[:-1], default="note", help="lowest level shown")
    add("--isolated", action="store_true", help="read no configuration file")
    add("--stdin-filename", default="<stdin>", metavar="NAME", help="the name to report for -")
    add("--explain", default="", metavar="RULE", help="show the page of a rule, by id or name")
    add("--list-rules", action="store_true", help="show the table of rules")
    add("--skip-unrecognized", action="store_true", help="pass over named files that hold no task sequence")
    add("--version", action="version", version=f"tslint {__version__}")
    return parser


def _words(lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.strip() for words in lists for word in words.split(",") if word.strip())


def _outputs(form: str | None, files: Sequence[str]) -> tuple[Output, ...]:
    """Return where reports go. Standard output gets one where no file does, or --format asks for one more."""
    outputs, plain = [], False
    for given in files:
        word, equals, file = given.partition("=")
        if equals and word in FORMATS:
            outputs.append(Output(word, file))
        elif equals and word.isalpha():
            raise UsageError(f"--output: unknown format {word} (for a file of this name write ./{given})")
        else:
            outputs.append(Output(form or "text", given))
            plain = True
    if any(not output.file for output in outputs):
        raise UsageError("--output: the name of the file is missing")
    if len({os.path.realpath(output.file) for output in outputs}) < len(outputs):
        raise UsageError("--output: two reports to one file")
    if not outputs or (form and not plain):
        outputs.insert(0, Output(form or "text"))
    return tuple(outputs)


def run(options: Options, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Do what ``options`` say and return the exit status."""
    from tslint.policy.rule_file_error import RuleFileError
    from tslint.report.output import write_stream

    try:
        rules, page = _catalogue(options.rules)
        if options.explain:
            write_stream(_explained(options.explain, rules, page), stdout)
        elif options.list_rules:
            write_stream(_listed(options, rules), stdout)
        else:
            return _lint(options, rules, page, (stdin, stdout, stderr))
    except (UsageError, RuleFileError) as error:
        stderr.write(f"tslint: {error}\n")
        return USAGE
    except OSError as error:
        stderr.write(f"tslint: cannot write {error.filename or 'the report'}: {error.strerror}\n")
        return FAULT
    return CLEAN


def _lint(
    options: Options,
    rules: Mapping[str, Rule],
    page: Callable[[str], Mapping[str, Any]],
    streams: tuple[TextIO, TextIO, TextIO],
) -> int:
    from tslint.lint.run import lint
    from tslint.policy.builtin import builtin_tables
    from tslint.report.output import write_file, write_stream
    from tslint.report.progress import Progress
    from tslint.report.summary import summary
    from tslint.source.bounds import MAX_FILE
    from tslint.source.walk import missing

    stdin, stdout, stderr = streams
    if lost := missing(options.paths):
        raise UsageError(f"no such file or folder: {', '.join(lost)}")
    for output in options.outputs:
        if not os.path.isdir(os.path.dirname(os.path.realpath(output.file))):
            raise UsageError(f"no such folder to write to: {output.file}")
    chosen = choose(rules.values(), options)
    progress = Progress(stderr, width(stderr)) if is_terminal(stderr) else None
    try:
        result = lint(
            options.paths,
            chosen,
            builtin_tables(),
            stdin_name=options.stdin_filename,
            read_stdin=lambda: stdin.buffer.read(MAX_FILE + 1),
            skip_unrecognized=options.skip_unrecognized,
            progress=progress,
        )
    finally:
        if progress:
            progress.close()
    shown = tuple(found for found in result.findings if _rank(found.level) >= _rank(options.min_level))
    report = _report(result, shown, chosen, page)
    for output in options.outputs:
        if output.file:
            write_file(_rendered(output.format, report, None), output.file)
        else:
            write_stream(_rendered(output.format, report, stdout), stdout)
    stderr.write(summary(result, len(result.findings) - len(shown)))
    return _status(result, options.fail_on)


def choose(rules: Iterable[Rule], options: Options) -> tuple[Rule, ...]:
    """Return the rules that run, in id order. Raises UsageError at a word that names none.

    ``--select`` looks among all rules, whatever their profile, and ``--ignore`` wins over it. The rules about
    files that cannot be read always run unless ignored: without them such a file would look clean.
    """
    rules = sorted(rules, key=lambda rule: rule.id)
    selected, ignored = _named(options.select, rules), _named(options.ignore, rules)
    reach = PROFILES.index(options.profile or "recommended")

    def wanted(rule: Rule) -> bool:
        if rule.id in ignored:
            return False
        if "fault" in rule.pattern:
            return True
        return rule.id in selected if options.select else PROFILES.index(rule.profile) <= reach

    return tuple(filter(wanted, rules))


def _named(words: Iterable[str], rules: Sequence[Rule]) -> set[str]:
    """Return the ids that ids, names, id prefixes or categories stand for."""
    ids: set[str] = set()
    for word in words:
        low = word.lower()
        found = {
            rule.id for rule in rules if low in {rule.name, rule.category} or rule.id.lower().startswith(low)
        }
        if not found:
            raise UsageError(_unknown("rule, id prefix or category", word, rules))
        ids |= found
    return ids


def _unknown(kind: str, word: str, rules: Sequence[Rule]) -> str:
    from difflib import get_close_matches

    words = {name for rule in rules for name in (rule.id, rule.name, rule.category)}
    near = get_close_matches(word.lower(), {name.lower(): name for name in sorted(words)}, n=1, cutoff=0.4)
    known = {name.lower(): name for name in words}
    hint = f"; did you mean {known[near[0]]}?" if near else "; --list-rules shows them"
    return f"unknown {kind}: {word}{hint}"


def _catalogue(paths: Iterable[str]) -> tuple[dict[str, Rule], Callable[[str], Mapping[str, Any]]]:
    """Return all rules by id, the built-in ones and those of ``paths``, and their pages."""
    from tslint.policy.builtin import builtin_pages, builtin_rules

    rules = {rule.id: rule for rule in builtin_rules()}
    pages: dict[str, Mapping[str, Any]] = {}
    for path in paths:
        from tslint.policy.own import load_rules

        loaded, own = load_rules(path)
        for rule in loaded:
            if rule.id in rules:
                raise UsageError(f"{path}: there is a rule {rule.id} already ({rules[rule.id].name})")
            rules[rule.id] = rule
        pages.update(own)

    def page(rule: str) -> Mapping[str, Any]:
        if rule not in pages:
            pages.update(builtin_pages())
        return pages[rule]

    return rules, page


def _explained(word: str, rules: Mapping[str, Rule], page: Callable[[str], Mapping[str, Any]]) -> str:
    from tslint.policy.page import markdown

    low = word.lower()
    for rule in rules.values():
        if low in {rule.id.lower(), rule.name}:
            return markdown(rule, page(rule.id)).rstrip() + "\n"
    raise UsageError(_unknown("rule", word, tuple(rules.values())))


def _listed(options: Options, rules: Mapping[str, Rule]) -> str:
    from tslint.report.rule_list import rule_json, rule_table

    listed = choose(rules.values(), options._replace(profile=options.profile or "all"))
    return rule_json(listed) if options.outputs[0].format == "json" else rule_table(listed)


def _report(
    result: Result, shown: Iterable[Finding], rules: Iterable[Rule], page: Callable[[str], Mapping[str, Any]]
) -> Report:
    from tslint.report.located import located
    from tslint.report.report import Report

    by_id = {rule.id: rule for rule in rules}
    return Report(located(shown), by_id, page, result.crashes, result.undecided)


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


def _origin(error: BaseException) -> str:
    """Return the type of an exception and the place in tslint it comes from, without its text."""
    place = error.__traceback__
    name = ""
    while place is not None:
        code = place.tb_frame.f_code
        if f"{os.sep}tslint{os.sep}" in code.co_filename:
            name = f" at {os.path.basename(code.co_filename)}:{place.tb_lineno}"
        place = place.tb_next
    return f"{type(error).__name__}{name}"
