"""What a regular expression, or a glob, consists of."""

from typing import NamedTuple

from tslint.regex.characters import Characters, fold


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


def size(tree: Node) -> int:
    """Count the characters and places of a tree, repetitions written out. What is empty counts as one."""
    if isinstance(tree, Repeat):
        return size(tree.part) * max(tree.least, tree.most or 1)
    if isinstance(tree, Sequence | Choice):
        return max(1, sum(map(size, tree.parts)))
    return 1
