"""Text to an XML tree, or to the exact place where it fails."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from lxml import etree

from tslint.source.bounds import MAX_ATTRIBUTES, MAX_DEPTH, MAX_NODES
from tslint.source.markup import attributes
from tslint.source.printable import printable

if TYPE_CHECKING:
    from lxml.etree import _Element

# U+FEFF: libxml2 passes over one at the start, even when a byte-order mark was there already.
_DOCTYPE = r"(?s)(?>[\s\ufeff]+|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE"
_ESCAPED_NODE = r"&(?:lt;[^/\s&]|#)"
_ESCAPED = r"\s*+(?=&lt;)"

# From this many bytes libxml2 must be told that they are meant (parserInternals.h, XML_MAX_LOOKUP_LIMIT).
_HUGE = 10_000_000
# From one < to the next; more than MAX_ATTRIBUTES take more than this many characters.
_LONG_TAG = 5 * MAX_ATTRIBUTES
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")

# Messages for codes of expat (expat.h, enum XML_Error); any other code has expat's own words.
_REASONS = {
    2: "a character stands here that XML does not allow",
    4: "a character stands here that XML does not allow at this place",
    5: "a tag or comment that begins here does not end: the file looks truncated",
    8: "an attribute stands twice in this tag",
    9: "something follows the end of the root element",
    11: "an entity is used that XML does not know; write & as &amp;",
    17: "something stands before the XML declaration; remove it, so that <?xml comes first",
    20: "the text ends within a CDATA section: the file looks truncated",
    27: "a prefix is used that no xmlns attribute declares",
}


class ParseError(Exception):
    """The text cannot be taken: the rule that says so, why, and at which offset."""

    def __init__(self, rule: Literal["TS001", "TS004"], message: str, offset: int) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.offset = offset


def parse(text: str) -> _Element:
    """Return the root element; comments are kept. Raises ParseError.

    An encoding that the XML declaration names is ignored: the text is decoded already.
    """
    _refuse(text)
    data = text.encode()
    huge = len(data) >= _HUGE
    try:
        root = etree.fromstring(data, _parser(huge=huge))
    except etree.XMLSyntaxError as error:
        raise _diagnosis(text, data, (error.msg or "").partition(", line")[0]) from None
    if _TOO_DEEP(root):
        raise _diagnosis(text, data, "")
    return root


@cache
def _parser(*, huge: bool) -> etree.XMLParser:
    """Return the parser, made once.

    ``huge`` lifts libxml2's guards: against entities that multiply, which a text without a document type
    cannot define, and against depth, which is checked here.
    """
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=huge, load_dtd=False
    )


def _refuse(text: str) -> None:
    if not text or text.isspace():
        raise ParseError("TS001", "The file is empty; export the task sequence again", 0)
    doctype = re.match(_DOCTYPE, text) if "<!DOCTYPE" in text else None
    if doctype:
        message = "A document type (<!DOCTYPE) stands here; no export has one, remove it"
        raise ParseError("TS001", message, doctype.end() - len("<!DOCTYPE"))
    # The smallest takes four characters, so that most texts need not be counted.
    if len(text) > 4 * MAX_NODES and _most_nodes(text) > MAX_NODES:
        raise ParseError("TS004", f"More than {MAX_NODES:,} elements and attributes; split the file", 0)
    if len(text) > _LONG_TAG:
        for tag in re.finditer(rf"<[^\s<>/!?]++(?=[^<]{{{_LONG_TAG}}})", text):
            if sum(1 for _ in islice(attributes(text, tag.end()), MAX_ATTRIBUTES + 1)) > MAX_ATTRIBUTES:
                raise ParseError("TS004", f"A tag with more than {MAX_ATTRIBUTES:,} attributes", tag.start())


def _most_nodes(text: str) -> int:
    """Bound the elements, comments and attributes of a text, and of XML that it holds escaped.

    None begins without one of these characters; an end tag is none.
    """
    escaped = sum(1 for _ in re.finditer(_ESCAPED_NODE, text))
    return text.count("<") - text.count("</") + text.count("=") + escaped


def _diagnosis(text: str, data: bytes, otherwise: str) -> ParseError:
    """Parse again with expat, whose byte index is exact also on a line of several megabytes."""
    escaped = re.match(_ESCAPED, text)
    if escaped:
        message = (
            "The XML is escaped: it begins with &lt; instead of <. Export it again, in PowerShell "
            "with (Get-CMTaskSequence -Name NAME).Sequence | Set-Content -Encoding utf8 FILE"
        )
        return ParseError("TS001", message, escaped.end())
    from xml.parsers import expat

    parser = expat.ParserCreate("utf-8", " ")
    opened: list[str] = []

    def open_element(name: str, _: object) -> None:
        opened.append(name)
        if len(opened) > MAX_DEPTH:
            message = f"Elements nest more than {MAX_DEPTH} deep"
            raise ParseError("TS004", message, _code_points(data, parser.CurrentByteIndex))

    parser.StartElementHandler = open_element
    parser.EndElementHandler = lambda _: opened.pop()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = _reason(error.code, opened) or expat.ErrorString(error.code)
        return ParseError("TS001", f"Not well-formed: {reason}", _code_points(data, parser.ErrorByteIndex))
    except ParseError as error:
        return error
    return ParseError("TS001", f"Not well-formed: {printable(otherwise)}", 0)


def _reason(code: int, opened: list[str]) -> str | None:
    innermost = f"<{printable(opened[-1], 60)}>" if opened else "the root element"
    if code == 3:
        return f"the text ends before {innermost} does: the file looks truncated"
    if code == 7:
        return f"this end tag does not belong to {innermost}, which is the element to close"
    return _REASONS.get(code)


def _code_points(data: bytes, index: int) -> int:
    return len(data[: max(index, 0)].decode("utf-8", "ignore"))
