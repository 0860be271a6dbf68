"""What a stream can show: how wide, and whether in colour."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TextIO


NARROWEST, WIDEST = 40, 100


class Screen(NamedTuple):
    """What somebody reads on: its columns, and whether in colour."""

    width: int = 80
    colour: bool = False

    @property
    def readable_width(self) -> int:
        """The columns for text: lines that are longer are hard to read, shorter ones hold too little."""
        return min(max(self.width, NARROWEST), WIDEST)


def screen_of(stream: TextIO) -> Screen:
    """Tell what a stream can show."""
    return Screen(width(stream), has_colour(stream))


def width(stream: TextIO) -> int:
    """Return the columns of the terminal, 80 where there is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def has_colour(stream: TextIO) -> bool:
    """Tell whether to paint: https://no-color.org, then https://force-color.org, else on a terminal.

    Where the terminal is the console of Windows, it is made ready for colour.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return (is_terminal(stream) and _obeys_colour(stream)) or bool(os.environ.get("FORCE_COLOR"))


def is_terminal(stream: TextIO) -> bool:
    """Tell whether ``stream`` is a terminal that understands more than plain text."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _obeys_colour(stream: TextIO) -> bool:
    """Have the console of Windows obey escape sequences, and tell whether the terminal does.

    Before Windows 10 it cannot, and colorama puts a translator in the place of the stream: this one gets
    plain text.
    """
    if sys.platform == "win32":
        from colorama import just_fix_windows_console

        just_fix_windows_console()
        return stream in {sys.stdout, sys.stderr}
    return True


def shown_on_terminal(text: str) -> str:
    """Return lines with nothing in them that a terminal obeys."""
    from tslint.report.escape import escape

    return "\n".join(escape(line.rstrip("\r")) for line in text.split("\n"))
