"""Every lie that a file can tell about its encoding."""

import codecs
import encodings.aliases

from tests.hostile.program import FAULTY, beside_good, refused

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def declared(name, text=FAULTY):
    return f'<?xml version="1.0" encoding="{name}"?>\n{text}'


def test_a_byte_order_mark_is_believed_whatever_is_declared(tmp_path):
    files = {
        f"{encoding}-{name}.xml": mark + declared(name).encode(encoding)
        for encoding, mark in MARKS.items()
        for name in ("utf-8", "UTF-16", "windows-1252", "cp037", "rot13", "nonsense")
    }
    found = beside_good(tmp_path, files)
    assert all("TS101" in found[name] for name in files)


def test_utf_16_without_a_mark_is_seen_whatever_is_declared(tmp_path):
    files = {
        f"{encoding}-{name}.xml": declared(name).encode(encoding)
        for encoding in ("utf-16-le", "utf-16-be")
        for name in ("utf-8", "utf-16", "ascii")
    }
    found = beside_good(tmp_path, files)
    assert all("TS101" in found[name] for name in files)


def test_no_encoding_that_python_knows_makes_it_fail(tmp_path):
    names = sorted(
        {*encodings.aliases.aliases, *encodings.aliases.aliases.values(), "idna", "punycode", "undefined"}
    )
    files = {f"{name}.xml": declared(name.replace("_", "-")) for name in names}
    found = beside_good(tmp_path, files)
    # a name that begins with a digit is no name of an encoding (XML 1.0, 4.3.3)
    assert all(found[name] & {"TS101", "TS001" if name[0].isdigit() else "TS003"} for name in files)
    for cipher in ("zlib", "zip", "hex", "bz2", "base64", "rot13", "idna", "punycode", "undefined", "utf_7"):
        assert found[f"{cipher}.xml"] == {"TS003"}


def test_what_only_its_own_encoding_could_read_is_a_finding(tmp_path):
    odd = FAULTY.replace("Request", "Größe €")
    files = {
        "ebcdic.xml": declared("cp037").encode("cp037"),
        "utf7.xml": declared("utf-7").encode("utf-7"),
        "cp1252-as-utf-8.xml": declared("utf-8", odd).encode("cp1252"),
        "cp1252-as-ascii.xml": declared("ascii", odd).encode("cp1252"),
        "shift.xml": declared("shift_jis").encode() + b"\x81",
        "surrogate.xml": FAULTY.replace("Request", "\ud800").encode("utf-8", "surrogatepass"),
        "surrogate16.xml": codecs.BOM_UTF16_LE
        + FAULTY.replace("Request", "\udc00").encode("utf-16-le", "surrogatepass"),
        "reference.xml": FAULTY.replace("Request", "&#xD800;"),
        "beyond.xml": FAULTY.replace("Request", "&#x110000;"),
        "overlong.xml": FAULTY.encode().replace(b"Request", b"\xc0\xaf"),
        "zero.xml": FAULTY.replace("Request", "\0"),
        "zero-reference.xml": FAULTY.replace("Request", "&#0;"),
        "odd.xml": codecs.BOM_UTF16_LE + FAULTY.encode("utf-16-le") + b"<",
        "wrong-order.xml": codecs.BOM_UTF16_BE + FAULTY.encode("utf-16-le"),
        "long-name.xml": declared("x" * 1_000_000),
    }
    found = refused(tmp_path, files)
    assert set(found.values()) <= {"TS001", "TS003"}
    assert found["zero.xml"] == "TS003"  # no text at all
