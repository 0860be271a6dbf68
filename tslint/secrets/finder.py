"""Where secrets stand in a text, found in one pass over it, however many there are.

The algorithm is that of Aho and Corasick: all secrets as one tree of characters, and from each node a link to
the longest other beginning of a secret that the text read so far ends with. See
https://en.wikipedia.org/wiki/Aho%E2%80%93Corasick_algorithm.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from tslint.regex.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Those that PowerShell takes for the same quote, and so doubles inside of it.
_QUOTES = re.compile("['\u2018-\u201b]")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))
# Where a text begins like a longer secret, all the rest of it is one: messages may have cut it.
LONGEST_SECRET = 100
# Shorter secrets are found where they stand alone: a PIN of 12 is not looked for in 2012.
_ANYWHERE = 4


class _Node:
    """A beginning of secrets, of which ``next`` gives those one character longer.

    ``back`` is the longest other beginning that it ends with. ``lengths`` are those of the secrets that it
    ends with, the longest first, up to one that is found anywhere: that takes in all shorter ones. ``cut``
    tells that a longer secret was cut here.
    """

    __slots__ = ("back", "cut", "lengths", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.back = self
        self.lengths: tuple[int, ...] = ()
        self.cut = False


class SecretFinder:
    """Finds secrets in any case, and as XML and PowerShell write them."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._root = _Node()
        for secret in secrets:
            for form in _forms(secret[: LONGEST_SECRET + 1]):
                self._add(form)
        self._link()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return begin and end of each stretch that secrets take up in a text, in order."""
        found: list[tuple[int, int]] = []
        for begin, end in self._ends(text):
            first = begin
            while found and first < found[-1][1]:
                first = min(first, found.pop()[0])
            found.append((first, end))
        return found

    def _ends(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield begin and end of each secret, in order of ends."""
        node = root = self._root
        for end, character in enumerate(_folded(text), start=1):
            following = node.next.get(character)
            while following is None and node is not root:
                node = node.back
                following = node.next.get(character)
            if following is None:
                continue
            node = following
            if node.cut:
                yield end - LONGEST_SECRET, len(text)
                return
            for length in node.lengths:
                if length >= _ANYWHERE or _is_alone(text, end - length, end):
                    yield end - length, end
                    break

    def _add(self, form: str) -> None:
        node = self._root
        for character in _folded(form[:LONGEST_SECRET]):
            if character not in node.next:
                node.next[character] = _Node()
            node = node.next[character]
        node.lengths = (len(form),)
        node.cut = node.cut or len(form) > LONGEST_SECRET

    def _link(self) -> None:
        """Link the nodes, those of shorter beginnings first: each link follows from that of the parent."""
        todo = deque([self._root])
        while todo:
            node = todo.popleft()
            for character, child in node.next.items():
                child.back = self._root if node is self._root else self._behind(node, character)
                if not child.lengths or child.lengths[0] < _ANYWHERE:
                    child.lengths += child.back.lengths
                todo.append(child)

    def _behind(self, node: _Node, character: str) -> _Node:
        """Return the longest beginning that ends with this character, after one that a node ends with."""
        back = node.back
        while character not in back.next and back is not self._root:
            back = back.back
        return back.next.get(character, self._root)


def _forms(text: str) -> Iterator[str]:
    """Yield a text as it is, as PowerShell quotes it, as XML writes it, and as XML inside XML does."""
    yield text
    if _QUOTES.search(text):
        yield _QUOTES.sub(r"\g<0>\g<0>", text)
    for _ in range(2):
        for character, entity in _ESCAPES:
            text = text.replace(character, entity)
        yield text


def _folded(text: str) -> str:
    """Return a text of the same length that is the same in any case."""
    return text.lower() if text.isascii() else "".join(map(fold, text))


def _is_alone(text: str, begin: int, end: int) -> bool:
    """Say whether a stretch of text that begins or ends like a word does not go on like one."""
    return not (_in_word(text, begin) or _in_word(text, end))


def _in_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and all(each.isalnum() or each == "_" for each in text[at - 1 : at + 1])
