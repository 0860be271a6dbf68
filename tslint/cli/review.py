"""What the sub-commands have in common: their options, what they read, and how they write."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import STDOUT, UsageError
from tslint.cli.paths import existing
from tslint.cli.standard_input import StandardInput
from tslint.report.mask import Mask
from tslint.report.output import tell, write_file, write_stream
from tslint.review.facts import Names
from tslint.review.sequences import read_sequences, secrets_of
from tslint.rules.builtin import builtin_console, builtin_step_kinds, builtin_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from tslint.review.sequences import Sequences


class Read(NamedTuple):
    """Task sequences that were read, and the mask of their secrets."""

    sequences: Sequences
    mask: Mask


def make_parser(
    make: Callable[..., argparse.ArgumentParser], name: str, usage: str, description: str, epilog: str = ""
) -> argparse.ArgumentParser:
    """Return a parser as that of the linter is: no shortened options, 78 columns."""
    return make(
        prog=f"tslint {name}",
        usage=f"%(prog)s [OPTION ...] {usage}",
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=78),
        allow_abbrev=False,
        description=description,
        epilog=epilog,
    )


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Add the options that say what is written, and where."""
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")
    parser.add_argument("--output", default="", metavar="FILE", help="write to FILE (-: standard output)")


def names() -> Names:
    """Return what steps and their settings are called."""
    return Names(builtin_tables(), builtin_step_kinds(), builtin_console())


def read(
    paths: Iterable[str], streams: tuple[TextIO, TextIO, TextIO], piped: StandardInput | None = None
) -> Read:
    """Read task sequences. Raises UsageError where there are none; tells of what could not be read."""
    stdin, _, stderr = streams
    paths = existing(tuple(paths))
    piped = piped or StandardInput(stdin)
    sequences = read_sequences(paths, piped.read)
    for one in sequences.unread:
        from tslint.report.escape import escape

        tell(f"tslint: {escape(one.file)}: {escape(one.why)}\n", stderr)
    if not sequences.exports:
        raise UsageError(f"no task sequence in {', '.join(paths)}")
    return Read(sequences, Mask(secrets_of(sequences, builtin_tables())))


def write(text: str, output: str, sources: Iterable[str], stdout: TextIO) -> None:
    """Write to standard output or to a file that is none of the ``sources``."""
    if output in ("", *STDOUT):
        write_stream(text, stdout)
        return
    target = os.path.realpath(output)
    if any(os.path.realpath(source) == target for source in sources):
        raise UsageError(f"--output {output}: this is read; name another file")
    write_file(text, output)
