"""What is seeded: a few steps, and what a linter has to say about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.seeded.steps import Kit

if TYPE_CHECKING:
    from lxml.etree import _Element

    from benchmarks.seeded.conditions import Condition

RULES = ("TS101", "TS102", "TS103", "TS107", "TS108", "TS120", "TS124", "TS130", "TS142", "TS165")

# Demands on the place where material goes in.
PHASE_OPEN = "nothing before it fixes whether Windows PE runs"
LAST_RESTART = "no restart follows"
# Demands on how it goes in (the kinds of the further rules).
TIGHT = "nothing lies between its steps"
APART = "its steps may lie apart"


@dataclass(frozen=True, slots=True)
class Material:
    """Elements in document order. ``target`` is the step to be reported at ``level``; "" for a look-alike."""

    nodes: list[_Element]
    target: str = ""
    level: str = ""
    needs: frozenset[str] = frozenset()
    avoid: str = ""  # hosts that would change the label: keys of cases.AVOID


Build = Callable[[Kit], Material]
Kinds = dict[str, list[Build]]


DEFECTS: Kinds = {}
LOOKALIKES: Kinds = {}

# Variables that the kinds set.
PATH = "OSDStateStorePath"
ACCOUNTS = "OSDMigrateLocalAccounts"
MORE_RESTORE = "OSDMigrateAdditionalRestoreOptions"
MORE_CAPTURE = "OSDMigrateAdditionalCaptureOptions"


def fault(level: str, at: _Element, *nodes: _Element, needs: str = "") -> Material:
    """A defect, reported at the step ``at`` (which need not be a top-level node)."""
    return Material(list(nodes), at.get("name", ""), level, frozenset({needs} - {""}))


def fine(*nodes: _Element, needs: str = "") -> Material:
    """A look-alike: the rule has to stay silent."""
    return Material(list(nodes), needs=frozenset({needs} - {""}))


def kind(kinds: Kinds, *rules: str) -> Callable[[Build], Build]:
    """Register a builder for each of ``rules``; its name tells what it builds."""

    def register(build: Build) -> Build:
        for rule in rules:
            kinds.setdefault(rule, []).append(build)
        return build

    return register


def named(build: Build, name: str) -> Build:
    """A builder made in a loop, under a name of its own."""
    build.__name__ = name
    return build


# Root folders, as people spell them (USMT and the task sequence engine both refuse them).
ROOTS = (
    "C:",
    "C:\\",
    "c:/",
    "C:\\.",
    "D:\\",
    "C:\\\\",
    "C:\\Temp\\..",
    "%SystemDrive%",
    "%SystemDrive%\\",
    "%OSDisk%\\",
    "%osdisk%/",
    "%OSDTargetSystemDrive%",
)
FOLDERS = (
    "C:\\UserState",
    "D:\\USMT",
    "%_SMSTSUserStatePath%",
    "%SystemDrive%\\UserState",
    "\\\\server01\\state$\\clients",
    "C:\\.store",
    "%OSDisk%\\UserState\\",
    "C:\\Temp\\..\\UserState",
    "%CompanyStorePath%\\",
)

# Command lines and inline scripts that delete a hard-link store.
DELETING_COMMANDS = (
    "usmtutils.exe /rd C:\\UserState /y",
    "USMTUTILS /RD %OSDStateStorePath%",
    'cmd.exe /c "usmtutils.exe /rd C:\\UserState /y"',
    'cmd /c start /wait usmtutils.exe /rd "C:\\User State" /y',
    "%COMSPEC% /c echo y| usmtutils /rd C:\\UserState",
    '"%_SMSTSMDataPath%\\USMT Files\\amd64\\usmtutils.exe" /rd C:\\UserState /y',
    'cmd /c cd /d "%_SMSTSMDataPath%" && usmtutils.exe /rd C:\\UserState',
    '.\\amd64\\usmtutils.exe "/rd" "%OSDStateStorePath%" /y',
    'powershell.exe -NoProfile -Command "& usmtutils.exe /rd C:\\UserState /y"',
)
DELETING_SCRIPTS = (
    "usmtutils.exe /rd C:\\UserState /y",
    '$tools = "C:\\USMT\\amd64"\n& "$tools\\usmtutils.exe" /rd C:\\UserState /y',
    "Start-Process -FilePath 'usmtutils.exe' -ArgumentList '/rd C:\\UserState /y' -Wait",
    'Start-Process "C:\\USMT\\usmtutils.exe" -Wait -ArgumentList "/rd","C:\\UserState","/y"',
    "Start-Process usmtutils.exe '/rd C:\\UserState' -Wait -NoNewWindow",
    "if (Test-Path C:\\UserState) {\n    & usmtutils.exe /RD C:\\UserState /y\n}",
    "usmtutils.exe /rd C:\\UserState /y\n# exit 3010 would ask for a restart",
    'cmd.exe /c "usmtutils /rd C:\\UserState /y"',
)
HARMLESS_COMMANDS = (
    "cmd.exe /c echo usmtutils /rd C:\\UserState runs later",
    "usmtutils.exe /verify C:\\UserState\\rd\\USMT.MIG",
    "usmtutils.exe /ec",
    "cmd.exe /c rd /s /q C:\\UserState",
    "notusmtutils.exe /rd C:\\UserState",
    'reg.exe add HKLM\\SOFTWARE\\Lab /v Plan /d "usmtutils.exe /rd C:\\UserState" /f',
)
HARMLESS_SCRIPTS = (
    "# usmtutils.exe /rd C:\\UserState",
    "<#\nusmtutils.exe /rd C:\\UserState\n#>\nGet-Date",
    'Write-Host "usmtutils.exe /rd C:\\UserState comes later"',
    "usmtutils.exe /rd C:\\UserState /y\nexit 3010",
    "& usmtutils.exe /rd C:\\UserState /y\nif ($LASTEXITCODE -eq 0) { exit 3010 }",
    "Remove-Item C:\\UserState -Recurse -Force",
)


def worker(k: Kit, rule: str, when: Condition | None = None) -> _Element:
    """The state step of which TS107, TS108 or TS124 speaks."""
    if rule == "TS108":
        return k.restore(when=when)
    return k.capture(links="true" if rule == "TS124" else "false", when=when)


def deleter(k: Kit, when: Condition | None = None) -> _Element:
    """A step that deletes a hard-link store, by command line or by script."""
    if k.rng.random() < 0.5:
        return k.command(k.rng.choice(DELETING_COMMANDS), when=when)
    return k.script(k.rng.choice(DELETING_SCRIPTS), when=when)
