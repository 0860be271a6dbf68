"""Bytes of an XML file to text."""

from __future__ import annotations

import codecs
import re
from sys import getsizeof

from tslint.source.bounds import MAX_TEXT
from tslint.source.document import Fault, Origin
from tslint.source.lines import line_starts, position

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),  # what > and Out-File of Windows PowerShell 5.1 write
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_16_LE = rb"(?:[ \t\r\n]\0)*<\0"
_UTF_16_BE = rb"(?:\0[ \t\r\n])*\0<"
_DECLARED = rb"""\s*<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']"""

# Python calls these encodings of text too, but they are ciphers, differ from machine to machine, or take
# quadratic time; no XML file is written in them.
_NOT_FOR_FILES = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
)
# By this much of a text that is too large a task sequence is known.
_BEGINNING = 10_000
_REMEDY = "save the file as UTF-8, in PowerShell with Set-Content -Encoding utf8"
_TO_DECLARE = 'its bytes are UTF-8: write encoding="utf-8" in the XML declaration'
# What Windows PowerShell 5.1 pipes on is ASCII otherwise, with ? for all other letters.
UTF_8_PIPE = "$OutputEncoding = [Text.UTF8Encoding]::new()"
_PIPED_REMEDY = f"name the file instead of piping it, or in PowerShell say {UTF_8_PIPE} before"


def decode(data: bytes, origin: Origin, *, piped: bool = False) -> str | Fault:
    """Return the text of an XML file without its byte-order mark, or the fault TS003 or TS004.

    The byte-order mark is believed first, then what the bytes show of UTF-16, then the XML declaration. What
    is ``piped`` may have been encoded anew on the way: where it is UTF-8, the declaration is not believed.
    The fault's place is the first byte that does not fit; its text has U+FFFD for such bytes.
    """
    mark, encoding, declared = _stated(data, piped=piped)
    remedy = _PIPED_REMEDY if piped else _REMEDY
    is_text = b"\0" not in data and (data.isascii() or _shows_utf_8(data))
    if declared[1] and is_text and not piped:  # to save it anew would not mend it
        remedy = _TO_DECLARE
    if encoding is None:
        message = f"The encoding {declared[1]} that the XML declaration names is not known; {remedy}"
        return _fault(message, data.decode("utf-8", "replace"), declared[0], origin)
    return _decode(data[len(mark) :], encoding, origin, remedy)


def encoded_like(text: str, data: bytes) -> bytes | None:
    """Return ``text`` in the encoding of a file, with its byte-order mark; None where that cannot be done.

    It cannot where the file is not what its own text would be written as: then some bytes would change.
    """
    mark, encoding, _ = _stated(data, piped=False)
    if encoding is None:
        return None
    try:
        if mark + data[len(mark) :].decode(encoding).encode(encoding) != data:
            return None
        return mark + text.encode(encoding)
    except UnicodeError:
        return None


def text_of(data: bytes) -> str:
    """Return the text of a file that has been read before."""
    mark, encoding, _ = _stated(data, piped=False)
    return data[len(mark) :].decode(encoding or "utf-8", "replace")


def _stated(data: bytes, *, piped: bool) -> tuple[bytes, str | None, tuple[int, str]]:
    """Return a file's byte-order mark and its encoding; None where it is declared and not known.

    With it come the place and the name of what is declared.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding, (0, "")
    if b"\0" in data and re.match(_UTF_16_LE, data):
        return b"", "utf-16-le", (0, "")
    if b"\0" in data and re.match(_UTF_16_BE, data):
        return b"", "utf-16-be", (0, "")
    declared = re.match(_DECLARED, data) if b"<?xml" in data else None
    if declared is None or (piped and _shows_utf_8(data)):
        return b"", "utf-8", (0, "")
    name = declared[1].decode("ascii")
    return b"", _known(name), (declared.start(1), name)


def _shows_utf_8(data: bytes) -> bool:
    """Say whether bytes beyond ASCII are UTF-8, which hardly any other text is by chance."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _known(name: str) -> str | None:
    """Return the encoding to use for a declared one, None when no text is written in it.

    A declaration of UTF-16 or EBCDIC that could be read as ASCII is not true; the file is taken for UTF-8.
    """
    try:
        encoding = codecs.lookup(name).name
        if encoding in _NOT_FOR_FILES:  # asked first: what these make of a < differs between Pythons
            return None
        true = b"<".decode(encoding) == "<"
    except UnicodeDecodeError:
        return "utf-8"
    except (LookupError, UnicodeError):  # unknown; or not an encoding of text, such as rot13
        return None
    return encoding if true else "utf-8"


def _decode(data: bytes, encoding: str, origin: Origin, remedy: str) -> str | Fault:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        good = data[: error.start].decode(encoding, "replace")
        byte = data[error.start]
        message = f"This is not {encoding.upper()} text: byte 0x{byte:02X} does not fit; {remedy}"
        return _fault(message, data.decode(encoding, "replace"), len(good), origin)
    if getsizeof(text) > MAX_TEXT:
        message = f"The text takes more than {MAX_TEXT:,} bytes in memory; split the file"
        return Fault("TS004", message, origin, text=text[:_BEGINNING])
    zero = text.find("\0")
    if zero >= 0:
        message = f"This is not text: it holds a zero byte; if it should be an export, {remedy}"
        return _fault(message, text, zero, origin)
    return text


def _fault(message: str, text: str, offset: int, origin: Origin) -> Fault:
    line, column = position(line_starts(text), offset)
    return Fault("TS003", message, origin, line, column, text)
