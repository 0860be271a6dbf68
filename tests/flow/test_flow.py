"""When steps run and what variables hold, on every path at once."""

import pytest

from tests.flow.flows import entry, flow_of, line_of, runs, step
from tests.linting import TABLES
from tslint.flow.failures import swallowed
from tslint.flow.flow import MAX_CASES, Flow
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import Unknown, spell


def same(steps, one="P", other="Q"):
    """Whether two steps run on the same paths."""
    flow = flow_of(*steps)
    diagram = flow.diagram
    a, b = runs(flow, one), runs(flow, other)
    different = diagram.either(diagram.without(a, b), diagram.without(b, a))
    return not flow.propositions.possible(different)


def together(steps, one="P", other="Q"):
    """Whether some path runs both steps."""
    flow = flow_of(*steps)
    return flow.propositions.possible(flow.diagram.both(runs(flow, one), runs(flow, other)))


def held(flow, variable, name):
    """What a variable may hold when a step starts."""
    return {spell(case.text) for case in flow.value(variable, entry(flow, name).order)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A equals x", "a equals X"),
        ("A notEquals x", {"not": "A equals x"}),
        ("A notExists", {"not": ["A exists"]}),
        ({"not": ["A exists", "B exists"]}, ["A notExists", "B notExists"]),
        ({"not": {"all": ["A exists", "B exists"]}}, {"any": ["A notExists", "B notExists"]}),
        (["A equals x", "A exists"], "A equals x"),
        ("A equals %b%", "A equals %B%"),
        ("A equals %B%", "B equals %A%"),
        ({"wmi": "SELECT * FROM  Win32_Battery"}, {"wmi": "select * from win32_battery "}),
        (["A exists", {"any": ["B exists", {"not": "B exists"}]}], "A exists"),
    ],
)
def test_conditions_that_mean_the_same_are_the_same(one, other):
    assert same([step("P", one), step("Q", other)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A equals x", "A equals y"),
        ("A equals x", "A notExists"),
        ("A greater 5", "A less 5"),
        ("A like Lat*", "A like Opti*"),
        ("A equals HP 840", "A like Dell*"),
        ("_SMSTSInWinPE equals true", "_SMSTSInWinPE equals false"),
        ("_SMSTSInWinPE notEquals true", "_SMSTSInWinPE notEquals false"),
    ],
)
def test_conditions_that_exclude_each_other_do_not_hold_together(one, other):
    assert not together([step("P", one), step("Q", other)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A like Lat*", "A like *90"),
        ("A like *a*", "A like *b*"),
        ("A greater 9000000", "A less 20000000"),
        ("A greaterEqual 10", "A lessEqual 10"),
        ("A equals x", "B equals x"),
        ({"wmi": "SELECT a"}, {"wmi": "SELECT b"}),
    ],
)
def test_conditions_that_can_hold_together_are_taken_to(one, other):
    assert together([step("P", one), step("Q", other)])


def test_a_variable_set_between_two_equal_conditions_makes_them_different():
    assert not same([step("P", "A equals x"), {"set": "a", "to": "y"}, step("Q", "A equals x")])


def test_what_a_variable_is_set_to_is_known():
    flow = flow_of({"set": "A", "to": "x"}, step("P", "A equals X"), step("Q", "A notEquals x"))
    assert (runs(flow, "P"), runs(flow, "Q")) == (TRUE, FALSE)


def test_a_conditional_assignment_counts_where_its_condition_held():
    flow = flow_of({"set": "A", "to": "x", "when": "B exists"}, step("P"))
    assert held(flow, "A", "P") == {"x", "%A%"}
    assert not together(
        [{"set": "A", "to": "x", "when": "B exists"}, step("P", "A equals y"), step("Q", "B exists")]
    )


def test_the_condition_of_a_group_is_looked_at_when_the_group_is_reached():
    steps = [
        {"group": "G", "when": "A equals x", "steps": [{"set": "A", "to": "y"}, step("P")]},
        step("Q", "A equals y"),
    ]
    flow = flow_of(*steps)
    assert runs(flow, "P") == runs(flow, "Set Task Sequence Variable") != FALSE
    assert together(steps)


def test_a_value_is_substituted_when_it_is_assigned():
    flow = flow_of(
        {"set": "Base", "to": "C:"},
        {"set": "A", "to": "%base%\\%Unknown%"},
        {"set": "Base", "to": "D:"},
        step("P"),
    )
    assert held(flow, "A", "P") == {"C:\\%Unknown%"}


def test_a_partly_known_value_equals_a_text_where_its_unknown_part_does():
    assert same([{"set": "A", "to": "PC-%Room%"}, step("P", "A equals pc-12"), step("Q", "Room equals 12")])


def test_a_partly_known_value_does_not_equal_two_texts():
    assert not together([{"set": "A", "to": "%B%-%C%"}, step("P", "A equals 1-2"), step("Q", "A equals 3-4")])


def test_a_known_value_compared_with_a_variable_is_that_variable_compared_with_the_value():
    assert same([{"set": "A", "to": "x"}, step("P", "A equals %B%"), step("Q", "B equals x")])


def test_a_condition_value_with_a_variable_changes_when_the_variable_does():
    between = {"run": "x.exe", "OutputVariableName": "B"}
    assert not same([step("P", "A equals %B%"), between, step("Q", "A equals %B%")])


@pytest.mark.parametrize(
    "write",
    [
        {"run": "x.exe", "OutputVariableName": "A"},
        {"powershell": "1", "OutputVariableName": "A"},
        {"set": "A", "to": ""},
        {"step": "SetVariable", "VariableName": "A", "HiddenVariableValue": "AAAA"},
    ],
    ids=["command", "script", "empty", "masked"],
)
def test_a_value_that_the_file_does_not_tell_is_unknown_and_new(write):
    write = {**write, "name": "W"}
    assert not same([step("P", "A equals x"), write, step("Q", "A equals x")])
    flow = flow_of({"set": "A", "to": "x"}, write, step("P"))
    ((_, (unknown,)),) = flow.value("A", entry(flow, "P").order)
    assert unknown.origin == entry(flow, "W").order


def test_each_dynamic_rule_has_its_own_condition():
    flow = flow_of(
        {"dynamic": [{"when": "B equals 1", "set": {"A": "x"}}, {"when": "B equals 2", "set": {"A": "y"}}]},
        step("P", ["A equals x", "B equals 2"]),
        step("Q", ["A equals y", "B equals 2"]),
    )
    assert not flow.propositions.possible(runs(flow, "P"))
    assert flow.propositions.possible(runs(flow, "Q"))


def test_a_dynamic_rule_that_changes_what_it_asks_for_makes_all_its_assignments():
    flow = flow_of(
        {"set": "A", "to": "x"},
        {"dynamic": [{"when": "A equals x", "set": {"A": "y", "B": "z"}}]},
        step("P", ["A equals y", "B equals z"]),
    )
    assert runs(flow, "P") == TRUE


def test_a_later_dynamic_rule_sees_what_an_earlier_one_set():
    flow = flow_of({"dynamic": [{"set": {"A": "x"}}, {"when": "A equals x", "set": {"B": "%A%"}}]}, step("P"))
    assert held(flow, "B", "P") == {"x"}


@pytest.mark.parametrize(
    ("phase", "in_winpe"),
    [
        ({"restart": "WinPE"}, "true"),
        ({"restart": "HD"}, "false"),
        ({"step": "PrepareOS"}, "true"),
        ({"step": "SetupWindowsAndSMS"}, "false"),
        ({"step": "UpgradeOperatingSystem"}, "false"),
    ],
)
def test_some_steps_change_the_phase(phase, in_winpe):
    flow = flow_of(step("before"), phase, step("P"))
    assert held(flow, "_SMSTSInWinPE", "before") == {"%_SMSTSInWinPE%"}
    assert held(flow, "_SMSTSInWinPE", "P") == {in_winpe}


def test_the_last_action_is_the_last_step_that_ran():
    flow = flow_of(step("P"), step("Q", "_SMSTSLastActionSucceeded equals true"))
    assert runs(flow, "Q") == TRUE
    flow = flow_of(step("P"), step("Q", "_SMSTSLastActionSucceeded equals false"))
    assert runs(flow, "Q") == FALSE


def test_a_failure_is_swallowed_by_the_step_or_a_group_or_not_at_all():
    line = line_of(
        {**step("itself"), "continueOnError": True},
        {"group": "G", "continueOnError": True, "steps": [{"group": "H", "steps": [step("by a group")]}]},
        {"group": "G", "steps": [step("not")]},
    )
    assert [(e.step.name, swallowed(e)) for e in line.entries] == [
        ("itself", True),
        ("by a group", True),
        ("not", False),
    ]


def test_a_childs_failure_is_swallowed_by_the_step_that_calls_it():
    line = line_of({"child": "CHI00001", "continueOnError": True}, CHI00001=[step("A")])
    assert swallowed(line.entries[1])


def test_children_run_in_the_same_environment_under_the_callers_condition():
    flow = flow_of(
        {"set": "A", "to": "x"},
        {"child": "CHI00001", "when": "B exists"},
        step("P", "A equals y"),
        step("Q", "B exists"),
        CHI00001=[step("inside", "A equals x"), {"set": "A", "to": "y"}],
    )
    assert runs(flow, "inside") == runs(flow, "P") == runs(flow, "Q")


@pytest.mark.parametrize(
    ("hole", "gone"),
    [
        ({"gather": True}, True),
        ({"run": 'cscript.exe "%DeployRoot%\\Scripts\\ZTIGather.wsf" /localonly'}, True),
        ({"run": "%ToolRoot%\\UDIWizard.exe /x"}, True),
        ({"child": "ABC00001"}, True),
        ({"step": "SetDynamicVariables", "Rules": "<Rules><Rule>"}, True),
        ({"step": "SetDynamicVariables"}, False),
        ({"run": "cmd /c echo ZTIGather.wsf"}, False),
    ],
)
def test_steps_that_may_set_any_variable_are_told(hole, gone):
    flow = flow_of({"set": "A", "to": "x"}, {**hole, "name": "W"}, step("P"))
    assert [writer.step.name for writer in flow.writers()] == (["W"] if gone else [])
    order = entry(flow, "W").order
    assumed = Flow(flow.timeline, TABLES, holes=frozenset({order}))
    assert held(assumed, "A", "P") == ({"%A%"} if gone else {"x"})
    assert held(flow, "A", "P") == {"x"}


def test_a_script_that_names_a_variable_may_have_set_it():
    flow = flow_of({"set": "A", "to": "x"}, {"powershell": "$tsenv.Value('a') = Get-It"}, step("P"))
    order = entry(flow, "P").order
    assert [spell(case.text) for case in flow.value("A", order)] == ["x"]
    assert [spell(case.text) for case in flow.value("A", order, named=True)] == ["%a%"]


def test_global_variables_of_the_file_are_where_variables_start():
    line = line_of(step("P"))
    given = line._replace(root=line.root._replace(variables={"a": "x"}))
    assert held(Flow(given, TABLES), "A", "P") == {"x"}


def test_a_value_that_doubles_with_every_step_stays_bounded():
    flow = flow_of({"set": "A", "to": "x"}, *[{"set": "A", "to": "%A%%A%"}] * 60, step("P"))
    (text,) = held(flow, "A", "P")
    assert len(text) < 100_000


def test_a_value_of_very_many_cases_is_unknown_from_there_on():
    sets = [{"set": "A", "to": f"x{n}", "when": f"V{n} exists"} for n in range(2 * MAX_CASES)]
    values = held(flow_of(*sets, step("P")), "A", "P")
    assert {f"x{2 * MAX_CASES - 1}", "%A%"} <= values
    assert len(values) <= MAX_CASES + 2


def test_a_text_of_very_many_cases_is_unknown():
    some = [
        {"set": name, "to": f"x{n}", "when": f"{name}{n} exists"}
        for name in "AB"
        for n in range(MAX_CASES // 4)
    ]
    flow = flow_of(*some, step("P"))
    order = entry(flow, "P").order
    assert len(flow.substitute("%A%", order)) > MAX_CASES // 4
    assert len(flow.substitute("%A%%B%", order)) == 1


def test_a_guard_without_some_variables_takes_their_tests_to_turn_out_well():
    tests = ["A exists", {"not": ["B equals x", "C exists"]}, {"any": ["B exists", "D exists"]}]
    flow = flow_of(step("P", tests), step("Q", ["A exists", "C notExists"]))
    assert flow.guard_without(entry(flow, "P"), frozenset({"b"})) == runs(flow, "Q")


def test_a_folder_in_a_variable_is_another_one_after_the_variable_is_set():
    folder = {"folder": "%A%\\x"}
    assert same([step("P", folder), step("Q", {"folder": "%a%\\X\\"})])
    assert not same([step("P", folder), {"set": "A", "to": "C:"}, step("Q", folder)])
    assert same([{"set": "A", "to": "C:"}, step("P", folder), step("Q", {"folder": "c:\\x"})])


def test_a_test_of_a_value_of_very_many_cases_is_as_exact_as_of_few():
    sets = [{"set": "A", "to": f"x{n}", "when": f"V{n} exists"} for n in range(2 * MAX_CASES)]
    flow = flow_of(*sets, step("P", "A equals x0"), step("Q", ["V0 exists", "A equals x0"]))
    assert runs(flow, "P") != FALSE
    later = flow.propositions.compare((Unknown("v99", -1),), "exists", ())
    assert not flow.propositions.possible(flow.diagram.both(runs(flow, "Q"), later))


def test_what_many_steps_before_left_is_known():
    flow = flow_of(
        *[step("S", f"V{n} exists") for n in range(400)], step("P", "_SMSTSLastActionSucceeded equals false")
    )
    assert flow.diagram.support(runs(flow, "P"))
    some = flow.propositions.compare((Unknown("v0", -1),), "exists", ())
    assert not flow.propositions.possible(flow.diagram.both(runs(flow, "P"), some))
