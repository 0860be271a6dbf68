"""Facts about a variable that is set or tested, and about conditions as a whole."""

from typing import Any

import pytest

from tests.linting import findings_of, result_of
from tests.patterns import clauses_of, rule_of


def found(selector: Any, *steps: dict[str, Any], form: str = "never", **children: Any) -> list[str]:
    """Paths of what the selector surely picks."""
    findings = findings_of({"sequence": list(steps), "children": children}, [rule_of({form: selector})])
    return [finding.place.step for finding in findings]


def say(name, when, **more):
    return {"run": "cmd.exe /c echo 1", "name": name, "when": when, **more}


@pytest.mark.parametrize(
    ("variable", "value", "listed"),
    [
        ("OSDMigrateMode", "advanced", True),
        ("OSDMigrateMode", "Both", False),
        ("osdjointype", "2", False),
        ("OSDPartitionStyle", "", True),
    ],
)
def test_a_value_is_held_against_those_that_are_listed(variable, value, listed):
    step = {"set": variable, "to": value, "name": "S"}
    for wanted in (True, False):
        assert found({"sets": "any", "documented value": wanted}, step) == (["S"] if wanted == listed else [])
    if value:
        test = {"test": {"variable": variable}, "documented value": False}
        assert found(test, say("T", f"{variable} equals {value}")) == ([] if listed else ["T"])


@pytest.mark.parametrize(
    "step",
    [
        {"set": "Mode", "to": "Both"},
        {"set": "SMSTSPeerDownload", "to": "1"},
        {"set": "OSDMigrateMode", "to": "%Mode%"},
        {"powershell": "$tsenv.Value('OSDMigrateMode') = Get-Mode"},
        say("T", "OSDMigrateMode like Both*"),
        say("T", "OSDMigrateMode equals %Mode%"),
    ],
)
def test_a_value_without_a_list_or_not_known_is_open(step):
    for wanted in (True, False):
        assert found({"sets": "any", "documented value": wanted}, step) == []
        assert found({"test": {"type": "Variable"}, "documented value": wanted}, step) == []


USES = [
    say("Test", "Mine exists"),
    say("Value", "Other equals %mine%"),
    {"run": "cmd.exe /c echo %MINE%"},
    {"powershell": "$tsenv.Value('Mine')"},
    {"set": "Other", "to": "%Mine%"},
    {"set": "Mine", "to": "2", "disabled": True},
    {"dynamic": [{"when": "Mine exists", "set": {"Other": "1"}}]},
    {"group": "G", "when": "Mine exists", "steps": [{"step": "InstallUpdate"}]},
]


@pytest.mark.parametrize("use", USES)
def test_whoever_else_names_a_variable_is_seen(use):
    selector = {"sets": "Mine", "not elsewhere": "named"}
    assert found(selector, {"set": "Mine", "to": "1", "name": "S"}, use) == []


def test_dynamic_rules_may_read_what_they_set():
    selector = {"sets": "Mine", "not elsewhere": "named"}
    rules = [{"set": {"Mine": "1"}}, {"when": "Site exists", "set": {"Mine": "2"}}]
    assert found(selector, {"dynamic": rules, "name": "S"}) == ["S"]
    assert found(selector, {"dynamic": [*rules, {"set": {"Other": "%mine%"}}]}) == []


@pytest.mark.parametrize(
    "other", [{"set": "Mine2", "to": "1"}, {"run": "cmd.exe /c echo Mines"}, {"set": "Not-Mine", "to": "1"}]
)
def test_a_longer_name_is_another(other):
    selector = {"sets": "Mine", "not elsewhere": "named"}
    assert found(selector, {"set": "Mine", "to": "1", "name": "S"}, other) == ["S"]


@pytest.mark.parametrize(
    ("step", "sets"),
    [
        ({"set": "Mine", "to": "1"}, True),
        ({"set": "Mine", "to": "1", "disabled": True}, True),
        ({"powershell": "Get-Date", "OutputVariableName": "Mine"}, True),
        (
            {"powershell": "$e = New-Object -ComObject Microsoft.SMS.TSEnvironment; $e.Value('Mine') = 1"},
            True,
        ),
        ({"run": "cmd.exe /c echo %Mine%"}, False),
        (say("Another", "Mine exists"), False),
    ],
)
def test_whoever_sets_a_variable_that_is_tested_is_seen(step, sets):
    selector = {"test": {"variable": "Mine"}, "name": "T", "not elsewhere": "set"}
    assert found(selector, say("T", "Mine exists"), step) == ([] if sets else ["T"])


def test_a_step_that_sets_what_it_tests_sets_it():
    step = {"set": "Mine", "to": "1", "name": "S", "when": "Mine notExists"}
    assert found({"test": {"variable": "Mine"}, "not elsewhere": "set"}, step) == []
    assert found({"sets": "Mine", "not elsewhere": "set"}, step) == ["S"]
    assert found({"sets": "Mine", "not elsewhere": ["named", "set"]}, step) == []


def test_a_step_that_uses_what_it_tests_names_it():
    step = {"run": "cmd.exe /c echo %Mine%", "name": "S", "when": "Mine exists"}
    assert found({"test": {"variable": "Mine"}, "not elsewhere": "named"}, step) == []
    assert found({"test": {"variable": "Mine"}, "not elsewhere": "named"}, say("S", "Mine exists")) == ["S"]


@pytest.mark.parametrize(
    ("name", "base", "number", "item"),
    [
        ("AA001", "aa", None, True),
        ("AA001", "AA", "001", True),
        ("AA001", "AA0", "01", True),
        ("AA001", "AA", "01", False),
        ("AA001", "BB", None, False),
        ("AA", "AA", None, False),
        ("AAx1", "AA", None, False),
        ("001", "", None, False),
    ],
)
def test_an_item_of_a_list_is_its_name_and_a_number(name, base, number, item):
    asked = {"step": "InstallSoftware", "setting": "BaseVariableName"} | (
        {"number": number} if number else {}
    )
    steps = [{"set": name, "to": "x", "name": "S"}, {"step": "InstallSoftware", "BaseVariableName": base}]
    assert found({"sets": "any", "item for": asked}, *steps) == (["S"] if item else [])


DISK = {"set": "OSDDiskIndex", "to": "0", "name": "S"}


def disk(number, **more):
    return {"step": "PartitionDisk", "DiskIndex": number, "name": f"Disk {number}", **more}


@pytest.mark.parametrize(
    ("steps", "several"),
    [
        ([DISK, disk(0), disk(1)], True),
        ([DISK, disk(0)], False),
        ([DISK, disk(1), disk(1)], False),
        ([disk(0), DISK, disk(1)], False),
        ([DISK, disk(0), {"set": "OSDDiskIndex", "to": ""}, disk(1)], False),
        ([DISK, disk(0, when="K equals 1"), disk(1, when="K equals 2")], False),
        ([DISK, disk(0, when="K equals 1"), disk(1)], True),
        ([DISK, disk(0), disk(1, disabled=True)], False),
    ],
)
def test_a_variable_that_replaces_different_values(steps, several):
    steps = [step | {"name": f"{step.get('name', 'X')} {n}"} for n, step in enumerate(steps)]
    at = [step["name"] for step in steps if step.get("to") == "0"]
    assert found({"sets": "OSDDiskIndex", "to": "0", "replaces several": True}, *steps) == (
        at if several else []
    )


LAST = {"test": {"variable": "_SMSTSLastActionSucceeded"}}


@pytest.mark.parametrize(
    ("before", "stale"),
    [
        ([say("B", "K exists", continueOnError=True)], True),
        ([say("B", "K exists")], False),
        ([{"run": "b.exe", "continueOnError": True}], False),
        ([say("B", "K exists", continueOnError=True), {"run": "c.exe", "disabled": True}], True),
        ([say("B", "K exists", continueOnError=True), {"run": "c.exe", "continueOnError": True}], False),
        ([{"group": "G", "continueOnError": True, "when": "K exists", "steps": [{"run": "b.exe"}]}], True),
        ([{"group": "G", "steps": [say("B", "K exists", continueOnError=True)]}], False),
    ],
)
def test_what_stands_right_before_and_is_skipped(before, stale):
    first = {"run": "a.exe", "name": "A", "continueOnError": True}
    last = say("T", "_SMSTSLastActionSucceeded equals false")
    selector = LAST | {"behind skipped": {"node": ["step", "group"], "continueOnError": True}}
    assert found(selector, first, *before, last) == (["T"] if stale else [])
    inside = {"group": "H", "steps": [last]}
    assert found(selector, first, *before, inside) == []


def test_what_cannot_run_is_asked_of_what_is_not_disabled():
    never = ["K equals 1", "K equals 2"]
    steps = [
        say("Off", never, disabled=True),
        {"group": "G", "when": never, "steps": [say("In it", "K equals 1")]},
        {"child": "CHI00001"},
    ]
    assert found({"cannot run": "conditions"}, *steps, form="nowhere", CHI00001=[say("C", never)]) == [
        "G",
        "C",
    ]


@pytest.mark.parametrize(
    ("before", "in_vain"),
    [
        ([{"run": "a.exe"}], True),
        ([{"run": "a.exe", "continueOnError": True}], False),
        ([{"group": "G", "continueOnError": True, "steps": [{"run": "a.exe"}]}], False),
        ([{"run": "a.exe", "continueOnError": True}, {"run": "b.exe"}], True),
        ([{"run": "a.exe", "continueOnError": True}, say("B", "K exists")], False),
        ([], False),
        ([{"child": "MISSING1"}, {"run": "a.exe", "when": "K exists"}], False),
    ],
)
def test_a_handler_that_nothing_leads_to(before, in_vain):
    handler = say("H", "_SMSTSLastActionSucceeded equals false")
    assert found({"cannot run": "last action"}, *before, handler, form="nowhere") == (
        ["H"] if in_vain else []
    )


def messages_of(pattern, message, *steps):
    """The messages of a rule on a sequence."""
    rule = rule_of(pattern)._replace(clauses=clauses_of(pattern, message=message))
    return [finding.message for finding in findings_of({"sequence": list(steps)}, [rule])]


def test_messages_name_the_variable_and_the_documented_one():
    steps = [{"set": "osdComputerNam", "to": "PC1"}, {"dynamic": [{"set": {"SMSTSRebootDelai": "1"}}]}]
    misspelt = {"never": {"sets": {"misspells": "variable"}}}
    assert messages_of(misspelt, "{variable}, {documented}.", *steps) == [
        "osdComputerNam, OSDComputerName.",
        "SMSTSRebootDelai, SMSTSRebootDelay.",
    ]
    tested = {"never": {"test": {"operator": "exists"}}}
    assert messages_of(tested, "{variable}{documented}.", say("S", "Site exists")) == ["Site."]


def test_an_operator_that_there_is_not_is_told_as_it_is_written():
    data = (
        b'<sequence version="3.10"><step type="SMS_TaskSequence_InstallUpdateAction" name="S"><condition>'
        b'<operator type="xor"><expression type="SMS_TaskSequence_VariableConditionExpression">'
        b'<variable name="Operator">exists</variable><variable name="Variable">A</variable></expression>'
        b"</operator></condition><action>x</action></step></sequence>"
    )
    found = [one for one in result_of(data).findings if one.rule == "TS717"]
    assert [(one.level, "an operator 'xor'" in one.message) for one in found] == [("error", True)]
