"""The piece of a source line around a place, fit for a terminal: one line, a caret, no surprises."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.report.escape import columns, escape
from tslint.report.mask import MASK
from tslint.report.redact import pieces
from tslint.source.lines import end_of_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.report.located import Spot

_CUT = "..."
_TAB = "    "


class Excerpt(NamedTuple):
    """``text`` is one line; the place takes ``length`` columns of it after the first ``caret``."""

    text: str
    caret: int
    length: int


def excerpt(spot: Spot, width: int) -> Excerpt:
    """Return the line on which ``spot`` begins, without its indentation, in at most ``width`` columns.

    A line that does not fit (exports come as one line of megabytes) is shown from a little before the place.
    """
    begin, stop = _line(spot, 2 * width)
    left = _left(spot, begin, stop, width)
    lead = _CUT if left > begin else ""
    # every character takes a column, but for masked ones and combining ones: twice the width is plenty
    right = min(stop, max(left, spot.start) + 2 * width)
    shown, used, caret, length = [lead], len(lead), -1, 0
    room = width - len(_CUT)
    for cell, at in _cells(spot, left, right):
        size = columns(cell)
        if used + size > (width if at >= stop - 1 else room):
            shown.append(_CUT)
            break
        if caret < 0 and at >= spot.start:
            caret = used
        if caret >= 0 and at < spot.end:
            length = used + size - caret
        shown.append(cell)
        used += size
    return Excerpt("".join(shown), used if caret < 0 else caret, max(length, 1))


def _line(spot: Spot, reach: int) -> tuple[int, int]:
    """Return where the line of ``spot`` begins, after its indentation, and ends, looking so far ahead."""
    begin = max(spot.start - spot.column + 1, 0)
    while begin < spot.start and spot.text[begin] in " \t":
        begin += 1
    return begin, spot.start + end_of_line(spot.text[spot.start : spot.start + reach], 0)


def _left(spot: Spot, begin: int, stop: int, width: int) -> int:
    """Return where to begin so that the place is in sight: the line's own begin if that will do."""
    text, start = spot.text, spot.start
    if stop - begin <= width and columns(escape(text[begin:stop])) <= width:
        return begin
    if start - begin <= width // 2 and columns(escape(text[begin:start])) <= width // 2:
        return begin
    left = max(begin, start - width // 4)
    while columns(escape(text[left:start])) > width // 4:
        left += 1
    return left


def _cells(spot: Spot, left: int, right: int) -> Iterator[tuple[str, int]]:
    """Yield what is printed for ``text[left:right]``, piece by piece, with the offset it stands for."""
    for hidden, start, end in pieces(spot.text, left, right, spot.mask, escaped=spot.escaped):
        if hidden:
            yield MASK, start
            continue
        for at in range(start, end):
            char = spot.text[at]
            yield _TAB if char == "\t" else escape(char), at
