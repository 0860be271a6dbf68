"""Texts in which some ``%variables%`` are known and some are not.

A Text is a tuple of parts: str for what is known, Unknown for what is not. No two str stand side by side,
none is empty; the empty Text is the empty string.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

# A task sequence variable's name inside percent signs; a name has no blanks at its ends:
# https://learn.microsoft.com/intune/configmgr/osd/understand/using-task-sequence-variables#bkmk_set
REFERENCE = re.compile(r"%([^%\s\\/:;\"'<>|=](?:[^%\r\n\\/:;\"'<>|=]{0,255}[^%\s\\/:;\"'<>|=])?)%")


class Unknown(NamedTuple):
    """A value that the task sequence does not tell.

    ``origin`` is -1 for what the variable held before the sequence began, otherwise the order of the step
    that wrote it. ``spelling`` is how the sequence writes the name; it does not tell values apart.
    """

    variable: str
    origin: int
    spelling: str = ""

    def __eq__(self, other: object) -> bool:
        """Equal when it is the same value, however spelled."""
        return isinstance(other, Unknown) and self.variable == other.variable and self.origin == other.origin

    def __hash__(self) -> int:
        return hash((self.variable, self.origin))


Text = tuple[str | Unknown, ...]


def join(parts: Iterable[str | Unknown]) -> Text:
    """Make a Text: merge neighbouring strings, drop empty ones."""
    merged: list[str | Unknown] = []
    for part in parts:
        if isinstance(part, str):
            if not part:
                continue
            if merged and isinstance(merged[-1], str):
                merged[-1] += part
                continue
        merged.append(part)
    return tuple(merged)


def literal(text: Text) -> str | None:
    """Return the string that a fully known Text is, None if a part is unknown."""
    if not text:
        return ""
    return text[0] if len(text) == 1 and isinstance(text[0], str) else None


def spell(text: Text) -> str:
    """Return the Text as a person would write it, unknown parts as ``%name%``."""
    return "".join(p if isinstance(p, str) else f"%{p.spelling or p.variable}%" for p in text)


def meant(text: Text) -> str:
    """Return what tells a text from others: case and spelling do not, the step that wrote a variable does."""
    return "".join(p.lower() if isinstance(p, str) else f"%{p.variable}\0{p.origin}%" for p in text)


def references(source: str) -> list[str | tuple[str]]:
    """Cut a string at its ``%names%``: plain pieces as str, names as 1-tuples, in order."""
    pieces: list[str | tuple[str]] = []
    end = 0
    for match in REFERENCE.finditer(source):
        pieces += (source[end : match.start()], (match.group(1),))
        end = match.end()
    pieces.append(source[end:])
    return pieces
