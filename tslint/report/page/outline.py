"""Task sequences as people read them: their lines in order, with what there is to say of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.flow.flow import Flow
from tslint.flow.timeline import around
from tslint.flow.writes import IN_WINPE, writes_of
from tslint.logic.effort import EffortExceededError
from tslint.logic.text import references
from tslint.model.condition import tests_in
from tslint.review.conditions import in_words
from tslint.review.facts import facts_of
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tslint.flow.timeline import Entry, Timeline
    from tslint.logic.effort import Effort
    from tslint.review.facts import Names

Phase = Literal["Windows PE", "full OS", ""]

# Characters of one setting or script of a page.
MOST_OF_VALUE = 50_000
# Characters of all settings and scripts of a page: a child that runs often is there as often.
MOST_TEXT = 20_000_000
_LEFT_OUT = "left out: this page has too much text in it"

# Facts that a line itself shows, and those that keep their lines.
_MARKED = ("disabled", "condition", "continueOnError")
_CODE = ("command", "script")
_PHASES: Mapping[object, Phase] = {("true",): "Windows PE", ("false",): "full OS"}

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
    """One thing to say of a line. ``code`` marks commands and scripts, which keep their lines."""

    label: str
    value: str
    code: bool = False


class Line(NamedTuple):
    """A group or step. ``number`` is that of smsts.log, ``element`` its place in the document of ``file``."""

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
    conditions: tuple[str, ...]
    facts: tuple[Fact, ...]
    phase: Phase
    sets: tuple[str, ...]
    reads: tuple[str, ...]
    tests: tuple[str, ...]


class Outline(NamedTuple):
    """A task sequence that no other one runs, with those that it runs in their places."""

    file: str
    name: str
    package: str
    lines: tuple[Line, ...]


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
    root, text = line.root, source.text
    outliner = _Outliner(line, source)
    lines = tuple(outliner.line(entry) for entry in line.nodes)
    return Outline(text(str(root.document.origin)), text(root.name), text(root.package_id), lines)


class _Outliner:
    """What is worked out once for a task sequence."""

    def __init__(self, line: Timeline, source: Source) -> None:
        self._names, self._text, self._take = source.names.of(line.root), source.text, source.room.take
        self._flow = Flow(line, source.names.tables, effort=source.effort)
        self._active = {id(entry) for entry in (*line.entries, *line.groups)}

    def line(self, entry: Entry) -> Line:
        step, condition, text = entry.step, entry.step.condition, self._text
        kind = _kind(entry)
        depth = sum(one.of != "step" for one in around(entry.scope))
        active = id(entry) in self._active
        facts = tuple(self._facts(entry))
        tests = () if condition is None else tests_in(condition)
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
            conditions=()
            if condition is None
            else tuple(self._take(text(one)) for one in in_words(condition)),
            facts=tuple(Fact(text(one.label), self._take(text(one.value)), one.code) for one in facts),
            phase=self._phase_at(entry) if active else "",
            sets=_unique(map(text, self._set_at(entry))),
            reads=_unique(text(name) for name in _references(one.value for one in facts)),
            tests=_unique(text(one.variable) for one in tests),
        )

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
                yield Fact(fact.label, fact.value, code=fact.kind in _CODE)

    def _phase_at(self, entry: Entry) -> Phase:
        """Return what the computer runs where a line runs; "" where that differs or cannot be known."""
        flow = self._flow
        try:
            guard = flow.guard(entry)
            cases = [
                case
                for case in flow.value(IN_WINPE, entry.order)
                if flow.propositions.possible(flow.diagram.both(guard, case.when))
            ]
        except (EffortExceededError, RecursionError):
            return ""
        phases = {_PHASES.get(_plain(case.text), "") for case in cases}
        return phases.pop() if len(phases) == 1 else ""


def _plain(text: object) -> object:
    return tuple(part.lower() for part in text if isinstance(part, str)) if isinstance(text, tuple) else text


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
