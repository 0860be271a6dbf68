"""``tslint diff``: what changed between two versions, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.review import add_output, add_rules, findings_of, make_parser, names, read, write
from tslint.cli.standard_input import StandardInput
from tslint.cli.status import CLEAN, FOUND, USAGE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TextIO

    from tslint.report.mask import Mask
    from tslint.report.terminal import Screen
    from tslint.review.difference import Difference, Side

# A further format is a word here and what it means in _rendered.
FORMATS = ("text", "markdown", "json", "html")


def parser(make: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Return the parser of the arguments of ``tslint diff``."""
    made = make_parser(
        make,
        "diff",
        "OLD NEW",
        "Tell what changed between two versions of a task sequence, and what it means.",
        "Exit status: 0 the same; 1 they differ; 2 trouble.",
    )
    made.add_argument(
        "paths", nargs=2, metavar="PATH", help="the old and the new file, folder or .zip; one may be -"
    )
    add_rules(made)
    add_output(made, FORMATS)
    return made


def run(given: argparse.Namespace, streams: tuple[TextIO, TextIO, TextIO]) -> int:
    """Compare, and say by the exit status whether anything differs."""
    from tslint.report.mask import Mask
    from tslint.report.review.masked import masked
    from tslint.report.terminal import screen_of
    from tslint.review.difference import Side, differences

    if given.paths == ["-", "-"]:
        raise UsageError("only one of the versions can be standard input")
    piped = StandardInput(streams[0]).read
    sides = [read([path], streams, piped) for path in given.paths]
    found = [findings_of([path], given, piped) for path in given.paths]
    old, new = (Side(side.sequences, each) for side, each in zip(sides, found, strict=True))
    mask = Mask(frozenset().union(*(side.secrets for side in sides)))
    told = masked(differences(old, new, names()), mask)
    if given.format == "html":
        text = _page(told, old, new, mask)
    else:
        text = _rendered(given.format, told, None if given.output else screen_of(streams[1]))
    write(text, given.output, given.paths, streams)
    if any(side.sequences.unread for side in sides):
        return USAGE
    return FOUND if any(one.differs for one in told) else CLEAN


def _page(told: tuple[Difference, ...], old: Side, new: Side, mask: Mask) -> str:
    from tslint.cli.outlines import source
    from tslint.report.page.versions import versions
    from tslint.report.review.difference_html import difference_html
    from tslint.review.difference import pairs

    before, after = old.sequences.together(), new.sequences.together()
    made = source(mask)
    changed = [
        versions(
            one,
            None if first is None else before.timeline_of(first),
            None if second is None else after.timeline_of(second),
            made,
        )
        for one, (first, second) in zip(told, pairs(old, new), strict=True)
        if one.differs
    ]
    return difference_html(len(told), changed)


def _rendered(form: str, told: tuple[Difference, ...], screen: Screen | None) -> str:
    if form == "json":
        from tslint.report.review.difference_json import difference_json

        return difference_json(told)
    if form == "markdown":
        from tslint.report.review.difference_markdown import difference_markdown

        return difference_markdown(told)
    from tslint.report.review.difference_text import difference_text

    return difference_text(told, screen)
