"""Where the conditions of an explanation stand: the test in the sequence that each proposition comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.timeline import around
from tslint.flow.writes import rule_conditions
from tslint.logic.text import Unknown, references
from tslint.model.condition import tests_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tslint.flow.timeline import Entry, Scope
    from tslint.language.context import Context
    from tslint.logic.proposition import Proposition
    from tslint.model.condition import Expression

    # One test, with the step or group that it stands in.
    Test = tuple[Scope | Entry, Expression]


def first_tests(
    propositions: Iterable[int], explanation: Iterable[Entry], context: Context
) -> list[Test | None]:
    """Return the test that each proposition comes from, in the order of these; None where none is found.

    Those around the steps of the ``explanation`` are looked through first, then all others, in order. A test
    of a variable that the sequence has set can come to say what a condition of the step that set it says:
    that condition itself is the better place.
    """
    numbers = list(propositions)
    found: dict[int, Test] = {}
    same: dict[int, Test] = {}
    for entries in (explanation, context.index.entries):
        open_ones = [number for number in numbers if number not in found]
        if open_ones:
            found |= _looked_through(entries, open_ones, same, context)
    return [found.get(number) or same.get(number) for number in numbers]


def _looked_through(
    entries: Iterable[Entry], numbers: Sequence[int], same: dict[int, Test], context: Context
) -> dict[int, Test]:
    """Return the first test that names what each proposition compares: one that says it, or has it in it.

    Of others that say the ``same`` the first is added.
    """
    diagram, known = context.flow.diagram, context.flow.propositions
    said: dict[int, int] = {}
    for number in numbers:
        formula = diagram.proposition(number)
        said[formula] = said[diagram.negate(formula)] = number
    itself: dict[int, Test] = {}
    within: dict[int, Test] = {}
    for test in _tests(entries, context):
        formula = context.flow.condition(test[1], test[0].order)
        says = said.get(formula, -1)
        if says >= 0:
            (itself if _names(test[1], known[says]) else same).setdefault(says, test)
            continue
        for number in numbers:
            # the variable may hold this or that here, and the proposition is about one of them
            if number not in within and _names(test[1], known[number]) and number in diagram.support(formula):
                within[number] = test
    return within | itself


def _names(test: Expression, proposition: Proposition) -> bool:
    """Say whether a test names what is compared, rather than another variable that holds it."""
    subject = proposition.subject
    if not isinstance(subject, Unknown):
        return isinstance(subject, str) == (not test.variable)
    named = (piece[0].lower() for piece in references(test.value) if isinstance(piece, tuple))
    return subject.variable in (test.variable.lower(), *named)


def _tests(entries: Iterable[Entry], context: Context) -> Iterator[Test]:
    """Go through every test on the way to these steps once, those of the outer groups first, and in them."""
    seen: set[int] = set()
    for entry in entries:
        for scope in reversed(list(around(entry.scope))):
            if scope.condition is not None and id(scope) not in seen:
                seen.add(id(scope))
                for expression in tests_in(scope.condition):
                    yield scope, expression
        for condition in rule_conditions(made.write for made in context.flow.assignments.made_by(entry)):
            for expression in tests_in(condition):
                yield entry, expression
