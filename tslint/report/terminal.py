"""What a stream can show: how wide, and whether in colour."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def width(stream: TextIO) -> int:
    """Return the columns of the terminal, 80 where there is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def has_colour(stream: TextIO) -> bool:
    """Tell whether to paint: https://no-color.org, then https://force-color.org, else on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def is_terminal(stream: TextIO) -> bool:
    """Tell whether ``stream`` is a terminal that understands more than plain text."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"
