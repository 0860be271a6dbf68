"""Sequences made to be hard, of moderate size, each with faults that are there beyond doubt.

An engine must find each, or say that it could not decide: never neither.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.large.faults import Fault, Nodes, ran, secret_in_command

if TYPE_CHECKING:
    from collections.abc import Callable

Made = tuple[Nodes, list[Fault]]
HOSTILE: dict[str, Callable[[], Made]] = {}


def hostile(build: Callable[[], Made]) -> Callable[[], Made]:
    HOSTILE[build.__name__.replace("_", " ")] = build
    return build


def _request(name: str, **more: Any) -> dict[str, Any]:
    return {"step": "RequestStateStore", "RequestType": "capture", "name": name, **more}


def _never_released(name: str = "Request") -> Fault:
    """A Request that no Release follows, on any path."""
    return Fault(("TS101", "TS104", "TS118"), (name,), [], ran(name))


def _with_secret(nodes: Nodes, *faults: Fault) -> Made:
    """Add a password that every engine should see, whatever else there is."""
    secret = secret_in_command("Connect")
    return [*nodes, *secret.nodes], [secret, *faults]


def pigeons(count: int, holes: int) -> list[Any]:
    """Each pigeon sits in a hole, and no two in one: impossible with fewer holes than pigeons."""
    sits = [[f"P{pigeon}H{hole} exists" for hole in range(holes)] for pigeon in range(count)]
    apart = [
        {"not": [{"all": [sits[one][hole], sits[other][hole]]}]}
        for hole in range(holes)
        for one, other in combinations(range(count), 2)
    ]
    return [{"any": choices} for choices in sits] + apart


@hostile
def pigeons_with_holes_enough() -> Made:
    return _with_secret([_request("Request", when=pigeons(10, 10))], _never_released())


@hostile
def a_pigeon_too_many_excuses_nothing() -> Made:
    """What the Release waits for is impossible, so it never comes."""
    release = {"step": "ReleaseStateStore", "name": "Release", "when": pigeons(11, 10)}
    return _with_secret([_request("Request"), release], _never_released())


@hostile
def a_chain_of_ifs() -> Made:
    """Each variable is set where the one before it is; two begin it."""
    nodes: Nodes = [{"set": "S0", "to": "x", "name": "Begin", "when": {"any": ["A equals 1", "B equals 1"]}}]
    for n in range(400):
        when = {"any": [f"S{n} equals x", {"all": [f"T{n} exists", f"S{max(n - 3, 0)} equals x"]}]}
        nodes.append({"set": f"S{n + 1}", "to": "x", "name": f"Set {n}", "when": when})
    return _with_secret([*nodes, _request("Request", when="S400 equals x")], _never_released())


@hostile
def one_variable_assigned_in_turn() -> Made:
    nodes: Nodes = [
        {
            "set": "S",
            "to": f"{(7 * n) % 11}",
            "name": f"Set {n}",
            "when": [f"S equals {n % 11}", f"T{n % 40} exists"],
        }
        for n in range(400)
    ]
    return _with_secret([*nodes, _request("Request", when="S equals 5")], _never_released())


@hostile
def a_chain_of_last_actions() -> Made:
    """Each step goes on after errors and asks how the last one went."""
    nodes: Nodes = []
    for n in range(300):
        outcome = "true" if n % 3 else "false"
        test = {"any": [f"_SMSTSLastActionSucceeded equals {outcome}", f"T{n} exists"]}
        nodes.append({"run": f"do{n}.exe", "name": f"Do {n}", "continueOnError": True, "when": test})
    test = "_SMSTSLastActionSucceeded equals true"
    return _with_secret([*nodes, _request("Request", when=test)], _never_released())


@hostile
def groups_that_go_on_in_groups_that_go_on() -> Made:
    nodes: Nodes = [{"run": "do.exe", "name": "Do"}]
    for n in range(60):
        steps = [
            {"run": f"do{n}.exe", "name": f"Do {n}", "when": f"A{n} exists"},
            *nodes,
            {"run": f"then{n}.exe", "name": f"Then {n}", "when": "_SMSTSLastActionSucceeded equals true"},
        ]
        nodes = [{"group": f"Group {n}", "continueOnError": True, "steps": steps}]
    test = "_SMSTSLastActionSucceeded equals false"
    return _with_secret([*nodes, _request("Request", when=test)], _never_released())


@hostile
def forty_independent_guards() -> Made:
    kinds: Nodes = [
        {"step": "RequestStateStore", "RequestType": "capture"},
        {"step": "CaptureUserState"},
        {"step": "RestoreUserState"},
        {"step": "ReleaseStateStore"},
        {"restart": "WinPE"},
    ]
    nodes: Nodes = []
    for n in range(40):
        either = {"any": [f"Site equals s{n}", f"Role equals r{n % 5}"]}
        nodes.append({**kinds[n % 5], "name": f"State {n}", "when": [f"Own{n} equals True", either]})
    return _with_secret([*nodes, _request("Request", when="Last exists")], _never_released())


@hostile
def formulas_over_three_hundred_variables() -> Made:
    chance = Random(1)
    nodes: Nodes = []
    for n in range(60):
        parts = [{"all": [f"V{chance.randrange(300)} exists" for _ in range(3)]} for _ in range(10)]
        kind = (
            {"step": "ReleaseStateStore"}
            if n % 2
            else {"step": "RequestStateStore", "RequestType": "capture"}
        )
        nodes.append({**kind, "name": f"State {n}", "when": {"any": parts}})
    return _with_secret([*nodes, _request("Request", when="V1 exists")], _never_released())


@hostile
def mixed_comparisons_of_one_value() -> Made:
    nodes: Nodes = []
    for n in range(80):
        tests = [f"Model like *{n}*", f"Model greater {n}.5", f"Model less w{n}", f"Model equals m{n}"]
        when = {"any": [tests[n % 4], {"all": [tests[(n + 1) % 4], f"Own{n} exists"]}]}
        nodes.append({"step": "ReleaseStateStore", "name": f"Release {n}", "when": when})
    return _with_secret([*nodes, _request("Request", when="Model like *7*")], _never_released())


@hostile
def sixteen_positive_tests_around_a_password() -> Made:
    """None of them can be left out of what is told."""
    made = secret_in_command("Connect")
    tests = [f"Opt{n} equals True" for n in range(16)]
    return [{"group": "All of them", "when": tests, "steps": made.nodes}], [made]


@hostile
def nested_alternatives_around_a_password() -> Made:
    made = secret_in_command("Connect")
    nodes = made.nodes
    for n in range(16):
        when = {"any": [f"Opt{n} equals True", {"all": [f"Site{n} equals Berlin", f"Model{n} exists"]}]}
        nodes = [{"group": f"Group {n}", "when": when, "steps": nodes}]
    return nodes, [made]


@hostile
def values_that_double() -> Made:
    nodes: Nodes = [{"set": f"X{n}", "to": f"%X{n - 1}%%X{n - 1}%", "name": f"Set {n}"} for n in range(1, 80)]
    return _with_secret([*nodes, _request("Request", when={"not": ["X79 equals a"]})], _never_released())
