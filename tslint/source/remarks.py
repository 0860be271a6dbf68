"""What people wrote about a task sequence inside it: comments before its steps, and descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from tslint.source.embedded import unwrap, whole
from tslint.source.markup import comments
from tslint.source.printable import shortened, step_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from tslint.source.document import Document

_NODES = frozenset({"sequence", "group", "step", "subtasksequence"})


class Remark(NamedTuple):
    """A text about the elements of ``covered``, numbered as in Place; none where a comment precedes no step.

    It stands in the description of ``element``, or as a comment in the range ``span`` of the document's text.
    ``step`` is the path of the step or group that it is about.
    """

    text: str
    document: Document
    covered: range
    element: int
    step: str
    span: tuple[int, int] | None


def remarks(document: Document, mark: str) -> Iterator[Remark]:
    """Yield the remarks that hold ``mark``: first descriptions, then comments, each in document order.

    A comment is about the step or group right after it; before ``<sequence>``, or before everything in it,
    about the whole of it. Comments outside of the sequence and not right before it are none of its own.
    """
    elements = _Elements(document.sequence)
    for element in elements.all:
        description = element.get("description", "")
        if mark in description and _name(element) in _NODES:
            yield elements.remark(description, document, element, element, None)
    content = whole(document.text) if document.inner is None else unwrap(document.text, *document.inner)
    nodes = _comments(document.sequence.getroottree().getroot())
    following = _following(nodes)
    for comment, (start, end) in zip(nodes, comments(content.text), strict=False):
        text = comment.text or ""
        if mark in text:
            before = following[comment]
            around = comment.getparent()
            if before is document.sequence or (around is not None and around in elements.numbers):
                span = content.start(start), content.end(end)
                subject = _subject(before, around, document.sequence)
                yield elements.remark(text, document, subject, around, span)


def _subject(before: _Element | None, around: _Element | None, sequence: _Element) -> _Element | None:
    """Return the element that a comment is about, given what follows it and what it stands in."""
    if before is sequence or (around is sequence and before is next(sequence.iterchildren("*"), None)):
        return sequence
    return before if before is not None and _name(before) in _NODES else None


class _Elements:
    """The elements of a sequence and their numbers."""

    def __init__(self, sequence: _Element) -> None:
        self.all = list(sequence.iter("*"))
        self.numbers = {element: number for number, element in enumerate(self.all)}
        self._covered: dict[_Element, range] = {}

    def remark(
        self,
        text: str,
        document: Document,
        subject: _Element | None,
        otherwise: _Element | None,
        span: tuple[int, int] | None,
    ) -> Remark:
        """Make the remark on ``subject``; where there is none, it is shown at ``otherwise``."""
        shown = otherwise if subject is None else subject
        covered = range(0) if subject is None else self._range(subject)
        if shown is None:  # a comment before the sequence, which has no element around it
            return Remark(text, document, covered, 0, "", span)
        return Remark(text, document, covered, self.numbers[shown], self._path(shown), span)

    def _range(self, element: _Element) -> range:
        if element not in self._covered:
            first = self.numbers[element]
            self._covered[element] = range(first, first + sum(1 for _ in element.iter("*")))
        return self._covered[element]

    def _path(self, element: _Element) -> str:
        chain = [element, *element.iterancestors("*")]
        inside = [one for one in chain if one in self.numbers and one is not self.all[0]]
        names = (shortened(one.get("name", "")) for one in reversed(inside) if _name(one) in _NODES)
        return step_path("/".join(names))


def _comments(root: _Element) -> list[_Element]:
    """Return all comments in document order; XPath would sort thousands of siblings in quadratic time."""
    from lxml.etree import Comment

    before = reversed([*root.itersiblings(Comment, preceding=True)])
    return [*before, *root.iter(Comment), *root.itersiblings(Comment)]


def _following(comments: list[_Element]) -> dict[_Element, _Element | None]:
    """Return the next element beside each comment; other comments may stand between."""
    found: dict[_Element, _Element | None] = {}
    for comment in reversed(comments):
        after = comment.getnext()
        while after is not None and not _name(after) and after not in found:
            after = after.getnext()  # a processing instruction
        found[comment] = found.get(after, after) if after is not None else None
    return found


def _name(node: _Element) -> str:
    """Return the tag in lower case, "" for comments and processing instructions."""
    tag = cast("object", node.tag)
    return tag.lower() if isinstance(tag, str) else ""
