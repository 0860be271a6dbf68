"""The findings of rules about the state store against running every computer there is, children included."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.flow.flows import line_of
from tests.flow.interpreter import computers, run, start
from tests.linting import RULES, TABLES, findings_of
from tests.patterns import clauses_of
from tests.sequences import conditions, named, nodes_of, steps_of
from tslint.flow.assignments import Assignments
from tslint.flow.marks import Marks
from tslint.logic.effort import Effort

pytestmark = pytest.mark.slow

CHILD = "TSL00002"
ALL = [computer for computer in computers(()) if computer.variables["_smstsinwinpe"] == "false"]
CHOSEN = tuple(rule for rule in RULES if rule.id in ("TS101", "TS102", "TS103", "TS107", "TS108", "TS124"))
RIGHT_BEFORE = CHOSEN[0]._replace(
    silences=(),
    clauses=clauses_of(
        {
            "before": {"step": "ReleaseStateStore"},
            "comes": {"step": ["CaptureUserState", "RestoreUserState"]},
            "immediately": True,
        }
    ),
)
LEVELS = {"TS101": "error", "TS102": "warning", "TS103": "warning"}

_tests = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.sampled_from("ABC"),
        st.sampled_from(["equals", "notEquals"]),
        st.sampled_from("xyXY"),
    ),
    st.builds("{} {}".format, st.sampled_from("abc"), st.sampled_from(["exists", "notExists"])),
)
_values = st.sampled_from(["x", "Y", "%A%", "%B%"])
_rules = st.fixed_dictionaries(
    {"set": st.dictionaries(st.sampled_from("ABC"), _values, min_size=1, max_size=2)},
    optional={"when": _tests},
)
_kinds = st.one_of(
    st.sampled_from(
        [
            {"step": "RequestStateStore", "RequestType": "capture"},
            {"step": "RequestStateStore", "RequestType": "restore"},
            {"step": "ReleaseStateStore"},
            {"step": "CaptureUserState"},
            {"step": "CaptureUserState", "UseHardlinks": True},
            {"step": "RestoreUserState"},
        ]
    ),
    st.builds(lambda name, value: {"set": name, "to": value}, st.sampled_from("aBC"), _values),
    st.builds(lambda rules: {"dynamic": rules}, st.lists(_rules, min_size=1, max_size=2)),
)
_part = st.lists(nodes_of(steps_of(_kinds, conditions(_tests)), conditions(_tests)), min_size=1, max_size=4)
_call = st.builds(
    lambda when: {"child": CHILD, **({"when": when} if when else {})}, st.none() | conditions(_tests)
)


def _is(step: dict[str, Any], *kinds: str) -> bool:
    return step.get("step") in kinds


def _first(steps: list[dict[str, Any]], *kinds: str) -> dict[str, Any]:
    return next((step for step in steps if _is(step, *kinds)), {})


def _broken(rule: str, step: dict[str, Any], state: Any, before: Any, after: Any) -> bool:
    """Whether a step breaks a rule in one run, with the steps that ran before and after it."""
    if rule in ("TS101", "TS102"):
        return not _is(_first(after, "RequestStateStore", "ReleaseStateStore"), "ReleaseStateStore")
    if rule == "TS103":
        # of a capture without a store TS106 tells
        return not _first(before, "RequestStateStore", "RestoreUserState", "CaptureUserState")
    if rule == "TS124" and not step.get("UseHardlinks"):
        return False
    return bool(state[2] == ("restore" if rule == "TS107" else "capture"))


SUBJECTS = {
    "TS101": "RequestStateStore",
    "TS102": "RequestStateStore",
    "TS103": "ReleaseStateStore",
    "TS107": "CaptureUserState",
    "TS108": "RestoreUserState",
    "TS124": "CaptureUserState",
}


def _verdicts(leaves: dict[str, dict[str, Any]], traces: Any) -> dict[str, set[str]]:
    """Which steps break which rule, by running everything."""
    found: dict[str, set[str]] = {}
    for rule, kind in SUBJECTS.items():
        for name in (n for n, leaf in leaves.items() if _is(leaf, kind)):
            outcomes = []
            for trace in traces:
                ran = [leaves[n] for n, _, _ in trace]
                for at, state in enumerate(trace):
                    if state[0] == name:
                        outcomes.append(_broken(rule, leaves[name], state, ran[:at], ran[at + 1 :]))
            every = rule in ("TS101", "TS103")
            if outcomes and (all(outcomes) if every else any(outcomes)):
                found.setdefault(rule, set()).add(name)
    return found


def _leaves(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for node in nodes:
        found |= _leaves(node["steps"]) if "group" in node else {node["name"]: node}
    return found


def _marks(sequence: list[dict[str, Any]], child: list[dict[str, Any]]) -> list[str]:
    """Which variables the sequence keeps for itself."""
    line = line_of(*sequence, **{CHILD: child})
    marks = Marks(line, Assignments(line, TABLES), TABLES)
    return [name for name in "abc" if marks.holds(name, Effort())]


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(_part, _call, _part, _part)
def test_each_rule_reports_exactly_the_steps_that_some_run_breaks_it_at(head, call, child, tail):
    counter = itertools.count()
    sequence, child = named([*head, call, *tail], counter), named(child, counter)
    findings = findings_of({"sequence": sequence, "children": {CHILD: child}}, CHOSEN)
    marks, traces, unmarked = _marks(sequence, child), [], []
    for computer in ALL:
        ran = start(computer)
        run(sequence, ran, {CHILD: child})
        traces.append(ran.trace)
        if all(computer.variables[name] is None for name in marks):
            unmarked.append(ran.trace)
    leaves = _leaves(sequence) | _leaves(child)
    expected, by_itself = _verdicts(leaves, traces), _verdicts(leaves, unmarked)
    told: dict[str, set[str]] = {}
    for finding in findings:
        assert finding.level == LEVELS.get(finding.rule, "error")
        told.setdefault(finding.rule, set()).add(finding.place.step.rpartition("/")[2])
    for rule in SUBJECTS:
        louder = _louder(rule, findings)
        # what others would have to know of the sequence to bring about is no fault of it
        at = expected.get(rule, set()) & by_itself.get(rule, set())
        assert told.get(rule, set()) <= at, rule
        assert louder or told.get(rule, set()) == at, rule


@settings(max_examples=200)
@given(_part)
def test_what_comes_right_before_a_step_is_the_last_that_ran(nodes):
    sequence = named(nodes, itertools.count())
    released: dict[str, list[bool]] = {}
    leaves = _leaves(sequence)
    for computer in ALL:
        ran = start(computer)
        run(sequence, ran, {})
        for before, (name, _, _) in itertools.pairwise(ran.trace):
            if _is(leaves[name], "ReleaseStateStore"):
                fine = _is(leaves[before[0]], "CaptureUserState", "RestoreUserState")
                released.setdefault(name, []).append(fine)
    expected = {name for name, outcomes in released.items() if not all(outcomes)}
    findings = findings_of({"sequence": sequence}, (RIGHT_BEFORE,))
    assert {finding.place.step.rpartition("/")[2] for finding in findings} == expected


def _louder(rule: str, findings: Any) -> bool:
    """Whether there is a finding of a rule that silences this one on the steps that both speak of."""
    silencing = {"TS102": {"TS101"}, "TS108": {"TS101", "TS102"}}.get(rule, set())
    return any(finding.rule in silencing for finding in findings)
