"""What is wrong with state store sessions: TS101, TS102, TS103, TS107, TS108, TS124."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.seeded.conditions import both, either, eq, exists, in_winpe, missing, ne, none_of
from benchmarks.seeded.material import DEFECTS, PATH, PHASE_OPEN, Material, fault, kind, named, worker

if TYPE_CHECKING:
    from lxml.etree import _Element

    from benchmarks.seeded.steps import Kit

# TS101: no Release on any path


@kind(DEFECTS, "TS101")
def no_release(k: Kit) -> Material:
    q = k.request(k.rng.choice(["capture", "restore"]), when=k.rng.choice([None, k.guard()]))
    return fault("error", q, q, k.command("cmd.exe /c backup.cmd"))


@kind(DEFECTS, "TS101")
def release_disabled(k: Kit) -> Material:
    q = k.request()
    return fault("error", q, q, k.capture(), k.release(disabled=True))


@kind(DEFECTS, "TS101")
def release_in_disabled_group(k: Kit) -> Material:
    q = k.request()
    return fault("error", q, q, k.group(k.group(k.release()), k.command("cmd.exe /c ver"), disabled=True))


@kind(DEFECTS, "TS101")
def release_only_before(k: Kit) -> Material:
    q = k.request("restore")
    return fault("error", q, k.request(), k.release(), q, k.restore())


@kind(DEFECTS, "TS101")
def release_under_opposite_guard(k: Kit) -> Material:
    g = k.guard()
    q = k.request(when=g)
    return fault("error", q, q, k.release(when=k.opposite(g)))


@kind(DEFECTS, "TS101")
def release_under_other_value(k: Kit) -> Material:
    x = k.var()
    q = k.request()
    return fault("error", q, k.group(q, when=eq(x, "SMP")), k.group(k.release(), when=eq(x, "Local")))


@kind(DEFECTS, "TS101")
def guard_variable_reassigned_before_release(k: Kit) -> Material:
    x = k.var()
    g = eq(x, "yes")
    q = k.request(when=g)
    return fault("error", q, q, k.capture(when=g), k.assign(x, "no"), k.release(when=k.same(g)))


@kind(DEFECTS, "TS101")
def next_request_before_release(k: Kit) -> Material:
    q = k.request()
    return fault("error", q, q, k.capture(), k.request("restore"), k.restore(), k.release())


@kind(DEFECTS, "TS101")
def release_guard_impossible(k: Kit) -> Material:
    x = k.var()
    q = k.request()
    return fault("error", q, q, k.group(k.release(when=eq(x, "a")), when=eq(x, "b")))


@kind(DEFECTS, "TS101")
def release_where_none_of_the_requests_reasons_holds(k: Kit) -> Material:
    a, b = k.guard(), k.guard()
    q = k.request(when=either(a, b))
    return fault("error", q, q, k.release(when=none_of(a, b)))


@kind(DEFECTS, "TS101")
def release_needs_variable_absent(k: Kit) -> Material:
    x = k.var()
    q = k.request(when=eq(x, "1"))
    return fault("error", q, q, k.release(when=missing(x)))


@kind(DEFECTS, "TS101")
def release_needs_flag_that_is_known_otherwise(k: Kit) -> Material:
    x = k.var()
    q = k.request()
    return fault("error", q, k.set(x, "Local"), q, k.release(when=ne(x, "LOCAL")))


# TS102: a Release on some path only


@kind(DEFECTS, "TS102")
def release_guarded_alone(k: Kit) -> Material:
    q = k.request()
    return fault("warning", q, q, k.release(when=k.guard()))


@kind(DEFECTS, "TS102")
def release_guard_narrower(k: Kit) -> Material:
    a, b = k.guard(), k.guard()
    q = k.request(when=a)
    return fault("warning", q, q, k.release(when=both(k.same(a), b)))


@kind(DEFECTS, "TS102")
def release_for_one_of_two_reasons(k: Kit) -> Material:
    a, b = k.guard(), k.guard()
    q = k.request(when=either(a, b))
    return fault("warning", q, q, k.release(when=k.same(a)))


@kind(DEFECTS, "TS102")
def release_in_guarded_group(k: Kit) -> Material:
    q = k.request()
    return fault("warning", q, q, k.group(k.group(k.release()), when=k.unrelated()))


@kind(DEFECTS, "TS102")
def release_in_nested_guarded_groups(k: Kit) -> Material:
    a = k.guard()
    q = k.request(when=a)
    return fault("warning", q, q, k.group(k.group(k.release(), when=k.guard()), when=k.same(a)))


@kind(DEFECTS, "TS102")
def two_releases_with_a_gap(k: Kit) -> Material:
    x = k.var()
    q = k.request()
    return fault("warning", q, q, k.release(when=eq(x, "a")), k.release(when=eq(x, "b")))


@kind(DEFECTS, "TS102")
def guard_variable_reassigned_on_one_branch(k: Kit) -> Material:
    x = k.var()
    q = k.request(when=eq(x, "a"))
    return fault("warning", q, q, k.group(k.set(x, "z"), when=k.guard()), k.release(when=eq(x, "a")))


@kind(DEFECTS, "TS102")
def release_excluded_by_a_second_operand_of_not(k: Kit) -> Material:
    a, b = k.guard(), k.guard()
    q = k.request(when=none_of(a))
    return fault("warning", q, q, k.release(when=none_of(a, b)))


@kind(DEFECTS, "TS102")
def release_needs_value_where_request_needs_presence(k: Kit) -> Material:
    x = k.var()
    q = k.request(when=exists(x))
    return fault("warning", q, q, k.release(when=eq(x, "SMP")))


@kind(DEFECTS, "TS102")
def release_in_full_os_and_under_more(k: Kit) -> Material:
    q = k.request()
    release = k.release(when=both(in_winpe("false"), k.guard()))
    return fault("warning", q, q, release, needs=PHASE_OPEN)


@kind(DEFECTS, "TS102")
def release_flag_set_by_a_conditional_rule(k: Kit) -> Material:
    x = k.var()
    q = k.request()
    return fault("warning", q, q, k.dynamic(x, "1", rule=k.guard()), k.release(when=eq(x, "1")))


@kind(DEFECTS, "TS102")
def second_request_on_one_branch(k: Kit) -> Material:
    q = k.request()
    return fault("warning", q, q, k.request("restore", when=k.guard()), k.release())


@kind(DEFECTS, "TS102")
def release_for_one_of_two_success_codes(k: Kit) -> Material:
    q = k.request()
    setup = k.command("setup.exe /quiet")  # 3010 is a success, too
    return fault("warning", q, q, k.group(setup, k.release(when=eq("_SMSTSLastActionRetCode", "3010"))))


# TS103: a Release that nothing precedes; where the capture has no store, TS106 names what is missing

STORE = "C:\\UserState"


@kind(DEFECTS, "TS103")
def release_alone(k: Kit) -> Material:
    r = k.release(when=k.rng.choice([None, k.guard()]))
    return fault("warning", r, r)


@kind(DEFECTS, "TS103")
def request_disabled(k: Kit) -> Material:
    r = k.release()
    return fault("warning", r, k.request(disabled=True), k.set(PATH, STORE), k.capture(), r)


@kind(DEFECTS, "TS103")
def request_in_disabled_group(k: Kit) -> Material:
    r = k.release()
    return fault("warning", r, k.group(k.group(k.request(), k.capture()), disabled=True), r)


@kind(DEFECTS, "TS103")
def request_only_after(k: Kit) -> Material:
    r = k.release()
    return fault("warning", r, k.set(PATH, STORE), k.capture(), r, k.request(), k.release())


@kind(DEFECTS, "TS103")
def request_under_opposite_guard(k: Kit) -> Material:
    g = k.guard()
    r = k.release(when=k.opposite(g))
    return fault("warning", r, k.request(when=g), r)


@kind(DEFECTS, "TS103")
def request_in_the_other_branch(k: Kit) -> Material:
    x = k.var()
    r = k.release()
    other = k.group(k.request(), k.capture(), when=eq(x, "SMP"))
    return fault("warning", r, other, k.group(k.command("cmd.exe /c ver"), r, when=eq(x, "Local")))


@kind(DEFECTS, "TS103")
def request_dead_after_reassignment(k: Kit) -> Material:
    x = k.var()
    r = k.release()
    return fault("warning", r, k.set(x, "Local"), k.request(when=eq(x, "SMP")), r)


@kind(DEFECTS, "TS103")
def only_a_disabled_restore(k: Kit) -> Material:
    r = k.release()
    loadstate = k.command("loadstate.exe C:\\Store", disabled=True)
    return fault("warning", r, k.restore(disabled=True), loadstate, r)


@kind(DEFECTS, "TS103")
def restore_under_opposite_guard(k: Kit) -> Material:
    g = k.guard()
    r = k.release(when=none_of(g))
    return fault("warning", r, k.group(k.restore(), when=k.same(g)), r)


@kind(DEFECTS, "TS103")
def restore_only_spoken_of(k: Kit) -> Material:
    r = k.release()
    return fault("warning", r, k.command("cmd.exe /c echo loadstate comes later"), r)


@kind(DEFECTS, "TS103")
def only_a_capture_by_script(k: Kit) -> Material:
    r = k.release()
    return fault("warning", r, k.command('cscript.exe "%deployroot%\\scripts\\ZTIUserState.wsf" /capture'), r)


@kind(DEFECTS, "TS103")
def request_guard_impossible(k: Kit) -> Material:
    x = k.var()
    r = k.release()
    return fault("warning", r, k.request(when=both(exists(x), missing(x))), r)


# TS107, TS108, TS124: a state step while the wrong kind of Request is open.
# ``bad`` is that kind, ``other`` the kind that is right, or at least no fault of this rule.


def _mismatch(shape: int, rule: str, k: Kit) -> Material:
    bad, other = ("restore", "capture") if rule == "TS107" else ("capture", "restore")
    g, h, x = k.guard(), k.guard(), k.var()
    w, guarded = worker(k, rule), worker(k, rule, k.same(g))

    def q(kind: str = bad) -> _Element:
        return k.request(kind)

    only_a = eq(x, "a")
    plans = [
        lambda: (w, [q(), w, k.release()]),
        lambda: (guarded, [k.request(bad, when=g), guarded, k.release(when=k.same(g))]),
        lambda: (w, [q(other), k.release(), q(), w, k.release()]),
        lambda: (w, [k.request(bad, when=g), k.request(other, when=k.opposite(g)), w, k.release()]),
        lambda: (guarded, [k.request(bad, when=either(g, h)), guarded, k.release()]),
        lambda: (w, [k.request(bad, written=None), w, k.release()]),
        lambda: (w, [k.request(bad, written=bad.upper()), w, k.release()]),
        lambda: (w, [q(), k.release(disabled=True), w, k.release()]),
        lambda: (w, [q(), k.release(when=g), w, k.release()]),
        lambda: (w, [k.group(q()), k.group(k.group(w)), k.release()]),
        lambda: (w, [q(other), q(), w, k.release()]),
        lambda: (w, [k.set(x, "a"), q(), k.set(x, "b"), k.release(when=only_a), w, k.release()]),
        lambda: (w, [k.group(q(), k.set(x, "b"), k.release(when=only_a), w, when=only_a), k.release()]),
    ]
    step, nodes = plans[shape]()
    return fault("error", step, *nodes)


for _rule in ("TS107", "TS108", "TS124"):
    for _shape in range(13):
        kind(DEFECTS, _rule)(named(partial(_mismatch, _shape, _rule), f"wrong_session_{_shape}"))
