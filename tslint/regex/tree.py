"""What a regular expression, or a glob, consists of."""

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


class Anchor(NamedTuple):
    """A place between characters: ``start``, ``end``, ``line start``, ``line end``, ``edge``, ``no edge``.

    The edges are those of words.
    """

    kind: str


class Sequence(NamedTuple):
    """One part after the other."""

    parts: "tuple[Node, ...]"


class Choice(NamedTuple):
    """Any of the parts."""

    parts: "tuple[Node, ...]"


class Repeat(NamedTuple):
    """A part so many times; ``most`` is None for any number."""

    part: "Node"
    least: int
    most: int | None


Node = Characters | Anchor | Sequence | Choice | Repeat

LAST = chr(0x10FFFF)
ANY = Characters((("\0", LAST),))


def literal(character: str, *, any_case: bool = True) -> Characters:
    """Return what one character is, in any case unless this says otherwise."""
    if not any_case:
        return Characters(((character, character),))
    small = fold(character)
    return Characters((), ((small, small),))


def fold(character: str) -> str:
    """Return what a character has in common with the same letter in other cases: one character."""
    small = character.casefold()
    small = small if len(small) == 1 else character.lower()
    return small if len(small) == 1 else character


def size(tree: Node) -> int:
    """Count the characters and places of a tree, repetitions written out. What is empty counts as one."""
    if isinstance(tree, Repeat):
        return size(tree.part) * max(tree.least, tree.most or 1)
    if isinstance(tree, Sequence | Choice):
        return max(1, sum(map(size, tree.parts)))
    return 1


def _within(ranges: Ranges, character: str) -> bool:
    return any(first <= character <= last for first, last in ranges)
