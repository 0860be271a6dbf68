"""Where the elements of well-formed XML begin and end in its text, for those who change it."""

import re
from typing import NamedTuple

from tslint.source.markup import CDATA_TEXT, COMMENT, INSTRUCTION

_TOKEN = (
    rf"<(?:{COMMENT}|{INSTRUCTION}|!\[CDATA\[{CDATA_TEXT}\]\]>|(?P<close>/)[^>]*+>"
    r"""|(?P<name>[^\s/>!?]++)(?:[^"'>]++|"[^"]*+"|'[^']*+')*>)"""
)


class Span(NamedTuple):
    """One element: its start tag from ``start`` to ``inside``, its end tag from ``outside`` to ``end``.

    An empty element of one tag has all three ends at one place. ``parent`` is the number of the element that
    it stands in, -1 for the root; ``name`` is without a prefix, in lower case.
    """

    start: int
    inside: int
    outside: int
    end: int
    name: str
    parent: int

    @property
    def is_one_tag(self) -> bool:
        """Whether it is written as ``<name/>``."""
        return self.inside == self.end


def element_spans(text: str) -> list[Span]:
    """Return the elements of well-formed XML without a document type in document order."""
    spans: list[Span] = []
    opened: list[int] = []
    for token in re.compile(_TOKEN).finditer(text):
        name = token["name"]
        if name is not None:
            end = token.end()
            parent = opened[-1] if opened else -1
            spans.append(Span(token.start(), end, end, end, name.rpartition(":")[2].lower(), parent))
            if text[end - 2] != "/":
                opened.append(len(spans) - 1)
        elif token["close"] and opened:
            number = opened.pop()
            spans[number] = spans[number]._replace(outside=token.start(), end=token.end())
    return spans
