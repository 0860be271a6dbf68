"""What each finding says of how to mend it."""

from __future__ import annotations

from tests.linting import RULES, TABLES
from tests.mend import powershell
from tests.mend.proof import lint
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
        command = command.replace("{set}", "Set-CMTSStepReboot")
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
