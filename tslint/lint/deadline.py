"""When a run has to end."""

from __future__ import annotations

import time


class Deadline:
    """So many seconds from now; 0 is never."""

    def __init__(self, seconds: float = 0) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float | None:
        """The seconds that are left, None for ever."""
        return max(self._end - time.monotonic(), 0) if self.seconds else None

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.left == 0
