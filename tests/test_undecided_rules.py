"""What a rule could not decide is a finding, in every format, and nothing takes it away."""

import io
import json
from pathlib import Path

import pytest
from lxml import etree

from tests.linting import RULES, TABLES
from tests.patterns import rule_of
from tests.report.sarif_checks import complaints
from tslint.cli.arguments import parse
from tslint.cli.main import run
from tslint.cli.status import CLEAN, FOUND
from tslint.lint.run import lint
from tslint.report.unjudged import unjudged
from tslint.rules.example import sequence_xml

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
COSTLY = {"never": {"step": "RunCommandLine", "CommandLine": [f"a{n}" for n in range(300)]}}
TOLD = "The rule TS101 could not be decided here: that would have cost too much work."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_text(sequence_xml([REQUEST, *[{"run": "x %V%", "name": "x"}] * 30]))


@pytest.fixture
def little(monkeypatch):
    """So little effort that nothing can be decided."""
    monkeypatch.setitem(lint.__kwdefaults__, "effort", 1)


def tslint_(*arguments):
    """Run it: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return run(parse(("--select", "TS101", "a.xml", *arguments)), io.StringIO(), out, err), out.getvalue()


def findings(*arguments):
    _, out = tslint_("--format", "json", *arguments)
    return [(one["rule"], one["level"], one["message"]) for one in json.loads(out)["findings"]]


def test_it_is_a_warning_at_the_task_sequence_with_the_rules_it_stands_for():
    easy = next(rule for rule in RULES if rule.id == "TS101")
    rules = [rule_of(COSTLY, "ORG-1"), rule_of(COSTLY, "ORG-2"), easy]
    result = lint(["a.xml"], rules, TABLES, effort=2_000)
    assert [finding.rule for finding in result.findings] == ["TS101"]  # it did not wait for the hard ones
    (told,) = unjudged(result, {rule.id: rule for rule in RULES})
    assert (told.rule, told.level, told.place.element) == ("TS007", "warning", 0)
    assert told.message == (
        "The rules ORG-1, ORG-2 could not be decided here: that would have cost too much work."
    )


def test_a_hard_rule_has_what_the_others_left():
    result = lint(["a.xml"], [rule_of(COSTLY, f"ORG-{n}") for n in range(2)], TABLES, effort=60_000)
    assert result.undecided == ()


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--ignore", "TS007"),
        ("--min-level", "error"),
        ("--write-baseline", "baseline.json"),
        ("--config", "quiet.yaml"),
    ],
)
def test_no_option_takes_it_away(arguments):
    Path("quiet.yaml").write_text(
        "levels: {TS007: off}\nper-file-ignores: [{files: '**', rules: [TS007], reason: x}]\n"
    )
    assert findings(*arguments) == [("TS007", "warning", TOLD)]
    assert tslint_(*arguments)[0] == FOUND
    assert tslint_(*arguments, "--fail-on", "error")[0] == CLEAN


@pytest.mark.usefixtures("little")
def test_no_comment_takes_it_away():
    text = Path("a.xml").read_text()
    Path("a.xml").write_text(text.replace("<step", "<!-- tslint: ignore[TS007] why not -->\n<step", 1))
    assert ("TS007", "warning", TOLD) in findings()


@pytest.mark.usefixtures("little")
def test_it_is_in_sarif_as_a_result_and_a_notification_of_a_run_that_went_well():
    log = json.loads(tslint_("--format", "sarif")[1])
    assert complaints(log) == []
    (told,) = log["runs"][0]["results"]
    assert (told["ruleId"], told["level"]) == ("TS007", "warning")
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"]
    (note,) = invocation["toolExecutionNotifications"]
    assert (note["level"], note["associatedRule"]["id"]) == ("warning", "TS101")


@pytest.mark.usefixtures("little")
def test_it_is_in_the_other_formats():
    tslint_("--output", "github=g", "--output", "gitlab=l", "--output", "junit=j", "--output", "text=t")
    assert Path("g").read_text().startswith("::warning file=a.xml,line=1,")
    (issue,) = json.loads(Path("l").read_text())
    assert issue["check_name"] == "TS007 undecided"
    root = etree.parse("j").getroot()
    assert TOLD in root.xpath("string(testsuite[@name='a.xml']/testcase/failure/@message)")
    assert "[TS007 undecided]" in Path("t").read_text()
