"""Exact places in a document, worked out for documents with findings only."""

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tslint.source.embedded import unwrap, whole
from tslint.source.lines import line_starts, position
from tslint.source.markup import attribute_span, content_span, start_tag, start_tags

if TYPE_CHECKING:
    from tslint.source.document import Document

TEXT_NODE = "text()"


class Region(NamedTuple):
    """A half-open range of the outer file: offsets in code points, lines and columns from 1."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


class Locator:
    """Finds the elements of one document. Reads its text once, as far as it is asked for."""

    __slots__ = ("_content", "_first", "_known", "_lines", "_rest", "_tags")

    def __init__(self, document: "Document") -> None:
        text = document.text
        self._content = whole(text) if document.inner is None else unwrap(text, *document.inner)
        self._tags: list[int] = []
        self._rest = iter(start_tags(self._content.text))
        self._lines = line_starts(text)
        self._first = document.first
        self._known: dict[tuple[int, str], Region] = {}  # one tag of megabytes may be asked for very often

    def region(self, index: int, attribute: str = "") -> Region:
        """Return where an element is: its ``<name``, an attribute with its value, or with "text()" its text.

        ``index`` counts the elements from the sequence (0) in document order. The text goes without white
        space around it. What is not there is shown at the element's name. Raises IndexError.
        """
        found = self._known.get((index, attribute))
        if found is None:
            content = self._content
            wanted = self._first + index
            self._tags += islice(self._rest, max(0, wanted + 1 - len(self._tags)))
            start, end = self._span(self._tags[wanted], attribute)
            found = self._known[index, attribute] = self.span(content.start(start), content.end(end))
        return found

    def span(self, start: int, end: int) -> Region:
        """Return where a range of the outer file is."""
        return Region(start, end, *position(self._lines, start), *position(self._lines, end))

    def _span(self, offset: int, attribute: str) -> tuple[int, int]:
        text = self._content.text
        tag = start_tag(text, offset)
        name = offset, tag.end(1)
        if attribute == TEXT_NODE:
            start, end = content_span(text, tag)
            said = text[start:end].strip()
            start = text.find(said, start)
            return (start, start + len(said)) if said else name
        return (attribute_span(text, tag, attribute) if attribute else None) or name
