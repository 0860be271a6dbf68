"""The page of a rule on a terminal: the Markdown of rules.page, wrapped and painted."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from tslint.report.escape import escape
from tslint.report.paint import paint
from tslint.report.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.report.terminal import Screen

_HEADING = re.compile(r"(#+) (.*)")
_LINK = re.compile(r"- \[(.*)\]\((\S+)\)")


def laid_out(markdown: str, screen: Screen) -> str:
    """Return the page for a screen: what rules.page writes, and plain Markdown of a rule's author."""
    width = screen.readable_width
    return "\n".join(line for lines in _blocks(markdown) for line in _block(lines, width, on=screen.colour))


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Yield runs of lines that belong together: a fenced block whole, a table, a paragraph, one line else."""
    fence, block = "", list[str]()
    for line in markdown.split("\n"):
        if fence:
            block.append(line)
            if line == fence:
                yield block
                fence, block = "", []
        elif opening := re.match("`{3,}", line):
            yield from _loose(block)
            fence, block = opening[0], [line]
        else:
            block.append(line)
    yield from _loose(block)


def _loose(lines: list[str]) -> Iterator[list[str]]:
    for kind, run in groupby(lines, key=_kind):
        if kind in {"table", "paragraph"}:
            yield list(run)
        else:
            yield from ([line] for line in run)


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if line.startswith("|"):
        return "table"
    return "line" if re.match(r"#+ |\s*[-*] |\s*\d+\. ", line) else "paragraph"


def _block(lines: list[str], width: int, *, on: bool) -> Iterator[str]:
    first = lines[0]
    if first.startswith("```"):
        yield from (paint("code", f"    {escape(line)}", on=on) for line in lines[1:-1])
    elif first.startswith("|"):
        yield from _table(lines, on=on)
    elif heading := _HEADING.fullmatch(first):
        yield from (paint("heading", line, on=on) for line in wrapped(escape(heading[2]), width, "", ""))
    elif link := _LINK.fullmatch(first):
        yield from wrapped(escape(link[1]), width, "- ", "  ")
        yield paint("dim", f"  {escape(link[2])}", on=on)  # an address is copied whole: never wrapped
    elif first.strip():
        item = re.match(r"\s*(?:[-*]|\d+\.) ", first)
        lead = item[0] if item else ""
        text = " ".join(line.strip() for line in lines)[len(lead.lstrip()) :]
        yield from wrapped(escape(text), width, lead, " " * len(lead))
    else:
        yield ""


def _table(lines: list[str], *, on: bool) -> Iterator[str]:
    """Show a table of one row as names and values, below each other."""
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    wide = max(map(len, head))
    for row in rows:
        for name, value in zip(head, row, strict=False):
            yield f"{paint('dim', escape(f'{name:<{wide}}'), on=on)}  {escape(value)}"
