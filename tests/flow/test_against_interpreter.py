"""The flow's verdicts and witnesses against running every computer there is."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.flow.flows import with_things
from tests.flow.interpreter import Computer, computers, computers_with_things, holds, run, start
from tests.linting import TABLES
from tests.patterns import pattern_of
from tests.sequences import conditions, named, nodes_of, steps_of
from tslint.flow.flow import Flow
from tslint.flow.index import Index
from tslint.flow.timeline import timeline
from tslint.language.context import Context, Hit
from tslint.language.form import EVERY, SOME
from tslint.lint.uncertainty import broken
from tslint.logic.text import Unknown
from tslint.model.read import read as read_model
from tslint.rules.example import sequence_xml
from tslint.secrets.in_sequence import Secrets
from tslint.source.document import Origin
from tslint.source.read import read as read_source

pytestmark = pytest.mark.slow

QUERIES = ("SELECT * FROM Win32_Battery",)
ALL = computers(QUERIES)
WITH_THINGS = computers_with_things()
# Tests of things, by how they are told.
OF_THINGS = {
    "Registry HKLM\\A value 'V' equals '1'": {"registry": "equals 1"},
    "Registry HKLM\\A value 'V' equals '2'": {"registry": "equals 2"},
    "Registry HKLM\\A value 'V' notEquals '1'": {"registry": "notEquals 1"},
    "Registry HKLM\\A value 'V' exists": {"registry": "exists -"},
    "File C:\\a.exe version less '10'": {"version": "less 10"},
    "File C:\\a.exe version greaterEqual '10'": {"version": "greaterEqual 10"},
    "File C:\\a.exe version greaterEqual '11'": {"version": "greaterEqual 11"},
    "File C:\\a.exe": {"version": "exists -"},
}

_tests = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.sampled_from("ABC"),
        st.sampled_from(["equals", "notEquals"]),
        st.sampled_from("xyXY"),
    ),
    st.builds("{} {}".format, st.sampled_from("ABC"), st.sampled_from(["exists", "notExists"])),
    st.builds("_SMSTSInWinPE equals {}".format, st.sampled_from(["true", "false"])),
    st.just({"wmi": QUERIES[0]}),
)
_kinds = st.sampled_from(
    [
        {"step": "RequestStateStore", "RequestType": "capture"},
        {"step": "RequestStateStore", "RequestType": "restore"},
        {"step": "ReleaseStateStore"},
        {"step": "ReleaseStateStore"},
        {"step": "CaptureUserState"},
        {"step": "RestoreUserState"},
        {"restart": "WinPE"},
        {"restart": "HD"},
        {"set": "A", "to": "x"},
        {"set": "a", "to": "y"},
        {"set": "B", "to": "X"},
        {"set": "C", "to": "%B%"},
    ]
)
_nodes = nodes_of(steps_of(_kinds, conditions(_tests)), conditions(_tests))
_sequences = st.lists(_nodes, min_size=2, max_size=7)
_of_things = st.sampled_from([*OF_THINGS.values(), "_SMSTSInWinPE equals true"])
_about_things = st.lists(
    nodes_of(steps_of(_kinds, conditions(_of_things)), conditions(_of_things)), min_size=2, max_size=7
)

RESPONSE = {
    "after": {"step": "RequestStateStore"},
    "comes": {"step": "ReleaseStateStore"},
    "deadline": {"step": "RequestStateStore"},
}
PRECEDENCE = {
    "before": {"step": "ReleaseStateStore"},
    "comes": {"step": "RequestStateStore"},
    "since": {"step": "Reboot"},
}
NEVER = {"never": {"step": "CaptureUserState", "session": "restore"}}
PAIRING = {
    "pair": {"step": "CaptureUserState"},
    "with": {"step": "RestoreUserState"},
    "agree": {"second": {"session": "none"}},
    "since": {"step": "ReleaseStateStore"},
}
BETWEEN = {
    "between": {"step": "CaptureUserState"},
    "and": {"step": "RestoreUserState"},
    "forbidden": {"step": "Reboot"},
}
COUNT = {"at most": 1, "of": {"step": "CaptureUserState"}, "in": "sequence"}


def _leaves(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for node in nodes:
        found |= _leaves(node["steps"]) if "group" in node else {node["name"]: node}
    return found


def _context(nodes: list[dict[str, Any]]) -> Context:
    documents, _ = read_source(with_things(sequence_xml(nodes)).encode(), Origin("test"))
    line = timeline(read_model(documents[0]), {})
    return Context(Flow(line, TABLES), Index(line), Secrets(TABLES))


def _traces(
    nodes: list[dict[str, Any]], every: list[Computer] = ALL
) -> list[tuple[Computer, list[tuple[str, dict[str, str | None], str]]]]:
    found = []
    for computer in every:
        ran = start(computer)
        run(nodes, ran)
        found.append((computer, ran.trace))
    return found


def _is(step: dict[str, Any], kind: str) -> bool:
    return step.get("step") == kind or (kind == "Reboot" and "restart" in step)


def _breaks(pattern: dict[str, Any], name: str, other: str, trace: Any, leaves: Any) -> bool:
    """Whether one run breaks a pattern at this step (with this other one, for the forms of two)."""
    names = [n for n, _, _ in trace]
    if name not in names:
        return False
    at = names.index(name)
    before, after = [leaves[n] for n in names[:at]], [leaves[n] for n in names[at + 1 :]]
    if pattern is RESPONSE:
        first = next((s for s in after if _is(s, "ReleaseStateStore") or _is(s, "RequestStateStore")), None)
        return first is None or not _is(first, "ReleaseStateStore")
    if pattern is PRECEDENCE:
        last = next((s for s in reversed(before) if _is(s, "RequestStateStore") or _is(s, "Reboot")), None)
        return last is None or not _is(last, "RequestStateStore")
    if pattern is NEVER:
        return trace[at][2] == "restore"
    if pattern is COUNT:
        return any(_is(s, "CaptureUserState") for s in before)
    if other not in names[:at]:
        return False
    start_at = names.index(other)
    between = [leaves[n] for n in names[start_at + 1 : at]]
    if pattern is PAIRING:
        return not any(_is(s, "ReleaseStateStore") for s in between) and trace[at][2] != "none"
    return any(_is(s, "RestoreUserState") for s in after) and not any(
        _is(s, "RestoreUserState") for s in between
    )


def _names(hit: Hit) -> tuple[str, str]:
    return hit.primary.entry.step.name, hit.roles["first"].entry.step.name


def _expected(pattern: dict[str, Any], hit: Hit, runs: Any, leaves: Any) -> list[bool]:
    return [_breaks(pattern, *_names(hit), trace, leaves) for _, trace in runs]


def _check(pattern: dict[str, Any], nodes: list[dict[str, Any]], every: list[Computer] = ALL) -> None:
    nodes = named(nodes, itertools.count())
    leaves, context, runs = _leaves(nodes), _context(nodes), _traces(nodes, every)
    found = {_names(hit): hit for hit in pattern_of(pattern).hits(context)}
    for hit in found.values():
        expected = _expected(pattern, hit, runs, leaves)
        assert broken(hit, SOME) == any(expected), (nodes, _names(hit))
        if len(hit.roles) == 1 or pattern is RESPONSE or pattern is COUNT:
            reached = [hit.primary.entry.step.name in [n for n, _, _ in trace] for _, trace in runs]
            always = any(reached) and all(e for e, r in zip(expected, reached, strict=True) if r)
            assert broken(hit, EVERY) == always, (nodes, _names(hit))
        if any(expected):
            _check_witness(hit, context, runs, expected)
    _check_nothing_missed(pattern, found, runs, leaves)


def _check_nothing_missed(pattern: dict[str, Any], found: Any, runs: Any, leaves: Any) -> None:
    for first, second in itertools.product(leaves, repeat=2):
        key = (first, second) if pattern in (PAIRING, BETWEEN) else (first, first)
        subject = (
            pattern.get("after")
            or pattern.get("with")
            or pattern.get("of")
            or pattern.get("before")
            or pattern.get("never")
            or pattern["forbidden"]
        )
        other = pattern.get("pair") or pattern.get("between") or subject
        if pattern is BETWEEN:
            subject = pattern["forbidden"]
        if key in found or not _is(leaves[key[0]], subject["step"]) or not _is(leaves[key[1]], other["step"]):
            continue
        if pattern is COUNT and any(name == first for name, _ in found):
            continue
        assert not any(_breaks(pattern, *key, trace, leaves) for _, trace in runs), key


def _true(proposition: Any, computer: Computer) -> bool:
    """Whether a proposition about the computer before the start is true of it."""
    if not isinstance(proposition.subject, Unknown):
        return holds(OF_THINGS.get(proposition.spelling, {"wmi": QUERIES[0]}), computer)
    assert proposition.subject.origin == -1
    return holds(
        f"{proposition.subject.variable} {proposition.operator} {proposition.value}".strip(), computer
    )


def _check_witness(hit: Hit, context: Context, runs: Any, expected: list[bool]) -> None:
    flow = context.flow
    literals, _ = flow.propositions.explain(hit.broken)
    numbers = sorted(flow.diagram.support(hit.broken))
    table = {n: [_true(flow.propositions[n], computer) for computer, _ in runs] for n in numbers}

    def answers(chosen: Any) -> bool:
        meant = [all(table[n][i] == wanted for n, wanted in chosen) for i in range(len(runs))]
        return any(meant) and all(e for e, m in zip(expected, meant, strict=True) if m)

    assert answers(literals)
    assert not any(
        answers(tuple(zip(some, wanted, strict=True)))
        for size in range(len(literals))
        for some in itertools.combinations(numbers, size)
        for wanted in itertools.product((True, False), repeat=size)
    )


_quick = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@_quick
@given(_sequences)
def test_response_is_broken_exactly_where_a_run_breaks_it(nodes):
    _check(RESPONSE, nodes)


@_quick
@given(_sequences)
def test_precedence_is_broken_exactly_where_a_run_breaks_it(nodes):
    _check(PRECEDENCE, nodes)


@_quick
@given(_sequences)
def test_never_under_a_path_state_is_broken_exactly_where_a_run_breaks_it(nodes):
    _check(NEVER, nodes)


@_quick
@given(_sequences)
def test_pairing_is_broken_exactly_where_a_run_breaks_it(nodes):
    _check(PAIRING, nodes)


@_quick
@given(_sequences)
def test_between_is_broken_exactly_where_a_run_breaks_it(nodes):
    _check(BETWEEN, nodes)


@_quick
@given(_sequences)
def test_count_is_broken_exactly_where_a_run_breaks_it(nodes):
    _check(COUNT, nodes)


@_quick
@given(st.sampled_from([RESPONSE, PRECEDENCE, NEVER, PAIRING, BETWEEN, COUNT]), _about_things)
def test_a_rule_about_things_on_the_computer_is_broken_exactly_where_a_run_breaks_it(pattern, nodes):
    _check(pattern, nodes, WITH_THINGS)
