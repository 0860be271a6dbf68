"""Green means linted and clean: what was not linted is told, and nothing linted is no success."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

import tslint.lint.run
from tslint.cli.arguments import parse
from tslint.cli.main import run
from tslint.cli.status import CLEAN, FOUND, USAGE
from tslint.report.render import FORMATS
from tslint.rules.example import sequence_xml

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
BAD, GOOD = sequence_xml([REQUEST]), sequence_xml([REQUEST, RELEASE])
POM = "<project/>"
ONLY = ("--select", "TS101")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files):
    """Make files of these names, with _ for / and an ending."""
    for name, text in files.items():
        path = Path(name.replace("_", "/") + ".xml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


def tslint_(*arguments, config=None):
    """Run it: exit status, standard output, standard error."""
    if config is not None:
        Path(".tslint.yaml").write_text(config, "utf-8")
    out, err = io.StringIO(), io.StringIO()
    return run(parse(arguments), io.StringIO(), out, err), out.getvalue(), err.getvalue()


def findings(*arguments, config=None):
    """The (rule, level, file) of each finding."""
    _, out, _ = tslint_("--format", "json", *arguments, config=config)
    return [(one["rule"], one["level"], one["file"]) for one in json.loads(out)["findings"]]


# ---- a run that lints nothing


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_without_a_file_to_lint_is_2_and_no_report_is_written(form):
    Path("exports").mkdir()
    assert tslint_("exports", "--output", f"{form}=report") == (
        USAGE,
        "",
        "tslint: nothing was linted: no .xml or .zip file in exports (--allow-empty: no error)\n",
    )
    assert not Path("report").exists()


def test_files_without_a_task_sequence_and_excluded_ones_are_nothing_linted():
    write(pom=POM, web=POM, old_a=GOOD)
    status, out, err = tslint_(".", config="exclude: [old]")
    assert (status, out) == (USAGE, "")
    assert err == (
        "tslint: nothing was linted: 1 file excluded, 2 files passed over "
        "(--show-files: which and why; --allow-empty: no error)\n"
    )


def test_what_cannot_be_read_is_nothing_linted_where_no_finding_may_tell_of_it():
    write(a="<sequence><group>")
    assert tslint_("a.xml")[0] == FOUND
    status, _, err = tslint_("a.xml", "--ignore", "TS001")
    assert status == USAGE
    assert "nothing was linted: 1 file unreadable" in err


@pytest.mark.parametrize("option", ["--allow-empty", "--skip-unrecognized"])
def test_nothing_linted_is_no_error_where_that_is_asked_for(option):
    write(pom=POM)
    assert tslint_(".", option) == (CLEAN, "", "No findings in 0 task sequences; 1 file passed over\n")


def test_nothing_linted_writes_no_baseline():
    write(pom=POM)
    assert tslint_(".", "--write-baseline", "b.json")[0] == USAGE
    assert not Path("b.json").exists()


@pytest.mark.parametrize(
    ("config", "arguments"),
    [
        ("select: [TS101]\nignore: [TS101]", ()),
        ("select: [TS101]\nlevels: {TS101: off}", ()),
        ("", (*ONLY, "--ignore", "TS101")),
    ],
)
def test_a_run_without_a_rule_is_2_before_any_work(config, arguments, monkeypatch):
    monkeypatch.setattr(tslint.lint.run, "lint", lambda *_, **__: pytest.fail("linted"))
    write(a=BAD)
    status, out, err = tslint_("a.xml", *arguments, config=config)
    assert (status, out) == (USAGE, "")
    assert err.startswith("tslint: no rule is left to run")


def test_rules_about_reading_can_be_all_there_are():
    write(a=BAD, b="<sequence><group>")
    assert {rule for rule, *_ in findings(".", "--select", "reading")} == {"TS001"}
    assert tslint_("a.xml", "--select", "reading")[0] == CLEAN


# ---- what was left out


def test_what_is_left_out_is_counted_in_the_summary():
    write(a=GOOD, pom=POM, old_b=BAD, old_c=BAD)
    _, _, err = tslint_(".", *ONLY, config="exclude: [old]")
    assert err.endswith("\nNo findings in 1 task sequence; 1 file passed over; 2 files excluded\n")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_what_is_left_out_is_counted_in_reports_for_programs(form):
    write(a=GOOD, broken="<sequence><group>", pom=POM, old_b=BAD)
    _, out, _ = tslint_(".", "--format", form, config="exclude: [old]")
    report = json.loads(out)
    told = report if form == "json" else report["runs"][0]["properties"]
    counts = {"linted": 1, "unreadable": 1, "passedOver": 1, "excluded": 1, "undecided": 0, "failed": 0}
    counts["context"] = 0
    assert told["files"] == counts
    assert told["configuration"] == {"file": ".tslint.yaml", "changes": ["1 file excluded"]}
    assert "fileList" not in told


def test_what_could_not_be_read_is_counted_where_no_finding_may_tell_of_it():
    write(a=GOOD, broken="<sequence><group>")
    summary = "No findings in 1 task sequence; 1 file could not be read\n"
    assert tslint_(".", *ONLY, "--ignore", "TS001") == (CLEAN, "", summary)


def test_every_file_is_listed_on_demand_with_what_became_of_it():
    write(a=GOOD, broken="<sequence><group>", pom=POM, old_b=BAD)
    _, out, err = tslint_(".", "--show-files", "--format", "json", config="\nexclude: [nothing, old]")
    lines = err.splitlines()[:4]
    assert [" ".join(line.split()).partition(":")[0] for line in lines] == [
        "linted a.xml",
        "unreadable broken.xml (Not well-formed",
        "excluded old/b.xml (.tslint.yaml",
        "passed over pom.xml (No task sequence in this file",
    ]
    assert lines[2].endswith("(.tslint.yaml:2, exclude 'old')")
    assert [one["file"] for one in json.loads(out)["fileList"]] == [
        "a.xml",
        "broken.xml",
        "old/b.xml",
        "pom.xml",
    ]


def test_the_files_are_listed_where_nothing_was_linted_too():
    write(pom=POM)
    _, _, err = tslint_(".", "--show-files")
    assert err.startswith("passed over  pom.xml (")
    assert "\ntslint: nothing was linted" in err


def test_several_processes_list_the_same_files():
    write(a=GOOD, b=BAD, pom=POM, old_b=BAD, old_c="<")
    one, two = (tslint_(".", "--show-files", "--jobs", jobs)[2] for jobs in "12")
    assert one == two
    assert one.count("\n") == 6


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as on Unix")
def test_links_and_what_is_no_file_are_passed_over_with_a_word():
    write(in_a=GOOD, out_b=BAD, out_c=BAD)
    Path("in/b.xml").symlink_to("../out/b.xml")
    Path("in/again").symlink_to(".")
    Path("in/out").symlink_to("../out")
    Path("in/lost.xml").symlink_to("nothing")
    os.mkfifo("in/pipe.zip")
    _, _, err = tslint_("in", "--show-files", *ONLY)
    assert err == (
        "linted       in/a.xml\n"
        "passed over  in/b.xml (a link that leads out of the folder)\n"
        "passed over  in/lost.xml (no file, or a link to none)\n"
        "passed over  in/out (a link that leads out of the folder)\n"
        "passed over  in/pipe.zip (no file, or a link to none)\n"
        "No findings in 1 task sequence; 4 files passed over\n"
    )


@pytest.mark.parametrize("arguments", [("in",), ("in/a.zip", "--skip-unrecognized")])
def test_a_zip_that_cannot_be_read_is_never_passed_over(arguments):
    write(in_good=GOOD)
    Path("in/a.zip").write_bytes(b"MZ\0")
    assert findings(*arguments) == [("TS003", "error", "in/a.zip")]


def test_a_file_that_is_named_is_not_excluded():
    write(old_a=BAD)
    status, _, err = tslint_("old/a.xml", ".", *ONLY, config="exclude: [old]")
    assert status == FOUND
    assert "excluded" not in err


# ---- the configuration in force


def test_the_search_for_a_configuration_ends_at_the_root_of_the_repository(folder, monkeypatch):
    (folder / ".tslint.yaml").write_text("exclude: ['**']", "utf-8")
    repository = folder / "repository"
    (repository / "exports").mkdir(parents=True)
    (repository / "exports" / "a.xml").write_text(BAD, "utf-8")
    monkeypatch.chdir(repository / "exports")
    assert tslint_(".", *ONLY)[0] == USAGE
    (repository / ".git").write_text("gitdir: elsewhere")  # as in a worktree; a clone has a folder
    assert tslint_(".", *ONLY)[0] == FOUND
    (repository / ".tslint.yaml").write_text("levels: {TS101: note}", "utf-8")
    assert tslint_(".", *ONLY)[0] == CLEAN


@pytest.mark.parametrize(
    ("config", "arguments", "told"),
    [
        ("profile: strict", (), "profile strict"),
        ("profile: strict", ("--profile", "all"), ""),
        ("profile: recommended\nfail-on: warning", (), ""),
        ("fail-on: never\nmin-level: error", (), "fail-on never, min-level error"),
        ("ignore: [TS102]", (), "1 rule left out"),
        ("ignore: [TS102]", ("--ignore", "TS103"), ""),
        ("ignore: [TS102]\nlevels: {TS101: off, TS108: error}", (), "2 rules left out"),
        ("levels: {TS108: note}", (), "1 rule at a lower level"),
        ("levels: {TS102: error}", (), "1 rule at a higher level"),
        ("select: [TS101]", ONLY, ""),
        ("exclude: [old]", (), "1 file excluded"),
        ("exclude: [nothing]", (), ""),
        ("per-file-ignores: [{files: a.xml, rules: [TS101], reason: x}]", (), "1 finding suppressed"),
    ],
)
def test_a_configuration_that_hid_or_changed_something_is_named(config, arguments, told):
    write(a=BAD, old_b=BAD)
    _, _, err = tslint_(".", *arguments, config=config)
    (line,) = [line for line in err.splitlines() if "is in force" in line] or [""]
    assert line == (told and f"tslint: .tslint.yaml is in force: {told}")


# ---- without suppressions


A, B = ("TS101", "error", "a.xml"), ("TS101", "error", "old/b.xml")


@pytest.mark.parametrize(
    ("config", "aside"),
    [
        ("ignore: [TS101]", "1 rule left out"),
        ("select: [TS110]", "rules left out"),
        ("levels: {TS101: off}", "1 rule left out"),
        ("levels: {TS101: note}", "1 rule at a lower level"),
        ("exclude: [old]", "1 file excluded"),
    ],
)
def test_without_suppressions_what_a_configuration_hides_is_shown(config, aside):
    write(a=BAD, old_b=BAD)
    hidden = [one for one in findings(".", config=config) if one in {A, B}]
    assert len(hidden) < 2
    assert [one for one in findings(".", "--no-suppressions") if one in {A, B}] == [A, B]
    status, _, err = tslint_(".", "--no-suppressions")
    assert status == FOUND
    assert f"{aside} (set aside)" in err


def test_without_suppressions_what_a_configuration_adds_stays():
    write(a=BAD)
    config = "select: [TS521]\nlevels: {TS102: error}"  # of the profile strict; a warning by itself
    _, out, _ = tslint_("a.xml", "--no-suppressions", "--format", "sarif", config=config)
    rules = {one["id"]: one for one in json.loads(out)["runs"][0]["tool"]["driver"]["rules"]}
    assert set(rules) >= {"TS101", "TS102", "TS521"}
    assert rules["TS102"]["defaultConfiguration"]["level"] == "error"


def test_without_suppressions_options_of_the_command_line_hold():
    write(a=BAD)
    assert findings("a.xml", "--no-suppressions", "--ignore", "TS101", config="") == findings(
        "a.xml", "--ignore", "TS101"
    )
