"""Tests of files, folders, registry values and the OS, as the flow relates them; variables may be in them."""

import pytest
from lxml import etree

from tests.flow.flows import flow_of
from tslint.lint.explanation import say
from tslint.logic.text import Unknown
from tslint.model.read_condition import read_conditions

KEY = {"KeyPath": "HKLM\\A", "Value": "V"}


def read(kind, **parts):
    root = etree.Element("condition")
    one = etree.SubElement(root, "expression", type=f"SMS_TaskSequence_{kind}ConditionExpression")
    for name, text in parts.items():
        etree.SubElement(one, "variable", name=name).text = text
    (found,) = read_conditions(root, 1)
    return found


def file(path="C:\\a.exe", **asked):
    """A test of a file: version, datetime, each as operator and value."""
    parts = {"Path": path}
    for aspect, test in asked.items():
        parts[f"{aspect}Operator"], parts[aspect] = test.split()
    return read("File", **parts)


def registry(test, **more):
    operator, *data = test.split()
    return read("Registry", **KEY | {"Operator": operator, "Type": "REG_SZ", "Data": "".join(data)} | more)


def together(flow, one, other, order=0):
    holds = flow.diagram.both(flow.condition(one, order), flow.condition(other, order))
    return flow.propositions.possible(holds)


def test_a_test_of_version_and_date_asks_for_both_of_one_file():
    flow = flow_of({"run": "a.exe"})
    both = file(Version="greaterEqual 10", DateTime="less 2024-01-01")
    assert together(flow, both, file(Version="less 11"))
    assert not together(flow, both, file(Version="less 10"))
    assert not together(flow, both, file(DateTime="greater 2024-01-01"))
    assert together(flow, both, file("C:\\b.exe", Version="less 10"))


@pytest.mark.parametrize(
    "odd",
    [
        read("File", Path="C:\\a.exe", Version="10"),
        read("File", Path="C:\\a.exe", Version="10", VersionOperator="like"),
        read("File", Path="C:\\a.exe", Version="10", VersionOperator="less", Size="1"),
        read("File", Version="10", VersionOperator="less"),
        registry("equals"),
        registry("exists 1"),
        registry("like 1"),
        registry("equals 1", KeyPath=""),
        read("OS", Version="10", Operator="less"),
        read("OS", Version="10", Operator="less", Architecture="x64 or x86"),
    ],
)
def test_a_test_with_a_part_that_is_not_understood_has_nothing_to_do_with_others(odd):
    assert odd.questions == ()
    flow = flow_of({"run": "a.exe"})
    holds = flow.condition(odd, 0)
    assert flow.propositions.possible(holds)
    assert flow.propositions.possible(flow.diagram.negate(holds))


def test_variables_in_a_path_tell_files_from_others():
    flow = flow_of({"run": "a.exe"}, {"set": "Dir", "to": "C:", "when": "A exists"}, {"run": "b.exe"})
    both, possible = flow.diagram.both, flow.propositions.possible
    old, new = file("%dir%\\a.exe", Version="less 10"), file("%Dir%\\a.exe", Version="greaterEqual 10")
    assert not together(flow, old, new)
    assert not together(flow, old, new, 2)
    assert possible(both(flow.condition(old, 0), flow.condition(new, 2)))
    written = both(flow.condition(old, 2), flow.condition(file(Version="greaterEqual 10"), 2))
    exists = flow.propositions.compare((Unknown("a", -1),), "exists", ())
    assert possible(written)
    assert not possible(both(written, exists))


def test_a_value_that_a_variable_holds_is_compared_as_if_it_was_written():
    flow = flow_of({"set": "Wanted", "to": "1"}, {"run": "b.exe"})
    asked = registry("equals %Wanted%")
    assert flow.condition(asked, 1) == flow.condition(registry("equals 1"), 1)
    assert not together(flow, asked, registry("equals 2"), 1)
    assert together(flow, asked, registry("equals 2"), 0)


def test_a_value_that_is_not_known_says_that_there_is_one():
    flow = flow_of({"run": "b.exe"})
    assert not together(flow, registry("equals %Wanted%"), registry("notExists", Type=""))


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (file(), "File C:\\a.exe"),
        (file(Version="less 10"), "File C:\\a.exe version less '10'"),
        (registry("notEquals 1"), "Registry HKLM\\A value 'V' notEquals '1'"),
        (
            read("OS", Architecture="x64", Operator="less", Version="10"),
            "OS less architecture x64 version 10",
        ),
    ],
)
def test_what_is_asked_of_a_thing_is_told_as_the_test_is(test, told):
    flow = flow_of({"run": "b.exe"})
    literals, _ = flow.propositions.explain(flow.condition(test, 0))
    assert [say(one, flow) for one in literals] == [f"{told} holds"]
    assert test.spelling == told
