"""A run ends: by --timeout, and by the work that it may cost. Every format tells what it did not come to."""

import io
import json
import multiprocessing
import os
import time
from pathlib import Path

import pytest
from lxml import etree

from tests.report.sarif_checks import complaints
from tslint.cli.arguments import parse
from tslint.cli.main import main, run
from tslint.cli.status import CLEAN, FOUND
from tslint.lint import jobs
from tslint.lint import run as run_module
from tslint.lint.deadline import Deadline
from tslint.lint.linter import Linter
from tslint.lint.run import lint
from tslint.rules.builtin import builtin_rules, builtin_tables
from tslint.rules.example import sequence_xml
from tslint.source.walk import walk

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
BAD, GOOD = sequence_xml([REQUEST]), sequence_xml([REQUEST, RELEASE])
ONLY = ("--select", "TS101")
NO_TIME = ("--timeout", "0.000001")
WHY = "the 1e-06 seconds of --timeout were up"
TOLD = f"Nothing here was judged: {WHY}."

needs_fork = pytest.mark.skipif(jobs.METHOD != "fork", reason="a patch reaches forked processes only")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.xml").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert multiprocessing.active_children() == []


def tslint_(*arguments, stdin=None):
    """Run it: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return run(parse(arguments), stdin or io.StringIO(), out, err), out.getvalue(), err.getvalue()


def findings(*arguments):
    _, out, _ = tslint_("--format", "json", *arguments)
    return [(one["rule"], one["level"], one["file"]) for one in json.loads(out)["findings"]]


UNDECIDED = [("TS007", "error", "a.xml"), ("TS007", "error", "b.xml")]


# ---- time


@pytest.mark.parametrize("processes", ["1", "2"])
def test_what_is_not_linted_in_time_is_an_error_at_each_file(processes):
    assert findings("a.xml", "b.xml", *NO_TIME, "--jobs", processes) == UNDECIDED
    status, out, err = tslint_("a.xml", "b.xml", *NO_TIME, "--jobs", processes, "--fail-on", "error")
    assert status == FOUND
    assert " ".join(out.split()).startswith(
        f"a.xml:1:1: error: Nothing here was judged: {WHY}. [TS007 undecided]"
    )
    assert err == "2 findings (2 errors); 2 files undecided\n"


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_run_that_is_done_in_time_says_the_same_as_ever(processes):
    assert tslint_(".", *ONLY, "--timeout", "600", "--jobs", processes) == tslint_(".", *ONLY)


def test_without_time_to_look_for_files_the_folder_is_told():
    assert findings(".", *NO_TIME) == [("TS007", "error", ".")]


def test_folders_that_are_not_searched_in_time_stand_for_what_is_in_them():
    for name in ("x", "y"):
        Path(name).mkdir()
        (Path(name) / "d.xml").write_text(BAD)
    asked = []
    found = walk(["."], "", None, lambda: bool(asked) or asked.append(1)).files
    assert [file.origin.file for file in found] == ["a.xml", "b.xml", "c.xml", "x", "y"]


def test_time_that_is_up_is_in_sarif_as_results_and_notifications():
    _, out, _ = tslint_("a.xml", *ONLY, *NO_TIME, "--format", "sarif")
    log = json.loads(out)
    assert complaints(log) == []
    (told,) = log["runs"][0]["results"]
    assert (told["ruleId"], told["level"]) == ("TS007", "error")
    (invocation,) = log["runs"][0]["invocations"]
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == f"'a.xml' was not judged: {WHY}."
    assert note["associatedRule"]["id"] == "TS007"


def test_time_that_is_up_is_in_the_other_formats():
    outputs = ("--output", "github=g", "--output", "gitlab=l", "--output", "junit=j")
    tslint_("a.xml", *NO_TIME, *outputs)
    assert Path("g").read_text().startswith("::error file=a.xml,line=1,")
    (issue,) = json.loads(Path("l").read_text())
    assert (issue["check_name"], issue["severity"]) == ("TS007 undecided", "critical")
    root = etree.parse("j").getroot()
    assert (
        root.xpath("string(testsuite[@name='a.xml']/testcase/failure/@message)")
        == f"Nothing here was judged: {WHY}."
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ignore", "TS007"),
        ("--ignore", "tslint"),
        ("--select", "TS101"),
        ("--min-level", "error"),
        ("--write-baseline", "baseline.json"),
        ("--config", "quiet.yaml"),
    ],
)
def test_no_option_takes_it_away(arguments):
    Path("quiet.yaml").write_text(
        "levels: {TS007: off}\nper-file-ignores: [{files: '**', rules: [TS007], reason: x}]\n"
    )
    assert findings("a.xml", "b.xml", *NO_TIME, *arguments) == UNDECIDED
    assert tslint_("a.xml", "b.xml", *NO_TIME, *arguments)[0] == FOUND
    assert tslint_("a.xml", "b.xml", *NO_TIME, *arguments, "--fail-on", "never")[0] == CLEAN


def test_of_what_was_not_judged_nothing_is_called_gone_or_out_of_use():
    Path(".tslint.yaml").write_text("per-file-ignores: [{files: a.xml, rules: [TS101], reason: x}]")
    tslint_(".", *ONLY, "--write-baseline", "baseline.json")
    _, out, err = tslint_("a.xml", "b.xml", ".", *ONLY, *NO_TIME, "--baseline", "baseline.json")
    assert "TS005" not in out
    assert "gone" not in err


class OnceHanging:
    """A deadline that is over once a file is worked on for ever, so that no clock decides."""

    seconds, left = 1, 0.01

    @property
    def is_over(self):
        return Path("hanging").exists()


@needs_fork
def test_a_file_that_takes_for_ever_is_given_up_and_what_was_done_before_is_told(monkeypatch):
    work = Linter.lint

    def hang(self, files):
        while files[0].origin.file == "b.xml":
            Path("hanging").touch()
            time.sleep(60)
        return work(self, files)

    monkeypatch.setattr(Linter, "lint", hang)
    paths = ["a.xml", "b.xml", "c.xml"]
    result = lint(paths, builtin_rules(), builtin_tables(), deadline=OnceHanging())
    assert [(one.file, one.outcome) for one in result.looked] == [
        ("a.xml", "linted"),
        ("b.xml", "undecided"),
        ("c.xml", "undecided"),
    ]
    assert {one.rule for one in result.findings} == {"TS101"}


def test_nobody_who_writes_to_standard_input_is_waited_for_no_longer():
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin:
        status, out, _ = tslint_("-", "--timeout", "0.2", "--format", "json", stdin=stdin)
        os.close(writing)
    assert status == FOUND
    assert [one["file"] for one in json.loads(out)["findings"]] == ["<stdin>"]


@pytest.mark.parametrize("word", ["0", "-1", "inf", "nan", "soon", ""])
def test_a_time_that_makes_no_sense_is_told(word, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["a.xml", f"--timeout={word}"])
    assert ended.value.code == 2
    assert "--timeout: write a number of seconds above 0" in capsys.readouterr().err


def test_without_a_deadline_there_is_no_end():
    assert (Deadline().left, Deadline().is_over) == (None, False)


# ---- work


COSTLY = sequence_xml([{"run": "cmd /c dir", "continueOnError": True, "name": f"{n}"} for n in range(300)])


def test_files_after_those_that_cost_all_the_work_of_a_run_are_undecided(monkeypatch):
    for name in ("b", "c", "d", "e"):
        Path(f"{name}.xml").write_text(COSTLY)
    monkeypatch.setattr(run_module, "MAX_RUN", 1)
    one, two = (
        lint(["."], builtin_rules(), builtin_tables(), jobs=number, effort=2_000) for number in (1, 2)
    )
    outcomes = {each.file: each.outcome for each in one.looked}
    assert outcomes["a.xml"] == outcomes["b.xml"] == "linted"
    assert outcomes["e.xml"] == "undecided"
    assert one.decided({"TS101"}) == set()
    assert one.looked == two.looked
    assert [each.identity for each in one.findings] == [each.identity for each in two.findings]


def test_what_costs_little_is_linted_in_any_number(monkeypatch):
    monkeypatch.setattr(run_module, "MAX_RUN", 1)
    for number in range(100):
        Path(f"{number}.xml").write_text(GOOD)
    result = lint(["."], builtin_rules(), builtin_tables())
    assert {each.outcome for each in result.looked} == {"linted"}
