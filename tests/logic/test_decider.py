"""Questions decided by a diagram, by a solver and without one: all say the same."""

import random

import pytest

from tslint.logic import decider
from tslint.logic import solver as sat
from tslint.logic.effort import Effort, EffortExceededError
from tslint.logic.graph import Graph
from tslint.logic.propositions import Propositions
from tslint.logic.text import Unknown

TESTS = {
    "texts": [("equals", value) for value in ("a", "b", "c", "")] + [("exists", "")],
    "numbers": [(how, value) for how in ("greater", "less", "equals", "lessequal") for value in ("3", "5")],
    "wild cards": [("like", value) for value in ("a*", "*b", "a?b")] + [("equals", "ab"), ("exists", "")],
}
WINPE = [("equals", "true"), ("equals", "false"), ("exists", "")]


def drawn(chance, propositions, graph):
    """A random formula over comparisons of three values, Windows PE and tests of other kinds."""

    def test():
        how = chance.choice([*TESTS, "winpe", "opaque"])
        if how == "opaque":
            return propositions.opaque(f"test {chance.randrange(3)}")
        tests, name = (WINPE, "_smstsinwinpe") if how == "winpe" else (TESTS[how], how)
        operator, value = chance.choice(tests)
        return propositions.compare((Unknown(name, -1),), operator, (value,) if value else ())

    def formula(depth):
        if depth == 0:
            return test() if chance.random() < 0.5 else graph.negate(test())
        how = chance.choice([graph.both, graph.both, graph.either, graph.without])
        return how(formula(depth - 1), formula(depth - 1))

    return formula(chance.randint(2, 5))


def answers(seed, monkeypatch, **bounds):
    for name, value in bounds.items():
        monkeypatch.setattr(decider, name, value)
    chance, graph = random.Random(seed), Graph()  # noqa: S311 - a test's own numbers
    propositions = Propositions(graph)
    return [propositions.possible(drawn(chance, propositions, graph)) for _ in range(30)]


@pytest.mark.parametrize("seed", range(40))
def test_a_solver_says_what_a_diagram_says(seed, monkeypatch):
    if not sat.is_there():
        pytest.skip("no python-sat here")
    by_diagram = answers(seed, monkeypatch, MAX_SMALL=1_000_000)
    assert answers(seed, monkeypatch, MAX_SMALL=-1) == by_diagram
    assert answers(seed, monkeypatch, MAX_SMALL=5) == by_diagram
    monkeypatch.setattr(sat, "is_there", lambda: False)
    assert answers(seed, monkeypatch, MAX_SMALL=5) == by_diagram


def pigeons(propositions, graph, count, holes):
    """So many pigeons sit in so many holes, each in one of its own."""
    formula = 1
    sits = [[propositions.opaque(f"{p} in {h}") for h in range(holes)] for p in range(count)]
    for places in sits:
        some = 0
        for place in places:
            some = graph.either(some, place)
        formula = graph.both(formula, some)
    for h in range(holes):
        for p in range(count):
            for q in range(p):
                formula = graph.without(formula, graph.both(sits[p][h], sits[q][h]))
    return formula


@pytest.mark.parametrize("solver", [True, False])
def test_what_is_too_hard_is_undecided_and_not_wrong(solver, monkeypatch):
    if not solver:
        monkeypatch.setattr(sat, "is_there", lambda: False)
    graph = Graph(Effort(60_000))
    propositions = Propositions(graph)
    assert not propositions.possible(pigeons(propositions, graph, 4, 3))
    with pytest.raises(EffortExceededError):
        propositions.possible(pigeons(propositions, graph, 12, 11))


def test_a_fault_too_large_for_a_diagram_is_told_by_what_the_solver_needs(monkeypatch):
    if not sat.is_there():
        pytest.skip("no python-sat here")
    monkeypatch.setattr(decider, "MAX_EXPLAINED", 3)
    graph = Graph()
    propositions = Propositions(graph)
    a, b, c = (propositions.opaque(name) for name in "abc")
    formula = graph.both(graph.either(a, graph.both(b, c)), graph.either(a, graph.negate(c)))
    ((number, holds),) = propositions.explain(formula).literals
    assert holds
    assert propositions[number].spelling == "a"


def test_as_few_steps_as_possible_fail_in_what_is_told():
    graph = Graph()
    propositions = Propositions(graph)
    first, second, third = (propositions.succeeds(order, f"step {order}") for order in range(3))
    only = propositions.opaque("only then")
    formula = graph.both(only, graph.negate(graph.both(second, graph.both(first, third))))
    literals, outcomes = propositions.explain(formula)
    told = [(propositions[number].spelling, holds) for number, holds in literals]
    assert len(told) == 2
    assert ("only then", True) in told
    assert len(outcomes) == 2
