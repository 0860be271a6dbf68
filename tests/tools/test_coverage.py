"""Every constraint that has been taken up is decided, once."""

from __future__ import annotations

import pytest

from tools.coverage import Decision, coverage, read_decisions
from tslint.rules.builtin import builtin_rules
from tslint.rules.compile import CHECKOUT

RULES = builtin_rules()
DECISIONS = read_decisions(CHECKOUT / "rules")
GROUPS = (
    {f"TS{n}" for n in range(101, 174)}  # user state migration
    | {f"TS{n}" for n in range(201, 224)}  # restart, Windows PE and full OS
    | {f"TS{n}" for n in range(724, 728)}  # retired steps
)


def test_all_hundred_rows_of_the_groups_taken_up_are_decided_once():
    told = [rule.id for rule in RULES] + [decision.id for decision in DECISIONS]
    assert sorted(identity for identity in told if identity in GROUPS) == sorted(GROUPS)
    assert len(GROUPS) == 100


def test_coverage_shows_each_id_in_one_row():
    page = coverage(RULES, DECISIONS)
    for identity in GROUPS:
        assert page.count(f"| {identity} |") == 1


def test_an_id_that_is_both_a_rule_and_a_decision_is_refused():
    with pytest.raises(ValueError, match="TS101"):
        coverage(RULES, [Decision("TS101", "x", "", "y")])
