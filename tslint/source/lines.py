"""Offsets into a text as lines and columns, both from 1, in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\n|\r")


def line_starts(text: str) -> list[int]:
    r"""Return the offset of the first character of each line. Lines end at ``\r\n``, ``\n`` or ``\r``."""
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return [0, *(end.end() for end in _LINE_END.finditer(text))]
    lengths = map((1).__add__, map(len, text.split("\n")))  # a loop of Python would take three times as long
    return [0, *accumulate(lengths)][:-1]


def position(starts: list[int], offset: int) -> tuple[int, int]:
    """Return line and column of ``offset``, given the ``line_starts`` of its text."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def end_of_line(text: str, offset: int) -> int:
    """Return the offset at which the line that holds ``offset`` ends, its line end left out."""
    end = _LINE_END.search(text, offset)
    return end.start() if end else len(text)
