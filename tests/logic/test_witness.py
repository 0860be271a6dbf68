"""The fewest conditions that bring something about."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.logic.test_diagram import built, true
from tslint.logic import effort, witness
from tslint.logic.diagram import FALSE, TRUE, Diagram
from tslint.logic.effort import Effort
from tslint.logic.proposition import Register
from tslint.logic.text import Unknown
from tslint.logic.theory import Theory
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


class Some:
    """A diagram, the propositions in it, and what binds them."""

    def __init__(self):
        self.register, self.diagram = Register(), Diagram()
        self.theory = Theory(self.register, self.diagram, self.diagram.effort)

    def opaque(self, text):
        return self.diagram.proposition(self.register.number(text, "", "", text))

    def compare(self, variable, operator, value=""):
        number = self.register.number(Unknown(variable, -1), operator, value, value)
        return self.diagram.proposition(number)


def free():
    """Seven propositions that nothing binds."""
    some = Some()
    formulas = [some.opaque(f"test {number}") for number in NUMBERS]
    return some.diagram, some, [next(iter(some.diagram.support(formula))) for formula in formulas]


def answer(formula, diagram, some):
    """The fewest literals, under what binds the propositions."""
    theory = some.theory.of(diagram.support(formula))
    return fewest(formula, theory, diagram, some.theory.against, Effort())


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
    found = answer(wanted, diagram, propositions)
    assert len(found) == shortest(formula)
    together = TRUE
    for number, holds in found:
        proposition = diagram.proposition(number)
        together = diagram.both(together, proposition if holds else diagram.negate(proposition))
    assert together != FALSE
    assert diagram.without(together, wanted) == FALSE


def test_what_is_always_true_needs_no_condition():
    diagram, propositions, _ = free()
    assert answer(TRUE, diagram, propositions) == ()


def test_what_the_values_imply_is_not_asked_for():
    some = Some()
    exists, a, b = (
        some.compare("x", "exists"),
        some.compare("x", "equals", "a"),
        some.compare("x", "equals", "b"),
    )
    wanted = some.diagram.both(exists, some.diagram.without(a, b))
    ((number, holds),) = answer(wanted, some.diagram, some)
    assert holds
    assert some.register[number].value == "a"


def test_of_two_equally_short_answers_the_one_met_first_wins():
    diagram, propositions, numbers = free()
    either = diagram.either(diagram.proposition(numbers[4]), diagram.proposition(numbers[2]))
    assert answer(either, diagram, propositions) == ((numbers[2], True),)


def test_past_the_bound_an_answer_is_given_that_nothing_can_be_left_out_of(monkeypatch):
    monkeypatch.setattr(witness, "MAX_VISITS", 1)
    diagram, propositions, n = free()
    pairs = [diagram.both(diagram.proposition(a), diagram.proposition(b)) for a, b in itertools.pairwise(n)]
    wanted = FALSE
    for pair in pairs[::2]:
        wanted = diagram.either(wanted, pair)
    found = answer(wanted, diagram, propositions)
    for left_out in range(len(found)):
        together = TRUE
        for number, holds in (*found[:left_out], *found[left_out + 1 :]):
            proposition = diagram.proposition(number)
            together = diagram.both(together, proposition if holds else diagram.negate(proposition))
        assert diagram.without(together, wanted) != FALSE
    assert found


def test_no_bound_is_so_low_that_the_answer_is_wrong(monkeypatch):
    for bound in ("MAX_VISITS", "MAX_SHORTENING", "_LEAST"):
        monkeypatch.setattr(witness, bound, 1)
    monkeypatch.setattr(effort, "MAX_ALL_VISITS", 1)
    diagram, propositions, n = free()
    formula = diagram.both(diagram.proposition(n[0]), diagram.proposition(n[3]))
    assert answer(formula, diagram, propositions) == ((n[0], True), (n[3], True))


def test_many_conditions_on_one_value_are_explained_by_the_fewest():
    some = Some()
    diagram = some.diagram
    formula = some.compare("x", "equals", "i")
    for name, value in itertools.product("xyz", "abcdefgh"):
        formula = diagram.without(formula, some.compare(name, "equals", value))
    assert len(answer(formula, diagram, some)) == 17  # that x equals i says of x all there is to say


def test_the_search_is_never_charged_to_the_rule():
    some = Some()
    formula = TRUE
    for number in range(16):
        one, other = (some.opaque(f"test {number}{letter}") for letter in "ab")
        formula = some.diagram.both(formula, some.diagram.either(one, other))
    theory = some.theory.of(some.diagram.support(formula))
    some.diagram.effort.left = 0
    found = fewest(formula, theory, some.diagram, some.theory.against, Effort())
    assert len(found) == 16
