"""Files that are no exports: broken off, empty, binary, of any encoding or none."""

import codecs
import random

import pytest

from tests.hostile.program import UNREAD, refused
from tests.source.small_exports import SEQUENCE, cdata, console, zipped

WHOLE = {
    "bare.xml": SEQUENCE.encode(),
    "console.xml": console(cdata(SEQUENCE)).encode(),
    "utf16.xml": codecs.BOM_UTF16_LE + console(cdata(SEQUENCE)).encode("utf-16-le"),
    "zipped.zip": zipped({"SMS_TaskSequencePackage/A/object.xml": console(cdata(SEQUENCE))}),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_breaks_off_is_a_finding_wherever_it_does(tmp_path, name):
    data = WHOLE[name]
    files = {f"{length}-{name}": data[:length] for length in range(0, len(data) - 1, 1 + len(data) // 90)}
    assert set(refused(tmp_path, files).values()) <= UNREAD


def test_a_file_that_is_no_text_is_a_finding(tmp_path):
    chance = random.Random(7)  # noqa: S311 - a test's own bytes
    files = {
        "empty.xml": b"",
        "blank.xml": b" \r\n\t" * 1000,
        "mark.xml": codecs.BOM_UTF8,
        "mark16.xml": codecs.BOM_UTF16_LE,
        "zeros.xml": bytes(1_000_000),
        "picture.xml": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99),
        "program.xml": b"MZ\x90\0" + chance.randbytes(10_000),
        "noise.xml": chance.randbytes(1_000_000),
        "ones.xml": b"\xff" * 100_000,
        "tags.xml": b"<" * 1_000_000,
        "comment.xml": b"<!--" * 500_000,
        "section.xml": b"<sequence><![CDATA[" * 200_000,
        "instructions.xml": b"<?a " * 500_000,
        "blanks.xml": b"\n" * 2_000_000 + b"<!DOCTYPE",
        "empty.zip": b"",
        "noise.zip": b"PK\x03\x04" + chance.randbytes(1_000_000),
        "end.zip": b"PK\x05\x06" + bytes(18),
    }
    assert set(refused(tmp_path, files).values()) <= UNREAD
