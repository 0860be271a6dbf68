"""What a user sees of task sequences that run others in other files."""

import json
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from tests.lint.test_across_files import RELEASE, REQUEST, call, wrapped
from tslint.cli.main import main
from tslint.cli.status import CLEAN, FOUND
from tslint.rules.compile import CHECKOUT
from tslint.rules.example import sequence_xml

SCHEMA = json.loads((CHECKOUT / "schemas" / "findings.schema.json").read_text("utf-8"))
ONLY = ("--select", "TS101,TS103")
PARENT = wrapped("PS100001", REQUEST, call("PS100002"))
CHILD = wrapped("PS100002", RELEASE)
DIFFERENT = wrapped("PS100002", REQUEST, RELEASE)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "parent.xml").write_text(PARENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def tslint_(capsys):
    def run(*arguments):
        status = main([*arguments, *ONLY])
        return status, *capsys.readouterr()

    return run


def test_the_hook_judges_a_changed_parent_with_its_unchanged_child(tslint_):
    Path(".tslint.yaml").touch()
    Path("exports/child.xml").write_text(CHILD)
    assert tslint_("exports/parent.xml") == (
        CLEAN,
        "",
        "No findings in 1 task sequence; 1 file read for context only\n",
    )
    _, _, err = tslint_("exports/parent.xml", "--show-files")
    assert err.startswith("context      exports/child.xml\nlinted       exports/parent.xml\n")


@pytest.mark.parametrize("option", ["none", "isolated", "elsewhere", "excluded"])
def test_beside_what_is_no_folder_of_the_configuration_nothing_is_read(tslint_, option):
    Path("exports/child.xml").write_text(CHILD)
    arguments = ["exports/parent.xml"]
    if option == "isolated":
        Path(".tslint.yaml").touch()
        arguments.append("--isolated")
    elif option == "elsewhere":
        Path("policy").mkdir()
        Path("policy/tslint.yaml").touch()
        arguments += ["--config", "policy/tslint.yaml"]
    elif option == "excluded":
        Path(".tslint.yaml").write_text("exclude: [exports/child.xml]")
    status, out, err = tslint_(*arguments)
    assert status == CLEAN
    assert "only a note, because the task sequence that 'Call PS100002' runs is not at hand." in " ".join(
        out.split()
    )
    assert "read for context" not in err


def test_what_is_not_at_hand_is_told_once_with_what_to_do(tslint_):
    Path("exports/other.xml").write_text(wrapped("PS100003", call("PS100002"), call("PS100009")))
    _, _, err = tslint_("exports")
    (line,) = (line for line in err.splitlines() if "not at hand" in line)
    assert line == (
        "tslint: not at hand: PS100002 (run in exports/other.xml), PS100009 (run in exports/other.xml); what "
        "depends on them is at most a note: add their export, or name their file under package-ids in "
        ".tslint.yaml"
    )


def test_of_very_many_a_few_are_named(tslint_):
    calls = (call(f"PS1001{number:02X}") for number in range(20))
    Path("exports/parent.xml").write_text(wrapped("PS100001", *calls))
    assert "PS100104 (run in exports/parent.xml) and 15 more; what depends on them" in tslint_("exports")[2]


def test_two_versions_are_told_with_their_files(tslint_):
    Path("exports/child.xml").write_text(CHILD)
    Path("exports/old.xml").write_text(DIFFERENT)
    _, _, err = tslint_("exports")
    assert (
        "tslint: PS100002, run in exports/parent.xml, is in exports/child.xml and in exports/old.xml, and "
        "these differ; what depends on it is at most a note: leave out the one that is not in use\n"
    ) in err


def test_reports_for_programs_tell_of_both(tslint_):
    Path("exports/child.xml").write_text(CHILD)
    Path("exports/old.xml").write_text(DIFFERENT)
    Path("exports/more.xml").write_text(wrapped("PS100004", call("PS100009")))
    report = json.loads(tslint_("exports", "--format", "json")[1])
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["missing"] == [
        {
            "packageId": "PS100002",
            "file": "exports/parent.xml",
            "versions": ["exports/child.xml", "exports/old.xml"],
        },
        {"packageId": "PS100009", "file": "exports/more.xml", "versions": []},
    ]
    log = json.loads(tslint_("exports", "--format", "sarif")[1])
    told = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [one["level"] for one in told] == ["note", "note"]
    assert told[0]["message"]["text"].startswith("Not at hand: PS100009 (run in exports/more.xml); ")
    root = etree.fromstring(tslint_("exports", "--format", "junit")[1].encode())
    (value,) = root.xpath("//property[@name='task sequences not at hand']/@value")
    assert "PS100009" in value
    assert "exports/old.xml" in value


def test_the_configuration_names_a_child_that_does_not_tell_its_id(tslint_, folder, monkeypatch):
    Path("exports/restore.xml").write_text(sequence_xml([RELEASE]))
    Path(".tslint.yaml").write_text("package-ids: {exports/restore.xml: PS100002}")
    assert tslint_("exports")[0::2] == (CLEAN, "No findings in 2 task sequences\n")
    assert "1 file read for context only" in tslint_("exports/parent.xml")[2]
    monkeypatch.chdir(folder / "exports")
    assert tslint_("parent.xml")[:2] == (CLEAN, "")


def test_from_a_folder_below_the_configuration_the_same_is_found(tslint_, folder, monkeypatch):
    Path(".tslint.yaml").touch()
    Path("children").mkdir()
    Path("children/child.xml").write_text(wrapped("PS100002", {"run": "x.exe"}))
    monkeypatch.chdir(folder / "exports")
    status, out, err = tslint_("parent.xml", "--format", "json")
    assert status == FOUND
    report = json.loads(out)
    assert [(one["rule"], one["level"], one["file"]) for one in report["findings"]] == [
        ("TS101", "error", "parent.xml")
    ]
    assert "1 file read for context only" in err


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit", "gitlab"])
def test_several_processes_say_the_same_byte_for_byte(tslint_, form):
    Path(".tslint.yaml").touch()
    for number in range(5):
        parent = wrapped(f"PS10010{number}", REQUEST, call(f"PS10020{number}"), call("PS1009FF"))
        Path(f"exports/p{number}.xml").write_text(parent)
        child = wrapped(f"PS10020{number}", REQUEST if number % 2 else RELEASE)
        Path(f"exports/c{number}.xml").write_text(child)
    parents = [f"exports/p{number}.xml" for number in range(5)]
    for paths in (["exports"], parents):
        one, two = (tslint_(*paths, "--format", form, "--jobs", number) for number in ("1", "2"))
        assert one == two
        assert "PS1009FF" in one[2]
