"""What is planted in a large sequence: some steps, which rule names which of them, when a run shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Nodes = list[dict[str, Any]]


def ran(*names: str) -> Callable[[list[str]], bool]:
    """The fault shows where these steps ran."""
    return lambda trace: set(names) <= set(trace)


@dataclass(frozen=True)
class Fault:
    """A fault of ``rules`` (the first, or one that is silent in its favour) at one of ``steps``.

    ``shows`` tells of one run, by the names of the steps that ran, whether the fault came to pass in it.
    ``phase`` is where in a sequence it goes: anywhere, or a part of it.
    """

    rules: tuple[str, ...]
    steps: tuple[str, ...]
    nodes: Nodes
    shows: Callable[[list[str]], bool]
    phase: str = ""
    handler: bool = False


@dataclass
class Session:
    """The user state session of a part of the sequence, with the fault that is planted in it, if any."""

    nodes: Nodes
    fault: Fault | None = None
    steps: dict[str, str] = field(default_factory=dict)


def secret_in_command(name: str) -> Fault:
    nodes = [{"run": r"net.exe use Z: \\srv01\share$ Winter2031x /user:CONTOSO\svc", "name": name}]
    return Fault(("TS519",), (name,), nodes, ran(name))


def secret_in_variable(name: str) -> Fault:
    nodes = [{"set": "ContosoJoinPassword", "to": "Winter2031x", "name": name}]
    return Fault(("TS516",), (name,), nodes, ran(name))


def prompting_usmtutils(name: str) -> Fault:
    nodes = [{"run": r"usmtutils.exe /rd D:\Old", "name": name}, {"restart": "HD", "name": f"{name} restart"}]
    return Fault(("TS166",), (name,), nodes, ran(name), phase="finish")


def invalid_restart(name: str) -> Fault:
    nodes = [{"restart": "HardDisk", "name": name}]
    return Fault(("TS205",), (name,), nodes, ran(name), phase="finish")


def application_in_winpe(name: str) -> Fault:
    nodes = [{"step": "InstallApplication", "name": name, "when": "_SMSTSInWinPE equals true"}]
    return Fault(("TS202",), (name,), nodes, ran(name), phase="image")


ANYWHERE: tuple[Callable[[str], Fault], ...] = (
    secret_in_command,
    secret_in_variable,
    prompting_usmtutils,
    invalid_restart,
    application_in_winpe,
)


def in_handler(fault: Fault, number: int) -> Fault:
    """The same fault where it comes to pass only after a failure."""
    attempt = {
        "group": f"Attempt {number}",
        "continueOnError": True,
        "steps": [{"run": f"attempt{number}.exe", "name": f"Attempt {number}"}],
    }
    handler = {
        "group": f"On error {number}",
        "when": "_SMSTSLastActionSucceeded equals false",
        "steps": fault.nodes,
    }
    return Fault(fault.rules, fault.steps, [attempt, handler], fault.shows, fault.phase, handler=True)


# Sessions with the state migration point. Those without a fault are right.


def session(tag: str, mode: str, kind: str) -> Session:
    """A session in mode capture or restore with a fault of this kind ("" for none)."""
    names = {role: f"{role} {tag}" for role in ("Request", "Work", "Release")}
    request = {"step": "RequestStateStore", "RequestType": mode, "name": names["Request"]}
    if mode == "capture":
        work = {"step": "CaptureUserState", "name": names["Work"], "UsmtPackageID": "LAB0000B"}
    else:
        more = {"LocalAccounts": True, "LocalAccountPassword": "%LocalPassword%"}
        work = {"step": "RestoreUserState", "name": names["Work"], "UsmtRestorePackageID": "LAB0000B", **more}
    release: dict[str, Any] = {"step": "ReleaseStateStore", "name": names["Release"]}
    made = Session([request, work, release], steps=names)
    if kind:
        made.fault = _spoil(kind, names, request, work, release)
    return made


def _spoil(
    kind: str, names: dict[str, str], request: dict[str, Any], work: dict[str, Any], release: dict[str, Any]
) -> Fault:
    happens = ran(names["Request"], names["Work"])
    both = (names["Request"], names["Work"])
    if kind == "TS102":
        release["when"] = "KeepStateStore notEquals True"
        never = names["Release"]
        told = ("TS102", "TS101", "TS104", "TS118")
        return Fault(told, both, [], lambda trace: happens(trace) and never not in trace)
    if kind == "TS108":
        request["RequestType"] = "capture"
        return Fault(("TS108", "TS101", "TS102", "TS104", "TS118"), both, [], happens)
    if kind == "TS107":
        request["RequestType"] = "restore"
    if kind == "TS124":
        work["UseHardlinks"] = True
    if kind == "TS130":
        work |= {"UseHardlinks": True, "FileAccess": "VSS"}
    return Fault((kind,), (names["Work"],), [], happens)


OF_SESSION = {"capture": ("TS102", "TS107", "TS124", "TS130"), "restore": ("TS102", "TS108")}
