"""Words of which one is in each text in which a regular expression is found: others are not searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.regex.characters import Characters, fold
from tslint.regex.tree import Choice, Repeat, Sequence, literal

if TYPE_CHECKING:
    from tslint.regex.tree import Node

# More of them take as long to look for as the search that they spare.
_MOST = 40


def words_of(tree: Node) -> tuple[str, ...]:
    """Return the words, as ``str.casefold`` writes them; none where the tree names no such words.

    They are ASCII. Where ``fold`` makes such a letter of a character, ``str.casefold`` makes the same of it,
    and nothing else with it.
    """
    found = _words(tree)
    return found if len(found) <= _MOST else ()


def _words(node: Node) -> tuple[str, ...]:
    if isinstance(node, Sequence):
        return _best(node)
    if isinstance(node, Choice):
        found = [_words(part) for part in node.parts]
        return tuple(sorted({word for words in found for word in words})) if all(found) else ()
    if isinstance(node, Repeat):
        return _words(node.part) if node.least else ()
    character = _character(node)
    return (character,) if character else ()


def _best(sequence: Sequence) -> tuple[str, ...]:
    """Return the words of the part that says most: the one whose shortest word is longest."""
    run, found = "", list[tuple[str, ...]]()
    for part in sequence.parts:
        character = _character(part)
        run = run + character if character else ""
        found.append((run,) if run else _words(part))
    return max((words for words in found if words), key=lambda words: min(map(len, words)), default=())


def _character(node: Node) -> str:
    """Return the one character that a part takes, as ``fold`` gives it, "" for any other part."""
    if not isinstance(node, Characters):
        return ""
    first = (*node.letters, *node.exact, ("", ""))[0][0]
    takes_one = first.isascii() and node in (literal(first), literal(first, any_case=False))
    return fold(first) if takes_one else ""
