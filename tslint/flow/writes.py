"""Which variables a step assigns when it runs, and what the engine itself assigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.commands.of_step import assigned_by, commands_of
from tslint.flow.settings import base_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Assigned
    from tslint.model.condition import Condition
    from tslint.model.sequence import Setting, Step

# The state store session is no variable of the task sequence, but lives and changes like one.
SESSION = "#session"
IN_WINPE = "_smstsinwinpe"
LAST_ACTION = "_smstslastaction"

By = Literal["SetVariable", "SetDynamicVariables", "output", "command", "script", "engine"]
_AFTER_RESTART = {"winpe": "true", "hd": "false"}
_ENDS_IN = {"PrepareOS": "true", "SetupWindowsAndSMS": "false", "UpgradeOperatingSystem": "false"}
_REBOOT_REQUESTED = "smstsrebootrequested"
_OUTPUTS = ("outputvariablename", "smstsruncommandlineoutputvariablename")


class Write(NamedTuple):
    """One assignment. ``value`` is its text before substitution, None when the file does not tell it.

    ``sure`` is false for a script that names the variable: it may assign it. ``setting`` is where the name
    or value stands, ``condition`` the dynamic-variable rule's own, which is looked at before write
    ``asked`` of the step.
    """

    variable: str  # lower case
    spelling: str
    value: str | None
    by: By
    sure: bool = True
    masked: bool = False
    setting: Setting | None = None
    condition: Condition | None = None
    asked: int = 0


def writes_of(step: Step, tables: Tables, assigned: tuple[Assigned, ...] | None = None) -> tuple[Write, ...]:
    """List what a step assigns, in order. ``assigned`` is what its commands set, if that is known already."""
    found = [*_by_type(step), *_outputs(step)]
    found += _engine(step, tables)
    found += _requested(found)
    if step.type != "SetVariable":
        by_commands = list(_by_commands(step, assigned_by(step) if assigned is None else assigned))
        found += [*by_commands, *_requested(by_commands)]
    return tuple(found)


def may_write_anything(step: Step, tables: Tables, assigned: tuple[Assigned, ...]) -> bool:
    """Say whether a step can assign any variable.

    So can MDT's Gather and wizard, dynamic rules that are broken, and what puts the name together: scripts,
    and names with a variable in them.
    """
    if step.type in tables.writers["steps"]:
        return True
    if any("%" in write.variable for write in (*_by_type(step), *_outputs(step))):
        return True
    if step.type == "SetDynamicVariables":
        from tslint.model.dynamic_variables import read_dynamic_rules

        rules = step.written("Rules") or ""
        return rules != "" and read_dynamic_rules(rules) is None
    if any(not one.name for one in assigned):
        return True
    text = step.action.lower()
    if not any(tool in text for tool in tables.writers["commands"]):
        return False
    return any(command.tool in tables.writers["commands"] for command in commands_of(step))


def _set_variable(step: Step) -> Iterator[Write]:
    name = (step.written("VariableName") or "").strip()
    hidden = step.settings.get("hiddenvariablevalue")
    setting = step.settings.get("variablevalue", hidden)
    masked = hidden is not None or (step.written("DoNotShowVariableValue") or "").strip().lower() == "true"
    if not name:
        name, _, value = _assignment(step.action)
        setting = None
    else:
        value = "" if setting is None else setting.value
    if name:
        known = None if hidden is not None else value
        yield Write(name.lower(), name, known, "SetVariable", masked=masked, setting=setting)


def _assignment(action: str) -> tuple[str, str, str]:
    """``tsenv.exe "NAME=VALUE" /hiddenflag:False`` -> NAME, "=", VALUE."""
    quoted = action.partition('"')[2].rpartition('"')[0]
    return (quoted or action.partition(" ")[2]).strip().partition("=")


def _set_dynamic_variables(step: Step) -> Iterator[Write]:
    from tslint.model.dynamic_variables import read_dynamic_rules

    setting = step.settings.get("rules")
    rules = read_dynamic_rules(setting.value, setting.element) if setting is not None else None
    count = 0
    for rule in rules or ():
        asked, count = count, count + len(rule.assignments)
        for name, value, secret in rule.assignments:
            yield Write(
                name.lower(),
                name,
                value,
                "SetDynamicVariables",
                masked=secret,
                setting=setting,
                condition=rule.condition,
                asked=asked,
            )


def _partition(step: Step) -> Iterator[Write]:
    for key, setting in step.settings.items():
        if key.endswith("volumelettervariable") and setting.value.strip():
            yield Write(setting.value.strip().lower(), setting.value.strip(), None, "output", setting=setting)


def _download(step: Step) -> Iterator[Write]:
    """One variable a package: the name given and two digits ("X01", "X02", ...).

    https://learn.microsoft.com/intune/configmgr/osd/understand/task-sequence-steps#BKMK_DownloadPackageContent
    """
    setting = step.settings.get("destinationvariable")
    if setting is not None and setting.value.strip():
        base = setting.value.strip()
        packages = (step.written("DownloadPackages") or "").split(",")
        for number in range(1, min(len(packages), 99) + 1):
            name = f"{base}{number:02}"
            yield Write(name.lower(), name, None, "output", setting=setting)


_FROM_TYPE = {
    "SetVariable": _set_variable,
    "SetDynamicVariables": _set_dynamic_variables,
    "PartitionDisk": _partition,
    "DownloadPackageContent": _download,
}


def _by_type(step: Step) -> Iterable[Write]:
    return _FROM_TYPE[step.type](step) if step.type in _FROM_TYPE else ()


def _outputs(step: Step) -> Iterator[Write]:
    for key in _OUTPUTS:
        setting = step.settings.get(key)
        if setting is not None and setting.value.strip():
            yield Write(setting.value.strip().lower(), setting.value.strip(), None, "output", setting=setting)
            return


def _engine(step: Step, tables: Tables) -> Iterator[Write]:
    """What the engine assigns by itself: the phase, the state store session, the hard-link setting."""
    kind = step.type
    if kind == "Reboot":
        target = (base_value(step, "Target", tables) or "").strip().lower()
        yield Write(IN_WINPE, "_SMSTSInWinPE", _AFTER_RESTART.get(target), "engine")
    elif kind in _ENDS_IN:
        yield Write(IN_WINPE, "_SMSTSInWinPE", _ENDS_IN[kind], "engine")
    elif kind == "RequestStateStore":
        mode = base_value(step, "RequestType", tables)
        yield Write(SESSION, "", mode.strip().lower() if mode else None, "engine")
    elif kind == "ReleaseStateStore":
        yield Write(SESSION, "", "none", "engine")
    elif kind == "CaptureUserState":
        links = (base_value(step, "UseHardlinks", tables) or "").strip().lower()
        yield Write("_osdmigrateusehardlinks", "_OSDMigrateUseHardlinks", links, "engine")
        offline = (base_value(step, "OfflineUserState", tables) or "").strip().lower()
        if offline != "true":  # in the full OS the client runs the sequence, and its cache exists
            yield Write("_smstsclientcache", "_SMSTSClientCache", "present", "engine")


def rule_conditions(writes: Iterable[Write]) -> Iterable[Condition]:
    """Return the conditions of the dynamic-variable rules that make these, once each."""
    return {id(write.condition): write.condition for write in writes if write.condition is not None}.values()


def _requested(writes: list[Write]) -> Iterator[Write]:
    """Return what a restart changes that a variable asks for: it comes when the step is done (V).

    An empty value asks for none, and false takes a request back. Where to is not known of a value that a
    script works out.
    """
    for write in writes:
        where = None if write.value is None else write.value.strip().lower()
        if write.variable == _REBOOT_REQUESTED and where not in ("", "false"):
            yield write._replace(
                variable=IN_WINPE,
                spelling="_SMSTSInWinPE",
                value=_AFTER_RESTART.get(where or ""),
                by="engine",
                setting=None,
            )


def _by_commands(step: Step, assigned: tuple[Assigned, ...]) -> Iterator[Write]:
    by: By = "script" if step.type == "RunPowerShellScript" else "command"
    for name, value, sure in assigned:
        if name:
            yield Write(name.lower(), name, value, by, sure=sure)
