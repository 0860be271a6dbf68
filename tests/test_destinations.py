"""Where reports go: to open streams as shells name them, and never over what the run reads."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tslint.cli.arguments import Output, parse
from tslint.cli.main import run
from tslint.cli.status import CLEAN, FAULT, FOUND, USAGE
from tslint.rules.compile import CHECKOUT
from tslint.rules.example import sequence_xml

BAD = sequence_xml([{"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}])
ONLY = ("--select", "TS101")
PROGRAM = (sys.executable, "-m", "tslint", "--isolated", *ONLY)
RULE = """\
id: ORG-1
name: own
level: error
precision: high
category: own
profile: recommended
summary: No.
why: No.
sources: [{title: t, url: "https://example.org"}]
never: {name: Request}
message: No.
remedy: {console: No.}
examples:
  reported: [{title: t, sequence: [{run: x, name: Request}], at: Request}]
  silent: [{title: t, sequence: []}]
"""

unix = pytest.mark.skipif(sys.platform == "win32", reason="streams and links as on Unix")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "a.xml").write_text(BAD)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.xml").write_text(BAD)
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "own.yaml").write_text(RULE)
    (tmp_path / "own.yaml").write_text("levels: {TS102: note}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tslint_(*arguments, stdin=None):
    """Run it: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return run(parse(arguments), stdin or io.StringIO(), out, err), out.getvalue(), err.getvalue()


def program(*command, **named):
    environment = {"PYTHONPATH": str(CHECKOUT), "PATH": os.environ["PATH"]}
    return subprocess.run(command, env=environment, check=False, capture_output=True, **named)


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---- streams


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_report_goes_to_standard_output_by_any_of_its_names(name):
    assert parse(["--output", f"json={name}", "a.xml"]).outputs == (Output("json", ""),)
    status, out, _ = tslint_("a.xml", *ONLY, "--output", f"json={name}", "--output", "sarif=s")
    assert status == FOUND
    assert len(json.loads(out)["findings"]) == 1
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "arguments",
    [("--output", "json=-", "--output", "sarif=/dev/stdout"), ("--format", "text", "--output", "json=-")],
)
def test_two_reports_to_standard_output_are_refused(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        parse([*arguments, "a.xml"])
    assert ended.value.code == USAGE
    assert "two reports to standard output" in capsys.readouterr().err


@unix
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_what_a_shell_puts_for_a_process_is_written_to():
    # bash does not wait for such a process by itself
    command = '"$@" --output json=>(cat >report; : >done); until [ -e done ]; do sleep 0.01; done'
    ended = program("bash", "-c", command, "bash", *PROGRAM, "a.xml")
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert len(json.loads(Path("report").read_text())["findings"]) == 1


@unix
def test_an_open_stream_is_written_to_where_it_stands():
    with Path("log").open("w") as log:
        log.write("before\n")
        log.flush()
        descriptor = log.fileno()
        ended = program(*PROGRAM, "--output", f"github=/dev/fd/{descriptor}", "a.xml", pass_fds=[descriptor])
    assert ended.returncode == FOUND
    assert Path("log").read_text().startswith("before\n::error file=a.xml")


@unix
def test_a_reader_that_goes_away_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    ended = program(*PROGRAM, "--output", f"json=/dev/fd/{writing}", "a.xml", pass_fds=[writing])
    os.close(writing)
    assert (ended.returncode, ended.stdout) == (FOUND, b"")
    assert b"cannot write" not in ended.stderr


@unix
def test_a_stream_that_is_not_open_is_one_line_and_3():
    ended = program(*PROGRAM, "--output", "json=/dev/fd/77", "a.xml")
    assert ended.returncode == FAULT
    assert ended.stderr.startswith(b"tslint: cannot write /dev/fd/77: ")
    assert ended.stderr.count(b"\n") == 1


# ---- what must stay


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("a.xml", "--output", "a.xml"), "--output a.xml: this would overwrite a file that is linted"),
        (("a.xml", "--output", "json=./in/../a.xml"), "a file that is linted"),
        (("in", "--output", "sarif=in/b.xml"), "a file that is linted"),
        (("a.xml", "--write-baseline", "a.xml"), "--write-baseline a.xml: this would overwrite a file that"),
        (("a.xml", "--config", "own.yaml", "--output", "own.yaml"), "the configuration"),
        (("a.xml", "--baseline", "base.json", "--output", "json=base.json"), "the baseline"),
        (("a.xml", "--rules", "policy", "--output", "policy/own.yaml"), "a rule file"),
        (("a.xml", "--rules", "policy/own.yaml", "--output", "policy/own.yaml"), "a rule file"),
        (("a.xml", "--output", "b", "--write-baseline", "b"), "--write-baseline b: this is written already"),
    ],
)
def test_a_report_over_what_the_run_reads_is_2_and_nothing_is_written(arguments, told, folder):
    tslint_("a.xml", *ONLY, "--write-baseline", "base.json")
    before = contents(folder)
    status, out, err = tslint_(*arguments)
    assert (status, out) == (USAGE, "")
    assert told in err
    assert contents(folder) == before


@unix
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_to_what_the_run_reads_is_refused_too(link):
    link("a.xml", "report.xml")
    status, _, err = tslint_("a.xml", "--output", "report.xml")
    assert status == USAGE
    assert "a file that is linted" in err
    assert Path("report.xml").read_text() == BAD


def test_what_standard_input_comes_from_is_refused():
    with Path("a.xml").open(encoding="utf-8") as stdin:
        status, _, err = tslint_("-", "--output", "a.xml", stdin=stdin)
    assert status == USAGE
    assert "what standard input comes from" in err


def test_the_same_name_in_other_letters_is_the_same_file_where_the_system_says_so(monkeypatch):
    arguments = ("a.xml", *ONLY, "--output", "json=Report", "--output", "sarif=report")
    if sys.platform not in {"win32", "darwin"}:
        assert tslint_(*arguments)[0] == FOUND
        monkeypatch.setattr(sys, "platform", "darwin")
    for name in ("Report", "report"):
        Path(name).unlink(missing_ok=True)
    status, _, err = tslint_(*arguments)
    assert status == USAGE
    assert "--output report: this is written already" in err


def test_a_baseline_is_written_anew_in_its_place():
    tslint_("a.xml", *ONLY, "--write-baseline", "base.json")
    assert tslint_(".", *ONLY, "--baseline", "base.json", "--write-baseline", "base.json")[0] == CLEAN
    assert len(json.loads(Path("base.json").read_text())["findings"]) == 2


def test_a_report_of_an_earlier_run_is_replaced():
    arguments = (".", *ONLY, "--output", "junit=tslint.junit.xml")
    assert tslint_(*arguments)[0] == tslint_(*arguments)[0] == FOUND
    assert Path("tslint.junit.xml").read_text().count("<failure ") == 2
