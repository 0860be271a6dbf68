"""What ran, for programs: the JSON of ``schemas/trace.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.report.review.as_json import dumped, told_json, without_none

if TYPE_CHECKING:
    from tslint.review.log_trace import Code, Failed, Happened, LogTrace, Match


def log_json(trace: LogTrace) -> str:
    """Return what ran as one object."""
    return dumped(
        {
            "version": 1,
            "match": _match(trace.match),
            "result": trace.result,
            **without_none(resultCode=trace.result_code and _code(trace.result_code)),
            "failures": [_failed(one) for one in trace.failures],
            "events": [_event(event) for event in trace.events],
        }
    )


def _match(match: Match) -> dict[str, Any]:
    return {
        "sequence": match.sequence,
        "file": match.file,
        "starts": match.starts,
        "matched": match.matched,
        "instructionsInLog": match.size,
        "instructions": match.own_size,
        "shifts": [{"pointer": shift.number, "by": shift.by} for shift in match.shifts],
        "renamed": [{"log": old, "sequence": new} for old, new in match.renamed],
        "missing": list(match.missing),
        "earlierRuns": match.earlier,
        "leftOut": match.forgotten,
        "unnamed": match.unnamed,
    }


def _failed(one: Failed) -> dict[str, Any]:
    return {
        **_event(one.event),
        **without_none(swallowedBy=one.swallowed),
        "findings": [told_json(told) for told in one.findings],
    }


def _event(event: Happened) -> dict[str, Any]:
    return {
        "pointer": event.pointer,
        "name": event.name,
        "kind": event.kind,
        "outcome": event.outcome,
        **without_none(
            reason=event.reason or None,
            code=event.code and _code(event.code),
            said=event.said or None,
            start=event.start,
            end=event.end,
            seconds=event.seconds,
            restarts=event.restarts or None,
            restartAsked=event.restart_asked or None,
            step=event.step,
            condition=event.why[0] if event.why else None,
        ),
    }


def _code(code: Code) -> dict[str, Any]:
    return {"hex": f"0x{code.number:08X}", "decimal": code.number, **without_none(text=code.text or None)}
