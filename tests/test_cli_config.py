"""The command line with a configuration file, suppressions and a baseline."""

import io
import json
from pathlib import Path

import jsonschema
import pytest

import tslint.lint.run
from tests.report.sarif_checks import complaints
from tslint.cli.arguments import parse
from tslint.cli.main import run
from tslint.cli.status import CLEAN, FAULT, FOUND, USAGE
from tslint.lint.result import Crash, Result
from tslint.source.document import Origin

STEP = '<step type="SMS_TaskSequence_RequestStateStoreAction" name="{0}">{1}</step>'
TYPE = '<action/><defaultVarList><variable property="RequestType">capture</variable></defaultVarList>'
BAD = f'<sequence version="3.10">{STEP.format("Request", TYPE)}</sequence>'
TOLD = f'<sequence version="3.10"><!-- tslint: ignore[TS101] why -->{STEP.format("Request", TYPE)}</sequence>'
SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "findings.schema.json").read_text("utf-8"))
ONLY = ("--select", "TS101")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name in ("a", "old/b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.xml").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tslint_(*arguments, config=None):
    """Run it: exit status, standard output, standard error."""
    if config is not None:
        Path(".tslint.yaml").write_text(config, "utf-8")
    out, err = io.StringIO(), io.StringIO()
    return run(parse(arguments), io.StringIO(), out, err), out.getvalue(), err.getvalue()


def found(*arguments, config=None):
    """The (rule, level, file) of each finding."""
    _, out, _ = tslint_("--format", "json", *arguments, config=config)
    return [(one["rule"], one["level"], one["file"]) for one in json.loads(out)["findings"]]


# ---- configuration

A, B = ("TS101", "error", "a.xml"), ("TS101", "error", "old/b.xml")


@pytest.mark.parametrize(
    ("config", "arguments", "expected"),
    [
        ("select: [TS101]", (), [A, B]),
        ("select: [TS110]", (), []),
        ("select: [TS110]", ONLY, [A, B]),
        ("ignore: [TS101]", (*ONLY, "--ignore", "TS110"), [A, B]),
        ("select: [TS101]\nexclude: [old]", (), [A]),
        ("select: [TS101]\nexclude: ['*.xml']", (), [B]),
        ("select: [TS101]\nexclude: [old\\**]", (), [A]),
        ("select: [TS101]\nexclude: ['.\\old\\']", (), [A]),
        ("select: [TS101]\nper-file-ignores: [{files: old\\b.xml, rules: [TS101]}]", (), [A]),
        ("select: [TS101]\nexclude: [old]", ("old/b.xml",), [A, B]),
        ("select: [TS101]\nlevels: {TS101: note}", (), [(*A[:1], "note", *A[2:]), (*B[:1], "note", *B[2:])]),
        ("select: [TS101]\nper-file-ignores: [{files: old, rules: [TS101]}]", (), [A]),
        ("select: [TS101]\nper-step-ignores: [{step: req*, files: a.xml, rules: [TS101]}]", (), [B]),
        ("select: [TS101]\nlevels: {TS101: note}\nmin-level: error", (), []),
        ("select: [TS101]\nmin-level: error", ("--min-level", "note"), [A, B]),
        ("select: [TS110]", (*ONLY, "--isolated"), [A, B]),
    ],
)
def test_the_file_decides_and_the_command_line_wins(config, arguments, expected):
    assert found(".", *arguments, config=config) == expected


def test_a_profile_on_the_command_line_sets_a_configured_choice_aside():
    assert "TS101" not in {rule for rule, *_ in found("a.xml", config="select: [TS110]")}
    assert "TS101" in {rule for rule, *_ in found("a.xml", "--profile", "recommended")}


@pytest.mark.parametrize(
    ("config", "arguments", "status"),
    [
        ("select: [TS101]\nfail-on: never", (), CLEAN),
        ("select: [TS101]\nfail-on: never", ("--fail-on", "error"), FOUND),
        ("select: [TS101]\nlevels: {TS101: note}", (), CLEAN),
        ("select: [TS101]\nlevels: {TS101: note}\nfail-on: note", (), FOUND),
    ],
)
def test_the_file_decides_on_the_exit_status(config, arguments, status):
    assert tslint_("a.xml", *arguments, config=config)[0] == status


def test_the_nearest_file_upwards_applies(folder, monkeypatch):
    (folder / ".tslint.yaml").write_text("select: [TS110]")
    monkeypatch.chdir("old")
    assert found("b.xml") == []
    assert found("b.xml", config="select: [TS101]\nper-file-ignores: [{files: a.xml, rules: [TS101]}]")
    (folder / "old" / ".tslint.yaml").unlink()
    (folder / "own.yaml").write_text("select: [TS101]")
    assert found("b.xml", "--config", "../own.yaml") == [("TS101", "error", "b.xml")]


def test_the_file_may_end_in_yml_but_there_must_be_one_only(folder):
    (folder / ".tslint.yml").write_text("select: [TS110]")
    assert found(".") == []
    assert tslint_("--show-config")[1].startswith("# .tslint.yml\n")
    status, out, err = tslint_(".", config="select: [TS101]")
    assert (status, out) == (USAGE, "")
    assert err == f"tslint: {folder} holds .tslint.yaml and .tslint.yml: keep one of them\n"
    assert tslint_("--isolated", ".", *ONLY)[0] == FOUND


@pytest.mark.parametrize(
    ("config", "arguments", "told"),
    [
        ("profil: all", (), ".tslint.yaml:1:1: unknown key 'profil'; did you mean 'profile'?"),
        ("ignore: [TS9]", (), ".tslint.yaml:1:10: unknown rule, id prefix or category 'TS9'; "),
        ("", ("--config", "lost.yaml"), "lost.yaml:1:1: the file cannot be read"),
    ],
)
def test_a_wrong_file_is_2_before_any_work(config, arguments, told, monkeypatch):
    monkeypatch.setattr(tslint.lint.run, "lint", lambda *_, **__: pytest.fail("linted"))
    status, out, err = tslint_("a.xml", *arguments, config=config)
    assert (status, out) == (USAGE, "")
    assert err.startswith(f"tslint: {told}")


def test_rules_of_the_file_and_of_the_command_line_are_added_each_once(folder):
    rule = (
        "id: {0}\nname: {1}\nlevel: error\nprecision: high\ncategory: own\nprofile: recommended\n"
        "summary: No.\nwhy: No.\nsources: [{{title: t, url: 'https://example.org'}}]\n"
        "never: {{name: Request}}\nmessage: No.\nremedy: {{console: No.}}\n"
        "examples:\n  reported: [{{title: t, sequence: [{{run: x, name: Request}}], at: Request}}]\n"
        "  silent: [{{title: t, sequence: []}}]\n"
    )
    for number in (1, 2):
        (folder / f"p{number}").mkdir()
        (folder / f"p{number}" / "own.yaml").write_text(rule.format(f"ORG-{number}", f"own-{number}"))
    config = "rules: [p1]\nselect: [own]"
    assert [rule for rule, *_ in found("a.xml", config=config)] == ["ORG-1"]
    assert [rule for rule, *_ in found("a.xml", "--rules", "p2", "--rules", "./p1")] == ["ORG-1", "ORG-2"]
    assert tslint_("--explain", "own-1")[1].startswith("# ORG-1 own-1")


def test_what_is_in_force_is_shown_with_its_origin(folder):
    (folder / "p1").mkdir()
    config = (
        "profile: strict\n\nlevels:\n  TS101: note\nignore: [TS1, user-state]\nrules: []\n"
        "per-file-ignores:\n  - {files: 'a*', rules: [TS1], reason: 'It is \"old\".'}\n"
    )
    status, out, err = tslint_("--show-config", "--fail-on", "error", "--ignore", "TS2", config=config)
    assert (status, err) == (CLEAN, "")
    assert out == (
        "# .tslint.yaml\n"
        "profile: strict  # .tslint.yaml:1\n"
        "select: []  # default\n"
        "ignore: [TS2]  # command line\n"
        "levels:\n"
        "  TS101: note  # .tslint.yaml:4\n"
        "rules: []  # .tslint.yaml:6\n"
        "exclude: []  # default\n"
        "package-ids: {}  # default\n"
        "per-file-ignores:\n"
        '  - {files: "a*", rules: [TS1], reason: "It is \\"old\\"."}  # .tslint.yaml:8\n'
        "per-step-ignores: []  # default\n"
        "fail-on: error  # command line\n"
        "min-level: note  # default\n"
    )


def test_without_a_file_the_defaults_are_shown():
    assert tslint_("--show-config", "--isolated")[1].startswith(
        "# no configuration file\nprofile: recommended  # default\n"
    )


def test_an_entry_that_matches_nothing_is_told_when_the_whole_folder_is_linted():
    config = "select: [TS101]\nper-file-ignores:\n  - {files: gone.xml, rules: [TS101]}"
    unused = ("TS005", "warning", ".tslint.yaml")
    assert unused in found(".", config=config)
    assert unused not in found("a.xml")
    assert unused not in found("old")
    _, out, err = tslint_(".")
    assert ".tslint.yaml:3:5: warning: The suppression of 'TS101' matches no finding." in out
    assert err.endswith("\n3 findings (2 errors, 1 warning) in 2 of 2 task sequences\n")


# ---- suppressions


def test_what_is_suppressed_is_counted_not_shown(folder):
    (folder / "a.xml").write_text(TOLD)
    assert tslint_("a.xml", *ONLY) == (CLEAN, "", "No findings in 1 task sequence; 1 suppressed\n")
    status, out, _ = tslint_("a.xml", *ONLY, "--no-suppressions")
    assert status == FOUND
    assert out.startswith("a.xml:")


def test_what_is_suppressed_can_be_listed_without_counting(folder):
    (folder / "a.xml").write_text(TOLD)
    outputs = ("--output", "json=j", "--output", "sarif=s", "--output", "github=g", "--output", "gitlab=l")
    assert tslint_(".", *ONLY, "--include-suppressed", "--fail-on", "never", *outputs)[0] == CLEAN
    listed = json.loads((folder / "j").read_text())
    assert [one.get("suppressed") for one in listed["findings"]] == ["why", None]
    log = json.loads((folder / "s").read_text())
    assert complaints(log) == []
    jsonschema.Draft202012Validator(SCHEMA).validate(listed)
    accepted = {"kind": "inSource", "status": "accepted", "justification": "why"}
    assert [one.get("suppressions") for one in log["runs"][0]["results"]] == [[accepted], None]
    assert "a.xml" not in (folder / "g").read_text() + (folder / "l").read_text()
    assert tslint_("a.xml", *ONLY, "--include-suppressed")[:2] == (CLEAN, "")


@pytest.mark.parametrize(("profile", "rules"), [("recommended", {"TS005"}), ("strict", {"TS005", "TS006"})])
def test_a_missing_reason_is_told_in_strict_only(folder, profile, rules):
    (folder / "a.xml").write_text(
        '<sequence><group name="x" description="tslint: ignore[TS101]"/></sequence>'
    )
    assert {rule for rule, *_ in found("a.xml", "--profile", profile)} & {"TS005", "TS006"} == rules
    assert not {rule for rule, *_ in found("a.xml", "--ignore", "TS005,TS006")} & {"TS005", "TS006"}


# ---- baseline


def test_a_baseline_takes_what_is_there_and_lets_through_what_is_new():
    assert tslint_("a.xml", *ONLY, "--write-baseline", "b.json") == (
        CLEAN,
        "",
        "No findings in 1 task sequence; 1 written to the baseline\n",
    )
    assert tslint_("a.xml", *ONLY, "--baseline", "b.json")[0] == CLEAN
    status, out, err = tslint_(".", *ONLY, "--baseline", "b.json")
    assert (status, out.partition(":")[0]) == (FOUND, "old/b.xml")
    assert err == "1 finding (1 error) in 1 of 2 task sequences; 1 in the baseline\n"


def test_what_is_gone_from_the_baseline_is_told(folder):
    tslint_(".", *ONLY, "--write-baseline", "b.json")
    (folder / "a.xml").write_text('<sequence version="3.10"><group name="x"/></sequence>')
    gone = "tslint: 1 finding of the baseline is gone; run --write-baseline to drop them\n"
    assert tslint_(".", *ONLY, "--baseline", "b.json")[2].startswith(gone)
    assert "gone" not in tslint_("old/b.xml", *ONLY, "--baseline", "b.json")[2]
    assert "gone" not in tslint_(".", "--select", "TS110", "--baseline", "b.json")[2]
    (folder / "a.xml").unlink()
    assert tslint_("old", *ONLY, "--baseline", "b.json")[2].startswith(gone)


def test_suppressed_findings_are_not_written(folder):
    (folder / "a.xml").write_text(TOLD)
    tslint_(".", *ONLY, "--write-baseline", "b.json")
    assert [one["file"] for one in json.loads((folder / "b.json").read_text())["findings"]] == ["old/b.xml"]


def test_a_baseline_that_cannot_be_used_is_2_before_any_work(monkeypatch, folder):
    monkeypatch.setattr(tslint.lint.run, "lint", lambda *_, **__: pytest.fail("linted"))
    (folder / "b.json").write_text("{")
    for name, told in (("b.json", "no baseline of tslint (line 1)"), ("lost.json", "--write-baseline makes")):
        status, out, err = tslint_("a.xml", "--baseline", name)
        assert (status, out) == (USAGE, "")
        assert told in err
    assert tslint_("a.xml", "--write-baseline", "lost/b.json")[0] == USAGE


def test_a_crash_is_3_with_a_baseline_too(monkeypatch):
    crash = Crash("TS101", Origin("a.xml"), "KeyError at forms.py:1")
    monkeypatch.setattr(tslint.lint.run, "lint", lambda *_, **__: Result((), 1, crashes=(crash,)))
    assert tslint_("a.xml", *ONLY, "--write-baseline", "b.json")[0] == FAULT
