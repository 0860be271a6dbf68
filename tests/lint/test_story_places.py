"""Each condition of a story stands at the test that says it."""

from tests.linting import RULES, findings_of
from tslint.report.located import located
from tslint.report.mask import Mask

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
CHOSEN = [rule for rule in RULES if rule.id == "TS102"]


def conditions(*steps, **children):
    """What each condition of the only finding says, and the step and the source at its place."""
    (finding,) = findings_of({"sequence": list(steps), "children": children}, CHOSEN)
    (found,) = located([finding], Mask())
    return [
        (
            note.text,
            spot.step if spot else None,
            spot.text[spot.start :].partition("</expression>")[0] if spot else "",
        )
        for note, spot in found.path
        if note.kind == "condition"
    ]


def test_each_condition_has_a_place_of_its_own():
    inner = {**REQUEST, "when": ["B exists", "C notEquals y"]}
    told = conditions(
        {"group": "G", "when": "A equals x", "steps": [inner]},
        {**RELEASE, "when": [{"any": ["D exists", "A equals z"]}, "A exists"]},
    )
    assert [(text, step) for text, step, _ in told] == [
        ("A equals 'x'", "G"),
        ("B exists", "G/Request"),
        ("C does not equal 'y'", "G/Request"),
        ("D does not exist", "Release"),
    ]
    assert [variable for _, _, source in told for variable in "ABCD" if f">{variable}<" in source] == [
        *"ABCD"
    ]


def test_a_condition_of_another_kind_has_its_place_too():
    ((text, step, source),) = conditions(REQUEST, {**RELEASE, "when": {"wmi": "SELECT * FROM Win32_Battery"}})
    assert (text, step) == ("WMI SELECT * FROM Win32_Battery does not hold", "Release")
    assert "Win32_Battery" in source


def test_a_condition_on_the_step_that_sets_a_variable_stands_there_and_not_where_the_variable_is_asked():
    told = conditions(
        {"set": "Keep", "to": "no"},
        REQUEST,
        {"set": "Keep", "to": "yes", "name": "Set", "when": "Site equals Berlin"},
        {**RELEASE, "when": "Keep equals yes"},
    )
    assert [(text, step) for text, step, _ in told] == [("Site does not equal 'Berlin'", "Set")]


def test_a_condition_of_a_rule_of_set_dynamic_variables_stands_in_that_steps_rules():
    told = conditions(
        {"run": "size.exe", "when": "Model exists", "name": "Size"},
        {"set": "Keep", "to": "no"},
        REQUEST,
        {"dynamic": [{"when": "Site equals Berlin", "set": {"Keep": "yes"}}], "name": "Site settings"},
        {**RELEASE, "when": "Keep equals yes"},
    )
    assert [(text, step) for text, step, _ in told] == [("Site does not equal 'Berlin'", "Site settings")]
    assert "Berlin" in told[0][2]


def test_a_condition_on_the_call_of_a_child_stands_in_the_caller():
    told = conditions(REQUEST, {"child": "CHI00001", "name": "Call", "when": "A exists"}, CHI00001=[RELEASE])
    assert [(text, step) for text, step, _ in told] == [("A does not exist", "Call")]


def test_a_comparison_of_two_unknown_values_has_a_place():
    told = conditions(REQUEST, {**RELEASE, "when": "A equals %B%"})
    assert [step for _, step, _ in told] == ["Release"]


def test_a_variable_that_is_set_on_one_path_only_is_asked_where_the_condition_stands():
    steps = (
        {"set": "Keep", "to": "yes", "name": "Set", "when": "Site equals Berlin"},
        REQUEST,
        {**RELEASE, "when": "Keep equals yes"},
    )
    told = conditions({"run": "cmd.exe /c echo %Keep%"}, *steps)
    assert [(text, step) for text, step, _ in told] == [
        ("Site does not equal 'Berlin'", "Set"),
        ("Keep does not equal 'yes'", "Release"),
    ]
    mark = conditions(*steps)  # which nobody else is expected to set
    assert [(text, step) for text, step, _ in mark] == [("Site does not equal 'Berlin'", "Set")]
