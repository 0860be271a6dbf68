"""Task sequences as people read them: their lines in order, with what there is to say of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.commands.script import decode
from tslint.flow.flow import IN_WINPE, Flow
from tslint.flow.timeline import around
from tslint.flow.writes import writes_of
from tslint.logic.effort import EffortExceededError
from tslint.model.condition import Combination, tests_in
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tslint.catalogue.step_kinds import StepKind
    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Entry, Timeline
    from tslint.logic.effort import Effort
    from tslint.model.condition import Condition, Expression
    from tslint.model.sequence import Step

Phase = Literal["Windows PE", "full OS", ""]

# Characters of one setting or script of a page.
MOST_OF_VALUE = 50_000
# Characters of all settings and scripts of a page: a child that runs often is there as often.
MOST_TEXT = 20_000_000
_LEFT_OUT = "left out: this page has too much text in it"

_VERBS = {
    "equals": "equals",
    "notequals": "does not equal",
    "exists": "exists",
    "notexists": "does not exist",
    "like": "is like",
    "notlike": "is not like",
    "greater": "is greater than",
    "greaterequal": "is at least",
    "less": "is less than",
    "lessequal": "is at most",
}
_HOLDERS = {"and": "all of these hold", "or": "any of these holds", "not": "none of these holds"}
_PHASES: Mapping[object, Phase] = {("true",): "Windows PE", ("false",): "full OS"}
_READ = re.compile(r"%([\w.-]{1,64})%")


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


# What the page Options of a step says beside conditions, and what is so anyway.
_OPTIONS = {
    "runIn": ("Runs in", ("", "winpeandfullos")),
    "timeout": ("Time-out (seconds)", ("", "0")),
    "retryCount": ("Retries", ("", "0")),
    "successCodeList": ("Success codes", ("", "0", "0 3010")),
}


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
    """What outlines are made with: tables, labels, what every text of a file passes, and what may be spent.

    ``text`` masks secrets. ``room`` counts down the characters that are left for settings and scripts.
    """

    tables: Tables
    kinds: Mapping[str, StepKind]
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


def in_words(condition: Condition) -> Iterator[str]:
    """Yield a condition as the page Options lists it: a test a line, what a combination holds indented."""
    if isinstance(condition, Combination) and condition.how == "and":
        for operand in condition.operands:
            yield from _lines(operand, "")
    else:
        yield from _lines(condition, "")


def _lines(condition: Condition, indent: str) -> Iterator[str]:
    if not isinstance(condition, Combination):
        yield indent + _test(condition)
        return
    yield indent + _HOLDERS[condition.how]
    for operand in condition.operands:
        yield from _lines(operand, indent + "    ")


def _test(test: Expression) -> str:
    if test.kind != "Variable":
        return f"{test.kind}: {' '.join((test.value or test.spelling).split())}"
    said = f"{test.variable} {_VERBS.get(test.operator, test.operator)}"
    return said if test.operator in {"exists", "notexists"} else f"{said} '{test.value}'"


class _Outliner:
    """What is worked out once for a task sequence."""

    def __init__(self, line: Timeline, source: Source) -> None:
        self._tables, self._kinds, self._text = source.tables, source.kinds, source.text
        self._take = source.room.take
        self._flow = Flow(line, source.tables, effort=source.effort)
        self._active = {id(entry) for entry in (*line.entries, *line.groups)}

    def line(self, entry: Entry) -> Line:
        step, text = entry.step, self._text
        group = step.type == "Group"
        kind: Literal["group", "step", "list"] = "group" if group else "step"
        if entry.number is None and not step.name and not step.attributes:
            kind = "list"
        scopes = [one for one in around(entry.scope) if one.of != "step"]
        condition = step.condition
        told = () if condition is None else tuple(self._take(text(one)) for one in in_words(condition))
        writes = () if group else writes_of(step, self._tables)
        active = id(entry) in self._active
        return Line(
            kind=kind,
            icon=_icon(step.type),
            name=text(step.name) or "(no name)",
            what=self._what(step),
            number=entry.number,
            depth=len(scopes) - (1 if group else 0),
            file=str(entry.sequence.document.origin),
            element=step.element,
            active=active,
            disabled=step.disabled,
            goes_on=step.continue_on_error,
            conditions=told,
            facts=tuple(fact._replace(value=self._take(fact.value)) for fact in self._facts(entry)),
            phase=self._phase_at(entry) if active else "",
            sets=_unique(text(write.spelling) for write in writes),
            reads=_unique(text(name) for name in _read(step)),
            tests=_unique(text(one.variable) for one in tests_in(condition) if one.variable)
            if condition is not None
            else (),
        )

    def _what(self, step: Step) -> str:
        if step.type == "Group":
            return "Group"
        kind = self._kinds.get(step.type)
        return kind.label if kind else self._text(step.type) or "Run Command Line"

    def _facts(self, entry: Entry) -> Iterator[Fact]:
        step, text = entry.step, self._text
        if step.description.strip():
            yield Fact("Description", text(step.description.strip()))
        if entry.missing:
            yield Fact("Task sequence", "not at hand: it may do anything")
        for setting in step.settings.values():
            value = setting.value.strip()
            label = text(setting.property or setting.name)
            script = decode(value) if label.lower() == "sourcescript" else None
            if script is not None:
                yield Fact("Script", text(script.replace("\r\n", "\n").strip("\n")), code=True)
            elif value:
                yield Fact(label, text(value), code="command" in label.lower())
        if step.type != "Group" and step.action.strip():
            yield Fact("Command line", text(step.action.strip()), code=True)
        for key, (label, usual) in _OPTIONS.items():
            value = step.attributes.get(key, "").strip()
            if value.lower() not in usual:
                yield Fact(label, text(value))

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


def _read(step: Step) -> Iterator[str]:
    """Yield the variables whose values are put into what a step does."""
    for text in (step.action, *(setting.value for setting in step.settings.values())):
        yield from _READ.findall(text)
    for setting in step.settings.values():
        yield from _READ.findall(decode(setting.value) or "" if len(setting.value) > 99 else "")


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    return tuple({name.lower(): name for name in names if name}.values())


def _icon(kind: str) -> str:
    return next((icon for word, icon in _ICONS if word in kind), "command")
