"""Every example in a rule file is what it says it is."""

from __future__ import annotations

import pytest

from tests.linting import RULES, TABLES
from tslint.lint.examples import lint_example, mismatches
from tslint.rules.builtin import builtin_pages

PAGES = builtin_pages()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reports_what_its_examples_say_and_nothing_else(rule):
    assert list(mismatches(rule, PAGES[rule.id].get("examples", {}), RULES, TABLES)) == []


@pytest.mark.parametrize("rule", [r for r in RULES if not r.is_fault], ids=lambda r: r.id)
def test_every_rule_has_examples_both_ways(rule):
    assert PAGES[rule.id]["examples"]["reported"]
    assert PAGES[rule.id]["examples"]["silent"]


@pytest.mark.parametrize("rule", [r for r in RULES if not r.is_fault], ids=lambda r: r.id)
def test_messages_name_what_they_speak_of(rule):
    for example in PAGES[rule.id]["examples"]["reported"]:
        for finding in lint_example(example, [rule], TABLES).findings:
            assert "''" not in finding.message
