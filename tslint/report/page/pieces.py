"""Values cut into pieces: what helps to read code is told apart, and what findings speak of is marked.

A few kinds of piece help to find one's way, and no more is claimed: whatever a piece is taken for, the text
goes into the page as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tslint.commands.powershell_tokens import tokens
from tslint.report.escape import escape, inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.review.facts import Kind

    # Kind of piece, start, end.
    Span = tuple[str, int, int]

_VARIABLE = re.compile(r"%[\w.()-]{1,64}%")
_OPTION = re.compile(r"(?<![^\s\"'])[-/][A-Za-z?][\w-]*+(?![\\/])|(?P<variable>%[\w.()-]{1,64}%)")
_POWERSHELL: Mapping[str, str] = {
    "comment": "comment",
    "text": "text",
    "quoted": "text",
    "here": "text",
    "variable": "variable",
}
_WORDS = frozenset(
    [
        *("begin", "break", "catch", "class", "continue", "do", "else", "elseif", "end", "exit", "finally"),
        *("for", "foreach", "function", "if", "in", "param", "process", "return", "switch", "throw", "trap"),
        *("try", "until", "while"),
    ]
)
# What a message quotes: names, values, options.
_QUOTED = re.compile(r"'([^']{2,200})'")


class Plain(str):
    """Text that is made plain already (see ``plain``)."""

    __slots__ = ()


class Piece(NamedTuple):
    """A run of characters of one kind ("" for the most). ``meant`` marks what a finding speaks of."""

    text: Plain
    kind: str
    meant: bool


def plain(text: str) -> Plain:
    """Return text of a file as a page may hold it: nothing in it reorders, hides or commands a log."""
    return Plain(inert("\n".join(map(escape, text.split("\n")))))


def quoted_in(message: str) -> Iterator[str]:
    """Yield what a message has in quotes."""
    yield from _QUOTED.findall(message)


def pieces(value: str, kind: Kind | None, meant: Iterable[str] = ()) -> list[Piece]:
    """Cut a value of a kind of fact into pieces; of no kind nothing is told apart but what is marked.

    ``meant`` are the texts that findings speak of.
    """
    text = plain(value)
    marks = _joined(sorted(_places(text, map(plain, meant))))
    spans = list(_spans(text, kind))
    edges = {0, len(text)}
    edges.update(edge for _, start, end in spans for edge in (start, end))
    edges.update(edge for mark in marks for edge in mark)
    at = sorted(edges)
    found: list[Piece] = []
    waiting, marked = iter(spans), iter(marks)
    span, mark = next(waiting, None), next(marked, None)
    for start, end in pairwise(at):
        while span is not None and span[2] <= start:
            span = next(waiting, None)
        while mark is not None and mark[1] <= start:
            mark = next(marked, None)
        here = span[0] if span is not None and span[1] <= start else ""
        found.append(Piece(Plain(text[start:end]), here, mark is not None and mark[0] <= start))
    return found


def _places(text: str, meant: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where texts stand in another one, in any case, as whole words; the first one of each."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return
    for one in meant:
        start = lowered.find(one.lower()) if one.strip() else -1
        while start >= 0:
            end = start + len(one)
            if not (_goes_on(text, start - 1, one[0]) or _goes_on(text, end, one[-1])):
                yield start, end
                break
            start = lowered.find(one.lower(), end)


def _goes_on(text: str, at: int, beside: str) -> bool:
    return 0 <= at < len(text) and beside.isalnum() and text[at].isalnum()


def _joined(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in marks:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _spans(text: str, kind: Kind | None) -> Iterator[Span]:
    """Yield the pieces that are of a kind, in order."""
    if kind is None:
        return
    if kind == "script":
        yield from _of_powershell(text)
    elif kind == "command":
        for match in _OPTION.finditer(text):
            yield match.lastgroup or "option", *match.span()
    else:
        for match in _VARIABLE.finditer(text):
            yield "variable", *match.span()


def _of_powershell(text: str) -> Iterator[Span]:
    for kind, start, end in tokens(text):
        if kind in _POWERSHELL:
            yield _POWERSHELL[kind], start, end
        elif kind == "bare" and text[start:end].lower() in _WORDS:
            yield "word", start, end
        elif kind == "bare" and text[start] == "-" and text[start + 1 : start + 2].isalpha():
            yield "option", start, end
