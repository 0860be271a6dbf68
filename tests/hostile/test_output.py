"""Reports that cannot be written, runs that are stopped: one line, an exit status, nothing left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.program import FAULTY, HANGING, ROOT
from tslint.cli.status import CLEAN, FAULT, FOUND, USAGE
from tslint.report.render import FORMATS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams, signals and devices as on Unix")

PROGRAM = (sys.executable, "-m", "tslint", "--isolated")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.xml").write_text(FAULTY)
    return tmp_path


def program(folder, *arguments, command=PROGRAM, **named):
    named = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | named
    return subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        timeout=HANGING,
        check=False,
        stdin=subprocess.DEVNULL,
        **named,
    )


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@full
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_one_line_and_3(folder, form):
    with Path("/dev/full").open("wb") as disk:
        piped = program(folder, "--format", form, "a.xml", stdout=disk)
    named = program(folder, "--format", form, "--output", "/dev/full", "a.xml")
    for ended in (piped, named):
        assert ended.returncode == FAULT
        assert b"cannot write" in ended.stderr
        assert ended.stderr.count(b"\n") == 1


@full
def test_nobody_to_complain_to_is_no_crash(folder):
    with Path("/dev/full").open("wb") as disk:
        assert program(folder, "a.xml", stderr=disk).returncode == FOUND
        assert program(folder, "a.xml", stdout=disk, stderr=disk).returncode == FAULT
        assert program(folder, "missing.xml", stderr=disk).returncode == USAGE


def test_a_reader_that_goes_away_changes_nothing(folder):
    (folder / "a.xml").write_text(
        FAULTY.replace(
            "</sequence>", FAULTY[FAULTY.index("<step") :].replace("</sequence>", "") * 500 + "</sequence>"
        )
    )
    with subprocess.Popen(
        [*PROGRAM, "a.xml"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:
        started.stdout.read(10)
        started.stdout.close()
        err = started.stderr.read()
        assert started.wait(HANGING) == FOUND
    assert b"Traceback" not in err
    assert b"Broken" not in err


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("file", ["a.xml", "-"])
def test_closed_streams_are_no_crash(folder, closed, file):
    shell = ("sh", "-c", f'exec "$@" {closed}', "sh")
    ended = program(folder, "--fail-on", "never", file, command=(*shell, *PROGRAM))
    assert ended.returncode == CLEAN  # Python itself would end with 1
    assert b"Traceback" not in ended.stderr
    assert b"fault of tslint" not in ended.stderr


@pytest.mark.parametrize("where", ["missing/report.json", "a.xml/report.json", ".", "in/", "x" * 300])
def test_a_file_that_cannot_be_made_is_one_line(folder, where):
    (folder / "in").mkdir()
    ended = program(folder, "--output", where, "a.xml")
    assert ended.returncode in (USAGE, FAULT)
    assert ended.stderr.count(b"\n") == 1
    assert b"Traceback" not in ended.stderr
    assert sorted(path.name for path in folder.rglob("*")) == ["a.xml", "in"]


# Runs the program; right before a report takes its place, something happens.
STOPPED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
replace = os.replace
def stopped(*paths):
    {happening}
    replace(*paths)
os.replace = stopped
from tslint.console import console
sys.argv[0] = "tslint"
console()
"""


def stopped(folder, happening, *arguments):
    command = (sys.executable, "-c", STOPPED.format(happening=happening), "--isolated")
    return program(folder, *arguments, command=command)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("option", ["--output", "--write-baseline"])
def test_a_run_that_is_stopped_leaves_what_was_there(folder, number, status, option):
    (folder / "report").write_text("before")
    ended = stopped(folder, f"os.kill(os.getpid(), {number})", option, "report", "a.xml")
    assert ended.returncode == status
    assert ended.stderr == b""
    assert (folder / "report").read_text() == "before"
    assert sorted(path.name for path in folder.iterdir()) == ["a.xml", "report"]


def test_a_folder_that_vanishes_or_is_closed_is_one_line(folder):
    (folder / "in").mkdir()
    vanishing = "os.unlink(paths[0]); os.rmdir('in')"
    refusing = "raise PermissionError(13, 'Permission denied', paths[1])"
    for happening in (vanishing, refusing):
        (folder / "in").mkdir(exist_ok=True)
        ended = stopped(folder, happening, "--output", "in/report", "a.xml")
        assert ended.returncode == FAULT
        assert ended.stderr.count(b"\n") == 1
        assert b"cannot write" in ended.stderr
    assert sorted(path.name for path in folder.rglob("*")) == ["a.xml", "in"]


def test_a_scratch_file_laid_as_a_trap_is_not_written_through(folder):
    """A stranger's link at the name of the scratch file must not lead a report elsewhere."""
    (folder / "victim").write_text("before")
    link = "import os; os.symlink('victim', f'report.{os.getpid()}.tmp')"
    trap = f"{link}\nfrom tslint.console import console\nconsole()"
    command = (sys.executable, "-c", trap, "--isolated")
    ended = program(folder, "--output", "report", "a.xml", command=command)
    assert ended.returncode == FAULT
    assert (folder / "victim").read_text() == "before"
    assert os.path.lexists(folder / "report") is False
