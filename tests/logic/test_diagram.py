"""Decision diagrams against truth tables."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tslint.logic.diagram import FALSE, TRUE, Diagram
from tslint.logic.effort import Effort, EffortExceededError

NUMBERS = range(5)
_formulas = st.recursive(
    st.sampled_from([*NUMBERS, True, False]),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner), st.tuples(st.sampled_from(["and", "or", "without"]), inner, inner)
    ),
    max_leaves=12,
)


def built(formula, diagram):
    if isinstance(formula, bool):
        return TRUE if formula else FALSE
    if isinstance(formula, int):
        return diagram.proposition(formula)
    how, *operands = formula
    made = [built(operand, diagram) for operand in operands]
    operations = {
        "not": diagram.negate,
        "and": diagram.both,
        "or": diagram.either,
        "without": diagram.without,
    }
    return operations[how](*made)


def true(formula, row):
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, int):
        return row[formula]
    how, a, *rest = formula
    if how == "not":
        return not true(a, row)
    b = true(rest[0], row)
    return {"and": true(a, row) and b, "or": true(a, row) or b, "without": true(a, row) and not b}[how]


def rows():
    return (dict(zip(NUMBERS, values, strict=True)) for values in itertools.product((True, False), repeat=5))


@settings(max_examples=200)
@given(_formulas, _formulas)
def test_formulas_are_equal_numbers_exactly_when_they_have_equal_truth_tables(one, other):
    diagram = Diagram()
    a, b = built(one, diagram), built(other, diagram)
    tables = [[true(formula, row) for row in rows()] for formula in (one, other)]
    assert [diagram.holds(a, row) for row in rows()] == tables[0]
    assert (a == b) == (tables[0] == tables[1])
    needed = {
        n for n in NUMBERS if any(true(one, row) != true(one, {**row, n: not row[n]}) for row in rows())
    }
    assert diagram.support(a) == needed


def test_work_beyond_the_bound_is_refused():
    diagram = Diagram(Effort(8))
    pairs = [built(("and", number, ("not", number + 1)), diagram) for number in (0, 2, 4)]
    some = diagram.either(pairs[0], pairs[2])
    with pytest.raises(EffortExceededError):
        diagram.both(some, diagram.negate(pairs[1]))
