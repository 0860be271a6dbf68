"""Which questions about one thing on the computer can be answered yes together."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tslint.logic.diagram import FALSE
from tslint.logic.effort import Effort, EffortExceededError
from tslint.logic.graph import Graph
from tslint.logic.propositions import Propositions
from tslint.logic.text import Unknown
from tslint.logic.thing import outcomes, question, thing

SIGNS = {
    "equals": "=",
    "notequals": "<>",
    "less": "<",
    "lessequal": "<=",
    "greater": ">",
    "greaterequal": "=>",
}
ASPECTS = {
    "version": "version",
    "datetime": "date",
    "reg_sz": "text",
    "reg_dword": "number",
    "reg_binary": "",
}


def numbers(text):
    """The parts of a version or date, None for what is none."""
    parts = text.replace("-", ".").split(".")
    return [int(part) for part in parts] if all(map(str.isdecimal, parts)) else None


def sign(actual, wanted, how, engine):
    """How two values compare, in one of the ways that an engine may do it."""
    left, right = numbers(actual), numbers(wanted)
    if how != "text" and left is not None and right is not None:
        size = len(right) if engine["cut"] else max(len(left), len(right))
        left, right = ((parts + [0] * size)[:size] for parts in (left, right))
    elif not engine["numbers"] or left is None or right is None:
        left, right = actual.lower(), wanted.lower()
    return "=" if left == right else "<" if left < right else ">"


def answer(asked, kind, world, engine):
    """What one computer answers; ``world`` has the aspects, None where the thing is not there."""
    operator, aspect, how, value = asked
    if kind == "file" and world is None:
        return False
    actual = None if world is None else world.get(aspect)
    if operator == "exists":
        return actual is not None if aspect else world is not None
    if actual is None:
        return {"notequals": engine["differs"], "less": engine["less"], "lessequal": engine["less"]}.get(
            operator, False
        )
    if how == "text" and operator in ("equals", "notequals"):
        return (actual.lower() == value.lower()) == (operator == "equals")
    return sign(actual, value, how, engine) in SIGNS[operator]


VALUES = ["0", "1", "01", "2", "10", "1.0", "1.2", "1.10", "2.0.1", "1-2", "2024-01-01", "a", "B", "b", "1_0"]
ENGINES = [
    dict(zip(("cut", "numbers", "differs", "less"), chosen, strict=True))
    for chosen in itertools.product((False, True), repeat=4)
]


def asked_of(aspects):
    comparison = st.builds(
        lambda operator, aspect, value: (operator, aspect, ASPECTS.get(aspect, "version"), value),
        st.sampled_from(sorted(SIGNS)),
        st.sampled_from(aspects),
        st.sampled_from(VALUES),
    )
    return st.one_of(comparison, st.sampled_from([("exists", of, "", "") for of in ("", *aspects)]))


def world_of(aspects):
    return st.none() | st.dictionaries(st.sampled_from(aspects), st.sampled_from([*VALUES, "1.1", "3", "c"]))


def checked(kind, asked, worlds):
    encoded = [question(operator, aspect, how, (value,)) for operator, aspect, how, value in asked]
    possible = outcomes(thing(kind, ("x",)), encoded, Effort())
    for world, engine in itertools.product(worlds, ENGINES):
        row = tuple(answer(one, kind, world, engine) for one in asked)
        assert row in possible, (world, engine)


@settings(max_examples=150)
@given(st.data(), st.sampled_from(["file", "folder", "registry"]))
def test_what_some_computer_answers_in_some_way_is_never_excluded(data, kind):
    aspects = ["version", "datetime"] if kind != "registry" else ["reg_sz", "reg_dword", "reg_binary"]
    asked = data.draw(st.lists(asked_of(aspects), min_size=1, max_size=4))
    checked("file" if kind == "folder" else kind, asked, data.draw(st.lists(world_of(aspects), min_size=8)))


@settings(max_examples=100)
@given(st.data())
def test_no_answer_of_a_system_of_one_architecture_is_excluded(data):
    aspects = ["x64", "x86"]
    asked = data.draw(
        st.lists(asked_of(aspects).filter(lambda one: one[0] != "exists"), min_size=1, max_size=4)
    )
    worlds = data.draw(st.lists(world_of(aspects).filter(lambda world: world is None or len(world) < 2)))
    checked("os", asked, worlds)


def ask(known, kind, aspect, how, test, name="x"):
    operator, _, value = test.partition(" ")
    return known.ask(kind, (name,), aspect, how, operator.lower(), (value,) if value else (), test)


def implied(kind, how, one, other):
    """Whether of two questions, each an aspect and what is asked of it, the first implies the second."""
    known = Propositions(graph := Graph())
    first, second = (ask(known, kind, aspect, how, test) for aspect, test in (one, other))
    return not known.possible(graph.without(first, second))


@pytest.mark.parametrize(
    ("kind", "how", "one", "other"),
    [
        ("registry", "text", ("reg_sz", "equals a"), ("", "exists")),
        ("registry", "text", ("reg_sz", "equals a"), ("reg_sz", "exists")),
        ("registry", "text", ("reg_sz", "equals a"), ("reg_sz", "lessEqual A")),
        ("registry", "text", ("reg_sz", "greater a"), ("reg_sz", "greaterEqual a")),
        ("registry", "text", ("reg_sz", "exists"), ("", "exists")),
        ("registry", "number", ("reg_dword", "less 9"), ("reg_dword", "less 10")),
        ("registry", "", ("reg_binary", "equals 0a"), ("", "exists")),
        ("file", "version", ("version", "less 10"), ("", "exists")),
        ("file", "version", ("version", "greaterEqual 10.0.22000"), ("version", "greater 10.0.19041")),
        ("file", "version", ("version", "greaterEqual 11"), ("version", "greater 10.5")),
        ("file", "date", ("datetime", "greater 2024-02-01"), ("datetime", "greater 2024-01-31")),
        ("folder", "date", ("datetime", "equals 20240201000000.000000+***"), ("datetime", "less 2024-03-01")),
        ("os", "version", ("x64", "equals 10.0"), ("x64", "greaterEqual 10.0")),
    ],
)
def test_one_answer_implies_another(kind, how, one, other):
    assert implied(kind, how, one, other)
    assert not implied(kind, how, other, one)


@pytest.mark.parametrize(
    ("kind", "how", "one", "other"),
    [
        ("registry", "text", ("reg_sz", "notEquals a"), ("", "exists")),  # what it gives is not documented
        ("registry", "text", ("reg_sz", "less a"), ("", "exists")),
        ("registry", "text", ("reg_sz", "less 9"), ("reg_sz", "less 10")),  # texts or numbers?
        ("registry", "text", ("", "exists"), ("reg_sz", "exists")),
        ("registry", "number", ("reg_dword", "less 9"), ("reg_dword", "less 0x10")),
        ("file", "version", ("version", "equals 10"), ("version", "equals 10.0")),
        ("file", "version", ("version", "greater 10"), ("version", "greater 10.1")),
        ("file", "date", ("datetime", "greater 2024"), ("datetime", "greater 01/02/2023")),
        ("file", "version", ("version", "greater 10"), ("datetime", "greater 10")),
    ],
)
def test_what_cannot_be_told_for_sure_is_left_open(kind, how, one, other):
    assert not implied(kind, how, one, other)


@pytest.mark.parametrize(
    ("kind", "how", "one", "other"),
    [
        ("registry", "text", ("reg_sz", "equals 1"), ("reg_sz", "notEquals 1")),
        ("registry", "text", ("reg_sz", "equals 1"), ("reg_sz", "equals 2")),
        ("file", "version", ("version", "less 10"), ("version", "greaterEqual 10")),
        ("os", "version", ("x64", "less 10.0"), ("x64", "greaterEqual 10.0")),
        ("os", "version", ("x64", "equals 10.0"), ("x86", "equals 10.0")),
    ],
)
def test_answers_that_exclude_each_other(kind, how, one, other):
    known = Propositions(graph := Graph())
    first, second = (ask(known, kind, aspect, how, test) for aspect, test in (one, other))
    assert known.possible(first)
    assert known.possible(second)
    assert not known.possible(graph.both(first, second))


def test_texts_that_come_at_one_place_in_an_order_need_not_be_equal():
    known = Propositions(graph := Graph())
    least, most, equal = (
        ask(known, "registry", "reg_sz", "text", test)
        for test in ("greaterEqual 1", "lessEqual 1", "equals 1")
    )
    assert known.possible(graph.without(graph.both(least, most), equal))  # "01", as a number
    assert not known.possible(graph.without(equal, graph.both(least, most)))


def test_other_things_and_values_that_are_not_known_have_nothing_to_do_with_each_other():
    known = Propositions(graph := Graph())
    one = ask(known, "registry", "reg_sz", "text", "equals 1")
    others = [
        ask(known, "registry", "reg_sz", "text", "equals 2", name="y"),
        known.ask("registry", ("x",), "reg_sz", "text", "equals", (Unknown("v", -1),), ""),
        known.ask("registry", (Unknown("x", 3),), "reg_sz", "text", "equals", ("2",), ""),
    ]
    assert all(known.possible(graph.both(one, other)) for other in others)
    assert len({one, *others}) == 4


def test_the_same_question_is_asked_once_however_it_is_written():
    known = Propositions(Graph())
    assert ask(known, "os", "x64", "version", "less 10.0") == ask(known, "os", "x64", "version", "LESS 10.00")
    assert (
        FALSE
        != ask(known, "file", "reg_sz", "text", "equals A")
        == ask(known, "file", "reg_sz", "text", "equals a")
    )


def test_more_orders_than_can_be_told_apart_are_refused():
    asked = [question("less", "reg_sz", "text", (str(n),)) for n in range(40)]
    with pytest.raises(EffortExceededError):
        outcomes(thing("registry", ("x",)), asked, Effort())


def test_very_many_names_of_one_registry_value_are_told_apart():
    asked = [question("equals", "reg_sz", "text", (str(n),)) for n in range(300)]
    assert len(outcomes(thing("registry", ("x",)), asked, Effort())) == 301
