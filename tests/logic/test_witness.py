"""The fewest conditions that bring something about."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.logic.test_diagram import built, true
from tslint.logic import witness
from tslint.logic.diagram import FALSE, TRUE, Diagram, EffortExceededError
from tslint.logic.propositions import Propositions
from tslint.logic.text import Unknown
from tslint.logic.witness import fewest

NUMBERS = range(7)
_formulas = st.recursive(
    st.sampled_from(NUMBERS),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner), st.tuples(st.sampled_from(["and", "or"]), inner, inner)
    ),
    max_leaves=14,
)


def shortest(formula):
    """The least number of literals that imply a formula, by trying all."""
    rows = [dict(zip(NUMBERS, v, strict=True)) for v in itertools.product((True, False), repeat=len(NUMBERS))]
    outcomes = [(row, true(formula, row)) for row in rows]
    for size in range(len(NUMBERS) + 1):
        for some in itertools.combinations(NUMBERS, size):
            for wanted in itertools.product((True, False), repeat=size):
                chosen = list(zip(some, wanted, strict=True))
                if all(outcome for row, outcome in outcomes if all(row[n] == w for n, w in chosen)):
                    return size
    raise AssertionError("no assignment makes it true")


def free():
    """A diagram and seven propositions that nothing binds."""
    diagram = Diagram()
    propositions = Propositions(diagram)
    formulas = [propositions.opaque(f"test {number}") for number in NUMBERS]
    return diagram, propositions, [next(iter(diagram.support(formula))) for formula in formulas]


def numbered(formula, numbers):
    if isinstance(formula, int):
        return numbers[formula]
    return (formula[0], *(numbered(operand, numbers) for operand in formula[1:]))


@settings(max_examples=60)
@given(_formulas)
def test_no_shorter_answer_exists_and_the_answer_is_one(formula):
    diagram, propositions, numbers = free()
    wanted = built(numbered(formula, numbers), diagram)
    if wanted == FALSE:
        return
    found = fewest(wanted, diagram, propositions)
    assert len(found) == shortest(formula)
    together = TRUE
    for number, holds in found:
        proposition = diagram.proposition(number)
        together = diagram.both(together, proposition if holds else diagram.negate(proposition))
    assert together != FALSE
    assert diagram.without(together, wanted) == FALSE


def test_what_is_always_true_needs_no_condition():
    diagram, propositions, _ = free()
    assert fewest(TRUE, diagram, propositions) == ()


def test_what_the_values_imply_is_not_asked_for():
    diagram = Diagram()
    propositions = Propositions(diagram)
    value = (Unknown("x", -1),)
    exists, a, b = (
        propositions.compare(value, operator, (wanted,) if wanted else ())
        for operator, wanted in (("exists", ""), ("equals", "a"), ("equals", "b"))
    )
    wanted = diagram.both(exists, diagram.without(a, b))
    ((number, holds),) = fewest(wanted, diagram, propositions)
    assert holds
    assert propositions[number].value == "a"


def test_of_two_equally_short_answers_the_one_met_first_wins():
    diagram, propositions, numbers = free()
    either = diagram.either(diagram.proposition(numbers[4]), diagram.proposition(numbers[2]))
    assert fewest(either, diagram, propositions) == ((numbers[2], True),)


def test_past_the_bound_an_answer_is_given_that_nothing_can_be_left_out_of(monkeypatch):
    monkeypatch.setattr(witness, "MAX_TRIALS", 1)
    diagram, propositions, n = free()
    pairs = [diagram.both(diagram.proposition(a), diagram.proposition(b)) for a, b in itertools.pairwise(n)]
    wanted = FALSE
    for pair in pairs[::2]:
        wanted = diagram.either(wanted, pair)
    found = fewest(wanted, diagram, propositions)
    for left_out in range(len(found)):
        together = TRUE
        for number, holds in (*found[:left_out], *found[left_out + 1 :]):
            proposition = diagram.proposition(number)
            together = diagram.both(together, proposition if holds else diagram.negate(proposition))
        assert diagram.without(together, wanted) != FALSE
    assert found


def test_the_search_is_work_even_where_every_formula_in_it_is_known():
    diagram = Diagram()
    propositions = Propositions(diagram)
    formula = TRUE
    for number in range(5):
        one, other = (propositions.opaque(f"test {number}{letter}") for letter in "ab")
        formula = diagram.both(formula, diagram.either(one, other))
    assert len(fewest(formula, diagram, propositions)) == 5
    diagram.effort.left = 100
    with pytest.raises(EffortExceededError):
        fewest(formula, diagram, propositions)
