"""An organisation's own rules."""

import pytest

from tests.patterns import pattern_of
from tests.rule_text import NEVER, RULE
from tslint.data_files.data_file_error import DataFileError
from tslint.rules.custom import load_rules
from tslint.rules.rule_folder import MAX_RULE_FILES


def write(path, rule="ORG-1", name="no-restart", pattern="{step: Reboot}"):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = RULE.replace("ORG-101", rule).replace("no-restart", name).replace("level: error", "level: warning")
    path.write_text(text.replace(NEVER, f"engine: any\nnever: {pattern}"), "utf-8")
    return path


def refused(path):
    with pytest.raises(DataFileError) as caught:
        load_rules(str(path))
    return str(caught.value)


def test_one_file_of_any_name_is_a_rule_and_its_page(tmp_path):
    rules, pages = load_rules(str(write(tmp_path / "anything.yml")))
    assert [(r.id, r.level, r.engines, [c.pattern for c in r.clauses]) for r in rules] == [
        ("ORG-1", "warning", ("configmgr", "lite-touch"), [pattern_of({"never": {"step": "Reboot"}})])
    ]
    assert pages["ORG-1"]["why"] == "Because."


def test_a_folder_is_read_to_its_depth_in_order_of_id(tmp_path):
    write(tmp_path / "b" / "c.yaml", "ORG-2", "second")
    write(tmp_path / "z.yaml", "ORG-1", "first")
    write(tmp_path / ".hidden" / "x.yaml", "ORG-3", "third")
    (tmp_path / "README.md").write_text("no rule", "utf-8")
    assert [rule.id for rule in load_rules(str(tmp_path))[0]] == ["ORG-1", "ORG-2"]


@pytest.mark.parametrize("inside", ["", "r.yaml"])
def test_named_selectors_of_the_folder_and_of_tslint_are_at_hand(tmp_path, inside):
    (tmp_path / "selectors.yaml").write_text("ours: [captures-user-state, {command: robocopy}]\n", "utf-8")
    write(tmp_path / "r.yaml", pattern="ours")
    (clause,) = load_rules(str(tmp_path / inside))[0][0].clauses
    first, *_, last = clause.pattern.form.subject.alternatives
    assert (first.types, last.tools) == (("captureuserstate",), ("robocopy",))


def test_an_error_names_the_file_as_it_was_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "own" / "a" / "r.yaml", pattern="unknown-name")
    assert refused("own").startswith("own/a/r.yaml:11:8: there is no selector named 'unknown-name'")
    (tmp_path / "own" / "selectors.yaml").write_text("A: b\n", "utf-8")
    assert refused("own").startswith("own/selectors.yaml:1:1: unknown key 'A'")


@pytest.mark.parametrize(
    ("rule", "name", "message"),
    [
        (
            "TS101",
            "mine",
            ":1:5: the id 'TS101' is taken by the built-in rule TS101; begin it with a name of your own",
        ),
        (
            "ORG-1",
            "request-state-store-without-release",
            ":2:7: the name 'request-state-store-without-release' is taken by the built-in rule TS101;",
        ),
    ],
)
def test_a_built_in_rule_cannot_be_replaced(tmp_path, rule, name, message):
    assert message in refused(write(tmp_path / "r.yaml", rule, name))


def test_a_folder_without_rules_and_a_missing_path_are_told(tmp_path):
    assert "holds no rule file" in refused(tmp_path)
    assert "cannot be read" in refused(tmp_path / "none.yaml")


def test_a_folder_of_very_many_files_is_refused(tmp_path):
    for number in range(MAX_RULE_FILES + 1):
        (tmp_path / f"{number}.yaml").touch()
    assert f"more than {MAX_RULE_FILES} rule files" in refused(tmp_path)
