"""The secrets in XML that cannot be parsed, found in its raw text: no step tells what stands where."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from tslint.source.lines import line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.secrets.in_sequence import Secrets
    from tslint.source.document import Fault

# No excerpt shows more around a fault; what it shows may be a secret by words that stand a good way before.
_BEFORE, _AFTER = 4_000, 2_000
_NAMED = r"""\bname\s{0,9}=\s{0,9}["']([^"'<>]{1,64})["'][^<>]{0,400}>([^<>]{1,400})<"""
_BETWEEN_TAGS = r"[<>]"
_QUOTES = ('"', "'")


def in_broken(fault: Fault, secrets: Secrets) -> Iterator[str]:
    """Yield the secrets in the text around a fault, as they would be in the names and values of steps."""
    starts = line_starts(fault.text)
    at = starts[min(fault.line, len(starts)) - 1] + fault.column
    raw = fault.text[max(at - _BEFORE, 0) : at + _AFTER]
    for text in dict.fromkeys((raw, unescape(raw), unescape(unescape(raw)))):
        for named in re.finditer(_NAMED, text):
            yield from (secret.text for secret in secrets.in_pair(unescape(named[1]), unescape(named[2])))
        for piece in dict.fromkeys(_pieces(text)):
            yield from secrets.in_prose(piece)


def _pieces(text: str) -> Iterator[str]:
    """Yield tags and what is between them, and of each tag what may be the value of an attribute."""
    for run in re.split(_BETWEEN_TAGS, text):
        yield run
        for quote in _QUOTES:
            if quote in run:
                yield from run.split(quote)
