"""Names from files, made safe to show; and how many of a thing there are."""

from __future__ import annotations

import re

from tslint.source.bounds import MAX_NAME, MAX_PATH

# Control characters forge log lines and workflow commands, bidirectional ones reorder what is read, and lone
# surrogates (how Python passes on a file name that is not text) cannot be written at all. Not compiled here:
# hardly any run needs it.
UNSAFE = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def shortened(text: str, limit: int = MAX_NAME) -> str:
    """Return ``text``, cut to ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def step_path(path: str) -> str:
    """Return the path of a step, of which the end says most: cut in front to MAX_PATH characters."""
    return path if len(path) <= MAX_PATH else "…" + path[1 - MAX_PATH :]


def printable(name: str, limit: int = MAX_NAME) -> str:
    """Return ``name`` on one line: unsafe characters as U+FFFD, and cut to ``limit`` characters."""
    shown = shortened(name, limit)
    return shown if shown.isprintable() else re.sub(UNSAFE, "\ufffd", shown)


def count(number: int, noun: str) -> str:
    """Return ``1 file``, ``2 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
