"""Two versions of a text, line by line."""

from __future__ import annotations

from difflib import unified_diff

# Lines of one text that are shown: nobody reads more in a list of changes.
MOST_LINES = 60
# Lines around a changed line.
_AROUND = 2


def line_changes(old: str | None, new: str | None) -> list[tuple[str, str]]:
    """Return lines with a sign before each: ``-`` gone, ``+`` new, a blank what stays; None has no lines.

    A short text is told whole, of a long one what is around the changes, with ``...`` between.
    """
    before, after = (value.split("\n") if value else [] for value in (old, new))
    around = len(before) + len(after) if len(before) + len(after) <= MOST_LINES else _AROUND
    lines = list(unified_diff(before, after, n=around, lineterm=""))[2:]
    if around > _AROUND:
        del lines[:1]  # of one hunk that is the whole text
    return [(line[:1], line[1:]) if line[0] != "@" else (" ", "...") for line in lines]
