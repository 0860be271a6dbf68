"""Links, devices, pipes and folders where files are looked for."""

import os
import sys
import threading

import pytest

from tests.hostile.program import FAULTY, refused, run
from tslint.cli.main import main
from tslint.cli.status import FOUND

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and devices as on Unix")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "secret.xml").write_text(FAULTY)
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "good.xml").write_text(FAULTY)
    return inside


def judged(folder):
    """Lint a folder: the rules by file, without those of the good file."""
    found = run(folder, "--profile", "all", "--format", "json", ".").rules()
    assert "TS101" in found.pop("good.xml")
    return found


def test_links_lead_neither_out_nor_in_circles(folder):
    (folder / "file.xml").symlink_to(folder.parent / "secret.xml")
    (folder / "out").symlink_to(folder.parent)
    (folder / "again").symlink_to(folder)
    (folder / "itself.xml").symlink_to(folder / "itself.xml")
    (folder / "nothing.xml").symlink_to(folder / "missing")
    (folder / "root.xml").symlink_to("/")
    (folder / "deep").mkdir()
    (folder / "deep" / "up").symlink_to("../..")
    assert judged(folder) == {}


def test_what_is_no_file_is_passed_over_and_never_waited_for(folder):
    os.mkfifo(folder / "pipe.xml")
    (folder / "pipe.zip").symlink_to(folder / "pipe.xml")
    (folder / "zero.xml").symlink_to("/dev/zero")
    (folder / "input.xml").symlink_to("/dev/stdin")
    (folder / "memory.xml").symlink_to("/proc/self/mem")
    (folder / "folder.xml").mkdir()
    (folder / "folder.xml" / "folder.zip").mkdir()
    assert judged(folder) == {}


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="as on Linux")  # noqa: PTH110
def test_devices_that_are_named_are_findings(folder):
    devices = {"zero": "/dev/zero", "null": "/dev/null", "memory": "/proc/self/mem", "random": "/dev/urandom"}
    for name, device in devices.items():
        (folder / name).symlink_to(device)
    found = run(folder, "--format", "json", *devices, "good.xml").rules()
    assert found["good.xml"] >= {"TS101"}
    assert {name: found[name] for name in devices} == {
        "zero": {"TS004"},
        "null": {"TS001"},
        "memory": {"TS003"},
        "random": {"TS004"},
    }


def test_a_pipe_that_is_named_is_read(folder):
    os.mkfifo(folder / "pipe")
    writer = threading.Thread(target=lambda: (folder / "pipe").write_text(FAULTY), daemon=True)
    writer.start()
    assert "TS101" in run(folder, "--format", "json", "pipe").rules()["pipe"]


def test_what_may_not_be_read_is_a_finding(folder, monkeypatch, capsys):
    """The tests may run as root, whom no permission stops."""
    (folder / "closed.xml").write_text(FAULTY)
    open_file, list_folder = open, os.scandir

    def refuse(path, *more, **named):
        if "closed" in str(path):
            raise PermissionError(13, "Permission denied")
        return open_file(path, *more, **named)

    def refuse_folder(path):
        if "hidden" in str(path):
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    (folder / "hidden").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    assert main(["--isolated", "--format", "github", "."]) == FOUND
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines if "TS003" in line] == [
        "::error file=closed.xml",
        "::error file=hidden",
    ]
    assert any("good.xml" in line and "TS101" in line for line in lines)


def test_names_as_long_as_a_system_allows(folder):
    files = {
        f"{'x' * 250}.xml": "<sequence>",
        "-v.xml": "<sequence>",
        "--output=a.xml": "<sequence>",
        "@a.xml": "<sequence>",
    }
    assert set(refused(folder, files).values()) == {"TS001"}
    deep = folder
    for _ in range(12):
        deep /= "y" * 200
        deep.mkdir()
    (deep / "a.xml").write_text("<sequence>")
    assert [*judged(folder).values()] == [{"TS001"}] * 5
