"""Every example in a rule file is what it says it is."""

from __future__ import annotations

import pytest

from tests.linting import RULES, findings_of, told
from tslint.policy.builtin import builtin_pages

PAGES = builtin_pages()
LEVELS = {rule.id: rule.level for rule in RULES}


def _examples(kind):
    return [
        pytest.param(rule, example, id=f"{rule}-{example['title']}")
        for rule, page in PAGES.items()
        for example in page.get("examples", {}).get(kind, ())
    ]


@pytest.mark.parametrize(("rule", "example"), _examples("reported"))
def test_what_a_rule_must_report_is_reported_there_and_nowhere_else(rule, example):
    found = told(findings_of(example), rule)
    at = example.get("at", "")
    wanted = [at] if isinstance(at, str) else at
    assert [
        step.rpartition("/")[2] if "/" not in w else step for (_, step), w in zip(found, wanted, strict=True)
    ] == wanted
    assert {level for level, _ in found} == {example.get("level", LEVELS[rule])}


@pytest.mark.parametrize(("rule", "example"), _examples("silent"))
def test_what_a_rule_must_not_report_is_not_reported(rule, example):
    assert told(findings_of(example), rule) == []


@pytest.mark.parametrize("rule", [r for r in RULES if "fault" not in r.pattern], ids=lambda r: r.id)
def test_every_rule_has_examples_both_ways(rule):
    assert PAGES[rule.id]["examples"]["reported"]
    assert PAGES[rule.id]["examples"]["silent"]
