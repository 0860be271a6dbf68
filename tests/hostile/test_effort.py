"""Sequences made to be hard: each fault is found, or the report says that it could not be decided."""

from __future__ import annotations

import json

import pytest

from tests.hostile.program import run
from tslint.rules.example import sequence_xml

hostile = pytest.importorskip("benchmarks.large.hostile", reason="a source distribution has no benchmarks")

pytestmark = pytest.mark.slow

UNDECIDED = "TS007"
# What is at one step must be found however hard the rest is: passwords never wait for formulas.
SECRETS = {
    "pigeons with holes enough",
    "a pigeon too many excuses nothing",
    "a chain of last actions",
    "forty independent guards",
    "formulas over three hundred variables",
    "sixteen positive tests around a password",
    "nested alternatives around a password",
}


def judged(folder, name):
    """Lint a hostile file: its faults, and its findings by rule and step."""
    nodes, faults = hostile.HOSTILE[name]()
    (folder / "a.xml").write_text(sequence_xml(nodes))
    ran = run(folder, "--profile", "all", "--format", "json", "a.xml")
    assert ran.status == 1, "a file with faults is not clean"
    found = json.loads(ran.out)["findings"]
    return faults, [(one["rule"], (one.get("step") or "").rpartition("/")[2]) for one in found]


def is_found(fault, found):
    return any(rule in fault.rules and step in fault.steps for rule, step in found)


@pytest.mark.parametrize("name", list(hostile.HOSTILE))
def test_each_fault_is_found_or_told_as_undecided(tmp_path, name):
    faults, found = judged(tmp_path, name)
    told = any(rule == UNDECIDED for rule, _ in found)
    assert told or all(is_found(fault, found) for fault in faults)


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_password_is_found_however_hard_the_rest_is(tmp_path, name):
    faults, found = judged(tmp_path, name)
    assert all(is_found(fault, found) for fault in faults if fault.rules[0] == "TS519")
