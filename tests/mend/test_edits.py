"""Edits of the texts of steps, of their options and places, which rules of one's own can have too."""

from __future__ import annotations

import pytest

from tests.linting import TABLES
from tests.mend import powershell, shape
from tslint.lint.linter import Linter, Run
from tslint.mend.cannot import CannotMendError
from tslint.mend.in_powershell import InPowerShell
from tslint.mend.in_words import in_words
from tslint.mend.repair import Repairs
from tslint.rules.custom import load_rules
from tslint.rules.example import sequence_xml
from tslint.source.document import Origin
from tslint.source.walk import File

RULE = """id: ORG-1
name: found
level: note
never: {step: [RunCommandLine, RunPowerShellScript, InstallApplication, InstallSoftware], name: Found}
message: "'{first}' is found."
remedy: Mend it.
"""


def repairs(tmp_path, mend, *steps):
    (tmp_path / "found.yaml").write_text(f"{RULE}mend: {mend}\n", "utf-8")
    rules, _ = load_rules(str(tmp_path))
    data = sequence_xml(steps)
    linter = Linter(Run(rules, TABLES, bytes, skip_unrecognized=False))
    findings = linter.on({"a.xml": data.encode()}).lint([File(Origin("a.xml"), "a.xml", named=True)]).findings
    found = Repairs(TABLES)
    made = [repair for one in findings for repair in found.of(one)]
    for repair in made:
        assert shape.faults(data, repair.text()) == []
    return made


def said(tmp_path, mend, *steps):
    return [in_words(one.changes, one.opened) for one in repairs(tmp_path, mend, *steps)]


def command(text):
    return {"run": text, "name": "Found"}


def entered(text):
    return [f"In 'Found' enter under \"Command line\": {text}."]


@pytest.mark.parametrize(
    ("mend", "old", "new"),
    [
        ("{rewrite: CommandLine, as: 'cmd.exe /c {old}', of: first}", " copy a b ", "cmd.exe /c copy a b"),
        ("{rewrite: CommandLine, as: b.exe, of: first}", "a.exe", "b.exe"),
        ("{rewrite: CommandLine, as: '{documented}', of: first}", "OSDTimeZon", "OSDTimeZone"),
        ("{replace: '/', with: '-', within: CommandLine, of: first}", "a.exe /b /c", "a.exe -b -c"),
        ("{drop: [/b, '/c:'], from: CommandLine, of: first}", "a.exe /B -c:1 /c 2 /d", "a.exe /d"),
        ("{drop: '/c:', from: CommandLine, of: first}", 'a.exe /c "x y" /d "/c 2"', 'a.exe /d "/c 2"'),
        ("{drop: /c, from: CommandLine, of: first}", "a.exe /c /d", "a.exe /d"),
    ],
)
def test_a_text_is_changed(tmp_path, mend, old, new):
    (repair,) = repairs(tmp_path, f"{{do: {mend}}}", command(old))
    assert [in_words(repair.changes, repair.opened)] == entered(new)
    assert f"<action>smsswd.exe /run: {new}</action>" in repair.text().replace("&quot;", '"')


@pytest.mark.parametrize(
    "mend",
    [
        "{rewrite: CommandLine, as: '{old}', of: first}",
        "{replace: '-', with: '/', within: CommandLine, of: first}",
        "{drop: /x, from: CommandLine, of: first}",
        "{drop: /b, from: OutputVariableName, of: first}",
    ],
)
def test_a_text_that_does_not_hold_it_is_left_alone(tmp_path, mend):
    assert repairs(tmp_path, f"{{do: {mend}}}", command("a.exe /b")) == []


def test_options_are_not_dropped_where_quotation_marks_do_not_pair(tmp_path):
    assert repairs(tmp_path, "{do: {drop: /b, from: CommandLine, of: first}}", command('a.exe /b "c')) == []


def test_a_text_that_becomes_empty_goes(tmp_path):
    step = {"powershell": "Get-Date", "Parameters": "-NoProfile", "name": "Found"}
    (repair,) = repairs(tmp_path, "{do: {drop: -noprofile, from: Parameters, of: first}}", step)
    assert in_words(repair.changes, repair.opened) == "In 'Found' empty \"Parameters\"."
    assert "Parameters" not in repair.text()


@pytest.mark.parametrize(
    ("step", "option", "words", "told"),
    [
        (command("a.exe"), "timeout: 90", 'Time-out (minutes)": 2', "RunCommandLine {} -Timeout 2"),
        (
            {"powershell": "Get-Date", "name": "Found", "timeout": 5},
            "timeout: 600",
            'Time-out (minutes)": 10',
            "RunPowerShellScript {} -TimeoutMins 10",
        ),
        (
            {"step": "InstallApplication", "name": "Found", "retryCount": 9},
            "retryCount: 5",
            'Number of times to retry": 5',
            "InstallApplication {} -RetryCount 5",
        ),
        ({"step": "InstallSoftware", "name": "Found"}, "retryCount: 5", 'Number of times to retry": 5', ""),
    ],
)
def test_options_that_are_numbers_are_told_as_the_editor_shows_them(tmp_path, step, option, words, told):
    (repair,) = repairs(tmp_path, f"{{do: {{options: {{{option}}}, of: first}}}}", step)
    assert in_words(repair.changes, repair.opened) == f"In 'Found' enter under \"{words}."
    assert f'{option.replace(": ", "=")[: -len(option.split()[1])]}"{option.split()[1]}"' in repair.text()
    writer = InPowerShell(repair.opened, "'A'")
    if not told:
        with pytest.raises(CannotMendError, match="no cmdlet sets 'Number of times to retry'"):
            writer.statements(repair.changes)
        return
    (statement,) = writer.statements(repair.changes)
    assert statement == "Set-CMTSStep" + told.format("-TaskSequenceName 'A' -StepName 'Found'")
    assert powershell.faults(statement) == []


KEEP = "{find: {x: {last: {step: Reboot}}}, do: {move: first, after: x, keeping conditions: true}}"
RESTART = {"restart": "HD", "name": "Restart", "when": "A exists"}
FOUND = command("a.exe")


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([FOUND, RESTART], "Move 'Found' after 'Restart' outside of all groups."),
        (
            [FOUND, {"group": "Late", "steps": [RESTART]}],
            "Move 'Found' after 'Restart' in the group 'Late'.",
        ),
        (
            [FOUND, {"group": "Late", "when": "B exists", "steps": [{"group": "In", "steps": [RESTART]}]}],
            "Move 'Found' after 'Late' outside of all groups.",
        ),
        (
            [{"group": "All", "when": "B exists", "steps": [FOUND, {"group": "In", "steps": [RESTART]}]}],
            "Move 'Found' after 'Restart' in the group 'In'.",
        ),
        (
            [{"group": "Early", "steps": [FOUND]}, RESTART],
            "Move 'Found' after 'Restart' outside of all groups.",
        ),
        ([{"group": "Early", "when": "B exists", "steps": [FOUND]}, RESTART], ""),
    ],
)
def test_a_step_that_moves_keeps_its_conditions_if_the_rule_says_so(tmp_path, steps, words):
    assert said(tmp_path, KEEP, *steps) == ([words] if words else [])


def test_a_switch_of_the_command_says_what_the_setting_says(tmp_path):
    mend = "{find: {x: {last: {step: EnableBitLocker}}}, do: {set: {WaitForEncryption: true}, of: x}}"
    lock = {"step": "EnableBitLocker", "Mode": "TPM", "WaitForEncryption": False}
    said_so = {**lock, "action": "OSDBitLocker.exe /enable  /wait:False /mode:TPM /pwd:AD"}
    (repair,) = repairs(tmp_path, mend, FOUND, said_so)
    assert "<action>OSDBitLocker.exe /enable  /wait:True /mode:TPM /pwd:AD</action>" in repair.text()
    (repair,) = repairs(tmp_path, mend, FOUND, lock)
    assert "<action>OSDBitLocker.exe /enable /mode:TPM /wait:True</action>" in repair.text()
