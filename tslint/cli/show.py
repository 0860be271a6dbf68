"""``tslint show``: what task sequences hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.review import add_output, make_parser, names, read, write
from tslint.cli.status import CLEAN, USAGE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TextIO

    from tslint.cli.review import Read

# A further format is a word here and what it means in _rendered.
FORMATS = ("text", "json", "html")


def parser(make: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Return the parser of the arguments of ``tslint show``."""
    made = make_parser(
        make,
        "show",
        "PATH [PATH ...]",
        "Show what task sequences hold: groups, steps, conditions, settings and scripts, a fact a line.",
        "As textconv of git: git config diff.tslint.textconv 'tslint show --textconv'",
    )
    made.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, .zip exports, or -")
    made.add_argument(
        "--no-numbers",
        dest="numbers",
        action="store_false",
        help="leave out the numbers of smsts.log, which a step more or less changes for all below it",
    )
    made.add_argument(
        "--textconv",
        action="store_true",
        help="for git: one file as text without numbers; exit status 0 for files without a task sequence too",
    )
    add_output(made, FORMATS)
    return made


def run(given: argparse.Namespace, streams: tuple[TextIO, TextIO, TextIO]) -> int:
    """Show task sequences; 2 where a part of what was named could not be read."""
    if given.textconv:
        if len(given.paths) != 1 or given.format != "text" or given.output:
            raise UsageError("--textconv shows one file, as text, on standard output")
        from tslint.cli.textconv import textconv

        write(textconv(given.paths[0], streams[0]), "", (), streams)
        return CLEAN
    found = read(given.paths, streams)
    write(_rendered(found, given), given.output, given.paths, streams)
    return USAGE if found.sequences.unread else CLEAN


def _rendered(found: Read, given: argparse.Namespace) -> str:
    if given.format == "html":
        from tslint.cli.outlines import outlined
        from tslint.report.review.outline_html import outline_html

        return outline_html(outlined(found.sequences, found.mask))
    from tslint.report.review.masked import masked
    from tslint.review.outline import outlines

    shown = masked(outlines(found.sequences, names()), found.mask)
    if given.format == "json":
        from tslint.report.review.as_json import outline_json

        return outline_json(shown)
    from tslint.report.review.outline_text import outline_text

    return outline_text(shown, numbers=given.numbers)
