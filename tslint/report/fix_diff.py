"""What mends change in a file, as a unified diff."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.report.mask import Mask


# What diff and git say of a last line without an end.
_NO_END = "\n\\ No newline at end of file\n"


def fix_diff(name: str, before: str, after: str, mask: Mask) -> str:
    """Return the difference between two texts of one file, its secrets taken out."""
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(mask(line) + ("" if line.endswith("\n") else _NO_END) for line in lines)


def _lines(text: str) -> list[str]:
    """Split at line feeds only: any other line end is part of a line, and shows where it changes."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
