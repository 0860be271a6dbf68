"""Names from files, made safe to show."""

from __future__ import annotations

import re

from tslint.source.bounds import MAX_NAME

# Control characters forge log lines and workflow commands, bidirectional ones reorder what is read, and lone
# surrogates (how Python passes on a file name that is not text) cannot be written at all. Not compiled here:
# hardly any run needs it.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def printable(name: str, limit: int = MAX_NAME) -> str:
    """Return ``name`` on one line: unsafe characters as U+FFFD, and cut to ``limit`` characters."""
    shown = name if len(name) <= limit else name[: limit - 1] + "…"
    return shown if shown.isprintable() else re.sub(_UNSAFE, "\ufffd", shown)
