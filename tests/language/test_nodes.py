"""Groups, disabled steps, and the conditions of a step apart from those of its groups, as rules see them."""

from typing import Any

import pytest

from tests.linting import findings_of, lint_steps, told
from tests.patterns import rule_of

REFRESH = "_SMSTSLaunchMode equals SMS"


def found(selector: Any, *steps: dict[str, Any], **children: Any) -> list[str]:
    """Paths of the nodes that the selector surely picks."""
    rules = [rule_of({"never": selector})]
    return [f.place.step for f in findings_of({"sequence": list(steps), "children": children}, rules)]


def group(name, *steps, **more):
    return {"group": name, "steps": list(steps), **more}


def step(name, **more):
    return {"run": "x.exe", "name": name, **more}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Refresh/Replace", "Refresh/Replace"),
        ("A/B/C", {"starts": "A/B"}),
        ("/", "/"),
        ("Plain", "plain"),
        ("a \\ b", {"contains": "\\"}),
    ],
)
def test_a_group_is_known_by_its_whole_name(name, wanted):
    steps = [group(name, group("Inner", step("R/S"))), step("Outside")]
    assert [path.endswith("R/S") for path in found({"step": "RunCommandLine", "group": wanted}, *steps)] == [
        True
    ]
    assert found({"step": "RunCommandLine", "group": "S"}, *steps) == []


def test_a_piece_of_a_groups_name_is_no_group():
    steps = [group("Refresh/Replace", step("R"))]
    assert found({"step": "RunCommandLine", "group": ["Refresh", "Replace"]}, *steps) == []


def test_the_groups_of_a_caller_are_not_those_of_a_child():
    child = {"child": "CHI00001"}
    called = found({"name": "R", "group": "Caller"}, group("Caller", child), CHI00001=[step("R")])
    assert called == []


@pytest.mark.parametrize(
    ("selector", "paths"),
    [
        ({"node": "group", "name": {"contains": "TODO"}}, ["TODO later", "A/TODO too"]),
        ({"node": "group"}, ["TODO later", "A", "A/TODO too"]),
        ({"node": "group", "group": "A"}, ["A/TODO too"]),
        ({"node": "group", "continueOnError": True}, ["A"]),
        ({"node": "disabled step"}, ["Off", "Gone/In it"]),
        ({"node": "disabled step", "name": "Off"}, ["Off"]),
        ({"node": "disabled step", "command": "x"}, ["Off", "Gone/In it"]),
        ({"node": "disabled group"}, ["Gone"]),
        ({"node": ["step", "disabled step"], "name": ["Off", "S"]}, ["Off", "TODO later/S"]),
        ({"node": "disabled step", "step": "Reboot"}, []),
        ({"name": "Off"}, []),
    ],
)
def test_groups_and_disabled_steps_can_be_asked_for(selector, paths):
    steps = [
        group("TODO later", step("S")),
        step("Off", disabled=True),
        group("A", group("TODO too", step("T")), continueOnError=True),
        group("Gone", step("In it"), disabled=True),
    ]
    assert sorted(found(selector, *steps)) == sorted(paths)


@pytest.mark.parametrize(
    ("selector", "paths"),
    [
        ({"node": "disabled step", "command": "x"}, ["Off", "Gone/In it"]),
        ({"node": "disabled group"}, ["Gone", "Gone/Inner"]),
        ({"node": "group"}, ["A"]),
        ({"node": ["group", "disabled group"], "name": "Gone"}, ["Gone"]),
        ({"node": "disabled step", "test": {"variable": "X"}}, ["Off"]),
        ({"name": "Off"}, ["Off"]),
    ],
)
def test_what_stands_in_the_file_is_told_apart_too(selector, paths):
    steps = [
        group("A", step("S", when="X equals 1")),
        step("Off", disabled=True, when="X equals 1"),
        group("Gone", step("In it"), group("Inner"), disabled=True),
    ]
    rules = [rule_of({"nowhere": selector})]
    assert sorted(f.place.step for f in findings_of({"sequence": steps}, rules)) == sorted(paths)


def test_groups_in_each_other_are_each_told_once():
    steps = [group("A", group("B", group("C", step("S"))))]
    assert found({"node": "group"}, *steps) == ["A", "A/B", "A/B/C"]


@pytest.mark.parametrize("of", ["step", "groups", "any"])
def test_a_steps_own_condition_is_told_from_its_groups(of):
    both = group("A", step("own", when="X equals 1"), step("none"), when="Y equals 1")
    variables = {"step": ["X"], "groups": ["Y"], "any": ["X", "Y"]}[of]
    selector = {"step": "RunCommandLine", "guard": {"reads": variables, "of": of}}
    expected = {"step": ["A/own"], "groups": ["A/own", "A/none"], "any": ["A/own", "A/none"]}[of]
    assert found(selector, both) == expected
    if of != "any":
        other = ["Y"] if of == "step" else ["X"]
        assert found({"step": "RunCommandLine", "guard": {"reads": other, "of": of}}, both) == []


@pytest.mark.parametrize(
    ("when", "false"),
    [
        ("_SMSTSLaunchMode notEquals SMS", True),
        ("_SMSTSLaunchMode equals PXE", True),
        ({"not": "_SMSTSLaunchMode equals SMS"}, True),
        (["_SMSTSLaunchMode equals PXE", "Site equals Berlin"], True),
        ({"any": ["_SMSTSLaunchMode equals PXE", "_SMSTSLaunchMode equals UFD"]}, True),
        ("_SMSTSLaunchMode equals SMS", False),
        ("_SMSTSLaunchMode exists", False),
        ({"any": ["_SMSTSLaunchMode equals PXE", "Site equals Berlin"]}, False),
        ("Site equals Berlin", False),
        (None, False),
    ],
)
def test_a_guard_is_asked_for_what_it_says(when, false):
    one = step("R") if when is None else step("R", when=when)
    selector = {"step": "RunCommandLine", "guard": {"false where": REFRESH}}
    assert found({**selector, "guard": {"false where": [REFRESH]}}, one) == ["R"] * false
    assert (
        found({**selector, "guard": {"false where": [REFRESH]}}, group("G", step("R"), when=when or []))
        == ["G/R"] * false
    )


LOST = [
    "_SMSTSClientCache exists",
    "_SMSTSMediaType notEquals OEMMedia",
    "_SMSTSMediaType notExists",
    "_SMSTSLaunchMode equals SMS",
    "_SMSTSLaunchMode notEquals PXE",
    {"any": ["_SMSTSMediaType equals BootMedia", "Force equals true"]},
    {"not": "_SMSTSMediaType exists"},
]
SAFE = [
    "_SMSTSClientCache notExists",
    "_SMSTSMediaType equals BootMedia",
    "_SMSTSMediaType exists",
    "_SMSTSLaunchMode equals PXE",
    "_SMSTSLaunchMode notEquals SMS",
    {"any": ["_SMSTSMediaType equals BootMedia", "_SMSTSLaunchMode equals PXE"]},
    ["_SMSTSMediaType equals OEMMedia", "Force equals true"],
]


def hardlinks(when):
    return lint_steps(
        {"set": "OSDStateStorePath", "to": "%_SMSTSUserStatePath%"},
        {"step": "CaptureUserState", "UseHardlinks": True},
        {"restart": "WinPE"},
        {"step": "PartitionDisk", "DiskIndex": 0, "when": when, "name": "Wipe"},
        {"step": "ApplyOperatingSystem"},
        {"step": "SetupWindowsAndSMS"},
        {"step": "RestoreUserState"},
    )


@pytest.mark.parametrize("when", LOST)
def test_a_guard_that_holds_in_a_refresh_excuses_no_loss(when):
    assert told(hardlinks(when), "TS127") == [("error", "Wipe")]


@pytest.mark.parametrize("when", SAFE)
def test_a_guard_that_is_false_in_a_refresh_does(when):
    assert told(hardlinks(when), "TS127") == []


def captured_after(when):
    return lint_steps(
        {"restart": "WinPE"},
        {"step": "PartitionDisk", "DiskIndex": 0, "when": when},
        {"set": "OSDStateStorePath", "to": "\\\\server\\share"},
        {"step": "CaptureUserState", "OfflineUserState": True, "name": "Capture"},
    )


@pytest.mark.parametrize("when", LOST)
def test_a_capture_after_a_wipe_of_a_refresh_is_reported(when):
    assert told(captured_after(when), "TS140") == [("error", "Capture")]


@pytest.mark.parametrize("when", SAFE)
def test_a_capture_after_a_wipe_of_new_computers_is_not(when):
    assert told(captured_after(when), "TS140") == []
