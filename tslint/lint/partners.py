"""Steps that are there and would have put a fault right, if they ran: disabled, or where no path leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.explanation import place_of
from tslint.lint.finding import Related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.timeline import Entry
    from tslint.language.context import Hit
    from tslint.language.pattern import Pattern
    from tslint.lint.explanation import Explanation


def partners(pattern: Pattern, hit: Hit, explanation: Explanation) -> Iterator[Related]:
    """Yield each of them, with what keeps it from doing so; not those that the explanation has anyhow."""
    types = pattern.excusing_types(hit)
    if not types:
        return
    told = {entry.order for entry, _ in explanation.happenings}
    told.update(event.entry.order for event in hit.roles.values())
    for entry in hit.context.index.of_types(types):
        if entry.order not in told:
            yield from _kept_from(entry, hit, explanation)
    for entry in hit.context.flow.timeline.disabled:
        if entry.step.type.lower() in types:
            why = "is disabled" if entry.step.disabled else "is in a group that is disabled"
            yield Related(f"'{entry.step.name}' {why}", place_of(entry))


def _kept_from(entry: Entry, hit: Hit, explanation: Explanation) -> Iterator[Related]:
    flow, name = hit.context.flow, f"'{entry.step.name}'"
    guard = flow.guard(entry)
    if not flow.propositions.possible(guard):
        yield Related(f"{name} never runs: its conditions cannot all hold", place_of(entry))
    elif hit.context.implied(explanation.together, guard) is False:
        yield Related(f"{name} does not run then", place_of(entry))
