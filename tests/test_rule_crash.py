"""A rule that fails is a finding of its own kind, in every format, and nothing makes it go away."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from tslint.cli.main import main
from tslint.cli.status import FAULT
from tslint.lint import linter
from tslint.lint.rule_run import CompiledRule
from tslint.mend.repair import Repairs
from tslint.model.read import read
from tslint.report.advice import Advisor
from tslint.rules.example import sequence_xml

SECRET = "hunter2-never-shown"  # noqa: S105 - made up
TOLD = "Rule TS101 request-state-store-without-release failed on this file, a fault of tslint: KeyError at "
OTHER = "TS107"  # another rule, which does its work in the same file
FORMATS_WITH_ADVICE = ("text", "json", "sarif", "github", "junit", "markdown", "html")
SEQUENCE = sequence_xml(
    [
        {"step": "RequestStateStore", "RequestType": "restore", "name": "Request"},
        {"step": "CaptureUserState", "name": "Capture"},
        {"step": "ReleaseStateStore", "name": "Release"},
    ]
)


@pytest.fixture
def crash(tmp_path, monkeypatch, capsys):
    """Run tslint on two files, on which TS101 fails with a secret in the text of its exception."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(SEQUENCE)
    findings = CompiledRule.findings

    def fail(self, context):
        if self.rule.id == "TS101":
            raise KeyError(SECRET)
        return findings(self, context)

    monkeypatch.setattr(CompiledRule, "findings", fail)

    def run(*arguments):
        status = main(["a.xml", "b.xml", *arguments])
        assert status == FAULT
        out, err = capsys.readouterr()
        assert err.startswith("tslint: rule TS101 failed on a.xml, a fault of tslint: KeyError at ")
        assert err.endswith("; 2 faults of tslint\n") or arguments
        assert SECRET not in out + err
        return out

    return run


def test_text_tells_the_rule_the_file_the_fault_and_whom_to_tell(crash):
    out = crash()
    blocks = [block for block in out.split("\n\n") if "TS000" in block]
    assert [block.split(":")[0] for block in blocks] == ["a.xml", "b.xml"]
    assert " ".join(blocks[0].split()).startswith(f"a.xml:1:1: error: {TOLD}")
    assert "Report this message" in out
    assert out.count(OTHER) == 2


def test_json_has_it_as_a_finding(crash):
    found = json.loads(crash("--format", "json"))["findings"]
    own = [one for one in found if one["rule"] == "TS000"]
    assert [(one["name"], one["level"], one["file"], one["line"], one["step"]) for one in own] == [
        ("tslint-failed", "error", "a.xml", 1, None),
        ("tslint-failed", "error", "b.xml", 1, None),
    ]
    assert own[0]["message"].startswith(TOLD)
    assert "Report this message" in own[0]["remedy"]
    assert own[0]["fingerprint"] != own[1]["fingerprint"]
    assert [one["file"] for one in found if one["rule"] == OTHER] == ["a.xml", "b.xml"]


def test_sarif_has_it_as_a_result_and_a_notification(crash):
    (run,) = json.loads(crash("--format", "sarif"))["runs"]
    own = [one for one in run["results"] if one["ruleId"] == "TS000"]
    assert len(own) == 2
    assert own[0]["message"]["text"].startswith(TOLD)
    assert run["tool"]["driver"]["rules"][own[0]["ruleIndex"]]["id"] == "TS000"
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    notes = invocation["toolExecutionNotifications"]
    assert [(note["level"], note["associatedRule"]["id"]) for note in notes] == [("error", "TS101")] * 2


def test_github_has_it_as_an_error(crash):
    lines = [line for line in crash("--format", "github").splitlines() if "TS000" in line]
    assert len(lines) == 2
    assert lines[0].startswith("::error file=a.xml,line=1,")
    assert TOLD in lines[0]


def test_junit_has_it_as_an_error_and_not_as_a_failure(crash):
    root = etree.fromstring(crash("--format", "junit").encode())
    assert root.get("errors") == "2"
    (error,) = root.xpath("testsuite[@name='a.xml']/testcase/error")
    assert error.get("message").startswith(TOLD)
    assert "Report this message" in error.text
    assert root.xpath(f"count(testsuite/testcase[starts-with(@name, '{OTHER}')]/failure)") == 2


def test_gitlab_has_it_as_critical(crash):
    own = [one for one in json.loads(crash("--format", "gitlab")) if one["check_name"].startswith("TS000")]
    assert [(one["severity"], one["location"]["path"]) for one in own] == [
        ("critical", "a.xml"),
        ("critical", "b.xml"),
    ]
    assert own[0]["description"].startswith(TOLD)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ignore", "TS000"),
        ("--ignore", "tslint"),
        ("--select", "TS101"),
        ("--min-level", "error", "--fail-on", "never"),
        ("--write-baseline", "baseline.json"),
    ],
)
def test_no_option_takes_it_away(crash, arguments):
    found = json.loads(crash("--format", "json", *arguments))["findings"]
    assert [one["file"] for one in found if one["rule"] == "TS000"] == ["a.xml", "b.xml"]


def test_neither_a_suppression_nor_a_baseline_takes_it_away(crash, tmp_path):
    (tmp_path / "a.xml").write_text(f"<!-- tslint: ignore[TS000, {OTHER}] no -->{SEQUENCE}")
    crash("--write-baseline", "baseline.json")
    baseline = (tmp_path / "baseline.json").read_text()
    assert "TS000" not in baseline
    (tmp_path / ".tslint.yaml").write_text("levels: {TS000: 'off'}\nexclude: []\n")
    found = json.loads(crash("--format", "json", "--baseline", "baseline.json"))["findings"]
    assert [one["file"] for one in found if one["rule"] == "TS000"] == ["a.xml", "b.xml"]


@pytest.fixture
def advice_crash(tmp_path, monkeypatch):
    """Let every mend fail, of which TS107 has one here, with a secret in the text of its exception."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xml").write_text(SEQUENCE)

    def fail(_self, _mending):
        raise KeyError(SECRET)

    monkeypatch.setattr(Repairs, "_repair", fail)


@pytest.mark.usefixtures("advice_crash")
@pytest.mark.parametrize("form", FORMATS_WITH_ADVICE)
def test_a_fault_in_advice_is_told_as_one_of_the_rule_and_the_report_still_comes(form, capsys):
    assert main(["a.xml", "--format", form]) == FAULT
    out, err = capsys.readouterr()
    assert f"rule {OTHER} failed on a.xml, a fault of tslint: KeyError at " in err
    assert "TS000" in out
    assert OTHER in out
    assert SECRET not in out + err


@pytest.mark.usefixtures("advice_crash")
@pytest.mark.parametrize("more", [("--diff",), ()])
def test_a_fault_in_a_mend_leaves_the_file_and_is_told(more, capsys):
    assert main(["a.xml", "--fix", "--unsafe-fixes", *more]) == FAULT
    out, err = capsys.readouterr()
    assert f"{OTHER} failed on a.xml, a fault of tslint: KeyError at " in err
    assert SECRET not in out + err


def test_a_fault_in_words_of_advice_leaves_the_words_of_the_rule(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xml").write_text(SEQUENCE)

    def fail(_self, _finding, _rule):
        raise KeyError(SECRET)

    monkeypatch.setattr(Advisor, "_advice", fail)
    assert main(["a.xml", "--format", "json"]) == FAULT
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {OTHER, "TS000"} <= {one["rule"] for one in found}
    assert all(one["remedy"] for one in found)


def test_a_fault_outside_of_a_rule_leaves_the_other_files_judged(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(SEQUENCE)

    def fail(document, **_):
        if document.origin.file == "a.xml":
            raise ValueError(SECRET)
        return read(document)

    monkeypatch.setattr(linter, "read_model", fail)
    assert main([".", "--format", "json"]) == FAULT
    out, err = capsys.readouterr()
    found = json.loads(out)["findings"]
    told = [one["message"].partition(": ")[0] for one in found if one["file"] == "a.xml"]
    assert told == ["tslint failed on this file and judged nothing in it, a fault of tslint"]
    assert OTHER in {one["rule"] for one in found if one["file"] == "b.xml"}
    assert err.startswith("tslint: linting failed on a.xml, a fault of tslint: ValueError at linter.py:")
    assert SECRET not in out + err
