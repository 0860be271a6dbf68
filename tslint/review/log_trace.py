"""What ran: a log and a task sequence together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.flow.writes import writes_of
from tslint.lint.finding import Place
from tslint.model.condition_words import in_a_line
from tslint.model.sequence import Group
from tslint.review.alignment import align
from tslint.review.difference import Told
from tslint.review.goes_on import goes_on
from tslint.review.instructions import instructions
from tslint.review.reads import names_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tslint.catalogue.codes import Codes
    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Entry, Timeline
    from tslint.lint.finding import Finding
    from tslint.model.sequence import Step
    from tslint.review.alignment import Alignment, Shift
    from tslint.review.instructions import Instruction
    from tslint.review.log_events import Event, Ran


# From here on codes are those of Windows Installer, which no program has for its own.
_INSTALLER = 1_600


class Code(NamedTuple):
    """A code with which a step ended, without sign, and what it means where that is known."""

    number: int
    text: str


class Happened(NamedTuple):
    """One instruction that ran or was skipped. ``step`` is its step path where it is found in the sequence.

    ``why`` is the condition of a skipped one, as the sequence has it now; ``seconds`` how long it took;
    ``restarts`` how often it was begun anew, ``restart_asked`` whether it asked for a restart or a retry.
    ``found`` tells that the name is that of the sequence, and not only of the log.
    """

    pointer: int | None
    name: str
    kind: Literal["group", "step"]
    outcome: Literal["success", "failed", "skipped", "unfinished"]
    reason: str
    code: Code | None
    said: str
    start: str | None
    end: str | None
    seconds: float | None
    restarts: int
    restart_asked: bool
    depth: int
    step: str | None
    why: tuple[str, ...]
    found: bool


class Failed(NamedTuple):
    """A step that failed, and what came of it. ``swallowed`` is None where nothing tells.

    It is the step itself or a group that continues on error, or "" where nothing does. ``findings`` speak of
    the step or of what sets the variables that it reads.
    """

    event: Happened
    swallowed: str | None
    findings: tuple[Told, ...]


class Match(NamedTuple):
    """How far a log and a task sequence fit. ``renamed`` are names in the log and in the sequence."""

    sequence: str
    file: str
    starts: int
    matched: int
    size: int | None
    own_size: int
    shifts: tuple[Shift, ...]
    renamed: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    forgotten: int
    unnamed: bool
    earlier: int


class LogTrace(NamedTuple):
    """What a log tells of a task sequence, the last failure first."""

    match: Match
    result: Literal["success", "failed", "restart", "unknown"]
    result_code: Code | None
    failures: tuple[Failed, ...]
    events: tuple[Happened, ...]


def log_trace(
    lines: Sequence[Timeline],
    ran: Ran,
    findings: Iterable[Finding],
    tables: Tables,
    codes: Codes,
) -> LogTrace:
    """Put a log beside the task sequence of those that fits best."""
    fitting = [(align(ran.events, instructions(line)), line) for line in lines]
    alignment, line = max(fitting, key=lambda pair: (len(pair[0].found), -len(pair[0].shifts)))
    return _Trace(line, alignment, ran, tables, codes).told(findings)


class _Trace:
    def __init__(
        self,
        line: Timeline,
        alignment: Alignment,
        ran: Ran,
        tables: Tables,
        codes: Codes,
    ) -> None:
        self._line, self._alignment, self._ran = line, alignment, ran
        self._tables, self._codes = tables, codes

    def told(self, findings: Iterable[Finding]) -> LogTrace:
        found = list(findings)
        events = tuple(self._events())
        failures = [
            Failed(event, self._swallowed(one), tuple(self._findings(one, found)))
            for event, one in events
            if event.outcome == "failed" and event.kind == "step"
        ]
        code = None if self._ran.result_code is None else self._code(self._ran.result_code)
        return LogTrace(
            self._match(),
            self._ran.result,
            code,
            tuple(reversed(failures)),
            tuple(event for event, _ in events),
        )

    def _match(self) -> Match:
        root, alignment, events = self._line.root, self._alignment, self._ran.events
        renamed = tuple((events[place].name, alignment.found[place].name) for place in alignment.renamed)
        missing = (events[place].name for place in alignment.unmatched)
        return Match(
            sequence=root.name,
            file=str(root.document.origin),
            starts=alignment.starts,
            matched=sum(place in alignment.found for place, e in enumerate(events) if e.pointer is not None),
            size=self._ran.size,
            own_size=alignment.size,
            shifts=alignment.shifts,
            renamed=renamed,
            missing=tuple(dict.fromkeys(missing)),
            forgotten=self._ran.forgotten,
            unnamed=self._ran.unnamed,
            earlier=self._ran.earlier,
        )

    def _events(self) -> Iterator[tuple[Happened, Instruction | None]]:
        for place, event in enumerate(self._ran.events):
            one = self._alignment.found.get(place)
            if event.kind == "end" or (event.kind == "unknown" and one is not None and one.kind == "end"):
                continue
            yield self._happened(event, one, place in self._alignment.renamed), one

    def _happened(self, event: Event, one: Instruction | None, renamed: bool) -> Happened:
        kind: Literal["group", "step"] = "group" if event.kind == "group" else "step"
        if one is not None and event.kind == "unknown":
            kind = "group" if isinstance(one.node, Group) else "step"
        seconds = None
        if event.start and event.end and None not in (event.start.seconds, event.end.seconds):
            seconds = round((event.end.seconds or 0) - (event.start.seconds or 0), 3)
        return Happened(
            pointer=event.pointer,
            name=event.name,
            kind=kind,
            outcome=event.outcome,
            reason=event.reason,
            code=None if event.code is None else self._code(event.code),
            said=event.said,
            start=event.start.text if event.start else None,
            end=event.end.text if event.end else None,
            seconds=seconds,
            restarts=event.restarts,
            restart_asked=event.restart_asked,
            depth=one.depth if one else 0,
            step=one.path if one else None,
            why=_condition(one) if event.reason == "condition" else (),
            found=one is not None and not renamed,
        )

    def _code(self, number: int) -> Code:
        return Code(number, code_text(number, self._codes))

    def _swallowed(self, one: Instruction | None) -> str | None:
        """Return what goes on after a failure: as the task sequence says it, else as the log does."""
        if one is not None and one.entry is not None:
            return goes_on(one.entry, self._line)
        return self._ran.ignored[-1] if self._ran.ignored else None

    def _findings(self, one: Instruction | None, findings: Iterable[Finding]) -> Iterator[Told]:
        """Yield the findings that speak of a step, or of one that sets a variable that it reads."""
        if one is None or one.entry is None:
            return
        read = names_read(one.entry)
        setters = {_key(entry) for entry in self._line.entries if read & _sets(entry.step, self._tables)}
        wanted = {_key(one.entry), *setters}
        for finding in findings:
            place = finding.place
            if not isinstance(place, Place):
                continue
            places = (place, *(other.place for other in finding.related))
            steps = {(one.document.identity, one.step_element) for one in places}
            if steps & wanted:
                yield Told(finding.rule, finding.name, finding.level, place.step, finding.message)


def _key(entry: Entry) -> tuple[object, int]:
    return entry.sequence.document.identity, entry.step.element


def _sets(step: Step, tables: Tables) -> set[str]:
    return {write.variable for write in writes_of(step, tables) if write.by != "engine"}


def _condition(one: Instruction | None) -> tuple[str, ...]:
    if one is None or one.node.condition is None:
        return ()
    return (in_a_line(one.node.condition),)


def code_text(number: int, codes: Codes) -> str:
    """Return what a code means, "" where the table does not know it.

    Small ones may be a program's own.
    """
    if number == 0:
        return "success"
    digits = f"{number:08x}"
    if digits in codes["results"]:
        return codes["results"][digits]
    if digits.startswith("8007"):
        return codes["windows"].get(str(number & 0xFFFF), "")
    text = codes["windows"].get(str(number), "")
    return f"as a code of Windows: {text}" if text and number < _INSTALLER else text
