"""The configuration file: what it may say, and what a wrong one gets to hear."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.linting import RULES
from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.plain_check import check_plainly
from tslint.data_files.yaml_file import YamlFile
from tslint.suppress.configuration import Configuration

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "config.schema.json").read_text("utf-8"))
KEYWORDS = {
    *("$ref", "type", "enum", "minItems", "maxItems", "minLength", "maxLength", "required", "properties"),
    *("additionalProperties", "items", "description"),
}
RIGHT = [
    "profile: strict",
    "select: [TS1, user-state]\nignore: []",
    "levels: {TS101: off, TS102: note}",
    "rules: [policy]\nexclude: ['old/**']",
    "per-file-ignores:\n- {files: a, rules: [TS101], reason: why}",
    "per-step-ignores:\n- {step: 'A/*', files: a, rules: [TS1]}",
    "fail-on: never\nmin-level: error",
]
WRONG = [
    ("profil: all", "1:1: unknown key 'profil'; did you mean 'profile'?"),
    ("profile: strikt", "1:10: 'profile' cannot be 'strikt'; did you mean 'strict'?"),
    ("select: TS101", "1:9: 'select' is a word; it must be a list"),
    ("select: []", "1:9: 'select' cannot be an empty list; its least number of items is 1"),
    ("select: [101]", "1:10: this item is the number 101; it must be a word"),
    ("\nlevels:\n  TS101: of", "3:10: 'TS101' cannot be 'of'; did you mean 'off'?"),
    ("levels: []", "1:9: 'levels' is a list; it must be a map"),
    ("min-level: never", "1:12: 'min-level' cannot be 'never'; use one of: error, warning, note"),
    ("per-file-ignores: [{rules: [TS1]}]", "1:20: this item has no 'files'; add the key 'files'"),
    ("per-step-ignores:\n- {step: a, rules: [TS1], why: x}", "2:27: unknown key 'why'; known are: "),
    ("exclude: ['']", "1:11: this item cannot be ''; it must not be empty"),
    ("[profile]", "1:1: the file is a list; it must be a map"),
    ("profile: &x all", "1:10: anchors and aliases are not allowed"),
]


def read(folder, text):
    (folder / ".tslint.yaml").write_text(text, "utf-8")
    return Configuration(".tslint.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "policy").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("text", [*RIGHT, "", "# nothing yet\n"])
def test_what_the_schema_knows_is_taken(folder, text):
    read(folder, text)


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_told_with_its_place_and_the_remedy(folder, text, told):
    with pytest.raises(DataFileError) as caught:
        read(folder, text)
    assert str(caught.value).startswith(f".tslint.yaml:{told}")


@pytest.mark.parametrize("text", [*RIGHT, *(text for text, _ in WRONG if "&x" not in text)])
def test_the_plain_check_and_jsonschema_agree(text):
    file = YamlFile("c.yaml", text)
    valid = jsonschema.Draft202012Validator(SCHEMA).is_valid(file.data)
    try:
        check_plainly(file, SCHEMA)
    except DataFileError:
        assert not valid
    else:
        assert valid


def test_the_schema_uses_only_what_the_plain_check_knows():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = set()

    def look(schema):
        found.update(schema)
        for inner in (schema.get("items"), schema.get("additionalProperties")):
            if isinstance(inner, dict):
                look(inner)
        for inner in schema.get("properties", {}).values():
            assert "description" in inner or "$ref" in inner
            look(inner)

    look({key: value for key, value in SCHEMA.items() if key not in {"$schema", "title", "$defs"}})
    for defined in SCHEMA["$defs"].values():
        look(defined)
    assert found <= KEYWORDS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("select: [TS9]", "1:10: unknown rule, id prefix or category 'TS9'; "),
        (
            "ignore: [TS1, user-stat]",
            "1:15: unknown rule, id prefix or category 'user-stat'; did you mean user-state?",
        ),
        ("levels: {TS1: off}", "1:10: 'TS1' is no rule, but stands for some; name each rule by itself"),
        ("levels: {TS101: off, ts101: note}", "1:22: TS101 has two levels"),
        ("per-file-ignores: [{files: a, rules: [nothing-of-the-kind]}]", "1:39: unknown rule, "),
    ],
)
def test_a_word_that_names_no_rule_is_refused(folder, text, told):
    with pytest.raises(DataFileError) as caught:
        read(folder, text).check_words(RULES)
    assert str(caught.value).startswith(f".tslint.yaml:{told}")


@pytest.mark.parametrize("path", ["..", "/etc", "policy/../..", "link", r"policy\..\.."])
def test_rules_outside_of_its_folder_are_refused(folder, path):
    (folder / "link").symlink_to(folder.parent)
    with pytest.raises(DataFileError, match="lies outside of the folder of this file"):
        read(folder, f"rules: [{path}]")


def test_rules_that_are_not_there_are_told(folder):
    with pytest.raises(DataFileError, match="1:9: there is no 'lost'; paths are relative to this file"):
        read(folder, "rules: [lost]")


def test_paths_are_relative_to_the_file(folder, monkeypatch):
    (folder / "below").mkdir()
    (folder / ".tslint.yaml").write_text("rules: [policy]\nexclude: [old]", "utf-8")
    monkeypatch.chdir(folder / "below")
    configuration = Configuration("../.tslint.yaml")
    assert configuration.rules == ("../policy",)
    assert configuration.excluded("../old/a.xml")
    assert not configuration.excluded("old/a.xml")


def test_a_backslash_divides_folders_on_every_system(folder):
    (folder / "policy" / "own").mkdir()
    configuration = read(
        folder,
        r"""
rules: [policy\own]
exclude: [archive\**, .\drafts\]
per-file-ignores: [{files: kiosk\*.xml, rules: [TS1]}]
""",
    )
    assert configuration.rules == ("policy/own",)
    assert configuration.excluded("archive/2019/a.xml")
    assert configuration.excluded("drafts/a.xml")
    assert not configuration.excluded("a.xml")
    assert configuration.ignores[0].file("kiosk/a.xml")


def test_a_backslash_that_yaml_takes_for_an_escape_is_told(folder):
    with pytest.raises(DataFileError, match="1:11: no path holds a control character"):
        read(folder, r'exclude: ["archive\new"]')


def test_in_the_name_of_a_step_a_backslash_stands_for_itself(folder):
    fits = read(folder, r"per-step-ignores: [{step: 'Copy to C:\*', rules: [TS1]}]").ignores[0].step
    assert fits("Copy to C:\\Windows")
    assert not fits("Copy to C:/Windows")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("package-ids: {b.xml: PS100001}", "1:15: there is no 'b.xml'"),
        ("package-ids: {a.xml: PS10000X}", "1:22: 'PS10000X' is no package id"),
        ("package-ids: {a.xml: PS1001}", "1:22: "),
        ("package-ids: [a.xml]", "1:14: "),
    ],
)
def test_a_package_id_is_one_and_its_file_is_there(folder, text, told):
    (folder / "a.xml").touch()
    with pytest.raises(DataFileError, match=re.escape(told)):
        read(folder, text)


def test_package_ids_are_given_by_the_names_of_reports(folder, monkeypatch):
    for name in ("a.xml", "e.zip"):
        (folder / "sub").mkdir(exist_ok=True)
        (folder / "sub" / name).touch()
    configuration = read(folder, "package-ids: {sub/a.xml: PS100001, './sub\\e.zip!/x/B.xml': PS100002}")
    names = ["sub/a.xml", "sub/e.zip", "sub/c.xml"]
    assert configuration.package_ids(names) == {"sub/a.xml": "PS100001", "sub/e.zip!/x/B.xml": "PS100002"}
    monkeypatch.chdir(folder / "sub")
    assert configuration.package_ids(["a.xml"]) == {"a.xml": "PS100001"}


def test_the_example_of_the_documentation_can_be_used(folder):
    page = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text("utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    (folder / "children").mkdir()
    (folder / "children" / "restore.xml").touch()
    configuration = read(folder, example)
    configuration.check_words(RULES)
    assert set(configuration.values) == set(SCHEMA["properties"]) - {"select"}
