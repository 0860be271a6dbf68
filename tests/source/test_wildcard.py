"""Patterns in paths to the files and folders that they stand for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tslint.source.wildcard import has_wildcard, matches

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "a.xml",
    "b.xml",
    "c.zip",
    ".hidden.xml",
    "in/a.xml",
    "in/deep/a.xml",
    "in/deep/er/b.xml",
    "in/.git/a.xml",
    "[old]/a.xml",
    "[old]/b.xml",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(pattern: str) -> list[str]:
    return [os.path.normpath(path).replace(os.sep, "/") for path in matches(pattern)]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.xml", ["a.xml", "b.xml"]),
        ("./*.xml", ["a.xml", "b.xml"]),
        ("?.zip", ["c.zip"]),
        ("[!a].xml", ["b.xml"]),
        (".*.xml", [".hidden.xml"]),
        ("in/*.xml", ["in/a.xml"]),
        ("in/*", ["in/a.xml", "in/deep"]),
        ("in/*/", ["in/deep"]),
        ("in/*/*.xml", ["in/deep/a.xml"]),
        ("i*/deep/../a.xml", ["in/deep/../a.xml"]),
        ("**/b.xml", ["[old]/b.xml", "b.xml", "in/deep/er/b.xml"]),
        ("in/**/*.xml", ["in/a.xml", "in/deep/a.xml", "in/deep/er/b.xml"]),
        ("in/**/er/**/*.xml", ["in/deep/er/b.xml"]),
        ("**/**/a.xml", ["[old]/a.xml", "a.xml", "in/a.xml", "in/deep/a.xml"]),
        ("in/**", ["in"]),
        ("i*/**", ["in"]),
        ("[old]/*.xml", ["[old]/a.xml", "[old]/b.xml"]),
        ("lost/*.xml", []),
        ("*.xml/*", []),
        ("*.json", []),
        ("*/lost.xml", []),
        ("[", []),
    ],
)
def test_a_pattern_stands_for_what_a_shell_takes_it_for(pattern: str, names: list[str]) -> None:
    assert named(pattern) == [os.path.normpath(name).replace(os.sep, "/") for name in names]


def test_a_pattern_may_begin_at_the_root(folder: Path) -> None:
    assert matches(f"{folder}{os.sep}*.xml") == [str(folder / "a.xml"), str(folder / "b.xml")]


@pytest.mark.parametrize(("path", "expected"), [("a.xml", False), ("-", False), ("a?", True), ("[a", True)])
def test_a_pattern_is_known_by_its_marks(path: str, expected: bool) -> None:
    assert has_wildcard(path) is expected


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as on Unix")
def test_nothing_is_waited_for_and_no_circle_gone_round(folder: Path) -> None:
    os.mkfifo(folder / "pipe.xml")
    (folder / "dead.xml").symlink_to("nothing")
    (folder / "in" / "again").symlink_to("..")
    assert named("*.xml") == ["a.xml", "b.xml"]
    assert named("**/er/*.xml") == ["in/deep/er/b.xml"]


def test_a_folder_that_cannot_be_searched_is_left_to_be_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> list[str]:
        raise PermissionError

    monkeypatch.setattr(os, "listdir", refuse)
    assert matches("in/*.xml") == ["in"]
