"""The colours of a terminal, by what is painted in them."""

from __future__ import annotations

_COLOURS = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "bold": "1",
    "dim": "2",
    "heading": "1;34",
    "code": "36",
    # what changed
    "added": "32",
    "removed": "31",
    "changed": "33",
    "moved": "36",
    "meaning": "35",
    # what runs, or ran
    "runs": "32",
    "success": "32",
    "fails": "31",
    "failed": "31",
    "depends": "33",
    "unfinished": "33",
    "skipped": "2",
}


def paint(name: str, text: str, *, on: bool) -> str:
    """Return ``text`` in a colour where colours are ``on`` and there is something to paint."""
    return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if on and text else text
