"""A mend suits the situation that the finding is in."""

from __future__ import annotations

import re

import pytest

from tests.linting import TABLES
from tests.mend.proof import lint
from tslint.mend.cannot import CannotMendError
from tslint.mend.in_powershell import InPowerShell, quoted
from tslint.mend.in_words import in_words
from tslint.mend.repair import Repairs
from tslint.rules.example import sequence_xml

REQUEST = {"step": "RequestStateStore", "RequestType": "capture"}
CAPTURE = {"step": "CaptureUserState", "UsmtPackageID": "CM100001"}
RELEASE = {"step": "ReleaseStateStore"}
ADDED = (
    "Set-CMTaskSequenceGroup -TaskSequenceName 'A' -StepName 'Late' -AddStep $step -InsertStepStartIndex 1"
)


def repairs(rule, *steps, **options):
    text = sequence_xml(steps, **options)
    found = [one for one in lint(text.encode()) if one.rule == rule]
    assert found, rule
    return [repair for one in found for repair in Repairs(TABLES).of(one)]


def said(rule, *steps):
    repair = repairs(rule, *steps)[0]
    return in_words(repair.changes, repair.opened)


def test_a_release_that_is_disabled_is_enabled_and_not_doubled():
    assert said("TS104", REQUEST, CAPTURE, {**RELEASE, "disabled": True}) == (
        "On the Options tab of 'Release State Store' clear \"Disable this step\"."
    )


def test_a_release_in_a_disabled_group_is_left_there():
    words = said("TS104", REQUEST, CAPTURE, {"group": "Old", "disabled": True, "steps": [RELEASE]})
    assert words.startswith("Add > User State > Release State Store, after 'Capture User State'")


def test_a_release_that_is_disabled_after_the_disk_is_overwritten_comes_too_late():
    wipe = {"step": "ApplyOperatingSystem"}
    words = said("TS104", REQUEST, CAPTURE, wipe, {**RELEASE, "disabled": True})
    assert words.startswith("Add > User State > Release State Store, after 'Capture User State'")


def test_a_dynamic_variables_step_loses_the_one_variable():
    step = {"dynamic": [{"set": {"TSDebugMode": True, "Other": "x"}}], "name": "Set all"}
    (repair,) = repairs("TS221", step)
    assert in_words(repair.changes, repair.opened) == "In 'Set all' remove the variable TSDebugMode."
    assert "Other" in repair.text()
    assert "TSDebugMode" not in repair.text()


def test_a_dynamic_variables_step_that_sets_nothing_else_goes():
    step = {"dynamic": [{"set": {"TSDebugMode": True}}], "name": "Set all"}
    assert said("TS221", step) == "Remove 'Set all'."


def test_the_variable_that_wins_over_a_setting_is_changed_in_its_place():
    steps = (
        {"set": "OSDMigrateFileAccess", "to": "VSS", "name": "Set access"},
        {**CAPTURE, "UseHardlinks": True, "FileAccess": "Normal"},
    )
    assert said("TS130", *steps) == "In 'Set access' enter under \"Value\": Normal."


OU = {"step": "ApplyNetworkSettings", "DomainOUName": "OU=a,DC=b"}


@pytest.mark.parametrize(
    ("rule", "setter", "step"),
    [
        ("TS335", {"set": "OSDDomainOUName", "to": "OU=c,DC=d"}, OU),
        (
            "TS133",
            {"powershell": "$tsenv.Value('OSDMigrateFileAccess') = 'Odd'"},
            {**CAPTURE, "FileAccess": "VSS"},
        ),
        (
            "TS130",
            {"powershell": "$tsenv.Value('OSDMigrateAdditionalCaptureOptions') = '/hardlink /vsc'"},
            {**CAPTURE, "FileAccess": "VSS"},
        ),
    ],
)
def test_a_setting_is_not_edited_that_a_variable_wins_over(rule, setter, step):
    assert repairs(rule, setter, step) == []
    assert repairs("TS335", OU)


def test_a_new_step_gets_the_conditions_of_the_groups_that_it_stands_outside_of():
    steps = (
        {
            "group": "Open",
            "when": "Mode equals Refresh",
            "steps": [{**REQUEST, "when": "Site equals Berlin"}],
        },
        {"group": "Save", "when": "Mode equals Refresh", "steps": [CAPTURE]},
    )
    repair = repairs("TS104", *steps)[0]
    (change,) = repair.changes
    assert (change.group, change.neighbour.name, change.side) == (None, "Save", "after")
    assert [node.name for node in change.like] == ["Open", "Request State Store"]
    assert repair.text().count("Berlin") == 2


def test_conditions_are_not_copied_where_a_variable_in_them_has_another_value_by_then():
    steps = (
        {**REQUEST, "when": "Mode equals Refresh"},
        {**CAPTURE, "when": "Mode equals Refresh"},
        {"set": "Mode", "to": "Done", "when": "Fast equals true"},
        {**RELEASE, "when": "Mode equals Refresh"},
    )
    assert said("TS102", *steps).startswith(
        "Add > User State > Release State Store, after 'Capture User State'"
    )


def test_the_phase_decides_where_a_restart_leads():
    def target(phase):
        command = "shutdown.exe /r /t 0" if phase == "HD" else "wpeutil.exe reboot"
        (change, _) = repairs("TS215", {"restart": phase}, {"run": command, "name": "Now"}, {"run": "a.exe"})[
            0
        ].changes
        return change.node["restart"]

    assert (target("HD"), target("WinPE")) == ("HD", "WinPE")


def test_a_new_step_has_a_name_of_its_own():
    names = [
        {"run": "a.exe", "name": "Release State Store"},
        {"run": "b.exe", "name": "release state store (2)"},
    ]
    words = said("TS104", *names, REQUEST, CAPTURE)
    assert "called 'Release State Store (3)'" in words


def test_steps_that_share_their_name_are_not_told_apart_by_a_cmdlet():
    twins = ({"restart": "Here", "name": "Restart"}, {"restart": "HD", "name": "restart"})
    (repair,) = repairs("TS205", *twins)
    with pytest.raises(CannotMendError, match="2 steps of this type are called 'Restart'"):
        InPowerShell(repair.opened, "'A'").statements(repair.changes)


def test_words_tell_steps_of_one_name_apart_by_their_group_and_order():
    twins = [{"restart": "Here", "name": "Restart"}, {"restart": "There", "name": "Restart"}]
    steps = ({"group": "Install", "steps": twins}, {"restart": "HD", "name": "Restart"})
    words = [in_words(repair.changes, repair.opened) for repair in repairs("TS205", *steps)]
    told = "In 'Restart', number {} of this name, in the group 'Install' choose \"The currently installed "
    assert [one.partition("default")[0] for one in words] == [told.format(1), told.format(2)]


def test_a_step_that_does_not_say_what_it_sets_is_left_alone():
    text = sequence_xml(
        [{"set": "OSDMigrateAdditionalCaptureOptions", "to": "/vsc"}, {**CAPTURE, "UseHardlinks": True}]
    )
    said = re.sub(r"<defaultVarList><variable name=.DoNot.*?</defaultVarList>", "<defaultVarList/>", text)
    (finding,) = [one for one in lint(said.encode()) if one.rule == "TS130"]
    assert "Set Task Sequence Variable" in said
    assert all("OSDMigrate" in repair.text() for repair in Repairs(TABLES).of(finding))


def test_a_step_of_another_type_may_have_the_name():
    (repair,) = repairs("TS205", {"restart": "Here", "name": "Restart"}, {"run": "a.exe", "name": "Restart"})
    (statement,) = InPowerShell(repair.opened, "'A'").statements(repair.changes)
    assert statement.startswith("Set-CMTSStepReboot -TaskSequenceName 'A' -StepName 'Restart' ")


def test_a_name_with_wildcards_stands_for_itself():
    (repair,) = repairs("TS205", {"restart": "Here", "name": "Restart [1]"})
    (statement,) = InPowerShell(repair.opened, "'A'").statements(repair.changes)
    assert "-StepName 'Restart [1]' -DisableWildcardHandling" in statement


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("It's", "'It''s'"),
        ("a\u2019b\u201bc", "'a\u2019\u2019b\u201b\u201bc'"),
        ('$(Remove-Item C:)`n"', "'$(Remove-Item C:)`n\"'"),
        ("", "''"),
    ],
)
def test_nothing_in_a_quoted_text_is_obeyed(name, written):
    assert quoted(name) == written


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[2J", "a\u202eb", "a\u2028b"])
def test_a_text_that_no_line_can_hold_is_not_quoted(name):
    with pytest.raises(CannotMendError):
        quoted(name)


def test_statements_count_on_those_before_them():
    steps = ({"run": "net.exe use Z: \\\\a\\b %SharePassword% /user:c", "name": "Connect"}, {"restart": "HD"})
    statements = InPowerShell((repair := repairs("TS520", *steps)[0]).opened, "'A'").statements(
        repair.changes
    )
    assert [statement.rpartition(" ")[2] for statement in statements] == ["0", "2"]


def test_a_step_moves_to_another_group_by_way_of_a_variable():
    steps = (
        {"step": "ApplyOperatingSystem"},
        {"group": "Early", "steps": [{"step": "RestoreUserState", "UsmtRestorePackageID": "CM100001"}]},
        {"group": "Late", "steps": [{"step": "SetupWindowsAndSMS"}]},
    )
    repair = repairs("TS116", *steps)[0]
    assert InPowerShell(repair.opened, "'A'").statements(repair.changes) == [
        "$step = Get-CMTaskSequenceStep -TaskSequenceName 'A' -StepName 'Restore User State'",
        "Remove-CMTSStepRestoreUserState -TaskSequenceName 'A' -StepName 'Restore User State'",
        ADDED,
    ]


def test_options_are_taken_out_with_their_values():
    options = '/v:5 /keyfile "C:\\a b\\k.txt" /ue:*\\* /key:abc'
    steps = ({"set": "OSDMigrateAdditionalCaptureOptions", "to": options, "name": "Options"}, CAPTURE)
    assert said("TS173", *steps) == "In 'Options' enter under \"Value\": /v:5 /ue:*\\*."


def test_a_command_line_that_does_more_is_not_touched():
    for command in (
        'usmtutils.exe /rd "%X%" > a.log',
        "usmtutils.exe /rd %X% & echo",
        "a.exe usmtutils /rd b",
    ):
        assert not [
            repair
            for one in lint(sequence_xml([{"run": command}, {"restart": "HD"}]).encode())
            for repair in Repairs(TABLES).of(one)
            if one.rule == "TS166"
        ]
