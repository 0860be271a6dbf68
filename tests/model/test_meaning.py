"""Conditions of files, folders, the registry and WMI: compared by what they mean, and told whole."""

import pytest
from lxml import etree

from tslint.model.condition import Combination
from tslint.model.read_condition import read_conditions


def read(kind, **parts):
    """Read one expression; parts by name, ``_`` in front where the name is a word of Python."""
    root = etree.Element("condition")
    one = etree.SubElement(root, "expression", type=f"SMS_TaskSequence_{kind}ConditionExpression")
    for name, text in parts.items():
        etree.SubElement(one, "variable", name=name).text = text
    (found,) = read_conditions(root, 1)
    return found


KEY = "HKEY_LOCAL_MACHINE\\Software\\Contoso"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Folder", {"Path": "C:\\Data"}), ("Folder", {"Path": "C:\\Data\\"})),
        (("Folder", {"Path": "C:\\Data"}), ("Folder", {"Path": "c:/data"})),
        (("Folder", {"Path": "C:\\Data"}), ("Folder", {"Path": '"C:\\\\Data"'})),
        (("File", {"Path": "X:\\a.TXT"}), ("File", {"Path": " x:\\A.txt "})),
        (("WMI", {"Query": "SELECT a", "Namespace": "root\\cimv2"}), ("WMI", {"Query": "select  a"})),
        (
            ("WMI", {"Query": "SELECT a", "Namespace": "ROOT\\wmi"}),
            ("WMI", {"Query": "select a", "Namespace": "root/wmi"}),
        ),
        (("WMI", {"Query": "a", "Namespace": "\\\\.\\ROOT\\CIMV2"}), ("WMI", {"Query": "a"})),
        (
            ("Registry", {"KeyPath": KEY, "Operator": "exists"}),
            ("Registry", {"KeyPath": "HKLM\\software\\contoso\\", "Operator": "Exists", "Data": ""}),
        ),
        (
            ("Registry", {"KeyPath": KEY, "Value": "V", "Operator": "equals", "Data": "1", "Type": "REG_SZ"}),
            ("Registry", {"Type": "reg_sz", "Data": "1", "Operator": "equals", "Value": "v", "KeyPath": KEY}),
        ),
    ],
)
def test_what_means_the_same_is_the_same(one, other):
    first, second = (read(kind, **parts) for kind, parts in (one, other))
    assert first.identity == second.identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Folder", {"Path": "C:\\Data"}), ("File", {"Path": "C:\\Data"})),
        (("Folder", {"Path": "C:\\Data"}), ("Folder", {"Path": "C:\\Data2"})),
        (("Folder", {"Path": "\\\\a\\b"}), ("Folder", {"Path": "\\a\\b"})),
        (("File", {"Path": "a"}), ("File", {"Path": "a", "Version": "1.0", "VersionOperator": "less"})),
        (("Registry", {"KeyPath": KEY, "Value": "a"}), ("Registry", {"KeyPath": KEY, "Value": "b"})),
        (
            ("Registry", {"KeyPath": KEY, "Value": "a", "Operator": "equals", "Data": "1"}),
            ("Registry", {"KeyPath": KEY, "Value": "a", "Operator": "equals", "Data": "2"}),
        ),
        (("WMI", {"Query": "a"}), ("WMI", {"Query": "a", "Namespace": "root\\wmi"})),
        (("WMI", {"Query": "a"}), ("WMI", {"Query": "a", "Namespace": "\\\\server\\root\\cimv2"})),
    ],
)
def test_what_means_something_else_is_another_test(one, other):
    first, second = (read(kind, **parts) for kind, parts in (one, other))
    assert first.identity != second.identity


@pytest.mark.parametrize("operator", ["notExists", "nonExists"])
def test_not_to_exist_is_the_opposite_of_to_exist(operator):
    found = read("Registry", KeyPath=KEY, Operator=operator)
    assert isinstance(found, Combination)
    assert found.how == "not"
    assert found.operands[0].identity == read("Registry", KeyPath=KEY, Operator="exists").identity


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (("Folder", {"Path": "C:\\Data\\"}), "Folder C:\\Data\\"),
        (
            (
                "Registry",
                {"KeyPath": KEY, "Value": "V", "Operator": "equals", "Data": "a b", "Type": "REG_SZ"},
            ),
            f"Registry {KEY} value 'V' equals 'a b'",
        ),
        (
            (
                "Registry",
                {"KeyPath": KEY, "Value": "V", "Operator": "less", "Data": "7", "Type": "REG_DWORD"},
            ),
            f"Registry {KEY} value 'V' less '7' REG_DWORD",
        ),
        (("Registry", {"KeyPath": KEY, "Operator": "exists", "Type": "REG_SZ"}), f"Registry {KEY} exists"),
        (
            ("File", {"Path": "C:\\a.exe", "VersionOperator": "less", "Version": "2.0"}),
            "File C:\\a.exe version less '2.0'",
        ),
        (("WMI", {"Namespace": "root\\cimv2", "Query": "SELECT  a"}), "WMI SELECT a"),
        (("WMI", {"Namespace": "root\\wmi", "Query": "SELECT a"}), "WMI SELECT a namespace root\\wmi"),
    ],
)
def test_a_test_is_told_whole(test, told):
    kind, parts = test
    assert read(kind, **parts).spelling == told


def test_a_group_of_systems_is_told_by_their_names():
    text = (
        '<condition><osConditionGroup type="or"><osExpressionGroup name="All Windows 10 (64-bit)" type="and">'
        '</osExpressionGroup><osExpressionGroup Name="All Windows 11" /></osConditionGroup></condition>'
    )
    (found,) = read_conditions(etree.fromstring(text), 1)
    assert found.spelling == "OS All Windows 10 (64-bit) or All Windows 11"
