"""The labels of the seeded benchmark are right: a brute-force interpreter agrees with them."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import product
from pathlib import Path
from random import Random

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))
cases = pytest.importorskip("benchmarks.seeded.cases", reason="a source distribution has no benchmarks")

from benchmarks.seeded import further as further_cases  # noqa: E402
from benchmarks.seeded import naive  # noqa: E402
from benchmarks.seeded.exports import read_folder  # noqa: E402
from benchmarks.seeded.material import DEFECTS, LOOKALIKES, RULES  # noqa: E402
from benchmarks.seeded.oracle import World, condition_of, judge  # noqa: E402
from benchmarks.seeded.steps import Kit  # noqa: E402
from tslint.rules.example import sequence_xml  # noqa: E402


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


FURTHER = [
    pytest.param(side, case, id=f"{rule} {side} {name}")
    for rule, side, name, case in further_cases.cases(further_cases.FURTHER)
]


def test_at_least_130_rules_are_covered_each_by_two_kinds_of_defect_and_of_look_alike():
    assert len(cases.ALL_RULES) == len(set(cases.ALL_RULES)) >= 130
    for rule in cases.ALL_RULES:
        assert len(DEFECTS[rule]) >= 2
        assert len(LOOKALIKES[rule]) >= 2


@pytest.mark.parametrize(("side", "case"), FURTHER)
def test_a_further_kind_seeds_one_step_with_a_level_or_none(side, case):
    assert set(case) <= {"steps", "level", "avoid", "needs", "tight", "apart"}
    assert set(case.get("avoid", "").split()) <= cases.AVOID.keys()
    for seed in range(10):
        rng = Random(seed)  # noqa: S311 - no secret depends on it
        material = further_cases.build(case, Kit(rng, "console", "t"))
        names = [step.get("name") for node in material.nodes for step in node.iter("step")]
        assert len(set(names)) == len(names)
        seeded = [name for name in names if name.startswith(further_cases.SEEDED)]
        assert seeded == ([material.target] if side == "found" else [])
        assert material.level in ({"error", "warning", "note"} if side == "found" else {""})


def test_a_condition_written_differently_holds_in_the_same_worlds():
    for seed in range(50):
        rng = Random(seed)  # noqa: S311 - no secret depends on it
        for condition in (
            "X equals a",
            "X exists",
            {"not": ["X notEquals a"]},
            {"any": ["X equals a", "Y exists"]},
        ):
            told = [
                {"step": "ReleaseStateStore", "when": c}
                for c in (condition, further_cases.reworded(condition, rng))
            ]
            first, second = (condition_of(step)[0] for step in etree.fromstring(sequence_xml(told)))
            for x, y in product((None, "a", "b"), repeat=2):
                world = World({"x": x, "y": y})
                assert world.holds(first) == world.holds(second)


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


def test_a_step_that_never_runs_is_not_reached():
    request = step("RequestStateStore", "Q", setting=REQUEST)
    restart = step("Reboot", "B", setting='<variable name="SMSRebootTarget" property="Target">HD</variable>')
    release = step("ReleaseStateStore", "R", when("_SMSTSInWinPE", "equals", "true"))
    assert judge(sequence(request + release), {}, "R").reached
    assert not judge(sequence(restart + request + release), {}, "R").reached


@pytest.mark.parametrize(
    ("before", "attributes", "condition", "reached"),
    [
        ("InstallApplication", "", "", False),
        ("InstallApplication", 'continueOnError="true"', "", True),
        ("InstallApplication", 'disable="true"', "", True),
        ("InstallApplication", "", when("X", "equals", "a"), True),
        ("ApplyOperatingSystem", "", "", True),
    ],
)
def test_a_step_that_runs_in_one_system_only_decides_a_test_of_the_phase(
    before, attributes, condition, reached
):
    first = step(before, "I", condition, attributes=attributes)
    release = step("ReleaseStateStore", "R", when("_SMSTSInWinPE", "equals", "true"))
    assert judge(sequence(first + release), {}, "R").reached is reached


def test_the_naive_script_finds_the_plain_defect_and_misses_the_guarded_one():
    request = step("RequestStateStore", "Q", when("X", "equals", "a"), REQUEST)
    release = step("ReleaseStateStore", "R", when("X", "equals", "a"))
    assert naive.check(sequence(request)) == {("TS101", "Q")}
    assert naive.check(sequence(request + release)) == set()
    never = step("ReleaseStateStore", "R", when("X", "notEquals", "a"))
    assert naive.check(sequence(request + never)) == {("TS102", "Q")}
