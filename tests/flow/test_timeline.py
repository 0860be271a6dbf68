"""Steps in the order in which they run, with the numbers of smsts.log."""

from tests.flow.flows import line_of, step
from tslint.flow.timeline import MAX_CALLS, MAX_NESTING


def numbers(line):
    both = [*line.entries, *line.disabled]
    return {entry.step.name: entry.number for entry in both}


def group(name, *steps, **more):
    return {"group": name, "steps": list(steps), **more}


def test_groups_count_twice_disabled_ones_too_and_children_in_their_place():
    line = line_of(
        group("G1", step("A"), group("G2", step("B"), disabled=True)),
        {"child": "CHI00001", "name": "C"},
        step("D"),
        CHI00001=[step("c1"), group("cg", step("c2"))],
    )
    assert numbers(line) == {"A": 1, "B": 3, "C": 6, "c1": 7, "c2": 9, "D": 12}


def test_a_disabled_step_counts():
    assert numbers(line_of({**step("A"), "disabled": True}, step("B"))) == {"A": 0, "B": 1}


def test_no_number_after_a_child_that_is_not_in_the_export():
    line = line_of(step("A"), group("G", {"child": "CHI00001", "name": "C"}, step("B")), step("D"))
    assert numbers(line) == {"A": 0, "C": 2, "B": None, "D": None}
    assert [entry.missing for entry in line.entries] == [False, True, False, False]


def test_no_number_after_a_disabled_run_task_sequence_step_and_none_of_its_child_runs():
    line = line_of({"child": "CHI00001", "name": "C", "disabled": True}, step("D"), CHI00001=[step("inside")])
    assert numbers(line) == {"C": 0, "D": None}


def test_no_number_after_a_run_task_sequence_step_in_a_disabled_group():
    line = line_of(
        group("G", {"child": "CHI00001", "name": "C"}, disabled=True), step("D"), CHI00001=[step("inside")]
    )
    assert numbers(line) == {"C": 1, "D": None}


def test_disabled_on_any_ancestor_takes_a_step_out():
    line = line_of(group("G", group("H", step("A")), disabled=True), step("B"))
    assert [entry.step.name for entry in line.entries] == ["B"]
    assert [(entry.step.name, entry.order) for entry in line.disabled] == [("A", 0)]


def test_a_childs_steps_have_their_own_document_and_path():
    line = line_of(group("G", {"child": "CHI00001", "name": "C"}), CHI00001=[group("cg", step("c1"))])
    called, inside = line.entries
    assert (called.path, inside.path) == ("G/C", "cg/c1")
    assert inside.sequence.package_id == "CHI00001"
    assert str(inside.sequence.document.origin).endswith("CHI00001/object.xml")


def test_a_child_called_twice_runs_twice_with_numbers_of_its_own():
    line = line_of({"child": "CHI00001"}, {"child": "CHI00001"}, CHI00001=[step("A")])
    assert [(entry.step.name, entry.number) for entry in line.entries if entry.step.name == "A"] == [
        ("A", 1),
        ("A", 4),
    ]


def test_a_package_id_is_found_in_any_case():
    line = line_of({"child": "chi00001"}, CHI00001=[step("A")])
    assert [entry.step.name for entry in line.entries] == ["Run Task Sequence", "A"]


def test_a_child_that_calls_itself_is_followed_once():
    line = line_of(
        {"child": "CHI00001", "name": "C"}, CHI00001=[step("A"), {"child": "CHI00001", "name": "again"}]
    )
    assert [(entry.step.name, entry.missing) for entry in line.entries] == [
        ("C", False),
        ("A", False),
        ("again", True),
    ]


def test_calls_are_followed_to_a_bound():
    children = {f"CHI{i:05}": [{"child": f"CHI{i + 1:05}", "name": str(i)}] for i in range(MAX_CALLS + 9)}
    line = line_of({"child": "CHI00000", "name": "first"}, **children)
    assert len(line.entries) == MAX_CALLS + 1
    assert line.entries[-1].missing


def test_groups_in_calls_in_groups_are_followed_to_a_bound():
    def nested(called):
        node = {"child": called, "name": called}
        for _ in range(100):
            node = group("G", node)
        return [node]

    children = {f"CHI{i:05}": nested(f"CHI{i + 1:05}") for i in range(20)}
    line = line_of({"child": "CHI00000", "name": "first"}, **children)
    assert line.entries[-1].missing
    assert MAX_NESTING <= 100 * (len(line.entries) - 1) <= MAX_NESTING + 200


def test_children_that_multiply_are_followed_to_a_bound(monkeypatch):
    monkeypatch.setattr("tslint.flow.timeline.MAX_ENTRIES", 500)
    children = {f"CHI{i:05}": [{"child": f"CHI{i + 1:05}"}] * 2 for i in range(25)}
    assert 500 < len(line_of({"child": "CHI00000"}, **children).entries) < 600


def test_an_empty_sequence_has_no_steps():
    assert line_of().entries == ()
