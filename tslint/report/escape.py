"""Text from the input as a terminal may see it: nothing in it moves the cursor, recolours or reorders."""

from __future__ import annotations


def escape(text: str) -> str:
    r"""Return ``text`` with control, bidirectional and other unprintable characters as ``\x1b``, ``\u202e``.

    Names of files and steps come from strangers: printed raw they could rewrite what the terminal shows.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u3000" else escaped(char) for char in text)


def inert(text: str) -> str:
    r"""Return lines with the second colon of ``::`` at their beginning as ``\x3a``, and ``##[`` likewise.

    GitHub Actions and Azure Pipelines obey such lines of a log, and names must not become commands.
    """
    if "::" not in text and "##" not in text:
        return text
    import re

    return re.sub(
        r"(?m)^(\s*):(?=:)|#(?=#(?:vso)?\[)", lambda found: f"{found[1] or ''}\\x{ord(found[0][-1]):x}", text
    )


def escaped(char: str) -> str:
    """Return one character as a backslash escape."""
    return char.encode("unicode_escape").decode("ascii")


def columns(text: str) -> int:
    """Return the columns ``text`` takes: East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
