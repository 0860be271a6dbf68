"""Ctrl+C at any moment: no traceback, no half of a report, no process left."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.hostile.program import FAULTY, ROOT, SECONDS
from tslint.cli.status import FOUND
from tslint.console import INTERRUPTED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals as on Unix")

# Runs the program, with Ctrl+C at one of the calls of console() and of all that it calls: the one of this
# number, from 2 on. With number 0 it tells how many there are.
PROGRAM = """
import os, signal, sys
number, calls, leave = int(sys.argv.pop(1)), 0, os._exit
def count(frame, event, _):
    global calls
    calls += bool(calls) or frame.f_code.co_name == "console"
    if calls == number:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)
def tell(status):
    sys.setprofile(None)
    os.write(1, b"%d" % calls)
    leave(status)
os._exit = leave if number else tell
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
from tslint.console import console
sys.setprofile(count)
console()
"""
REPORTS, BEFORE = {"report", "sarif"}, "what was there before"


def program(folder, number, arguments):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(number), *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--output", "report", "--output", "sarif=sarif", "."),
        ("--jobs", "2", "--write-baseline", "report", "."),
        ("--check-rules", "lost.yaml"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_at_any_call_it_ends_the_run_without_a_word(tmp_path, arguments):
    for number in range(3):
        (tmp_path / f"{number}.xml").write_text(FAULTY)
    total = int(program(tmp_path, 0, arguments).stdout.split()[-1])
    whole = {path.name: path.read_text() for path in tmp_path.iterdir()}
    # the first calls are the imports
    chosen = {*range(2, total // 4, max(1, total // 24)), *range(total // 4, total, max(1, total // 6))}
    for number in sorted(chosen):
        for name in REPORTS.intersection(whole):
            (tmp_path / name).write_text(BEFORE)
        ended = program(tmp_path, number, arguments)
        assert (ended.returncode, ended.stdout, ended.stderr) == (INTERRUPTED, b"", b""), number
        left = {path.name: path.read_text() for path in tmp_path.iterdir()}
        assert left == {name: whole[name] if text != BEFORE else text for name, text in left.items()}
        assert set(left) == set(whole)


def test_a_library_that_catches_it_changes_nothing(tmp_path):
    """Compiled modules do: what comes out of their import is an ImportError, or nothing."""
    (tmp_path / "a.xml").write_text(FAULTY)
    catching = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
import tslint.lint.run
def lint(*_, **__):
    try:
        signal.raise_signal(signal.SIGINT)
    except BaseException:
        raise ImportError from None
tslint.lint.run.lint = lint
from tslint.console import console
console()
"""
    ended = subprocess.run(
        [sys.executable, "-c", catching, "a.xml"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (INTERRUPTED, b"", b"")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_sooner_or_later_it_ends_all_processes_without_a_word(tmp_path, jobs):
    """The first file is a pipe, which waits for this test: the program is at work then on any machine."""
    os.mkfifo(tmp_path / "0.xml")
    (tmp_path / "1.xml").write_text(FAULTY)
    for moment in range(8):
        with subprocess.Popen(
            [sys.executable, "-m", "tslint", "--isolated", "--jobs", jobs, "0.xml", "1.xml"],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as started:
            with (tmp_path / "0.xml").open("w") as pipe:
                pipe.write(FAULTY)
            time.sleep(moment * 0.007)
            os.killpg(started.pid, signal.SIGINT)
            _, err = started.communicate(timeout=SECONDS)  # ends when no process holds the pipes any more
        assert started.returncode in {INTERRUPTED, FOUND}
        assert b"Traceback" not in err
        assert b"fault of tslint" not in err
