"""What looks wrong with state store sessions and is fine: TS101, TS102, TS103, TS107, TS108, TS124."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.seeded.conditions import both, either, eq, exists, in_winpe, ne, none_of
from benchmarks.seeded.material import LOOKALIKES, PHASE_OPEN, Material, fine, kind, named, worker

if TYPE_CHECKING:
    from lxml.etree import _Element

    from benchmarks.seeded.conditions import Condition
    from benchmarks.seeded.steps import Kit

# TS101 and TS102: whenever a Request runs, a Release comes


@kind(LOOKALIKES, "TS101", "TS102")
def pair(k: Kit) -> Material:
    return fine(k.request(), k.capture(), k.reboot("WinPE"), k.reboot("HD"), k.release())


@kind(LOOKALIKES, "TS101", "TS102")
def guard_shared_but_written_differently(k: Kit) -> Material:
    g = k.guard()
    return fine(k.request(when=g), k.capture(when=k.same(g)), k.release(when=k.same(g)))


@kind(LOOKALIKES, "TS101", "TS102")
def two_reasons_written_differently(k: Kit) -> Material:
    g = k.rng.choice([both, either, none_of])(k.guard(), k.guard())
    return fine(k.request(when=g), k.group(k.release(when=k.same(g))))


@kind(LOOKALIKES, "TS101", "TS102")
def guards_in_groups_and_on_the_step(k: Kit) -> Material:
    a, b = k.guard(), k.guard()
    return fine(k.group(k.group(k.request(), when=b), when=a), k.release(when=both(k.same(b), k.same(a))))


@kind(LOOKALIKES, "TS101", "TS102")
def two_releases_under_complementary_conditions(k: Kit) -> Material:
    g = k.guard()
    other = k.group(k.command("cmd.exe /c ver"), k.release(), when=k.opposite(g))
    return fine(k.request(), k.release(when=g), other)


@kind(LOOKALIKES, "TS101", "TS102")
def three_releases_that_cover_everything(k: Kit) -> Material:
    x = k.var()
    rest = both(ne(x, "a"), none_of(eq(x, "b")))
    return fine(k.request(), k.release(when=eq(x, "a")), k.release(when=eq(x, "b")), k.release(when=rest))


@kind(LOOKALIKES, "TS101", "TS102")
def both_disabled(k: Kit) -> Material:
    return fine(k.request(disabled=True), k.capture(links="true"), k.release(disabled=True))


@kind(LOOKALIKES, "TS101", "TS102")
def request_in_disabled_group(k: Kit) -> Material:
    return fine(k.group(k.group(k.request()), disabled=True), k.release(when=k.guard()))


@kind(LOOKALIKES, "TS101", "TS102")
def exclusive_requests_share_a_release(k: Kit) -> Material:
    x = k.var()
    q = [k.request(when=eq(x, "old")), k.request("restore", when=eq(x, "new"))]
    return fine(*q, k.release(when=k.rng.choice([None, exists(x), either(eq(x, "new"), eq(x, "old"))])))


@kind(LOOKALIKES, "TS101", "TS102")
def release_guard_wider(k: Kit) -> Material:
    a, b = k.guard(), k.guard()
    return fine(k.request(when=both(a, b)), k.release(when=either(k.same(a), k.guard())))


@kind(LOOKALIKES, "TS101", "TS102")
def release_guard_implied(k: Kit) -> Material:
    x = k.var()
    return fine(k.request(when=eq(x, "SMP")), k.release(when=k.rng.choice([exists(x), ne(x, "Local")])))


@kind(LOOKALIKES, "TS101", "TS102")
def request_impossible(k: Kit) -> Material:
    x = k.var()
    return fine(k.group(k.request(when=eq(x, "b")), when=eq(x, "a")))


@kind(LOOKALIKES, "TS101", "TS102")
def request_dead_after_reassignment(k: Kit) -> Material:
    x = k.var()
    return fine(k.assign(x, "Local"), k.request(when=eq(x, "SMP")))


@kind(LOOKALIKES, "TS101", "TS102")
def group_condition_is_tested_once(k: Kit) -> Material:
    x = k.var()
    return fine(k.group(k.request(), k.set(x, "done"), k.release(), when=eq(x, "todo")))


@kind(LOOKALIKES, "TS101", "TS102")
def release_in_full_os_only(k: Kit) -> Material:
    guard = k.rng.choice([in_winpe("false"), none_of(in_winpe("true")), ne("_SMSTSInWinPE", "TRUE")])
    return fine(k.request(), k.capture(), k.group(k.release(), when=guard), needs=PHASE_OPEN)


@kind(LOOKALIKES, "TS101", "TS102")
def release_under_a_flag_set_beside_the_request(k: Kit) -> Material:
    g, flag = k.guard(), k.var()
    return fine(k.group(k.request(), k.set(flag, "yes"), when=g), k.release(when=eq(flag, "YES")))


@kind(LOOKALIKES, "TS101", "TS102")
def release_under_a_copied_value(k: Kit) -> Material:
    x, copy = k.var(), k.var()
    inside = k.group(k.request(), k.set(copy, f"%{x}%"), when=eq(x, "SMP"))
    return fine(inside, k.release(when=eq(copy, "smp")))


@kind(LOOKALIKES, "TS101", "TS102")
def guard_variable_reassigned_to_the_same(k: Kit) -> Material:
    x = k.var()
    return fine(k.request(when=eq(x, "on")), k.set(x, "ON"), k.release(when=eq(x, "on")))


@kind(LOOKALIKES, "TS101", "TS102")
def guard_made_true_by_assignment(k: Kit) -> Material:
    x = k.var()
    return fine(k.request(), k.dynamic(x, "open"), k.release(when=eq(x, "open")))


@kind(LOOKALIKES, "TS101")
def release_on_one_branch(k: Kit) -> Material:
    return fine(k.request(), k.release(when=k.guard()))


@kind(LOOKALIKES, "TS101")
def release_for_one_of_two_success_codes(k: Kit) -> Material:
    setup = k.command("setup.exe /quiet")
    return fine(k.request(), k.group(setup, k.release(when=eq("_SMSTSLastActionRetCode", "3010"))))


@kind(LOOKALIKES, "TS102")
def no_release_at_all(k: Kit) -> Material:
    return fine(k.request(when=k.guard()), k.capture(), k.release(disabled=True))


# TS103: something opened the store


@kind(LOOKALIKES, "TS103")
def request_first(k: Kit) -> Material:
    return fine(k.request(k.rng.choice(["capture", "restore"])), k.release())


@kind(LOOKALIKES, "TS103")
def request_on_some_path(k: Kit) -> Material:
    return fine(k.group(k.request(), when=k.guard()), k.capture(), k.release())


@kind(LOOKALIKES, "TS103")
def restore_first(k: Kit) -> Material:
    return fine(k.restore(when=k.rng.choice([None, k.guard()])), k.release())


@kind(LOOKALIKES, "TS103")
def loadstate_first(k: Kit) -> Material:
    line = '"%_SMSTSMDataPath%\\amd64\\loadstate.exe" %OSDStateStorePath% /i:MigApp.xml /c'
    return fine(k.command(k.rng.choice([line, f"cmd.exe /c {line}"])), k.release())


@kind(LOOKALIKES, "TS103")
def loadstate_by_powershell_first(k: Kit) -> Material:
    text = '$usmt = "C:\\USMT"\n& "$usmt\\loadstate.exe" C:\\Store /i:MigApp.xml'
    return fine(k.script(text), k.release())


@kind(LOOKALIKES, "TS103")
def mdt_restore_first(k: Kit) -> Material:
    return fine(k.command('cscript.exe "%deployroot%\\scripts\\ZTIUserState.wsf" /restore'), k.release())


@kind(LOOKALIKES, "TS103")
def release_disabled(k: Kit) -> Material:
    return fine(k.request(disabled=True), k.release(disabled=True), k.group(k.release(), disabled=True))


@kind(LOOKALIKES, "TS103")
def release_impossible(k: Kit) -> Material:
    x = k.var()
    return fine(k.set(x, "Local"), k.release(when=eq(x, "SMP")))


@kind(LOOKALIKES, "TS103")
def second_release(k: Kit) -> Material:
    return fine(k.request(), k.capture(), k.release(), k.release())


@kind(LOOKALIKES, "TS103")
def guards_overlap(k: Kit) -> Material:
    x = k.var()
    return fine(k.request(when=eq(x, "SMP")), k.release(when=ne(x, "Local")))


@kind(LOOKALIKES, "TS103")
def request_in_a_group_tested_once(k: Kit) -> Material:
    x = k.var()
    return fine(k.group(k.set(x, "b"), k.request(), when=eq(x, "a")), k.release(when=eq(x, "b")))


# TS107, TS108, TS124: the wrong kind of Request is not open when the step runs


def _match(shape: int, rule: str, k: Kit) -> Material:
    bad, other = ("restore", "capture") if rule == "TS107" else ("capture", "restore")
    g, h, x = k.guard(), k.guard(), k.var()

    def work(when: Condition | None = None) -> _Element:
        return worker(k, rule, when)

    def q(when: Condition | None = None) -> _Element:
        return k.request(bad, when=when)

    plans = [
        lambda: [k.request(other, written=other.capitalize()), work(), k.release()],
        lambda: [q(), k.release(), work()],
        lambda: [q(g), k.group(work(), when=k.opposite(g)), k.release()],
        lambda: [k.request(bad, disabled=True), work(), k.release(disabled=True)],
        lambda: [k.group(q(), disabled=True), work()],
        lambda: [q(), k.group(work(), disabled=True), k.release()],
        lambda: [q(), k.request(other), work(), k.release()],
        lambda: [q(), k.set(x, "2"), work(eq(x, "1")), k.release()],
        lambda: [q(), k.release(when=g), k.release(when=k.opposite(g)), work()],
        lambda: [q(g), k.release(when=k.same(g)), work()],
        lambda: [work(), q(), k.release()],
        lambda: [q(either(g, h)), work(none_of(g, h)), k.release(when=either(k.same(h), k.same(g)))],
        lambda: [k.group(q(), k.set(x, "b"), k.release(), when=eq(x, "a")), work()],
        lambda: [q(eq(x, "a")), work(eq(x, "b")), k.release(when=exists(x))],
        lambda: [q(), k.reboot(), k.release(), k.request(other), work(), k.release()],
        lambda: [k.reboot("WinPE"), q(in_winpe("false")), work(), k.release()],
        lambda: [k.reboot("HD"), q(in_winpe("true")), work(), k.release()],
    ]
    return fine(*plans[shape]())


for _rule in ("TS107", "TS108", "TS124"):
    for _shape in range(17):
        kind(LOOKALIKES, _rule)(named(partial(_match, _shape, _rule), f"right_session_{_shape}"))


@kind(LOOKALIKES, "TS124")
def copying_capture(k: Kit) -> Material:
    return fine(k.request(), k.capture(links=k.rng.choice(["false", None])), k.release())
