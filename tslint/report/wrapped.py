"""Text in lines of a width, measured as a terminal shows it: wide characters take two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.escape import columns

if TYPE_CHECKING:
    from collections.abc import Iterator


def wrapped(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    """Yield lines of at most ``width`` columns, the first after ``first``, the others after ``rest``.

    No word is broken: one that is longer than a line gets one of its own. Text without a word yields nothing.
    """
    line, gap, indent = "", "", first
    for word in text.split(" "):
        if not word:
            gap += " "
            continue
        if line and columns(indent + line + gap + word) > width:
            yield indent + line
            line, indent = "", rest
        line += (gap if line else "") + word
        gap = " "
    if line:
        yield indent + line
