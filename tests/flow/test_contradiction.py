"""Which conditions can never hold together, whatever the computer: what stands between them counts."""

import pytest

from tests.flow.flows import flow_of
from tslint.flow.contradiction import excluding


def excluded(*steps):
    """What excludes each other, by step."""
    flow = flow_of(*steps)
    line = flow.timeline
    found = {one.step.name: excluding(one, flow) for one in (*line.groups, *line.entries)}
    return {name: [getattr(part, "spelling", "") for part in parts] for name, parts in found.items() if parts}


def group(when, *steps, **more):
    return {"group": "G", "when": when, "steps": list(steps), **more}


def step(when, name="S"):
    return {"step": "InstallUpdate", "name": name, "when": when}


@pytest.mark.parametrize(
    "when",
    [
        ["A equals 1", "A equals 2"],
        ["A equals x", "a notEquals X"],
        ["A exists", "A notExists"],
        ["A equals 1", {"not": "A exists"}],
        ["A greater 5", "A less 3"],
        ["A like x*", "A equals y"],
        ["A equals %B%", "A notEquals %b%"],
        [{"any": ["A equals 1", "A equals 2"]}, "A equals 3"],
        [{"wmi": "SELECT 1"}, {"not": {"wmi": "select  1"}}],
    ],
)
def test_conditions_that_exclude_each_other(when):
    assert list(excluded(step(when))) == ["S"]


@pytest.mark.parametrize(
    "when",
    [
        ["A equals 1", "B equals 2"],
        ["A notEquals 1", "A notEquals 2"],
        {"any": ["A equals 1", "A equals 2"]},
        ["A like x*", "A like *y"],
        ["A equals 1", "%A% equals 2"],
        ["A equals 1", "A contains 2"],
        ["A greaterEqual 10.0.9200", "A less 10.0.19041"],
        ["A greater 10.9", "A less 10.15"],
        [{"wmi": "SELECT 1"}, {"not": {"wmi": "SELECT 2"}}],
        {"all": []},
    ],
)
def test_conditions_that_may_hold_together(when):
    assert excluded(step(when)) == {}


def test_the_fewest_are_told_in_their_order():
    steps = group("A equals 1", step(["B equals 1", "C equals 1", "A equals 2"]))
    assert excluded(steps) == {"S": ["Variable A equals 1", "Variable A equals 2"]}


def test_a_group_that_never_runs_is_told_and_not_what_is_in_it():
    assert list(excluded(group(["A equals 1", "A equals 2"], step("A equals 1")))) == ["G"]


@pytest.mark.parametrize(
    "between",
    [
        {"set": "A", "to": "2"},
        {"run": "x.exe"},
        {"powershell": "Get-Date"},
        {"child": "CHI00001"},
        {"step": "InstallApplication"},
        {"gather": True},
        {"group": "Inner", "steps": [{"set": "A", "to": "2", "when": "B exists"}]},
    ],
)
def test_what_may_change_the_variable_in_between_excuses(between):
    assert excluded(group("A equals 1", between, step("A equals 2"))) == {}


@pytest.mark.parametrize(
    "between", [{"set": "B", "to": "2"}, {"step": "PartitionDisk"}, {"run": "x.exe", "disabled": True}]
)
def test_what_cannot_change_it_does_not(between):
    assert list(excluded(group("A equals 1", between, step("A equals 2")))) == ["S"]


def test_values_that_the_sequence_sets_are_no_condition():
    assert excluded({"set": "A", "to": "1"}, step("A equals 2")) == {}


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ({"restart": "HD"}, []),
        ({"step": "SetupWindowsAndSMS"}, []),
        ({"set": "SMSTSRebootRequested", "to": "HD"}, []),
        ({"run": "x.exe"}, []),
        ({"step": "ApplyOperatingSystem"}, ["S"]),
    ],
)
def test_windows_pe_ends_where_the_computer_restarts(between, found):
    steps = group("_SMSTSInWinPE equals true", between, step("_SMSTSInWinPE equals false"))
    assert list(excluded(steps)) == found


@pytest.mark.parametrize("name", ["OSDComputerName", "_SMSTSSetupRollback", "_SMSTSLastActionSucceeded"])
def test_any_step_may_change_what_is_microsofts(name):
    between = {"step": "InstallUpdate", "name": "Updates"}
    assert excluded(group(f"{name} exists", between, step(f"{name} notExists"))) == {}
    assert list(excluded(group(f"{name} exists", step(f"{name} notExists")))) == ["S"]


def test_files_come_and_go():
    there = {"file": "C:\\x"}
    assert excluded(group(there, {"step": "InstallUpdate"}, step({"not": there}))) == {}
    assert list(excluded(group(there, step({"not": there})))) == ["S"]
