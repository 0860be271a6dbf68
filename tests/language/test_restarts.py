"""Which steps restart the computer: every way that a sequence shows, and what only looks like one."""

import base64

import pytest

from tests.linting import lint_steps, told

DELETE = {"run": "usmtutils.exe /rd C:\\UserState /y", "name": "Delete"}


def missing(*steps):
    """Levels of the finding that no restart follows the deletion of a hard-link store."""
    return [level for level, _ in told(lint_steps(*steps), "TS165")]


def right_after(*steps):
    """Levels of findings that the restart does not come right after a restore."""
    restore = {"step": "RestoreUserState", "LocalAccounts": True}
    return [level for level, _ in told(lint_steps(restore, *steps), "TS157")]


def encoded(script):
    return base64.b64encode(script.encode("utf-16-le")).decode()


RESTARTS = [
    {"restart": "HD"},
    {"restart": "WinPE"},
    {"step": "SetupWindowsAndSMS"},
    {"run": "shutdown.exe /r /t 0"},
    {"run": "cmd /c shutdown -r -f -t 5"},
    {"run": "shutdown /g"},
    {"run": "powershell.exe Restart-Computer -Force"},
    {"powershell": "Restart-Computer"},
    {"run": "powershell -enc " + encoded("Restart-Computer -Force")},
    {"run": "wpeutil reboot"},
    {"run": "X:\\Windows\\System32\\wpeutil.exe Reboot"},
    {"run": "psshutdown64.exe -r -t 0"},
    {"set": "SMSTSRebootRequested", "to": "HD"},
    {"dynamic": [{"set": {"SMSTSRebootRequested": "WinPE"}}]},
    {"powershell": "$tsenv.Value('SMSTSRebootRequested') = 'HD'"},
    {"run": "tsenv.exe SMSTSRebootRequested=HD"},
    {"run": "powershell -Command \"$TSEnv:SMSTSRebootRequested = 'HD'\""},
    {"run": "cmd /c exit 3010"},
    {"run": "cmd.exe /c exit /b 1641", "successCodeList": "0 1641"},
    {"powershell": "exit 3010"},
    {"powershell": "[Environment]::Exit(3010)"},
    {"powershell": "$host.SetShouldExit(3010)"},
    {"run": 'powershell.exe -Command "exit 3010"'},
    {"powershell": "$code = 3010; exit $code"},
]


@pytest.mark.parametrize("step", RESTARTS)
def test_each_way_to_restart_is_known_to_every_rule(step):
    assert missing(DELETE, step) == []
    assert right_after(step) == []
    assert right_after({"step": "ReleaseStateStore"}, step) == []


@pytest.mark.parametrize("step", RESTARTS)
def test_a_step_in_between_is_told_whatever_restarts_then(step):
    assert right_after({"run": "report.exe"}, step) in (["warning"], [])
    if step.get("step") != "SetupWindowsAndSMS":  # an operating system deployment needs none
        assert right_after({"run": "report.exe"}, step) == ["warning"]


@pytest.mark.parametrize(
    "step",
    [
        {"run": "shutdown.exe /s /t 0"},
        {"run": "shutdown.exe /a"},
        {"run": "shutdown.exe /r /m \\\\other"},
        {"run": "cmd /c echo shutdown /r"},
        {"powershell": "Restart-Computer -ComputerName other"},
        {"powershell": "Restart-Computer -WhatIf"},
        {"powershell": "Write-Host 'Restart-Computer'"},
        {"powershell": "# exit 3010"},
        {"powershell": "Write-Host 3010"},
        {"powershell": "exit 3010", "successCodeList": "0"},
        {"run": "cmd /c exit 3010", "successCodeList": "0 1641"},
        {"run": "cmd /c exit 1641"},
        {"run": "C:\\KB3010\\setup.exe /log C:\\3010.log"},
        {"set": "SMSTSRebootRequested", "to": "false"},
        {"set": "SMSTSRebootRequested", "to": ""},
        {"set": "SMSTSPostAction", "to": "cmd /c del C:\\x"},
        {"set": "SMSTSPostAction", "to": "shutdown /s"},
        {"restart": "HD", "disabled": True},
        {"run": 'reg.exe add HKLM\\X /v Y /d "exit 3010"'},
    ],
)
def test_what_only_looks_like_a_restart_is_none(step):
    assert missing(DELETE, step) == ["error"]
    assert right_after(step) == ["error"]


@pytest.mark.parametrize(
    "command",
    [
        "shutdown.exe /r /t 5",
        "cmd.exe /c shutdown -r",
        'cmd /c "C:\\Windows\\System32\\shutdown.exe" /f /r',
        "powershell.exe Restart-Computer",
        "wpeutil reboot",
        "cmd /c X:\\after.cmd",
        "%After%",
    ],
)
def test_what_runs_after_the_end_can_restart(command):
    post = {"set": "SMSTSPostAction", "to": command}
    for steps in ((post, DELETE), (DELETE, post)):
        assert missing(*steps) == []
    assert missing({**post, "when": "Later equals yes"}, DELETE) == ["warning"]


@pytest.mark.parametrize(
    "script",
    [
        "usmtutils /rd C:\\S /y\nexit 3010",
        "$tsenv.Value('SMSTSRebootRequested') = 'HD'\nusmtutils /rd C:\\S /y",
        "usmtutils /rd C:\\S /y\nif ($LASTEXITCODE -eq 0) { exit 3010 }",
        "usmtutils /rd C:\\S /y\nRestart-Computer",
    ],
)
def test_a_script_that_asks_for_the_restart_itself_needs_no_step_for_it(script):
    assert missing({"powershell": script}) == []


@pytest.mark.parametrize(("where", "phase"), [("WinPE", ["TS115"]), ("HD", [])])
def test_a_restart_that_a_variable_asks_for_leads_to_where_it_says(where, phase):
    steps = [
        {"step": "RequestStateStore", "RequestType": "restore"},
        {"step": "RestoreUserState", "LocalAccounts": True},
        {"set": "SMSTSRebootRequested", "to": where},
        {"step": "ReleaseStateStore"},
    ]
    assert [f.rule for f in lint_steps(*steps) if f.rule == "TS115"] == phase
