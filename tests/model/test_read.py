"""A document's XML becomes groups, steps, settings and conditions."""

import pytest

from tslint.model.condition import Combination, Expression
from tslint.model.read import read
from tslint.model.step_type import short_type
from tslint.rules.example import sequence_xml
from tslint.source.document import Origin
from tslint.source.read import read as read_source

TEST = (
    '<expression type="SMS_TaskSequence_VariableConditionExpression"><variable name="Operator">exists'
    '</variable><variable name="Variable">A</variable></expression>'
)


def model(xml):
    documents, _ = read_source(xml.encode(), Origin("test.xml"))
    return read(documents[0])


def only(inner, attributes='type="SMS_TaskSequence_RunCommandLineAction" name="S"'):
    (found,) = model(f'<sequence version="3.10"><step {attributes}>{inner}</step></sequence>').children
    return found


def condition(inner):
    return only(f"<condition>{inner}</condition>").condition


def element_of(xml, number):
    documents, _ = read_source(xml.encode(), Origin("test.xml"))
    return list(documents[0].sequence.iter("*"))[number]


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("SMS_TaskSequence_RequestStateStoreAction", "RequestStateStore"),
        ("BDD_Gather", "BDD_Gather"),
        ("", ""),
    ],
)
def test_a_type_is_named_as_the_sdk_does_without_prefix(written, short):
    assert short_type(written) == short


def test_groups_and_steps_stand_as_written():
    found = model(
        sequence_xml(
            [{"group": "G", "continueOnError": True, "steps": [{"set": "A", "to": "x", "disabled": True}]}]
        )
    )
    (group,) = found.children
    (step,) = group.children
    assert (found.engine, group.name, group.continue_on_error, group.disabled) == (
        "configmgr",
        "G",
        True,
        False,
    )
    assert (step.type, step.disabled, step.written("variablevalue")) == ("SetVariable", True, "x")


@pytest.mark.parametrize(
    ("written", "disabled"), [("true", True), ("TRUE", True), ("false", False), ("", False)]
)
def test_a_step_is_disabled_when_it_says_true(written, disabled):
    assert only("<action/>", f'name="S" disable="{written}"').disabled is disabled


def test_every_number_is_that_of_its_element():
    xml = sequence_xml(
        [
            {"child": "CHI00001", "when": ["A exists", {"not": ["B equals x", {"wmi": "SELECT 1"}]}]},
            {"group": "G", "when": "A exists", "steps": [{"set": "A", "to": "x"}, {"run": "cmd /c dir"}]},
        ]
    ).replace("<defaultVarList>", "<!-- a remark --><defaultVarList><?note x?>")
    called, group = model(xml).children
    for node in (called, group, *group.children):
        assert element_of(xml, node.element).get("name") == node.name
    for step in (called, *group.children):
        assert element_of(xml, step.action_element).text == step.action
        for setting in step.settings.values():
            assert element_of(xml, setting.element).get("name") == setting.name
    inner = called.condition.operands[1]
    assert element_of(xml, inner.element).get("type") == "not"
    assert [element_of(xml, test.element).tag for test in inner.operands] == ["expression", "expression"]


def test_a_setting_is_found_by_property_else_by_variable_name_in_any_case():
    step = only(
        '<defaultVarList><variable name="OSDx" property="Mode">Simple</variable><variable name="Other" '
        'hidden="true">1<!-- why -->2</variable></defaultVarList>'
    )
    assert step.written("mode") == "Simple"
    assert step.written("OTHER") == "12"
    assert step.settings["other"].hidden
    assert step.written("OSDx") is None


def test_an_element_in_a_setting_is_none_but_counts():
    settings = '<variable name="A">x<b name="C">y</b></variable><!-- --><variable name="D"/>'
    step = only(f"<defaultVarList>{settings}</defaultVarList>")
    assert {key: (found.value, found.element) for key, found in step.settings.items()} == {
        "a": ("xy", 3),
        "d": ("", 5),
    }


def test_a_run_task_sequence_step_names_its_child():
    (step,) = model(sequence_xml([{"child": "CHI00001"}])).children
    assert (step.type, step.child) == ("SubTasksequence", "CHI00001")
    (unnamed,) = model('<sequence version="3.10"><subtasksequence name="S"/></sequence>').children
    assert unnamed.child == ""


def test_global_variables_and_references_are_kept():
    found = model(
        '<sequence version="3.10"><globalVarList><variable name="A">x</variable></globalVarList>'
        '<referenceList><reference package="P"/></referenceList></sequence>'
    )
    assert (found.variables, found.references) == ({"a": "x"}, ("P",))
    assert model('<sequence version="3.10"/>').references is None


def test_siblings_under_condition_must_all_hold():
    found = condition(TEST + TEST)
    assert isinstance(found, Combination)
    assert (found.how, len(found.operands)) == ("and", 2)


def test_a_test_directly_under_a_step_is_its_condition():
    found = only(TEST).condition
    assert (found.variable, found.operator) == ("A", "exists")


@pytest.mark.parametrize("operator", ['<operator type="and"/>', f'<operator type="xor">{TEST}</operator>'])
def test_an_operator_that_says_nothing_clear_is_an_open_test_of_its_own(operator):
    both = condition(operator + operator)
    first, second = both.operands
    assert isinstance(first, Expression)
    assert first.identity != second.identity


def test_an_os_condition_is_one_test_known_by_its_text():
    def group(name):
        return (
            f'<osConditionGroup type="or"><osExpressionGroup Name="{name}">'
            '<expression type="SMS_TaskSequence_WMIConditionExpression"><variable name="Query">SELECT 1'
            "</variable></expression></osExpressionGroup></osConditionGroup>"
        )

    one, same, other = condition(
        group("W10") + group("W10").replace(" type", "\n  type") + group("W7")
    ).operands
    assert one.identity == same.identity != other.identity


def test_wmi_tests_are_equal_whatever_their_case_space_and_order():
    def wmi(*parts):
        inner = "".join(f'<variable name="{name}">{text}</variable>' for name, text in parts)
        return f'<expression type="SMS_TaskSequence_WMIConditionExpression">{inner}</expression>'

    namespace, query = ("Namespace", "root\\cimv2"), ("Query", "SELECT * FROM X")
    one, same, other = condition(
        wmi(namespace, query)
        + wmi(("Query", "select *\n from  x"), namespace)
        + wmi(namespace, ("Query", "SELECT 2"))
    ).operands
    assert one.identity == same.identity != other.identity
    assert one.spelling == "WMI SELECT * FROM X"
