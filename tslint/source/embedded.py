"""XML that stands as text in other XML, and where each of its characters is in the outer text."""

import re
from bisect import bisect_right
from typing import NamedTuple

from tslint.source.markup import CDATA_TEXT, COMMENT, INSTRUCTION

_PIECE = (  # compiled when first needed: most sequences stand for themselves
    rf"<!\[CDATA\[(?P<section>{CDATA_TEXT})\]\]>|<(?:{COMMENT}|{INSTRUCTION})"
    r"|&\#x0*(?P<hex>[0-9A-Fa-f]+);|&\#0*(?P<decimal>[0-9]+);|&(?P<name>\w+);|(?P<plain>[^<&]+)"
)
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Embedded(NamedTuple):
    """A text in pieces: the piece at ``starts[i]`` comes from ``outer_starts[i]`` to ``outer_ends[i]``.

    A piece is either copied as it stands, or it is one character written as an entity. Pieces are not empty.
    """

    text: str
    starts: list[int]
    outer_starts: list[int]
    outer_ends: list[int]

    def start(self, offset: int) -> int:
        """Return the outer offset of the character at ``offset``, or the outer end when there is none."""
        if offset >= len(self.text):
            return self.outer_ends[-1]
        piece = bisect_right(self.starts, offset) - 1
        return self.outer_starts[piece] + offset - self.starts[piece]

    def end(self, offset: int) -> int:
        """Return the outer offset behind the character before ``offset``, which is not 0."""
        piece = bisect_right(self.starts, offset - 1) - 1
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        if offset == following:
            return self.outer_ends[piece]
        return self.outer_starts[piece] + offset - self.starts[piece]


def whole(text: str) -> Embedded:
    """Return a text that is its own outer text."""
    return Embedded(text, [0], [0], [len(text)])


def unwrap(text: str, start: int, end: int) -> Embedded:
    r"""Return what ``text[start:end]``, the content of an element without child elements, says.

    Line ends stay as written (``\r\n`` too), so that CDATA is copied in one piece.
    """
    parts: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for piece in re.compile(_PIECE).finditer(text, start, end):
        part = _said(piece)
        if part:
            parts.append(part)
            starts.append(length)
            spans.append(piece.span("section") if piece.lastgroup == "section" else piece.span())
            length += len(part)
    return Embedded("".join(parts), starts, [span[0] for span in spans], [span[1] for span in spans])


def _said(piece: re.Match[str]) -> str:
    group = piece.lastgroup
    if group is None:  # a comment or a processing instruction
        return ""
    value = piece[group]
    if group == "hex":
        return chr(int(value, 16))
    if group == "decimal":
        return chr(int(value))
    return _ENTITIES[value] if group == "name" else value
