"""``tslint trace``: what would run with some values, or what ran, from smsts.log."""
# ruff: noqa: PTH112, PTH118, PTH123, PTH208 - no pathlib, as in all of this part

from __future__ import annotations

import argparse
import os
import re
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.paths import existing
from tslint.cli.review import add_output, add_rules, findings_of, make_parser, once, read, write
from tslint.cli.status import CLEAN
from tslint.review.values import MAX_DUMP, ValueTextError, dump, pair
from tslint.rules.builtin import builtin_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import BinaryIO, TextIO

    from tslint.cli.review import Read
    from tslint.flow.timeline import Timeline
    from tslint.report.terminal import Screen
    from tslint.review.dry_run import DryRun, Question

# A further format is a word here and what it means in the functions that render.
FORMATS = ("text", "json")
_CODE = re.compile(r"-?[0-9]{1,10}|0x[0-9A-Fa-f]{1,8}")
_LOG = re.compile(r"(?i)smsts[\w.-]*\.log")
_PHASES = {"winpe": "true", "full-os": "false"}
_IN_WINPE = "_SMSTSInWinPE"


def parser(make: Callable[..., argparse.ArgumentParser] = argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Return the parser of the arguments of ``tslint trace``."""
    made = make_parser(
        make,
        "trace",
        "SEQUENCE",
        "Tell which steps would run with some values, or, with --log, which ran.",
        "What is not given is not known: steps that hang on it are told as such, with what to give next.",
    )
    add = made.add_argument
    add("path", metavar="PATH", help="the task sequence: a file, a folder, a .zip export, or -")
    add(
        "--sequence",
        default="",
        metavar="NAME",
        help="the name, package id or file, where PATH holds several",
    )
    add(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a variable's value at the start, repeatable",
    )
    add(
        "--set-file",
        action="append",
        default=[],
        metavar="FILE",
        help="values, a variable a line, repeatable",
    )
    add(
        "--unset",
        action="append",
        default=[],
        metavar="NAME",
        help="a variable that does not exist, repeatable",
    )
    add("--nothing-else", action="store_true", help="variables that are not given do not exist")
    add("--start", choices=tuple(_PHASES), default="", help="where it starts")
    add(
        "--true",
        action="append",
        default=[],
        metavar="TEXT",
        help="queries, files and folders with TEXT in them are found, repeatable",
    )
    add(
        "--false",
        action="append",
        default=[],
        metavar="TEXT",
        help="those with TEXT in them are not, repeatable",
    )
    add(
        "--fail",
        action="append",
        default=[],
        metavar="STEP[=CODE]",
        help="a step that fails: its name, step path or number, repeatable",
    )
    add(
        "--log",
        action="append",
        nargs="+",
        default=[],
        metavar="FILE",
        help="smsts.log, several files or a folder of them: tell what ran",
    )
    add("--identities", action="store_true", help="with --log, show hosts, accounts and ids that stand in it")
    add("--from", dest="begin", default="", metavar="STEP", help="show from this step on")
    add("--until", default="", metavar="STEP", help="show up to this step")
    add_rules(made)
    add_output(made, FORMATS)
    return made


def run(given: argparse.Namespace, streams: tuple[TextIO, TextIO, TextIO]) -> int:
    """Trace one task sequence."""
    piped = once(streams[0])
    found = read([given.path], streams, piped)
    lines = _asked_for(given, found)
    if given.log:
        return _log(given, found, lines, piped, streams)
    if len(lines) != 1:
        raise UsageError(f"there are several task sequences; choose one with --sequence: {_names(found)}")
    return _dry_run(given, found, lines[0], streams)


def _log(
    given: argparse.Namespace,
    found: Read,
    lines: Sequence[Timeline],
    piped: Callable[[], bytes],
    streams: tuple[TextIO, TextIO, TextIO],
) -> int:
    """Tell what ran. Of several task sequences the one that fits best is taken."""
    from contextlib import ExitStack

    from tslint.report.mask import Mask
    from tslint.report.review.anonymous import without_identities
    from tslint.report.review.masked import masked
    from tslint.report.terminal import screen_of
    from tslint.review.log_events import ran
    from tslint.review.log_records import in_order
    from tslint.review.log_trace import log_trace
    from tslint.rules.builtin import builtin_codes
    from tslint.secrets.in_sequence import Secrets

    files = log_files([word for words in given.log for word in words])
    with ExitStack() as opened:
        told = ran(in_order([opened.enter_context(_opened(file)) for file in files]))
    if not told.events:
        raise UsageError(f"no task sequence engine has written in {', '.join(files)}")
    trace = log_trace(lines, told, findings_of([given.path], given, piped), builtin_tables(), builtin_codes())
    in_names = Secrets(builtin_tables())
    # what a command line of the log has is looked for in its names too
    prose = (
        text
        for event in told.events
        for text in in_names.in_prose(f"{event.name}\n{event.said}\n{event.command}")
    )
    shown = masked(
        trace if given.identities else without_identities(trace), Mask(found.secrets | frozenset(prose))
    )
    if given.format == "json":
        from tslint.report.review.log_json import log_json

        text = log_json(shown)
    else:
        from tslint.report.review.log_text import log_text

        text = log_text(shown, None if given.output else screen_of(streams[1]))
    write(text, given.output, [given.path, *files], streams[1])
    return CLEAN


def log_files(words: Sequence[str]) -> list[str]:
    """Return the logs that are named; of a folder its smsts*.log, the current one last. Raises UsageError."""
    found: list[str] = []
    for word in existing(words):
        if not os.path.isdir(word):
            found.append(word)
            continue
        names = [name for name in os.listdir(word) if _LOG.fullmatch(name)]
        if not names:
            raise UsageError(f"no smsts.log in {word}")
        found += [
            os.path.join(word, name)
            for name in sorted(names, key=lambda one: (one.lower() == "smsts.log", one))
        ]
    return found


def _opened(file: str) -> BinaryIO:
    try:
        return open(file, "rb")
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from None


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


def _dry_run(
    given: argparse.Namespace, found: Read, line: Timeline, streams: tuple[TextIO, TextIO, TextIO]
) -> int:
    from tslint.report.mask import Mask
    from tslint.report.output import tell
    from tslint.report.review.masked import masked
    from tslint.report.terminal import screen_of
    from tslint.review.dry_run import dry_run

    values, notes = _values(given)
    tell("".join(f"tslint: {note}\n" for note in notes), streams[2])
    question = _question(given, line, values)
    secrets = frozenset(_secrets(question.given))
    result = _cut(dry_run(line, question, builtin_tables()), given)
    mask = Mask(found.secrets | secrets)
    shown = masked(result, mask)
    told = tuple((mask(name), None if value is None else mask(value)) for name, value in values.items())
    screen = None if given.output else screen_of(streams[1])
    write(
        _rendered(given.format, shown, told, screen), given.output, [given.path, *given.set_file], streams[1]
    )
    return CLEAN


def _values(given: argparse.Namespace) -> tuple[dict[str, str | None], list[str]]:
    """Return the values that are given, by name, and what is to be told of them."""
    values: dict[str, str | None] = {}
    notes = []
    for file in given.set_file:
        found, others = dump(_text(file))
        values.update(found)
        if others:
            notes.append(f"{file}: {others} lines hold no value and are passed over")
    try:
        for text in given.set:
            name, value = pair(text)
            values = {one: old for one, old in values.items() if one.lower() != name.lower()} | {name: value}
    except ValueTextError as error:
        raise UsageError(f"--set: {error}") from None
    values |= dict.fromkeys(given.unset)
    if given.start:
        values = {one: old for one, old in values.items() if one.lower() != _IN_WINPE.lower()}
        values[_IN_WINPE] = _PHASES[given.start]
    return values, notes


def _text(file: str) -> str:
    """Read a dump of variables. Raises UsageError."""
    from tslint.source.document import Fault, Origin
    from tslint.source.encoding import decode

    try:
        with open(file, "rb") as stream:
            data = stream.read(MAX_DUMP + 1)
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from None
    text = decode(data[:MAX_DUMP], Origin(file))
    if len(data) > MAX_DUMP or isinstance(text, Fault):
        raise UsageError(f"{file}: this is no dump of variables")
    return text


def _question(given: argparse.Namespace, line: Timeline, values: Mapping[str, str | None]) -> Question:
    from tslint.review.dry_run import Question
    from tslint.review.reads import names_read

    known = {name.strip().lower(): value for name, value in values.items()}
    if given.nothing_else:
        own = {name for entry in line.entries for name in names_read(entry) if not name.startswith("_smsts")}
        known = dict.fromkeys(sorted(own)) | known
    failing = dict(_failing(given.fail, line))
    return Question(known, failing, tuple(given.true), tuple(given.false))


def _failing(words: Sequence[str], line: Timeline) -> Iterator[tuple[int, str]]:
    """Yield the order and the code of each step that is to fail. Raises UsageError."""
    for word in words:
        step, equals, code = word.rpartition("=")
        if not equals or not _CODE.fullmatch(code):
            step, code = word, ""
        found = [entry for entry in line.entries if step in (entry.step.name, entry.path, str(entry.number))]
        if not found:
            raise UsageError(f"--fail: no active step is called {step}")
        if len(found) > 1:
            numbers = ", ".join(str(entry.number) for entry in found)
            raise UsageError(f"--fail: several steps are called {step}; name one by its number: {numbers}")
        yield found[0].order, code


def _secrets(values: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the values of variables that are for secrets."""
    from tslint.secrets.words import SecretWords

    words = SecretWords(builtin_tables())
    for name, value in values.items():
        if value and words.name(name) is not False:
            yield value.strip()


def _cut(result: DryRun, given: argparse.Namespace) -> DryRun:
    """Leave out what is before or after the steps that are asked for. Raises UsageError."""
    lines = result.lines
    begin, end = 0, len(lines)
    for option, word in (("--from", given.begin), ("--until", given.until)):
        if word:
            at = next((n for n, one in enumerate(lines) if word in (one.name, one.path, str(one.number))), -1)
            if at < 0:
                raise UsageError(f"{option}: no step is called {word}")
            begin, end = (at, end) if option == "--from" else (begin, at + 1)
    return result._replace(lines=lines[begin:end])


def _rendered(
    form: str, result: DryRun, given: tuple[tuple[str, str | None], ...], screen: Screen | None
) -> str:
    if form == "json":
        from tslint.report.review.dry_run_json import dry_run_json

        return dry_run_json(result, given)
    from tslint.report.review.dry_run_text import dry_run_text

    return dry_run_text(result, given, screen)
