"""Inline scripts of a Run PowerShell Script step: their text, and the task sequence variables they name."""

from __future__ import annotations

import binascii
from functools import lru_cache

from tslint.source.lazy_pattern import lazy_pattern

# Characters of base64. The largest script of public exports takes 76,000.
MAX_ENCODED = 1_000_000

_NAME = r"""\\?["']([A-Za-z_][\w.-]{0,255})\\?["']"""
_ACCESS = lazy_pattern(
    rf"""(?ix) \.value\(\s*+ {_NAME} \s*+\) (\s*+\+?=(?!=))?
    | \bset-tsvariable\s++ (?:-(?:name|variable\w*+)[\s:]++)? ["']?([a-z_][\w.-]{{0,255}})
    | \$\{{?tsenv: ([a-z_][\w.-]{{0,255}}) \}}? (\s*+\+?=(?!=))?
    """
)


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


def names(text: str) -> frozenset[str]:
    """Collect the task sequence variables, in lower case, that PowerShell or command text reads or writes."""
    return frozenset(name for name, _ in _accesses(text))


def writes(text: str) -> frozenset[str]:
    """Collect those that the text assigns: ``.Value("X") =``, ``Set-TSVariable X``, ``$tsenv:X =``."""
    return frozenset(name for name, assigned in _accesses(text) if assigned)


def _accesses(text: str) -> list[tuple[str, bool]]:
    from tslint.model.powershell import uncommented

    return [
        ((value or setter or drive).lower(), bool(assigned or setter or drive_assigned))
        for value, assigned, setter, drive, drive_assigned in _ACCESS.findall(uncommented(text))
    ]
