"""A message names the options that a finding is about."""

from __future__ import annotations

import pytest

from tests.linting import findings_of
from tests.patterns import clauses_of, rule_of

OPTIONS = "OSDMigrateAdditionalCaptureOptions"


def message(selector, *steps):
    """Say what a rule that names options tells of these steps."""
    pattern = {"never": {"command": "scanstate", **selector}}
    rule = rule_of(pattern)._replace(clauses=clauses_of(pattern, message="has {options}."))
    return [found.message for found in findings_of({"sequence": list(steps)}, [rule])]


@pytest.mark.parametrize(
    ("selector", "line", "told"),
    [
        ({"has": "/all", "also has": ["/ue", "/ui"]}, "/ui:a /ALL /uel:3 -ue:b /ui:c", "/ui, /all and /ue"),
        ({"has": "/efs:skip"}, "/efs:skip /c", "/efs"),
        ({"repeats": "any"}, "/c /v:5 /i:a /i:b /v:13 /c", "/c and /v"),
        ({"wrong value": ["/v", "/efs"]}, "/efs:skip /v:7", "/efs and /v"),
        ({"value of": {"/key": {"longer": 3}}}, "/encrypt /key:Ex4mple!", "/key"),
    ],
)
def test_they_are_named_in_the_order_of_the_command_and_without_values(selector, line, told):
    assert message(selector, {"run": f"scanstate.exe C:\\S {line}"}) == [f"has {told}."]


def test_they_may_come_from_a_variable():
    steps = [{"set": "More", "to": "/c"}, {"run": "scanstate.exe C:\\S %More%"}]
    assert message({"has": "/c"}, *steps) == ["has /c."]
    steps = [{"set": OPTIONS, "to": "/c /o"}, {"step": "CaptureUserState"}]
    assert message({"has": ["/o", "/v"], "from": "additional-options"}, *steps) == ["has /o."]


def test_they_are_those_of_the_paths_that_break_the_rule():
    steps = [
        {"set": "More", "to": "/o /c", "when": "Site equals Lab"},
        {"set": "More", "to": "/v:5", "when": "Site notEquals Lab"},
        {"run": "scanstate.exe C:\\S %More%"},
    ]
    assert message({"has": ["/o", "/v"], "also has": "/c"}, *steps) == ["has /o and /c."]
