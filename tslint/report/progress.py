"""A line on the terminal that tells how far a long run has come, without escape sequences."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tslint.report.escape import columns, escape
from tslint.source.printable import count

if TYPE_CHECKING:
    from typing import TextIO

# seconds: a run shorter than this shows nothing; a longer one shows a new name so often
PATIENCE, PAUSE = 0.7, 0.1


class Progress:
    """Call it with the number of files read and the name of the next; ``close`` wipes the line."""

    def __init__(self, stream: TextIO, width: int) -> None:
        self._stream, self._width = stream, width
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def __call__(self, number: int, name: str) -> None:
        """Show ``number`` and the end of ``name``, unless the last was shown a moment ago."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next, self._shown = now + PAUSE, True
        line = f"{count(number, 'file')}  {escape(name)}"
        while columns(line) >= self._width:
            line = line[:-1]
        self._show(line)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._shown:
            self._show("")
            self._stream.write("\r")
            self._stream.flush()

    def _show(self, line: str) -> None:
        self._stream.write(f"\r{line}{' ' * (self._width - 1 - columns(line))}")
        self._stream.flush()
