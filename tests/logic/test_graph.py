"""Formulas of the graph against truth tables."""

import itertools

import pytest
from hypothesis import given, settings

from tests.logic.test_diagram import NUMBERS, _formulas, built, rows, true
from tslint.logic.diagram import FALSE, TRUE, Diagram
from tslint.logic.effort import Effort, EffortExceededError
from tslint.logic.graph import Graph


def as_diagram(formula, graph, diagram):
    """The formula of a diagram that a formula of a graph means."""
    if formula <= TRUE:
        return formula
    number = graph.number(formula)
    if number is None:
        left, right = (as_diagram(part, graph, diagram) for part in graph.parts(formula))
        meant = diagram.both(left, right)
    else:
        meant = diagram.proposition(number)
    return diagram.negate(meant) if formula & 1 else meant


@settings(max_examples=200)
@given(_formulas, _formulas)
def test_a_formula_means_what_it_was_made_of(one, other):
    graph, diagram = Graph(), Diagram()
    for formula in (one, other):
        made = built(formula, graph)
        meant = as_diagram(made, graph, diagram)
        assert [diagram.holds(meant, row) for row in rows()] == [true(formula, row) for row in rows()]
        assert diagram.support(meant) <= graph.support(made)
        assert built(formula, graph) == made  # nothing stands twice


@settings(max_examples=100)
@given(_formulas)
def test_a_formula_where_some_propositions_are_true(formula):
    graph, diagram = Graph(), Diagram()
    made = graph.taking(built(formula, graph), {0, 3}, {})
    meant = as_diagram(made, graph, diagram)
    for row in rows():
        assert diagram.holds(meant, row) == true(formula, {**row, 0: True, 3: True})
    assert graph.support(made).isdisjoint({0, 3})


def test_what_is_plain_is_seen_at_once():
    graph = Graph()
    a, b, c = map(graph.proposition, NUMBERS[:3])
    ab = graph.both(a, b)
    assert graph.both(ab, a) == ab
    assert graph.both(ab, graph.negate(a)) == FALSE
    assert graph.without(a, ab) == graph.without(a, b)
    assert graph.both(graph.negate(ab), graph.negate(a)) == graph.negate(a)
    assert graph.choose(a, graph.both(b, c), graph.both(c, b)) == graph.both(b, c)


def test_each_node_is_work():
    graph = Graph(Effort(10))
    made = (graph.both(graph.proposition(a), graph.proposition(b)) for a, b in itertools.pairwise(range(20)))
    with pytest.raises(EffortExceededError):
        list(made)
