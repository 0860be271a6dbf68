"""Globs over file paths and step paths, matched in linear time: they come from pull requests too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.regex.characters import Characters
from tslint.regex.construction import automaton_of_tree
from tslint.regex.search import Search
from tslint.regex.tree import ANY, Anchor, Repeat, Sequence, literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.regex.tree import Node

_PIECE = re.compile(r"(?P<folders>(?:\*\*/)+)|(?P<all>\*\*)|(?P<some>\*)|(?P<one>\?)|.", re.DOTALL)
_ONE = Characters((("/", "/"),), negated=True)
_ALL = Repeat(ANY, 0, None)
_MEANS: dict[str, Node] = {
    "folders": Repeat(Sequence((_ALL, literal("/"))), 0, 1),
    "all": _ALL,
    "some": Repeat(_ONE, 0, None),
    "one": _ONE,
}
# A folder, a group or a zip takes in everything below it.
_BELOW = Repeat(Sequence((Repeat(literal("!"), 0, 1), literal("/"), _ALL)), 0, 1)


def compiled(glob: str, *, ignore_case: bool) -> Callable[[str], bool]:
    """Return the test of a path with forward slashes: ``**`` any folders, ``*`` anything but /, ``?`` one.

    A glob that names a folder, a group or a zip takes in everything below it.
    """
    pieces = [
        _MEANS[piece.lastgroup] if piece.lastgroup else literal(piece[0], any_case=ignore_case)
        for piece in _PIECE.finditer(glob.removeprefix("./").rstrip("/"))
    ]
    return Search(automaton_of_tree(Sequence((Anchor("start"), *pieces, _BELOW, Anchor("end"))))).finds
