"""When two steps of form 'between' belong together: against running every computer there is."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from tests.flow.agreement import QUERY, random_nodes
from tests.flow.flows import step
from tests.flow.test_against_interpreter import _context, _traces
from tests.flow.test_marks import strict
from tests.patterns import pattern_of
from tests.sequences import named
from tslint.language.form import EVERY, SOME
from tslint.lint.uncertainty import broken

OPEN = {"between": {"name": "First"}, "forbidden": {"name": "Second"}}
TESTS = ("A equals x", "A notEquals x", "B exists", "_SMSTSInWinPE equals true", QUERY)
KINDS = ({"set": "A", "to": "x"}, {"set": "B", "to": "y"}, {"restart": "WinPE"})


def verdicts(nodes):
    """Whether the pattern breaks, and whether it does so on every path."""
    return {(broken(hit, SOME), broken(hit, EVERY)) for hit in pattern_of(OPEN).hits(_context(nodes))}


@pytest.mark.parametrize(
    ("first", "second", "every"),
    [
        (None, None, True),
        ("A equals x", None, True),
        (None, "A equals x", True),
        ("A equals x", "A equals x", True),
        ("A equals x", ["A equals x", "B equals y"], True),
        ("A equals x", "B equals y", False),
        (["A equals x", "C equals z"], ["A equals x", "B equals y"], False),
    ],
)
def test_two_steps_belong_together_where_one_never_runs_without_the_other(first, second, every):
    assert verdicts([step("First", first), step("Second", second)]) == {(True, every)}


def test_a_pattern_breaks_on_every_path_exactly_where_one_of_two_never_runs_alone():
    chance = Random(5)  # noqa: S311 - a test's own numbers
    told = set()
    for _ in range(60):
        nodes = named(strict(random_nodes(chance, chance.randint(3, 7), 0, TESTS, KINDS)), itertools.count())
        pair = [step("First", chance.choice([None, *TESTS])), step("Second", chance.choice([None, *TESTS]))]
        at = chance.randint(0, len(nodes))
        nodes = [*nodes[:at], pair[0], *nodes[at:], pair[1]]
        ran = [{name for name, _, _ in trace} & {"First", "Second"} for _, trace in _traces(nodes)]
        both = {"First", "Second"} in ran
        every = both and ({"First"} not in ran or {"Second"} not in ran)
        for found in verdicts(nodes):
            assert found == (both, every), nodes
            told.add(found)
    assert len(told) == 3


def test_what_has_ended_before_is_no_path_of_the_pattern():
    pattern = {**OPEN, "until": {"name": "End"}}
    nodes = [step("First"), step("End", "A equals x"), step("Second", "A notEquals x")]
    (hit,) = pattern_of(pattern).hits(_context(nodes))
    assert broken(hit, EVERY)
    nodes = [step("First", "B equals y"), step("End", "A equals x"), step("Second", "C equals z")]
    (hit,) = pattern_of(pattern).hits(_context(nodes))
    assert broken(hit, SOME)
    assert not broken(hit, EVERY)
