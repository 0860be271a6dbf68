"""The verdicts of patterns on sequences whose steps may fail, against running every outcome.

The subject of ``after``, ``between`` and ``pair`` happens where its step succeeded; everything else a pattern
speaks of happens where its step ran.
"""

from __future__ import annotations

import itertools
from random import Random

import pytest

from tests.flow.agreement import BEFORE, random_nodes
from tests.flow.interpreter import Computer, every, run
from tests.flow.test_against_interpreter import (
    BETWEEN,
    COUNT,
    NEVER,
    PAIRING,
    PRECEDENCE,
    RESPONSE,
    _breaks,
    _context,
    _is,
    _leaves,
    _names,
)
from tests.patterns import pattern_of
from tests.sequences import named
from tslint.language.form import EVERY, SOME
from tslint.lint.uncertainty import broken

pytestmark = pytest.mark.slow

PATTERNS = {
    "after": RESPONSE,
    "before": PRECEDENCE,
    "never": NEVER,
    "pair": PAIRING,
    "between": BETWEEN,
    "at most": COUNT,
}
KINDS = (
    {"step": "RequestStateStore", "RequestType": "capture"},
    {"step": "RequestStateStore", "RequestType": "restore"},
    {"step": "ReleaseStateStore"},
    {"step": "CaptureUserState"},
    {"step": "RestoreUserState"},
    {"restart": "HD"},
    {"run": "cmd /c ver"},
    {"set": "Kept", "to": "%_SMSTSLastActionSucceeded%"},
)
TESTS = (
    "_SMSTSLastActionSucceeded equals true",
    "_SMSTSLastActionSucceeded equals false",
    "Kept equals false",
    "A equals x",
    "A notEquals x",
)
SEQUENCES = 40


def traces(nodes):
    """Every way in which a sequence may run: what ran, and what of it failed."""

    def world(choose):
        computer = Computer({}, {}, choose=choose, unsettled=BEFORE)
        run(nodes, computer)
        return tuple((name, None, session) for name, _, session in computer.trace), tuple(computer.failed)

    return set(every(world))


def subject_of(pattern, name, other):
    """The step that must have succeeded, if any must."""
    if pattern is RESPONSE:
        return name
    return other if pattern in (PAIRING, BETWEEN) else ""


def verdicts(pattern, names, nodes):
    """Whether each run breaks a pattern at these steps, and whether it reaches them at all."""
    leaves = _leaves(nodes)
    for trace, failed in traces(nodes):
        ran = names[0] in [name for name, _, _ in trace]
        fine = subject_of(pattern, *names) not in failed
        yield fine and _breaks(pattern, *names, trace, leaves), fine and ran


def check(pattern, nodes):
    found = {_names(hit): hit for hit in pattern_of(pattern).hits(_context(nodes))}
    for names, hit in found.items():
        told = list(verdicts(pattern, names, nodes))
        assert broken(hit, SOME) == any(breaks for breaks, _ in told), (nodes, names)
        if pattern in (RESPONSE, PRECEDENCE, NEVER, COUNT):
            reached = [breaks for breaks, reached in told if reached]
            assert broken(hit, EVERY) == (bool(reached) and all(reached)), (nodes, names)
    for names in missing(pattern, nodes, set(found)):
        assert not any(breaks for breaks, _ in verdicts(pattern, names, nodes)), (nodes, names)


def missing(pattern, nodes, found):
    """The steps that a pattern speaks of, by name, where it has no hit."""
    leaves = _leaves(nodes)
    where, other = {
        "after": ("after", "after"),
        "before": ("before", "before"),
        "never": ("never", "never"),
        "pair": ("with", "pair"),
        "between": ("forbidden", "between"),
        "at most": ("of", "of"),
    }[next(iter(pattern))]
    firsts = [name for name, leaf in leaves.items() if _is(leaf, pattern[where]["step"])]
    seconds = [name for name, leaf in leaves.items() if _is(leaf, pattern[other]["step"])]
    pairs = itertools.product(firsts, seconds) if where != other else ((name, name) for name in firsts)
    told = {first for first, _ in found}
    return [names for names in pairs if names not in found and (pattern is not COUNT or names[0] not in told)]


@pytest.mark.parametrize("form", PATTERNS)
def test_a_pattern_is_broken_exactly_where_a_run_with_failures_breaks_it(form):
    chance = Random(1)  # noqa: S311 - a test's own numbers
    for _ in range(SEQUENCES):
        nodes = named(random_nodes(chance, chance.randint(4, 9), 0, TESTS, KINDS), itertools.count())
        check(PATTERNS[form], nodes)


@pytest.mark.parametrize("form", PATTERNS)
def test_a_pattern_is_broken_exactly_where_a_run_breaks_it_if_nothing_swallows_failures(form):
    chance = Random(1)  # noqa: S311 - a test's own numbers
    for _ in range(SEQUENCES):
        nodes = random_nodes(chance, chance.randint(4, 9), 0, TESTS, KINDS)
        check(PATTERNS[form], named(strict(nodes), itertools.count()))


def strict(nodes):
    return [
        {**node, "continueOnError": False} | ({"steps": strict(node["steps"])} if "group" in node else {})
        for node in nodes
    ]
