"""The benchmark of large sequences plants what it says, and counts what is found."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
pytest.importorskip("benchmarks.large", reason="a source distribution has no benchmarks")

from benchmarks.large.faults import Fault, ran
from benchmarks.large.hostile import HOSTILE, pigeons
from benchmarks.large.measure import Measured, measure
from benchmarks.large.sequences import draw
from tests.flow.interpreter import Computer, every, holds, run
from tslint.rules.example import sequence_xml


def leaves(nodes):
    return [leaf for node in nodes for leaf in (leaves(node["steps"]) if "group" in node else [node])]


def test_the_same_seed_draws_the_same_sequence():
    assert sequence_xml(draw(3, 120, 10).nodes) == sequence_xml(draw(3, 120, 10).nodes)
    assert sequence_xml(draw(3, 120, 10).nodes) != sequence_xml(draw(4, 120, 10).nodes)


@pytest.mark.parametrize("seed", range(4))
def test_a_sequence_has_about_as_many_steps_as_asked_and_each_planted_step_once(seed):
    made = draw(seed, 200, 20)
    names = Counter(leaf.get("name") for leaf in leaves(made.nodes))
    assert 180 <= names.total() <= 240
    assert len(made.faults) == 4
    assert sum(fault.handler for fault in made.faults) == 1
    assert all(names[step] == 1 for fault in made.faults for step in fault.steps)


def test_what_is_planted_is_found_in_small_sequences_unless_only_a_failure_brings_it_about(tmp_path):
    for seed in range(6):
        made = draw(seed, 60, 3)
        measured = measure(made.nodes, made.faults, tmp_path / "a.xml")
        assert [fault for fault in measured.missed if not fault.handler] == []
        assert measured.ratio > 1


def test_a_missing_fault_or_verdict_is_silent_unless_a_finding_says_so():
    fault = Fault(("TS1",), ("Step",), [], ran("Step"))
    assert Measured([], [fault], 0, told=False, seconds=1, ratio=1).silent
    assert Measured([], [], 1, told=False, seconds=1, ratio=1).silent
    assert not Measured([], [fault], 1, told=True, seconds=1, ratio=1).silent
    assert not Measured([fault], [], 0, told=False, seconds=1, ratio=1).silent


@pytest.mark.parametrize(("count", "holes", "possible"), [(2, 2, True), (3, 2, False), (3, 3, True)])
def test_pigeons_fit_only_where_there_are_holes_enough(count, holes, possible):
    def world(choose):
        domains = {f"p{p}h{h}": (None, "x") for p in range(count) for h in range(holes)}
        return holds(pigeons(count, holes), Computer({}, {}, choose=choose, unsettled=domains))

    assert any(every(world)) == possible


@pytest.mark.parametrize("name", HOSTILE)
def test_each_planted_step_of_a_hostile_file_stands_in_it_once(name):
    nodes, faults = HOSTILE[name]()
    names = Counter(leaf["name"] for leaf in leaves(nodes))
    assert all(names[step] == 1 for fault in faults for step in fault.steps)


def test_the_chains_of_hostile_files_can_be_gone_to_their_ends():
    """On a computer that fits: what no one could reach would be no fault."""
    fitting = {
        "a chain of ifs": {"a": "1"},
        "one variable assigned in turn": {"s": "5"},
        "a chain of last actions": {f"t{n}": "x" for n in range(300)},
        "formulas over three hundred variables": {f"v{n}": "x" for n in range(300)},
    }
    for name, variables in fitting.items():
        nodes, faults = HOSTILE[name]()
        computer = Computer(dict(variables), {})
        run(nodes, computer)
        assert all(fault.shows([step for step, _, _ in computer.trace]) for fault in faults), name
