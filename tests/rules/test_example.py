"""The compact notation becomes the XML that the console writes."""

import base64
import io
import zipfile

import pytest
from lxml import etree

from tslint.rules.builtin import builtin_step_kinds
from tslint.rules.example import MAIN, condition_xml, export_zip, object_xml, sequence_xml, xml_of


def parsed(step, **options):
    return etree.fromstring(sequence_xml([step], **options))


def only(step):
    """Return the one step's tag, type, name, action and variables (name, hidden, text) by property."""
    element = parsed(step)[-1]
    variables = {
        v.get("property"): (v.get("name"), v.get("hidden"), v.text) for v in element.iter("variable")
    }
    return element.tag, element.get("type"), element.get("name"), element.findtext("action"), variables


def test_a_step_has_the_consoles_label_order_and_attributes():
    xml = sequence_xml([{"step": "RequestStateStore", "RequestType": "capture", "when": "A exists"}])
    assert xml == (
        '<sequence version="3.10"><step type="SMS_TaskSequence_RequestStateStoreAction"'
        ' name="Request State Store" description="" runIn="FullOS"'
        ' successCodeList="0" retryCount="0" runFromNet="false">'
        "<condition>"
        '<expression type="SMS_TaskSequence_VariableConditionExpression">'
        '<variable name="Operator">exists</variable>'
        '<variable name="Variable">A</variable></expression></condition>'
        "<action>osdsmpclient.exe /capture</action>"
        "<defaultVarList>"
        '<variable name="OSDStateRequestType" property="RequestType" hidden="true">capture</variable>'
        "</defaultVarList></step></sequence>"
    )


@pytest.mark.parametrize(
    "kind", [name for name, kind in builtin_step_kinds().items() if kind.action and name != "SubTasksequence"]
)
def test_every_known_step_is_written_with_its_label(kind):
    tag, written, name, action, _ = only({"step": kind})
    assert tag == "step"
    assert written == (kind if kind.startswith("BDD_") else f"SMS_TaskSequence_{kind}Action")
    assert name == builtin_step_kinds()[kind].label
    assert action
    assert "{" not in action


def test_settings_get_their_variables_sorted_by_setting():
    settings = {
        "UseHardlinks": True,
        "Mode": "Advanced",
        "ConfigFiles": ["a.xml", "b.xml"],
        "OfflineUserState": False,
    }
    *_, variables = only({"step": "CaptureUserState", **settings})
    assert list(variables.items()) == [
        ("ConfigFiles", ("OSDMigrateConfigFiles", None, "a.xml,b.xml")),
        ("Mode", ("OSDMigrateMode", None, "Advanced")),
        ("OfflineUserState", ("_OSDMigrateOfflineUserState", None, "false")),
        ("UseHardlinks", ("_OSDMigrateUseHardlinks", None, "true")),
    ]


def test_run_command_line():
    tag, kind, name, action, variables = only({"run": 'cmd /c "a & b"', "package": "PS100001", "name": "Go"})
    assert (tag, kind, name) == ("step", "SMS_TaskSequence_RunCommandLineAction", "Go")
    assert action == 'smsswd.exe /run:PS100001 cmd /c "a & b"'
    assert variables["CommandLine"] == ("CommandLine", "true", 'cmd /c "a & b"')
    assert variables["PackageID"] == ("PackageID", "true", "PS100001")
    assert variables["SuccessCodes"] == ("SuccessCodes", "true", "0 3010")


def test_set_variable():
    *_, action, variables = only({"set": "A", "to": "x<y", "masked": True})
    assert action == 'tsenv.exe "A=x<y"'
    assert {key: text for key, (_, hidden, text) in variables.items() if hidden} == {
        "DoNotShowVariableValue": "true",
        "VariableName": "A",
        "VariableValue": "x<y",
    }


def test_dynamic_variables_are_escaped_xml_inside_one_setting():
    *_, variables = only(
        {"dynamic": [{"when": "A exists", "set": {"B": "1 & 2", "C": True}}, {"set": {"D": 3}}]}
    )
    rules = etree.fromstring(variables["Rules"][2])
    found = [(v.get("Name"), v.get("IsSecret"), v.text) for v in rules.iter("Variable")]
    assert found == [("B", "false", "1 & 2"), ("C", "false", "true"), ("D", "false", "3")]
    assert [len(rule.findall("condition")) for rule in rules] == [1, 0]


def test_an_inline_script_is_utf_16_with_a_byte_order_mark():
    *_, variables = only({"powershell": "Write-Host 'é'\nexit"})
    assert base64.b64decode(variables["SourceScript"][2]).decode("utf-16") == "Write-Host 'é'\nexit"
    assert variables["SourceScript"][2].startswith("//")


@pytest.mark.parametrize("target", ["HD", "WinPE"])
def test_restart(target):
    _, kind, _, action, variables = only({"restart": target})
    assert (kind, action) == ("SMS_TaskSequence_RebootAction", f"smsboot.exe /target:{target}")
    assert variables == {"Target": ("SMSRebootTarget", "true", target)}


def test_a_child_is_an_element_of_its_own_and_a_reference():
    tag, kind, _, action, variables = only({"child": "PS100009"})
    assert (tag, kind, action) == (
        "subtasksequence",
        "SMS_TaskSequence_SubTasksequence",
        "SubTasksequence.exe",
    )
    assert variables["TsPackageID"] == ("OSDSubTasksequencePackageID", None, "PS100009")
    reference = parsed({"child": "PS100009"}).find("referenceList")[0]
    assert dict(reference.attrib) == {"package": "PS100009", "program": "*"}


def test_gather_is_an_mdt_step():
    _, kind, _, action, _ = only({"gather": True})
    assert kind == "BDD_Gather"
    assert "ZTIGather.wsf" in action


def test_unknown_and_untyped_steps_stand_as_they_are():
    assert only({"step": "Vendor_Special"})[1:3] == ("Vendor_Special", "Vendor_Special")
    assert only({"step": "", "name": "x"})[1] is None


def test_groups_nest_and_flags_stand_only_when_true():
    step = {"step": "ReleaseStateStore", "disabled": True, "continueOnError": False}
    group = parsed(
        {
            "group": "A & B",
            "when": "X exists",
            "continueOnError": True,
            "steps": [{"group": "C", "steps": [step]}],
        }
    )[0]
    assert (group.get("name"), group.get("continueOnError"), group.get("disable")) == ("A & B", "true", None)
    assert [child.tag for child in group] == ["condition", "group"]
    assert (group[1][0].get("disable"), group[1][0].get("continueOnError")) == ("true", None)


def test_attributes_of_a_step():
    step = parsed(
        {
            "run": "a",
            "timeout": 900,
            "retryCount": 2,
            "successCodeList": "0 1",
            "runIn": "WinPE",
            "description": "d",
        }
    )[0]
    found = {
        key: step.get(key) for key in ("timeout", "retryCount", "successCodeList", "runIn", "description")
    }
    assert found == {
        "timeout": "900",
        "retryCount": "2",
        "successCodeList": "0 1",
        "runIn": "WinPE",
        "description": "d",
    }


def test_lite_touch_is_told_by_its_name_and_runs_commands_directly():
    root = parsed({"run": "cscript x.wsf"}, lite_touch=True)
    assert root.get("name")
    assert root.findtext("step/action") == "cscript x.wsf"
    assert root.find("step").get("disable") == "false"


def shape(condition):
    def of(element):
        if element.tag == "expression":
            kind = element.get("type").removeprefix("SMS_TaskSequence_").removesuffix("ConditionExpression")
            return (kind, *(f"{v.get('name')}={v.text}" for v in element))
        return (element.get("type"), *map(of, element))

    return [of(element) for element in etree.fromstring(condition_xml(condition))]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("A equals b c", [("Variable", "Operator=equals", "Value=b c", "Variable=A")]),
        ("A notExists", [("Variable", "Operator=notExists", "Variable=A")]),
        ({"wmi": "select * from X"}, [("WMI", "Namespace=root\\cimv2", "Query=select * from X")]),
        ({"folder": "C:\\A"}, [("Folder", "Path=C:\\A")]),
        ({"file": "C:\\a.txt"}, [("File", "Path=C:\\a.txt")]),
        (
            {"any": ["A exists", {"folder": "x"}]},
            [("or", ("Variable", "Operator=exists", "Variable=A"), ("Folder", "Path=x"))],
        ),
        ({"not": {"all": ["A exists"]}}, [("not", ("and", ("Variable", "Operator=exists", "Variable=A")))]),
        ({"not": [{"file": "a"}, {"file": "b"}]}, [("not", ("File", "Path=a"), ("File", "Path=b"))]),
        ([{"file": "a"}, {"file": "b"}], [("File", "Path=a"), ("File", "Path=b")]),
    ],
)
def test_conditions(condition, expected):
    assert shape(condition) == expected


EXAMPLE = {
    "title": "t",
    "sequence": [{"child": "PS100009"}, {"powershell": "']]>'"}, {"set": "A", "to": "]]>"}],
    "children": {"PS100009": [{"restart": "HD"}]},
}


def test_an_example_with_a_child_is_one_console_export():
    with zipfile.ZipFile(io.BytesIO(export_zip(EXAMPLE))) as archive:
        assert archive.namelist() == [f"SMS_TaskSequencePackage/{p}/object.xml" for p in (MAIN, "PS100009")]
        found = {name.split("/")[1]: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    for package, xml in xml_of(EXAMPLE).items():
        properties = {p.get("NAME"): p.findtext("VALUE") for p in found[package or MAIN]}
        assert properties == {"Name": "Example", "PackageID": package or MAIN, "Sequence": xml}


def test_equal_examples_are_equal_byte_for_byte():
    assert export_zip(EXAMPLE) == export_zip(EXAMPLE)


def test_object_xml_escapes_its_name():
    assert etree.fromstring(object_xml("<sequence/>", "P", "A & B"))[0].findtext("VALUE") == "A & B"
