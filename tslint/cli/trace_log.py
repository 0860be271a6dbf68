"""``tslint trace --log``: what ran."""
# ruff: noqa: PTH112, PTH118, PTH123, PTH208 - no pathlib, as in all of this part

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.paths import existing
from tslint.cli.review import findings_of, write
from tslint.cli.status import CLEAN
from tslint.report.mask import Mask
from tslint.report.review.anonymous import without_identities
from tslint.report.review.masked import masked
from tslint.report.terminal import screen_of
from tslint.review.log_events import ran
from tslint.review.log_records import in_order
from tslint.review.log_trace import log_trace
from tslint.rules.builtin import builtin_codes, builtin_tables
from tslint.secrets.in_sequence import Secrets

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO, TextIO

    from tslint.cli.review import Read
    from tslint.flow.timeline import Timeline
    from tslint.report.terminal import Screen
    from tslint.review.log_events import Ran
    from tslint.review.log_trace import LogTrace

_LOG = re.compile(r"(?i)smsts[\w.-]*\.log")


def trace_log(
    given: argparse.Namespace,
    found: Read,
    lines: Sequence[Timeline],
    piped: Callable[[], bytes],
    streams: tuple[TextIO, TextIO, TextIO],
) -> int:
    """Tell what ran. Of several task sequences the one that fits best is taken."""
    files = log_files([word for words in given.log for word in words])
    with ExitStack() as opened:
        told = ran(in_order([opened.enter_context(_opened(file)) for file in files]))
    if not told.events:
        raise UsageError(f"no step of a task sequence begins or ends in {', '.join(files)}")
    findings = findings_of([given.path], given, piped)
    trace = log_trace(lines, told, findings, builtin_tables(), builtin_codes())
    mask = Mask(found.secrets | frozenset(_secrets(told)))
    shown = masked(trace if given.identities else without_identities(trace), mask)
    text = _rendered(given.format, shown, None if given.output else screen_of(streams[1]))
    write(text, given.output, [given.path, *files], streams)
    return CLEAN


def _secrets(told: Ran) -> Iterator[str]:
    """Yield the secrets in the names of a log, and in its command lines: those may stand in names too."""
    secrets = Secrets(builtin_tables())
    for event in told.events:
        yield from secrets.in_prose(f"{event.name}\n{event.said}\n{event.command}")


def _rendered(form: str, shown: LogTrace, screen: Screen | None) -> str:
    if form == "json":
        from tslint.report.review.log_json import log_json

        return log_json(shown)
    from tslint.report.review.log_text import log_text

    return log_text(shown, screen)


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
