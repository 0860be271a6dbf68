"""Two versions of a task sequence as one outline: the new one, with what was removed where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.report.page.outline import outline_of, own_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tslint.flow.timeline import Timeline
    from tslint.report.page.outline import Changed, Line, Outline, Source
    from tslint.review.difference import Difference


class Versions(NamedTuple):
    """A task sequence of which two versions differ. ``paths`` are the step paths of the outline's lines.

    That of a removed one is "".
    """

    difference: Difference
    outline: Outline
    paths: tuple[str, ...]


def versions(difference: Difference, old: Timeline | None, new: Timeline | None, source: Source) -> Versions:
    """Lay two versions into one outline; None where there is but one."""
    rows = difference.rows
    before = _lines(old, {row.old for row in rows if row.new < 0}, source)
    after = _lines(new, {row.new for row in rows}, source)
    lines, around, paths = [], list[str](), []
    for row in rows:
        line = after[row.new] if row.new >= 0 else before[row.old]
        if new is not None and row.new < 0:
            line = line._replace(number=None)  # which is another one's now
        lines.append(line._replace(depth=row.depth, change=_changed(difference, row.changes)))
        del around[row.depth :]
        around.append(line.name)
        paths.append("/".join(around) if row.new >= 0 else "")
    whole = new or old
    assert whole is not None  # noqa: S101 - one of two
    return Versions(difference, outline_of(whole.root, tuple(lines), source), tuple(paths))


def _lines(line: Timeline | None, elements: Collection[int], source: Source) -> Mapping[int, Line]:
    return {} if line is None else own_lines(line, elements, source)


def _changed(difference: Difference, changes: tuple[int, ...]) -> Changed:
    kinds = {difference.changes[number].kind for number in changes}
    if "added" in kinds:
        return "added"
    if "removed" in kinds:
        return "removed"
    if "moved" in kinds:
        return "moved"
    return "changed" if kinds else ""


def topmost(outline: Outline) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the lines that changed, each with how many lines it brings or takes along.

    What is in an added or removed group is told with it.
    """
    lines = outline.lines
    at = 0
    while at < len(lines):
        line, end = lines[at], at + 1
        if line.change in ("added", "removed"):
            while end < len(lines) and lines[end].depth > line.depth and lines[end].change == line.change:
                end += 1
        if line.change:
            yield at, end - at - 1
        at = end
