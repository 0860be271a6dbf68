"""The example policy does what it says, and docs/policies.md shows it as it is."""

import io
import re
import shutil
from pathlib import Path

import pytest

from tslint.cli.arguments import parse
from tslint.cli.main import run

ROOT = Path(__file__).parents[1]
POLICY = ROOT / "examples" / "policy"
PAGE = (ROOT / "docs" / "policies.md").read_text("utf-8")
YAML = re.findall(r"(?ms)^```yaml\n(.*?)^```$", PAGE)
TEXT = re.findall(r"(?ms)^```text\n(.*?)^```$", PAGE)


def tslint_(*arguments):
    """Exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return run(parse(arguments), io.StringIO(), out, err), out.getvalue(), err.getvalue()


def test_the_policys_own_examples_hold():
    assert tslint_("--check-rules", str(POLICY)) == (0, "", TEXT[0])


def test_the_policy_runs_beside_the_built_in_rules():
    example = str(ROOT / "examples" / "refresh-broken.xml")
    status, out, _ = tslint_("--rules", str(POLICY), "--select", "contoso-order,TS108", example)
    assert status == 1
    assert "[TS108 request-mode-mismatch-restore]" in out
    assert "[CONTOSO-003 logs-copied-after-setup]" in " ".join(out.split())


@pytest.mark.parametrize("shown", YAML, ids=lambda shown: shown.partition("\n")[0][:40])
def test_each_piece_of_a_rule_stands_so_in_a_file(shown):
    assert any(f"\n{shown}" in file.read_text("utf-8") for file in POLICY.glob("*.yaml"))


def test_the_mistakes_are_told_as_shown(tmp_path, monkeypatch):
    shutil.copytree(POLICY, tmp_path / "policy")
    for name, right, wrong in (
        ("forbidden-commands", "has: [/r, /s]", "has: [/r, /s, /a]"),
        ("step-names-say-what-they-do", "\nmust:", "\nmusst:"),
    ):
        file = tmp_path / "policy" / f"{name}.yaml"
        text = file.read_text("utf-8")
        assert text.count(right) == 1
        file.write_text(text.replace(right, wrong), "utf-8")
    monkeypatch.chdir(tmp_path)
    status, out, _ = tslint_("--check-rules", "policy")
    assert status == 2
    assert sorted(out.splitlines()) == sorted(TEXT[1].splitlines())
