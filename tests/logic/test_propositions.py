"""Which comparisons of one value can be true together."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tslint.logic.comparison import holds, outcomes
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import Effort, EffortExceededError
from tslint.logic.graph import Graph
from tslint.logic.propositions import Propositions, may_equal
from tslint.logic.text import Unknown

X, Y = Unknown("x", -1), Unknown("y", -1)
STRINGS = [None, *("".join(letters) for n in range(6) for letters in itertools.product("ab", repeat=n))]
_likes = st.tuples(st.just("like"), st.text("ab*?", min_size=1, max_size=3))
_equals = st.tuples(st.just("equals"), st.text("ab", max_size=3))


@pytest.fixture
def theory():
    return Propositions(Graph())


def given_by(values, tests):
    return {tuple(holds(operator, value, wanted) for operator, wanted in tests) for value in values}


@settings(max_examples=200)
@given(st.lists(st.one_of(_likes, _equals, st.just(("exists", ""))), min_size=1, max_size=4))
def test_every_outcome_that_some_text_gives_is_represented(tests):
    assert given_by(STRINGS, tests) <= outcomes(tests, Effort(), absent=True)


_orders = st.tuples(
    st.sampled_from(["greater", "greaterequal", "less", "lessequal", "equals"]),
    st.sampled_from(["0", "9", "10", "10.5", "9000000", "20000000"]),
)


@settings(max_examples=200)
@given(st.lists(_orders, min_size=1, max_size=4))
def test_every_outcome_that_some_number_gives_is_represented(tests):
    numbers = (
        "-1",
        "0",
        "5",
        "9",
        "9.5",
        "10",
        "10.2",
        "10.5",
        "11",
        "9000000",
        "9000001",
        "20000000",
        "3e7",
    )
    assert given_by(numbers, tests) <= outcomes(tests, Effort(), absent=False)


_words = st.tuples(st.sampled_from(["greater", "less", "equals"]), st.text("1a!", min_size=1, max_size=3))
_mixed = st.one_of(_orders, _words, st.tuples(st.just("like"), st.text("1a0*?", min_size=1, max_size=3)))
_any_text = st.one_of(st.text("01a!+.e-", max_size=5), st.sampled_from(["nan", "inf", "1e999", "1_0", "١"]))


@settings(max_examples=300)
@given(st.lists(_mixed, min_size=2, max_size=4), st.lists(_any_text, min_size=5, max_size=40))
def test_wild_cards_numbers_and_words_together_exclude_no_outcome_that_some_value_gives(tests, texts):
    assert given_by([None, *texts], tests) <= outcomes(tests, Effort(), absent=True)


def test_numbers_too_large_for_their_neighbours_still_have_values_on_both_sides():
    tests = [("greater", "1e17"), ("less", "-1e17"), ("greater", "1.7e308")]
    assert given_by(["1e18", "-1e18", "1.75e308", "0"], tests) <= outcomes(tests, Effort(), absent=False)


@pytest.mark.parametrize("word", ["nan", "inf", "1_0", "1e999", "١"])
def test_what_only_python_takes_for_a_number_is_a_word(word):
    assert holds("greater", word, "5") == (word > "5")


def test_more_wild_cards_than_can_be_told_apart_are_refused():
    with pytest.raises(EffortExceededError):
        outcomes([("like", f"*{chr(97 + i)}{i}*") for i in range(20)], Effort(), absent=True)


@pytest.mark.parametrize(
    ("operator", "actual", "wanted", "outcome"),
    [
        ("equals", "x", "X ", True),
        ("equals", None, "", True),
        ("exists", "", "", True),
        ("greater", "10", "9", True),
        ("greater", "10.0", "10", False),
        ("less", "10.0.19041", "10.0.22000", True),
        ("less", None, "5", False),
        ("like", "Latitude 7490", "lat*90", True),
        ("like", "Latitude", "lat?", False),
    ],
)
def test_known_values_compare_as_the_engine_does(operator, actual, wanted, outcome):
    assert holds(operator, actual, wanted) is outcome


def test_a_variable_that_does_not_exist_is_decided(theory):
    assert theory.compare(None, "exists", ()) == FALSE
    assert theory.compare(None, "notexists", ()) == TRUE
    assert theory.compare(None, "notequals", ("x",)) == TRUE


def test_an_unknown_comparison_is_a_proposition_of_its_own(theory):
    one, other = theory.compare((X,), "resembles", ("x",)), theory.compare((X,), "resembles", ("y",))
    assert len({one, other, TRUE, FALSE}) == 4
    assert theory.possible(theory._graph.both(one, other))


def test_values_of_one_variable_exclude_each_other_and_imply_that_it_exists(theory):
    diagram = theory._graph
    a, b = (theory.compare((X,), "equals", (value,)) for value in "ab")
    exists = theory.compare((X,), "exists", ())
    assert not theory.possible(diagram.both(a, b))
    assert not theory.possible(diagram.without(a, exists))
    assert theory.possible(diagram.without(exists, a))


def test_the_same_variable_written_by_two_steps_is_two_values(theory):
    a, b = theory.compare((X,), "equals", ("a",)), theory.compare((Unknown("x", 3),), "equals", ("b",))
    assert theory.possible(theory._graph.both(a, b))


def test_a_partly_known_text_always_exists_and_its_ends_decide(theory):
    assert theory.compare(("C:\\", X), "exists", ()) == TRUE
    assert theory.compare(("C:\\", X), "equals", ("D:\\a",)) == FALSE
    assert theory.compare(("C:\\", X), "equals", ("c:\\a",)) == theory.compare((X,), "equals", ("a",))


@pytest.mark.parametrize(
    ("text", "wanted", "possibly"),
    [
        (("a", X), "AB", True),
        (("a", X), "b", False),
        ((X, "b"), "ab", True),
        (("ab", X, "ba"), "aba", False),
        ((X, Y), "", True),
    ],
)
def test_a_partly_known_text_may_equal_what_its_ends_fit(text, wanted, possibly):
    assert may_equal(text, wanted) is possibly


_names = [("exists", ""), ("equals", ""), ("equals", "a"), ("equals", "b")]


@pytest.mark.parametrize("tests", list(itertools.permutations(_names, 3)))
def test_names_of_one_value_exclude_each_other_as_their_outcomes_do(tests):
    diagram = Graph()
    theory = Propositions(diagram)
    formulas = [theory.compare((X,), operator, (value,) if value else ()) for operator, value in tests]
    for row in itertools.product([False, True], repeat=len(tests)):
        asked = TRUE
        for formula, outcome in zip(formulas, row, strict=True):
            asked = diagram.both(asked, formula if outcome else diagram.negate(formula))
        assert theory.possible(asked) == (row in outcomes(list(tests), Effort(), absent=True))
