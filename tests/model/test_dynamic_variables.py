"""The rules of a Set Dynamic Variables step."""

import pytest

from tslint.model import dynamic_variables
from tslint.model.dynamic_variables import read_dynamic_rules

RULE = '<Rule><Variables><Variable Name=" A " IsSecret="False">x</Variable></Variables></Rule>'
CONDITION = (
    '<condition><expression type="SMS_TaskSequence_VariableConditionExpression"><variable name="Operator">'
    'exists</variable><variable name="Variable">B</variable></expression></condition>'
)


def test_a_rule_has_its_assignments_in_order():
    (rule,) = read_dynamic_rules(
        "<Rules><Rule><Variables><Variable Name='A' IsSecret='true'>x</Variable>"
        "<Variable Name='B'>1 &amp; 2</Variable></Variables></Rule></Rules>"
    )
    assert rule.condition is None
    assert rule.assignments == (("A", "x", True), ("B", "1 & 2", False))


def test_a_rule_has_the_condition_inside_it():
    first, second = read_dynamic_rules(f"<Rules>{RULE}{RULE.replace('<Rule>', '<Rule>' + CONDITION)}</Rules>")
    assert first.condition is None
    assert [test.variable for test in second.condition.operands] == ["B"]
    assert second.assignments == (("A", "x", False),)


def test_no_rules_are_no_assignments():
    assert read_dynamic_rules("<Rules/>") == ()


@pytest.mark.parametrize(
    "text",
    ["", "<Rules><Rule>", '<!DOCTYPE a [<!ENTITY b "c">]><Rules>&b;</Rules>', "set A=1"],
    ids=["empty", "cut", "entities", "no XML"],
)
def test_what_is_no_rules_is_told_apart_from_no_rules(text):
    assert read_dynamic_rules(text) is None


def test_more_text_than_any_step_holds_is_not_read(monkeypatch):
    monkeypatch.setattr(dynamic_variables, "MAX_RULES", 20)
    assert read_dynamic_rules(f"<Rules>{RULE}</Rules>") is None


def test_an_xml_declaration_of_another_encoding_does_no_harm():
    (rule,) = read_dynamic_rules(
        f'<?xml version="1.0" encoding="utf-16"?><Rules>{RULE.replace("x", "ä")}</Rules>'
    )
    assert rule.assignments[0][1] == "ä"
