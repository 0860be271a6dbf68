"""Paths of the command line."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from tslint.source import walk as walk_module
from tslint.source.document import Fault, Origin
from tslint.source.walk import missing, walk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def no_input() -> bytes:
    raise AssertionError


def listed(*paths: str) -> list[tuple[str, bool]]:
    return [(file.origin.file, file.named) for file in walk(paths, "stdin.xml").files]


def content(*paths: str) -> dict[str, bytes | Fault]:
    files = walk(paths, "stdin.xml").files
    return {file.origin.file: walk_module.content(file, no_input) for file in files}


def test_a_folder_gives_its_xml_and_zip_files_sorted(here: Path) -> None:
    make(
        here,
        "b.xml",
        "a/Z.XML",
        "a/y.zip",
        "a/y.txt",
        "c.XmL.bak",
        ".git/x.xml",
        "a/.x/x.xml",
        "__pycache__/x.xml",
    )
    assert listed(".") == [("a/Z.XML", False), ("a/y.zip", False), ("b.xml", False)]
    assert content(".")["a/Z.XML"] == b"a/Z.XML"


def test_a_named_file_is_read_whatever_its_name(here: Path) -> None:
    make(here, "a.txt", ".hidden/a.xml")
    assert listed("a.txt", ".hidden/a.xml", ".hidden") == [(".hidden/a.xml", True), ("a.txt", True)]


@pytest.mark.parametrize("paths", [("a.xml", "."), (".", "a.xml"), ("./a.xml", ".", "../work/a.xml")])
def test_a_file_given_twice_is_read_once_and_counts_as_named(here: Path, paths: tuple[str, ...]) -> None:
    make(here, "a.xml", "b.xml")
    assert listed(*paths) == [("a.xml", True), ("b.xml", False)]


def test_the_order_does_not_depend_on_the_command_line(here: Path) -> None:
    make(here, "a.xml", "b.xml")
    assert listed("b.xml", "a.xml") == listed("a.xml", "b.xml")


def test_names_are_relative_below_the_working_directory_and_as_given_elsewhere(here: Path) -> None:
    make(here, "sub/a.xml")
    make(here.parent, "other/x/b.xml", "workmate.xml")
    assert listed(str(here / "sub")) == [("sub/a.xml", False)]
    assert listed("../other") == [("../other/x/b.xml", False)]
    assert listed(str(here.parent / "workmate.xml")) == [(f"{here.parent.as_posix()}/workmate.xml", True)]


def test_a_name_cannot_forge_lines_of_output(here: Path) -> None:
    if os.name != "posix":
        pytest.skip("Windows has no such names")
    make(here, "a\n::error::.xml")
    (here / os.fsdecode(b"b\xff.xml")).write_bytes(b"")
    assert [name for name, _ in listed(".")] == ["a\ufffd::error::.xml", "b\ufffd.xml"]


def test_links_do_not_lead_out_of_a_folder(here: Path) -> None:
    make(here, "in/a.xml", "in/sub/b.xml")
    make(here.parent, "secret/c.xml", "work/in-2/d.xml")
    try:
        (here / "in" / "folder").symlink_to(here.parent / "secret", target_is_directory=True)
    except OSError:
        pytest.skip("this account may not make links")
    (here / "in" / "file.xml").symlink_to(here.parent / "secret" / "c.xml")
    (here / "in" / "near.xml").symlink_to(here / "in-2" / "d.xml")
    (here / "in" / "loop").symlink_to(here / "in", target_is_directory=True)
    (here / "in" / "sub" / "same.xml").symlink_to(here / "in" / "a.xml")
    (here / "in" / "dead.xml").symlink_to(here / "nothing")
    assert set(content("in").values()) == {b"in/a.xml", b"in/sub/b.xml"}
    assert listed("in/file.xml") == [("in/file.xml", True)]


def test_standard_input_is_read_under_the_name_given(here: Path) -> None:
    make(here, "a.xml", "z.xml")
    found = walk(["z.xml", "-", "a.xml", "-"], "piped.xml").files
    assert [(file.origin.file, file.named) for file in found] == [
        ("a.xml", True),
        ("piped.xml", True),
        ("z.xml", True),
    ]
    assert walk_module.content(found[1], lambda: b"<sequence/>") == b"<sequence/>"


def test_missing_paths_are_told_before_anything_is_read(here: Path) -> None:
    make(here, "a.xml")
    assert missing(["a.xml", "-", "b.xml", ".", "c/d", "nul\0.xml"]) == ["b.xml", "c/d", "nul\0.xml"]


def test_a_file_that_cannot_be_read_is_a_fault(here: Path) -> None:
    make(here, "a.xml", "b.xml")
    _, lost = walk(["."], "").files
    (here / "b.xml").unlink()
    found = walk_module.content(lost, no_input)
    assert isinstance(found, Fault)
    assert (found.rule, found.origin.file) == ("TS003", "b.xml")
    assert os.strerror(errno.ENOENT) in found.message


def test_a_folder_that_cannot_be_listed_is_a_fault(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(here, "a.xml", "closed/b.xml")
    list_folder = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = content(".")
    assert list(found) == ["a.xml", "closed"]
    assert isinstance(found["closed"], Fault)


def test_a_large_file_is_a_fault(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk_module, "MAX_FILE", 5)
    make(here, "a.xml", "ab.xml")
    found = content(".")
    assert found["a.xml"] == b"a.xml"
    assert isinstance(found["ab.xml"], Fault)
    assert found["ab.xml"].rule == "TS004"
    piped = walk_module.content(*walk(["-"], "p").files, lambda: b"123456")
    assert isinstance(piped, Fault)
    assert piped.rule == "TS004"


def test_an_origin_prints_its_member() -> None:
    assert str(Origin("a.zip", "b.xml")) == "a.zip!/b.xml"
