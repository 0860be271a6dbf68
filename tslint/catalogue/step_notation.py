"""Which type of step each short form of the compact notation stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.data_files.plain_data import Plain

    # A step or group. What a key takes, schemas/rule.schema.json tells.
    Node = Mapping[str, Plain]

# A step has the first of these keys that it has, or says its type as `step`.
SHORT_FORMS: Final = {
    "run": "RunCommandLine",
    "set": "SetVariable",
    "dynamic": "SetDynamicVariables",
    "powershell": "RunPowerShellScript",
    "restart": "Reboot",
    "child": "SubTasksequence",
    "gather": "BDD_Gather",
}


def step_type(node: Node) -> str:
    """Return the type of step that a node stands for, "" for a group."""
    short = next((kind for key, kind in SHORT_FORMS.items() if key in node), "")
    return "" if "group" in node else short or str(node.get("step", ""))
