"""Records of smsts.log to what became of each instruction. Only the engine is believed.

What scripts print stands in the log as well, as records of other components: any text, the engine's own
sentences too. The wordings are those of clients from 2007 to 2024; numbers of source lines differ with each
build and count for nothing.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tslint.review.log_records import ENGINE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tslint.review.log_records import Moment, Record

# Instructions of a log that are remembered, the last ones: a task sequence has some hundreds.
MAX_EVENTS = 20_000

Kind = Literal["group", "step", "end", "unknown"]
Outcome = Literal["success", "failed", "skipped", "unfinished"]
_SIGNED = 1 << 32


class Event(NamedTuple):
    """One instruction that began, or an end of a group.

    ``command`` is the line that it started, as the task sequence writes it. ``restarts`` counts how often it
    was begun anew after a restart or a retry. ``code`` is without sign; ``said`` what the log says of a
    failure.
    """

    pointer: int | None
    name: str
    kind: Kind = "unknown"
    outcome: Outcome = "unfinished"
    reason: Literal["", "condition", "disabled"] = ""
    code: int | None = None
    said: str = ""
    start: Moment | None = None
    end: Moment | None = None
    command: str = ""
    restarts: int = 0
    restart_asked: bool = False


class Ran(NamedTuple):
    """What a log tells of a run. ``starts`` counts all start lines, of which ``forgotten`` are not in events.

    ``result`` is how it ended as far as the log goes. ``ignored`` are groups that went on after a failure.
    ``stack`` are the numbers of the groups that were open at the first word about it. ``size`` is the number
    of instructions of the task sequence. ``unnamed`` tells that the lines name no component: anybody may have
    written them. ``earlier`` counts the runs that stand before this one in the log.
    """

    events: tuple[Event, ...]
    starts: int
    forgotten: int
    result: Literal["success", "failed", "restart", "unknown"]
    result_code: int | None = None
    size: int | None = None
    stack: tuple[int, ...] = ()
    ignored: tuple[str, ...] = ()
    unnamed: bool = False
    earlier: int = 0


def ran(records: Iterable[Record]) -> Ran:
    """Read the events of a log."""
    reader = _Reader()
    for record in records:
        reader.read(record)
    return reader.result()


class _Reader:
    def __init__(self) -> None:
        self._events: deque[Event] = deque(maxlen=MAX_EVENTS)
        self._starts = 0
        self._forgotten = 0
        self._result: Literal["success", "failed", "restart", "unknown"] = "unknown"
        self._result_code: int | None = None
        self._size: int | None = None
        self._stack: tuple[int, ...] | None = None
        self._ignored: list[str] = []
        self._unnamed = False
        self._earlier = 0
        self._seen: set[tuple[int, str, str]] = set()
        self._repeated = False  # what follows stood in another file already
        self._failing = False  # the last message told of a failure, its code may follow
        self._moment: Moment | None = None

    def read(self, record: Record) -> None:
        if record.component not in (ENGINE, "") or record.beheaded:
            return
        self._unnamed = self._unnamed or not record.component
        self._moment = record.moment or self._moment
        message = record.message.strip()
        for begin, pattern, handle in _HANDLERS:
            if message.startswith(begin):
                found = pattern.match(message)
                if found:
                    if not self._repeated or handle == _Reader.start:
                        handle(self, found)
                    return
        if self._failing:
            self._second_line(message)

    def result(self) -> Ran:
        return Ran(
            tuple(self._events),
            self._starts,
            self._forgotten,
            self._result,
            self._result_code,
            self._size,
            self._stack or (),
            tuple(dict.fromkeys(self._ignored)),
            self._unnamed,
            self._earlier,
        )

    # What the engine says

    def start(self, found: re.Match[str]) -> None:
        name, pointer = found["name"], int(found["pointer"])
        last = self._events[-1] if self._events else None
        goes_on = last is not None and (last.pointer, last.name) == (pointer, name)
        self._repeated = self._is_repeated(pointer, name) and not (goes_on and self._starts)
        if self._repeated:
            return
        self._starts += 1
        self._failing = False
        self._result, self._result_code = "unknown", None
        last = self._last_numbered()
        if last is not None and pointer < (last.pointer or 0):
            self._new_run()
        last = self._events[-1] if self._events else None
        again = last is not None and (last.pointer, last.name) == (pointer, name)
        if last is not None and again and last.outcome != "skipped" and last.kind in ("step", "unknown"):
            self._change(outcome="unfinished", restarts=last.restarts + 1, end=None, code=None)
            return
        self._add(Event(pointer, name, start=self._moment))

    def _is_repeated(self, pointer: int, name: str) -> bool:
        """Say whether this very line was read before: of a log and a copy of it only one counts."""
        if self._moment is None or self._moment.seconds is None:
            return False
        key = pointer, name, self._moment.text
        if key in self._seen:
            return True
        if len(self._seen) < MAX_EVENTS:
            self._seen.add(key)
        return False

    def _last_numbered(self) -> Event | None:
        return next((event for event in reversed(self._events) if event.pointer is not None), None)

    def _new_run(self) -> None:
        """Forget what ran before: numbers only rise within a run."""
        self._events.clear()
        self._ignored.clear()
        self._starts, self._forgotten = 1, 0
        self._stack, self._earlier = None, self._earlier + 1

    def _add(self, event: Event) -> None:
        if len(self._events) == MAX_EVENTS:
            self._forgotten += 1
        self._events.append(event)

    def _change(self, **parts: object) -> None:
        """Change the last event."""
        if self._events:
            self._events[-1] = self._events[-1]._replace(**parts)  # type: ignore[arg-type]

    def _of(self, name: str, kind: Kind) -> Event:
        """Return the event of a verdict, the last one; where its start line is missing, a new one."""
        last = self._events[-1] if self._events else None
        if (
            last is None
            or last.name != name
            or (last.kind not in ("unknown", kind))
            or last.outcome == "skipped"
        ):
            self._add(Event(None, name, kind))
        return self._events[-1]

    def group_started(self, found: re.Match[str]) -> None:
        self._of(found["name"], "group")
        self._change(kind="group")

    def group_completed(self, found: re.Match[str]) -> None:
        """A group ends: its start line has its name again, and the number of the end."""
        name = found["name"]
        last = self._events[-1] if self._events else None
        if last is None or last.name != name or last.kind != "unknown":
            self._add(Event(None, name, "end", "success", start=self._moment))
        self._change(kind="end", outcome="success", end=self._moment)
        self._close(name, failed=False)

    def group_failed(self, found: re.Match[str]) -> None:
        self._close(found["name"], failed=True)
        self._failing = False

    def _close(self, name: str, *, failed: bool) -> None:
        """Note the end of the group that was begun last under a name."""
        for number in range(len(self._events) - 1, -1, -1):
            event = self._events[number]
            if (event.kind, event.name, event.outcome) == ("group", name, "unfinished"):
                outcome: Outcome = "failed" if failed else "success"
                self._events[number] = event._replace(end=self._moment, outcome=outcome)
                return
        if failed:
            self._add(Event(None, name, "group", "failed", end=self._moment))

    def group_ignored(self, found: re.Match[str]) -> None:
        self._ignored.append(found["name"])

    def skipped(self, found: re.Match[str]) -> None:
        kind: Kind = "group" if found["kind"] == "group" else "step"
        self._of(found["name"], kind)
        reason = "disabled" if found["why"].startswith("it is disabled") else "condition"
        self._change(kind=kind, outcome="skipped", reason=reason, end=self._moment)

    def command(self, found: re.Match[str]) -> None:
        last = self._events[-1] if self._events else None
        if last is not None and last.kind in ("unknown", "step") and last.outcome == "unfinished":
            self._change(kind="step", command=found["line"])

    def exit_code(self, found: re.Match[str]) -> None:
        last = self._events[-1] if self._events else None
        if last is not None and last.kind in ("unknown", "step") and last.outcome == "unfinished":
            self._change(kind="step", code=int(found["code"]) % _SIGNED)

    def succeeded(self, found: re.Match[str]) -> None:
        self._of(found["name"], "step")
        self._change(kind="step", outcome="success", code=int(found["code"]) % _SIGNED, end=self._moment)

    def failed(self, found: re.Match[str]) -> None:
        first, _, second = found["rest"].partition("\n")
        short = _SHORT.match(first)
        name = self._named(short["name"] if short else first.strip().removesuffix("."))
        self._of(name, "step")
        last = self._events[-1]
        code = int(short["code"]) % _SIGNED if short else last.code
        self._change(kind="step", outcome="failed", code=code, end=self._moment)
        self._failing = True
        if second:
            self._second_line(second.strip())

    def _named(self, told: str) -> str:
        """Return the name in what may be a name and a sentence of advice."""
        last = self._events[-1] if self._events else None
        return last.name if last is not None and last.name and told.startswith(last.name) else told

    def _second_line(self, line: str) -> None:
        """Take the code of a failure from the line below it: text (Error: 80070005; Source: Windows)."""
        found = _ERROR.search(line)
        if not found:
            return
        self._failing = False
        last = self._events[-1] if self._events else None
        if last is not None and last.outcome == "failed":
            code = int(found["code"], 16)
            # a code of the program itself comes back as one of Windows; the one that says more stays
            self._change(code=last.code or code, said=line[: found.start()].strip())

    def retry(self, found: re.Match[str]) -> None:
        self._of(found["name"], "step")
        self._change(restart_asked=True)

    def reboot(self, found: re.Match[str]) -> None:
        self._of(found["name"], "step")
        self.restart(found)

    def restart(self, _found: re.Match[str]) -> None:
        self._change(restart_asked=True)
        self._result = "restart"

    def last_failed(self, _found: re.Match[str]) -> None:
        self._result, self._failing = "failed", False

    def sequence_failed(self, found: re.Match[str]) -> None:
        self._result = "failed"
        self._result_code = int(found["code"], 16)

    def completed(self, _found: re.Match[str]) -> None:
        self._result = "success"

    def engine_result(self, found: re.Match[str]) -> None:
        word = found["word"].lower()
        self._result = "success" if word == "success" else "restart" if word == "reboot" else "failed"

    def size(self, found: re.Match[str]) -> None:
        self._size = int(found["size"])

    def stack(self, found: re.Match[str]) -> None:
        if self._stack is None and self._starts == 0:
            self._stack = tuple(int(number) for number in found["stack"].split()[:300])


_SHORT = re.compile(r"(?P<name>.*)\. Error (?P<code>-?\d{1,11})\s*$", re.DOTALL)
_ERROR = re.compile(r"\(Error: (?P<code>[0-9A-Fa-f]{8}); Source: \w{1,40}\)\s*$")
_NAME = r"(?P<name>.*)"


# How each message begins, what it looks like, and what it means. Names may hold anything.
_WORDINGS: Final = (
    (
        "Start executing an instruction. Instruction",
        rf" ?name: {_NAME}\. Instruction pointer: (?P<pointer>\d{{1,7}})$",
        _Reader.start,
    ),
    (
        "Start executing an instruction. Instruction name: '",
        rf"{_NAME}'\.\s+Pointer: (?P<pointer>\d{{1,7}})\. Type: '[^']{{0,200}}'\. Disabled: \d$",
        _Reader.start,
    ),
    ("Start executing the command line: ", r"(?P<line>.*)$", _Reader.command),
    ("The group (", rf"{_NAME}\) has been successfully started", _Reader.group_started),
    ("The group (", rf"{_NAME}\) has been successfully completed", _Reader.group_completed),
    (
        "The execution of the group (",
        rf"{_NAME}\) has failed and the execution has been aborted",
        _Reader.group_failed,
    ),
    ("The group (", rf"{_NAME}\) ignored ", _Reader.group_ignored),
    (
        "The ",
        rf"(?P<kind>group|action) \({_NAME}\) has been skipped because (?P<why>it is disabled|.{{0,80}})",
        _Reader.skipped,
    ),
    ("Process completed with exit code ", r"(?P<code>-?\d{1,11})", _Reader.exit_code),
    (
        "Successfully completed the action (",
        rf"{_NAME}\) with the exit win32 code (?P<code>-?\d{{1,11}})",
        _Reader.succeeded,
    ),
    ("Failed to run the action: ", r"(?P<rest>.*)$", _Reader.failed),
    ("Failed to run the last action: ", r"", _Reader.last_failed),
    ("The action (", rf"{_NAME}\) requested a retry", _Reader.retry),
    ("The action (", rf"{_NAME}\) initiated a reboot request", _Reader.reboot),
    ("Reboot to local harddisk", "", _Reader.restart),
    ("Calling RebootSystem()", "", _Reader.restart),
    (
        "Task sequence execution failed with error code ",
        "(?P<code>[0-9A-Fa-f]{8})",
        _Reader.sequence_failed,
    ),
    ("The task exe", r"(?:cu|uc)tion engine successfully completed", _Reader.completed),
    ("Execution engine result code: ", r"(?P<word>\w{1,40})", _Reader.engine_result),
    (
        "Set a global environment variable _SMSTSInstructionTableSize=",
        r"(?P<size>\d{1,7})$",
        _Reader.size,
    ),
    (
        "Set a TS execution environment variable _SMSTSInstructionStackString=",
        r"(?P<stack>[\d ]{0,2000})$",
        _Reader.stack,
    ),
)
_HANDLERS: Final = tuple(
    (begin, re.compile(re.escape(begin) + rest, re.DOTALL), handle) for begin, rest, handle in _WORDINGS
)
