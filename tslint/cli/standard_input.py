"""Standard input, which a shell may have encoded anew on the way."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tslint.source.bounds import MAX_FILE
from tslint.source.encoding import UTF_8_PIPE

if TYPE_CHECKING:
    from typing import TextIO

# In a name a question mark hardly ever stands before a small letter: "Zur?ck", "?bersicht".
_LOST = rb'\sname="[^"<]*\?[a-z]'
_TOLD = (
    "tslint: names in standard input have ? in them: where that was a letter such as ü, PowerShell lost it "
    f"on the way; name the file instead, or say {UTF_8_PIPE} before\n"
)


class StandardInput:
    """Standard input: read once, at most a byte more than a file may have."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._data = b""

    def read(self) -> bytes:
        """Return what was piped to this process, however often it is asked for."""
        self._data = self._data or self._stream.buffer.read(MAX_FILE + 1)
        return self._data

    def lost_letters(self) -> str:
        """Return a line that says so where letters seem to have been lost on the way, else nothing."""
        lost = sys.platform == "win32" and self._data.isascii() and re.search(_LOST, self._data)
        return _TOLD if lost else ""
