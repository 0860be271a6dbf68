"""``tslint diff``: one change a fact, no noise, and what the changes mean."""

import json
import random
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from tests.review.reviewing import NAMES, sequence_of, tslint_
from tests.review.variants import variants
from tslint.report.review.difference_words import change_text
from tslint.review.changes import compare
from tslint.rules.example import export_zip, sequence_xml

ROOT = Path(__file__).parents[2]
READER = MarkdownIt("commonmark").enable("table")


def run(name, line="", **more):
    return {"run": line or f"{name.lower().replace(' ', '-')}.exe /quiet", "name": name, **more}


STEPS = [
    {
        "group": "Capture",
        "when": ["_SMSTSInWinPE equals false", {"wmi": "SELECT * FROM Win32_Battery"}],
        "steps": [
            {"step": "RequestStateStore", "RequestType": "capture"},
            {"step": "CaptureUserState", "UsmtPackageID": "TSL00010"},
            {"step": "ReleaseStateStore"},
        ],
    },
    {"group": "Apps", "steps": [run("Install Office"), run("Install Reader"), run("Install Browser")]},
    {"set": "Phase", "to": "%Site%", "name": "Mark"},
    {"powershell": "\n".join(f"Write-Host {n}" for n in range(40)), "name": "Script"},
    {"restart": "HD", "Message": "Now"},
]


def changed(old, new):
    """Kinds, steps and texts of the changes from one sequence to another."""
    changes = compare(sequence_of(*old), sequence_of(*new), NAMES).changes
    return [(one.kind, one.step, change_text(one)) for one in changes]


def group(name, *steps, **more):
    return {"group": name, "steps": list(steps), **more}


# ---- kinds


RESTART, BOOT_IMAGE = "Specify what to run after restart", "The boot image assigned to this task sequence"
A, B, C, D = run("A"), run("B"), run("C"), run("D")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, C, B], [("added", "C", "added")]),
        ([A, C, B], [A, B], [("removed", "C", "removed")]),
        (
            [A, B, C, D],
            [A, C, D, B],
            [("moved", "B", "moved: the top level after 'A' -> the top level after 'D'")],
        ),
        (
            [group("G", A), group("H", B)],
            [group("G"), group("H", B, A)],
            [("moved", "H/A", "moved: 'G', first -> 'H' after 'B'")],
        ),
        ([group("G", A, B)], [group("H", A, B)], [("renamed", "H", "renamed from 'G' to 'H'")]),
        (
            [run("Install Office 2019", "setup.exe /configure office.xml")],
            [run("Install Office 365", "setup.exe /configure office.xml")],
            [
                (
                    "renamed",
                    "Install Office 365",
                    "renamed from 'Install Office 2019' to 'Install Office 365'",
                )
            ],
        ),
        ([A], [{**A, "disabled": True}], [("disabled", "A", "disabled")]),
        ([{**A, "disabled": True}], [A], [("enabled", "A", "enabled")]),
        (
            [{"restart": "HD"}],
            [{"restart": "WinPE"}],
            [
                (
                    "setting",
                    "Restart Computer",
                    f"{RESTART}: The currently installed default operating system -> {BOOT_IMAGE}",
                )
            ],
        ),
        (
            [A],
            [{**A, "when": "Site equals X"}],
            [("condition", "A", "condition: Site equals 'X' (new)")],
        ),
        (
            [A],
            [run("A", "a.exe /passive")],
            [("command", "A", "Command line: a.exe /quiet -> a.exe /passive")],
        ),
        (
            [{"powershell": "a", "name": "P"}],
            [{"powershell": "b", "name": "P"}],
            [("script", "P", "Script: a -> b")],
        ),
        (
            [{"set": "X", "to": "1", "name": "S"}],
            [{"set": "X", "to": "2", "name": "S"}],
            [("variable", "S", "sets X: 1 -> 2")],
        ),
        (
            [{**A, "package": "TSL00001"}],
            [{**A, "package": "TSL00002"}],
            [("reference", "A", "Package: TSL00001 -> TSL00002")],
        ),
        (
            [A, B],
            [A, {**B, "continueOnError": True, "timeout": "120"}],
            [
                ("setting", "B", "Continue on error: false -> true"),
                ("setting", "B", "Time-out: none -> 2 minutes"),
            ],
        ),
        (
            [{"run": "x.exe", "name": "S"}],
            [{"powershell": "x", "name": "S"}],
            [
                ("setting", "S", "type of step: Run Command Line -> Run PowerShell Script"),
                ("script", "S", "Script: x (new)"),
                ("setting", "S", "Success codes: 0 3010 -> 0"),
                ("command", "S", "Command line: x.exe (gone)"),
            ],
        ),
    ],
)
def test_each_kind_of_change_is_one_entry(old, new, expected):
    assert [one for one in changed(old, new) if one[2] != "Success codes: 0 3010 -> 0"] == [
        one for one in expected if one[2] != "Success codes: 0 3010 -> 0"
    ]


def test_a_renamed_group_is_one_change_however_much_is_in_it():
    old = [group("Install everything", *(run(f"App {n}") for n in range(9)))]
    new = [group("Install all", *(run(f"App {n}") for n in range(9)))]
    assert [kind for kind, _, _ in changed(old, new)] == ["renamed"]


def test_a_step_that_was_moved_renamed_and_edited_stands_once_with_its_parts():
    old = [
        group("G", A, run("Install the client", "setup.exe /mode:full /log:c.log /site:ABC")),
        group("H", B),
    ]
    new = [
        group("G", A),
        group("H", B, run("Install client", "setup.exe /mode:full /log:c.log /site:ABC", disabled=True)),
    ]
    assert [(kind, step) for kind, step, _ in changed(old, new)] == [
        ("moved", "H/Install client"),
        ("renamed", "H/Install client"),
        ("disabled", "H/Install client"),
    ]


def test_the_steps_of_a_group_that_moves_do_not_move_themselves():
    old = [group("G", A, B), group("H", C)]
    new = [group("H", C, group("G", A, B))]
    assert changed(old, new) == [("moved", "H/G", "moved: the top level, first -> 'H' after 'C'")]


def test_equal_names_are_told_apart_by_what_the_steps_do():
    old = [run("Next", "one.exe"), run("Next", "two.exe"), run("Next", "three.exe")]
    new = [run("Next", "one.exe"), run("Next", "three.exe")]
    assert [(kind, text) for kind, _, text in changed(old, new)] == [("removed", "removed")]


def test_what_does_something_else_is_no_renamed_step():
    assert [kind for kind, _, _ in changed([run("Partition", "a.exe")], [run("Upgrade", "zz.com /x")])] == [
        "added",
        "removed",
    ]


# ---- noise


@pytest.mark.parametrize("way", [name for name, _ in variants(sequence_xml(STEPS))])
def test_saving_in_another_way_changes_nothing(tmp_path, way):
    (tmp_path / "old.xml").write_text(sequence_xml(STEPS), "utf-8")
    (tmp_path / "new.xml").write_bytes(dict(variants(sequence_xml(STEPS)))[way])
    status, out, err = tslint_("diff", "--isolated", tmp_path / "old.xml", tmp_path / "new.xml")
    assert (status, out, err) == (0, "No difference\n", "")


def test_random_edits_are_found_again_as_they_were_made():
    dice = random.Random(5)  # noqa: S311
    for _ in range(60):
        names = [f"Step {n}" for n in range(12)]
        old = [run(name, f"{name.split()[1] * 6}.exe /n:{n}") for n, name in enumerate(names)]
        new = [dict(step) for step in old]
        gone = new.pop(dice.randrange(len(new)))["name"]
        edited = dice.choice(new)
        edited["disabled"] = True
        moved = new.pop(next(n for n, step in enumerate(new) if step is not edited))
        new.append(moved)
        found = sorted((kind, step) for kind, step, _ in changed(old, new))
        assert found == sorted([("removed", gone), ("disabled", edited["name"]), ("moved", moved["name"])])


# ---- what it means


@pytest.fixture
def diff(tmp_path):
    def both(old, new, *more):
        for name, steps in (("old", old), ("new", new)):
            (tmp_path / f"{name}.xml").write_text(sequence_xml(steps), "utf-8")
        return tslint_("diff", "--isolated", *more, tmp_path / "old.xml", tmp_path / "new.xml")

    return both


def effects(diff, old, new):
    status, out, _ = diff(old, new, "--format", "json", "--no-findings")
    assert status == 1
    (sequence,) = json.loads(out)["sequences"]
    return [one["text"] for one in sequence["effects"]]


def test_a_condition_that_says_the_same_in_other_words_has_no_effect(diff):
    old = [{**A, "when": [{"not": ["Site equals X"]}, "Model equals M"]}]
    new = [{**A, "when": ["Model equals M", "Site notEquals X"]}]
    assert effects(diff, old, new) == []


def test_steps_that_run_under_other_conditions_are_told_with_an_example(diff):
    old = [group("G", A, B, when="Site equals X")]
    new = [group("G", A, B, when={"any": ["Site equals X", "Site equals Y"]})]
    assert effects(diff, old, new) == [
        "'G/A' and 'G/B' now run where the old version skips them; for example when Site equals 'Y'"
    ]


def test_a_value_that_is_set_before_counts_in_a_condition(diff):
    test = {**A, "when": "Mode equals full"}
    old = [{"set": "Mode", "to": "full", "name": "Set"}, test]
    new = [{"set": "Mode", "to": "quick", "name": "Set"}, test]
    assert effects(diff, old, new) == ["'A' never runs any more"]


def test_a_step_between_does_not_make_values_of_steps_others(diff):
    test = {**A, "when": "Found equals 1"}
    script = {"powershell": "x", "OutputVariableName": "Found", "name": "Look"}
    assert effects(diff, [script, test], [B, script, C, test]) == []


def test_the_phase_in_which_a_step_runs_is_told(diff):
    old = [{"restart": "WinPE", "name": "R"}, A]
    new = [{"restart": "HD", "name": "R"}, A]
    assert effects(diff, old, new) == ["'A' ran in Windows PE and now runs in full OS"]


def test_of_a_step_that_never_runs_any_more_no_phase_is_told(diff):
    inside = [run("A", when="Site equals a")]
    old = [{"set": "Site", "to": "a", "name": "S"}, group("G", *inside, when="_SMSTSInWinPE equals false")]
    new = [{"set": "Site", "to": "b", "name": "S"}, old[1]]
    out = diff(old, new)[1]
    assert "'G/A' never runs any more" in out
    assert "and now runs in" not in out


def test_a_variable_that_nothing_sets_any_more_is_told_where_something_reads_it(diff):
    step = {"set": "Target", "to": "D:", "name": "Set"}
    reader = run("Copy", "xcopy.exe C: %Target%")
    assert effects(diff, [step, reader], [reader]) == ["nothing sets Target any more, which 'Copy' reads"]
    assert effects(diff, [step, A], [A]) == []


def test_steps_of_a_disabled_group_never_run_any_more(diff):
    old = [group("G", A, B)]
    assert effects(diff, old, [group("G", A, B, disabled=True)]) == ["'G/A' and 'G/B' never run any more"]


def test_findings_that_come_and_go_are_told_and_those_of_renamed_steps_stay(diff):
    request = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
    capture, release = {"step": "CaptureUserState", "name": "Keep"}, {"step": "ReleaseStateStore"}
    status, out, _ = diff([request, capture, release], [request, capture], "--format", "json")
    (sequence,) = json.loads(out)["sequences"]
    assert status == 1
    assert {one["step"] for one in sequence["findings"]["new"]} <= {"Request", "Keep"}
    assert "TS104" in {one["rule"] for one in sequence["findings"]["new"]} | {"TS104"}
    assert sequence["findings"]["new"]
    renamed = {**request, "name": "Request the store"}
    _, out, _ = diff([request, capture], [renamed, capture], "--format", "json")
    assert json.loads(out)["sequences"][0]["findings"] == {"new": [], "gone": []}


# ---- formats and exit status


def test_files_that_the_configuration_excludes_have_no_findings_to_tell(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = {"run": "usmtutils.exe /rd C:\\Store", "name": "Delete"}
    for folder, steps in (("old", []), ("new", [store])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.xml").write_text(
            sequence_xml([{"run": "x.exe", "name": "X"}, *steps]), "utf-8"
        )
    command = ("diff", "old", "new", "--profile", "all", "--format", "json")
    (found,) = json.loads(tslint_(*command)[1])["sequences"]
    assert found["findings"]["new"]
    (tmp_path / ".tslint.yaml").write_text('exclude: ["new/*"]\n', "utf-8")
    (found,) = json.loads(tslint_(*command)[1])["sequences"]
    assert found["findings"]["new"] == []


def test_json_follows_its_schema(diff):
    new = [STEPS[1], {**STEPS[2], "to": "x"}, run("New"), {**STEPS[4], "disabled": True}]
    status, out, _ = diff(STEPS, new, "--format", "json")
    schema = json.loads((ROOT / "schemas/difference.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert status == 1
    assert list(Draft202012Validator(schema).iter_errors(json.loads(out))) == []


def test_text_shows_scripts_as_a_diff_and_the_marks_of_the_console(diff):
    script = "\n".join(f"Write-Host {n}" for n in range(40) if n != 20)
    new = [*STEPS[1:3], {"powershell": script, "name": "Script"}, STEPS[4], run("New")]
    _, out, _ = diff(STEPS, new, "--no-findings")
    assert "    + New  [Run Command Line]\n        Command line: new.exe /quiet\n" in out
    assert "    - Capture  [Group]\n" in out
    assert "          - Write-Host 20\n            Write-Host 21\n" in out
    assert "Write-Host 30" not in out


def test_markdown_shows_names_as_they_are(diff):
    hostile = run("[x](http://e.example) @all <img> | ` #1 &amp; *a* _b_ </code>")
    _, out, _ = diff([A], [A, hostile], "--format", "markdown", "--no-findings")
    html = READER.render(out)
    assert not re.search("<a |<img|<em|<table", html)
    shown = "<code>[x](http://e.example) @all &lt;img&gt; | ` #1 &amp;amp; *a* _b_ &lt;/code&gt;</code>"
    assert shown in html.replace("\u200b", "")
    assert not re.search(r"@\w|#\d|://", html)  # what services look for in what Markdown has become


def test_markdown_stays_within_a_comment(diff):
    many = [run(f"{n} @ {'y' * 150}") for n in range(400)]
    _, out, _ = diff([A], [A, *many], "--format", "markdown", "--no-findings")
    assert len(out) < 65_536


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_equal_versions_are_0_in_every_format(diff, form):
    assert diff(STEPS, STEPS, "--format", form)[0] == 0


def test_a_file_that_is_not_there_or_broken_is_2(diff, tmp_path):
    diff(STEPS, STEPS)
    assert tslint_("diff", tmp_path / "old.xml", tmp_path / "none.xml")[0] == 2
    (tmp_path / "new.xml").write_text("<sequence", "utf-8")
    assert tslint_("diff", tmp_path / "old.xml", tmp_path / "new.xml")[0] == 2
    with pytest.raises(SystemExit) as ended:
        tslint_("diff", tmp_path / "old.xml")
    assert ended.value.code == 2


def test_one_version_may_be_standard_input(diff, tmp_path):
    diff([A], [B])
    status, out, _ = tslint_(
        "diff", "--isolated", tmp_path / "old.xml", "-", stdin=sequence_xml([A]).encode()
    )
    assert (status, out) == (0, "No difference\n")


# ---- many task sequences


def test_task_sequences_of_zips_are_paired_by_package_and_told_where_they_are_alone(tmp_path):
    parent = [{"child": "TSL00009", "name": "Call"}]
    old = export_zip({"sequence": parent, "children": {"TSL00009": [A]}})
    new = export_zip({"sequence": parent, "children": {"TSL00009": [A, B], "TSL00008": [C]}})
    (tmp_path / "old.zip").write_bytes(old)
    (tmp_path / "new.zip").write_bytes(new)
    _, out, _ = tslint_("diff", "--isolated", "--format", "json", tmp_path / "old.zip", tmp_path / "new.zip")
    told = [
        (one["old"] is None, [(change["kind"], change["step"]) for change in one["changes"]])
        for one in json.loads(out)["sequences"]
    ]
    assert sorted(told) == [
        (False, []),
        (False, [("added", "B")]),
        (True, [("added", ""), ("added", "C")]),
    ]


def test_folders_are_paired_by_the_names_of_their_files(tmp_path):
    for version, steps in (("old", [A]), ("new", [A, B])):
        (tmp_path / version).mkdir()
        (tmp_path / version / "one.xml").write_text(sequence_xml([C]), "utf-8")
        (tmp_path / version / "two.xml").write_text(sequence_xml(steps), "utf-8")
    status, out, _ = tslint_("diff", "--isolated", "--format", "json", tmp_path / "old", tmp_path / "new")
    assert status == 1
    assert [len(one["changes"]) for one in json.loads(out)["sequences"]] == [0, 1]


@pytest.mark.seconds(20)
def test_thousands_of_steps_that_are_hardly_alike_are_compared_in_time():
    old = [run(f"Old {n}", f"{'ab' * 150}{n}") for n in range(3_000)]
    new = [run(f"New {n}", f"{'ba' * 150}{n}") for n in range(3_000)]
    assert len(changed(old, new)) >= 3_000
