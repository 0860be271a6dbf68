"""A task sequence whose text is to be changed: its model, and where each element stands in its text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tslint.mend.cannot import CannotMendError
from tslint.model.read import read
from tslint.model.sequence import Group
from tslint.source.element_spans import Span, element_spans
from tslint.source.embedded import Embedded, unwrap, whole
from tslint.source.lines import line_starts
from tslint.source.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.model.sequence import Node, TaskSequence
    from tslint.source.document import Document


_CDATA = "<![CDATA["
A_GROUP = "a group"


class Replacement(NamedTuple):
    """A range of a text, and what is to stand there instead."""

    start: int
    end: int
    text: str


class Where(NamedTuple):
    """Where a step or group stands: in which group (None at the top), among which, as the how many-th."""

    group: Group | None
    siblings: Sequence[Node]
    position: int


class OpenSequence:
    """A document's sequence, read anew from its text: a finding keeps the text only."""

    def __init__(self, document: Document) -> None:
        text = document.text
        self.document = document
        self.content: Embedded = whole(text) if document.inner is None else unwrap(text, *document.inner)
        self._spans = element_spans(self.content.text)
        root = parse(self.content.text)
        elements = enumerate(root.iter("*"))
        element = next((one for number, one in elements if number == document.first), None)
        if element is None or len(self._spans) <= document.first:
            raise CannotMendError("the file is not as it was when it was linted")
        self.sequence: TaskSequence = read(document._replace(sequence=element))
        self.nodes: dict[int, Node] = {}
        self._where: dict[int, Where] = {}
        self._note(None, self.sequence.children)

    def _note(self, group: Group | None, siblings: Sequence[Node]) -> None:
        for index, node in enumerate(siblings):
            self.nodes[node.element] = node
            self._where[node.element] = Where(group, siblings, index)
            if isinstance(node, Group):
                self._note(node, node.children)

    @cached_property
    def names(self) -> Counter[str]:
        """How many steps and groups have each name, in small letters."""
        return Counter(name_of(node) for node in self.nodes.values())

    @cached_property
    def names_of_kinds(self) -> Counter[tuple[str, str]]:
        """How many steps of each type, and groups, have each name, in small letters."""
        return Counter((kind_of(node), name_of(node)) for node in self.nodes.values())

    @cached_property
    def one_tag(self) -> str:
        """How the file ends an element without content."""
        text = self.content.text
        return " />" if 2 * text.count(" />") > text.count("/>") else "/>"

    @cached_property
    def lines(self) -> list[int]:
        """Where the lines of the file begin."""
        return line_starts(self.document.text)

    def where(self, node: Node) -> Where:
        """Return where a step or group stands."""
        return self._where[node.element]

    def groups_around(self, node: Node) -> list[Group]:
        """Return the groups that a step or group is in, the innermost first."""
        found = []
        group = self.where(node).group
        while group is not None:
            found.append(group)
            group = self.where(group).group
        return found

    def span(self, element: int) -> Span:
        """Return where an element stands in ``content``; its number counts from the sequence (0)."""
        return self._spans[self.document.first + element]

    def inside(self, element: int, name: str) -> Iterator[int]:
        """Yield the numbers of the elements of this name, in small letters, directly inside another."""
        parent = self.document.first + element
        end = self._spans[parent].end
        for number in range(parent + 1, len(self._spans)):
            span = self._spans[number]
            if span.start >= end:
                return
            if span.parent == parent and span.name == name:
                yield number - self.document.first

    def in_file(self, changes: Sequence[Replacement]) -> list[Replacement]:
        """Return changes of ``content`` as changes of the whole text, written as it has to stand there."""
        if self.document.inner is None:
            return list(changes)
        return [self._outer(change) for change in changes]

    def _outer(self, change: Replacement) -> Replacement:
        start = self.content.start(change.start)
        end = start if change.end == change.start else self.content.end(change.end)
        return Replacement(start, end, self._written(change.text, start))

    def _written(self, text: str, place: int) -> str:
        """Write text as it has to stand at a place of the file: in a CDATA section, or escaped."""
        pieces = self.content.outer_starts
        start = pieces[max(bisect_right(pieces, place) - 1, 0)]
        if self.document.text[max(start - len(_CDATA), 0) : start] == _CDATA:
            return text.replace("]]>", f"]]]]>{_CDATA}>")
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def name_of(node: Node) -> str:
    """Return the whole name of a step or group, in small letters."""
    return node.attributes.get("name", "").lower()


def kind_of(node: Node) -> str:
    """Return the type of a step; a group has one of its own."""
    return A_GROUP if isinstance(node, Group) else node.type


def check_apart(changes: Sequence[Replacement]) -> None:
    """Raise CannotMendError where two changes touch one another."""
    done = 0
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if change.start < done:
            raise CannotMendError("two of its edits touch the same place")
        done = change.end


def changed(text: str, changes: Sequence[Replacement]) -> str:
    """Return a text with changes made, of which no two touch one another."""
    parts: list[str] = []
    done = 0
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        parts += (text[done : change.start], change.text)
        done = change.end
    return "".join((*parts, text[done:]))
