"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest

from tslint.source.document import Fault, Origin
from tslint.source.encoding import decode

ORIGIN = Origin("a.xml")
TEXT = '<sequence>\r\n<step name="Größe €"/></sequence>'


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{TEXT}'


def bad(data: bytes) -> Fault:
    found = decode(data, ORIGIN)
    assert isinstance(found, Fault)
    assert found.rule == "TS003"
    return found


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), TEXT),
        (TEXT.encode("utf-16-le"), TEXT),
        (TEXT.encode("utf-16-be"), TEXT),
        (("\r\n" + TEXT).encode("utf-16-le"), "\r\n" + TEXT),
        (codecs.BOM_UTF16_LE + declared("utf-8").encode("utf-16-le"), declared("utf-8")),
        (codecs.BOM_UTF8 + declared("windows-1252").encode(), declared("windows-1252")),
        (declared("windows-1252").encode("windows-1252"), declared("windows-1252")),
        (declared("ISO-8859-15").encode("iso-8859-15"), declared("ISO-8859-15")),
        (declared("gb18030").encode("gb18030"), declared("gb18030")),
        (declared("utf-16").encode(), declared("utf-16")),
        (declared("UTF-16LE").encode(), declared("UTF-16LE")),
        (declared("cp037").encode(), declared("cp037")),
        (b"", ""),
    ],
)
def test_text_is_decoded(data: bytes, text: str) -> None:
    assert decode(data, ORIGIN) == text


@pytest.mark.parametrize(
    "encoding", ["rot13", "zip", "hex", "idna", "unicode_escape", "utf-7", "undefined", "klingon"]
)
def test_an_encoding_that_no_text_has_is_a_fault_at_its_name(encoding: str) -> None:
    found = bad(declared(encoding).encode())
    assert (found.line, found.column) == (1, 31)
    assert encoding in found.message


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("<a>\r\n🏠ü".encode() + b"\xfc</a>", 2, 3),
        (codecs.BOM_UTF16_LE + "<a>\n🏠".encode("utf-16-le") + b"\x00\xdc<\0", 2, 2),
        (codecs.BOM_UTF16_LE + "<a>\n".encode("utf-16-le") + b"<", 2, 1),
        (b"<a>\xed\xa0\x80</a>", 1, 4),
    ],
)
def test_bytes_that_do_not_fit_are_reported_at_the_first(data: bytes, line: int, column: int) -> None:
    found = bad(data)
    assert (found.line, found.column) == (line, column)
    assert "save the file as UTF-8" in found.message
    assert "\ufffd" in found.text


def test_the_message_names_the_encoding_and_the_byte() -> None:
    found = bad(b"<a>\xfc</a>")
    assert "UTF-8" in found.message
    assert "0xFC" in found.message


@pytest.mark.parametrize("name", ["ascii", "us-ascii", "klingon"])
def test_a_file_that_is_utf_8_is_told_to_declare_it(name: str) -> None:
    found = bad(declared(name).encode())
    assert 'write encoding="utf-8" in the XML declaration' in found.message
    assert "save the file" not in found.message


def test_a_file_that_is_not_utf_8_is_told_to_be_saved_anew_whatever_it_declares() -> None:
    for name in ("ascii", "klingon"):
        assert "save the file as UTF-8" in bad(declared(name).encode("windows-1252", "replace")).message
    zero = b'<?xml version="1.0" encoding="us-ascii"?><a>\0</a>'
    assert "save the file as UTF-8" in bad(zero).message


@pytest.mark.parametrize("data", [b"<a>\0</a>", b"MZ\0\0", codecs.BOM_UTF16_LE + "<\0".encode("utf-16-le")])
def test_a_zero_byte_means_that_it_is_no_text(data: bytes) -> None:
    found = bad(data)
    assert "zero byte" in found.message
    assert found.text[found.column - 1] == "\0"


def test_a_declaration_is_believed_of_a_file_and_not_of_what_was_encoded_anew_in_a_pipe() -> None:
    data = declared("windows-1252").encode()
    assert decode(data, ORIGIN) == data.decode("windows-1252")
    assert decode(data, ORIGIN, piped=True) == declared("windows-1252")
    old = declared("windows-1252").encode("windows-1252")
    assert decode(old, ORIGIN, piped=True) == decode(old, ORIGIN) == declared("windows-1252")


@pytest.mark.parametrize(
    "data", [b"<a>\xfc</a>", declared("klingon").encode("ascii", "replace"), b"<a>\0</a>"]
)
def test_the_remedy_for_a_pipe_is_another_one(data: bytes) -> None:
    found = decode(data, ORIGIN, piped=True)
    assert isinstance(found, Fault)
    assert "name the file instead of piping it" in found.message
    assert "name the file instead" not in bad(data).message
