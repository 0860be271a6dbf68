"""Regular expressions compiled at their first use: to compile them all takes longer than a small run."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _LazyPattern:
    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Compile, and have the method at hand from now on."""
        method = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, method)
        return method


def lazy_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what can be used like ``re.compile(text, flags)``. Raises re.error at the first use."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(text, flags))
