"""A task sequence run step by step on one computer: slow, plain, and written apart from the flow.

It works on the compact notation itself, so that it shares no code with the model or the flow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import Any

VARIABLES = ("A", "B", "C")
VALUES = (None, "x", "y", "other")


@dataclass
class Computer:
    """What a computer is before the sequence starts, and what happens on it."""

    variables: dict[str, str | None]
    wmi: dict[str, bool]
    session: str = "none"
    trace: list[tuple[str, dict[str, str | None], str]] = field(default_factory=list)


def computers(queries: tuple[str, ...]) -> list[Computer]:
    """Every computer that the conditions can tell apart."""
    found = []
    for values in product(VALUES, repeat=len(VARIABLES)):
        for in_winpe in ("true", "false"):
            for truths in product((True, False), repeat=len(queries)):
                variables = dict(zip((v.lower() for v in VARIABLES), values, strict=True))
                found.append(
                    Computer(
                        {**variables, "_smstsinwinpe": in_winpe}, dict(zip(queries, truths, strict=True))
                    )
                )
    return found


def start(computer: Computer) -> Computer:
    """A copy to run a sequence on."""
    return Computer(dict(computer.variables), computer.wmi)


def run(steps: list[dict[str, Any]], computer: Computer, children: dict[str, Any] | None = None) -> None:
    """Run steps in order; each one that runs is added to the trace with the state it found."""
    for step in steps:
        if step.get("disabled") or ("when" in step and not holds(step["when"], computer)):
            continue
        if "group" in step:
            run(step["steps"], computer, children)
            continue
        computer.trace.append((step["name"], dict(computer.variables), computer.session))
        effect(step, computer)
        if "child" in step:
            run((children or {})[step["child"]], computer, children)


def effect(step: dict[str, Any], computer: Computer) -> None:
    """What a step changes."""
    if "set" in step:
        assign(step["set"], step["to"], computer)
    elif "dynamic" in step:
        for rule in step["dynamic"]:
            if "when" not in rule or holds(rule["when"], computer):
                for name, value in rule["set"].items():
                    assign(name, value, computer)
    elif "restart" in step:
        computer.variables["_smstsinwinpe"] = "true" if step["restart"] == "WinPE" else "false"
    elif step.get("step") == "RequestStateStore":
        computer.session = step["RequestType"]
    elif step.get("step") == "ReleaseStateStore":
        computer.session = "none"


def assign(name: str, value: str, computer: Computer) -> None:
    """Give a variable a value, or what another variable holds."""
    copied = re.fullmatch(r"%(\w+)%", value)
    computer.variables[name.lower()] = computer.variables.get(copied.group(1).lower()) if copied else value


def holds(condition: Any, computer: Computer) -> bool:
    """Whether a condition in the compact notation holds now."""
    if isinstance(condition, list):
        return all(holds(one, computer) for one in condition)
    if isinstance(condition, str):
        name, operator, *value = condition.split(" ", 2)
        actual = computer.variables.get(name.lower())
        wanted = value[0].lower() if value else ""
        if wanted.startswith("%"):
            wanted = (computer.variables.get(wanted.strip("%")) or wanted).lower()
        return {
            "equals": (actual or "").lower() == wanted,
            "notEquals": (actual or "").lower() != wanted,
            "exists": actual is not None,
            "notExists": actual is None,
        }[operator]
    ((how, operand),) = condition.items()
    if how == "wmi":
        return computer.wmi[operand]
    operands = operand if isinstance(operand, list) else [operand]
    if how == "not":
        return not any(holds(one, computer) for one in operands)
    return (all if how == "all" else any)(holds(one, computer) for one in operands)
