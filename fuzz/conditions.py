"""Text as a small sequence, a line a step or a test: conditions read, their formulas and witnesses checked.

The lines are in postfix notation, so that every text is some sequence::

    A equals x          a test, put on the stack (VARIABLE OPERATOR VALUE)
    all / any / not     takes what is on the stack (at most three) and puts back one condition
    wmi SELECT ...      a test of another kind
    set A %B%           a step that assigns a variable; the stack is its condition
    dynamic A x         a rule of Set Dynamic Variables, the stack being the rule's condition
    group / end         a group, the stack being its condition
    step                a step that does nothing

A text that begins with ``<`` is the inside of ``<condition>`` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.flow.flow import Flow
from tslint.flow.index import Index
from tslint.flow.timeline import tests_of, timeline
from tslint.logic.comparison import OPERATORS, holds
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import Effort, EffortExceededError
from tslint.logic.graph import Graph
from tslint.logic.propositions import Propositions
from tslint.logic.text import Unknown, join
from tslint.model.read import read as read_model
from tslint.rules.builtin import builtin_tables
from tslint.rules.example import sequence_xml
from tslint.source.document import Document, Origin
from tslint.source.read import read

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry, Timeline
    from tslint.model.condition import Expression

TABLES = builtin_tables()
_HEAD = '<sequence version="3.10"><step name="s" type="SMS_TaskSequence_RunCommandLineAction"><condition>'
_TAIL = "</condition><action>cmd /c ver</action></step></sequence>"
_COMBINED = ("all", "any", "not")
# Formulas grow with the product of cases; a few steps show all ways in which they meet.
_LINES, _TESTS = 60, 8
# A hundredth of what one sequence may cost in a run: most sequences need less, and the fuzzer wants speed.
_EFFORT = 15_000


def one_input(data: bytes) -> None:
    """Formulas obey logic, witnesses bring about what they explain, and a second look says the same."""
    text = data.decode("utf-8", "replace")
    written = text.startswith("<")
    xml = f"{_HEAD}{text}{_TAIL}" if written else sequence_xml(_nodes(text.splitlines()[:_LINES]))
    found, _ = read(xml.encode(), Origin("fuzzed.xml"))
    for document in found:
        if isinstance(document, Document):
            line = timeline(read_model(document), {})
            try:
                _check(line)
            except (EffortExceededError, RecursionError):  # the rule would be told as undecided
                continue


def _check(line: Timeline) -> None:
    flow, again = (Flow(line, TABLES, effort=Effort(_EFFORT)) for _ in range(2))
    Index(line).tested  # noqa: B018 - it is worked out when it is asked for
    tests: dict[str, list[Expression]] = {}
    guards = [flow.guard(entry) for entry in line.entries]
    assert guards == [again.guard(entry) for entry in line.entries]
    for entry, guard in zip(line.entries, guards, strict=True):
        _check_formula(flow, entry, guard)
        for test in tests_of(entry.scope, "any"):
            if test.kind == "Variable" and "%" not in test.variable + test.value:
                tests.setdefault(test.variable.strip().lower(), []).append(test)
    for same in tests.values():
        _check_theory(same[:_TESTS])


def _check_formula(flow: Flow, entry: Entry, guard: int) -> None:
    diagram, propositions = flow.diagram, flow.propositions
    opposite = diagram.negate(guard)
    assert diagram.negate(opposite) == guard
    assert diagram.both(guard, opposite) == FALSE
    assert diagram.either(guard, opposite) == TRUE
    for variable in ("a", "b"):
        cases = flow.value(variable, entry.order + 1)
        union = FALSE
        for case in cases:
            assert not propositions.possible(diagram.both(union, case.when))
            union = diagram.either(union, case.when)
        assert not propositions.possible(diagram.negate(union))
    if not propositions.possible(guard):
        return
    literals, outcomes = propositions.explain(guard)
    explained = propositions.where(guard, outcomes)
    together = TRUE
    for literal in literals:
        formula = diagram.proposition(literal.proposition)
        together = diagram.both(together, formula if literal.holds else diagram.negate(formula))
    assert propositions.possible(together)
    assert not propositions.possible(diagram.without(together, explained))


def _check_theory(tests: list[Expression]) -> None:
    """Whatever the variable holds, the outcomes of its tests can be true together."""
    diagram = Graph()
    propositions = Propositions(diagram)
    value = (Unknown("fuzzed", -1),)
    formulas = [propositions.compare(value, test.operator, join([test.value])) for test in tests]
    compared = [n for n in diagram.support(*formulas) if propositions[n].operator in OPERATORS]
    words = [propositions[number].value for number in compared]
    for actual in (None, "", *words, *(f"{word}0" for word in words), "0", "-1", "1e3", "other"):
        outcome = TRUE
        for number in compared:
            test = diagram.proposition(number)
            true = holds(propositions[number].operator, actual, propositions[number].value)
            outcome = diagram.both(outcome, test if true else diagram.negate(test))
        assert propositions.possible(outcome), (actual, tests)


def _nodes(lines: list[str]) -> list[dict[str, Any]]:
    """Read the notation above."""
    open_lists: list[list[dict[str, Any]]] = [[]]
    stack: list[Any] = []
    for line in lines:
        word, _, rest = line.partition(" ")
        condition = {"when": stack} if stack else {}
        if word in _COMBINED:
            stack = [*stack[:-3], {word: stack[-3:]}]
        elif word == "wmi":
            stack = [*stack, {"wmi": rest}]
        elif word == "end":
            open_lists = open_lists[:-1] or open_lists
        elif word in ("group", "step", "set", "dynamic"):
            node = _node(word, rest) | condition if word != "dynamic" else _dynamic(rest, condition)
            open_lists[-1].append(node)
            stack = []
            if word == "group":
                open_lists.append(node["steps"])
        elif len(line.split(None, 2)) >= 2:
            stack = [*stack, line]
    return open_lists[0]


def _node(word: str, rest: str) -> dict[str, Any]:
    if word == "group":
        return {"group": "G", "steps": []}
    if word == "set":
        name, _, value = rest.partition(" ")
        return {"set": name, "to": value}
    return {"run": "cmd /c ver"}


def _dynamic(rest: str, condition: dict[str, Any]) -> dict[str, Any]:
    name, _, value = rest.partition(" ")
    return {"dynamic": [{"set": {name: value}} | condition, {"set": {"B": "%A%"}}]}
