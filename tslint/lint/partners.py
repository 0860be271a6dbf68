"""Steps that would have put a fault right and are there: disabled, where no path leads, too early or late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.writes import writes_of
from tslint.language.forms import After, Before
from tslint.lint.explanation import place_of
from tslint.lint.finding import Related
from tslint.model.step_type import SETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Entry
    from tslint.language.context import Hit
    from tslint.language.pattern import Pattern
    from tslint.lint.explanation import Explanation
    from tslint.model.sequence import Step


def partners(pattern: Pattern, hit: Hit, explanation: Explanation) -> Iterator[Related]:
    """Yield each of them, with what keeps it from doing so; not those that the explanation has anyhow."""
    types, variables = pattern.would_do(hit)
    if not types and not variables:
        return
    told = {entry.order for entry, _ in explanation.happenings}
    told.update(event.entry.order for event in hit.roles.values())
    of_types = [entry for entry in hit.context.index.of_types(types) if entry.order not in told]
    made = hit.context.flow.assignments
    setters = {one.entry.order: one.entry for name in variables for one in made.of(name)}
    for entry in (*of_types, *(setters[order] for order in sorted({*setters} - told))):
        yield from _kept_from(entry, hit, explanation)
    if len(of_types) == 1:  # of several, each step of a kind would be told that is there for something else
        yield from _at_another_time(of_types[0], pattern, hit, explanation)
    for entry in hit.context.flow.timeline.disabled:
        yield from _disabled(entry, types, variables, hit)


def _kept_from(entry: Entry, hit: Hit, explanation: Explanation) -> Iterator[Related]:
    flow, name = hit.context.flow, f"'{entry.step.name}'"
    guard = flow.guard(entry)
    if not flow.propositions.possible(guard):
        yield Related(f"{name} never runs: its conditions cannot all hold", place_of(entry))
    elif hit.context.implied(explanation.together, guard) is False:
        yield Related(f"{name} does not run then", place_of(entry))


def _at_another_time(entry: Entry, pattern: Pattern, hit: Hit, explanation: Explanation) -> Iterator[Related]:
    """Yield a step that runs, though too early or too late for what the pattern wants of it."""
    form, primary = pattern.form, hit.primary.entry
    if not isinstance(form, After | Before) or entry.step.type.lower() not in form.comes.types:
        return
    if hit.context.implied(explanation.together, hit.context.flow.guard(entry)):
        deadline = hit.roles.get("deadline")
        late = deadline is not None and deadline.entry.order < entry.order
        when = f"after '{deadline.entry.step.name}'" if deadline is not None and late else ""
        when = when or ("before it" if entry.order < primary.order else "after it")
        yield Related(f"'{entry.step.name}' runs {when}", place_of(entry))


def _disabled(entry: Entry, types: frozenset[str], variables: frozenset[str], hit: Hit) -> Iterator[Related]:
    step, name = entry.step, f"'{entry.step.name}'"
    why = "is disabled" if step.disabled else "is in a group that is disabled"
    if _would_do(step, types, variables, hit.context.tables):
        yield Related(f"{name} {why}", place_of(entry))


def _would_do(step: Step, types: frozenset[str], variables: frozenset[str], tables: Tables) -> bool:
    if step.type.lower() in types:
        return True
    sets = variables and step.type in SETTERS
    return bool(sets) and any(
        write.value and write.variable in variables for write in writes_of(step, tables)
    )
