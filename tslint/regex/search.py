"""Whether a regular expression is found in a text, in one pass over it.

The automaton is in all positions at once that the text so far allows: such a set of positions is a state.
What follows from a state and a character is worked out when it is met first, which takes at most one look at
each position, and is remembered. Nothing is ever tried and taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.regex.automaton import positions
from tslint.regex.characters import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.regex.automaton import Automaton

# What follows from a state and a character: past so many of them all are forgotten, as a regular expression
# made to have ever new states would take all memory.
MOST_REMEMBERED = 2_000

# In the time of one step of work so many characters are looked through, so many positions are passed on from,
# so much is done to make an automaton. Words are looked for in so many characters.
_CHARACTERS, _POSITIONS, _MADE, _LOOKED = 50, 8, 5, 1_000

# What a character is to the places beside it; _EDGE is the end of the text, on either side.
_OTHER, _WORD, _NEWLINE, _EDGE = range(4)
_PLACES: dict[str, Callable[[int, int], bool]] = {
    "start": lambda before, _: before == _EDGE,
    "end": lambda _, after: after == _EDGE,
    "line start": lambda before, _: before >= _NEWLINE,
    "line end": lambda _, after: after >= _NEWLINE,
    "edge": lambda before, after: (before == _WORD) != (after == _WORD),
    "no edge": lambda before, after: (before == _WORD) == (after == _WORD),
}


class _State(dict[str, "_State"]):
    """By the next character, what follows. ``taken`` are the positions that took the last character."""

    __slots__ = ("_search", "before", "taken")

    def __init__(self, search: Search, taken: int, before: int) -> None:
        super().__init__()
        self._search, self.taken, self.before = search, taken, before

    def __missing__(self, character: str) -> _State:
        return self._search.follow(self, character)


class Search:
    """Looks for one regular expression in texts. ``spend`` is told the steps of work that it takes."""

    def __init__(self, automaton: Automaton, spend: Callable[[int], object] = int) -> None:
        spend(1 + automaton.work // _MADE)
        self._automaton, self._spend = automaton, spend
        self._found = _State(self, 0, _OTHER)
        self._states: dict[tuple[int, int], _State] = {}
        self._taking: dict[str, int] = {}
        self._holding: dict[tuple[int, int], int] = {}
        self._remembered = 0

    def finds(self, text: str) -> bool:
        """Say whether the regular expression is found in a text. Raises what ``spend`` raises."""
        if not self._may_find(text):
            return False
        self._spend(len(text) // _CHARACTERS)
        state, found = self._state(0, self._kind("")), self._found
        for character in text:
            state = state[character]
            if state is found:
                return True
        return bool(self._active(state, _EDGE) & self._automaton.end)

    def _may_find(self, text: str) -> bool:
        """Say whether one of the words that cannot be missing is there."""
        words = self._automaton.words
        if not words:
            return True
        self._spend(1 + len(text) * len(words) // _LOOKED)
        folded = text.casefold()
        return any(word in folded for word in words)

    def follow(self, state: _State, character: str) -> _State:
        """Work out what follows from a state and a character."""
        self._spend(2 + state.taken.bit_count() // _POSITIONS)
        after = self._kind(character)
        active = self._active(state, after)
        if active & self._automaton.end:
            following = self._found
        else:
            following = self._state(active & self._taken_by(character), after)
        self._remembered += 1
        if self._remembered > MOST_REMEMBERED:
            self._forget()
        state[character] = following
        return following

    def _active(self, state: _State, after: int) -> int:
        """Return the positions that may come next, between a state and a character of this kind."""
        automaton = self._automaton
        active = automaton.start  # it may begin anywhere
        for position in positions(state.taken):
            active |= automaton.after[position]
        holding = self._holds(state.before, after) if automaton.places else 0
        passed = 0
        while waiting := active & holding & ~passed:
            passed |= waiting
            self._spend(waiting.bit_count() // _POSITIONS)
            for position in positions(waiting):
                active |= automaton.after[position]
        return active

    def _holds(self, before: int, after: int) -> int:
        """Return the positions that are places, and such as are between these kinds of characters."""
        holding = self._holding.get((before, after))
        if holding is None:
            holding = 0
            for kind, bits in self._automaton.places.items():
                holding |= bits if _PLACES[kind](before, after) else 0
            self._holding[before, after] = holding
        return holding

    def _taken_by(self, character: str) -> int:
        """Return the positions that take a character."""
        taking = self._taking.get(character)
        if taking is None:
            self._spend(len(self._automaton.sets))
            taking = self._automaton.literals.get(fold(character), 0)
            for characters, bits in self._automaton.sets:
                taking |= bits if characters.holds(character) else 0
            self._taking[character] = taking
        return taking

    def _kind(self, character: str) -> int:
        """Return what a character is to the places beside it, "" being an end of the text."""
        if not self._automaton.places:
            return _OTHER
        if not character:
            return _EDGE
        word = character.isascii() and (character.isalnum() or character == "_")
        return _WORD if word else _NEWLINE if character == "\n" else _OTHER

    def _state(self, taken: int, before: int) -> _State:
        state = self._states.get((taken, before))
        if state is None:
            state = self._states[taken, before] = _State(self, taken, before)
        return state

    def _forget(self) -> None:
        """Forget everything; states that know one another would otherwise stay as long as one is in use."""
        for state in self._states.values():
            state.clear()
        self._states.clear()
        self._taking.clear()
        self._remembered = 0
