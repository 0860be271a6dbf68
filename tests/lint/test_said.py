"""What a finding says and where it stands: values, the steps that set them, steps that do not run."""

import pytest

from tests.linting import RULES, findings_of
from tests.rule_text import NEVER, RULE
from tslint.lint.finding import Place
from tslint.report.located import located
from tslint.report.mask import Mask
from tslint.rules.custom import load_rules

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
CAPTURE = {"step": "CaptureUserState", "name": "Capture"}
RESTORE = {"step": "RestoreUserState", "LocalAccounts": True, "name": "Restore"}
HARD_LINK = {**CAPTURE, "UseHardlinks": True, "FileAccess": "Normal", "Mode": "Simple"}


def found(rule, *steps, **more):
    chosen = [one for one in RULES if one.id == rule]
    return findings_of({"sequence": list(steps), **more}, chosen)


def only(rule, *steps, **more):
    (finding,) = found(rule, *steps, **more)
    return finding


def related(finding):
    return [one.text for one in finding.related]


def source(finding):
    """The source at the place of a finding."""
    (one,) = located([finding], Mask())
    return one.spot.text[one.spot.start : one.spot.end]


# The value that counts, and what set it


def test_a_value_is_told_as_it_becomes_with_the_step_that_set_what_is_in_it():
    finding = only(
        "TS120",
        {"set": "Where", "to": "C:", "name": "Set drive"},
        {"set": "OSDStateStorePath", "to": "%Where%\\", "name": "Set path"},
        HARD_LINK,
    )
    assert "'Set path' makes 'C:\\' the state store" in finding.message
    assert related(finding)[0] == "'Set drive' sets Where"
    assert [note.text for note in finding.path if note.kind == "runs"] == ["Set drive", "Set path", "Capture"]


def test_a_value_that_differs_by_path_is_told_as_it_is_where_the_rule_is_broken():
    finding = only(
        "TS120",
        {"set": "Where", "to": "C:\\Store"},
        {"set": "Where", "to": "D:\\", "name": "Set drive", "when": "Model equals X"},
        {"set": "OSDStateStorePath", "to": "%Where%"},
        HARD_LINK,
    )
    assert "makes 'D:\\' the state store" in finding.message
    assert "'Set drive' sets Where" in related(finding)


def test_a_value_that_is_not_known_is_told_as_it_is_written():
    finding = only("TS120", {"set": "OSDStateStorePath", "to": "%SystemDrive%\\"}, HARD_LINK)
    assert "makes '%SystemDrive%\\' the state store" in finding.message


def test_a_value_that_the_console_hides_is_not_put_into_another():
    finding = only(
        "TS120",
        {"set": "Where", "to": "C:", "masked": True},
        {"set": "OSDStateStorePath", "to": "%Where%\\"},
        HARD_LINK,
    )
    assert "'%Where%\\'" in finding.message


def test_values_that_hold_one_another_without_end_are_no_matter():
    steps = [{"set": f"V{number}", "to": f"%V{number - 1}%"} for number in range(1, 1000)]
    last = {"set": "OSDStateStorePath", "to": "%V999%\\"}
    assert found("TS120", {"set": "V0", "to": "C:"}, *steps, last, HARD_LINK) is not None


@pytest.mark.parametrize(
    ("rule", "options", "step"),
    [
        ("TS172", "/uel:30", {**CAPTURE, "OfflineUserState": True}),
        ("TS173", "/encrypt", CAPTURE),
        ("TS170", "/hardlink", HARD_LINK),
    ],
)
def test_options_are_told_with_the_step_that_set_them(rule, options, step):
    finding = only(
        rule,
        {"set": "OSDMigrateAdditionalCaptureOptions", "to": "/v:5"},
        {"set": "Extra", "to": options, "name": "Set extra"},
        {
            "set": "OSDMigrateAdditionalCaptureOptions",
            "to": "%OSDMigrateAdditionalCaptureOptions% %Extra%",
            "name": "Set options",
        },
        step,
    )
    assert " from " in finding.message
    assert "'Set options'" in finding.message
    assert "'Set extra' sets Extra" in related(finding)
    assert "'Set options' sets OSDMigrateAdditionalCaptureOptions" in related(finding)


def test_options_that_no_step_set_are_told_of_without_one():
    finding = only("TS173", {**CAPTURE, "AdditionalCaptureOptions": "/encrypt"})
    assert " of its own, although " in finding.message


def test_a_setting_that_a_variable_overrides_is_told_with_the_step_that_set_it():
    finding = only(
        "TS142",
        {"set": "OSDMigrateMode", "to": "Simple", "name": "Set mode"},
        {**CAPTURE, "Mode": "Advanced", "ConfigFiles": "a.xml"},
        {**RESTORE, "LocalAccounts": False},
    )
    assert "'Set mode' sets OSDMigrateMode" in related(finding)


def test_a_variable_that_a_rule_asks_for_is_told_with_the_step_that_set_it():
    network = {"set": "OSDStateStorePath", "to": "\\\\server\\share", "name": "Set path"}
    other = {"set": "OSDStateStorePath", "to": "C:\\Store", "name": "Set other", "when": "A exists"}
    assert related(only("TS125", network, other, HARD_LINK))[0] == "'Set path' sets OSDStateStorePath"


# What keeps the partner from running


@pytest.mark.parametrize(
    ("rule", "steps"),
    [("TS101", [REQUEST]), ("TS104", [REQUEST, CAPTURE]), ("TS108", [REQUEST, CAPTURE, RESTORE])],
)
@pytest.mark.parametrize(
    ("release", "word"),
    [
        ({**RELEASE, "disabled": True}, "is disabled"),
        ({"group": "G", "disabled": True, "steps": [RELEASE]}, "is in a group that is disabled"),
        ({**RELEASE, "when": ["A equals x", "A equals y"]}, "never runs: its conditions cannot all hold"),
    ],
    ids=["disabled", "in a disabled group", "unreachable"],
)
def test_a_release_that_is_there_and_never_runs_is_shown(rule, steps, release, word):
    before, last = (steps[:-1], steps[-1:]) if rule == "TS108" else (steps, [])
    finding = only(rule, *before, release, *last)
    assert f"'Release' {word}" in related(finding)
    (place,) = (one.place for one in finding.related if "Release" in one.text)
    assert place.step.endswith("Release")


def test_a_release_on_another_path_is_shown_too():
    finding = only("TS104", {**RELEASE, "when": "A equals x"}, {**REQUEST, "when": "A equals y"}, CAPTURE)
    assert "'Release' does not run then" in related(finding)


def test_a_step_of_another_kind_that_is_disabled_is_no_partner():
    finding = only("TS101", REQUEST, {**CAPTURE, "disabled": True})
    assert related(finding) == []


# On every path


def test_a_finding_without_conditions_does_not_say_where_it_happens():
    steps = [HARD_LINK, {"step": "PartitionDisk", "DiskIndex": 0, "name": "Wipe"}, RESTORE]
    assert (
        only("TS127", *steps).message == "'Wipe' erases the hard links that 'Capture' has left on this disk."
    )
    steps[1] = {**steps[1], "when": "Model equals X"}
    assert only("TS127", *steps).message.endswith(" has left on this disk, when Model equals 'X'.")


def test_nothing_comes_after_a_restore_with_which_the_sequence_ends():
    ends = only("TS157", RESTORE, {"restart": "HD", "when": "Restart equals true"})
    assert ends.message.endswith(", and no restart follows when Restart does not equal 'true'.")
    other = only("TS157", RESTORE, {"run": "report.exe"}, {"restart": "HD"})
    assert other.message.endswith(", and something other than a restart comes right after it.")


# Where it stands


@pytest.mark.parametrize(
    ("rule", "steps", "there"),
    [
        ("TS104", [REQUEST, {**CAPTURE, "OfflineUserState": False}], "<step"),
        ("TS127", [HARD_LINK, {"step": "PartitionDisk", "DiskIndex": 0}, RESTORE], "<step"),
        ("TS129", [HARD_LINK], "<step"),
        ("TS130", [{**HARD_LINK, "FileAccess": "VSS"}], "VSS"),
        ("TS205", [{"restart": "Disk"}], "Disk"),
        ("TS120", [{"set": "OSDStateStorePath", "to": "C:\\"}, HARD_LINK], "C:\\"),
    ],
)
def test_the_place_is_a_setting_only_where_the_setting_is_at_fault(rule, steps, there):
    finding = only(rule, *steps)
    assert isinstance(finding.place, Place)
    assert source(finding) == there


# One reason once


def test_one_reason_for_doubt_is_told_once_a_file():
    steps = [{"gather": True, "name": "Gather"}, CAPTURE, {**RESTORE, "LocalAccounts": False}]
    doubtful = [
        *found("TS142", *steps),
        *found("TS142", *steps, {**RESTORE, "LocalAccounts": False, "name": "Again"}),
    ]
    assert len(doubtful) == 3
    shown = [one.finding for one in located(doubtful, Mask())]
    assert {one.doubt for one in shown} == {"'Gather' can set any variable"}
    tails = ["only a note, because 'Gather' can set any variable." in one.message for one in shown]
    assert tails == [True, False]


# Steps that a message names and that there are none of


@pytest.mark.parametrize(
    ("pattern", "message", "told"),
    [
        (
            "after: {command: a}\ncomes: {command: c}\ndeadline: {command: b}",
            "'{first}' comes before '{deadline}'.",
            {"run": "'A' comes before 'B'.", "end": "'A' comes before the end of the task sequence."},
        ),
        (
            "after: {command: a}\ncomes: {command: c}\ndeadline: {command: b}",
            "{deadline} comes after '{first}'.",
            {"run": "B comes after 'A'.", "end": "The end of the task sequence comes after 'A'."},
        ),
        (
            "never: {command: a, session: none}",
            "'{first}' runs, and '{opener}' has opened a session.",
            {"end": "'A' runs, and no step has opened a session."},
        ),
    ],
)
def test_a_step_that_there_is_none_of_is_told_in_words(pattern, message, told, tmp_path):
    text = RULE.partition("examples:")[0].replace(NEVER, pattern)
    old = next(line for line in text.splitlines() if line.startswith("message:"))
    (tmp_path / "no-restart.yaml").write_text(text.replace(old, f'message: "{message}"'), "utf-8")
    (rule,), _ = load_rules(str(tmp_path))
    a, b = {"run": "a", "name": "A"}, {"run": "b", "name": "B"}
    for how, steps in (("run", [a, b]), ("end", [a])):
        if how in told:
            assert [one.message for one in findings_of({"sequence": steps}, [rule])] == [told[how]]
