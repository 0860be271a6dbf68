"""``tslint --check-rules``, from arguments to exit status."""

import os
import shutil

import pytest

from tests.rule_text import RULE, command
from tslint.rules.builtin import builtin_rules
from tslint.rules.compile import CHECKOUT

FOUND = "warning at 'Restart Computer'"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(file, id="ORG-1", name="no-restart", at="Restart Computer"):  # noqa: A002 - as in the file
    file.parent.mkdir(exist_ok=True)
    text = RULE.replace("ORG-101", id).replace("no-restart", name).replace("level: error", "level: warning")
    file.write_text(text.replace("at: Restart Computer", f"at: {at}"), "utf-8")


def check(*paths):
    """Exit status, standard output, standard error."""
    return command(*(word for path in paths for word in ("--check-rules", path)))


def test_rules_whose_examples_hold_are_0(folder):
    write(folder / "own" / "a.yaml")
    write(folder / "own" / "b.yaml", "ORG-2", "no-restart-either")
    assert check("own") == (0, "", "2 rules with 4 examples; the next free id is ORG-3\n")


def test_an_example_that_fails_is_1_and_told_with_its_place(folder):
    write(folder / "own" / "a.yaml", at="Restart")
    assert check("own") == (
        1,
        f"own/a.yaml:14:14: ORG-1 reported 'One': expected warning at 'Restart', found {FOUND}\n",
        "1 rule with 2 examples; 1 example failed; the next free id is ORG-2\n",
    )


def test_every_wrong_file_is_told_and_the_others_are_run(folder):
    write(folder / "own" / "a.yaml", id="nonsense")
    write(folder / "own" / "b.yaml", at="Restart")
    write(folder / "own" / "c.yaml", id="TS101", name="mine")
    status, out, err = check("own")
    assert status == 2
    assert [line.partition(": ")[0] for line in out.splitlines()] == [
        "own/a.yaml:1:5",
        "own/c.yaml:1:5",
        "own/b.yaml:14:14",
    ]
    assert err == "1 rule with 2 examples; 1 example failed; 2 rule files wrong; the next free id is ORG-2\n"


def test_two_rules_of_one_id_in_a_folder_are_wrong_in_two_folders_fine(folder):
    for name in ("a", "b"):
        write(folder / "own" / f"{name}.yaml")
        write(folder / name / "rule.yaml")
    status, out, _ = check("own")
    assert status == 2
    assert (
        out
        == "own/a.yaml:1:5: own/b.yaml has the id 'ORG-1' too; give one of them another id, such as ORG-2\n"
        "own/b.yaml:1:5: own/a.yaml has the id 'ORG-1' too; give one of them another id, such as ORG-2\n"
    )
    assert check("a", "b/rule.yaml") == (0, "", "2 rules with 4 examples; the next free id is ORG-2\n")


def test_a_path_without_rule_files_is_2(folder):
    status, out, _ = check("lost.yaml")
    assert status == 2
    assert out.startswith("lost.yaml:1:1: the file cannot be read")
    (folder / "empty").mkdir()
    status, _, err = check("empty")
    assert status == 2
    assert err.startswith("tslint: empty:1:1: the folder holds no rule file")


def test_what_a_rule_file_holds_cannot_move_the_cursor(folder):
    write(folder / "own.yaml", at='"a\\e[2J"')
    status, out, _ = check("own.yaml")
    assert "\x1b" not in out
    assert "the text holds the character U+001B" in out
    assert status == 2


def test_which_of_two_files_with_one_id_is_older_changes_nothing(folder):
    for name in ("a", "b"):
        write(folder / "own" / f"{name}.yaml")
    told = check("own")
    for name in ("a", "b"):
        os.utime(folder / "own" / f"{name}.yaml", (1, 1))
        assert check("own") == told
        os.utime(folder / "own" / f"{name}.yaml")


def test_two_files_with_one_name_are_both_told(folder):
    for number in (1, 2):
        write(folder / "own" / f"{number}.yaml", f"ORG-{number}")
    lines = check("own")[1].splitlines()
    assert [line.partition(";")[0] for line in lines] == [
        "own/1.yaml:2:7: own/2.yaml has the name 'no-restart' too",
        "own/2.yaml:2:7: own/1.yaml has the name 'no-restart' too",
    ]


def test_a_built_in_rule_can_be_checked_from_its_own_folder(monkeypatch):
    monkeypatch.chdir(CHECKOUT / "rules" / "user-state")
    status, out, err = check("hardlink-with-vss.yaml")
    assert (status, out) == (0, "")
    assert "; the next free id is TS" in err


@pytest.mark.slow
def test_the_folder_of_all_built_in_rules_can_be_checked(monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    status, out, err = check("rules")
    assert (status, out) == (0, "")
    assert err.startswith(f"{len(builtin_rules())} rules with ")


def test_an_id_that_was_decided_about_is_not_free(folder):
    rules = folder / "rules"
    shutil.copytree(CHECKOUT / "rules", rules, ignore=shutil.ignore_patterns("[!h]*-*.yaml"))
    (rules / "decisions.yaml").write_text("TS131: {}\nTS132: {}\n", "utf-8")
    file = rules / "user-state" / "hardlink-with-vss.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("TS130", "TS131"), "utf-8")
    assert "the id 'TS131' is taken by a decision in decisions.yaml;" in check(str(file))[1]
    file.write_text(text.replace("TS130", "TS760"), "utf-8")
    (rules / "decisions.yaml").write_text("TS761: {}\n", "utf-8")
    assert check(str(file))[2].endswith("; the next free id is TS762\n")


def test_a_built_in_rule_must_have_every_key_and_the_name_of_its_file(folder):
    rules = folder / "rules"
    shutil.copytree(CHECKOUT / "rules", rules, ignore=shutil.ignore_patterns("[!h]*-*.yaml"))
    file = rules / "user-state" / "hardlink-with-vss.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("\nprecision: ", "\n# precision: "), "utf-8")
    assert "the rule has no 'precision'; add the key 'precision'" in check(str(file))[1]
    file.write_text(text.replace("\nname: ", "\nname: other-"), "utf-8")
    assert "but the file is called 'hardlink-with-vss'" in check(str(file))[1]


def test_a_built_in_rule_can_be_checked_in_its_own_file_only(folder):
    file = CHECKOUT / "rules" / "user-state" / "hardlink-with-vss.yaml"
    status, out, err = check(str(file))
    assert (status, out) == (0, "")
    assert "; the next free id is TS" in err
    (folder / "copy.yaml").write_text(file.read_text("utf-8"), "utf-8")
    assert "is taken by the built-in rule" in check("copy.yaml")[1]


def test_one_built_in_rule_is_checked_with_those_that_silence_it(monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    for name in ("request-mode-mismatch-restore", "request-state-store-without-release"):
        status, out, err = check(f"rules/user-state/{name}.yaml")
        assert (status, out) == (0, ""), err
