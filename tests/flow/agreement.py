"""Random sequences whose steps may fail: what the flow says of them against running every outcome.

    python -m tests.flow.agreement --sequences 5000 --seed 7

Both are asked the same questions: whether there is a path on which this step runs and that one does not,
this one runs and then a variable holds that, and so on, each alone and in pairs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from random import Random
from typing import Any, NamedTuple

from tests.flow.interpreter import CODES, FAILS, VALUES, Computer, every, holds, run
from tests.linting import TABLES
from tests.sequences import named
from tslint.flow.flow import Flow
from tslint.flow.timeline import timeline
from tslint.logic.diagram import TRUE
from tslint.model.condition import Combination, Expression
from tslint.model.read import read as read_model
from tslint.rules.example import sequence_xml
from tslint.source.document import Origin
from tslint.source.read import read as read_source

Nodes = list[dict[str, Any]]
QUERY = {"wmi": "SELECT * FROM Win32_Battery"}
# What variables may hold before the first step.
BEFORE: dict[str, tuple[str | None, ...]] = {
    "a": VALUES,
    "kept": (*VALUES, "true", "false"),  # A may hold what it holds
    "code": (None, *CODES),
    "_smstslastactionsucceeded": (None, "true", "false"),
    "_smstslastactionretcode": (None, *CODES),
    "_smstsinwinpe": ("true", "false"),
}
OUTCOMES = (
    "_SMSTSLastActionSucceeded equals true",
    "_SMSTSLastActionSucceeded equals false",
    "_SMSTSLastActionSucceeded notEquals true",
    "_SMSTSLastActionRetCode equals 0",
    "_SMSTSLastActionRetCode notEquals 0",
    "_SMSTSLastActionRetCode equals 3010",
    "_SMSTSLastActionRetCode equals 1",
    "Kept equals true",
    "Kept equals false",
    "Kept notEquals true",
    "Code equals 0",
    "Code notEquals 0",
    "Code equals 1",
)
TESTS = (*OUTCOMES, "A equals x", "A notEquals x", "A equals y", "A exists", "A notExists", QUERY)
KINDS: tuple[dict[str, Any], ...] = (
    {"run": "cmd /c ver"},
    {"run": "cmd /c ver", "successCodeList": "0"},
    {"run": "cmd /c ver", "successCodeList": "0 3010"},
    {"run": "cmd /c ver", "successCodeList": "1"},
    {"step": "InstallUpdate"},
    {"run": FAILS},
    {"set": "Kept", "to": "%_SMSTSLastActionSucceeded%"},
    {"set": "Code", "to": "%_SMSTSLastActionRetCode%"},
    {"set": "A", "to": "x"},
    {"set": "A", "to": "y"},
    {"set": "A", "to": "%Kept%"},
    {"dynamic": [{"when": "_SMSTSLastActionSucceeded equals false", "set": {"A": "x"}}]},
)
PHASE_TESTS = ("_SMSTSInWinPE equals true", "_SMSTSInWinPE equals false")
PHASE_KINDS: tuple[dict[str, Any], ...] = (
    {"restart": "WinPE"},
    {"restart": "HD"},
    {"step": "RestoreUserState"},
    {"step": "DisableBitLocker"},
    {"step": "PartitionDisk"},
)
# More paths than this are not run: such a sequence is left out.
MOST = 6000


class Disagreement(NamedTuple):
    """A question that the flow and the interpreter answer differently."""

    question: str
    flow: bool
    interpreter: bool


class Paths(NamedTuple):
    """For each path the steps that ran and the probes that held: paths that a flow must know of, and may.

    A flow may take a step that can run in one environment only for one that rules out the other, or for one
    that moves the computer: paths on which it ran in the wrong one need not be there, but may.
    """

    surely: list[frozenset[Any]]
    possibly: list[frozenset[Any]]


class _TooManyError(Exception):
    pass


def sequence(chance: Random, *, phases: bool = False) -> Nodes:
    """Draw a sequence of some 3 to 9 steps."""
    tests = TESTS + PHASE_TESTS * 3 if phases else TESTS
    kinds = KINDS + PHASE_KINDS * 2 if phases else KINDS
    return named(random_nodes(chance, chance.randint(3, 9), 0, tests, kinds), itertools.count())


def random_nodes(chance: Random, count: int, depth: int, tests: Any, kinds: Any) -> Nodes:
    """Draw so many steps of these kinds, some in groups, some under conditions, some that go on."""
    found: Nodes = []
    while count > 0:
        node: dict[str, Any] = {}
        if depth < 3 and chance.random() < 0.4:
            inner = chance.randint(1, min(count, 4))
            node = {"group": "G", "steps": random_nodes(chance, inner, depth + 1, tests, kinds)}
        else:
            inner, node = 1, dict(chance.choice(kinds))
        count -= inner
        if chance.random() < 0.4:
            node["when"] = _condition(chance, tests)
        if chance.random() < 0.4:
            node["continueOnError"] = True
        if chance.random() < 0.04:
            node["disabled"] = True
        found.append(node)
    return found


def _condition(chance: Random, tests: Any, depth: int = 0) -> Any:
    if depth < 2 and chance.random() < 0.25:
        how = chance.choice(["all", "any", "not"])
        return {how: [_condition(chance, tests, depth + 1) for _ in range(chance.randint(1, 2))]}
    return chance.choice(tests)


def _leaves(nodes: Nodes) -> list[str]:
    found = []
    for node in nodes:
        if not node.get("disabled"):
            found += _leaves(node["steps"]) if "group" in node else [node["name"]]
    return found


def probes(nodes: Nodes, chance: Random, *, phases: bool = False) -> list[tuple[str, str]]:
    """Draw what is asked right before steps, beside whether they run: step and test."""
    leaves = _leaves(nodes)
    tests = PHASE_TESTS if phases else OUTCOMES[:7]
    return [(chance.choice(leaves), chance.choice(tests)) for _ in range(4)] if leaves else []


def paths(nodes: Nodes, asked: list[tuple[str, str]], *, proving: bool = False) -> Paths:
    """Run every outcome.

    Raises _TooManyError where there are more paths than MOST.
    """

    def world(choose: Any) -> tuple[frozenset[Any], bool]:
        told: set[Any] = set()

        def look(name: str) -> None:
            told.update((name, test) for at, test in asked if at == name and holds(test, computer))

        computer = Computer({}, {}, choose=choose, unsettled=BEFORE, look=look, proving=proving)
        run(nodes, computer)
        return frozenset(told).union(name for name, _, _ in computer.trace), not computer.misplaced

    found: dict[frozenset[Any], bool] = {}
    for number, (told, fits) in enumerate(every(world)):
        if number > MOST:
            raise _TooManyError
        found[told] = fits or found.get(told, False)
    return Paths([told for told, fits in found.items() if fits], list(found))


def flow_of(nodes: Nodes) -> Flow:
    """Return the flow of a sequence."""
    # as what is asked here is asked of no condition of the sequence
    text = sequence_xml(nodes).replace("</sequence>", "<!-- _SMSTSLastAction --></sequence>")
    documents, _ = read_source(text.encode(), Origin("test"))
    return Flow(timeline(read_model(documents[0]), {}), TABLES)


def _formulas(flow: Flow, asked: list[tuple[str, str]]) -> dict[Any, int]:
    entries = {entry.step.name: entry for entry in flow.timeline.entries}
    found: dict[Any, int] = {name: flow.guard(entry) for name, entry in entries.items()}
    for at, test in asked:
        name, operator, *value = test.split(" ", 2)
        expression = Expression("Variable", name, operator.lower(), *value)
        found[at, test] = flow.condition(Combination("and", (expression,)), entries[at].order)
    return found


def disagreements(nodes: Nodes, asked: list[tuple[str, str]], known: Paths) -> tuple[list[Disagreement], int]:
    """Ask both; return what they disagree about, and how many questions were asked."""
    flow = flow_of(nodes)
    formulas = _formulas(flow, asked)
    diagram, possible = flow.diagram, flow.propositions.possible
    wrong, count = [], 0
    for literals in _questions(list(formulas)):
        formula = TRUE
        for key, wanted in literals:
            part = formulas[key] if wanted else diagram.negate(formulas[key])
            formula = diagram.both(formula, part)
        said = possible(formula)
        surely, possibly = (
            any(all((key in path) == wanted for key, wanted in literals) for path in side) for side in known
        )
        count += 1
        if said < surely or said > possibly:
            question = " and ".join(f"{'' if wanted else 'not '}{key}" for key, wanted in literals)
            wrong.append(Disagreement(question, said, surely))
    return wrong, count


def _questions(keys: list[Any]) -> Any:
    """Each literal alone, and each pair of them."""
    literals = [(key, wanted) for key in keys for wanted in (True, False)]
    yield from ((literal,) for literal in literals)
    yield from (pair for pair in itertools.combinations(literals, 2) if pair[0][0] != pair[1][0])


class Tally(NamedTuple):
    """What a comparison came to. ``first`` is the first sequence that they disagree about."""

    sequences: int
    questions: int
    disagreeing: int
    missed: int
    spurious: int
    first: tuple[Nodes, list[Disagreement]] | None


def compare(number: int, seed: int, *, phases: bool = False) -> Tally:
    """Compare on so many random sequences."""
    chance = Random(seed)  # noqa: S311 - a test's own numbers
    done = questions = disagreeing = missed = spurious = 0
    first = None
    while done < number:
        nodes = sequence(chance, phases=phases)
        asked = probes(nodes, chance, phases=phases)
        try:
            known = paths(nodes, asked, proving=phases)
        except _TooManyError:
            continue
        wrong, count = disagreements(nodes, asked, known)
        done += 1
        questions += count
        disagreeing += bool(wrong)
        missed += sum(one.interpreter and not one.flow for one in wrong)
        spurious += sum(one.flow and not one.interpreter for one in wrong)
        if wrong and first is None:
            first = nodes, wrong
    return Tally(done, questions, disagreeing, missed, spurious, first)


def main() -> int:
    """Compare, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sequences", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phases", action="store_true", help="restarts, and steps of one environment only")
    options = parser.parse_args()
    tally = compare(options.sequences, options.seed, phases=options.phases)
    sys.stdout.write(
        f"{tally.sequences} sequences, {tally.questions} questions; {tally.disagreeing} sequences disagree: "
        f"{tally.missed} paths missed, {tally.spurious} that are none\n"
    )
    if tally.first:
        nodes, wrong = tally.first
        sys.stdout.write("\n".join([json.dumps(nodes, indent=1), *map(str, wrong[:5]), ""]))
    return 1 if tally.disagreeing else 0


if __name__ == "__main__":
    sys.exit(main())
