"""Findings with their places worked out: file, lines and columns, once for all formats."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.finding import Finding, Note, Place, Point, Related
from tslint.report.mask import Mask
from tslint.source.document import Document, Origin
from tslint.source.lines import line_starts

if TYPE_CHECKING:
    from tslint.source.locate import Locator


class Spot(NamedTuple):
    """A place in a file. Lines and columns are 1-based code points, the end is exclusive.

    ``start`` and ``end`` are offsets into ``text``, the whole decoded file; ``mask`` is what of it may not be
    shown. ``step`` is the step path ("" for none), ``number`` the step's in smsts.log, ``sequence`` the name
    of the task sequence. ``escaped`` tells that it is written with ``&lt;``.
    """

    origin: Origin
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    text: str
    mask: Mask
    step: str = ""
    number: int | None = None
    escaped: bool = False
    sequence: str = ""


class Located(NamedTuple):
    """A finding and its places: its own, and those of its ``path`` and ``related`` notes in their order."""

    finding: Finding
    spot: Spot
    path: tuple[tuple[Note, Spot | None], ...]
    related: tuple[tuple[Related, Spot], ...]

    @property
    def order(self) -> tuple[str | int, ...]:
        """What findings are sorted by: file, line, column, rule; and what tells two of them apart."""
        spot, finding = self.spot, self.finding
        start, end = (spot.line, spot.column), (spot.end_line, spot.end_column)
        return str(spot.origin), *start, finding.rule, *end, finding.message


def located(findings: Iterable[Finding], mask: Mask) -> tuple[Located, ...]:
    """Work out every place; order by file, line, column and rule, and tell equal findings once.

    Every output is made of what this returns, so this is where secrets are masked.
    Equal are findings of one rule with one message at one place: the same file named twice, say.
    """
    spot = _finder(mask)
    unique: dict[tuple[str | int, ...], Located] = {}
    for finding in map(mask.finding, findings):
        where = _point(finding.place, mask) if isinstance(finding.place, Point) else spot(finding.place)
        one = Located(finding, where, (), ())
        if one.order not in unique:
            path = tuple((note, spot(note.place) if note.place else None) for note in finding.path)
            related = tuple((other, spot(other.place)) for other in finding.related)
            unique[one.order] = one._replace(path=path, related=related)
    return tuple(_with_doubts(unique[key] for key in sorted(unique)))


def _with_doubts(findings: Iterable[Located]) -> Iterator[Located]:
    """Say in the message why a finding is only a note: the same reason once a file.

    Of a suppressed one nobody may see the message: it is not the one that says it for others.
    """
    told: set[tuple[str, str]] = set()
    for one in findings:
        finding, key = one.finding, (str(one.spot.origin), one.finding.doubt)
        if finding.doubt and key not in told:
            message = f"{finding.message.removesuffix('.')}; only a note, because {finding.doubt}."
            yield one._replace(finding=finding._replace(message=message))
            told |= set() if finding.suppressed else {key}
        else:
            yield one


def _finder(mask: Mask) -> Callable[[Place], Spot]:
    """Return a function from places to spots that reads each document's positions once."""
    locators: dict[int, tuple[Document, Locator]] = {}

    def spot(place: Place) -> Spot:
        document = place.document
        if id(document) not in locators:
            from tslint.source.locate import Locator

            locators[id(document)] = document, Locator(document)
        locator = locators[id(document)][1]
        region = locator.span(*place.span) if place.span else locator.region(place.element, place.attribute)
        return Spot(
            origin=document.origin,
            line=region.line,
            column=region.column,
            end_line=region.end_line,
            end_column=region.end_column,
            start=region.start,
            end=region.end,
            text=document.text,
            step=place.step,
            number=place.number,
            sequence=place.sequence,
            escaped=_is_escaped(document),
            mask=mask,
        )

    return spot


def _is_escaped(document: Document) -> bool:
    begin = document.inner[0] if document.inner else 0
    return document.text[begin : begin + 99].lstrip().startswith("&lt;")


def _point(point: Point, mask: Mask) -> Spot:
    """Show a point as one character, even where the file ends before it."""
    text = point.text
    starts = line_starts(text)
    start = min(starts[min(point.line, len(starts)) - 1] + point.column - 1, len(text))
    return Spot(
        origin=point.origin,
        line=point.line,
        column=point.column,
        end_line=point.line,
        end_column=point.column + 1,
        start=start,
        end=min(start + 1, len(text)),
        text=text,
        mask=mask,
    )
