# A run imports only what it needs, and never pathlib: start-up time.
"""The command line's arguments, as ``Options``."""

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from tslint import __version__
from tslint.cli.sub_commands import SUB_COMMANDS
from tslint.report.render import FORMATS
from tslint.rules.rule import PROFILES, WORST_FIRST

SHELLS = ("bash", "fish", "powershell", "zsh")
STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


class Output(NamedTuple):
    """One report: its format, and the file it goes to ("" for standard output)."""

    format: str
    file: str = ""


class Options(NamedTuple):
    """A command line, checked as far as it can be without reading a file. "" and () leave a value open."""

    paths: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = (Output("text"),)
    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    fail_on: str = ""
    min_level: str = ""
    stdin_filename: str = "<stdin>"
    explain: str = ""
    list_rules: bool = False
    check_rules: tuple[str, ...] = ()
    completion: str = ""
    skip_unrecognized: bool = False
    config: str = ""
    isolated: bool = False
    show_config: bool = False
    no_suppressions: bool = False
    include_suppressed: bool = False
    baseline: str = ""
    write_baseline: str = ""
    jobs: int = 1
    allow_empty: bool = False
    show_files: bool = False
    statistics: bool = False
    timeout: float = 0
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_script: str = ""


class UsageError(Exception):
    """What was asked for cannot be done; its text says why and what can."""


def parse(arguments: Sequence[str]) -> Options:
    """Turn arguments into options. Raises SystemExit(2), the usage printed, where they make no sense."""
    parser = argument_parser()
    # what follows -- are paths; parse_intermixed_args would still take some of it for options
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    given = parser.parse_intermixed_args(arguments[:cut])
    given.paths += arguments[cut + 1 :]
    other = given.explain or given.list_rules or given.check_rules or given.completion or given.show_config
    if not (given.paths or other):
        parser.error("no PATH: name files, folders, .zip exports, or - for standard input")
    if given.diff and not given.fix:
        parser.error("--diff goes with --fix: it shows what that would do")
    if given.diff and (given.output or given.write_baseline):
        parser.error("--diff shows changes and writes no report: leave out --output and --write-baseline")
    if given.unsafe_fixes and not (given.fix or given.fix_script):
        parser.error("--unsafe-fixes goes with --fix or --fix-script")
    try:
        outputs = _outputs(given.format, given.output)
    except UsageError as error:
        parser.error(str(error))
    if (given.explain or given.list_rules) and (given.output or outputs[0].format not in {"text", "json"}):
        parser.error("--explain and --list-rules write text, or JSON with --format json, to standard output")
    del given.format, given.output
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in vars(given).items()
    }
    words = {"select": _words(given.select), "ignore": _words(given.ignore)}
    return Options(**{**values, **words, "outputs": outputs})


def argument_parser(
    make: Callable[..., argparse.ArgumentParser] = argparse.ArgumentParser,
) -> argparse.ArgumentParser:
    """Return the parser of the command line: what --help shows and --completion completes."""
    parser = make(
        prog="tslint",
        # every option is listed below it; and to work it out takes argparse as long as to parse
        usage="%(prog)s [OPTION ...] PATH [PATH ...]",
        # argparse would import shutil only to ask for the terminal's width
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=78),
        allow_abbrev=False,
        description="Find what will fail in Configuration Manager task sequences, before a machine does.",
        epilog=f"Also: tslint {', '.join(SUB_COMMANDS)}; each has its --help. "
        "Exit status: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage, or nothing to lint; "
        "3 fault of tslint.",
    )
    _add_reports(parser)
    _add_rules(parser)
    _add_verdict(parser)
    _add_mends(parser)
    _add_run(parser)
    _add_instead(parser)
    _add_files(parser)
    parser.add_argument("--version", action="version", version=f"tslint {__version__}")
    return parser


def _add_reports(parser: argparse.ArgumentParser) -> None:
    """Add what is linted, and where the reports of it go."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders, .zip exports, or - for standard input")
    add("--format", choices=FORMATS, help="format of the report (default: text)")
    add(
        "--output",
        action="append",
        default=[],
        metavar="[FORMAT=]FILE",
        help="write the report to FILE (-: standard output); with FORMAT=, repeatable, for several at once",
    )


def _add_rules(parser: argparse.ArgumentParser) -> None:
    """Add which rules run."""
    add = parser.add_argument
    add("--profile", choices=PROFILES, default="", help="which rules run (default: recommended)")
    words = "ids, names, id prefixes or categories, comma-separated, repeatable"
    add(
        "--select",
        action="append",
        default=[],
        metavar="RULES",
        help=f"run only these: {words}",
    )
    add(
        "--ignore",
        action="append",
        default=[],
        metavar="RULES",
        help="run all but these, as --select",
    )
    add("--rules", action="append", default=[], metavar="PATH", help="a file or folder of further rule files")


def _add_verdict(parser: argparse.ArgumentParser) -> None:
    """Add which findings count, and which are shown."""
    add = parser.add_argument
    levels = (*WORST_FIRST, "never")
    add(
        "--fail-on",
        choices=levels,
        default="",
        help="lowest level that makes the exit status 1, shown or not (default: warning)",
    )
    add("--min-level", choices=levels[:-1], default="", help="lowest level shown (default: note)")
    either = parser.add_mutually_exclusive_group().add_argument
    either("--config", default="", metavar="FILE", help="the configuration (default: nearest .tslint.yaml)")
    either("--isolated", action="store_true", help="read no configuration file")
    add("--show-config", action="store_true", help="show what is in force, and where it comes from")
    add("--no-suppressions", action="store_true", help="show what comments and configuration hide")
    add("--include-suppressed", action="store_true", help="add suppressed findings to JSON and SARIF, marked")
    add("--baseline", default="", metavar="FILE", help="count only findings that FILE does not hold")
    add("--write-baseline", default="", metavar="FILE", help="write all findings to FILE, as a baseline")


def _add_mends(parser: argparse.ArgumentParser) -> None:
    """Add how findings are mended."""
    add = parser.add_argument
    add("--fix", action="store_true", help="mend in the files what can be mended safely; report the rest")
    add("--unsafe-fixes", action="store_true", help="mend also what changes something that was chosen")
    add("--diff", action="store_true", help="with --fix: show what it would change, and change nothing")
    add("--fix-script", default="", metavar="FILE", help="write the mends to FILE, as a script of PowerShell")


def _add_run(parser: argparse.ArgumentParser) -> None:
    """Add how the run goes about it."""
    add = parser.add_argument
    add(
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="lint in N processes, or auto (default: 1)",
    )
    add("--timeout", type=_seconds, default=0, metavar="SECONDS", help="stop then, and report what is left")
    add("--stdin-filename", default="<stdin>", metavar="NAME", help="the name to report for -")


def _add_instead(parser: argparse.ArgumentParser) -> None:
    """Add what can be asked for instead of linting."""
    add = parser.add_argument
    add(
        "--explain",
        default="",
        metavar="RULE",
        help="show the page of a rule, by id or name",
    )
    add("--list-rules", action="store_true", help="show the table of rules")
    add(
        "--check-rules",
        action="append",
        default=[],
        metavar="PATH",
        help="check a file or folder of rule files and run their examples, repeatable",
    )
    add("--completion", choices=SHELLS, default="", help="print a script that completes tslint's arguments")


def _add_files(parser: argparse.ArgumentParser) -> None:
    """Add what becomes of files that hold no task sequence."""
    add = parser.add_argument
    add("--skip-unrecognized", action="store_true", help="pass over named files that hold no task sequence")
    add("--allow-empty", action="store_true", help="take a run that lints nothing for a success")
    add("--show-files", action="store_true", help="list what was linted, passed over and excluded")
    add("--statistics", action="store_true", help="count the findings by rule, before the summary")


def _jobs(word: str) -> int:
    """Return how many processes to use; "auto", or 0, is one for each processor that this one may use."""
    if word.isdecimal() and int(word) > 0:
        return int(word)
    if word not in {"auto", "0"}:
        raise argparse.ArgumentTypeError("write the number of processes, or auto")
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _seconds(word: str) -> float:
    """Return a time that a run may take."""
    try:
        seconds = float(word)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError("write a number of seconds above 0")
    return seconds


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
    outputs = [output._replace(file="") if output.file in STDOUT else output for output in outputs]
    if not outputs or (form and not plain):
        outputs.insert(0, Output(form or "text"))
    if sum(not output.file for output in outputs) > 1:
        raise UsageError("--output: two reports to standard output")
    if len({os.path.realpath(output.file) for output in outputs}) < len(outputs):
        raise UsageError("--output: two reports to one file")
    return tuple(outputs)
