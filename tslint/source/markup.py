"""Tags in the text of well-formed XML without a document type.

There ``<`` stands for itself only within comments, CDATA sections and processing instructions, so that
one regular expression finds the tags. The quantifiers are possessive: no text makes them backtrack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Written with classes of what does not end them: that is ten times as fast as .*? over a megabyte of CDATA.
# All are without their "<", so that it can stand first in every expression: what begins with a plain
# character is found seven times as fast.
COMMENT = r"!--[^-]*+(?:-(?!->)[^-]*+)*-->"
INSTRUCTION = r"\?[^?]*+(?:\?(?!>)[^?]*+)*\?>"
CDATA_TEXT = r"[^\]]*+(?:\](?!\]>)[^\]]*+)*"
_NO_TAG = rf"{COMMENT}|{INSTRUCTION}|!\[CDATA\[{CDATA_TEXT}\]\]>"
_ANY = re.compile(rf"<(?:((?![/!?]))|{_NO_TAG})")
_START_TAG = re.compile(r"""<([^\s/>]++)(?:[^"'>]++|"[^"]*+"|'[^']*+')*>""")
_ATTRIBUTE = r"""([^\s=/]++)\s*+=\s*+(?:"[^"]*+"|'[^']*+')"""
_NEXT_ATTRIBUTE = r"""\s++[^\s=<>/]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')"""
_CONTENT = rf"(?:[^<]++|<(?:{_NO_TAG}))*"


def start_tags(text: str, name: str | None = None) -> Iterator[int]:
    """Yield the offsets of the ``<`` of all start tags in document order, or those of one local name."""
    pattern = _ANY
    if name is not None:
        pattern = re.compile(rf"<(?:((?:[^\s/>!?:]++:)?{name}(?=[\s/>]))|{_NO_TAG})")
    return (token.start() for token in pattern.finditer(text) if token.lastindex)


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of all comments, ``<!--`` and ``-->`` included, in document order."""
    pattern = re.compile(rf"<(?:{_NO_TAG})")
    return (token.span() for token in pattern.finditer(text) if token[0].startswith("<!--"))


def start_tag(text: str, offset: int) -> re.Match[str]:
    """Return the start tag at ``offset`` as a match, whose group 1 is the name."""
    return next(_START_TAG.finditer(text, offset))


def attribute_span(text: str, tag: re.Match[str], name: str) -> tuple[int, int] | None:
    """Return the range of ``name="value"`` within a start tag, None when the attribute is not there."""
    for attribute in re.compile(_ATTRIBUTE).finditer(text, tag.end(1), tag.end()):
        if attribute[1] == name:
            return attribute.span()
    return None


def attributes(text: str, position: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the attributes that follow one another from the end of a tag's name."""
    pattern = re.compile(_NEXT_ATTRIBUTE)
    while found := pattern.match(text, position):
        position = found.end()
        yield found.span()


def content_span(text: str, tag: re.Match[str]) -> tuple[int, int]:
    """Return the range from a start tag to the next tag: what the element holds when it holds no elements."""
    if tag[0].endswith("/>"):
        return tag.end(), tag.end()
    return next(re.compile(_CONTENT).finditer(text, tag.end())).span()
