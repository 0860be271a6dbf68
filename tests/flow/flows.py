"""Timelines and flows of sequences in the compact notation."""

from __future__ import annotations

import re
from typing import Any

from tests.linting import TABLES
from tslint.flow.flow import Flow
from tslint.flow.timeline import Entry, Timeline, timeline
from tslint.model.read import read as read_model
from tslint.rules.example import MAIN, export_zip
from tslint.source.document import Origin
from tslint.source.read import read as read_source

# The tests of a registry value and of a file, as {"registry": "equals 1"} or {"version": "less 10"}.
_OF_THING = re.compile(
    r'(Registry|Version)ConditionExpression"><variable name="Path">(\w+) (\S+)</variable></expression>'
)


def with_things(xml: str) -> str:
    """Write the tests of the one registry value and the one file as the console does; rules have none."""

    def written(found: re.Match[str]) -> str:
        kind, operator, value = found.groups()
        if kind == "Registry":
            parts = {
                "KeyPath": "HKLM\\A",
                "Operator": operator,
                "Value": "V",
                "Type": "REG_SZ",
                "Data": value,
            }
        else:
            parts = {"Path": "C:\\a.exe", "Version": value, "VersionOperator": operator}
        if operator == "exists":
            parts = {name: parts[name] for name in ("KeyPath", "Operator", "Value", "Path") if name in parts}
        inner = "".join(f'<variable name="{name}">{part}</variable>' for name, part in parts.items())
        return f'{"File" if kind == "Version" else kind}ConditionExpression">{inner}</expression>'

    return _OF_THING.sub(written, xml)


def line_of(*steps: dict[str, Any], **children: list[dict[str, Any]]) -> Timeline:
    """Lay out a sequence; a child is given by its package id."""
    documents, _ = read_source(export_zip({"sequence": steps, "children": children}), Origin("test.zip"))
    export = {sequence.package_id: sequence for sequence in map(read_model, documents)}
    return timeline(export[MAIN], export)


def flow_of(*steps: dict[str, Any], **children: list[dict[str, Any]]) -> Flow:
    """Return the flow of a sequence."""
    return Flow(line_of(*steps, **children), TABLES)


def entry(flow: Flow, name: str) -> Entry:
    """Return the active step of a name."""
    return next(found for found in flow.timeline.entries if found.step.name == name)


def runs(flow: Flow, name: str) -> int:
    """Return the formula of the paths on which a step runs."""
    return flow.guard(entry(flow, name))


def step(name: str, when: Any = None) -> dict[str, Any]:
    """Return a step that changes nothing."""
    return {"run": "cmd /c ver", "name": name} | ({} if when is None else {"when": when})
