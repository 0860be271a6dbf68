"""What the templates of the page are given: the lines of the task sequences, and what stands at them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tslint.lint.finding import Place
from tslint.report.page.pieces import pieces, quoted_in
from tslint.report.page.variables import variables_of
from tslint.report.told import beside, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tslint.lint.finding import Note, Point
    from tslint.report.advice import Advice
    from tslint.report.located import Located, Spot
    from tslint.report.page.outline import Fact, Line, Outline
    from tslint.report.page.pieces import Piece
    from tslint.report.page.variables import Variable


# Characters of commands and scripts that are coloured: that makes a page three times as large.
MOST_COLOURED = 2_000_000


class Card(Protocol):
    """What the list beside the tree has of a line: a finding, or a change."""

    @property
    def id(self) -> str:
        """Its name in the page."""

    @property
    def kind(self) -> str:
        """The level of a finding, the kind of a change."""

    @property
    def badge(self) -> str:
        """What stands at the line for it."""

    @property
    def text(self) -> str:
        """What it says, in a sentence."""


class Node(NamedTuple):
    """A line of the tree, and the cards at it.

    ``opens`` says that lines below it follow, ``closes`` how many lists of such end after it: a template
    that called itself for them would meet the bound on recursion.
    """

    number: int
    line: Line
    cards: list[Card]
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

    @property
    def id(self) -> str:
        """Its name in the page."""
        return f"f{self.number}"

    @property
    def kind(self) -> str:
        """Its level."""
        return self.level

    @property
    def badge(self) -> str:
        """Its rule."""
        return self.rule

    @property
    def text(self) -> str:
        """Its message."""
        return self.message


class Tree(NamedTuple):
    """A task sequence: its lines, and its variables. ``rows`` are the names of those in the page."""

    id: str
    outline: Outline
    nodes: list[Node]
    variables: list[Variable]
    rows: dict[str, str]

    def counts(self) -> list[tuple[str, int]]:
        """Count the cards at its lines by kind."""
        return sorted(Counter(card.kind for node in self.nodes for card in node.cards).items())


class View:
    """The lines of all task sequences, numbered, and the cards at them."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self.trees: list[Tree] = []
        self.nodes: list[Node] = []
        self._of_file: dict[str, tuple[list[int], list[int]]] = {}
        self._meant: dict[int, list[tuple[int, str, str]]] = {}
        self._coloured = 0
        for one in outlines:
            self.trees.append(self._tree(one))
        for file, (elements, numbers) in self._of_file.items():
            order = sorted(range(len(elements)), key=lambda at: (elements[at], numbers[at]))
            self._of_file[file] = [elements[at] for at in order], [numbers[at] for at in order]

    @property
    def has_variables(self) -> bool:
        """Whether a task sequence sets, reads or tests a variable."""
        return any(tree.variables for tree in self.trees)

    @property
    def has_notes(self) -> bool:
        """Whether anything stands out among the variables."""
        return any(variable.note for tree in self.trees for variable in tree.variables)

    def _tree(self, one: Outline) -> Tree:
        nodes: list[Node] = []
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
        variables = variables_of(one, nodes[0].number if nodes else 0)
        number = len(self.trees)
        rows = {known.name.lower(): f"v{number}-{at}" for at, known in enumerate(variables)}
        return Tree(f"t{number}", one, nodes, variables, rows)

    def shown(self, found: Located, number: int, category: str, advice: Advice) -> Shown:
        """Return a finding as it is shown, and note it at its line."""
        finding, spot = found.finding, found.spot
        at = self._line(finding.place, spot)
        told = numbered(spot)
        shown = Shown(
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
        if at >= 0:
            self.nodes[at].cards.append(shown)
            element = finding.place.element if isinstance(finding.place, Place) else -1
            self._meant.setdefault(at, []).append((element, finding.message, finding.command))
        return shown

    def meant(self, node: Node, element: int) -> bool:
        """Say whether a finding is about what an element in a line says."""
        return element >= 0 and any(element == at for at, _, _ in self._meant.get(node.number, ()))

    def pieces(self, node: Node, fact: Fact) -> list[Piece]:
        """Cut a value into pieces, and mark what findings at its line speak of."""
        texts: dict[str, None] = {}
        for _, message, command in self._meant.get(node.number, ()):
            texts |= dict.fromkeys((*quoted_in(message), command))
        texts.pop(node.line.name, None)
        self._coloured += len(fact.value)
        return pieces(fact.value, fact.kind if self._coloured <= MOST_COLOURED else None, texts)

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
