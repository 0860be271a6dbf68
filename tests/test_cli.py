"""The command line, from arguments to exit status, with the built-in rules."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tslint.lint.run
from tests.patterns import clauses_of
from tests.rule_text import RULE
from tslint import __version__
from tslint.cli.arguments import Options, Output, UsageError, parse
from tslint.cli.known_rules import choose, known_rules
from tslint.cli.main import main, run
from tslint.cli.status import CLEAN, FAULT, FOUND, USAGE
from tslint.lint.finding import Finding, Point
from tslint.lint.result import Crash, Result
from tslint.report.render import FORMATS
from tslint.rules.rule import Rule
from tslint.source.document import Origin

ROOT = Path(__file__).parents[1]

STEP = '<step type="SMS_TaskSequence_{0}Action" name="{1}"><action/><defaultVarList/></step>'
REQUEST = STEP.format("RequestStateStore", "Request State Store")
RELEASE = STEP.format("ReleaseStateStore", "Release State Store")
BAD = f'<sequence version="3.10">{REQUEST}</sequence>'
GOOD = f'<sequence version="3.10">{REQUEST}{RELEASE}</sequence>'


class Stdin(io.TextIOWrapper):
    def __init__(self, data: bytes = b"") -> None:
        super().__init__(io.BytesIO(data))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "bad.xml").write_text(BAD)
    (tmp_path / "good.xml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tslint_(*arguments, stdin=b""):
    """Run it: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return run(parse(arguments), Stdin(stdin), out, err), out.getvalue(), err.getvalue()


# so that other rules change nothing here
ONLY = ("--select", "TS101")


# ---- exit status


def test_a_clean_file_is_0_and_says_nothing_on_standard_output():
    assert tslint_("good.xml", *ONLY) == (CLEAN, "", "No findings in 1 task sequence\n")


def test_a_finding_is_1():
    status, out, err = tslint_("bad.xml", "good.xml", *ONLY)
    assert status == FOUND
    assert out.startswith("bad.xml:1:26: error: ")
    assert err == "1 finding (1 error) in 1 of 2 task sequences\n"


@pytest.mark.parametrize(("level", "status"), [("error", FOUND), ("note", FOUND), ("never", CLEAN)])
def test_fail_on_decides_on_the_exit_status(level, status):
    assert tslint_("bad.xml", *ONLY, "--fail-on", level)[0] == status


def test_what_min_level_hides_fails_all_the_same(monkeypatch):
    place = Point(Origin("bad.xml"), 1, 1, BAD)
    found = Finding("TS101", "request-state-store-without-release", "warning", "It is odd.", place)
    monkeypatch.setattr(tslint.lint.run, "lint", lambda *_, **__: Result((found,), 1))
    status, out, err = tslint_("bad.xml", *ONLY, "--min-level", "error")
    assert (status, out) == (FOUND, "")
    assert err.endswith("; 1 not shown\n")


def test_a_path_that_does_not_exist_is_2():
    assert tslint_("bad.xml", "lost.xml")[::2] == (USAGE, "tslint: no such file or folder: lost.xml\n")


def test_a_rule_that_crashed_is_3_after_the_report_is_written(monkeypatch):
    crash = Crash("TS101", Origin("bad.xml"), "KeyError at forms.py:1")
    monkeypatch.setattr(tslint.lint.run, "lint", lambda *_, **__: Result((), 1, crashes=(crash,)))
    status, out, err = tslint_("bad.xml", "--format", "json")
    assert status == FAULT
    assert [found["rule"] for found in json.loads(out)["findings"]] == ["TS000"]
    assert "rule TS101 failed on bad.xml" in err


def test_a_fault_of_tslint_is_3_without_traceback_or_text_of_the_input(monkeypatch, capsys):
    def fail(*_, **__):
        raise KeyError("hunter2")

    monkeypatch.setattr(tslint.lint.run, "lint", fail)
    assert main(["bad.xml"]) == FAULT
    told = capsys.readouterr().err
    assert "KeyError at lint_run.py:" in told
    assert "hunter2" not in told
    assert "Traceback" not in told


# ---- wrong usage


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "no PATH"),
        (["--format", "xml", "a"], "--format"),
        (["--output", "xml=a.xml", "a"], "unknown format xml"),
        (["--output", "sarif=", "a"], "the name of the file is missing"),
        (["--output", "a.txt", "--output", "json=./a.txt", "a"], "two reports to one file"),
        (["--list-rules", "--format", "sarif"], "--list-rules"),
        (["--list-rules", "--output", "a.txt"], "--list-rules"),
        (["--isol", "a"], "--isol"),
    ],
)
def test_arguments_that_make_no_sense_are_2(arguments, told, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == USAGE
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_an_unknown_rule_is_2_and_the_nearest_is_named(option):
    status, out, err = tslint_(option, "request-state-store-without-relese", "bad.xml")
    assert (status, out) == (USAGE, "")
    assert err.endswith("did you mean request-state-store-without-release?\n")


def test_a_word_like_no_rule_is_2():
    assert tslint_("--select", "§§", "bad.xml")[::2] == (
        USAGE,
        "tslint: unknown rule, id prefix or category: §§; --list-rules shows them\n",
    )


def test_a_rule_file_that_cannot_be_used_is_2(folder):
    (folder / "own.yaml").write_text("id: [")
    status, out, err = tslint_("bad.xml", "--rules", "own.yaml")
    assert (status, out) == (USAGE, "")
    assert err.startswith("tslint: own.yaml:")


def test_two_paths_with_one_rule_id_are_both_named(folder):
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(RULE, "utf-8")
    status, out, err = tslint_("bad.xml", "--rules", "a.yaml", "--rules", "b.yaml")
    assert (status, out) == (USAGE, "")
    assert err == "tslint: a.yaml and b.yaml both have a rule ORG-101; give one another id\n"


# ---- outputs


@pytest.mark.parametrize(
    ("arguments", "outputs"),
    [
        ([], [("text", "")]),
        (["--format", "json"], [("json", "")]),
        (["--output", "a"], [("text", "a")]),
        (["--output", "a", "--format", "json"], [("json", "a")]),
        (["--output", "sarif=a", "--output", "json=b"], [("sarif", "a"), ("json", "b")]),
        (["--output", "sarif=a", "--format", "text"], [("text", ""), ("sarif", "a")]),
        (["--output", r"C:\x=y\a.txt"], [("text", r"C:\x=y\a.txt")]),
        (["--output", "./junit=a"], [("text", "./junit=a")]),
        (["--output", "json=C:\\x=y"], [("json", "C:\\x=y")]),
    ],
)
def test_where_reports_go(arguments, outputs):
    assert parse([*arguments, "path"]).outputs == tuple(Output(*output) for output in outputs)


def test_several_reports_are_written_at_once(folder):
    status, out, _ = tslint_(
        "bad.xml", *ONLY, "--output", "t.txt", "--output", "json=j", "--output", "sarif=s"
    )
    assert (status, out) == (FOUND, "")
    assert (folder / "t.txt").read_text().startswith("bad.xml:1:26: error: ")
    assert len(json.loads((folder / "j").read_text())["findings"]) == 1
    assert len(json.loads((folder / "s").read_text())["runs"][0]["results"]) == 1


def test_a_clean_run_writes_its_reports_too(folder):
    assert tslint_("good.xml", *ONLY, "--output", "t.txt", "--output", "github=g")[0] == CLEAN
    assert (folder / "t.txt").read_text() == (folder / "g").read_text() == ""


def test_a_folder_to_write_to_that_does_not_exist_is_2_before_any_work(monkeypatch):
    monkeypatch.setattr(tslint.lint.run, "lint", lambda *_, **__: pytest.fail("linted"))
    assert tslint_("bad.xml", "--output", "lost/a.txt")[::2] == (
        USAGE,
        "tslint: no such folder to write to: lost/a.txt\n",
    )


def test_a_file_that_cannot_be_written_is_3(folder):
    (folder / "taken").mkdir()
    status, out, err = tslint_("bad.xml", "--output", "taken")
    assert (status, out) == (FAULT, "")
    assert err.startswith("tslint: cannot write ")


# ---- input


def test_options_may_stand_between_paths():
    assert parse(["a", "--format", "json", "b"]).paths == ("a", "b")


def test_what_follows_two_hyphens_is_a_path_whatever_it_begins_with():
    options = parse(["a", "--format", "json", "--", "-b.xml", "--list-rules", "--"])
    assert options.paths == ("a", "-b.xml", "--list-rules", "--")
    assert options.list_rules is False


@pytest.mark.parametrize("pattern", ["*.xml", "*d.xml", "./*.xml", "**/*.xml", "[bg]*.xml"])
def test_a_pattern_names_what_it_matches_as_a_shell_would_have_done(pattern):
    status, out, err = tslint_(pattern, *ONLY)
    assert (status, out) == tslint_("good.xml", "bad.xml", *ONLY)[:2]
    assert "1 of 2 task sequences" in err


def test_what_exists_is_a_name_and_no_pattern(folder):
    (folder / "[b]ad.xml").write_text(GOOD)
    assert tslint_("[b]ad.xml", *ONLY)[0] == CLEAN


def test_a_pattern_that_matches_nothing_is_2():
    assert tslint_("*.xml", "*.zip", "in/?", *ONLY)[::2] == (
        USAGE,
        "tslint: no file or folder matches: *.zip, in/?\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there the name cannot even be looked for")
def test_on_windows_a_path_that_ends_in_a_quotation_mark_is_explained(monkeypatch):
    assert tslint_('My Exports"')[2] == 'tslint: no such file or folder: My Exports"\n'
    monkeypatch.setattr(sys, "platform", "win32")
    status, _, err = tslint_('My Exports" --format json')
    assert status == USAGE
    assert "write no backslash" in err


@pytest.mark.parametrize(("named", "name"), [((), "<stdin>"), (("--stdin-filename", "x/y.xml"), "x/y.xml")])
def test_standard_input_is_reported_under_its_name(named, name):
    status, out, _ = tslint_("-", *ONLY, *named, "--format", "json", stdin=BAD.encode())
    assert status == FOUND
    assert json.loads(out)["findings"][0]["file"] == name


def named(step, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + BAD.replace("Request State Store", step)
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "data",
    [
        named("Größe", "utf-8").encode(),
        named("Größe", "utf-16").encode(),
        named("Größe", "utf-16").encode("utf-16"),
        named("Größe", "utf-8").encode("utf-16-le"),
        named("Größe", "windows-1252").encode("cp1252"),
        named("Größe", "windows-1252").encode(),
        named("Größe", "klingon").encode(),
        b"\xef\xbb\xbf" * 2 + named("Größe", "utf-8").encode(),
    ],
)
def test_what_a_shell_encoded_anew_is_read_as_it_came(data):
    assert "'Größe'" in tslint_("-", *ONLY, stdin=data)[1]


@pytest.mark.parametrize("page", ["cp437", "cp850", "cp1252"])
@pytest.mark.parametrize("declared", ["utf-8", "utf-16"])
def test_a_code_page_in_a_pipe_is_a_finding_that_says_what_to_do(page, declared):
    data = named("Größe", declared).encode(page)
    status, out, _ = tslint_("-", stdin=data)
    assert status == FOUND
    assert "TS003" in out
    assert "$OutputEncoding = [Text.UTF8Encoding]::new()" in " ".join(out.split())


LOST = "names in standard input have ? in them"


@pytest.mark.parametrize("step", ["Zur?ck", "?bersicht", "Gr??e"])
def test_on_windows_letters_that_a_pipe_lost_are_told(monkeypatch, step):
    data = named(step, "utf-16").encode("ascii")
    assert LOST not in tslint_("-", stdin=data)[2]
    monkeypatch.setattr(sys, "platform", "win32")
    assert LOST in tslint_("-", stdin=data)[2]


@pytest.mark.parametrize("step", ["Really? Yes", "What?", "Größe?n"])
def test_question_marks_that_may_be_meant_are_not_told(monkeypatch, step):
    monkeypatch.setattr(sys, "platform", "win32")
    assert LOST not in tslint_("-", stdin=named(step, "utf-8").encode())[2]


def test_named_files_without_a_task_sequence_are_passed_over_on_demand(folder):
    (folder / "other.xml").write_text("<configuration/>")
    status, _, err = tslint_("other.xml", "good.xml", *ONLY, "--skip-unrecognized")
    assert (status, err) == (CLEAN, "No findings in 1 task sequence; 1 file passed over\n")


def test_sarif_om_is_imported_only_where_sarif_is_written(folder):
    code = (
        "import sys; from tslint.cli.main import main; main(sys.argv[1:]);"
        "print('attr' in sys.modules, 'tslint.report.sarif.objects' in sys.modules, file=sys.stderr)"
    )
    for given in FORMATS:
        command = [sys.executable, "-c", code, "--format", given, "--fail-on", "never", "bad.xml"]
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        assert ran.stderr.splitlines()[-1] == ("True True" if given == "sarif" else "False False"), given


def test_same_input_same_bytes(folder):
    for form in FORMATS:
        first = tslint_(".", "--format", form, "--profile", "all")
        assert first == tslint_("good.xml", "bad.xml", ".", "--format", form, "--profile", "all")
        assert str(folder) not in first[1]


# ---- rules


def rule(id, profile="recommended", category="structure"):  # noqa: A002 - as in Rule
    clauses = () if id == "TS001" else clauses_of({"never": {"step": "Reboot"}})
    return Rule(
        id, f"name-{id.lower()}", "error", "high", category, profile, (), "Summary.", "m", "", "", (), clauses
    )


RULES = (
    rule("TS001"),
    rule("TS101", category="user-state"),
    rule("TS102", "strict", "user-state"),
    rule("TS201", "all"),
)


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (Options(), "TS001 TS101"),
        (Options(profile="strict"), "TS001 TS101 TS102"),
        (Options(profile="all"), "TS001 TS101 TS102 TS201"),
        (Options(select=("ts102",)), "TS001 TS102"),
        (Options(select=("name-ts201",)), "TS001 TS201"),
        (Options(select=("TS1",)), "TS001 TS101 TS102"),
        (Options(select=("User-State", "TS2")), "TS001 TS101 TS102 TS201"),
        (Options(select=("TS1",), ignore=("TS102",)), "TS001 TS101"),
        (Options(ignore=("TS001",)), "TS101"),
        (Options(profile="strict", ignore=("user-state",)), "TS001"),
    ],
)
def test_which_rules_run(options, ids):
    assert " ".join(chosen.id for chosen in choose(RULES, options)) == ids


def test_the_built_in_rules_are_judged_before_those_of_ones_own():
    rules, _ = known_rules([str(Path(__file__).parent.parent / "examples" / "policy")])
    own = [rule for rule in rules if not rule.startswith("TS")]
    assert own == sorted(own) == ["CONTOSO-001", "CONTOSO-002", "CONTOSO-003"]
    assert list(rules)[-len(own) :] == own


def test_select_takes_commas_and_repeats():
    assert parse(["--select", "TS1, TS2,", "--select", "x", "path"]).select == ("TS1", "TS2", "x")


def test_a_word_that_names_no_rule_is_refused():
    with pytest.raises(UsageError, match=r"unknown .*: TS103; did you mean TS10[12]\?"):
        choose(RULES, Options(ignore=("TS103",)))


@pytest.mark.parametrize("word", ["TS101", "ts101", "request-state-store-without-release"])
def test_a_rule_is_explained_by_id_or_name(word):
    status, out, err = tslint_("--explain", word)
    assert (status, err) == (CLEAN, "")
    assert out.startswith("# TS101 request-state-store-without-release\n")


def test_on_a_terminal_a_rule_is_explained_in_lines_that_fit(monkeypatch):
    monkeypatch.setattr("tslint.report.terminal.is_terminal", lambda _: True)
    monkeypatch.setenv("NO_COLOR", "1")
    out = tslint_("--explain", "TS101")[1]
    assert out.startswith("TS101 request-state-store-without-release\n")
    assert "| level |" not in out


def test_what_tslint_reports_itself_is_listed_where_it_is_selected():
    rules = json.loads(tslint_("--list-rules", "--format", "json", "--select", "TS00,TS101")[1])
    assert {"TS001", "TS007", "TS101"} <= {one["id"] for one in rules}
    assert {one["id"][:4] for one in rules} == {"TS00", "TS10"}


@pytest.mark.usefixtures("folder")
def test_findings_are_counted_by_rule_on_demand():
    _, out, err = tslint_("bad.xml", *ONLY, "--statistics")
    assert "1  error" not in out
    first, last = err.splitlines()
    assert first.split()[:3] == ["1", "error", "TS101"]
    assert last.startswith("1 finding (1 error)")
    assert tslint_("good.xml", *ONLY, "--statistics")[2] == "No findings in 1 task sequence\n"


def test_rules_are_listed_for_people():
    status, out, err = tslint_("--list-rules")
    assert (status, err) == (CLEAN, "")
    head, *lines = out.splitlines()
    assert head.split() == ["id", "level", "profile", "category", "name"]
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    assert any(line.split()[::4] == ["TS101", "request-state-store-without-release"] for line in lines)


def test_rules_are_listed_for_programs():
    rules = json.loads(tslint_("--list-rules", "--format", "json")[1])
    assert set(rules[0]) == {"id", "name", "level", "profile", "category", "precision", "summary"}


def test_a_list_of_rules_is_narrowed_by_select():
    rules = json.loads(tslint_("--list-rules", "--format", "json", *ONLY)[1])
    assert "TS101" in {one["id"] for one in rules}
    assert len(rules) == 1


def test_a_list_of_rules_tells_the_levels_of_the_profile_asked_for():
    def level(*more):
        (one,) = json.loads(tslint_("--list-rules", "--format", "json", "--select", "TS142", *more)[1])
        return one["level"]

    assert level() == "warning"
    assert level("--profile", "recommended") == "warning"
    assert level("--profile", "strict") == level("--profile", "all") == "error"


# ---- as a program


def program(*arguments, **named):
    return subprocess.run(
        [sys.executable, "-m", "tslint", *arguments],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
        **named,
    )


def test_the_program_tells_its_version():
    assert program("--version").stdout.split() == [b"tslint", __version__.encode()]


@pytest.mark.parametrize("page", ["ascii", "cp437", "cp1252", "utf-8", "utf-16"])
def test_pipes_get_utf_8_whatever_the_code_page(folder, page):
    (folder / "Größe.xml").write_text(BAD.replace("Request State Store", "作成"), "utf-8")
    environment = os.environ | {"PYTHONIOENCODING": f"{page}:strict"}
    ended = program(*ONLY, "--isolated", folder / "Größe.xml", env=environment)
    assert "Größe.xml:1:26" in ended.stdout.decode("utf-8")
    assert "'作成'" in ended.stdout.decode("utf-8")
    ended = program(folder / "作成.xml", env=environment)
    assert ended.stderr.decode("utf-8") == f"tslint: no such file or folder: {folder / '作成.xml'}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line_and_3():
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "tslint", "--list-rules"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == FAULT
    assert ended.stderr.count(b"\n") == 1
    assert b"cannot write" in ended.stderr


def test_a_reader_that_went_away_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-m", "tslint", "--list-rules"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:
        started.stdout.close()
        assert started.stderr.read() == b""
        assert started.wait() == CLEAN


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a Unix shell does")
def test_closed_streams_are_no_fault(folder):
    command = f"exec {sys.executable} -m tslint {folder}/bad.xml --select TS101 <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, check=False).returncode == FOUND


@pytest.mark.parametrize("settings", [{"FORCE_COLOR": "1"}, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, {}])
def test_colour_is_forced_and_refused_by_the_environment(monkeypatch, settings):
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    _, out, _ = tslint_("bad.xml", *ONLY)
    assert ("\x1b[" in out) == (settings == {"FORCE_COLOR": "1"})
