"""Which variables are a sequence's own marks, and what holds on the paths on which nobody else sets them."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from tests.flow.agreement import QUERY, random_nodes
from tests.flow.flows import flow_of, line_of, runs, step
from tests.flow.test_against_interpreter import RESPONSE, _context, _expected, _leaves, _names, _traces
from tests.linting import TABLES
from tests.patterns import pattern_of
from tests.sequences import named
from tslint.flow.assignments import Assignments
from tslint.flow.marks import Marks
from tslint.language.form import SOME
from tslint.lint.uncertainty import broken, without_marks
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import Effort

SET = {"set": "Failed", "to": "true"}
LOOK = step("Look", "Failed equals true")


def is_mark(name, *steps):
    line = line_of(*steps)
    return Marks(line, Assignments(line, TABLES), TABLES).holds(name, Effort())


@pytest.mark.parametrize(
    "steps",
    [
        (SET, LOOK),
        ({**SET, "when": "Site equals Lab"}, LOOK),
        ({"powershell": "$tsenv.Value('Failed') = 'true'"}, LOOK),
        ({"dynamic": [{"when": "Site equals Lab", "set": {"Failed": "true"}}]}, LOOK),
        (SET, {"set": "Failed", "to": "false", "when": "Failed equals true"}),
        (step("Other", "FailedBefore equals true"), SET, LOOK),
        (SET, step("Look", "Failed notEquals true")),
    ],
)
def test_a_variable_that_a_sequence_sets_before_it_looks_at_it_is_its_own(steps):
    assert is_mark("failed", *steps)


@pytest.mark.parametrize(
    "steps",
    [
        (LOOK,),
        (LOOK, SET),
        ({**SET, "when": "Failed notExists"}, LOOK),
        ({"group": "G", "when": "Failed notExists", "steps": [SET]}, LOOK),
        ({"run": "cmd.exe /c echo %Failed%"}, SET, LOOK),
        ({"powershell": "$tsenv.Value('Failed') | Out-File x.txt"}, SET, LOOK),
        ({"set": "Failed", "to": "%Failed%;x"}, LOOK),
        ({"dynamic": [{"when": "Failed notExists", "set": {"Failed": "true"}}]}, LOOK),
        (SET, step("Look", "Failed equals asked")),
        (SET, {"set": "Failed", "to": "%FAILED%"}, step("Look", "Failed equals asked")),
    ],
)
def test_a_variable_that_others_may_have_set_for_the_sequence_is_not(steps):
    assert not is_mark("failed", *steps)


def test_a_variable_of_microsofts_is_not():
    assert not is_mark("osdcomputername", {"set": "OSDComputerName", "to": "x"})
    assert not is_mark("_mine", {"set": "_Mine", "to": "x"})


def test_a_mark_is_not_there_before_the_sequence_sets_it():
    flow = flow_of({**SET, "when": "Site equals Lab"}, LOOK, step("Not", "Failed notExists"))
    lab = runs(flow, "Look")
    assert flow.propositions.possible(flow.diagram.without(lab, flow.unmarked(lab)))
    assert flow.unmarked(flow.diagram.both(lab, runs(flow, "Not"))) == FALSE
    assert flow.unmarked(TRUE) == TRUE


def test_paths_without_marks_are_those_of_computers_on_which_they_do_not_exist_before():
    chance = Random(3)  # noqa: S311 - a test's own numbers
    tests = ("A equals x", "A notEquals x", "A exists", "B equals y", "B notExists")
    kinds = (
        {"step": "RequestStateStore", "RequestType": "capture"},
        {"step": "ReleaseStateStore"},
        {"set": "A", "to": "x"},
        {"set": "B", "to": "y"},
        {"set": "B", "to": "%A%"},
    )
    begin = [kinds[0], {"set": "A", "to": "x", "when": QUERY}, {"set": "B", "to": "y", "when": "A exists"}]
    fewer = 0
    for _ in range(60):
        more = strict(random_nodes(chance, chance.randint(2, 6), 0, tests, kinds))
        nodes = named([*begin, *more], itertools.count())
        context, leaves = _context(nodes), _leaves(nodes)
        marks = [name for name in "ab" if context.flow._marks.holds(name, Effort())]
        ran = [pair for pair in _traces(nodes) if all(pair[0].variables[name] is None for name in marks)]
        for hit in pattern_of(RESPONSE).hits(context):
            told = broken(without_marks(hit), SOME)
            assert told == any(_expected(RESPONSE, hit, ran, leaves)), (nodes, _names(hit))
            fewer += told < broken(hit, SOME)
    assert fewer


def strict(nodes):
    """The same where no step goes on after an error."""
    return [
        {key: value for key, value in node.items() if key != "continueOnError"}
        | ({"steps": strict(node["steps"])} if "group" in node else {})
        for node in nodes
    ]
