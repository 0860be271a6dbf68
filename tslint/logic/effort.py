"""What judging one task sequence may cost, in steps of work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Steps of work that one task sequence may cost in all: a few seconds at the most. Real sequences need less
# than a hundredth; only formulas made to explode reach it, and what rules could not decide is a finding. All
# task sequences of one file may cost two thirds more.
MAX_EFFORT = 1_500_000
# Pairs of nodes that may be visited to explain all findings of one task sequence; past that each has what a
# small one needs.
MAX_ALL_VISITS = 1_000_000
# To look at this many nodes takes as long as a step of work that makes one.
LOOKS = 8


class EffortExceededError(Exception):
    """The bound on the work for one task sequence was met: the question stays undecided."""


class Effort:
    """What may still be spent on one task sequence, in steps; shared by all its formulas.

    ``left`` is what may be spent on what is done now, in the beginning all there is. ``visits`` are what may
    still be visited to explain findings; no rule is charged for them.
    """

    def __init__(self, total: int = MAX_EFFORT) -> None:
        self._kept, self.left = 0, total
        self.visits = MAX_ALL_VISITS

    def begin(self, most: int) -> None:
        """Begin something that may cost so much, so that nothing hard takes all from what comes later."""
        unspent = self.unspent
        self.left = min(most, unspent)
        self._kept = unspent - self.left

    @contextmanager
    def lent(self, most: int) -> Iterator[None]:
        """Let something cost so much and charge nobody: what tells of a finding takes nothing from rules."""
        left, self.left = self.left, most
        try:
            yield
        finally:
            self.left = left

    @property
    def unspent(self) -> int:
        """What the task sequence has not needed so far."""
        return self._kept + max(self.left, 0)

    def spend(self, steps: int) -> None:
        """Charge work. Raises EffortExceededError where the bound is met."""
        self.left -= steps
        if self.left < 0:
            raise EffortExceededError
