"""The options that mend: --fix, --unsafe-fixes, --diff, --fix-script."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import tslint.cli.mend
import tslint.mend.fixing
import tslint.report.output
from tests.mend import powershell
from tests.rule_text import command
from tslint.cli.arguments import parse
from tslint.rules.example import export_zip, object_xml, sequence_xml

REQUEST = {"step": "RequestStateStore", "RequestType": "capture"}
CAPTURE = {"step": "CaptureUserState", "UsmtPackageID": "CM100001"}
# TS104, which is mended safely, and TS205, which somebody has to think about
BROKEN = [{"group": "Save", "steps": [REQUEST, CAPTURE]}, {"restart": "Here"}]
SAFE, UNSAFE = "TS104", "TS205"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def file(folder):
    path = folder / "refresh.xml"
    path.write_text(sequence_xml(BROKEN), "utf-8")
    return path


def rules(out):
    return [finding["rule"] for finding in json.loads(out)["findings"]]


def lint(*arguments):
    status, out, err = command("--format", "json", *arguments)
    return status, rules(out), err


def test_fix_mends_what_is_safe_and_reports_the_rest(file):
    status, found, err = lint("--fix", "refresh.xml")
    assert (status, found) == (1, [UNSAFE])
    assert "1 finding mended in 1 file" in err
    assert "ReleaseStateStore" in file.read_text("utf-8")


@pytest.mark.usefixtures("file")
def test_unsafe_fixes_are_made_when_they_are_asked_for():
    status, found, err = lint("--fix", "--unsafe-fixes", "refresh.xml")
    assert (status, found) == (0, [])
    assert "2 findings mended in 1 file" in err


def test_fix_changes_nothing_the_second_time(file):
    lint("--fix", "--unsafe-fixes", "refresh.xml")
    once = file.read_bytes()
    status, found, err = lint("--fix", "--unsafe-fixes", "refresh.xml")
    assert (status, found, file.read_bytes()) == (0, [], once)
    assert "0 findings mended in 0 files" in err


def test_diff_shows_what_fix_would_change_and_changes_nothing(file):
    before = file.read_bytes()
    status, out, _ = command("--fix", "--diff", "refresh.xml")
    assert (status, file.read_bytes()) == (1, before)
    assert out.startswith("--- a/refresh.xml\n+++ b/refresh.xml\n")
    assert "\n\\ No newline at end of file\n" in out


def test_diff_of_nothing_is_nothing(folder):
    (folder / "good.xml").write_text(sequence_xml([{"restart": "HD"}]), "utf-8")
    assert command("--fix", "--diff", "good.xml")[:2] == (0, "")


def test_what_a_diff_shows_can_be_applied(file):
    before = file.read_text("utf-8")
    file.write_text(before.replace("><", ">\n<") + "\n", "utf-8")
    (file.parent / "a.patch").write_text(command("--fix", "--diff", "refresh.xml")[1], "utf-8")
    subprocess.run(["git", "apply", "a.patch"], check=True, cwd=file.parent)
    assert lint("refresh.xml")[1] == [UNSAFE]


def test_a_diff_shows_no_secret(folder):
    steps = [{"set": "AdminPassword", "to": "Ex4mple!one", "name": "Password"}, *BROKEN]
    (folder / "a.xml").write_text(sequence_xml(steps).replace("><", ">\n<"), "utf-8")
    out = command("--fix", "--diff", "a.xml")[1]
    assert "ReleaseStateStore" in out
    assert "Ex4mple!one" not in out


def test_the_script_shows_no_secret(folder):
    run = {"run": "net.exe use Z: \\\\a\\b Ex4mple!one /user:c", "name": "Map Ex4mple!one"}
    (folder / "a.xml").write_text(sequence_xml([run, *BROKEN]), "utf-8")
    command("--profile", "all", "--fix-script", "a.ps1", "--unsafe-fixes", "a.xml")
    assert "Ex4mple!one" not in Path("a.ps1").read_text("utf-8")


HIDDEN = {"set": "Setting", "to": "Ex4mple!one", "DoNotShowVariableValue": "true", "name": "Hide"}


def test_a_diff_that_mends_the_last_finding_shows_no_secret(folder):
    request = [{"step": "RequestStateStore", "RequestType": "capture"}, CAPTURE]
    (folder / "a.xml").write_text(sequence_xml([HIDDEN, {"group": "Save", "steps": request}]), "utf-8")
    assert lint("--select", SAFE, "a.xml")[1] == [SAFE]
    out = command("--select", SAFE, "--fix", "--diff", "a.xml")[1]
    assert "ReleaseStateStore" in out
    assert "Ex4mple!one" not in out


def test_a_diff_shows_no_secret_that_is_written_with_character_references(folder):
    text = sequence_xml([HIDDEN, *BROKEN]).replace("><", "> <").replace("Ex4mple!one", "Ex4mple&#33;&#x6F;ne")
    (folder / "a.xml").write_text(text, "utf-8")
    out = command("--fix", "--diff", "a.xml")[1]
    assert out.startswith("--- a/a.xml\n")
    assert "Ex4mple" not in out


def test_a_secret_with_a_quote_is_not_shown_where_powershell_doubles_it(folder):
    store = {"run": "usmtutils.exe /rd C:\\Store /password:O'Neil#2024 /y", "name": "Delete"}
    steps = [{**HIDDEN, "to": "O'Neil#2024"}, store]
    (folder / "a.xml").write_text(object_xml(sequence_xml(steps), "CM100002", "Deploy O'Neil#2024"), "utf-8")
    for form in ("text", "json", "html"):
        assert "Neil#2024" not in command("--profile", "all", "--format", form, "a.xml")[1]
    command("--profile", "all", "--fix-script", "a.ps1", "--unsafe-fixes", "a.xml")
    assert "Neil#2024" not in Path("a.ps1").read_text("utf-8")


def test_the_script_asks_for_a_name_that_holds_a_secret(folder):
    text = object_xml(sequence_xml([HIDDEN, *BROKEN]), "CM100002", "Deploy Ex4mple!one")
    (folder / "a.xml").write_text(text, "utf-8")
    command("--fix-script", "a.ps1", "a.xml")
    script = Path("a.ps1").read_text("utf-8")
    assert "Mends what tslint found in Deploy ***." in script
    assert "[Parameter(Mandatory)]\n    [string]$TaskSequenceName\n" in script


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_mended_file_keeps_its_permissions_and_a_link_to_it_stays(file):
    file.chmod(0o640)
    link = file.parent / "link.xml"
    link.symlink_to(file)
    lint("--fix", "link.xml")
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert "ReleaseStateStore" in file.read_text("utf-8")
    assert sorted(one.name for one in file.parent.iterdir()) == ["link.xml", "refresh.xml"]


def test_a_suppressed_finding_is_not_mended(file):
    text = sequence_xml(BROKEN).replace(
        '<step type="SMS_TaskSequence_Capture',
        '<!-- tslint: ignore[TS104] no --><step type="SMS_TaskSequence_Capture',
    )
    file.write_text(text, "utf-8")
    assert lint("--fix", "refresh.xml")[1] == [UNSAFE]
    assert file.read_text("utf-8") == text


def test_a_finding_of_the_baseline_is_not_mended(file):
    command("--write-baseline", "b.json", "refresh.xml")
    before = file.read_bytes()
    assert lint("--fix", "--baseline", "b.json", "refresh.xml")[1] == []
    assert file.read_bytes() == before


def test_only_chosen_rules_are_mended(file):
    before = file.read_bytes()
    lint("--fix", "--select", UNSAFE, "refresh.xml")
    assert file.read_bytes() == before


def test_a_zip_is_left_alone_with_a_word(folder):
    path = folder / "export.zip"
    path.write_bytes(export_zip({"sequence": BROKEN}))
    before = path.read_bytes()
    status, found, err = lint("--fix", "export.zip")
    assert (status, sorted(found), path.read_bytes()) == (1, [SAFE, UNSAFE], before)
    assert "export.zip is left alone: unpack it, or use --fix-script" in err


@pytest.mark.usefixtures("folder")
def test_standard_input_cannot_be_mended():
    status, _, err = command("--fix", "-")
    assert status == 2
    assert "standard input" in err


def test_files_of_one_export_are_mended_together(folder):
    for package, steps in (
        ("A0000001", [{"child": "A0000002", "name": "Go"}, {"restart": "HD"}]),
        ("A0000002", BROKEN),
    ):
        path = folder / "SMS_TaskSequencePackage" / package / "object.xml"
        path.parent.mkdir(parents=True)
        path.write_text(object_xml(sequence_xml(steps), package), "utf-8")
    assert lint("--fix", "--unsafe-fixes", ".")[1] == []


def test_the_script_mends_all_in_their_order_and_parses(file):
    file.write_text(object_xml(sequence_xml(BROKEN), "CM100002", "It's <here>"), "utf-8")
    before = file.read_bytes()
    status, found, _ = lint("--fix-script", "mend.ps1", "--unsafe-fixes", "refresh.xml")
    assert (status, sorted(found), file.read_bytes()) == (1, [SAFE, UNSAFE], before)
    script = Path("mend.ps1").read_text("utf-8")
    assert script.startswith("\ufeff<#")
    assert "[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]" in script
    assert "[string]$TaskSequenceName = 'It''s <here>'" in script
    assert powershell.faults(script) == []
    assert powershell.commands(script) == [
        "Set-CMTaskSequenceGroup",
        "New-CMTSStepReleaseStateStore",
        "Set-CMTSStepReboot",
    ]


def test_the_script_says_what_is_to_be_decided(folder):
    steps = [{"step": "CaptureUserState"}, {"step": "RestoreUserState"}, {"restart": "HD"}]
    (folder / "a.xml").write_text(sequence_xml(steps), "utf-8")
    lint("--fix-script", "a.ps1", "a.xml")
    assert "# TS145: 'Capture User State' has no user state migration tool package." in Path(
        "a.ps1"
    ).read_text("utf-8")


@pytest.mark.usefixtures("file")
def test_the_script_asks_for_a_name_that_no_file_tells():
    lint("--fix-script", "mend.ps1", "refresh.xml")
    assert "[Parameter(Mandatory)]\n    [string]$TaskSequenceName\n" in Path("mend.ps1").read_text("utf-8")


def test_the_script_is_for_several_task_sequences_and_for_those_in_a_zip(folder):
    (folder / "a.zip").write_bytes(export_zip({"sequence": BROKEN}))
    (folder / "b.xml").write_text(sequence_xml(BROKEN), "utf-8")
    lint("--fix-script", "mend.ps1", ".")
    script = Path("mend.ps1").read_text("utf-8")
    assert "[string[]]$TaskSequenceName = @('Example', '')" in script
    assert script.count("$name = $TaskSequenceName[") == 2
    assert script.count(f"{SAFE} ") == 2
    assert script.count(f"{UNSAFE}:") == 2
    assert powershell.faults(script) == []


def test_nothing_in_a_name_becomes_a_part_of_the_script(folder):
    name = "#> '; Remove-Item C:\\ # \u2019; Remove-Item D:\\ `$(x)"
    steps = [{"group": name, "steps": [REQUEST, {**CAPTURE, "name": name}]}]
    text = object_xml(sequence_xml(steps), "CM100002", name.replace(">", "&gt;"))
    (folder / "a.xml").write_text(text, "utf-8")
    lint("--fix-script", "a.ps1", "a.xml")
    script = Path("a.ps1").read_text("utf-8")
    assert powershell.commands(script) == ["Set-CMTaskSequenceGroup", "New-CMTSStepReleaseStateStore"]
    assert powershell.faults(script) == []


@pytest.mark.parametrize("arguments", [["--diff"], ["--unsafe-fixes"], ["--unsafe-fixes", "--diff"]])
def test_options_that_go_with_fix_are_refused_without_it(arguments, capsys):
    with pytest.raises(SystemExit):
        parse([*arguments, "a.xml"])
    assert "goes with --fix" in capsys.readouterr().err


@pytest.mark.usefixtures("file")
def test_the_script_takes_the_place_of_nothing_that_is_read():
    status, _, err = command("--fix-script", "refresh.xml", "refresh.xml")
    assert status == 2
    assert "would overwrite a file that is linted" in err


def test_the_example_of_the_readme_is_mended_but_for_what_has_to_be_decided(folder):
    example = Path(__file__).parents[1] / "examples" / "refresh-broken.xml"
    (folder / "a.xml").write_bytes(example.read_bytes())
    assert lint("--fix", "--profile", "recommended", "a.xml")[1] == ["TS142"]


def test_a_finding_tells_its_fix_in_json_and_sarif(file):
    findings = json.loads(command("--format", "json", "refresh.xml")[1])["findings"]
    fix = next(one for one in findings if one["rule"] == SAFE)["fix"]
    assert fix["safe"] is True
    (edit,) = fix["edits"]
    assert "ReleaseStateStore" in edit["content"]
    text = file.read_text("utf-8")
    at = edit["column"] - 1
    mended = text[:at] + edit["content"] + text[edit["endColumn"] - 1 :]
    file.write_text(mended, "utf-8")
    assert lint("refresh.xml")[1] == [UNSAFE]
    sarif = json.loads(command("--format", "sarif", "refresh.xml")[1])
    (result,) = sarif["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "refresh.xml"}
    assert change["replacements"][0]["deletedRegion"]["startLine"] == 1


@pytest.mark.usefixtures("file")
def test_text_tells_how_to_have_it_done():
    out = command("refresh.xml")[1]
    assert "tslint --fix does it." in out
    assert "tslint --fix --unsafe-fixes does it." in out
    assert "-TaskSequenceName $TaskSequenceName -StepName 'Save'" in out


def test_a_run_that_meets_a_bound_says_so(file, monkeypatch):
    monkeypatch.setattr(tslint.mend.fixing, "MAX_MENDS", 1)
    _, found, err = lint("--fix", "--unsafe-fixes", "refresh.xml")
    assert found in ([SAFE], [UNSAFE], [])
    assert "refresh.xml: not all was tried; run this again for the rest" in err
    assert file.exists()


def test_a_file_that_changed_meanwhile_is_left_alone(file, monkeypatch):
    monkeypatch.setattr(tslint.report.output, "_replace", pytest.fail)
    monkeypatch.setattr(tslint.cli.mend, "is_worse", lambda *_: not file.write_text("<sequence/>"))
    _, _, err = lint("--fix", "refresh.xml")
    assert "refresh.xml has changed meanwhile, and is left alone" in err
    assert file.read_text() == "<sequence/>"


def test_what_another_file_calls_is_mended_in_its_own_place(folder):
    parent = [{"child": "A0000002", "name": "Go"}, {"restart": "HD", "name": "End"}]
    (folder / "parent.xml").write_text(object_xml(sequence_xml(parent), "A0000001"), "utf-8")
    (folder / "child.xml").write_text(object_xml(sequence_xml(BROKEN), "A0000002"), "utf-8")
    before = (folder / "parent.xml").read_bytes()
    assert lint("--fix", "--unsafe-fixes", ".")[1] == []
    assert (folder / "parent.xml").read_bytes() == before


@pytest.mark.parametrize("more", ["--output=report.json", "--write-baseline=baseline.json"])
def test_diff_refuses_to_be_asked_for_a_report_that_it_would_not_write(more, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--fix", "--diff", more, "a.xml"])
    assert ended.value.code == 2
    assert "leave out --output and --write-baseline" in capsys.readouterr().err
