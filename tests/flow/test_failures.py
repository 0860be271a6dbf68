"""What happens after a step fails and the sequence goes on, by hand and against running every outcome."""

from __future__ import annotations

import pytest

from tests.flow.agreement import compare, paths
from tests.flow.flows import entry, flow_of, runs, step
from tslint.model.condition import Expression

SUCCEEDED, FAILED = "_SMSTSLastActionSucceeded equals true", "_SMSTSLastActionSucceeded equals false"


def tolerant(name, when=None, **more):
    return step(name, when) | {"continueOnError": True} | more


def group(*steps, when=None, goes_on=False):
    found = {"group": "G", "steps": list(steps), "continueOnError": goes_on}
    return found if when is None else found | {"when": when}


def can(flow, *names, without=()):
    """Whether there is a path on which these steps run and the others do not."""
    formula = 1
    for name in names:
        formula = flow.diagram.both(formula, runs(flow, name))
    for name in without:
        formula = flow.diagram.without(formula, runs(flow, name))
    return flow.propositions.possible(formula)


def may_hold(flow, name, test):
    """Whether a test can hold right before a step."""
    variable, operator, *value = test.split(" ")
    found = flow.condition(
        Expression("Variable", variable, operator.lower(), *value), entry(flow, name).order
    )
    return flow.propositions.possible(found)


# Which steps run


@pytest.mark.parametrize(
    "failing", [[tolerant("s")], [group(step("s"), goes_on=True)], [group(group(step("s")), goes_on=True)]]
)
def test_a_handler_runs_after_a_failure_that_the_step_or_a_group_swallows(failing):
    flow = flow_of(*failing, step("handler", FAILED))
    assert can(flow, "s", "handler")
    assert can(flow, "s", without=["handler"])


def test_a_failure_that_nothing_swallows_is_no_path():
    flow = flow_of(step("s"), group(step("t")), step("handler", FAILED))
    assert not can(flow, "handler")


def test_a_failure_skips_the_rest_of_the_group_that_swallows_it():
    flow = flow_of(group(step("s"), step("t"), goes_on=True), step("after"))
    assert can(flow, "s", "after", without=["t"])
    assert can(flow, "s", "t", "after")
    assert not can(flow, without=["s"])
    assert not can(flow, without=["after"])


def test_a_step_that_goes_on_itself_skips_nothing():
    flow = flow_of(group(tolerant("s"), step("t"), goes_on=False), step("after"))
    assert not can(flow, without=["t"])


def test_a_step_that_goes_on_itself_skips_nothing_though_its_group_goes_on_too():
    flow = flow_of(group(tolerant("s"), step("t", FAILED), step("u"), goes_on=True))
    assert can(flow, "s", "t")
    assert not can(flow, "s", without=["u", "t"])


def test_a_failure_leaves_all_groups_up_to_the_innermost_that_goes_on():
    inner = group(group(step("s"), step("t")), step("u"))
    flow = flow_of(group(group(inner, step("v"), goes_on=True), step("w"), goes_on=True))
    assert can(flow, "s", "w", without=["t", "u", "v"])
    assert not can(flow, "u", without=["t"])
    assert not can(flow, "s", without=["t", "w"])  # what swallowed it has ended, and the outer group goes on


def test_the_failure_of_a_handler_in_a_group_that_goes_on_is_one_too():
    flow = flow_of(tolerant("s"), group(step("handler", FAILED), step("t"), goes_on=True), step("after"))
    assert can(flow, "handler", "after", without=["t"])
    assert not can(flow, without=["t", "handler"])


def test_a_childs_failure_ends_the_child_where_the_call_goes_on():
    call = {"child": "TSL00002", "name": "call", "continueOnError": True}
    flow = flow_of(call, step("handler", FAILED), TSL00002=[step("s"), step("t")])
    assert can(flow, "s", "handler", without=["t"])
    assert can(flow, "t", without=["handler"])


# What the last action is


@pytest.mark.parametrize("test", [SUCCEEDED, FAILED, "_SMSTSLastActionSucceeded notExists"])
def test_before_the_first_step_the_last_action_is_unknown(test):
    assert may_hold(flow_of(step("s")), "s", test)


def test_groups_and_skipped_and_disabled_steps_leave_the_last_action_as_it_was():
    skipped = [group(step("t"), when="A equals x"), step("u", "B equals x"), step("d") | {"disabled": True}]
    flow = flow_of(tolerant("s"), *skipped, step("handler", FAILED))
    assert can(flow, "s", "handler", without=["t", "u"])
    assert not can(flow, "handler", "t")
    assert not can(flow, "handler", "u")


def test_the_step_that_ended_a_group_is_the_last_that_ran():
    flow = flow_of(group(step("s"), step("t"), goes_on=True), step("good", SUCCEEDED), step("bad", FAILED))
    assert can(flow, "s", "bad", without=["t", "good"])
    assert not can(flow, "s", "good", without=["t"])


def test_a_step_after_the_handler_sees_the_handler():
    flow = flow_of(tolerant("s"), step("handler", FAILED), step("second", FAILED))
    assert can(flow, "handler")
    assert not can(flow, "second")


@pytest.mark.parametrize(
    ("codes", "test", "possible"),
    [
        ("0", "_SMSTSLastActionRetCode equals 0", False),
        ("0", "_SMSTSLastActionRetCode equals 3010", True),
        ("0 3010", "_SMSTSLastActionRetCode equals 3010", False),
        ("0, 3010", "_SMSTSLastActionRetCode equals 3010", False),
        ("0,3010;1641", "_SMSTSLastActionRetCode equals 1641", False),
        ("0 3010", "_SMSTSLastActionRetCode notEquals 0", True),
        ("1", "_SMSTSLastActionRetCode equals 0", True),
    ],
)
def test_the_code_of_a_failure_is_none_of_those_of_success(codes, test, possible):
    flow = flow_of(tolerant("s", successCodeList=codes), step("handler", [FAILED, test]), step("any", FAILED))
    assert can(flow, "any") or possible
    assert can(flow, "handler") == possible


def test_the_code_of_a_success_is_one_of_those_of_success():
    codes = [step("s") | {"successCodeList": "0 3010"}]
    assert may_hold(flow_of(*codes, step("t")), "t", "_SMSTSLastActionRetCode equals 3010")
    assert not may_hold(flow_of(*codes, step("t")), "t", "_SMSTSLastActionRetCode equals 1")


def test_a_kept_copy_of_the_last_action_tells_of_the_step_before_it():
    keep = {"set": "Kept", "to": "%_SMSTSLastActionSucceeded%", "name": "keep"}
    flow = flow_of(tolerant("s"), keep, step("t"), step("handler", "Kept equals false"), step("now", FAILED))
    assert can(flow, "handler")
    assert not can(flow, "now")
    assert not can(flow, "t", without=["s"])


def test_a_kept_copy_of_the_return_code_tells_of_the_step_before_it():
    keep = {"set": "Code", "to": "%_SMSTSLastActionRetCode%", "name": "keep"}
    flow = flow_of(
        tolerant("s", successCodeList="0"),
        keep,
        step("t"),
        step("bad", "Code equals 1"),
        step("good", "Code equals 0"),
    )
    assert can(flow, "bad", without=["good"])
    assert can(flow, "good", without=["bad"])


def test_the_condition_of_a_dynamic_variable_asks_for_the_step_before():
    dynamic = {"dynamic": [{"when": FAILED, "set": {"A": "x"}}, {"when": SUCCEEDED, "set": {"A": "y"}}]}
    flow = flow_of(tolerant("s"), dynamic, step("x", "A equals x"), step("y", "A equals y"))
    assert can(flow, "x", without=["y"])
    assert can(flow, "y", without=["x"])
    assert not can(flow, without=["x", "y"])


# What a step proves of where it ran


@pytest.mark.parametrize(
    ("kind", "where", "other"),
    [
        ("RestoreUserState", "false", "true"),
        ("DisableBitLocker", "false", "true"),
        ("PartitionDisk", "true", "false"),
    ],
)
def test_a_step_that_can_run_in_one_environment_only_settles_it_for_what_follows(kind, where, other):
    flow = flow_of({"step": kind, "name": "proof"}, step("t"), step("there", f"_SMSTSInWinPE equals {other}"))
    assert not can(flow, "there")
    assert may_hold(flow, "t", f"_SMSTSInWinPE equals {where}")


def test_a_step_settles_the_environment_only_where_it_ran():
    proof = {"step": "RestoreUserState", "name": "proof", "when": "A equals x"}
    flow = flow_of(proof, step("winpe", "_SMSTSInWinPE equals true"))
    assert can(flow, "winpe", without=["proof"])
    assert not can(flow, "proof", "winpe")


@pytest.mark.parametrize("how", ["the step", "its group"])
def test_a_step_that_failed_settles_no_environment(how):
    proof = {"step": "RestoreUserState", "name": "proof", "continueOnError": how == "the step"}
    around = group(proof, goes_on=True) if how == "its group" else proof
    flow = flow_of(around, step("winpe", "_SMSTSInWinPE equals true"))
    assert can(flow, "proof", "winpe")


def test_a_restart_settles_the_environment_anew():
    proof = [{"step": "PartitionDisk", "name": "proof"}, {"restart": "HD", "name": "restart"}]
    flow = flow_of(*proof, step("winpe", "_SMSTSInWinPE equals true"))
    assert not can(flow, "winpe")


# Against running every outcome; many more: python -m tests.flow.agreement --sequences 5000


def test_the_interpreter_itself_runs_every_outcome():
    found = paths([group(tolerant("s"), step("t", FAILED), step("u"), goes_on=True)], [])
    assert {frozenset(path) for path in found.possibly} == {
        frozenset("su"),
        frozenset("stu"),
        frozenset("st"),
    }


def test_the_flow_says_of_random_failures_what_running_them_says():
    assert compare(60, seed=1).first is None


def test_the_flow_says_of_random_restarts_and_failures_what_running_them_says():
    assert compare(60, seed=1, phases=True).first is None
