"""Faults of tslint in what is made of findings after they are found: how to mend them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.finding import Place
from tslint.lint.result import Crash

if TYPE_CHECKING:
    from tslint.lint.finding import Finding


class Crashes:
    """Collects faults, each once: one on each finding of a rule is the same fault."""

    def __init__(self) -> None:
        self._found: dict[Crash, None] = {}

    def add(self, finding: Finding, error: Exception) -> None:
        """Note that something failed on a finding."""
        from tslint.lint.error_origin import origin_of

        place = finding.place
        origin = place.document.origin if isinstance(place, Place) else place.origin
        self._found[Crash(finding.rule, origin, origin_of(error))] = None

    @property
    def found(self) -> tuple[Crash, ...]:
        """The faults so far."""
        return tuple(self._found)
