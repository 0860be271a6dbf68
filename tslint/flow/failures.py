"""Which steps may fail without ending the task sequence, and what a failure skips.

A failure that a step itself goes on after skips nothing. Else it ends the groups around the step, up to the
first that goes on after errors: what is left of them is skipped. Where none does, it ends the task sequence,
which is no path that a rule speaks of. What surely fails keeps all that comes after it from running.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.certain_failure import fails_certainly
from tslint.flow.timeline import around
from tslint.flow.writes import LAST_ACTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.flow.timeline import Entry, Scope, Timeline


def ended_by(entry: Entry) -> Scope | None:
    """Return the scope that a failure of this step ends, None when the step itself swallows it."""
    if entry.step.continue_on_error:
        return None
    return next((scope for scope in around(entry.scope) if scope.swallows), None)


def swallowed(entry: Entry) -> bool:
    """Say whether the sequence goes on after this step fails."""
    return entry.step.continue_on_error or ended_by(entry) is not None


class Failures:
    """Of one timeline. Only a failure that shows anywhere makes paths of its own."""

    def __init__(self, timeline: Timeline, settles: Callable[[Entry], bool]) -> None:
        self._settles = settles
        self._going_on: dict[int, tuple[Scope, ...]] = {}  # by scope; see going_on
        self._last: dict[int, int] = {}  # by scope: its last step
        self._certain: dict[int, bool] = {}  # by step
        for entry in timeline.entries:
            for scope in self.going_on(entry):
                self._last[id(scope)] = entry.order
        sequences = {id(entry.sequence): entry.sequence for entry in timeline.entries}
        self._asked = any(LAST_ACTION in one.document.text.lower() for one in sequences.values())

    def going_on(self, entry: Entry) -> tuple[Scope, ...]:
        """Return the scopes around a step that go on after errors, the innermost first."""
        scope = entry.scope
        found = self._going_on.get(id(scope))
        if found is None:
            found = self._going_on[id(scope)] = tuple(one for one in around(scope) if one.swallows)
        return found

    def ended_by(self, entry: Entry) -> Scope | None:
        """Return the same as the function of this name, found once for all steps in a group."""
        ended = () if entry.step.continue_on_error else self.going_on(entry)
        return ended[0] if ended else None

    def is_certain(self, entry: Entry) -> bool:
        """Say whether a step surely fails if it runs (see certain_failure.py)."""
        found = self._certain.get(id(entry.step))
        if found is None:
            found = self._certain[id(entry.step)] = fails_certainly(entry.step)
        return found

    def ends_all(self, entry: Entry) -> bool:
        """Say whether a step ends the task sequence wherever it runs, which is what people do for a reason.

        One that no condition leads to is left from a try: what comes after it is judged as if it was not.
        """
        for_a_reason = any(scope.condition is not None for scope in around(entry.scope))
        return for_a_reason and not swallowed(entry) and self.is_certain(entry)

    def shows(self, entry: Entry) -> bool:
        """Say whether it makes a difference to what comes later that a step may fail."""
        if entry.inlined:
            return False  # the steps that it calls may
        ended = self.ended_by(entry)
        if ended is None and not entry.step.continue_on_error:
            return False
        skips = ended is not None and entry.order < self._last[id(ended)]
        return skips or self._asked or self._settles(entry)
