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
