"""``tslint trace`` without a log: what would run with some values."""
# ruff: noqa: PTH123 - no pathlib, as in all of this part

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.review import write
from tslint.cli.status import CLEAN
from tslint.flow.writes import IN_WINPE
from tslint.report.mask import Mask
from tslint.report.output import tell
from tslint.report.review.masked import masked
from tslint.report.terminal import screen_of
from tslint.review.dry_run import Question, dry_run
from tslint.review.reads import names_read
from tslint.review.values import MAX_DUMP, ValueTextError, dump, pair
from tslint.rules.builtin import builtin_tables
from tslint.secrets.in_sequence import Secrets
from tslint.source.document import Fault, Origin
from tslint.source.encoding import decode

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TextIO

    from tslint.cli.review import Read
    from tslint.flow.timeline import Timeline
    from tslint.review.dry_run import DryRun

_CODE = re.compile(r"-?[0-9]{1,10}|0x[0-9A-Fa-f]{1,8}")


def trace_dry_run(
    given: argparse.Namespace, found: Read, line: Timeline, streams: tuple[TextIO, TextIO, TextIO]
) -> int:
    """Tell what would run."""
    values, notes = _values(given)
    tell("".join(f"tslint: {note}\n" for note in notes), streams[2])
    read = {name for entry in line.entries for name in names_read(entry)}
    question = _question(given, line, values, read)
    result = _cut(dry_run(line, question, builtin_tables()), given)
    mask = Mask(found.secrets | frozenset(_secrets(question.given)))
    # of a dump only what the task sequence asks for: it is long, and tells much of a computer
    told = tuple((name, value) for name, value in values.items() if name.lower() in read | _named(given))
    text = _rendered(masked(result, mask), masked(told, mask), given, streams[1])
    write(text, given.output, [given.path, *given.set_file], streams)
    return CLEAN


def _named(given: argparse.Namespace) -> set[str]:
    """Return the variables, in lower case, that the command line names itself."""
    names = [*(text.partition("=")[0] for text in given.set), *given.unset]
    return {name.strip().lower() for name in names} | ({IN_WINPE} if given.start else set())


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
        values = {one: old for one, old in values.items() if one.lower() != IN_WINPE}
        values["_SMSTSInWinPE"] = "true" if given.start == "winpe" else "false"
    return values, notes


def _text(file: str) -> str:
    """Read a dump of variables. Raises UsageError."""
    try:
        with open(file, "rb") as stream:
            data = stream.read(MAX_DUMP + 1)
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from None
    text = decode(data[:MAX_DUMP], Origin(file))
    if len(data) > MAX_DUMP or isinstance(text, Fault):
        raise UsageError(f"{file}: this is no dump of variables")
    return text


def _question(
    given: argparse.Namespace, line: Timeline, values: Mapping[str, str | None], read: set[str]
) -> Question:
    """Return what is asked; ``read`` are the variables that the task sequence asks for."""
    known = {name.strip().lower(): value for name, value in values.items()}
    if given.nothing_else:
        own = sorted(name for name in read if not name.startswith("_smsts"))
        known = dict.fromkeys(own) | known
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
    """Yield the secrets in the values of variables."""
    secrets = Secrets(builtin_tables())
    for name, value in values.items():
        if value:
            yield from (secret.text for secret in secrets.in_pair(name, value))


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
    result: DryRun,
    values: tuple[tuple[str, str | None], ...],
    given: argparse.Namespace,
    stdout: TextIO,
) -> str:
    if given.format == "json":
        from tslint.report.review.dry_run_json import dry_run_json

        return dry_run_json(result, values)
    from tslint.report.review.dry_run_text import dry_run_text

    return dry_run_text(result, values, None if given.output else screen_of(stdout))
