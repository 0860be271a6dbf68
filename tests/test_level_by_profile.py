"""The level of a rule, and what of it speaks, in each profile."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tslint.cli.arguments import parse
from tslint.cli.main import run
from tslint.cli.status import CLEAN, FOUND
from tslint.rules.example import sequence_xml

# TS142: a warning, in profile strict an error
LOCAL = [{"step": "CaptureUserState", "Mode": "Simple"}, {"step": "RestoreUserState", "LocalAccounts": False}]
DELETES = {"run": 'usmtutils.exe /rd "%OSDStateStorePath%" /y'}
# TS164: a swallowed failure in all profiles, a tolerant restore in profile strict
SWALLOWED = [
    {"step": "RestoreUserState", "LocalAccounts": True, "ContinueOnRestore": False, "continueOnError": True},
    DELETES,
]
TOLERANT = [{"step": "RestoreUserState", "LocalAccounts": True, "ContinueOnRestore": True}, DELETES]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name, steps in (("local", LOCAL), ("swallowed", SWALLOWED), ("tolerant", TOLERANT)):
        (tmp_path / f"{name}.xml").write_text(sequence_xml(steps), "utf-8")
    monkeypatch.chdir(tmp_path)


def tslint_(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    return run(parse(arguments), io.StringIO(), out, io.StringIO()), out.getvalue()


def levels(file: str, rule: str, *arguments: str) -> list[str]:
    _, out = tslint_(file, "--format", "json", *arguments)
    return [one["level"] for one in json.loads(out)["findings"] if one["rule"] == rule]


def test_a_finding_has_the_level_of_the_profile():
    assert levels("local.xml", "TS142") == ["warning"]
    assert levels("local.xml", "TS142", "--profile", "strict") == ["error"]
    assert levels("local.xml", "TS142", "--profile", "all") == ["error"]
    assert levels("local.xml", "TS142", "--select", "TS142") == ["warning"]


def test_the_exit_status_follows():
    failing = ("local.xml", "--select", "TS142", "--fail-on", "error")
    assert tslint_(*failing)[0] == CLEAN
    Path(".tslint.yaml").write_text("profile: strict\nselect: [TS142]\n", "utf-8")
    assert tslint_("local.xml", "--fail-on", "error")[0] == FOUND


def test_the_configuration_wins():
    Path(".tslint.yaml").write_text("profile: strict\nlevels: {TS142: note}\n", "utf-8")
    assert levels("local.xml", "TS142") == ["note"]
    Path(".tslint.yaml").write_text("levels: {TS142: error}\n", "utf-8")
    assert levels("local.xml", "TS142") == ["error"]


@pytest.mark.parametrize(("profile", "level"), [("recommended", "warning"), ("strict", "error")])
def test_sarif_tells_the_level_of_the_profile_as_the_rules_default(profile, level):
    (described,) = json.loads(tslint_("local.xml", "--format", "sarif", "--profile", profile)[1])["runs"]
    rules = {one["id"]: one for one in described["tool"]["driver"]["rules"]}
    assert rules["TS142"]["defaultConfiguration"]["level"] == level


def test_a_clause_of_a_larger_profile_speaks_there_and_where_its_rule_is_selected():
    assert (
        levels("swallowed.xml", "TS164")
        == levels("swallowed.xml", "TS164", "--profile", "all")
        == ["warning"]
    )
    assert levels("tolerant.xml", "TS164") == []
    assert levels("tolerant.xml", "TS164", "--profile", "strict") == ["warning"]
    assert levels("tolerant.xml", "TS164", "--select", "TS164") == ["warning"]


def test_the_page_of_a_rule_tells_of_both():
    assert "| warning, error in profile strict |" in tslint_("--explain", "TS142")[1]
    assert "| recommended, in part strict |" in tslint_("--explain", "TS164")[1]
