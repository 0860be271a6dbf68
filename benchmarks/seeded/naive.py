"""The obvious script to compare with: document order, no paths; it skips disabled steps."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOT = re.compile(r"(?i)^([a-z]:|%(systemdrive|osdisk|osdtargetsystemdrive)%)[\\/]?$")


@dataclass(slots=True)
class Step:
    name: str
    type: str
    settings: dict[str, str]
    guards: tuple[str, ...]
    text: str


def _steps(sequence: _Element) -> list[Step]:
    steps = []
    for element in sequence.iter("step"):
        line = [element, *element.iterancestors("group")]
        if any(node.get("disable") == "true" for node in line):
            continue
        settings = {v.get("property", ""): v.text or "" for v in element.iterfind("defaultVarList/variable")}
        text = f"{element.findtext('action', '')} {settings.get('Rules', '')}"
        if "SourceScript" in settings:
            text = b64decode(settings["SourceScript"]).decode("utf-16", "replace")
        type_ = element.get("type", "").removeprefix("SMS_TaskSequence_").removesuffix("Action")
        guards = tuple(
            "".join(v.text or "" for v in c.iter()).lower()
            for node in line
            for c in node.iterfind("condition")
        )
        steps.append(Step(element.get("name", ""), type_, settings, guards, text))
    return steps


def check(sequence: _Element) -> set[tuple[str, str]]:
    """(rule, step name) of what a script in document order finds in one sequence."""
    steps = _steps(sequence)
    found = set()
    request: Step | None = None
    opened = simple = False
    for i, step in enumerate(steps):
        later = [s.type for s in steps[i + 1 :]]
        if step.type == "RequestStateStore":
            request, opened = step, True
            found |= _pair(step, steps[i + 1 :])
        elif step.type == "ReleaseStateStore":
            found |= set() if opened else {("TS103", step.name)}
            request = None
        elif step.type in {"CaptureUserState", "RestoreUserState"}:
            found |= _user_state(step, request, simple=simple)
            simple = simple or step.settings.get("Mode") == "Simple"
            opened = opened or step.type == "RestoreUserState"
        elif step.settings.get("VariableName", "").lower() == "osdstatestorepath":
            found |= {("TS120", step.name)} if ROOT.match(step.settings.get("VariableValue", "")) else set()
        elif re.search(r"(?i)usmtutils\S* .*?/rd", step.text) and "Reboot" not in later:
            found.add(("TS165", step.name))
    return found


def _pair(request: Step, rest: list[Step]) -> set[tuple[str, str]]:
    for step in rest:
        if step.type == "ReleaseStateStore":
            same = step.guards == request.guards or not step.guards
            return set() if same else {("TS102", request.name)}
        if step.type == "RequestStateStore":
            break
    return {("TS101", request.name)}


def _user_state(step: Step, request: Step | None, *, simple: bool) -> set[tuple[str, str]]:
    kind = request.settings.get("RequestType", "").lower() if request else ""
    links = step.settings.get("UseHardlinks") == "true"
    capture = step.type == "CaptureUserState"
    verdicts = {
        "TS107": capture and kind == "restore",
        "TS108": not capture and kind == "capture",
        "TS124": capture and links and kind == "capture",
        "TS130": links and step.settings.get("FileAccess") == "VSS",
        "TS142": not capture and simple and step.settings.get("LocalAccounts") != "true",
    }
    return {(rule, step.name) for rule, true in verdicts.items() if true}
