"""Zip files that unpack to too much, lead elsewhere, or lie."""

import io
import struct
import warnings
import zipfile
import zlib

import pytest

from tests.hostile.program import FAULTY, UNREAD, beside_good, run
from tests.source.small_exports import zipped
from tslint.source.bounds import MAX_DOCUMENTS, MAX_MEMBERS, MAX_NODES

BLANKS = b" " * 50_000_000


def entries(data, at, value):
    """Change every entry of the directory, ``at`` bytes from its beginning (APPNOTE.TXT, 4.3.12)."""
    begin = data.index(b"PK\x01\x02")
    while begin >= 0:
        data = data[: begin + at] + value + data[begin + at + len(value) :]
        begin = data.find(b"PK\x01\x02", begin + 1)
    return data


def judged(folder, data):
    """Lint one zip beside a good file: the rules by member, "" being the zip itself."""
    found = beside_good(folder, {"a.zip": data})
    return {name.removeprefix("a.zip").removeprefix("!/"): rules for name, rules in found.items()}


def test_bombs_are_not_unpacked(tmp_path):
    bomb = zipped({"a.xml": BLANKS})
    files = {
        "ratio.zip": bomb,
        "in-zip.zip": zipped({f"{n}.zip": zipped({f"{m}.zip": bomb for m in range(9)}) for n in range(9)}),
        "packed-zips.zip": zipped({"a.zip": zipped({"a.xml": BLANKS}, zipfile.ZIP_STORED)}),
    }
    found = beside_good(tmp_path, files)
    assert found
    assert all(rules <= {"TS004"} for rules in found.values())
    assert {name.partition("!")[0] for name in found} == set(files)


@pytest.mark.slow
def test_all_members_together_are_bounded(tmp_path):
    hardly = b" " * 1_000_000  # each is small enough to be unpacked however well it shrinks
    found = judged(tmp_path, zipped({f"{n:03}.xml": FAULTY.encode() + hardly for n in range(200)}))
    assert sum("TS101" in rules for rules in found.values()) > 100
    assert found["199.xml"] == {"TS004"}


def test_members_that_share_their_bytes_count_each(tmp_path):
    data = zipped({"000.xml": FAULTY.encode() + b" " * 1_000_000})
    begin, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[begin:end]
    directory = b"".join(entry.replace(b"000.xml", f"{n:03}.xml".encode()) for n in range(200))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(directory), begin, 0)
    found = judged(tmp_path, data[:begin] + directory + tail)
    assert found["000.xml"] >= {"TS101"}
    assert found["199.xml"] == {"TS003"}  # its name is not the one before the bytes


def test_zips_forty_deep_are_not_followed(tmp_path):
    data = zipped({"a.xml": FAULTY})
    for _ in range(40):
        data = zipped({"a.zip": data})
    assert [*judged(tmp_path, data).values()] == [{"TS004"}]


@pytest.mark.slow
def test_sixty_thousand_members_are_too_many(tmp_path):
    many = {f"{n}.txt": b"" for n in range(60_000)}
    assert len(many) > MAX_MEMBERS
    assert judged(tmp_path, zipped(many)) == {"": {"TS004"}}
    lying = zipped(many)
    end = lying.rindex(b"PK\x05\x06")  # its count of entries says one
    lying = lying[: end + 8] + b"\1\0\1\0" + lying[end + 12 :]
    assert judged(tmp_path, lying) == {"": {"TS004"}}


def test_the_elements_of_all_members_are_bounded(tmp_path):
    member = "<a>" + "<b/>" * (MAX_NODES // 10) + "</a>"
    members = {"0.xml": FAULTY} | {f"{n}.xml": member for n in range(1, 20)}
    found = judged(tmp_path, zipped(members, zipfile.ZIP_STORED))
    assert found["0.xml"] >= {"TS101"}
    assert {"TS004"} in found.values()


@pytest.mark.slow
def test_so_many_task_sequences_of_a_zip_are_linted(tmp_path):
    found = judged(tmp_path, zipped({f"{n:04}.xml": FAULTY for n in range(MAX_DOCUMENTS + 2)}))
    assert [name for name, rules in found.items() if "TS004" in rules] == [f"{MAX_DOCUMENTS:04}.xml"]
    assert sum("TS101" in rules for rules in found.values()) == MAX_DOCUMENTS


OUTSIDE = (
    "../up.xml",
    "/root.xml",
    "C:\\windows\\c.xml",
    "C:drive.xml",
    "..\\back.xml",
    "\\\\server\\share\\u.xml",
    "a/../../b.xml",
)


def test_a_bomb_that_says_it_is_small_is_not_unpacked(tmp_path):
    packing = zlib.compressobj(wbits=-15)
    block = packing.compress(b" " * 10_000_000) + packing.flush(zlib.Z_FULL_FLUSH)
    stored = zipped({"a.xml": block * 200 + packing.flush()}, zipfile.ZIP_STORED)
    deflated = struct.pack("<H", zipfile.ZIP_DEFLATED)
    data = entries(entries(stored, 10, deflated), 24, struct.pack("<L", 200))
    assert judged(tmp_path, data) == {"a.xml": {"TS003"}}


def test_names_that_lead_out_lead_nowhere(tmp_path):
    (tmp_path / "in").mkdir()
    found = judged(tmp_path / "in", zipped(dict.fromkeys(OUTSIDE, FAULTY)))
    assert len(found) == len(OUTSIDE)
    assert all("TS101" in rules for rules in found.values())
    assert not any(".." in name or "\\" in name or name.startswith("/") for name in found)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "good.xml", "in"]


def test_a_link_in_a_zip_is_not_followed(tmp_path):
    (tmp_path / "secret.xml").write_text(FAULTY)
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "secret.xml")
        archive.writestr("b.xml", FAULTY)
    assert {name: "TS101" in rules for name, rules in judged(tmp_path, buffer.getvalue()).items()} == {
        "b.xml": True
    }


def test_members_of_one_name_are_all_read(tmp_path):
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", FAULTY)
        archive.writestr("a.xml", "<sequence>")
    assert judged(tmp_path, buffer.getvalue())["a.xml"] >= {"TS101", "TS001"}


def test_lies_and_locks_are_findings_beside_what_can_be_read(tmp_path):
    data = zipped({"a.xml": FAULTY + " " * 900_000}, zipfile.ZIP_DEFLATED)
    files = {
        "encrypted.zip": entries(data, 8, b"\1\0"),
        "method.zip": entries(data, 10, b"\x63\0"),
        "lzma.zip": zipped({"a.xml": FAULTY}, zipfile.ZIP_LZMA),
        "bzip2.zip": zipped({"a.xml": FAULTY}, zipfile.ZIP_BZIP2),
        "smaller.zip": entries(data, 24, struct.pack("<L", 10)),
        "none.zip": entries(data, 24, struct.pack("<L", 0)),
        "huge.zip": entries(data, 24, struct.pack("<L", 0xFFFFFFFF)),
        "offset.zip": entries(data, 42, struct.pack("<L", 0x7FFFFFFF)),
        "checksum.zip": entries(data, 16, b"\0\0\0\0"),
        "broken.zip": data[:60] + b"\xff" * 20 + data[80:],
    }
    found = beside_good(tmp_path, files)
    assert {name.partition("!")[0] for name in found} == set(files)
    assert all(rules <= UNREAD for rules in found.values()), found
    harmless = {
        "larger.zip": entries(data, 24, struct.pack("<L", 1_000_000)),
        "packed-huge.zip": entries(data, 20, struct.pack("<L", 0x7FFFFFFF)),  # newer Pythons see an overlap
    }
    assert all(rules & {"TS101", *UNREAD} for rules in beside_good(tmp_path, harmless).values())


def test_names_of_members_cannot_forge_output(tmp_path):
    odd = "a\r\n::error::forged\x1b[2J\u202e.xml"
    (tmp_path / "a.zip").write_bytes(zipped({odd: "<sequence>", "b" * 60_000 + ".xml": "<sequence>"}))
    for form in ("text", "github", "json"):
        ran = run(tmp_path, "--format", form, "a.zip")
        assert not {"\x1b", "\u202e", "\r"} & {*ran.out, *ran.err}
        assert not any(line.startswith("::error::") for line in (ran.out + ran.err).splitlines())
        assert len(ran.out) < 5000
