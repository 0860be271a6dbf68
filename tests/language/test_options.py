"""What options of a command line say, wherever they come from."""

from typing import Any

import pytest

from tests.linting import findings_of
from tests.patterns import rule_of

OPTIONS = "OSDMigrateAdditionalCaptureOptions"
CAPTURE = {"step": "CaptureUserState", "name": "Capture"}


def found(selector: Any, *steps: dict[str, Any]) -> list[str]:
    """Names of the steps of which the selector surely holds."""
    return [f.place.step for f in findings_of({"sequence": list(steps)}, [rule_of({"never": selector})])]


@pytest.mark.parametrize(
    ("steps", "holds"),
    [
        ([{**CAPTURE, "UseHardlinks": True}], True),
        ([{"set": OPTIONS, "to": "/hardlink /nocompress"}, CAPTURE], True),
        ([{"set": OPTIONS, "to": "-HardLink"}, CAPTURE], True),
        ([{"set": "A", "to": "/hardlink"}, {"set": OPTIONS, "to": "/uel:3 %A%"}, CAPTURE], True),
        ([{"dynamic": [{"set": {OPTIONS: "/hardlink"}}]}, CAPTURE], True),
        ([{"powershell": f"$tsenv.Value('{OPTIONS}') = '/hardlink'"}, CAPTURE], True),
        ([{**CAPTURE, "AdditionalCaptureOptions": "/hardlink"}], True),
        ([CAPTURE], False),
        ([{"set": OPTIONS, "to": "/l C:\\hardlink"}, CAPTURE], False),
        ([{"set": OPTIONS, "to": "%Unknown%"}, CAPTURE], False),
        ([CAPTURE, {"set": OPTIONS, "to": "/hardlink"}], False),
        ([{"set": "OSDMigrateAdditionalRestoreOptions", "to": "/hardlink"}, CAPTURE], False),
    ],
)
def test_a_setting_of_a_capture_is_what_its_options_say_too(steps, holds):
    assert found({"step": "CaptureUserState", "UseHardlinks": True}, *steps) == ["Capture"] * holds


def test_options_that_are_not_known_leave_a_setting_open():
    unknown = {"set": OPTIONS, "to": "%Unknown%"}
    assert found({"step": "CaptureUserState", "UseHardlinks": False}, unknown, CAPTURE) == []
    assert found({"step": "CaptureUserState", "UseHardlinks": False}, CAPTURE) == ["Capture"]


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("scanstate.exe C:\\S /hardlink /nocompress", True),
        ("cmd /c scanstate -hardlink C:\\S", True),
        ("scanstate.exe C:\\S /l hardlink", False),
        ("loadstate.exe C:\\S /hardlink", False),
        ("scanstate.exe C:\\S %More%", False),
    ],
)
def test_the_same_setting_is_asked_of_a_command_line(line, holds):
    assert found({"command": "scanstate", "UseHardlinks": True}, {"run": line, "name": "R"}) == ["R"] * holds


@pytest.mark.parametrize(
    ("line", "has"),
    [
        ("scanstate C:\\S /i MigApp.xml", "/i:migapp.xml"),
        ("scanstate C:\\S /i:MigApp.xml", "/i:migapp.xml"),
        ("loadstate C:\\S /decrypt 3DES", "/decrypt:3DES"),
        ("loadstate /decrypt C:\\S", "/decrypt"),
    ],
)
def test_a_value_stands_behind_a_colon_or_a_blank(line, has):
    assert found({"command": ["scanstate", "loadstate"], "has": has}, {"run": line, "name": "R"}) == ["R"]


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("scanstate /i MigApp.xml C:\\S /c", "C:\\S"),
        ("scanstate /c C:\\S", "C:\\S"),
        ("loadstate /decrypt C:\\S", "C:\\S"),
        ("scanstate %Where% /o", "D:\\Here"),
        ("usmtutils /rd D:\\Here /y", "D:\\Here"),
        ("usmtutils.exe /y /rd %OSDStateStorePath%", "D:\\Here"),
    ],
)
def test_the_store_of_a_command_is_the_word_that_belongs_to_no_option(line, path):
    steps = [{"set": "Where", "to": "D:\\Here"}, {"set": "OSDStateStorePath", "to": "%Where%"}]
    selector = {"command": ["scanstate", "loadstate", "usmtutils"], "store path": path}
    assert found(selector, *steps, {"run": line, "name": "R"}) == ["R"]


def test_the_store_of_a_step_is_the_variable():
    selector = {"step": "CaptureUserState", "store path": {"starts": "D:"}}
    assert found(selector, {"set": "OSDStateStorePath", "to": "D:\\S"}, CAPTURE) == ["Capture"]
    assert found(selector, {"set": "OSDStateStorePath", "to": "C:\\S"}, CAPTURE) == []


@pytest.mark.parametrize(
    ("line", "twice"),
    [
        ("scanstate C:\\S /o /O", True),
        ("scanstate C:\\S /v:5 /v 13", True),
        ("scanstate C:\\S /config:a.xml -config:b.xml", True),
        ("scanstate C:\\S /i:a.xml /i:b.xml /ue:a /ue:b", False),
        ("scanstate C:\\S /o /c", False),
        ("cmd /c scanstate C:\\S /o & scanstate C:\\T /o", False),
    ],
)
def test_an_option_that_must_stand_once_is_told_apart(line, twice):
    assert found({"command": "scanstate", "repeats": "any"}, {"run": line, "name": "R"}) == ["R"] * twice


def test_what_a_variable_may_hold_is_not_lacking():
    lacking = {"command": "usmtutils", "has": "/rd", "lacks": "/y"}
    assert found(lacking, {"run": "usmtutils /rd %Store%", "name": "R"}) == ["R"]
    assert found(lacking, {"run": "usmtutils /rd %Store% %More%", "name": "R"}) == []
    known = {"set": "More", "to": "/y"}
    assert found(lacking, known, {"run": "usmtutils /rd %Store% %More%", "name": "R"}) == []


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("scanstate.exe $store /o", False),
        ("scanstate.exe C:\\S @more", False),
        ("scanstate.exe C:\\S $(if ($all) { '/c' })", False),
        ("scanstate.exe C:\\S /l:$log", True),
        ("scanstate.exe \\\\srv\\Store$\\Old /o", True),
    ],
)
def test_what_powershell_may_put_in_is_not_lacking(line, lacks):
    step = {"powershell": f"& {line}", "name": "R"}
    assert found({"command": "scanstate", "lacks": "/c"}, step) == ["R"] * lacks


def test_what_cmd_may_put_in_is_not_lacking():
    lacking = {"command": "scanstate", "lacks": "/c"}
    assert found(lacking, {"run": "cmd.exe /v:on /c scanstate.exe C:\\S !more!", "name": "R"}) == []


@pytest.mark.parametrize(
    ("value", "fits"), [("/v:7", True), ("/v 7", True), ("/v:%Level%", False), ("/v:5", False)]
)
def test_a_value_that_is_not_known_accuses_nobody(value, fits):
    step = {"run": f"scanstate.exe C:\\S {value}", "name": "R"}
    assert found({"command": "scanstate", "value of": {"/v": {"not": "5"}}}, step) == ["R"] * fits
    assert found({"command": "scanstate", "wrong value": "/v"}, step) == ["R"] * fits


def test_a_value_that_is_not_known_may_be_the_one_that_is_asked_for():
    lacking = {"command": "scanstate", "lacks": "/efs:skip"}
    assert found(lacking, {"run": "scanstate.exe C:\\S /efs:%Efs%", "name": "R"}) == []
    assert found(lacking, {"run": "scanstate.exe C:\\S /efs:abort", "name": "R"}) == ["R"]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("scanstate C:\\S /encrypt:AES256", True),
        ("scanstate C:\\S /encrypt:aes_256", False),
        ("scanstate /encrypt Store /key:x", False),  # the store
        ("scanstate C:\\S /encrypt AES_256", False),
        ("scanstate C:\\S /efs:copy /v:5", True),
        ("loadstate C:\\S /decrypt:DES", True),
        ("usmtutils /verify C:\\S\\USMT.mig /decrypt:DES /key:x", True),
        ("usmtutils /verify C:\\S\\USMT.mig /decrypt /key:x", False),
    ],
)
def test_a_value_that_the_table_of_tools_does_not_have_is_told_apart(line, wrong):
    selector = {
        "command": ["scanstate", "loadstate", "usmtutils"],
        "wrong value": ["/encrypt", "/decrypt", "/efs"],
    }
    assert found(selector, {"run": line, "name": "R"}) == ["R"] * wrong


@pytest.mark.parametrize(
    ("line", "two"),
    [
        ("scanstate C:\\My Store /o", True),
        ("scanstate C:\\S /o C:\\T", True),
        ('scanstate "C:\\My Store" /o', False),
        ("scanstate C:\\S /i a.xml /encrypt AES_256 /auto C:\\USMT", False),
        ("scanstate C:\\S /unknown word", False),
        ("scanstate C:\\S %More% word", False),
        ("scanstate C:\\S word %More%", False),
    ],
)
def test_words_that_belong_to_no_option_are_counted(line, two):
    step = {"run": line, "name": "R"}
    assert found({"command": "scanstate", "operands": {"over": 1}}, step) == ["R"] * two


@pytest.mark.parametrize(
    ("line", "inside"),
    [
        ("scanstate C:\\S /l:C:\\S\\scan.log", True),
        ('scanstate "c:/s" /progress "C:\\S\\Logs\\p.log"', True),
        ("scanstate %Unknown% /l:%Unknown%\\scan.log", True),
        ("scanstate %Where%\\S /l:C:\\S\\scan.log", True),
        ("scanstate C:\\S /l:C:\\S.log /i:C:\\S\\MigApp.xml", False),
        ("scanstate C:\\S /l:%Unknown%\\scan.log", False),
        ("scanstate %Unknown% /l:C:\\S\\scan.log", False),
    ],
)
def test_a_file_in_the_store_is_told_by_the_texts(line, inside):
    where = {"set": "Where", "to": "C:"}
    selector = {"command": "scanstate", "in store": ["/l", "/progress"]}
    assert found(selector, where, {"run": line, "name": "R"}) == ["R"] * inside


def test_the_store_of_additional_options_is_the_variable():
    selector = {"command": "scanstate", "from": "additional-options", "in store": "/l"}
    options = {"set": OPTIONS, "to": "/l:%OSDStateStorePath%\\scan.log"}
    assert found(selector, options, CAPTURE) == ["Capture"]
    assert found(selector, {"set": OPTIONS, "to": "/l:C:\\S\\scan.log"}, CAPTURE) == []


@pytest.mark.parametrize(
    ("scan", "load", "differ"),
    [
        ("/i:MigApp.xml /i:MigDocs.xml", "/i:migdocs.xml /i MIGAPP.XML", False),
        ('/i:"%Tools%\\MigApp.xml"', "/i:.\\MigApp.xml", False),
        ("/i:MigApp.xml", "/i:MigApp.xml /i:Company.xml", True),
        ("/i:MigApp.xml", "/c", True),
        ("/i:MigApp.xml", "%More%", False),
        ("/i:%File%", "/i:MigApp.xml", False),
        ("/encrypt", "/decrypt:3DES", False),
        ("/encrypt:AES_256", "/decrypt", True),
    ],
)
def test_options_of_two_commands_are_compared(scan, load, differ):
    agreement = {"same options": ["/i", ["/encrypt", "/decrypt"]]}
    pair = rule_of({"pair": {"command": "scanstate"}, "with": {"command": "loadstate"}, "agree": agreement})
    steps = [{"run": f"scanstate.exe C:\\S {scan}"}, {"run": f"loadstate.exe C:\\S {load}", "name": "R"}]
    assert [f.place.step for f in findings_of({"sequence": steps}, [pair])] == ["R"] * differ


def test_two_commands_of_one_step_have_a_store_each():
    pair = rule_of(
        {
            "pair": {"command": "scanstate"},
            "with": {"command": "loadstate"},
            "in one store": True,
            "agree": {"second": {"name": "other"}},
        }
    )
    both = {"run": "cmd.exe /c loadstate.exe C:\\S & scanstate.exe C:\\T", "name": "Both"}
    last = {"run": "loadstate.exe C:\\T", "name": "Last"}
    other = {"run": "loadstate.exe C:\\S", "name": "Other store"}
    found_at = [f.place.step for f in findings_of({"sequence": [both, last, other]}, [pair])]
    assert found_at == ["Last"]
