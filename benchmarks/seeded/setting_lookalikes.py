"""What looks wrong with settings, values and commands and is fine: TS120, TS130, TS142, TS165."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.seeded.conditions import both, eq, exists, in_winpe, missing, ne
from benchmarks.seeded.material import (
    ACCOUNTS,
    FOLDERS,
    HARMLESS_COMMANDS,
    HARMLESS_SCRIPTS,
    LAST_RESTART,
    LOOKALIKES,
    MORE_CAPTURE,
    MORE_RESTORE,
    PATH,
    Material,
    deleter,
    fine,
    kind,
    named,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from benchmarks.seeded.conditions import Condition
    from benchmarks.seeded.steps import Kit

# TS120: a folder, or a root that surely is replaced


def _folder(value: str, k: Kit) -> Material:
    return fine(k.assign(PATH, value), k.capture(links="true"))


for _value in FOLDERS:
    kind(LOOKALIKES, "TS120")(named(partial(_folder, _value), f"folder {_value}"))


def _replaced(shape: int, k: Kit) -> Material:
    g, x = k.guard(), k.var()

    def path(value: str, when: Condition | None = None) -> _Element:
        return k.set(PATH, value, when=when)

    plans = [
        lambda: [path("C:\\"), path("C:\\Store")],
        lambda: [path("C:\\"), k.dynamic(PATH, "%_SMSTSUserStatePath%")],
        lambda: [path("C:\\", g), path("D:\\Store", k.same(g))],
        lambda: [path("C:\\"), path("C:\\A", g), path("C:\\B", k.opposite(g))],
        lambda: [k.set(PATH, "C:", disabled=True)],
        lambda: [k.group(path("%SystemDrive%\\"), disabled=True)],
        lambda: [k.set(x, "no"), path("C:\\", eq(x, "yes"))],
        lambda: [k.set(f"{PATH}Backup", "C:\\")],
        lambda: [k.set(x, "C:"), path(f"%{x}%\\Store")],
        lambda: [k.set(x, "C:"), k.set(x, "C:\\Store"), path(f"%{x}%\\")],
        lambda: [k.set(x, "Store"), path(f"C:\\%{x}%")],
        lambda: [path("C:\\"), k.reboot("WinPE"), path("C:\\Store", in_winpe("true"))],
    ]
    return fine(*plans[shape](), k.capture(links="true"))


for _shape in range(12):
    kind(LOOKALIKES, "TS120")(named(partial(_replaced, _shape), f"root_not_used_{_shape}"))


# TS130: VSS or hard links, not both


def _vss(shape: int, k: Kit) -> Material:
    x = k.var()

    def c(access: str | None, links: str | None, when: Condition | None = None) -> _Element:
        return k.capture(access=access, links=links, when=when)

    plans = [
        lambda: [c("VSS", "false")],
        lambda: [c("Normal", "true")],
        lambda: [c("VSS", None)],
        lambda: [c(None, "true")],
        lambda: [k.capture(access="VSS", links="true", disabled=True)],
        lambda: [k.group(k.group(c("VSS", "true")), disabled=True)],
        lambda: [k.set(x, "no"), c("VSS", "true", eq(x, "yes"))],
        lambda: [k.group(c("VSS", "true", missing(x)), when=exists(x))],
        lambda: [k.set("OSDMigrateFileAccess", "Normal"), c("VSS", "true")],
        lambda: [c("VSS", "false", eq(x, "a")), c("Normal", "true", ne(x, "a"))],
        lambda: [k.reboot("WinPE"), c("VSS", "true", in_winpe("false"))],
    ]
    return fine(*plans[shape]())


for _shape in range(11):
    kind(LOOKALIKES, "TS130")(named(partial(_vss, _shape), f"links_or_vss_{_shape}"))


# TS142: local profiles are restored, or nothing standard is captured on that path


def _accounts(shape: int, k: Kit) -> Material:
    g, x = k.guard(), k.var()

    def c(mode: str = "Simple", when: Condition | None = None) -> _Element:
        return k.capture(mode=mode, when=when)

    def s(accounts: str = "false", when: Condition | None = None) -> _Element:
        return k.restore(accounts=accounts, when=when)

    def not_g() -> Condition:
        return k.opposite(g)

    plans = [
        lambda: [c(), s("True")],
        lambda: [c("Advanced"), s()],
        lambda: [c(), k.set(ACCOUNTS, "true"), s()],
        lambda: [k.dynamic(ACCOUNTS, "TRUE"), c(), s()],
        lambda: [c(), k.set(MORE_RESTORE, "/v:5 /lac:%LocalPassword% /lae"), s()],
        lambda: [c(), k.set(MORE_RESTORE, "/LAC"), s()],
        lambda: [k.set(MORE_CAPTURE, "/ue:%computername%\\*"), c(), s()],
        lambda: [k.set(MORE_CAPTURE, '/v:5 /ue:"%ComputerName%\\*"'), c(), s()],
        lambda: [c(when=g), s(when=not_g())],
        lambda: [k.group(c(when=eq(x, "a"))), k.group(s(), when=eq(x, "b"))],
        lambda: [k.capture(mode="Simple", disabled=True), s()],
        lambda: [c(), k.restore(accounts="false", disabled=True)],
        lambda: [c("Simple", g), c("Advanced", not_g()), s("true", k.same(g)), s("false", not_g())],
        lambda: [k.set("OSDMigrateMode", "Advanced"), c(), s()],
        lambda: [c(when=g), k.set(ACCOUNTS, "true", when=k.same(g)), s()],
        lambda: [k.set(x, "no"), c(when=eq(x, "yes")), s()],
        lambda: [s()],
        lambda: [c(), k.release()],
        lambda: [k.reboot("WinPE"), c(when=in_winpe("false")), k.reboot("HD"), s()],
    ]
    return fine(*plans[shape]())


for _shape in range(19):
    kind(LOOKALIKES, "TS142")(named(partial(_accounts, _shape), f"local_profiles_kept_{_shape}"))


# TS165: nothing is deleted, or a restart follows


def _harmless_command(line: str, k: Kit) -> Material:
    return fine(k.command(line), needs=LAST_RESTART)


def _harmless_script(text: str, k: Kit) -> Material:
    return fine(k.script(text), needs=LAST_RESTART)


for _line in HARMLESS_COMMANDS:
    kind(LOOKALIKES, "TS165")(named(partial(_harmless_command, _line), f"command {_line}"))
for _text in HARMLESS_SCRIPTS:
    kind(LOOKALIKES, "TS165")(named(partial(_harmless_script, _text), f"script {_text!r}"))


def _restart(shape: int, k: Kit) -> Material:
    g, x = k.guard(), k.var()
    names_it = "usmtutils.exe /rd C:\\UserState\n$tsenv.Value('SMSTSRebootRequested') = 'HD'"

    def d(when: Condition | None = None) -> _Element:
        return deleter(k, when)

    plans = [
        lambda: [d(), k.reboot(k.rng.choice(["HD", "WinPE"]))],
        lambda: [d(), k.command("cmd.exe /c ver"), k.group(k.group(k.reboot()))],
        lambda: [d(g), k.reboot(when=k.same(g))],
        lambda: [d(both(g, k.guard())), k.reboot(when=k.same(g))],
        lambda: [d(), k.reboot("HD", when=g), k.reboot("WinPE", when=k.opposite(g))],
        lambda: [d(), k.set("SMSTSRebootRequested", "HD")],
        lambda: [d(), k.dynamic("smstsrebootrequested", "WinPE")],
        lambda: [k.script(names_it)],
        lambda: [k.command("usmtutils.exe /rd C:\\UserState /y", disabled=True)],
        lambda: [k.group(d(), disabled=True)],
        lambda: [k.set(x, "no"), d(eq(x, "yes"))],
        lambda: [d(), k.reboot(), k.capture()],
        lambda: [d(), k.restore(disabled=True), k.reboot()],
        lambda: [k.group(d(), k.set(x, "b"), k.reboot(), when=eq(x, "a"))],
        lambda: [k.set(x, "yes"), d(), k.reboot(when=eq(x, "YES"))],
        lambda: [d(eq(x, "a")), k.reboot(when=exists(x))],
        lambda: [d(eq(x, "a")), k.capture(when=eq(x, "b")), k.reboot()],
    ]
    return fine(*plans[shape](), needs=LAST_RESTART)


for _shape in range(17):
    kind(LOOKALIKES, "TS165")(named(partial(_restart, _shape), f"restarted_{_shape}"))
