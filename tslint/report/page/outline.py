"""Task sequences as people read them: their lines in order, with what there is to say of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from tslint.flow.flow import Flow
from tslint.flow.timeline import around
from tslint.flow.writes import writes_of
from tslint.logic.effort import EffortExceededError
from tslint.logic.text import references
from tslint.model.condition import tests_in
from tslint.model.condition_words import in_a_line, in_words, test_in_words
from tslint.review.decided import Decided
from tslint.review.facts import facts_of
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Entry, Timeline
    from tslint.logic.effort import Effort
    from tslint.model.condition import Condition, Expression
    from tslint.model.sequence import TaskSequence
    from tslint.review.facts import Kind, Names

Phase = Literal["Windows PE", "full OS", ""]
# How two versions differ in a line.
Changed = Literal["added", "removed", "moved", "changed", ""]

# Characters of one setting or script of a page.
MOST_OF_VALUE = 50_000
# Characters of all settings and scripts of a page: a child that runs often is there as often.
MOST_TEXT = 20_000_000
_LEFT_OUT = "left out: this page has too much text in it"
# Characters of the condition beside a line, which its panel has whole.
_MOST_BESIDE = 300

# Facts that a line itself shows.
_MARKED = ("disabled", "condition", "continueOnError")
# Variables that Configuration Manager sets or reads by itself, or may.
_OF_THE_PRODUCT = ("_", "osd", "smsts", "smsclient")
_WORD = re.compile(r"[\w.-]+")
_QUOTED = re.compile(r"(?<=[\"'])[\w.-]{1,256}(?=[\"'])")

# What a step is about, by words of its type; the first that is in it counts.
_ICONS = (
    ("Group", "group"),
    ("Variable", "variable"),
    ("Reboot", "restart"),
    ("Disk", "disk"),
    ("Partition", "disk"),
    ("BitLocker", "lock"),
    ("State", "user"),
    ("Install", "package"),
    ("Download", "package"),
    ("Sub", "group"),
    ("Apply", "system"),
    ("Setup", "system"),
    ("Upgrade", "system"),
    ("Prepare", "system"),
)


class Fact(NamedTuple):
    """One thing to say of a line. ``element`` is the number of the element that says it, -1 for none."""

    label: str
    value: str
    kind: Kind = "setting"
    element: int = -1


class Test(NamedTuple):
    """A line of a condition in words, indented. ``element`` is that of the test, -1 where it combines."""

    text: str
    element: int = -1


class Line(NamedTuple):
    """A group or step. ``number`` is that of smsts.log, ``element`` its place in the document of ``file``.

    ``beside`` is its condition as far as it is shown beside the name, ``conditions`` the whole. ``change`` is
    how two versions differ here.
    """

    kind: Literal["group", "step", "list"]
    icon: str
    name: str
    what: str
    number: int | None
    depth: int
    file: str
    element: int
    active: bool
    disabled: bool
    goes_on: bool
    beside: str
    conditions: tuple[Test, ...]
    facts: tuple[Fact, ...]
    phase: Phase
    sets: tuple[str, ...]
    reads: tuple[str, ...]
    tests: tuple[str, ...]
    change: Changed = ""


class Outline(NamedTuple):
    """A task sequence that no other one runs, with those that it runs in their places.

    ``own`` are the variables, in lower case, that nothing but groups and steps can know of.
    """

    file: str
    name: str
    package: str
    lines: tuple[Line, ...]
    own: frozenset[str] = frozenset()


class Source(NamedTuple):
    """What outlines are made with: names, what every text of a file passes, and what may be spent.

    ``text`` masks secrets. ``room`` counts down the characters that are left for settings and scripts.
    """

    names: Names
    text: Callable[[str], str]
    effort: Effort
    room: Room


class Room:
    """What is left for the texts of a page."""

    def __init__(self) -> None:
        self._left = MOST_TEXT

    def take(self, text: str) -> str:
        """Return as much of a text as is shown."""
        shown = shortened(text, MOST_OF_VALUE)
        self._left -= len(shown)
        return shown if self._left >= 0 else _LEFT_OUT


def outline(line: Timeline, source: Source) -> Outline:
    """Outline a task sequence that no other one runs."""
    outliner = _Outliner(line, source)
    return outline_of(line.root, tuple(map(outliner.line, line.nodes)), source)


def own_lines(line: Timeline, elements: Collection[int], source: Source) -> Mapping[int, Line]:
    """Return groups and steps of a task sequence itself, of these elements, by them."""
    outliner = _Outliner(line, source)
    own = (entry for entry in line.nodes if entry.sequence is line.root and entry.step.element in elements)
    return {entry.step.element: outliner.line(entry) for entry in own}


def outline_of(root: TaskSequence, lines: tuple[Line, ...], source: Source) -> Outline:
    """Put lines together to the outline of a task sequence."""
    text = source.text
    named = {name.lower() for line in lines for name in (*line.sets, *line.reads, *line.tests)}
    # of MDT's variables only its scripts know
    own = _own(named, lines, source.names.tables) if root.engine == "configmgr" else frozenset()
    read = tuple(line._replace(reads=_unique((*line.reads, *_in_code(line, named)))) for line in lines)
    return Outline(text(str(root.document.origin)), text(root.name), text(root.package_id), read, own)


def _own(named: set[str], lines: Iterable[Line], tables: Tables) -> frozenset[str]:
    """Return those of the variables that only groups and steps can know of: no program names them."""
    words = {word.lower() for line in lines for code in _code(line) for word in _WORD.findall(code)}
    apart = (*tables.variables, *words)
    return frozenset(name for name in named.difference(apart) if not name.startswith(_OF_THE_PRODUCT))


def _in_code(line: Line, named: set[str]) -> Iterator[str]:
    """Yield the variables that commands and scripts have in quotes, as those do that read one."""
    quoted = (name for code in _code(line) for name in _QUOTED.findall(code))
    set_here = {name.lower() for name in line.sets}
    yield from (name for name in quoted if name.lower() in named and name.lower() not in set_here)


def _code(line: Line) -> Iterator[str]:
    return (fact.value for fact in line.facts if fact.kind in ("command", "script"))


class _Outliner:
    """What is worked out once for a task sequence."""

    def __init__(self, line: Timeline, source: Source) -> None:
        self._names, self._text, self._take = source.names.of(line.root), source.text, source.room.take
        self._flow = Flow(line, source.names.tables, effort=source.effort)
        self._decided = Decided(self._flow)
        self._active = {id(entry) for entry in (*line.entries, *line.groups)}

    def line(self, entry: Entry) -> Line:
        step, condition, text = entry.step, entry.step.condition, self._text
        kind = _kind(entry)
        depth = sum(one.of != "step" for one in around(entry.scope))
        active = id(entry) in self._active
        facts = tuple(self._facts(entry))
        tests = () if condition is None else tuple(tests_in(condition))
        values = (*(fact.value for fact in facts), *(test.value for test in tests))
        return Line(
            kind=kind,
            icon="variable" if kind == "list" else _icon(step.type),
            name="Variables" if kind == "list" else text(step.name) or "(no name)",
            what=text(self._names.label(step)),
            number=entry.number,
            depth=depth - (1 if kind == "group" else 0),
            file=str(entry.sequence.document.origin),
            element=step.element,
            active=active,
            disabled=step.disabled,
            goes_on=step.continue_on_error,
            beside="" if condition is None else shortened(text(in_a_line(condition)), _MOST_BESIDE),
            conditions=() if condition is None else tuple(self._condition(condition, tests)),
            facts=tuple(
                one._replace(label=text(one.label), value=self._take(text(one.value))) for one in facts
            ),
            phase=self._phase_at(entry) if active else "",
            sets=_unique(map(text, self._set_at(entry))),
            reads=_unique(map(text, _references(values))),
            tests=_unique(text(one.variable) for one in tests),
        )

    def _condition(self, condition: Condition, tests: Sequence[Expression]) -> Iterator[Test]:
        elements = {test_in_words(test): test.element for test in tests}
        for line in in_words(condition):
            yield Test(self._take(self._text(line)), elements.get(line.strip(), -1))

    def _set_at(self, entry: Entry) -> Iterable[str]:
        if _kind(entry) == "list":
            return entry.sequence.variables
        return (write.spelling for write in writes_of(entry.step, self._names.tables))

    def _facts(self, entry: Entry) -> Iterator[Fact]:
        if entry.missing:
            yield Fact("Task sequence", "not at hand: it may do anything")
        if _kind(entry) == "list":
            yield from (Fact(name, value) for name, value in entry.sequence.variables.items())
            return
        for fact in facts_of(entry.step, self._names):
            if fact.key not in _MARKED:
                yield Fact(fact.label, fact.value, fact.kind, fact.element)

    def _phase_at(self, entry: Entry) -> Phase:
        """Return what the computer runs where a line runs; "" where that differs or cannot be known."""
        try:
            phase = self._decided.phase(entry, self._flow.guard(entry))
        except (EffortExceededError, RecursionError):
            return ""
        return cast("Phase", phase)


def _kind(entry: Entry) -> Literal["group", "step", "list"]:
    """Tell groups and steps from the list of a task sequence's variables, which is no element of a file."""
    if entry.step.element == 0:
        return "list"
    return "group" if entry.step.type == "Group" else "step"


def _references(texts: Iterable[str]) -> Iterator[str]:
    """Yield the variables whose values are put into texts."""
    for text in texts:
        yield from (piece[0] for piece in references(text) if isinstance(piece, tuple))


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.lower(): name for name in names if name}.values())


def _icon(kind: str) -> str:
    return next((icon for word, icon in _ICONS if word in kind), "command")
