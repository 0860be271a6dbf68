"""Zip files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.source.small_exports import SEQUENCE, cdata, console, documents, fault, read_all, zipped
from tslint.source import archive, bounds
from tslint.source.document import Document, Fault, Origin
from tslint.source.read import read

if TYPE_CHECKING:
    from pathlib import Path


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(item.rule, item.origin.member) for item in read_all(data, "a.zip") if isinstance(item, Fault)]


def good(data: bytes) -> list[str]:
    return [item.origin.member for item in read_all(data, "a.zip") if isinstance(item, Document)]


def patched(data: bytes, name: bytes, at: int, value: bytes) -> bytes:
    """Change the directory entry of a member, ``at`` bytes from its beginning (APPNOTE.TXT, 4.3.12)."""
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    return data[: entry + at] + value + data[entry + at + len(value) :]


def test_members_come_sorted_and_a_zip_is_known_by_content() -> None:
    data = zipped({"b/object.xml": SEQUENCE, "a/OBJECT.XML": console(cdata(SEQUENCE)), "c.txt": SEQUENCE})
    assert [item.origin.member for item in documents(data, "export.xml")] == ["a/OBJECT.XML", "b/object.xml"]


def test_what_a_console_export_holds_besides_is_passed_over() -> None:
    data = zipped(
        {
            "[Content_Types].xml": "<broken",
            "Manifest.xml": "<sequence>",
            "SMS_TaskSequencePackage/XYZ00001/ReferencesInfo.xml": b"\xff",
            "SMS_TaskSequencePackage/XYZ00001/object.xml": console(cdata(SEQUENCE)),
            "SMS_Package/XYZ00002/object.xml": "<INSTANCE/>",
            "notes.xml": "<broken",
        }
    )
    assert good(data) == ["SMS_TaskSequencePackage/XYZ00001/object.xml"]
    assert faults(data) == []


def test_a_zip_without_a_task_sequence_says_so() -> None:
    for data in (zipped({}), zipped({"a.xml": "<a/>", "b.txt": SEQUENCE})):
        found, recognised = read(data, Origin("a.zip"))
        assert [(item.rule, item.origin.member) for item in found if isinstance(item, Fault)] == [
            ("TS002", "")
        ]
        assert not recognised


def test_a_broken_sequence_in_a_zip_is_reported_beside_the_good_one() -> None:
    data = zipped({"a.xml": "<sequence>", "b.xml": SEQUENCE})
    assert faults(data) == [("TS001", "a.xml")]
    assert good(data) == ["b.xml"]


def test_member_names_cannot_lead_anywhere() -> None:
    data = zipped({"../../up.xml": SEQUENCE, "/root.xml": SEQUENCE, "x\\..\\back\n.xml": SEQUENCE})
    assert good(data) == ["up.xml", "root.xml", "x/back\ufffd.xml"]


def test_zips_nest_as_deep_as_allowed() -> None:
    data = zipped({"ts.xml": SEQUENCE})
    for _ in range(bounds.MAX_ZIP_DEPTH - 1):
        data = zipped({"in.ZIP": data})
    assert good(data) == ["in.ZIP!/in.ZIP!/ts.xml"]
    assert faults(zipped({"in.zip": data})) == [("TS004", "in.zip!/in.ZIP!/in.ZIP")]


def test_a_bomb_is_not_unpacked() -> None:
    data = zipped({"a.xml": b" " * 5_000_000, "b.xml": SEQUENCE})
    assert faults(data) == [("TS004", "a.xml")]
    assert good(data) == ["b.xml"]


def test_small_members_may_shrink_as_they_like() -> None:
    assert good(zipped({"a.xml": SEQUENCE + " " * 900_000})) == ["a.xml"]


def test_a_directory_that_lies_about_the_size_unpacks_no_more_than_it_says() -> None:
    data = patched(zipped({"a.xml": SEQUENCE + " " * 900_000}), b"a.xml", 24, (200).to_bytes(4, "little"))
    assert faults(data) == [("TS003", "a.xml")]


def test_the_size_of_a_member_is_bounded() -> None:
    size = (bounds.MAX_MEMBER + 1).to_bytes(4, "little")
    assert faults(patched(zipped({"a.xml": SEQUENCE}), b"a.xml", 24, size)) == [("TS004", "a.xml")]


def test_all_members_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 2 * len(SEQUENCE.encode()) + 1)
    inner = zipped({"c.xml": SEQUENCE}, zipfile.ZIP_STORED)
    data = zipped({"a.xml": SEQUENCE, "b.xml": SEQUENCE, "c.zip": inner, "d.xml": SEQUENCE})
    assert good(data) == ["a.xml", "b.xml"]
    assert faults(data) == [("TS004", "c.zip"), ("TS004", "d.xml")]


def test_the_number_of_members_is_bounded_over_nested_zips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    inner = zipped({"a.xml": SEQUENCE, "b.txt": ""})
    assert faults(zipped({str(number): "" for number in range(6)})) == [("TS004", "")]
    data = zipped({"1.zip": inner, "2.zip": inner, "3.txt": ""})
    assert good(data) == ["1.zip!/a.xml"]
    assert faults(data) == [("TS004", "2.zip")]


def test_an_encrypted_member_is_a_fault_and_the_others_are_read() -> None:
    data = patched(zipped({"a.xml": SEQUENCE, "b.xml": SEQUENCE}), b"a.xml", 8, b"\x01\x00")
    (found, _) = read_all(data, "a.zip")
    assert isinstance(found, Fault)
    assert "encrypted" in found.message
    assert good(data) == ["b.xml"]


def test_a_member_with_a_wrong_checksum_is_a_fault_and_the_others_are_read() -> None:
    data = zipped({"a.xml": SEQUENCE, "b.xml": SEQUENCE}, zipfile.ZIP_STORED)
    data = data.replace(b"hello", b"jello", 1)
    assert faults(data) == [("TS003", "a.xml")]
    assert good(data) == ["b.xml"]


def test_rare_ways_of_packing_are_refused() -> None:
    assert faults(zipped({"a.xml": SEQUENCE}, zipfile.ZIP_LZMA)) == [("TS003", "a.xml")]


def test_a_truncated_zip_is_a_fault() -> None:
    data = zipped({"a.xml": SEQUENCE})
    assert fault(data[:-30]).rule == "TS003"
    assert fault(b"PK\x03\x04").rule == "TS003"


PROGRAM = b"MZ\x90\0 a program that unpacks what follows "


def test_a_zip_that_unpacks_itself_is_read() -> None:
    data = PROGRAM + zipped({"a.xml": SEQUENCE})
    assert [item.origin.member for item in documents(data, "a.ZIP")] == ["a.xml"]
    assert good(zipped({"in.zip": data})) == ["in.zip!/a.xml"]
    stored = PROGRAM + zipped({"SMS_TaskSequencePackage/A/object.xml": SEQUENCE}, zipfile.ZIP_STORED)
    assert len(documents(stored, "a.zip")) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PROGRAM,
        (PROGRAM + zipped({"a.xml": SEQUENCE}))[:-30],
        b"<html>404 Not Found</html>",
        b"7z\xbc\xaf\x27\x1c",
    ],
    ids=["empty", "prefix alone", "cut off", "web page", "another archive"],
)
def test_what_is_named_a_zip_and_cannot_be_read_is_never_passed_over(data: bytes) -> None:
    found, recognised = read(data, Origin("a.zip"))
    assert [(item.rule, str(item.origin)) for item in found if isinstance(item, Fault)] == [
        ("TS003", "a.zip")
    ]
    assert recognised
    found, recognised = read(zipped({"in.zip": data}), Origin("a.zip"))
    assert [str(item.origin) for item in found] == ["a.zip!/in.zip"]
    assert recognised


def test_a_task_sequence_that_is_named_a_zip_is_read() -> None:
    assert len(documents(SEQUENCE, "a.zip")) == 1


WHOLE = zipped({"a/object.xml": console(cdata(SEQUENCE)), "b.xml": SEQUENCE})


@given(
    st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.integers(0, 255)), max_size=6),
    st.integers(4, len(WHOLE)),
)
def test_a_damaged_zip_never_raises(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    found, _ = read(bytes(data[:length]), Origin("a.zip"))
    assert found


def test_nothing_is_written_to_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    assert good(zipped({"../a.xml": SEQUENCE})) == ["a.xml"]
    assert [path.name for path in tmp_path.rglob("*")] == ["work"]
