"""What ran, for people: the last failure first, then a line an instruction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.escape import escape, inert
from tslint.report.paint import paint
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.report.terminal import Screen
    from tslint.review.log_trace import Code, Failed, Happened, LogTrace, Match

_RESULTS = {
    "success": "The task sequence completed.",
    "failed": "The task sequence failed",
    "restart": "The log ends with a restart.",
    "unknown": "The log ends before the task sequence does.",
}
_REASONS = {"disabled": "it is disabled", "condition": "its condition is false"}
# Below this share of instructions that fit, a log is most likely of another task sequence.
_LIKELY = 0.5
_MOST = 10


def log_text(trace: LogTrace, screen: Screen | None = None) -> str:
    """Return what ran as text."""
    return inert("\n".join(_lines(trace, colour=bool(screen and screen.colour))) + "\n")


def _lines(trace: LogTrace, *, colour: bool) -> Iterator[str]:
    yield f"Task sequence {escape(trace.match.sequence)} ({escape(trace.match.file)})".replace("  ", " ")
    yield from (f"  {line}" for line in _match(trace.match))
    yield ""
    result = _RESULTS[trace.result]
    if trace.result == "failed":
        result += f" with {_code(trace.result_code)}" if trace.result_code else "."
    yield result
    if trace.failures:
        yield from ("", "Failed, the last one first:")
        for one in trace.failures:
            yield from _failed(one)
    if trace.events:
        yield from ("", "What ran:")
    for event in trace.events:
        yield from _event(event, colour=colour)


def _match(match: Match) -> Iterator[str]:
    yield f"{match.matched} of {match.starts} instructions in the log are in the task sequence"
    likely = not match.starts or match.matched / match.starts >= _LIKELY
    if not likely:
        yield "this may be the log of another task sequence"
    if match.size is not None and match.size != match.own_size:
        yield f"the one that ran had {match.size} instructions, this one has {match.own_size}"
    for shift in match.shifts[:_MOST]:
        more = f"{shift.by} more" if shift.by > 0 else f"{-shift.by} fewer" if shift.by < 0 else "as many"
        yield f"from number {shift.number} on, {more} instructions stand before a step in the task sequence"
    for old, new in match.renamed[:_MOST]:
        yield f"'{escape(old)}' in the log is '{escape(new)}' in the task sequence"
    for name in match.missing[:_MOST] if likely else ():
        yield f"'{escape(name)}' ran and is not in the task sequence"
    left = sum(max(0, len(part) - _MOST) for part in (match.shifts, match.renamed, match.missing))
    if left and likely:
        yield f"and {count(left, 'more difference')}"
    if match.earlier:
        yield f"the log holds {match.earlier + 1} runs; this is the last one"
    if match.forgotten:
        yield f"the first {match.forgotten} instructions of the log are left out"
    if match.unnamed:
        yield "the log does not tell who wrote its lines: they are taken for those of the engine"


def _failed(one: Failed) -> Iterator[str]:
    event = one.event
    code = f"  {_code(event.code)}" if event.code else ""
    yield f"  {_number(event)}  {escape(event.step or event.name)}{code}"
    if event.said and not (event.code and event.code.text):
        yield f"        {escape(event.said)}"
    if one.swallowed:
        yield f"        '{escape(one.swallowed)}' continues on error"
    elif one.swallowed == "":
        yield "        nothing continues on error: the task sequence ends"
    for told in one.findings:
        at = f" at {escape(told.step)}" if told.step else ""
        yield f"        {told.level}: {escape(told.message)} [{told.rule} {told.name}]{at}"


def _event(event: Happened, *, colour: bool) -> Iterator[str]:
    painted = paint(event.outcome, f"{event.outcome:<11}", on=colour)
    group = "group " if event.kind == "group" else ""
    notes = []
    if event.seconds is not None and event.outcome != "skipped":
        notes.append(_duration(event.seconds))
    if event.code and event.code.number:
        notes.append(_code(event.code))
    if event.restarts:
        notes.append(f"begun {event.restarts + 1} times, around a restart")
    elif event.restart_asked:
        notes.append("then a restart")
    told = f"  ({'; '.join(notes)})" if notes else ""
    yield f"{_number(event)}  {painted}{'  ' * event.depth}{group}{escape(event.name)}{told}"
    if event.outcome == "skipped":
        why = ": ".join((_REASONS.get(event.reason, "skipped"), *event.why))
        yield f"{' ' * (17 + 2 * event.depth + 4)}{escape(why)}"


def _number(event: Happened) -> str:
    return f"{'' if event.pointer is None else event.pointer:>4}"


def _code(code: Code) -> str:
    text = f": {code.text}" if code.text else ""
    return f"0x{code.number:08X} ({code.number}){text}"


def _duration(seconds: float) -> str:
    """Return a time as people say it; of a clock that was set back meanwhile, nothing."""
    if seconds < 0:
        return "the clock was set back"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
