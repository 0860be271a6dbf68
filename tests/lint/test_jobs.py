"""Several processes say what one would say, and what happens to them hurts nobody."""

from __future__ import annotations

import ctypes
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import zipfile
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tslint.cli.main import main
from tslint.cli.status import FAULT, FOUND
from tslint.lint import jobs
from tslint.lint.linter import Linter
from tslint.report.render import FORMATS
from tslint.rules.compile import CHECKOUT
from tslint.rules.example import export_zip, sequence_xml

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
BAD, GOOD = sequence_xml([REQUEST]), sequence_xml([REQUEST, RELEASE])
SILENCED = BAD.replace("<sequence", "<!-- tslint: ignore[TS101] agreed --><sequence", 1)
PARENT = {
    "sequence": [REQUEST, {"child": "ABC00002", "name": "Call"}],
    "package": {"PackageID": "ABC00001", "Name": "Parent"},
    "children": {"ABC00002": [RELEASE, REQUEST]},
}

ROOT = str(CHECKOUT)

needs_fork = pytest.mark.skipif(jobs.METHOD != "fork", reason="a patch reaches forked processes only")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that people keep in one folder, some of it broken."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".tslint.yaml").write_text(
        "per-file-ignores: [{files: bad0.xml, rules: [TS101], reason: old}]"
    )
    for number in range(6):
        (tmp_path / f"bad{number}.xml").write_text(BAD)
        (tmp_path / f"good{number}.xml").write_text(GOOD)
    (tmp_path / "broken.xml").write_text("<sequence><group>")
    (tmp_path / "other.xml").write_text("<html/>")
    (tmp_path / "silenced.xml").write_text(SILENCED)
    (tmp_path / "parent.zip").write_bytes(export_zip(PARENT))
    with zipfile.ZipFile(tmp_path / "parent.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    return status, *capsys.readouterr()


def no_children() -> bool:
    return multiprocessing.active_children() == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("folder")
def test_two_processes_say_the_same_as_one_in_every_format(capsys, form):
    one, two = (run(capsys, ".", "--format", form, "--jobs", number) for number in ("1", "2"))
    assert one == two
    assert one[0] == FOUND
    assert "bad3.xml" in one[1]
    assert "2 suppressed" in one[2]
    assert no_children()


@pytest.mark.usefixtures("folder")
def test_new_interpreters_say_the_same_as_forked_ones(capsys, monkeypatch):
    one = run(capsys, ".", "--format", "json")
    monkeypatch.setattr(jobs, "METHOD", "spawn")
    assert run(capsys, ".", "--format", "json", "--jobs", "2") == one


def test_a_baseline_of_one_process_serves_two(folder, capsys):
    run(capsys, ".", "--write-baseline", "one.json")
    run(capsys, ".", "--write-baseline", "two.json", "--jobs", "2")
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()
    status, out, err = run(capsys, ".", "--baseline", "one.json", "--jobs", "2")
    assert (status, out) == (0, "")
    assert "in the baseline" in err


@pytest.mark.usefixtures("folder")
def test_standard_input_is_linted_among_files(capsys, monkeypatch):
    outcomes = []
    for number in ("1", "2"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
        outcomes.append(run(capsys, "-", "good1.xml", "bad1.xml", "--jobs", number))
    assert outcomes[0] == outcomes[1]
    assert "<stdin>:1" in outcomes[0][1]


@needs_fork
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("folder")
def test_where_a_process_dies_the_rest_is_linted_and_the_status_is_3(capsys, monkeypatch, form):
    lint = Linter.lint

    def die(self, files):
        if files[0].origin.file == "bad2.xml":
            os.kill(os.getpid(), signal.SIGKILL)
        return lint(self, files)

    monkeypatch.setattr(Linter, "lint", die)
    status, out, err = run(capsys, ".", "--format", form, "--jobs", "2")
    assert status == FAULT
    assert "tslint: linting failed on bad2.xml, a fault of tslint: its process ended on signal 9" in err
    for file in ("bad1.xml", "bad3.xml", "bad4.xml", "bad5.xml", "broken.xml"):
        assert file in out
    assert "TS000" in out
    assert no_children()


@needs_fork
def test_of_exports_handed_out_together_only_the_one_that_ends_the_process_is_lost(
    tmp_path, capsys, monkeypatch
):
    lint, dies = Linter.lint, tmp_path / "30.xml"
    for number in range(10, 10 + 5 * jobs.TOGETHER * 2):
        (tmp_path / f"{number}.xml").write_text(BAD)

    def die(self, files):
        if files[0].path == str(dies):
            os._exit(7)
        return lint(self, files)

    monkeypatch.setattr(Linter, "lint", die)
    status, out, err = run(capsys, str(tmp_path), "--format", "github", "--jobs", "2", "--isolated")
    assert status == FAULT
    assert err.count("its process ended with status 7") == 1
    assert out.count("title=TS101") == 5 * jobs.TOGETHER * 2 - 1


@needs_fork
@pytest.mark.usefixtures("folder")
def test_where_every_process_dies_each_file_is_told_of(capsys, monkeypatch):
    monkeypatch.setattr(Linter, "lint", lambda *_: os._exit(7))
    status, _, err = run(capsys, "bad1.xml", "bad2.xml", "bad3.xml", "--jobs", "2", "--isolated")
    assert status == FAULT
    assert err.count("its process ended with status 7") == 3


@needs_fork
@pytest.mark.usefixtures("folder")
def test_a_process_that_fails_prints_no_traceback(capfd, monkeypatch):
    monkeypatch.setattr(Linter, "lint", lambda *_: {}["hunter2"])
    status = main(["bad1.xml", "bad2.xml", "--jobs", "2", "--isolated"])
    told = "".join(capfd.readouterr())
    assert status == FAULT
    assert told.count("its process ended with status 1") >= 2
    assert "hunter2" not in told
    assert "Traceback" not in told


@pytest.mark.usefixtures("folder")
def test_where_no_process_can_be_started_this_one_does_the_work(capsys, monkeypatch):
    def refuse(*_):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    one = run(capsys, ".", "--format", "json")
    monkeypatch.setattr(jobs, "_Worker", refuse)
    assert run(capsys, ".", "--format", "json", "--jobs", "2") == one


@pytest.mark.usefixtures("folder")
def test_one_file_starts_no_process(monkeypatch):
    monkeypatch.setattr(jobs, "_Worker", None)
    assert main(["bad1.xml", "--jobs", "8"]) == FOUND


@pytest.mark.skipif(os.name == "nt", reason="sends a signal to a group of processes")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_an_interrupt_ends_all_processes_without_a_word(tmp_path, method):
    for number in range(4):
        (tmp_path / f"{number}.xml").write_text(BAD)
    program = f"""
import os, signal, sys, time
from tslint.lint import jobs
from tslint.lint.linter import Linter
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells have it ignored in the background
def wait(*_):
    os.write(1, b"begun\\n")  # at once, whatever the buffering
    time.sleep(900)
Linter.lint = wait
jobs.METHOD = {method!r}
if __name__ == "__main__":
    from tslint.console import console
    sys.argv[1:] = [".", "--isolated", "--jobs", "2"]
    console()
"""
    script = tmp_path / "program.py"
    script.write_text(program)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ROOT},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        assert process.stdout.readline() == b"begun\n"
        assert process.stdout.readline() == b"begun\n"
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=600)  # ends when no process holds the pipes any more
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="plays Windows")
def test_on_windows_ctrl_c_is_held_back_while_a_process_starts(monkeypatch):
    told = []
    kernel = SimpleNamespace(SetConsoleCtrlHandler=lambda *given: told.append(given))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    with jobs._undisturbed():
        assert told == [(None, True)]  # ignored from now on, by what is started too
    assert told == [(None, True), (None, False)]


@pytest.mark.parametrize("before", [None, "", "1"])
def test_a_process_that_starts_looks_for_no_modules_in_the_working_directory(monkeypatch, before):
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    if before is not None:
        monkeypatch.setenv("PYTHONSAFEPATH", before)
    with jobs._undisturbed():
        assert os.environ["PYTHONSAFEPATH"] == "1"
    assert os.environ.get("PYTHONSAFEPATH") == before


@needs_fork
@pytest.mark.skipif(os.name == "nt", reason="kills a process")
def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path):
    for number in range(40):
        (tmp_path / f"{number}.xml").write_text(BAD)
    program = """
import os, sys, time
from tslint.lint.linter import Linter
lint = Linter.lint
def slowly(*given):
    os.write(1, b"begun\\n")  # at once, whatever the buffering
    while os.getppid() == parent:
        time.sleep(0.05)
    return lint(*given)
Linter.lint = slowly
parent = os.getpid()
from tslint.cli import main
main([".", "--isolated", "--jobs", "2"])
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ROOT},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.kill()
        out, err = process.communicate(timeout=600)  # ends when no process holds the pipes any more
    assert err == b""
    assert out.count(b"begun") < 10  # of the 40 that the two had at hand or would have been given


@pytest.mark.parametrize("word", ["auto", "0"])
@pytest.mark.usefixtures("folder")
def test_auto_is_one_process_for_each_processor(capsys, word):
    assert run(capsys, ".", "--jobs", word) == run(capsys, ".")


@pytest.mark.parametrize("word", ["-1", "two", "1.5", ""])
def test_a_number_of_processes_that_makes_no_sense_is_told(capsys, word):
    with pytest.raises(SystemExit) as stop:
        main([".", f"--jobs={word}"])
    assert stop.value.code == 2
    assert "--jobs: write the number of processes, or auto" in capsys.readouterr().err
