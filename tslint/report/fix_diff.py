"""What mends change in a file, as a unified diff."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from tslint.report.mask import MASK

if TYPE_CHECKING:
    from tslint.report.mask import Mask


# What diff and git say of a last line without an end.
_NO_END = "\n\\ No newline at end of file\n"


def fix_diff(name: str, before: str, after: str, mask: Mask) -> str:
    """Return the difference between two texts of one file, its secrets taken out."""
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(_shown(line, mask) + ("" if line.endswith("\n") else _NO_END) for line in lines)


def _shown(line: str, mask: Mask) -> str:
    """Return a line without its secrets; of one that hides them behind character references only that."""
    shown = mask(line)
    if not mask.hides_in(shown):
        return shown
    return line[0] + MASK + ("\n" if line.endswith("\n") else "")


def _lines(text: str) -> list[str]:
    """Split at line feeds only: any other line end is part of a line, and shows where it changes."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
