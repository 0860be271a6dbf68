"""Of several mends of a rule, each is made where it fits, and proves right; else there is a decision."""

from __future__ import annotations

import pytest

from tests.linting import TABLES
from tests.mend.proof import lint, proof
from tslint.mend.in_words import in_words
from tslint.mend.repair import Repairs, decision
from tslint.rules.example import sequence_xml

IMAGE = {"step": "ApplyOperatingSystem", "ImagePackageID": "TSL00020", "ImageIndex": 1}
SETUP = {"step": "SetupWindowsAndSMS", "ClientPackageID": "TSL00021"}
SYSTEM = {"step": "EnableBitLocker", "Mode": "TPM", "name": "System"}
DATA = {"step": "EnableBitLocker", "TargetDrive": "D:", "name": "Data"}
WAITS = 'tick "Wait for BitLocker to complete the drive encryption process on all drives"'


def command(line, **more):
    return {"run": line, "name": "Command", **more}


def entered(line, label="Command line", step="Command"):
    return f"In '{step}' enter under \"{label}\": {line}."


def script(parameters, **more):
    return {"powershell": "param($Name)", "Parameters": parameters, "name": "Script", **more}


@pytest.mark.parametrize(
    ("rule", "steps", "words"),
    [
        (
            "TS307",
            [{"step": "AutoApply"}, {"group": "Install", "when": "A exists", "steps": [IMAGE]}, SETUP],
            "Move 'Auto Apply Drivers' after 'Install' outside of all groups.",
        ),
        (
            "TS308",
            [{"step": "ApplyWindowsSettings"}, IMAGE, {**IMAGE, "name": "Other image"}, SETUP],
            "Move 'Apply Windows Settings' after 'Other image' outside of all groups.",
        ),
        (
            "TS326",
            [SETUP, {"step": "InstallApplication"}, {"step": "CaptureSystemImage", "name": "Capture"}],
            " ".join(
                f"Add > Images > Prepare {what} for Capture, before 'Capture' outside of all groups."
                for what in ("ConfigMgr Client", "Windows")
            ),
        ),
        ("TS407", [SETUP, SYSTEM, DATA], f"In 'System' {WAITS}."),
        (
            "TS407",
            [SETUP, DATA, SYSTEM],
            f"In 'System' {WAITS}. Move 'Data' after 'System' outside of all groups.",
        ),
        (
            "TS407",
            [SETUP, DATA, {**SYSTEM, "WaitForEncryption": True}],
            "Move 'Data' after 'System' outside of all groups.",
        ),
        (
            "TS411",
            [{"set": "OSDBitLockerRebootCount", "to": 20, "name": "Count"}, {"step": "DisableBitLocker"}],
            entered("15", "Value", "Count"),
        ),
        (
            "TS411",
            [
                {"set": "OSDBitLockerRebootCountOverride", "to": 20, "name": "Count"},
                {"step": "DisableBitLocker"},
            ],
            entered("15", "Value", "Count"),
        ),
        (
            "TS505",
            [{"dynamic": [{"set": {"OSDPreserveDriveLetter": "x", "A": "b"}}], "name": "All"}],
            "In 'All' remove the variable OSDPreserveDriveLetter.",
        ),
        ("TS602", [command("exit 0")], entered("cmd.exe /c exit 0")),
        (
            "TS602",
            [command('"C:\\Program Files\\a.exe" /x > "C:\\a b.txt"')],
            entered('cmd.exe /c ""C:\\Program Files\\a.exe" /x > "C:\\a b.txt""'),
        ),
        ("TS604", [command("agent.msi")], entered("msiexec.exe /i agent.msi /qn /norestart")),
        ("TS604", [command('"an agent.msp"')], entered('msiexec.exe /p "an agent.msp" /qn /norestart')),
        ("TS604", [command("kb1.msu")], entered("wusa.exe kb1.msu /quiet /norestart")),
        ("TS604", [command("keys.reg")], entered("reg.exe import keys.reg")),
        ("TS606", [command("msiexec /x a.msi")], entered("msiexec /x a.msi /qn /norestart")),
        ("TS606", [command("msiexec /x a.msi /norestart")], entered("msiexec /x a.msi /norestart /qn")),
        (
            "TS616",
            [script("-NoLogo -ExecutionPolicy Bypass -Name A", ExecutionPolicy="AllSigned")],
            "In 'Script' enter under \"Parameters\": -Name A. In 'Script' choose \"Bypass\".",
        ),
        (
            "TS616",
            [script("-ExecutionPolicy:Bypass -Name A -STA", ExecutionPolicy="Bypass")],
            entered("-Name A", "Parameters", "Script"),
        ),
        (
            "TS720",
            [{"step": "InstallUpdate", "RetryCount": 9, "retryCount": 9, "name": "Updates"}],
            entered("5", "Number of times to retry", "Updates"),
        ),
    ],
)
def test_the_mend_that_fits_is_made(rule, steps, words):
    ((finding, one),) = _proved(rule, steps)
    assert one.wrong == ""
    assert in_words(one.repair.changes, one.repair.opened) == words
    assert not [other for other in lint(one.text.encode()) if other.rule == finding.rule]


@pytest.mark.parametrize(
    ("rule", "steps", "decide"),
    [
        (
            "TS306",
            [{"group": "Early", "when": "A exists", "steps": [{"step": "ApplyDriverPackage"}]}, IMAGE, SETUP],
            "Where between the image",
        ),
        ("TS311", [IMAGE, command("format.com C: /q /y")], "Whether the disk is to be erased"),
        (
            "TS335",
            [
                {
                    "step": "ApplyNetworkSettings",
                    "NetworkJoinType": 0,
                    "DomainName": "a.com",
                    "DomainUsername": "a\\b",
                    "DomainOUName": "Clients",
                }
            ],
            "Which organizational unit",
        ),
        ("TS343", [{"restart": "HD"}, command("cmd.exe /c mbr2gpt /convert & echo done")], "Whether mbr2gpt"),
        ("TS602", [command("set Name=Value")], "What the command is for"),
        ("TS604", [command("agent.msi ALLUSERS=1")], "Which program"),
        ("TS606", [command("cmd.exe /c pause")], "Whether the step is to wait"),
        ("TS616", [script("-EncodedCommand AAAA")], "Which script"),
        ("TS616", [script("-ExecutionPolicy RemoteSigned")], "Which execution policy"),
        ("TS617", [script('-Name "It\'s"')], "How the values"),
        ("TS617", [script('-Name "$env:TEMP"')], "How the values"),
        ("TS617", [script('-Name "a ""b"" c"')], "How the values"),
    ],
)
def test_what_no_edit_does_for_sure_is_to_be_decided(rule, steps, decide):
    ((finding, one),) = _proved(rule, steps)
    assert one.repair is None
    assert decision(finding).startswith(decide)


def _proved(rule, steps):
    before, repairs = lint(sequence_xml(steps).encode()), Repairs(TABLES)
    return [(one, proof(one, before, repairs)) for one in before if one.rule == rule]
