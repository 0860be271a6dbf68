"""Sets of characters, and what letters have in common in all cases."""

from typing import NamedTuple

# Each from one character to another, both included.
Ranges = tuple[tuple[str, str], ...]


class Characters(NamedTuple):
    """One character: one of ``exact``, or of ``letters`` in any case; with ``negated`` none of them."""

    exact: Ranges
    letters: Ranges = ()
    negated: bool = False

    def holds(self, character: str) -> bool:
        """Say whether a character is one of these."""
        found = _within(self.exact, character)
        if not found and self.letters:
            small = fold(character)
            large = small.upper()
            cases = (character, small, large if len(large) == 1 else small)
            found = any(_within(self.letters, each) for each in cases)
        return found != self.negated


def fold(character: str) -> str:
    """Return what a character has in common with the same letter in other cases: one character."""
    small = character.casefold()
    small = small if len(small) == 1 else character.lower()
    return small if len(small) == 1 else character


def _within(ranges: Ranges, character: str) -> bool:
    return any(first <= character <= last for first, last in ranges)
