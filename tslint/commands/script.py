"""Inline scripts of a Run PowerShell Script step: their text."""

from __future__ import annotations

import binascii
from functools import lru_cache

# Characters of base64. The largest script of public exports takes 76,000.
MAX_ENCODED = 1_000_000


@lru_cache(maxsize=16)  # each of a step's facts asks for its script
def decode(text: str) -> str | None:
    """Read base64 of UTF-16 or UTF-8, with or without byte-order mark; None if the text is not that.

    The console writes UTF-16LE with a byte-order mark; ``powershell -EncodedCommand`` takes it without.
    """
    if len(text) > MAX_ENCODED:
        return None
    try:
        data = binascii.a2b_base64("".join(text.split()), strict_mode=True)
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            decoded = data.decode("utf-16")
        elif b"\0" in data:
            decoded = data.decode("utf-16-le")
        else:
            decoded = data.decode("utf-8-sig")
    except ValueError:
        return None
    return None if "\0" in decoded else decoded
