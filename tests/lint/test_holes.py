"""A step that may set any variable: what it could put right is only noted."""

import pytest

from tests.linting import RULES, findings_of, told

CHOSEN = [rule for rule in RULES if rule.id in ("TS101", "TS102", "TS120", "TS142", "TS165")]
REQUEST = {"step": "RequestStateStore", "RequestType": "capture"}
RELEASE = {"step": "ReleaseStateStore"}
CAPTURE = {"step": "CaptureUserState", "Mode": "Simple", "name": "Capture"}
RESTORE = {"step": "RestoreUserState", "name": "Restore"}
HOLES = [
    {"gather": True},
    {"run": 'cscript.exe "%DeployRoot%\\Scripts\\ZTIGather.wsf"'},
    {"run": "%ToolRoot%\\UDIWizard.exe"},
]


def found(*steps):
    return findings_of({"sequence": steps}, CHOSEN)


@pytest.mark.parametrize("hole", HOLES, ids=["step", "script", "wizard"])
def test_a_setting_that_the_step_may_override_is_only_a_note_that_names_it(hole):
    (finding,) = found({**hole, "name": "Anything"}, CAPTURE, RESTORE)
    assert (finding.rule, finding.level) == ("TS142", "note")
    assert finding.doubt == "'Anything' can set any variable"


@pytest.mark.parametrize("hole", HOLES, ids=["step", "script", "wizard"])
def test_a_fault_that_no_variable_can_put_right_stays_what_it_is(hole):
    assert told(found({**hole}, REQUEST), "TS101") == [("error", "Request State Store")]


def test_a_step_that_comes_too_late_excuses_nothing():
    assert told(found(CAPTURE, RESTORE, {"gather": True}), "TS142") == [("warning", "Restore")]


def test_a_disabled_step_excuses_nothing():
    assert told(found({"gather": True, "disabled": True}, CAPTURE, RESTORE), "TS142") == [
        ("warning", "Restore")
    ]


def test_a_variable_that_is_set_again_after_it_is_known():
    steps = [{"gather": True}, {"set": "OSDStateStorePath", "to": "C:\\"}, CAPTURE]
    assert told(found(*steps), "TS120") == [("error", "Set Task Sequence Variable")]


def test_such_a_step_leaves_the_variables_of_the_engine_alone():
    for variable, level in (("_SMSTSInWinPE", "error"), ("Other", "note")):
        steps = [
            REQUEST,
            {"restart": "WinPE"},
            {"set": "Other", "to": "true"},
            {"gather": True},
            {**RELEASE, "when": f"{variable} equals false"},
        ]
        assert told(found(*steps), "TS101") == [(level, "Request State Store")]


def test_a_script_that_names_the_overriding_variable_silences_what_rests_on_the_setting():
    script = {"powershell": '$tsenv.Value("OSDMigrateLocalAccounts") = "true"'}
    assert found(CAPTURE, script, RESTORE) == []
    assert told(found(CAPTURE, {"powershell": '$x.Value("Other") = 1'}, RESTORE), "TS142") == [
        ("warning", "Restore")
    ]


def test_a_script_that_names_a_variable_counts_where_setting_it_would_excuse():
    script = {"powershell": '$tsenv.Value("SMSTSRebootRequested") = "HD"'}
    delete = {"run": "usmtutils.exe /rd C:\\Store"}
    assert [finding.rule for finding in found(delete)] == ["TS165"]
    assert found(delete, script) == []


def test_two_steps_of_which_either_could_put_it_right_are_still_a_note():
    assert told(found(CAPTURE, {"gather": True}, {"gather": True}, RESTORE), "TS142") == [("note", "Restore")]
