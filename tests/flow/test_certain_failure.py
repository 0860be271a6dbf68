"""A step that surely fails ends the task sequence where a condition leads to it, or a group that goes on."""

from __future__ import annotations

import pytest

from tests.flow.flows import flow_of, runs, step
from tests.flow.test_failures import can, group, tolerant
from tests.linting import lint_steps, told

STOPS = (
    {"run": "cmd.exe /c exit 1"},
    {"run": "cmd /c echo no & exit /b 1603"},
    {"run": "%COMSPEC% /c exit -5"},
    {"run": 'powershell.exe -NoProfile -Command "Write-Host no; exit 1"'},
    {"powershell": "exit 1"},
    {"powershell": "Write-Host no\nthrow 'no'"},
    {"powershell": "if ($a) { exit 5 }\nexit 1"},
    {"powershell": "[Environment]::Exit(7)"},
    {"powershell": "try { exit 3 } finally { Write-Host x }"},
)
DOES_NOT = (
    {"run": "cmd.exe /c exit 0"},
    {"run": "cmd.exe /c exit 3010"},
    {"run": "cmd.exe /c exit 5", "successCodeList": "0 5"},
    {"run": "cmd.exe /c check.exe || exit 1"},
    {"run": "cmd.exe /c find x y && exit 1"},
    {"run": "cmd.exe /c if exist C:\\x exit 1"},
    {"run": "cmd.exe /c exit %Code%"},
    {"run": "tool.exe exit 1"},
    {"powershell": "if ($a) { exit 1 }"},
    {"powershell": "if ($a) { exit 0 }\nexit 1"},
    {"powershell": "try { throw 'no' } catch { }"},
    {"powershell": "function Stop { exit 1 }"},
    {"powershell": "exit $code"},
    {"run": "cmd.exe /c cmd.exe /c exit 1 & exit 0"},
    {"run": 'cmd.exe /c "cmd.exe /c exit 1 & ver"'},
    {"run": 'cmd.exe /c start "" cmd.exe /c exit 1'},
    {"run": "cmd.exe /c powershell.exe -Command exit 1 & exit /b 0"},
    {"powershell": "cmd.exe /c exit 1; exit 0"},
    {"powershell": "powershell.exe -Command { exit 1 }\nexit 0"},
    {"powershell": "& cmd.exe /c 'exit 1'\nWrite-Host x"},
    {"powershell": "Get-ChildItem C:\\Bad | ForEach-Object { exit 1 }"},
    {"powershell": "Get-Process x | % { throw 'no' }"},
    {"powershell": "Start-Job { exit 1 }"},
    {"powershell": "Invoke-Retry { throw 'no' }"},
    {"powershell": "(Test-Path C:\\x) -or $(throw 'x')"},
)
MODEL = "Model notEquals X1"


def named(stop, when=None):
    return {**stop, "name": "stop"} | ({} if when is None else {"when": when})


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_nothing_runs_after_a_step_that_ends_the_sequence(stop):
    flow = flow_of(named(stop, MODEL), step("after"))
    assert not can(flow, "stop", "after")
    assert can(flow, "after", without=["stop"])


@pytest.mark.parametrize("stop", DOES_NOT, ids=str)
def test_what_may_succeed_ends_nothing(stop):
    assert can(flow_of(named(stop, MODEL), step("after")), "stop", "after")


def test_the_condition_may_be_that_of_a_group():
    flow = flow_of(group(step("log"), named(STOPS[0]), when=MODEL), step("after"))
    assert not can(flow, "log", "after")


def test_a_group_that_goes_on_is_left_and_no_more():
    flow = flow_of(group(named(STOPS[0], MODEL), step("skipped"), goes_on=True), step("after"))
    assert not can(flow, "stop", "skipped")
    assert can(flow, "stop", "after", without=["skipped"])


def test_a_step_that_goes_on_has_failed():
    failed = "_SMSTSLastActionSucceeded equals false"
    flow = flow_of(tolerant("stop") | STOPS[0], step("handler", failed))
    assert not can(flow, "stop", without=["handler"])


def test_what_comes_after_a_step_that_ends_every_run_is_judged_as_if_it_was_not():
    assert runs(flow_of(named(STOPS[0]), step("after")), "after") == 1


def test_the_end_is_reached_where_nothing_ended_the_sequence():
    flow = flow_of(named(STOPS[0], MODEL), step("after"))
    assert flow.completes() == runs(flow, "after")


def test_a_state_store_that_is_open_when_the_sequence_is_ended_is_no_finding():
    request, release = (
        {"step": "RequestStateStore", "RequestType": "capture"},
        {"step": "ReleaseStateStore", "when": "Model equals X1"},
    )
    assert told(lint_steps(request, {"step": "CaptureUserState"}, release), "TS102")
    assert not told(
        lint_steps(request, named(STOPS[0], MODEL), {"step": "CaptureUserState"}, release), "TS102"
    )


@pytest.mark.parametrize(
    "how", [{"continueOnError": True}, {"group": "Try", "continueOnError": True}], ids=str
)
def test_a_request_that_fails_opens_no_session(how):
    request = {"step": "RequestStateStore", "RequestType": "capture"}
    request = {**how, "steps": [request]} if "group" in how else {**request, **how}
    local = (
        {"set": "OSDStateStorePath", "to": "C:\\UserState"},
        {"step": "CaptureUserState", "UseHardlinks": True, "Mode": "Advanced"},
    )
    regular = ({"step": "CaptureUserState"}, {"step": "ReleaseStateStore"})

    def on(outcome, steps):
        return {"group": outcome, "when": f"_SMSTSLastActionSucceeded equals {outcome}", "steps": list(steps)}

    found = lint_steps(request, on("false", local), on("true", regular))
    assert not told(found, "TS104")
    assert not told(found, "TS124")
    found = lint_steps(request, on("true", local))
    assert told(found, "TS124")
