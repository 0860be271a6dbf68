"""What the README says is so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.linting import findings_of, told
from tests.rule_text import command
from tslint.cli.arguments import PROFILES, Output, parse
from tslint.cli.status import CLEAN, FOUND
from tslint.report.render import FORMATS
from tslint.rules.custom import load_rules

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", README)
YAML = [text for language, text in BLOCKS if language == "yaml"]
WORKFLOW = next(text for text in YAML if "upload-sarif" in text)
MENDING = next(text for language, text in BLOCKS if language == "sh" and "--fix" in text)
SECOND = README.partition("<!-- the second run -->\n```text\n")[2].partition("```")[0]
OWN_RULE = next(text for text in YAML if text.startswith("id: ORG-"))


def test_the_finding_shown_is_what_the_command_prints():
    shown = next(text for language, text in BLOCKS if language == "text")
    environment = {key: value for key, value in os.environ.items() if key != "FORCE_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", "tslint", "examples/refresh-broken.xml"],
        cwd=ROOT,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == FOUND
    assert f"{shown}\n" in done.stdout
    assert "TS108" in shown


def test_what_fix_changes_is_what_the_readme_shows_and_the_second_run_is_clean(tmp_path, monkeypatch):
    (tmp_path / "examples").mkdir()
    shutil.copy(ROOT / "examples" / "refresh-broken.xml", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    shown, written = (line.split()[1:] for line in MENDING.splitlines())
    assert command(*shown)[1] == next(text for language, text in BLOCKS if language == "diff")
    assert command(*written) == (CLEAN, "", SECOND)
    _, out, _ = command("--fix", "examples")
    assert re.findall(r"\[(TS\d+) ", out) == ["TS142"]
    assert command("--fail-on", "error", "examples")[0] == CLEAN


def test_every_option_is_in_the_table_and_no_other(capsys):
    table = README.partition("\n## Options\n")[2].partition("\n## ")[0]
    with pytest.raises(SystemExit):
        parse(["--help"])
    offered, written = (
        set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", t)) for t in (capsys.readouterr().out, table)
    )
    assert written == offered


@pytest.mark.parametrize(("option", "words"), [("--format", FORMATS), ("--profile", PROFILES)])
def test_the_words_that_an_option_takes_are_in_the_table(option, words):
    assert f"`{option} {'|'.join(words)}`".replace("|", "\\|") in README


def test_the_rule_of_ones_own_does_what_its_examples_say(tmp_path):
    (tmp_path / "rule.yaml").write_text(OWN_RULE, "utf-8")
    (rule,), pages = load_rules(str(tmp_path / "rule.yaml"))
    examples = pages[rule.id]["examples"]
    for example in examples["reported"]:
        assert told(findings_of(example, [rule]), rule.id) == [(rule.level, example["at"])]
    for example in examples["silent"]:
        assert findings_of(example, [rule]) == []


def test_the_hook_is_one_that_the_repository_offers():
    config = yaml.safe_load(next(text for text in YAML if text.startswith("repos:")))
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} <= {hook["id"] for hook in offered}


def test_the_workflow_uploads_the_file_that_tslint_writes():
    steps = yaml.safe_load(WORKFLOW)["jobs"]["tslint"]["steps"]
    command = next(step["run"] for step in steps if step.get("run", "").startswith("tslint "))
    options = parse(command.split()[1:])
    uploaded = next(step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", ""))
    assert options.outputs == (Output("sarif", uploaded),)
    assert options.fail_on == "never"
