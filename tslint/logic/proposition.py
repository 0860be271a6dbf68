"""What the conditions of one task sequence can be about, one proposition each, numbered as they are met.

Propositions about the same value get neighbouring numbers.
"""

from typing import NamedTuple

from tslint.logic.text import Text, Unknown

# Numbers of propositions about one value lie in one block of this size.
_BLOCK = 1 << 20

# What a proposition is about: an unknown value, a thing on the computer (tslint/logic/thing.py), or the text
# of a test that has nothing to do with others.
Subject = Unknown | Text | str


class Proposition(NamedTuple):
    """``place`` is where it was first met."""

    subject: Subject
    operator: str
    value: str
    spelling: str = ""
    place: tuple[int, int] | None = None  # order of a step, element of a test that lets it run


class Literal(NamedTuple):
    """A proposition that must hold, or must not."""

    proposition: int
    holds: bool


def in_order(literal: Literal) -> tuple[int, bool, int]:
    """Sort literals: by the value, as it was met; of one value what it is before what it is not."""
    return literal.proposition // _BLOCK, not literal.holds, literal.proposition


class Register:
    """All propositions met so far, by number.

    ``place`` is where those that are met now stand. ``outcomes`` are those that say that a step succeeds.
    """

    def __init__(self) -> None:
        self.place: tuple[int, int] | None = None
        self.outcomes: set[int] = set()
        self._blocks: dict[Subject, int] = {}
        self._members: list[list[int]] = []
        self._numbers: dict[tuple[Subject, str, str], int] = {}
        self._known: dict[int, Proposition] = {}

    def __getitem__(self, number: int) -> Proposition:
        """Return the proposition of a number."""
        return self._known[number]

    def number(self, subject: Subject, operator: str, value: str, spelling: str) -> int:
        """Return the number of a proposition; equal ones have one, however they are spelled."""
        key = (subject, operator, value)
        number = self._numbers.get(key)
        if number is None:
            block = self._blocks.get(subject)
            if block is None:
                block = self._blocks[subject] = len(self._members)
                self._members.append([])
            members = self._members[block]
            number = self._numbers[key] = block * _BLOCK + len(members)
            members.append(number)
            self._known[number] = Proposition(subject, operator, value, spelling, self.place)
        return number

    def same_value(self, number: int) -> list[int]:
        """Return the propositions about the same value, in order."""
        return self._members[number // _BLOCK]

    def find(self, subject: Subject, operator: str, value: str) -> int | None:
        """Return the number of a proposition that was met, None where it was not."""
        return self._numbers.get((subject, operator, value))
