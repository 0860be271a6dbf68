"""Dry runs against running every computer that fits what is given, with failures."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.flow.interpreter import Computer, computers, effect, holds, start
from tests.linting import TABLES
from tests.sequences import conditions, named, nodes_of, steps_of
from tslint.flow.timeline import timeline
from tslint.model.read import read as read_model
from tslint.review.dry_run import DryRun, Line, Question, dry_run
from tslint.rules.example import sequence_xml
from tslint.source.document import Origin
from tslint.source.read import read as read_source

pytestmark = pytest.mark.slow

QUERIES = ("SELECT * FROM Win32_Battery",)
ALL = computers(QUERIES)

_tests = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.sampled_from("ABC"),
        st.sampled_from(["equals", "notEquals"]),
        st.sampled_from("xyXY"),
    ),
    st.builds("{} {}".format, st.sampled_from("ABC"), st.sampled_from(["exists", "notExists"])),
    st.builds("_SMSTSInWinPE equals {}".format, st.sampled_from(["true", "false"])),
    st.builds("_SMSTSLastActionSucceeded equals {}".format, st.sampled_from(["true", "false"])),
    st.just({"wmi": QUERIES[0]}),
)
_kinds = st.sampled_from(
    [
        {"run": "a.exe"},
        {"run": "b.exe", "continueOnError": True},
        {"restart": "WinPE"},
        {"restart": "HD"},
        {"set": "A", "to": "x"},
        {"set": "a", "to": "y", "continueOnError": True},
        {"set": "B", "to": "X"},
        {"set": "C", "to": "%B%"},
    ]
)
_nodes = nodes_of(steps_of(_kinds, conditions(_tests)), conditions(_tests))
_UNKNOWN = "not given"


@st.composite
def _runs(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, str | None], set[str], bool | None]:
    """A sequence, values that are given, steps that fail, and the answer to the query, if any."""
    nodes = named(draw(st.lists(_nodes, min_size=1, max_size=6)), itertools.count())
    nodes = [_swallowing(node, draw) for node in nodes]
    known = {
        name: value
        for name in ("a", "b", "c")
        if (value := draw(st.sampled_from([_UNKNOWN, None, "x", "y", "other"]))) != _UNKNOWN
    }
    phase = draw(st.sampled_from([_UNKNOWN, "true", "false"]))
    known |= {} if phase == _UNKNOWN else {"_smstsinwinpe": phase}
    failing = draw(st.sets(st.sampled_from(sorted(_leaves(nodes))), max_size=3))
    return nodes, known, failing, draw(st.sampled_from([None, True, False]))


def _swallowing(node: dict[str, Any], draw: st.DrawFn) -> dict[str, Any]:
    if "group" not in node:
        return node
    inner = [_swallowing(one, draw) for one in node["steps"]]
    return {**node, "steps": inner, "continueOnError": draw(st.booleans())}


def _leaves(nodes: list[dict[str, Any]]) -> set[str]:
    return {
        name for node in nodes for name in (_leaves(node["steps"]) if "group" in node else {node["name"]})
    }


def _run(steps: list[dict[str, Any]], computer: Computer, failing: set[str]) -> bool:
    """Run steps in order, and say whether they went well. What a step assigns it assigns before it fails."""
    for step in steps:
        if step.get("disabled") or ("when" in step and not holds(step["when"], computer)):
            continue
        if "group" in step:
            well = _run(step["steps"], computer, failing)
        else:
            before = dict(computer.variables)
            effect(step, computer)
            computer.trace.append((step["name"], {**before, "set": computer.variables.get(_set(step))}, ""))
            well = step["name"] not in failing
            computer.variables["_smstslastactionsucceeded"] = "true" if well else "false"
        if not well and not step.get("continueOnError"):
            return False
    return True


def _set(step: dict[str, Any]) -> str:
    return step.get("set", "").lower()


def _dry(nodes: Any, known: Any, failing: set[str], answer: bool | None) -> DryRun:
    documents, _ = read_source(sequence_xml(nodes).encode(), Origin("test"))
    line = timeline(read_model(documents[0]), {})
    orders = {entry.order: "" for entry in line.entries if entry.step.name in failing}
    question = Question(
        known, orders, ("battery",) if answer else (), ("battery",) if answer is False else ()
    )
    return dry_run(line, question, TABLES)


def _expected(name: str, traces: list[dict[str, dict[str, str | None]]], failing: set[str]) -> set[str]:
    ran = [name in trace for trace in traces]
    if not any(ran):
        return {"skipped"}
    if not all(ran):
        return {"depends"}
    return {"fails"} if name in failing else {"runs"}


def _check(line: Line, traces: list[dict[str, dict[str, str | None]]], failing: set[str]) -> None:
    assert {line.outcome} == _expected(line.name, traces, failing), line
    states = [trace[line.name] for trace in traces if line.name in trace]
    if line.phase:
        assert {state["_smstsinwinpe"] for state in states} == {
            "true" if line.phase == "Windows PE" else "false"
        }
    elif states:
        assert len({state["_smstsinwinpe"] for state in states}) > 1
    for made in line.sets:
        if made.known:
            assert {state["set"] or "" for state in states} == {made.value}


@settings(max_examples=1_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_runs())
def test_a_dry_run_says_what_every_computer_does(case):
    nodes, known, failing, answer = case
    result = _dry(nodes, known, failing, answer)
    ends, traces = set(), []
    for computer in ALL:
        fits = all(computer.variables[name] == value for name, value in known.items())
        if not fits or answer not in (None, computer.wmi[QUERIES[0]]):
            continue
        one = start(computer)
        # nothing has run before: whether it succeeded may be anything
        for before in ("true", "false", None):
            one = start(computer)
            one.variables["_smstslastactionsucceeded"] = before
            ends.add(_run(nodes, one, failing))
            traces.append({name: state for name, state, _ in one.trace})
    for line in result.lines:
        if line.kind == "step":
            _check(line, traces, failing)
    assert result.ends == ("depends" if len(ends) > 1 else "completes" if ends == {True} else "fails")
