"""A task sequence saved in other ways: what differs then is nothing that anybody changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tslint.rules.example import object_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULTS = {
    "SMS_TaskSequence_RunCommandLineAction": {
        "RunAsUser": "false",
        "UserName": "",
        "OutputVariableName": "",
        "DisableWow64Redirection": "false",
    },
    "SMS_TaskSequence_RunPowerShellScriptAction": {"RunAsUser": "false", "WorkingDirectory": ""},
    "SMS_TaskSequence_CaptureUserStateAction": {"Mode": "Simple", "ContinueOnLockedFiles": "true"},
    "SMS_TaskSequence_SetVariableAction": {"DoNotShowVariableValue": "false"},
}


def variants(xml: str) -> Iterator[tuple[str, bytes]]:
    """Yield a name and the bytes of each way to save a sequence."""
    yield "as it is", xml.encode()
    yield "UTF-16", xml.encode("utf-16")
    yield "UTF-8 with a mark", xml.encode("utf-8-sig")
    yield "in lines", etree.tostring(_indented(xml), pretty_print=True)
    yield "with carriage returns", etree.tostring(_indented(xml), pretty_print=True).replace(b"\n", b"\r\n")
    yield "with defaults", etree.tostring(_with_defaults(xml))
    yield "with variables in another order", etree.tostring(_reordered(xml))
    yield "in an export", object_xml(xml, "TSL00001", "").encode()
    yield "with the editor's state", xml.replace("<group ", '<group expand="true" ').encode()


def _indented(xml: str) -> etree._Element:
    root = etree.fromstring(xml.encode(), etree.XMLParser(remove_blank_text=True))
    etree.indent(root)
    return root


def _with_defaults(xml: str) -> etree._Element:
    root = etree.fromstring(xml.encode())
    for step in root.iter("step"):
        holder = step.find("defaultVarList")
        for name, value in _DEFAULTS.get(step.get("type", ""), {}).items():
            if holder is not None and all(one.get("property") != name for one in holder):
                etree.SubElement(holder, "variable", name=name, property=name).text = value
        step.set("disable", step.get("disable", "false"))
        step.set("continueOnError", step.get("continueOnError", "false"))
        step.set("runIn", step.get("runIn", "WinPEandFullOS"))
    return root


def _reordered(xml: str) -> etree._Element:
    root = etree.fromstring(xml.encode())
    for holder in root.iter("defaultVarList", "referenceList"):
        holder[:] = list(reversed(holder))
    for condition in root.iter("expression"):
        condition[:] = list(reversed(condition))
    return root
