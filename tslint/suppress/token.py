"""The token that suppresses findings in a comment or description: ``tslint: ignore[TS101] why``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.linter import MARK
from tslint.source.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nobody lists more rules at one step.
MAX_WORDS = 100
# Nor writes more tokens in one comment: each can become a finding. What follows is the reason of the last.
MAX_TOKENS = 100
# What is shown of a token that is wrong, and of a word that names no rule.
SHOWN = 60

_TOKEN = re.compile(r"\s*ignore\s*\[([^\[\]]*)\][\s:,;\u2013\u2014-]*(.*)", re.DOTALL)


class Token(NamedTuple):
    """``words`` name rules. There are none in a token that is ``malformed``, which is its text then."""

    words: tuple[str, ...]
    reason: str
    malformed: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text. The reason goes on to the next token or the end."""
    for piece in text.split(MARK, MAX_TOKENS)[1:]:
        match = _TOKEN.match(piece)
        words = tuple(dict.fromkeys(match[1].replace(",", " ").split())) if match else ()
        if match and 0 < len(words) <= MAX_WORDS:
            yield Token(words, printable(" ".join(match[2].split())))
        else:
            yield Token((), "", printable(" ".join(f"{MARK}{piece}".split()), SHOWN))
