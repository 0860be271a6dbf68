"""What is wrong with settings, values and commands: TS120, TS130, TS142, TS165."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.seeded.conditions import both, either, eq
from benchmarks.seeded.material import (
    ACCOUNTS,
    DEFECTS,
    DELETING_COMMANDS,
    DELETING_SCRIPTS,
    LAST_RESTART,
    MORE_CAPTURE,
    MORE_RESTORE,
    PATH,
    ROOTS,
    Material,
    deleter,
    fault,
    kind,
    named,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from benchmarks.seeded.steps import Kit

# TS120: a root folder


def _root(value: str, k: Kit) -> Material:
    s = k.assign(k.rng.choice([PATH, PATH.upper()]), value)
    user = k.rng.choice([[], [k.capture(links="true")], [k.capture(), k.restore()]])
    return fault("error", s, s, *user)


for _value in ROOTS:
    kind(DEFECTS, "TS120")(named(partial(_root, _value), f"root {_value}"))


@kind(DEFECTS, "TS120")
def composed_root(k: Kit) -> Material:
    x = k.var()
    s = k.set(PATH, f"%{x}%\\")
    return fault("error", s, k.set(x, k.rng.choice(["C:", "%SystemDrive%"])), s, k.capture(links="true"))


@kind(DEFECTS, "TS120")
def root_composed_twice(k: Kit) -> Material:
    x, y = k.var(), k.var()
    s = k.dynamic(PATH, f"%{y}%")
    return fault("error", s, k.set(x, "D"), k.set(y, f"%{x.upper()}%:\\"), s)


@kind(DEFECTS, "TS120")
def composed_of_a_reassigned_variable(k: Kit) -> Material:
    x = k.var()
    s = k.set(PATH, f"%{x}%\\")
    return fault("error", s, k.set(x, "C:\\UserState"), k.set(x, "C:"), s, k.capture())


@kind(DEFECTS, "TS120")
def composed_root_in_either_branch(k: Kit) -> Material:
    x, g = k.var(), k.guard()
    s = k.set(PATH, f"%{x}%\\")
    return fault("error", s, k.set(x, "C:", when=g), k.set(x, "E:", when=k.opposite(g)), s, k.capture())


@kind(DEFECTS, "TS120")
def replaced_on_one_branch(k: Kit) -> Material:
    s = k.set(PATH, "C:\\")
    return fault("error", s, s, k.set(PATH, "C:\\Store", when=k.guard()), k.capture(links="true"))


@kind(DEFECTS, "TS120")
def replaced_too_late(k: Kit) -> Material:
    s = k.set(PATH, "%SystemDrive%\\")
    return fault("error", s, s, k.capture(links="true"), k.set(PATH, "C:\\Store"), k.restore())


@kind(DEFECTS, "TS120")
def replaced_by_a_disabled_step(k: Kit) -> Material:
    s = k.set(PATH, "C:")
    return fault("error", s, s, k.group(k.set(PATH, "C:\\Store"), disabled=True), k.capture())


@kind(DEFECTS, "TS120")
def folder_replaced_by_root(k: Kit) -> Material:
    s = k.set(PATH, "C:\\.")
    return fault("error", s, k.set(PATH, "C:\\Store"), s, k.capture())


# TS130: hard links with VSS


def _vss(shape: int, k: Kit) -> Material:
    c = k.capture(access="VSS", links="true")
    lower = k.capture(access="vss", links="True")
    guarded = k.capture(access="VSS", links="true", when=k.guard())
    normal = k.capture(access="Normal", links="true")
    access = "OSDMigrateFileAccess"
    plans = [
        lambda: (c, [c]),
        lambda: (guarded, [guarded]),
        lambda: (lower, [lower]),
        lambda: (c, [k.request(), k.capture(), k.release(), c]),
        lambda: (c, [k.group(k.group(c, when=k.guard()), when=k.guard())]),
        lambda: (c, [k.capture(access="VSS"), k.capture(links="true"), c]),
        lambda: (normal, [k.set(access, "VSS"), normal]),
        lambda: (c, [k.group(k.set(access, "Normal"), disabled=True), c]),
        lambda: (c, [k.set(access, "Normal", disabled=True), k.set(PATH, "C:\\Store"), c, k.restore()]),
        lambda: (c, [k.reboot("WinPE"), c]),
    ]
    step, nodes = plans[shape]()
    return fault("error", step, *nodes)


for _shape in range(10):
    kind(DEFECTS, "TS130")(named(partial(_vss, _shape), f"links_with_vss_{_shape}"))


# TS142: standard capture, restore without local profiles


def _accounts(shape: int, k: Kit) -> Material:
    g, h = k.guard(), k.guard()
    c, s = k.capture(mode="Simple"), k.restore(accounts="false")
    guarded = k.restore(accounts="false", when=k.same(g))
    unsaid, ticked = k.restore(accounts=None), k.restore(accounts="true")
    plans = [
        lambda: (s, [c, s]),
        lambda: (unsaid, [c, unsaid]),
        lambda: (s, [k.capture(mode=None), s]),
        lambda: (guarded, [k.capture(mode="Simple", when=g), guarded]),
        lambda: (s, [k.capture(when=g), k.capture(mode="Simple", when=k.opposite(g)), s]),
        lambda: (guarded, [k.capture(mode="Simple", when=either(g, h)), guarded]),
        lambda: (s, [k.set(ACCOUNTS, "true", disabled=True), c, s]),
        lambda: (s, [c, s, k.set(ACCOUNTS, "true")]),
        lambda: (s, [c, k.set(MORE_RESTORE, "/lae /v:5"), s]),
        lambda: (s, [k.set(MORE_CAPTURE, "/ue:%computername%\\svc-backup"), c, s]),
        lambda: (s, [c, k.set(MORE_CAPTURE, "/ue:%computername%\\*"), s]),
        lambda: (s, [c, k.set(ACCOUNTS, "true", when=g), s]),
        lambda: (s, [k.set("OSDMigrateMode", "Simple"), k.capture(mode="Advanced"), s]),
        lambda: (ticked, [c, k.set(ACCOUNTS, "false"), ticked]),
        lambda: (s, [c, k.set(MORE_RESTORE, "/lac"), k.set(MORE_RESTORE, "/v:13"), s]),
        lambda: (s, [k.request(), c, k.release(), k.reboot(), k.request("restore"), s, k.release()]),
    ]
    step, nodes = plans[shape]()
    return fault("warning", step, *nodes)


for _shape in range(16):
    kind(DEFECTS, "TS142")(named(partial(_accounts, _shape), f"local_profiles_left_out_{_shape}"))


@kind(DEFECTS, "TS142")
def behind_a_gather(k: Kit) -> Material:
    s = k.restore(accounts="false")
    return fault("note", s, k.capture(mode="Simple"), k.gather(), s)


# TS165: the store is deleted and nothing restarts the computer


def _by_command(line: str, k: Kit) -> Material:
    d = k.command(line)
    return fault("error", d, d, needs=LAST_RESTART)


def _by_script(text: str, k: Kit) -> Material:
    d = k.script(text)
    return fault("error", d, d, needs=LAST_RESTART)


for _line in DELETING_COMMANDS:
    kind(DEFECTS, "TS165")(named(partial(_by_command, _line), f"command {_line}"))
for _text in DELETING_SCRIPTS:
    kind(DEFECTS, "TS165")(named(partial(_by_script, _text), f"script {_text!r}"))


def _restart(shape: int, k: Kit) -> Material:
    g, x = k.guard(), k.var()
    d, guarded = deleter(k), deleter(k, k.same(g))
    loadstate = k.command('"C:\\USMT\\loadstate.exe" C:\\Store /i:MigApp.xml')
    plans: list[Callable[[], tuple[str, _Element, list[_Element]]]] = [
        lambda: ("error", d, [k.reboot(), d]),
        lambda: ("error", d, [d, k.reboot(disabled=True)]),
        lambda: ("error", d, [d, k.group(k.reboot("WinPE"), disabled=True)]),
        lambda: ("error", d, [d, k.capture(), k.reboot()]),
        lambda: ("error", d, [d, loadstate, k.reboot()]),
        lambda: ("error", guarded, [guarded, k.reboot(when=k.opposite(g))]),
        lambda: ("error", d, [k.set(x, "no"), d, k.reboot(when=eq(x, "yes"))]),
        lambda: ("error", d, [d, k.set("SMSTSRebootRequested", "HD", disabled=True)]),
        lambda: ("warning", d, [d, k.reboot(when=g)]),
        lambda: ("warning", d, [d, k.group(k.reboot(), when=k.unrelated())]),
        lambda: ("warning", d, [d, k.reboot(when=eq(x, "a")), k.reboot(when=eq(x, "b"))]),
        lambda: ("warning", guarded, [guarded, k.reboot(when=both(k.same(g), k.guard()))]),
        lambda: ("warning", d, [d, k.restore(when=g), k.reboot()]),
    ]
    level, step, nodes = plans[shape]()
    return fault(level, step, *nodes, needs=LAST_RESTART)


for _shape in range(13):
    kind(DEFECTS, "TS165")(named(partial(_restart, _shape), f"no_restart_{_shape}"))
