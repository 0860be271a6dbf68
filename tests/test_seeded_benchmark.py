"""The labels of the seeded benchmark are right: a brute-force interpreter agrees with them."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))
cases = pytest.importorskip("benchmarks.seeded.cases", reason="a source distribution has no benchmarks")

from benchmarks.seeded import naive  # noqa: E402
from benchmarks.seeded.exports import read_folder  # noqa: E402
from benchmarks.seeded.material import DEFECTS, LOOKALIKES, RULES  # noqa: E402
from benchmarks.seeded.oracle import judge  # noqa: E402


def sequence(text):
    return etree.fromstring(f'<sequence version="3.10">{text}</sequence>')


def step(kind, name, condition="", setting="", attributes=""):
    return (
        f'<step type="SMS_TaskSequence_{kind}Action" name="{name}" {attributes}>{condition}<action/>'
        f"<defaultVarList>{setting}</defaultVarList></step>"
    )


def when(variable, operator, value):
    return (
        '<condition><expression type="SMS_TaskSequence_VariableConditionExpression">'
        f'<variable name="Operator">{operator}</variable><variable name="Value">{value}</variable>'
        f'<variable name="Variable">{variable}</variable></expression></condition>'
    )


REQUEST = '<variable name="OSDStateRequestType" property="RequestType">capture</variable>'


@pytest.fixture(scope="module")
def generated():
    return list(cases.generate(seed=7, count=50))


def test_the_oracle_agrees_with_the_label_of_each_of_100_generated_cases(generated):
    assert len(generated) == 100
    assert [case.kind for case in generated if not case.label_holds()] == []


def test_a_case_with_the_label_of_another_step_is_refused(generated):
    defects = [case for case in generated if case.target]
    for case in defects:
        wrong = cases.Case(case.rule, case.kind, case.export, "no such step", case.level, case.names)
        assert not wrong.label_holds()


def test_each_rule_has_at_least_eight_kinds_of_defect_and_of_look_alike():
    for rule in RULES:
        assert len({build.__name__ for build in DEFECTS[rule]}) >= 8
        assert len({build.__name__ for build in LOOKALIKES[rule]}) >= 8


def test_the_same_seed_gives_the_same_files(generated, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    for number, (one, two) in enumerate(zip(generated, cases.generate(seed=7, count=50), strict=True)):
        name = one.export.save(first, f"case{number}")
        assert two.export.save(second, f"case{number}") == name
        assert (first / name).read_bytes() == (second / name).read_bytes()


def step_names(export):
    return Counter(step.get("name") for each in export.sequences.values() for step in each.iter("step"))


def test_what_is_written_is_read_back(generated, tmp_path):
    for number, case in enumerate(generated):
        folder = tmp_path / str(number)
        folder.mkdir()
        case.export.save(folder, "case")
        (export,) = read_folder(folder)
        assert step_names(export) == step_names(case.export)


def test_the_oracle_tells_a_missing_release_from_one_on_some_path():
    request, release = step("RequestStateStore", "Q", setting=REQUEST), step("ReleaseStateStore", "R")
    guarded = step("ReleaseStateStore", "R", when("X", "equals", "a"))
    off = step("ReleaseStateStore", "R", attributes='disable="true"')
    assert judge(sequence(request + release), {}).findings == set()
    assert judge(sequence(request + guarded), {}).findings == {("TS102", "Q")}
    assert judge(sequence(request + off), {}).findings == {("TS101", "Q")}
    assert judge(sequence(release + request), {}).findings == {("TS101", "Q"), ("TS103", "R")}


def test_the_oracle_tests_a_group_condition_when_the_group_is_reached():
    change = (
        '<step type="SMS_TaskSequence_SetVariableAction" name="S"><action/><defaultVarList>'
        '<variable name="VariableName" property="VariableName">X</variable>'
        '<variable name="VariableValue" property="VariableValue">b</variable></defaultVarList></step>'
    )
    request, condition = step("RequestStateStore", "Q", setting=REQUEST), when("x", "equals", "A")
    inside = f"<group name='G'>{condition}{request}{change}{step('ReleaseStateStore', 'R')}</group>"
    outside = (
        f"<group name='G'>{condition}{request}{change}</group>{step('ReleaseStateStore', 'R', condition)}"
    )
    assert judge(sequence(inside), {}).findings == set()
    assert judge(sequence(outside), {}).findings == {("TS101", "Q")}


def test_the_naive_script_finds_the_plain_defect_and_misses_the_guarded_one():
    request = step("RequestStateStore", "Q", when("X", "equals", "a"), REQUEST)
    release = step("ReleaseStateStore", "R", when("X", "equals", "a"))
    assert naive.check(sequence(request)) == {("TS101", "Q")}
    assert naive.check(sequence(request + release)) == set()
    never = step("ReleaseStateStore", "R", when("X", "notEquals", "a"))
    assert naive.check(sequence(request + never)) == {("TS102", "Q")}
