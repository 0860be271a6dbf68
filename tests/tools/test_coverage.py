"""Every constraint that has been taken up is decided, once."""

from __future__ import annotations

import json
import re

import pytest

from tools.coverage import Decision, Departure, compare, coverage, main, read_decisions, read_departures
from tslint.rules.builtin import builtin_rules
from tslint.rules.compile import CHECKOUT

RULES = builtin_rules()
DECISIONS = read_decisions(CHECKOUT / "rules")
DEPARTURES = read_departures(CHECKOUT / "rules")
TOLD = [rule.id for rule in RULES] + [decision.id for decision in DECISIONS]
GROUPS = (
    {f"TS{n}" for n in range(101, 174)}  # user state migration
    | {f"TS{n}" for n in range(201, 224)}  # restart, Windows PE and full OS
    | {f"TS{n}" for n in range(301, 352)}  # images, disks, drivers, settings, upgrades
    | {f"TS{n}" for n in range(401, 415)}  # BitLocker
    | {f"TS{n}" for n in range(501, 527)}  # variables and secrets
    | {f"TS{n}" for n in range(601, 623)}  # command lines and scripts
    | {f"TS{n}" for n in range(631, 669)}  # options of USMT
    | {f"TS{n}" for n in range(701, 733)}  # structure, children, retired steps
)


def test_every_constraint_of_the_catalogue_is_a_rule_or_a_decision():
    assert len(GROUPS) == 279
    assert sorted(GROUPS - set(TOLD)) == []


def test_coverage_shows_each_id_in_one_row():
    shown = re.findall(r"(?m)^\| (TS\d+) \|", coverage(RULES, DECISIONS, DEPARTURES))
    assert shown == sorted(TOLD)
    assert len(shown) == len(set(shown))


def test_an_id_that_is_both_a_rule_and_a_decision_is_refused():
    with pytest.raises(ValueError, match="TS101"):
        coverage(RULES, [Decision("TS101", "x", "", "y")], {})


def test_what_is_merged_into_nothing_and_a_level_of_no_rule_are_refused():
    with pytest.raises(ValueError, match="TS998"):
        coverage(RULES, [Decision("TS998", "x", "TS999", "y")], {})
    with pytest.raises(ValueError, match="TS997"):
        coverage(RULES, [], {"TS997": Departure("error, strict", "Z.")})


def test_coverage_tells_the_reason_for_another_level_than_proposed():
    rule = next(rule for rule in RULES if rule.id == "TS101")
    told = coverage([rule], [], {"TS101": Departure("note, all", "It is surely wrong.")})
    assert f"{rule.summary} Proposed as note, all: It is surely wrong. |" in told
    told = coverage([rule], [], {"TS101": Departure("error, recommended", "It is surely wrong.")})
    assert f"| {rule.summary} |" in told


def test_a_catalogue_is_compared(tmp_path, capsys):
    has = {rule.id: f"{rule.level}, {rule.profile}" for rule in RULES}
    same, other = {"TS101": has["TS101"]}, {"TS101": "note, all"}
    reason = {"TS101": Departure("note, all", "Z.")}
    assert list(compare(same, RULES, DECISIONS, {})) == []
    assert list(compare({"TS998": ""}, RULES, DECISIONS, {})) == ["neither rule nor decision: TS998"]
    assert list(compare(other, RULES, DECISIONS, reason)) == []
    assert "no reason" in next(compare(other, RULES, DECISIONS, {}))
    assert "need not say" in list(compare(same, RULES, DECISIONS, reason))[-1]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps([{"id": "TS101", "level": "error", "profile": "recommended"}]), "utf-8")
    assert main([str(file)]) == 0
    assert capsys.readouterr().out == "1 constraints\n"
