"""What each finding says of how to mend it."""

from __future__ import annotations

import json
import re

import pytest

from tests.linting import RULES, TABLES
from tests.mend import powershell
from tests.mend.proof import lint
from tests.source.small_exports import zipped
from tslint.report.advice import Advisor
from tslint.report.mask import Mask
from tslint.rules.example import object_xml, sequence_xml

BY_ID = {rule.id: rule for rule in RULES}
CAPTURE = {"step": "CaptureUserState", "UsmtPackageID": "CM100001"}


def advice(rule, text, secrets=()):
    finding = next(one for one in lint(text.encode()) if one.rule == rule)
    return Advisor(TABLES, Mask(secrets, TABLES.secrets["shown"])).advice(finding, BY_ID[rule])


def test_the_name_of_the_sequence_is_that_of_the_export():
    text = object_xml(sequence_xml([{"restart": "Here"}]), "CM100002", "It's one")
    assert advice("TS205", text).command == (
        "Set-CMTSStepReboot -TaskSequenceName 'It''s one' -StepName 'Restart Computer' "
        "-RunAfterRestart HardDisk"
    )


def test_a_name_that_the_file_does_not_tell_is_a_variable_to_set_once():
    assert (
        "-TaskSequenceName $TaskSequenceName " in advice("TS205", sequence_xml([{"restart": "Here"}])).command
    )


def test_why_there_is_no_command_is_said():
    steps = [{"restart": "Here", "name": "Again"}, {"restart": "HD", "name": "Again"}]
    told = advice("TS205", sequence_xml(steps))
    assert told.command == ""
    assert (
        "(PowerShell: 2 steps of this type are called 'Again', and -StepName cannot tell them apart"
        in told.text
    )


def test_what_is_to_be_decided_is_said_with_the_command_for_it():
    text = sequence_xml([{"restart": "HD", "Message": "x" * 600, "name": "Restart [1]"}])
    told = advice("TS210", text)
    assert told.text.endswith("To decide: What the message is to say in at most 512 characters.")
    assert told.command == (
        "Set-CMTSStepReboot -TaskSequenceName $TaskSequenceName -StepName 'Restart [1]' "
        "-DisableWildcardHandling -NotificationMessage $message"
    )


def test_every_command_of_a_rule_is_one_that_the_cmdlets_take():
    written = [rule.cmdlet for rule in RULES if rule.cmdlet]
    assert written
    for cmdlet in written:
        command = cmdlet.replace("{step}", "-TaskSequenceName 'A' -StepName 'B'")
        command = command.replace("{set}", "Set-CMTSStepReboot").replace("{child}", "-TaskSequenceName 'C'")
        assert powershell.faults(command.replace("{sequence}", "-TaskSequenceName 'A'")) == []


def test_a_lite_touch_sequence_gets_the_advice_of_the_workbench():
    steps = [{"set": "AdminPassword", "to": "Ex4mple!one", "name": "Password"}]
    told = advice("TS516", sequence_xml(steps, lite_touch=True))
    assert told.text.startswith("Let the rules of the deployment share")
    assert told.command == ""
    assert (
        "-IsMasked $true -TaskSequenceVariableValue $secret" in advice("TS516", sequence_xml(steps)).command
    )


def test_a_command_that_would_show_a_secret_is_not_written():
    steps = [{"restart": "Here", "name": "Restart Ex4mple!one"}]
    told = advice("TS205", sequence_xml(steps), {"Ex4mple!one"})
    assert told.command == ""
    assert "Ex4mple!one" not in told.text
    assert "The command would show a secret" in told.text


def test_no_command_of_a_rule_has_a_name_that_is_to_be_filled_in():
    for rule in RULES:
        assert not re.search(r"-(TaskSequenceName|StepName)\b|'[A-Z]{2,}'", rule.cmdlet), rule.id


def test_the_command_for_a_child_names_it():
    child = {"step": "SubTasksequence", "TsPackageID": "CM100009", "TsName": "The child", "name": "Call"}
    image = {"BootImageID": "CM1000B1"}
    texts = {
        "CM100002": object_xml(sequence_xml([child]), "CM100002", "Main"),
        "CM100009": object_xml(sequence_xml([{"restart": "HD"}]), "CM100009", "The child", image),
    }
    data = zipped({f"SMS_TaskSequencePackage/{key}/object.xml": text for key, text in texts.items()})
    finding = next(one for one in lint(data, "a.zip") if one.rule == "TS706")
    told = Advisor(TABLES, Mask()).advice(finding, BY_ID["TS706"])
    assert told.command == "Set-CMTaskSequence -TaskSequenceName 'The child' -UseBootImage $false"


def test_a_test_in_a_condition_is_not_mended_by_what_its_step_sets():
    wrong = {"set": "OSDPartitionStyle", "to": "UEFI", "name": "Set"}
    assert advice("TS513", sequence_xml([wrong])).command.endswith(" -TaskSequenceVariableValue $value")
    tested = {"set": "Mine", "to": "1", "name": "Set", "when": "_SMSTSLaunchMode equals USB"}
    assert advice("TS513", sequence_xml([tested])).command == ""


# What sets a variable, and where people look for it there.
SETTERS = {
    "step": ({"set": "@", "to": "#"}, "'It'"),
    "rule": ({"dynamic": [{"set": {"@": "#"}}]}, "'It'"),
    "script": ({"powershell": "$tsenv.Value('@') = '#'"}, "the script of 'It'"),
    "command": ({"run": 'tsenv.exe "@=#"'}, "the command line of 'It'"),
}
CAPTURE_STATE = {"step": "CaptureUserState", "Mode": "Simple"}
REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "SMPRetryTime": "5"}


def set_by(how, variable, value, *steps):
    text = json.dumps({**SETTERS[how][0], "name": "It"}).replace("@", variable).replace("#", value)
    return sequence_xml([json.loads(text), *steps])


@pytest.mark.parametrize("how", SETTERS)
@pytest.mark.parametrize(
    ("rule", "variable", "value", "steps"),
    [
        ("TS152", "OSDMigrateContinueOnLockedFiles", "maybe", [CAPTURE_STATE]),
        ("TS153", "OSDStateSMPRetryCount", "999", [REQUEST]),
        ("TS154", "OSDStateSMPRetryTime", "999", [REQUEST]),
        ("TS173", "OSDMigrateAdditionalCaptureOptions", "/encrypt", [CAPTURE_STATE]),
        ("TS214", "SMSTSRebootRequested", "maybe", []),
        ("TS414", "OSDRecoveryKeyPollingTimeout", "10", []),
    ],
)
def test_advice_names_what_sets_the_variable_whatever_it_is(how, rule, variable, value, steps):
    told = advice(rule, set_by(how, variable, value, *steps)).text
    named = SETTERS[how][1]
    assert told.startswith((f"In {named} ", f"Remove {named}."))
    assert "Set Task Sequence Variable step" not in told


def test_no_rule_takes_what_sets_a_variable_for_one_kind_of_step():
    assert [rule.id for rule in RULES if rule.remedy.startswith("In the Set Task Sequence Variable")] == []


@pytest.mark.parametrize("how", ["script", "command"])
@pytest.mark.parametrize(
    ("rule", "variable", "value", "step"),
    [
        ("TS411", "OSDBitLockerRebootCount", "99", {"step": "DisableBitLocker", "RebootCount": "2"}),
        ("TS133", "OSDMigrateFileAccess", "Odd", {**CAPTURE_STATE, "FileAccess": "Normal"}),
        (
            "TS130",
            "OSDMigrateAdditionalCaptureOptions",
            "/hardlink /vsc",
            {**CAPTURE_STATE, "FileAccess": "Normal"},
        ),
        (
            "TS335",
            "OSDDomainOUName",
            "OU=a,DC=b",
            {"step": "ApplyNetworkSettings", "DomainOUName": "OU=c,DC=d"},
        ),
    ],
)
def test_where_a_variable_wins_the_advice_is_to_change_that_and_not_the_setting(
    how, rule, variable, value, step
):
    told = advice(rule, set_by(how, variable, value, step))
    assert told.text.startswith(f"In {SETTERS[how][1]} change what {variable} is given: that wins over")
    assert told.command == ""
    assert told.repair is None
    assert BY_ID[rule].remedy not in told.text


def test_where_other_things_mend_it_too_the_variable_that_wins_is_told_with_them():
    steps = [
        {"step": "RequestStateStore", "RequestType": "capture"},
        {**CAPTURE_STATE, "UseHardlinks": False},
    ]
    told = advice("TS124", set_by("script", "OSDMigrateAdditionalCaptureOptions", "/hardlink", *steps))
    assert told.text.startswith(
        f"{BY_ID['TS124'].remedy} What the script of 'It' gives OSDMigrateAdditionalCaptureOptions wins over "
    )


def test_the_name_of_what_sets_a_variable_does_not_show_a_secret():
    text = set_by("script", "SMSTSRebootRequested", "maybe").replace('"It"', '"It Ex4mple!one"')
    told = advice("TS214", text, {"Ex4mple!one"})
    assert told.text.startswith("In the script of 'It ***' give")
