"""What the templates of the page are given: the lines of the task sequences, and the findings at them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.finding import Place
from tslint.report.escape import escape, inert
from tslint.report.told import beside, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tslint.lint.finding import Note, Point
    from tslint.report.advice import Advice
    from tslint.report.located import Located, Spot
    from tslint.report.page.outline import Line, Outline


class Node(NamedTuple):
    """A line of the tree, and the findings at it, by number.

    ``opens`` says that lines below it follow, ``closes`` how many lists of such end after it: a template
    that called itself for them would meet the bound on recursion.
    """

    number: int
    line: Line
    findings: list[int]
    opens: bool
    closes: int


class Told(NamedTuple):
    """One line of the path to a finding. ``at`` is the number of its line in the tree, -1 for none."""

    kind: str
    text: str
    where: str
    at: int


class Shown(NamedTuple):
    """A finding as it is shown."""

    number: int
    level: str
    rule: str
    name: str
    category: str
    message: str
    place: str
    step: str
    sequence: str
    at: int
    path: tuple[Told, ...]
    related: tuple[Told, ...]
    mend: str
    command: str


class Variable(NamedTuple):
    """A variable, and the numbers of the lines that set, read and test it."""

    name: str
    sets: list[int]
    reads: list[int]
    tests: list[int]


class Tree(NamedTuple):
    """A task sequence: its lines, and its variables."""

    outline: Outline
    nodes: list[Node]
    variables: list[Variable]


def plain(text: str) -> str:
    """Return text of a file as a page may hold it: nothing in it reorders, hides or commands a log."""
    return inert("\n".join(map(escape, text.split("\n"))))


class View:
    """The lines of all task sequences, numbered, and the findings at them."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self.trees: list[Tree] = []
        self.nodes: list[Node] = []
        self._of_file: dict[str, tuple[list[int], list[int]]] = {}
        for one in outlines:
            self.trees.append(self._tree(one))
        for file, (elements, numbers) in self._of_file.items():
            order = sorted(range(len(elements)), key=lambda at: (elements[at], numbers[at]))
            self._of_file[file] = [elements[at] for at in order], [numbers[at] for at in order]

    def _tree(self, one: Outline) -> Tree:
        nodes: list[Node] = []
        variables: dict[str, Variable] = {}
        depths = _depths(one.lines)
        for at, line in enumerate(one.lines):
            change = depths[at + 1] - depths[at]
            node = Node(len(self.nodes), line, [], opens=change > 0, closes=max(-change, 0))
            self.nodes.append(node)
            nodes.append(node)
            if line.kind != "list":
                elements, numbers = self._of_file.setdefault(line.file, ([], []))
                elements.append(line.element)
                numbers.append(node.number)
            for role in ("sets", "reads", "tests"):
                for name in getattr(line, role):
                    known = variables.setdefault(name.lower(), Variable(name, [], [], []))
                    getattr(known, role).append(node.number)
        return Tree(one, nodes, [variables[name] for name in sorted(variables)])

    def shown(self, found: Located, number: int, category: str, advice: Advice) -> Shown:
        """Return a finding as it is shown, and note it at its line."""
        finding, spot = found.finding, found.spot
        at = self._line(finding.place, spot)
        if at >= 0:
            self.nodes[at].findings.append(number)
        told = numbered(spot)
        return Shown(
            number=number,
            level=finding.level,
            rule=finding.rule,
            name=finding.name,
            category=category,
            message=finding.message,
            place=f"{spot.origin}:{spot.line}:{spot.column}",
            step=f"{spot.step} ({told})" if told else spot.step,
            sequence=spot.sequence,
            at=at,
            path=tuple(self._told(note, where, spot) for note, where in found.path),
            related=tuple(
                Told("see", other.text, beside(where, spot), self._line(other.place, where))
                for other, where in found.related
            ),
            mend=advice.text,
            command=advice.command,
        )

    def _told(self, note: Note, where: Spot | None, main: Spot) -> Told:
        if where is None or note.place is None:
            return Told(note.kind, note.text, "", -1)
        return Told(note.kind, note.text, beside(where, main), self._line(note.place, where))

    def _line(self, place: Place | Point, spot: Spot) -> int:
        """Return the line of the tree that a place is in: where a child runs twice, that with its number."""
        if not isinstance(place, Place):
            return -1
        elements, numbers = self._of_file.get(str(spot.origin), ([], []))
        last = bisect_right(elements, place.element) - 1
        if last < 0:
            return -1
        same = numbers[bisect_left(elements, elements[last]) : last + 1]
        return _numbered(same, self.nodes, place.number)


def _numbered(lines: Sequence[int], nodes: Sequence[Node], number: int | None) -> int:
    return next((one for one in lines if nodes[one].line.number == number), lines[0])


def _depths(lines: Sequence[Line]) -> list[int]:
    """Return how deep each line stands, at most one deeper than the line before, and 0 for the end."""
    depths: list[int] = []
    for line in lines:
        depths.append(min(line.depth, depths[-1] + 1 if depths else 0))
    return [*depths, 0]
