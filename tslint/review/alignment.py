"""What a log tells, put beside a task sequence that may have been edited since.

Numbers decide, not names: names repeat. Between two edits the numbers of the log differ from those of the
sequence by the same amount. Where a name does not fit, that amount is looked for anew: the one with which
most of what follows fits again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.review.instructions import Instruction
    from tslint.review.log_events import Event

# So many following instructions are looked at to find where the log goes on.
_AHEAD = 8
# So many on each side are looked at where only a name does not fit.
_BESIDE = 3
# Instructions of a sequence that may be between two of the log where an edit is looked for; a skipped group
# in the log is no gap, its numbers are.
_WINDOW = 2_000


class Shift(NamedTuple):
    """From this number of the log on, numbers differ by ``by`` from those of the task sequence."""

    number: int
    by: int


class Alignment(NamedTuple):
    """Which instruction of the sequence each event of the log is: by the event's place in the log.

    ``starts`` counts the events with a number, ``size`` the instructions of the sequence.
    ``renamed`` are events whose place fits and whose name does not, ``unmatched`` those that fit nowhere.
    """

    found: dict[int, Instruction]
    starts: int
    size: int
    renamed: tuple[int, ...] = ()
    unmatched: tuple[int, ...] = ()
    shifts: tuple[Shift, ...] = ()


def align(events: Sequence[Event], table: Sequence[Instruction]) -> Alignment:
    """Put events beside the instructions of a sequence, which are in order of their numbers."""
    numbered = sorted(
        (event.pointer, place) for place, event in enumerate(events) if event.pointer is not None
    )
    return _Aligning(events, table, numbered).run()


class _Aligning:
    def __init__(
        self, events: Sequence[Event], table: Sequence[Instruction], numbered: list[tuple[int, int]]
    ) -> None:
        self._events, self._table, self._numbered = events, table, numbered
        self._by_name: dict[str, list[int]] = {}
        for place, one in enumerate(table):
            self._by_name.setdefault(one.name, []).append(place)
        self._found: dict[int, Instruction] = {}
        self._renamed: list[int] = []
        self._unmatched: list[int] = []
        self._shifts: list[Shift] = []

    def run(self) -> Alignment:
        shift, last = 0, -1
        for at, (number, place) in enumerate(self._numbered):
            if not self._fits(place, number + shift):
                better = self._shift(at, shift, last)
                if better is not None and better != shift:
                    shift = better
                    self._shifts.append(Shift(number, shift))
            where = number + shift
            if where > last and self._fits(place, where):
                self._found[place] = self._table[where]
            elif where > last and self._is_renamed(at, place, where):
                self._found[place] = self._table[where]
                self._renamed.append(place)
            else:
                self._unmatched.append(place)
                continue
            last = where
        self._nameless()
        return Alignment(
            self._found,
            len(self._numbered),
            len(self._table),
            tuple(self._renamed),
            tuple(self._unmatched),
            tuple(self._shifts),
        )

    def _fits(self, place: int, where: int) -> bool:
        """Say whether an event can be this instruction: by name, and by kind where the log tells it."""
        if not 0 <= where < len(self._table):
            return False
        event, one = self._events[place], self._table[where]
        return event.name == one.name and _same_kind(event, one)

    def _score(self, at: int, shift: int) -> int:
        """Count the instructions of the log from here on that fit with a shift."""
        following = self._numbered[at : at + _AHEAD]
        return sum(self._fits(place, number + shift) for number, place in following)

    def _shift(self, at: int, shift: int, last: int) -> int | None:
        """Return the shift with which most of what follows fits; None where this instruction fits nowhere."""
        best = self._best(at, shift, last)
        if best is None or self._score(at, best) <= self._score(at, shift):
            return None
        # a name alone may stand anywhere: where more fits without this one, it is not in the sequence
        following = None if at + 1 == len(self._numbered) else self._best(at + 1, shift, last)
        if following is not None and self._score(at + 1, following) > self._score(at, best):
            return None
        return best

    def _best(self, at: int, shift: int, last: int) -> int | None:
        number, place = self._numbered[at]
        places = self._by_name.get(self._events[place].name, ())
        shifts = [w - number for w in places if last < w <= last + _WINDOW and self._fits(place, w)]
        return max(shifts, key=lambda one: (self._score(at, one), -abs(one - shift)), default=None)

    def _is_renamed(self, at: int, place: int, where: int) -> bool:
        """Say whether only the name differs: the command is the same, or what is around it fits."""
        if not 0 <= where < len(self._table):
            return False
        event, one = self._events[place], self._table[where]
        if not _same_kind(event, one) or one.kind == "end":
            return False
        action = getattr(one.node, "action", "").strip()
        if event.command and action:
            return event.command.strip() == action
        beside = [*self._numbered[max(0, at - _BESIDE) : at], *self._numbered[at + 1 : at + 1 + _BESIDE]]
        shift = where - self._numbered[at][0]
        fitting = sum(self._fits(other, number + shift) for number, other in beside)
        return fitting >= max(2, min(_BESIDE, len(beside)))

    def _nameless(self) -> None:
        """Match events of which the log has no number by their name, where only one step has it."""
        for place, event in enumerate(self._events):
            if event.pointer is None:
                places = [p for p in self._by_name.get(event.name, ()) if self._fits(place, p)]
                if len(places) == 1:
                    self._found[place] = self._table[places[0]]


def _same_kind(event: Event, one: Instruction) -> bool:
    if event.kind == "unknown":
        return True
    # a step that calls a child task sequence may be logged like a group or like a step
    called = one.kind != "step" and one.entry is not None
    return event.kind == one.kind or (called and event.kind in ("step", "group", "end"))
