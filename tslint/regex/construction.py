"""How regular expressions become automata, after Glushkov.

https://en.wikipedia.org/wiki/Glushkov%27s_construction_algorithm. Those of the built-in rules are made when
the rules are compiled.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tslint.regex.automaton import Automaton, positions
from tslint.regex.syntax import parse
from tslint.regex.tree import Anchor, Choice, Repeat, Sequence, literal
from tslint.regex.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.regex.characters import Characters
    from tslint.regex.tree import Node


class _Span(NamedTuple):
    """A part of the expression: whether it can be empty, and where it can begin and end."""

    empty: bool
    first: int
    last: int


# To take up a part takes as long as so many connections.
_PART = 8
_NOTHING = _Span(empty=True, first=0, last=0)


class _Construction:
    """Makes the automaton of one tree."""

    def __init__(self, tree: Node) -> None:
        self.after: list[int] = []
        self.literals: dict[str, int] = {}
        self.sets: dict[Characters, int] = {}
        self.places: dict[str, int] = {}
        self.work = 0
        self._whole = self._add(tree)

    def automaton(self) -> Automaton:
        whole, end = self._whole, 1 << len(self.after)
        start = whole.first | (end if whole.empty else 0)
        self._connect(whole.last, end)
        return Automaton(
            start, tuple(self.after), end, self.literals, tuple(self.sets.items()), self.places, self.work
        )

    def _add(self, node: Node) -> _Span:
        self.work += _PART
        if isinstance(node, Sequence):
            span = _NOTHING
            for part in node.parts:
                span = self._join(span, self._add(part))
            return span
        if isinstance(node, Choice):
            spans = [self._add(part) for part in node.parts]
            empty = any(span.empty for span in spans)
            return _Span(empty, _union(span.first for span in spans), _union(span.last for span in spans))
        if isinstance(node, Repeat):
            return self._repeat(node)
        return self._position(node)

    def _position(self, node: Characters | Anchor) -> _Span:
        bit = 1 << len(self.after)
        self.after.append(0)
        if isinstance(node, Anchor):
            self.places[node.kind] = self.places.get(node.kind, 0) | bit
            return _Span(False, bit, bit)
        letter = node.letters[0][0] if node.letters else ""
        if node == literal(letter):
            self.literals[letter] = self.literals.get(letter, 0) | bit
        else:
            self.sets[node] = self.sets.get(node, 0) | bit
        return _Span(False, bit, bit)

    def _join(self, one: _Span, other: _Span) -> _Span:
        """Put one part after another."""
        self._connect(one.last, other.first)
        return _Span(
            one.empty and other.empty,
            one.first | (other.first if one.empty else 0),
            other.last | (one.last if other.empty else 0),
        )

    def _repeat(self, node: Repeat) -> _Span:
        """Write a repetition out: behind each copy that need not be followed by another it may end."""
        span, last, empty = _NOTHING, 0, node.least == 0
        for number in range(1, (max(node.least, 1) if node.most is None else node.most) + 1):
            copy = self._add(node.part)
            span = self._join(span, copy)
            if number >= node.least:
                last |= span.last
            if number == node.least:
                empty = span.empty
            if node.most is None and number >= node.least:
                self._connect(copy.last, copy.first)
        return _Span(empty, span.first, last)

    def _connect(self, last: int, first: int) -> None:
        """Let each position of ``first`` come after each of ``last``."""
        for position in positions(last):
            self.after[position] |= first
            self.work += 1


def _union(sets: Iterator[int]) -> int:
    found = 0
    for each in sets:
        found |= each
    return found


@lru_cache(maxsize=1000)
def automaton_of(regex: str) -> Automaton:
    """Return the automaton of a regular expression. Raises RegexError."""
    return automaton_of_tree(parse(regex))


def automaton_of_tree(tree: Node) -> Automaton:
    """Return the automaton of a regular expression that is read."""
    return _Construction(tree).automaton()._replace(words=words_of(tree))
