"""``tslint show``: an outline in the console's words, stable, and without what nobody chose."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.flow.flows import line_of
from tests.review.reviewing import tslint_
from tslint.review.instructions import instructions
from tslint.rules.example import export_zip, sequence_xml

ROOT = Path(__file__).parents[2]
STEPS = [
    {
        "group": "Capture",
        "when": ["_SMSTSInWinPE equals false", {"any": ["Model equals X1", {"not": ["Site like B*"]}]}],
        "continueOnError": True,
        "steps": [
            {"step": "RequestStateStore", "RequestType": "capture", "SMPRetryCount": 3},
            {
                "run": "cmd.exe /c dir",
                "name": "List",
                "disabled": True,
                "package": "TSL00001",
                "timeout": "900",
            },
        ],
    },
    {"powershell": "$a = 1\nWrite-Host $a", "name": "Script"},
    {"set": "Phase", "to": "done", "name": "Mark"},
    {"dynamic": [{"when": "Site equals A", "set": {"Server": "a1"}}], "name": "Rules"},
]
SHOWN = """\
Task sequence without a name
   0   group Capture
           condition: _SMSTSInWinPE equals 'false'
           condition: any of these holds
             Model equals 'X1'
             none of these holds
               Site is like 'B*'
           Continue on error
   1     step Request State Store  [Request State Store]
             Request: Capture state from the computer
   2     step List  [Run Command Line]
             disabled
             Command line: cmd.exe /c dir
             Package: TSL00001
             Time-out: 15 minutes
   4   step Script  [Run PowerShell Script]
           Script:
             $a = 1
             Write-Host $a
   5   step Mark  [Set Task Sequence Variable]
           sets Phase = done
   6   step Rules  [Set Dynamic Variables]
           sets Server = a1 when Site equals 'A'
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "seq.xml"
    file.write_text(sequence_xml(STEPS), "utf-8")
    return file


def test_a_sequence_is_shown_in_the_words_of_the_console(path):
    assert tslint_("show", path) == (0, SHOWN, "")


def test_standard_input_is_shown_as_the_file_is():
    assert tslint_("show", "-", stdin=sequence_xml(STEPS).encode()) == (0, SHOWN, "")


@pytest.mark.parametrize("given", ["seq.xml", "."])
def test_what_is_shown_takes_the_place_of_nothing_that_was_read(given, path, monkeypatch):
    monkeypatch.chdir(path.parent)
    before = path.read_bytes()
    status, _, err = tslint_("show", given, "--output", "seq.xml")
    assert (status, path.read_bytes()) == (2, before)
    assert "name another file" in err


def test_without_numbers_a_step_more_changes_no_other_line(path, tmp_path):
    more = tmp_path / "more.xml"
    more.write_text(sequence_xml([{"run": "x.exe", "name": "First"}, *STEPS]), "utf-8")
    lines = tslint_("show", "--no-numbers", path)[1].splitlines()
    assert [one for one in tslint_("show", "--no-numbers", more)[1].splitlines() if one not in lines] == [
        "  step First  [Run Command Line]",
        "      Command line: x.exe",
    ]


def test_json_follows_its_schema(path):
    status, out, _ = tslint_("show", "--format", "json", path)
    data = json.loads(out)
    schema = json.loads((ROOT / "schemas/outline.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert (status, list(Draft202012Validator(schema).iter_errors(data))) == (0, [])
    (sequence,) = data["sequences"]
    assert [(one["stepNumber"], one["step"], one["active"]) for one in sequence["items"]][:3] == [
        (0, "Capture", True),
        (1, "Capture/Request State Store", True),
        (2, "Capture/List", False),
    ]


def test_a_child_is_shown_where_it_is_called_with_its_numbers_there(tmp_path):
    child = [{"run": "inner.exe", "name": "Inner"}]
    parent = [{"child": "TSL00009", "name": "Call"}, {"run": "after.exe", "name": "After"}]
    (tmp_path / "e.zip").write_bytes(export_zip({"sequence": parent, "children": {"TSL00009": child}}))
    out = tslint_("show", tmp_path / "e.zip")[1]
    assert re.findall(r"^ *(\d+) +step (\w+)", out, re.MULTILINE) == [
        ("0", "Call"),
        ("1", "Inner"),
        ("3", "After"),
    ]


def test_what_saving_writes_anew_is_not_shown(tmp_path):
    plain = '<sequence><step type="SMS_TaskSequence_RunCommandLineAction" name="A">{}</step></sequence>'
    action = "<action>smsswd.exe /run: x.exe</action>"
    saved = (
        '<defaultVarList><variable name="_SMSTSRunCommandLineAsUser" property="RunAsUser">false</variable>'
        '<variable name="CommandLine" property="CommandLine" hidden="true">x.exe</variable>'
        '<variable name="PackageID" property="PackageID" hidden="true"/>'
        '<variable name="SuccessCodes" property="SuccessCodes" hidden="true">0 3010</variable>'
        "</defaultVarList>"
    )
    (tmp_path / "saved.xml").write_text(plain.format(action + saved), "utf-8")
    out = tslint_("show", tmp_path / "saved.xml")[1]
    assert out.splitlines()[2:] == ["           Command line: x.exe"]


def test_what_cannot_be_read_is_told_and_makes_it_2(path, tmp_path):
    (tmp_path / "broken.xml").write_text('<sequence version="3.10"><step', "utf-8")
    status, out, err = tslint_("show", path, tmp_path / "broken.xml")
    assert status == 2
    assert "broken.xml" in err
    assert "Request State Store" in out


def test_no_sequence_at_all_is_2(tmp_path):
    assert tslint_("show", tmp_path)[0] == 2


def test_as_textconv_a_file_is_told_without_its_path_and_never_fails(tmp_path):
    export = {"sequence": [{"run": "a.exe", "name": "A"}]}
    texts = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.xml").write_text('<sequence version="3.10"><step', "utf-8")
        (tmp_path / name / "b.zip").write_bytes(export_zip(export))
        for file in ("a.xml", "b.zip", "none.xml"):
            status, out, err = tslint_("show", "--textconv", tmp_path / name / file)
            assert (status, err) == (0, "")
            texts.append(out)
    broken, export, none = texts[:3]
    assert texts[3:] == [broken, export, none]
    assert broken.startswith("Not read: Not well-formed")
    assert "SHA-256" in broken
    assert "step A" in export


def test_textconv_shows_one_file_as_text(path):
    assert tslint_("show", "--textconv", path, path)[0] == 2
    assert tslint_("show", "--textconv", "--format", "json", path)[0] == 2


def test_as_textconv_a_fault_of_tslint_is_told_in_the_text(path, monkeypatch):
    def fail(*_):
        raise KeyError("hunter2")

    monkeypatch.setattr("tslint.cli.textconv.outlines", fail)
    status, out, err = tslint_("show", "--textconv", path)
    assert (status, err) == (0, "")
    assert out.startswith("Not read, a fault of tslint: KeyError")
    assert "hunter2" not in out


def test_a_file_of_the_name_is_linted(path, monkeypatch):
    (path.parent / "show").write_text(sequence_xml(STEPS), "utf-8")
    monkeypatch.chdir(path.parent)
    assert " task sequence" in tslint_("show", "--isolated")[2]


def test_the_file_that_is_read_is_not_overwritten(path):
    before = path.read_bytes()
    assert tslint_("show", path, "--output", path)[0] == 2
    assert path.read_bytes() == before


def test_instructions_have_the_numbers_of_the_timeline():
    child = [{"run": "b.exe", "name": "Inner"}, {"group": "E", "steps": []}]
    steps = [
        {"group": "G", "steps": [{"run": "a.exe", "name": "A"}], "disabled": True},
        {"child": "TSL00009", "name": "Call"},
        {"group": "H", "steps": [{"group": "J", "steps": [{"run": "c.exe", "name": "C", "disabled": True}]}]},
    ]
    found = instructions(line_of(*steps, TSL00009=child))
    assert [one.number for one in found] == list(range(len(found)))
    assert [one.name[0] for one in found] == list("GAGCIEECHJCJH")
    entries = [one for one in found if one.entry is not None and one.kind != "end"]
    assert all(one.entry.step is one.node and one.entry.number == one.number for one in entries)
