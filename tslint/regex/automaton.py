"""A regular expression as an automaton: which characters and places of it can come after which.

Each character and each place of it, repetitions written out, is a position: a bit. A set of them is an int.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tslint.regex.characters import Characters


class Automaton(NamedTuple):
    """What is made of a regular expression once (see construction.py) and never changes.

    ``start`` is where it can begin, ``after`` what can come after each position, ``end`` the bit that says
    that all of it was found. ``literals`` gives the positions that take one character in any case, by that
    character as ``fold`` gives it; ``sets`` those that take others, ``places`` those between characters.
    ``work`` counts what it took to make. Of ``words`` one is in every text in which it is found (words.py).
    """

    start: int
    after: tuple[int, ...]
    end: int
    literals: Mapping[str, int]
    sets: tuple[tuple[Characters, int], ...]
    places: Mapping[str, int]
    work: int
    words: tuple[str, ...] = ()


def positions(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
