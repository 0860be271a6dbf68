"""A finding's path in words: the conditions that must hold, and the steps that run and are skipped."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tslint.lint.condition_tests import first_tests
from tslint.lint.finding import Note, Place
from tslint.logic.decider import MAX_TOLD
from tslint.logic.diagram import TRUE
from tslint.logic.effort import EffortExceededError
from tslint.logic.text import Unknown, spell
from tslint.model.condition_words import verb
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.flow import Flow
    from tslint.flow.timeline import Entry
    from tslint.language.context import Context, Hit
    from tslint.lint.condition_tests import Test
    from tslint.logic.proposition import Literal, Proposition


def place_of(entry: Entry, element: int | None = None, attribute: str = "") -> Place:
    """Return the place of a step, or of an element in it."""
    return Place(
        document=entry.sequence.document,
        element=entry.step.element if element is None else element,
        step=entry.path,
        attribute=attribute,
        number=entry.number,
        step_element=entry.step.element,
        sequence=entry.sequence.name,
    )


def _place_of_test(test: Test) -> Place:
    """Return the place of one test of a condition, in the step or group that has it."""
    scope, expression = test
    return Place(
        document=scope.sequence.document,
        element=expression.element,
        step=scope.path,
        number=scope.number,
        sequence=scope.sequence.name,
    )


class Explanation:
    """How one hit comes about. ``conditions`` are the fewest that bring it about, as a person says them.

    ``together`` are the paths on which all of them hold. ``happenings`` are the steps that explain it in
    order: whether each runs, None where that is left open; what never runs is no part of it.
    """

    def __init__(self, hit: Hit) -> None:
        self._hit = hit
        context, diagram = hit.context, hit.context.flow.diagram
        literals, self._outcomes = context.flow.propositions.explain(hit.broken)
        self._literals = literals
        self.together = TRUE
        for literal in literals:
            formula = diagram.proposition(literal.proposition)
            meant = formula if literal.holds else diagram.negate(formula)
            self.together = diagram.both(self.together, meant)
        self.conditions = tuple(say(literal, context.flow) for literal in literals)
        self.happenings = tuple(self._happenings())

    def _happenings(self) -> Iterator[tuple[Entry, bool | None]]:
        context = self._hit.context
        told: set[int] = set()
        for event in sorted(self._hit.explanation, key=lambda event: event.when):
            if event.entry.order not in told:
                told.add(event.entry.order)
                propositions = context.flow.propositions
                guard = propositions.where(context.flow.guard(event.entry), self._outcomes)
                if propositions.possible(guard):
                    yield event.entry, context.implied(self.together, guard)

    def _places(self) -> Iterator[Place | None]:
        """Go through the places of the conditions: tests of the steps that explain it, else the first ones.

        What a step's success or failure is told of is the step.
        """
        context = self._hit.context
        numbers = [literal.proposition for literal in self._literals]
        tests: list[Test | None] = [None] * len(numbers)
        effort = context.flow.effort
        with suppress(EffortExceededError), effort.lent(MAX_TOLD):  # then the first ones
            tests = first_tests(numbers, (entry for entry, _ in self.happenings), context)
        for number, test in zip(numbers, tests, strict=True):
            yield _place(context.flow.propositions[number], context) if test is None else _place_of_test(test)

    def notes(self) -> tuple[Note, ...]:
        """Tell the conditions, then what happens under them, in order.

        Nothing, where there is no more to tell than that the step runs.
        """
        told = zip(self.conditions, self._places(), strict=True)
        notes = [Note("condition", said, place) for said, place in told]
        for entry, runs in self.happenings:
            if runs is not None:
                notes.append(Note("runs" if runs else "skipped", entry.step.name, place_of(entry)))
        if self._hit.at_end:
            notes.append(Note("end", "the task sequence ends", None))
        return tuple(notes) if len(notes) > 1 else ()


def _place(proposition: Proposition, context: Context) -> Place | None:
    """Return where a proposition was met first, or the step whose success it is about."""
    if proposition.operator == "succeeds":
        return place_of(context.index.entries[int(str(proposition.subject).removeprefix("#"))])
    if proposition.place is None or proposition.place[1] < 0:
        return None
    order, element = proposition.place
    return place_of(context.index.entries[order], element)


def say(literal: Literal, flow: Flow) -> str:
    """Return a condition that must hold, or must not, as a person says it."""
    proposition = flow.propositions[literal.proposition]
    if proposition.operator == "succeeds":
        return f"'{shortened(proposition.spelling)}' {'succeeds' if literal.holds else 'fails'}"
    if isinstance(proposition.subject, str):
        return f"{shortened(proposition.spelling)} {'holds' if literal.holds else 'does not hold'}"
    said = f"{_subject(proposition, flow)} {verb(proposition.operator, holds=literal.holds)}"
    return said if proposition.operator == "exists" else f"{said} '{shortened(proposition.spelling)}'"


def _subject(proposition: Proposition, flow: Flow) -> str:
    subject = proposition.subject
    if not isinstance(subject, Unknown):
        return shortened(subject) if isinstance(subject, str) else f"'{shortened(spell(subject))}'"
    name = shortened(subject.spelling or flow.tables.names.get(subject.variable, subject.variable))
    if subject.origin < 0:
        return name
    return f"{name} (as '{flow.timeline.entries[subject.origin].step.name}' leaves it)"
