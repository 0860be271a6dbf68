"""What command lines and scripts set counts as if a Set Task Sequence Variable step had set it."""

import base64

import pytest

from tests.linting import lint_steps, told

ENVIRONMENT = "(New-Object -ComObject Microsoft.SMS.TSEnvironment)"
CAPTURE = {"step": "CaptureUserState", "name": "Capture"}
RELEASE = {"step": "ReleaseStateStore", "when": "Do equals yes"}


def released_after(*steps):
    """Levels of findings about a release that depends on a variable which these steps set."""
    request = {"step": "RequestStateStore", "RequestType": "capture"}
    found = lint_steps({"set": "Do", "to": "no"}, request, CAPTURE, *steps, RELEASE)
    return sorted(f.level for f in found if f.rule in ("TS101", "TS102", "TS104", "TS106"))


def encoded(script):
    return base64.b64encode(script.encode("utf-16-le")).decode()


@pytest.mark.parametrize(
    "step",
    [
        {"run": f"powershell.exe -Command \"{ENVIRONMENT}.Value('Do')='yes'\""},
        {"run": "powershell.exe -EncodedCommand " + encoded(f"{ENVIRONMENT}.Value('Do')='yes'")},
        {"run": 'cmd.exe /c tsenv.exe "Do=yes"'},
        {"run": f"powershell.exe {ENVIRONMENT}.Value('Do')=Get-It"},
        {"run": "powershell.exe -File Set-It.ps1 -Variable Do"},
        {"run": "cscript.exe set.vbs Do yes"},
        {"powershell": "Set-Item -Path TSEnv:Do -Value yes"},
        {"powershell": "if (Test-It) { $tsenv.Value('Do') = 'yes' }"},
    ],
)
def test_a_release_that_waits_for_what_a_command_sets_is_not_missing(step):
    assert released_after(step) == []


@pytest.mark.parametrize(
    "step",
    [
        {"run": "powershell.exe -Command \"$n = Get-It; $tsenv.Value($n) = 'yes'\""},
        {"powershell": "Get-It | ForEach-Object { $tsenv.Value($_.Name) = $_.Value }"},
        {"run": 'tsenv.exe "%Name%=yes"'},
    ],
)
def test_where_a_command_may_set_any_variable_it_is_only_a_note(step):
    assert released_after(step) == ["note"]


@pytest.mark.parametrize(
    "step",
    [
        {"run": f"powershell.exe -Command \"{ENVIRONMENT}.Value('Do')='never'\""},
        {"run": f"powershell.exe -Command \"if ({ENVIRONMENT}.Value('Do') -eq 'yes') {{ exit }}\""},
        {"run": 'cmd.exe /c tsenv.exe "Did=yes"'},
        {"powershell": "# $tsenv.Value('Do') = 'yes'"},
        {"powershell": "$tsenv.Value('Do') = 'maybe'"},
    ],
)
def test_a_command_that_sets_something_else_excuses_nothing(step):
    assert released_after(step) == ["error"]


UNREAD = [
    {"step": "RunPowerShellScript", "PackageID": "TSL00001", "ScriptName": "Find-It.ps1"},
    {"run": "powershell.exe -ExecutionPolicy Bypass -File Find-It.ps1"},
    {"run": "cscript.exe //nologo find.vbs"},
    {"run": "cmd.exe /c find.cmd"},
    {"run": "ServiceUI.exe -process:TSProgressUI.exe powershell.exe -File Ask.ps1"},
    {"run": "FrontEnd.exe /quiet", "package": "TSL00002"},
]


@pytest.mark.parametrize("step", UNREAD)
def test_a_value_that_no_step_sets_is_waited_for_from_a_script_nobody_can_read(step):
    assert released_after(step) == []


@pytest.mark.parametrize("step", UNREAD)
def test_such_a_script_excuses_nothing_where_the_sequence_sets_the_value_itself(step):
    also = {"set": "Do", "to": "yes", "when": "Site equals Berlin"}
    assert released_after(step, also) == ["warning"]


def test_such_a_script_excuses_nothing_where_it_comes_too_late():
    request = {"step": "RequestStateStore", "RequestType": "capture"}
    found = lint_steps({"set": "Do", "to": "no"}, request, CAPTURE, RELEASE, UNREAD[0])
    assert told(found, "TS104") == [("error", "Capture")]


def test_a_script_that_sets_no_variable_excuses_nothing():
    assert released_after({"run": "cmd.exe /c exit 0"}, {"powershell": "Write-Output done"}) == ["error"]


@pytest.mark.parametrize(
    "step",
    [
        {"powershell": "$tsenv.Value('OSDStateStorePath') = 'C:\\'"},
        {"powershell": '$tsenv.Value("OSDStateStorePath") = "$env:SystemDrive\\"'},
        {"run": f"powershell.exe -Command \"{ENVIRONMENT}.Value('OSDStateStorePath') = $env:SystemDrive\""},
        {"run": "powershell.exe -e " + encoded("$TSEnv:OSDStateStorePath = 'D:'")},
        {"run": "tsenv.exe OSDStateStorePath=C:"},
        {"powershell": "$p = $tsenv.Value('OSDisk'); $tsenv.Value('OSDStateStorePath') = $p"},
    ],
)
def test_a_root_that_a_script_makes_the_store_is_reported(step):
    assert told(lint_steps({**step, "name": "Set store"}, CAPTURE), "TS120") == [("error", "Set store")]


@pytest.mark.parametrize(
    "script",
    [
        "$tsenv.Value('OSDStateStorePath') = 'C:\\Store'",
        '$tsenv.Value("OSDStateStorePath") = "$env:SystemDrive\\Store"',
        "$tsenv.Value('OSDStateStorePath') = \"$drive\\\"",
        "if (Test-It) { $tsenv.Value('OSDStateStorePath') = 'C:\\' }",
        "function Set-It { $tsenv.Value('OSDStateStorePath') = 'C:\\' }",
    ],
)
def test_a_folder_or_a_place_that_only_the_script_knows_is_no_root(script):
    assert told(lint_steps({"powershell": script}, CAPTURE), "TS120") == []
