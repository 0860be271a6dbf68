"""``tslint trace``: what would run with some values, or what ran, from smsts.log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.review import add_output, add_rules, make_parser, read
from tslint.cli.standard_input import StandardInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TextIO

    from tslint.cli.review import Read
    from tslint.flow.timeline import Timeline

# A further format is a word here, and what it means in trace_dry_run.py and trace_log.py.
FORMATS = ("text", "json")


def parser(make: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Return the parser of the arguments of ``tslint trace``."""
    made = make_parser(
        make,
        "trace",
        "SEQUENCE",
        "Tell which steps would run with some values, or, with --log, which ran.",
        "What is not given is not known: steps that hang on it are told as such, with what to give next.",
    )
    made.add_argument("path", metavar="PATH", help="the task sequence: a file, a folder, a .zip export, or -")
    made.add_argument(
        "--sequence", default="", metavar="NAME", help="the name, package id or file of one of many"
    )
    _add_values(made)
    _add_log(made)
    add_rules(made)
    add_output(made, FORMATS)
    return made


def _add_values(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is known."""
    for option, metavar, told in (
        ("--set", "NAME=VALUE", "a variable's value at the start"),
        ("--set-file", "FILE", "values, a variable a line"),
        ("--unset", "NAME", "a variable that does not exist"),
        ("--true", "TEXT", "queries, files and folders with TEXT in them are found"),
        ("--false", "TEXT", "those with TEXT in them are not"),
        ("--fail", "STEP[=CODE]", "a step that fails: its name, step path or number"),
    ):
        repeatable = f"{told}, repeatable"
        parser.add_argument(option, action="append", default=[], metavar=metavar, help=repeatable)
    add = parser.add_argument
    add("--nothing-else", action="store_true", help="variables that are not given do not exist")
    add("--start", choices=("winpe", "full-os"), default="", help="where it starts")
    add("--from", dest="begin", default="", metavar="STEP", help="show from this step on")
    add("--until", default="", metavar="STEP", help="show up to this step")


def _add_log(parser: argparse.ArgumentParser) -> None:
    """Add the options of what ran."""
    files = "smsts.log, several files or a folder of them: tell what ran"
    parser.add_argument("--log", action="append", nargs="+", default=[], metavar="FILE", help=files)
    shown = "with --log, show hosts, accounts and ids that stand in it"
    parser.add_argument("--identities", action="store_true", help=shown)


def run(given: argparse.Namespace, streams: tuple[TextIO, TextIO, TextIO]) -> int:
    """Trace one task sequence."""
    piped = StandardInput(streams[0]).read
    found = read([given.path], streams, piped)
    lines = _asked_for(given, found)
    if given.log:
        from tslint.cli.trace_log import trace_log

        return trace_log(given, found, lines, piped, streams)
    if len(lines) != 1:
        raise UsageError(f"there are several task sequences; choose one with --sequence: {_names(found)}")
    from tslint.cli.trace_dry_run import trace_dry_run

    return trace_dry_run(given, found, lines[0], streams)


def _names(found: Read) -> str:
    """Return the names that choose among task sequences."""
    names = (one.name or one.package_id or str(one.document.origin) for one in found.sequences.all())
    return ", ".join(sorted(map(found.mask, names)))


def _asked_for(given: argparse.Namespace, found: Read) -> list[Timeline]:
    """Return the task sequences that are asked for. Raises UsageError where that is none."""
    if not given.sequence:
        return found.sequences.lines()
    wanted, together = given.sequence.lower(), found.sequences.together()
    lines = [
        together.timeline_of(one)
        for one in found.sequences.all()
        if wanted in (one.name.lower(), one.package_id.lower(), str(one.document.origin).lower())
    ]
    if not lines:
        raise UsageError(f"no task sequence is called {given.sequence}; choose one of: {_names(found)}")
    return lines
