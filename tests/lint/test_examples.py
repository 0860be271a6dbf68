"""The runner of examples: it must see every way in which an example can be wrong."""

import pytest

from tests.linting import RULES, TABLES
from tests.patterns import clauses_of, rule_of
from tslint.lint import examples as runner
from tslint.lint.examples import Mismatch, mismatches
from tslint.lint.finding import Point
from tslint.lint.result import Crash, Result, Undecided
from tslint.source.document import Origin

NO_RESTART = {"never": [{"step": "Reboot"}]}
RESTART = rule_of(NO_RESTART)._replace(
    level="warning", clauses=clauses_of(NO_RESTART, "warning", "'{first}' restarts the computer.")
)
TWO = [{"group": "A", "steps": [{"restart": "HD", "name": "One"}]}, {"restart": "HD", "name": "Two"}]


def wrong(kind, rule=RESTART, rules=(RESTART,), **example):
    return list(mismatches(rule, {kind: [{"title": "It", **example}]}, rules, TABLES))


@pytest.mark.parametrize(
    "at", [["One", "Two"], ["Two", "One"], ["A/One", "Two"]], ids=["names", "any order", "a path"]
)
def test_an_example_that_holds_is_no_mismatch(at):
    assert wrong("reported", sequence=TWO, at=at) == []


@pytest.mark.parametrize(
    ("at", "level", "expected"),
    [
        (["One", "Three"], "warning", "warning at 'One' and warning at 'Three'"),
        (["One"], "warning", "warning at 'One'"),
        (["One", "Two", "Two"], "warning", "warning at 'One' and warning at 'Two' and warning at 'Two'"),
        (["One", "Two"], "error", "error at 'One' and error at 'Two'"),
        (["B/One", "Two"], "warning", "warning at 'B/One' and warning at 'Two'"),
    ],
    ids=["another step", "one too many found", "one too few found", "another level", "another path"],
)
def test_a_finding_elsewhere_missing_surplus_or_of_another_level_is_told(at, level, expected):
    found = "warning at 'A/One' and warning at 'Two'"
    told = wrong("reported", sequence=TWO, at=at, level=level)
    assert told == [Mismatch("reported", 0, "It", expected, found)]


def test_a_silent_example_with_a_finding_is_told():
    (told,) = wrong("silent", sequence=[{"restart": "HD"}])
    assert (told.expected, told.found) == ("no finding", "warning at 'Restart Computer'")


def test_a_reported_example_without_a_finding_is_told():
    (told,) = wrong("reported", sequence=[{"run": "cmd"}], at="Run Command Line")
    assert told.found == "no finding"


def test_findings_of_other_rules_do_not_count():
    example = {"sequence": [{"step": "RequestStateStore", "RequestType": "capture"}]}
    assert wrong("silent", rules=(RESTART, *RULES), **example) == []


def test_a_child_runs_with_its_parent():
    example = {"sequence": [{"child": "PS100002"}], "children": {"PS100002": [{"restart": "HD"}]}}
    assert wrong("reported", at="Restart Computer", **example) == []


@pytest.mark.parametrize(
    ("trouble", "found"),
    [
        ({"crashes": (Crash("ORG-1", Origin("example"), "KeyError"),)}, "a fault of tslint"),
        ({"crashes": (Crash("", Origin("example"), "KeyError"),)}, "a fault of tslint"),
        ({"undecided": (Undecided("ORG-1", "example", Point(Origin("example"), 1, 1, "")),)}, "no verdict"),
    ],
)
def test_a_silence_without_verdict_is_not_taken_for_one(monkeypatch, trouble, found):
    monkeypatch.setattr(runner, "lint", lambda *_, **__: Result((), 1, **trouble))
    (told,) = wrong("silent", sequence=[])
    assert told.found.startswith(found)
