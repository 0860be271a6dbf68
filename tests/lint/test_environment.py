"""What the steps before prove of the environment, and that a story tells where it comes from."""

from __future__ import annotations

import pytest

from tests.linting import RULES, TABLES, findings_of, lint_steps, told
from tslint.rules.builtin import builtin_pages

PAGES = builtin_pages()
FULL_OS, WINPE = "_SMSTSInWinPE equals false", "_SMSTSInWinPE equals true"
WIPE = {"step": "PartitionDisk", "DiskIndex": 0}
COMMAND = {"run": "cmd.exe /c ver"}
CAPTURE = {"step": "CaptureUserState", "UsmtPackageID": "LAB00001"}
STORE = {"set": "OSDStateStorePath", "to": r"\\server\store"}
DELETE = {"run": r"usmtutils.exe /rd C:\Store /y", "name": "Delete"}
# Rules that accuse because of the environment that a step runs in.
CHANGING = ("Reboot", "PrepareOS", "SetupWindowsAndSMS", "UpgradeOperatingSystem")
OF_PHASE = ("TS115", "TS116", "TS117", "TS134", "TS135", "TS201", "TS202", "TS217", "TS219")

# Each: steps of which the first can run in one environment only, and the rule that must be silent for it.
PROVED = {
    "a restore ran in the full OS, so the restart that is for it comes": (
        "TS157",
        [{"step": "RestoreUserState"}, {"restart": "HD", "when": FULL_OS}],
    ),
    "a restore ran in the full OS, so no other step for Windows PE comes between": (
        "TS157",
        [{"step": "RestoreUserState"}, {**COMMAND, "when": WINPE}, {"restart": "HD"}],
    ),
    "BitLocker was suspended in the full OS, so the disk is not partitioned": (
        "TS140",
        [{"step": "DisableBitLocker"}, {**WIPE, "when": WINPE}, STORE, CAPTURE],
    ),
    "a disk was partitioned in Windows PE, so the restart that is for it comes": (
        "TS165",
        [WIPE, DELETE, {"restart": "WinPE", "when": WINPE}],
    ),
    "an application was installed in the full OS, so the restart that is for it comes": (
        "TS165",
        [{"step": "InstallApplication"}, DELETE, {"restart": "HD", "when": FULL_OS}],
    ),
}


@pytest.mark.parametrize("name", PROVED)
def test_what_a_step_proves_of_the_environment_excuses_what_follows(name):
    rule, steps = PROVED[name]
    assert told(lint_steps(*steps), rule) == []


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        ("TS157", [{"step": "RestoreUserState"}, {"restart": "HD", "when": WINPE}]),
        ("TS165", [WIPE, DELETE, {"restart": "HD", "when": FULL_OS}]),
        ("TS140", [WIPE, {"restart": "HD"}, STORE, CAPTURE]),
    ],
)
def test_what_a_step_proves_excuses_nothing_else(rule, steps):
    assert told(lint_steps(*steps), rule) != []


@pytest.mark.parametrize("proof", [{"continueOnError": True}, {"when": "Site equals Berlin"}])
def test_a_step_that_may_have_failed_or_not_run_proves_nothing(proof):
    steps = [{"step": "DisableBitLocker", **proof}, {**WIPE, "when": WINPE}, STORE, CAPTURE]
    assert told(lint_steps(*steps), "TS140") != []


# The cause of a phase has a place


@pytest.mark.parametrize("target", ["WinPE", "HD"])
def test_the_restart_long_before_is_told_where_it_is_the_cause(target):
    rule = "TS202" if target == "WinPE" else "TS201"
    accused = {"step": "InstallApplication" if target == "WinPE" else "PartitionDisk", "name": "Accused"}
    steps = [{"restart": target, "name": "Cause"}, *[COMMAND] * 11, accused]
    (found,) = [one for one in lint_steps(*steps) if one.rule == rule]
    assert ("runs", "Cause") in [(note.kind, note.text) for note in found.path]


def test_the_last_restart_is_the_cause_and_not_those_before_it():
    steps = [{"restart": "WinPE", "name": "First"}, {"restart": "HD", "name": "Second"}]
    steps += [{"restart": "WinPE", "name": "Cause"}, {"step": "InstallApplication"}]
    (found,) = [one for one in lint_steps(*steps) if one.rule == "TS202"]
    names = [note.text for note in found.path if note.kind == "runs"]
    assert "Cause" in names
    assert "First" not in names


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.id in OF_PHASE], ids=lambda rule: rule.id)
def test_an_accusation_about_the_environment_tells_where_the_environment_comes_from(rule):
    labels = {
        kind: facts["name"]
        for kind, facts in TABLES.steps.items()
        if kind in CHANGING or facts.get("runs in", "any") != "any"  # these prove where they ran
    }
    changing = {*labels.values(), "Restart in Windows PE"}
    for example in PAGES[rule.id]["examples"]["reported"]:
        for found in findings_of(example, [rule]):
            asked = any("_SMSTSInWinPE" in note.text for note in found.path if note.kind == "condition")
            changed = any(note.text in changing for note in found.path if note.kind == "runs")
            possibly = any(one.text.partition("' ")[0].strip("'") in changing for one in found.related)
            assert asked or changed or possibly, example["title"]


def test_the_restart_is_told_and_not_the_step_that_only_proves_where_the_computer_is():
    steps = [{"restart": "WinPE", "name": "To Windows PE"}, {**WIPE, "name": "Wipe"}, COMMAND]
    (found,) = [one for one in lint_steps(*steps, {"step": "ReleaseStateStore"}) if one.rule == "TS115"]
    assert next(note.text for note in found.path if note.kind == "runs") == "To Windows PE"


def test_where_no_step_has_brought_it_about_the_one_that_proves_it_is_told():
    (found,) = [
        one
        for one in lint_steps({**WIPE, "name": "Wipe"}, COMMAND, {"step": "ReleaseStateStore"})
        if one.rule == "TS115"
    ]
    assert next(note.text for note in found.path if note.kind == "runs") == "Wipe"
