"""A finding: what is wrong, where (symbolically), how it comes about, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tslint.source.document import Document, Origin

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("note", "warning", "error")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where in a document. Lines and columns are worked out by ``source.locate`` only when reported.

    ``index`` is an element of the document (0 is ``<sequence>``). ``attribute`` names an attribute of its
    start tag, or "" for the tag itself; "text()" is the element's text.
    ``step`` is the step path: names of groups and step, joined by "/".
    """

    document: Document
    index: int
    step: str
    attribute: str = ""
    number: int | None = None  # as smsts.log counts, None where it cannot be known


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A fixed place in a file that could not be read: 1-based line and column."""

    origin: Origin
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """One line of the story: a condition that must hold, or a step that runs or is skipped."""

    kind: Literal["condition", "runs", "skipped", "end"]
    text: str
    place: Place | None


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """A second place that belongs to the finding, with what it has to do with it."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One finding. ``message`` is one sentence; ``path`` the story that leads there, if one is needed."""

    rule: str
    name: str
    level: Level
    message: str
    place: Place | Point
    path: tuple[Note, ...] = ()
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
