"""What a rule reports it reports in an error handler too: the examples of all rules, planted in one."""

from __future__ import annotations

import pytest

from tests.linting import RULES, TABLES
from tslint.lint.examples import mismatches
from tslint.rules.builtin import builtin_pages

PAGES = builtin_pages()
# Of TS748, which speaks of steps that no condition leads to, nothing can be planted under one.
JUDGING = [rule for rule in RULES if not rule.is_fault and rule.id != "TS748"]
FAILED = "_SMSTSLastActionSucceeded equals false"
# Handlers in the ways people write them; the last is no handler, and shows that the planting changes nothing.
ATTEMPT = {"run": "attempt.exe", "name": "Attempt"}
HANDLERS = {
    "after a group that goes on": ({"group": "Attempt", "continueOnError": True, "steps": [ATTEMPT]}, FAILED),
    "after a step that goes on": (
        {**ATTEMPT, "continueOnError": True},
        "_SMSTSLastActionSucceeded notEquals true",
    ),
}
ORDINARY = (ATTEMPT, "Handle equals yes")


def planted(example, handler):
    """Put an example where only a failure leads."""
    attempt, condition = handler
    group = {"group": "On error", "when": condition, "steps": list(example["sequence"])}
    return {**example, "sequence": [attempt, group]}


def plantable(rule, kind):
    """The examples of a rule that speak of steps of Configuration Manager."""
    return [
        example
        for example in PAGES[rule.id]["examples"][kind]
        if "sequence" in example and not example.get("lite-touch") and (kind == "silent" or example.get("at"))
    ]


def speaks_of_steps(rule):
    """Whether a step stands in what it reports, rather than the sequence as a whole or text of a file."""
    return any(
        example.get("at") and "text" not in example for example in PAGES[rule.id]["examples"]["reported"]
    )


def differing(rule, handler, *kinds):
    examples = {kind: [planted(example, handler) for example in plantable(rule, kind)] for kind in kinds}
    return list(mismatches(rule, examples, RULES, TABLES))


@pytest.mark.parametrize("rule", JUDGING, ids=lambda rule: rule.id)
def test_a_rule_says_the_same_in_a_group_that_runs_on_some_computers(rule):
    assert differing(rule, ORDINARY, "reported", "silent") == []


@pytest.mark.parametrize("handler", HANDLERS)
@pytest.mark.parametrize("rule", list(filter(speaks_of_steps, JUDGING)), ids=lambda rule: rule.id)
def test_a_rule_reports_in_an_error_handler_what_its_examples_say(rule, handler):
    assert plantable(rule, "reported")
    assert differing(rule, HANDLERS[handler], "reported") == []


@pytest.mark.parametrize("handler", HANDLERS)
@pytest.mark.parametrize("rule", JUDGING, ids=lambda rule: rule.id)
def test_a_rule_is_silent_in_an_error_handler_about_what_its_examples_say(rule, handler):
    assert differing(rule, HANDLERS[handler], "silent") == []
