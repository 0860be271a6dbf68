"""The forms of the rule language, on rules made for the test."""

from __future__ import annotations

import pytest

from tests.flow.flows import flow_of, step
from tests.patterns import pattern_of
from tslint.flow.index import Index
from tslint.language.context import Context
from tslint.language.form import EVERY, SOME
from tslint.lint.uncertainty import broken
from tslint.secrets.in_sequence import Secrets


def hits(pattern, *steps, **children):
    flow = flow_of(*steps, **children)
    context = Context(flow, Index(flow.timeline), Secrets(flow.tables))
    return [hit for hit in pattern_of(pattern).hits(context) if broken(hit, SOME)]


def names(found):
    return [hit.primary.entry.step.name for hit in found]


def step_named(name, **more):
    return {**step(name), **more}


HANDLED = {
    "after": {"name": "fails"},
    "outcome": "fails",
    "comes": {"name": "handler"},
}


def test_a_failure_that_ends_the_sequence_is_no_path():
    assert hits(HANDLED, step("fails"), step("other")) == []


def test_a_failure_that_is_swallowed_is_one():
    assert names(hits(HANDLED, step_named("fails", continueOnError=True), step("other"))) == ["fails"]


def test_what_the_failure_skips_in_its_group_is_no_excuse_and_what_comes_after_the_group_is():
    group = {"group": "G", "continueOnError": True, "steps": [step("fails"), step("handler")]}
    assert names(hits(HANDLED, group)) == ["fails"]
    assert hits(HANDLED, group, step("handler")) == []


def test_a_handler_under_the_condition_that_the_last_action_failed_is_reached():
    handler = step("handler", "_SMSTSLastActionSucceeded equals false")
    failing = step_named("fails", continueOnError=True)
    assert hits(HANDLED, failing, handler) == []
    assert names(hits(HANDLED, failing, step("between"), handler)) == ["fails"]


def test_each_subject_fails_alone():
    failing = step_named("fails", continueOnError=True)
    found = hits(HANDLED, failing, step("handler", "_SMSTSLastActionSucceeded equals false"), failing)
    assert [hit.primary.entry.order for hit in found] == [2]


def test_the_end_is_a_deadline_unless_said_otherwise():
    response = {"after": {"name": "A"}, "comes": {"name": "B"}, "deadline": {"name": "C"}}
    assert [hit.at_end for hit in hits(response, step("A"))] == [True]
    assert hits({**response, "at end": "fine"}, step("A")) == []
    (late,) = hits({**response, "at end": "fine"}, step("A"), step("C"), step("B"))
    assert late.roles["deadline"].entry.step.name == "C"


def test_immediately_looks_at_the_next_step_that_runs():
    response = {
        "after": {"name": "A"},
        "comes": {"name": "B"},
        "immediately": True,
        "passing over": {"name": "C"},
    }
    assert hits(response, step("A"), step("C"), step("B")) == []
    (found,) = hits(response, step("A"), step("D", "X exists"), step("B"))
    assert not broken(found, EVERY)


def test_precedence_is_lost_where_it_is_surely_cancelled():
    precedence = {"before": {"name": "C"}, "comes": {"name": "A"}, "since": {"name": "B"}}
    assert names(hits(precedence, step("C"))) == ["C"]
    assert hits(precedence, step("A"), step("C")) == []
    assert names(hits(precedence, step("A"), step("B"), step("C"))) == ["C"]
    assert hits(precedence, step("A", "X exists"), step("B", "X notExists"), step("C", "X exists")) == []


def test_between_needs_the_closing_step_with_and_but_not_with_until():
    between = {"between": {"name": "A"}, "forbidden": {"name": "B"}}
    assert hits({**between, "and": {"name": "C"}}, step("A"), step("B")) == []
    assert names(hits({**between, "and": {"name": "C"}}, step("A"), step("B"), step("C"))) == ["B"]
    assert names(hits({**between, "until": {"name": "C"}}, step("A"), step("B"))) == ["B"]
    assert hits({**between, "until": {"name": "C"}}, step("A"), step("C"), step("B")) == []


def test_every_asks_for_what_may_hold():
    every = {"every": {"step": "CaptureUserState"}, "must": {"FileAccess": "Normal"}}
    assert hits(every, {"step": "CaptureUserState"}) == []
    assert len(hits(every, {"step": "CaptureUserState", "FileAccess": "VSS"})) == 1
    assert hits(every, {"step": "CaptureUserState", "FileAccess": "%Access%"}) == []


@pytest.mark.parametrize(
    ("setting", "before", "mode"),
    [
        ({}, [], "Simple"),
        ({"Mode": "Advanced"}, [], "Advanced"),
        ({"Mode": "Advanced"}, [{"set": "OSDMigrateMode", "to": "Simple"}], "Simple"),
        ({"Mode": "%M%"}, [{"set": "M", "to": "Simple"}], "Simple"),
        ({}, [{"dynamic": [{"set": {"osdmigratemode": "Advanced"}}]}], "Advanced"),
    ],
    ids=["default", "written", "variable", "substituted", "dynamic"],
)
def test_a_setting_is_what_it_is_when_its_step_runs(setting, before, mode):
    capture = {"step": "CaptureUserState", **setting}
    assert len(hits({"never": {"step": "CaptureUserState", "Mode": mode}}, *before, capture)) == 1


def test_a_variable_set_on_some_paths_overrides_on_those():
    steps = [
        {"set": "OSDMigrateMode", "to": "Advanced", "when": "A exists"},
        {"step": "CaptureUserState", "Mode": "Simple"},
    ]
    (found,) = hits({"never": {"step": "CaptureUserState", "Mode": "Simple"}}, *steps)
    assert not broken(found, EVERY)
    assert len(found.context.flow.diagram.support(found.broken)) == 1


def test_a_hidden_setting_and_a_read_only_variable_are_not_overridden():
    links = {"never": {"step": "CaptureUserState", "UseHardlinks": True}}
    capture = {"step": "CaptureUserState", "UseHardlinks": False}
    assert hits(links, {"set": "_OSDMigrateUseHardlinks", "to": "true"}, capture) == []
    request = {"never": {"step": "RequestStateStore", "session": "none", "RequestType": "restore"}}
    override = {"set": "OSDStateRequestType", "to": "restore"}
    assert hits(request, override, {"step": "RequestStateStore", "RequestType": "capture"}) == []


def test_a_setting_that_is_absent_is_read_from_the_action():
    pattern = {"never": {"step": "Reboot", "Target": "WinPE"}}
    assert len(hits(pattern, {"restart": "WinPE"})) == 1
    assert hits(pattern, {"restart": "HD"}) == []


def test_the_phase_is_known_after_a_restart_only():
    never = {"never": {"name": "P", "phase": "winpe"}}
    assert hits(never, step("P")) == []
    assert names(hits(never, {"restart": "WinPE"}, step("P"))) == ["P"]
    assert hits(never, {"restart": "WinPE"}, {"restart": "HD"}, step("P")) == []
    assert names(hits(never, step("P", "_SMSTSInWinPE equals TRUE"))) == ["P"]
    assert names(hits(never, {"restart": "WinPE", "when": "A exists"}, step("P"))) == ["P"]


def test_more_than_so_many_on_one_path():
    count = {"at most": 1, "of": {"name": "P"}}
    assert hits(count, step("P", "A exists"), step("P", "A notExists")) == []
    assert [hit.primary.entry.order for hit in hits(count, step("P"), step("P"), step("P"))] == [1, 2]


def test_the_text_that_is_set_is_the_one_in_the_file_whatever_variables_hold():
    never = {"never": {"sets": "Path", "text": {"starts": "%Root%"}}}
    assert len(hits(never, {"set": "Root", "to": "C:"}, {"set": "Path", "to": "%Root%\\x"})) == 1
    assert len(hits(never, {"dynamic": [{"set": {"Path": "%root%\\x"}}]})) == 1
    assert hits(never, {"set": "Path", "to": "C:\\x"}) == []


NOWHERE = {"nowhere": {"name": "P"}}


@pytest.mark.parametrize(
    "node",
    [
        step("P"),
        step_named("P", disabled=True),
        {"group": "G", "disabled": True, "steps": [{"group": "H", "steps": [step("P")]}]},
        {"group": "G", "when": ["A equals 1", "A equals 2"], "steps": [step("P")]},
        {"group": "P", "disabled": True, "steps": [step("other")]},
        {"group": "P", "steps": []},
    ],
    ids=["active", "disabled", "in a disabled group", "under what cannot hold", "a group", "an empty group"],
)
def test_what_must_stand_nowhere_is_found_whether_it_runs_or_not(node):
    (found,) = hits(NOWHERE, step("first"), node, step("last"))
    assert found.primary.entry.step.name == "P"
    assert broken(found, EVERY)
    assert hits({"never": {"name": "P"}}, step_named("P", disabled=True)) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"group": "G"},
        {"swallowed": True},
        {"guard": {"reads": ["A"]}},
        {"guard": {"reads": ["B"], "of": "groups"}},
    ],
    ids=str,
)
def test_what_must_stand_nowhere_is_asked_for_its_surroundings_too(facts):
    inner = {**step_named("P", disabled=True), "when": "A equals 1"}
    group = {"group": "G", "when": "B equals 1", "continueOnError": True, "steps": [inner]}
    assert len(hits({"nowhere": {"name": "P", **facts}}, step("first"), group, step("last"))) == 1
    assert hits({"nowhere": {"name": "P", **facts}}, step("first"), step("P"), step("last")) == []


def test_what_stands_nowhere_is_no_fault():
    assert hits(NOWHERE, step("first"), {"group": "G", "steps": [step("Q")]}) == []


def test_steps_and_groups_are_told_in_the_order_of_the_file_with_path_and_number():
    found = hits(
        {"nowhere": {"name": {"matches": "."}}},
        {"group": "G", "disabled": True, "steps": [step("a")]},
        {"group": "H", "steps": [step("b"), step_named("c", disabled=True)]},
    )
    told = [(hit.primary.entry.path, hit.primary.entry.number) for hit in found]
    assert told == [("G", 0), ("G/a", 1), ("H", 3), ("H/b", 4), ("H/c", 5)]


def test_a_disabled_assignment_stands_in_the_file_too():
    never = {"nowhere": {"step": "SetVariable", "sets": "any", "to": "x"}}
    assert len(hits(never, {"set": "A", "to": "x", "disabled": True}, {"set": "B", "to": "y"})) == 1
    assert len(hits(never, {"set": "A", "to": "x", "when": ["B equals 1", "B equals 2"]})) == 1


def test_a_hole_is_no_excuse_for_what_stands_in_the_file():
    (found,) = hits(NOWHERE, {"gather": True}, step_named("P", disabled=True))
    assert broken(found, EVERY)
