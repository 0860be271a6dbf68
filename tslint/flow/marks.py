"""Variables by which a sequence tells itself something: it sets them before anything in it looks at them.

A front end or a collection can give any variable a value, and the flow reckons with that. That one of them
knows of such a mark, and gives it the value that the sequence would, nobody has to expect.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.flow.naming import CHARACTERS, names, text_of, whole
from tslint.model.condition import tests_in

if TYPE_CHECKING:
    from tslint.catalogue.tables import Tables
    from tslint.flow.assignments import Assignments
    from tslint.flow.timeline import Timeline
    from tslint.logic.effort import Effort
    from tslint.model.sequence import Step


class Marks:
    """Says of variables whether a sequence keeps them for itself; each is worked out when first asked for."""

    def __init__(self, timeline: Timeline, assignments: Assignments, tables: Tables) -> None:
        self._timeline, self._assignments, self._tables = timeline, assignments, tables
        self._known: dict[str, bool] = {}
        self._texts: dict[int, str] = {}

    def holds(self, name: str, effort: Effort) -> bool:
        """Say whether a variable, in lower case, is a mark of the sequence's own."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._is_own(name) and not self._is_looked_at_before(name, effort)
        return known

    def _is_own(self, name: str) -> bool:
        tables = self._tables
        if name.startswith("_") or name in tables.names or name in tables.others:
            return False  # Microsoft's can come from anywhere
        if name in map(str.lower, self._timeline.root.variables):
            return False
        made = self._assignments.of(name)
        return any(one.write.sure for one in made) and not self._assignments.waits_for_others(name)

    def _is_looked_at_before(self, name: str, effort: Effort) -> bool:
        """Say whether anything names a variable before the sequence surely sets it, or where it does so."""
        made = next(one for one in self._assignments.of(name) if one.write.sure)
        first = made.entry.order
        before = [*self._timeline.entries[:first], *(g for g in self._timeline.groups if g.order <= first)]
        if any(self._names(entry.step, name, effort) for entry in before):
            return True
        conditions = (made.entry.step.condition, made.write.condition)
        tests = [test for one in conditions if one is not None for test in tests_in(one)]
        texts = [f"{test.variable}\n{test.value}" for test in tests] + [made.write.value or ""]
        return any(re.search(whole(name), text.lower()) for text in texts)

    def _names(self, step: Step, name: str, effort: Effort) -> bool:
        text = self._texts.get(id(step))
        if text is None:
            text = self._texts[id(step)] = text_of(step)
        effort.spend(1 + len(text) // CHARACTERS)
        return names(step, name, text)
