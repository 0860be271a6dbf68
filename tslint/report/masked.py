"""Source text that may be shown: tags and plain choices, never values that may hold a secret.

A finding's message says what matters of a value, and the rule knows whether it may. Nobody vouches for the
source around it: the text of an element is shown only where a setting's name says that it is a choice
(``FileAccess``, ``Mode``), never where it is free text (command lines, scripts, values).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "***"

# how far before a piece of text its tag is looked for; text whose tag is not found is masked
LOOKBACK = 65_536

_FREE = re.compile(
    r"value|command|(?<!de)script|param|option|rule|arg|query|content|passw|pwd|secret|token|key|pin|cred|lac|user|account",
    re.IGNORECASE,
)
# CDATA that holds no tags, and comments, are taken whole: what looks like a tag in them is none
_WHOLE = r"<!\[CDATA\[(?!\s*<)(?:(?!\]\]>).)*|<!--(?:(?!-->).)*"
_RAW = r"<[/?A-Za-z][^<>]*>?"
_TAG = re.compile(rf"{_WHOLE}|{_RAW}|<!\[CDATA\[|\]\]>|-->", re.DOTALL)
# object.xml may hold the sequence as escaped text instead of CDATA
_ESCAPED_TAG = re.compile(rf"{_WHOLE}|{_RAW}|&lt;[/?A-Za-z](?:(?!&[lg]t;)[^<>])*(?:&gt;)?|-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*("[^"]*"?|'[^']*'?)""")
_CHOICE = re.compile(r"""(?:<|&lt;)variable\s""")


def pieces(text: str, start: int, end: int, *, escaped: bool) -> Iterator[tuple[bool, int, int]]:
    """Cut ``text[start:end]`` into runs ``(masked, start, end)``, in order and without gaps.

    ``escaped`` tells that the tags themselves are written with ``&lt;``.
    """
    opening = _opening(text, start, escaped=escaped)
    at = start
    for hidden_from, hidden_to in _hidden(text, opening, end, _ESCAPED_TAG if escaped else _TAG):
        low, high = max(hidden_from, at), min(hidden_to, end)
        if low < high:
            if at < low:
                yield False, at, low
            yield True, low, high
            at = high
    if at < end:
        yield False, at, end


def masked(text: str, start: int, end: int, *, escaped: bool) -> str:
    """Return ``text[start:end]`` with every value that may hold a secret replaced by ``***``."""
    return "".join(
        MASK if hidden else text[a:b] for hidden, a, b in pieces(text, start, end, escaped=escaped)
    )


def _opening(text: str, start: int, *, escaped: bool) -> int:
    """Return where the tag, comment or CDATA begins that ``start`` lies in or after."""
    low = max(start - LOOKBACK, 0)
    for opener, closer in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        begin = text.rfind(opener, low, start)
        if (
            begin >= 0
            and text.find(closer, begin, start) < 0
            and not text.startswith("<", begin + len(opener))
        ):
            return begin
    return max(text.rfind("<", low, start), text.rfind("&lt;", low, start) if escaped else -1, low)


def _hidden(text: str, start: int, end: int, tag: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    shown, at = False, start
    for match in tag.finditer(text, start, end):
        if not shown and text[at : match.start()].strip():
            yield at, match.start()
        if match[0].startswith("<!") and match[0] != "<![CDATA[":
            opener = "<![CDATA[" if match[0].startswith("<![") else "<!--"
            yield match.start() + len(opener), match.end()
        for attribute in _ATTRIBUTE.finditer(text, match.start(), match.end()):
            if _FREE.search(attribute[1]):
                yield attribute.span(2)
        shown, at = _is_choice(match[0]), match.end()
    if not shown and text[at:end].strip():
        yield at, end


def _is_choice(tag: str) -> bool:
    """Tell whether this start tag opens a setting that only chooses between values."""
    if not _CHOICE.match(tag):
        return False
    named = {match[1]: match[2].strip("\"'") for match in _ATTRIBUTE.finditer(tag)}
    if "property" not in named:
        return named.get("name") in {"Operator", "Variable"}  # of a condition
    return named["property"] == "VariableName" or not any(_FREE.search(text) for text in named.values())
