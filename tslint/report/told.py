"""Where a finding is and how it comes about, in words: for the formats that have no fields of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.lint.finding import Note, Related
    from tslint.report.located import Located, Spot

# Lines of a story. A reader of annotations sees a few of them, and whoever wants all has another format.
MOST_LINES = 20
# Characters of one line: a condition may hold a query of any length.
LONGEST_LINE = 200

_SAID = {"condition": "when {}", "runs": "runs '{}'", "skipped": "skips '{}'"}


def numbered(spot: Spot) -> str:
    """Return the step's number as people look it up, "" where it cannot be known."""
    return "" if spot.number is None else f"step {spot.number} in smsts.log"


def about(spot: Spot) -> Iterator[str]:
    """Yield lines that name the task sequence and the step, where there are such."""
    if spot.sequence:
        yield f"Task sequence: {spot.sequence}"
    if spot.step:
        yield f"Step: {spot.step}" + ("" if spot.number is None else f" ({numbered(spot)})")


def where(spot: Spot, *, pointed: bool = False) -> str:
    """Tell the same as the tail of a message, with the line in a zip: nobody can point into one.

    Where the line is ``pointed`` at in so many words it is not told again.
    """
    parts = [f"at '{spot.step}'"] if spot.step else []
    parts += [numbered(spot)] if spot.number is not None else []
    parts += [f"of '{spot.sequence}'"] if spot.sequence else []
    if spot.origin.member and not pointed:
        parts += [f"in '{spot.origin.member}'", f"line {spot.line}", f"column {spot.column}"]
    told = ", ".join(parts)
    return f" ({told[0].upper()}{told[1:]}.)" if told else ""


def beside(spot: Spot, main: Spot) -> str:
    """Return a place as short as it can be told beside the finding's own: the file only if it is another."""
    number = "" if spot.number is None else f", step {spot.number}"
    if str(spot.origin) == str(main.origin):
        return f"line {spot.line}{number}"
    shared = spot.origin.file == main.origin.file and spot.origin.member
    return f"{spot.origin.member if shared else str(spot.origin)}:{spot.line}:{spot.column}{number}"


def explanation(found: Located, most: int = MOST_LINES) -> Iterator[str]:
    """Yield the conditions that must hold and what happens under them, a line each, so many at most."""
    left = len(found.path) - most
    for note, spot in found.path[:most]:
        place = f" ({beside(spot, found.spot)})" if spot else ""
        yield f"{_line(note)}{place}"
    if left > 0:
        yield f"and {left} more"


def others(found: Located) -> list[tuple[Related, Spot]]:
    """Return the steps that explain a finding besides: what its path does not tell."""
    told = {(str(spot.origin), spot.start) for _, spot in found.path if spot}
    return [(o, at) for o, at in found.related if not (o.again and (str(at.origin), at.start) in told)]


def see_also(found: Located) -> Iterator[str]:
    """Yield these, a line each: a step that is disabled, one that sets the value."""
    for other, spot in others(found)[:MOST_LINES]:
        yield f"{shortened(other.text, LONGEST_LINE)} ({beside(spot, found.spot)})"


def _line(note: Note) -> str:
    return _SAID.get(note.kind, "{}").format(shortened(note.text, LONGEST_LINE))
