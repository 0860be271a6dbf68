"""The settings of a step before it runs: what the file says, or what holds when it says nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.model.step_type import RUNNERS

if TYPE_CHECKING:
    from tslint.catalogue.tables import SettingFacts, Tables
    from tslint.model.sequence import Step


def success_codes(step: Step) -> list[str]:
    """Return the exit codes with which a step succeeds, one at least, in the file's order and spelling.

    Of a step that lists none it is those of SMS_TaskSequence_RunCommandLineAction:
    https://learn.microsoft.com/intune/configmgr/develop/reference/osd/sms_tasksequence_runcommandlineaction-server-wmi-class
    """
    codes = listed_codes(step.attributes.get("successCodeList", ""))
    return codes or (["0", "3010"] if step.type in RUNNERS else ["0"])


def listed_codes(text: str) -> list[str]:
    """Return the exit codes of a list: with blanks between them, or with what some people write instead."""
    return re.findall(r"[^\s,;]+", text)


def about(step: Step, key: str, tables: Tables) -> SettingFacts:
    """Return what the table of steps knows of a setting; ``key`` is a property name, in any case."""
    settings = tables.steps.get(step.type, {}).get("settings", {})
    return settings.get(key.lower(), {})


def base_value(step: Step, key: str, tables: Tables) -> str | None:
    """Return the text of a setting where no variable overrides it, None when nothing tells.

    The file's own text comes first, then the switch of its ``<action>``, then the documented default.
    """
    written = step.written(key)
    if written is not None and written.strip():
        return written
    known = about(step, key, tables)
    for switch in known.get("from action", ()):
        value = _from_action(step.action, switch)
        if value is not None:
            return value
    default = known.get("default")
    return written if default is None else default


def variable_of(step: Step, key: str, tables: Tables) -> str | None:
    """Return the name of the variable that overrides a setting while the sequence runs, None if none does.

    Hidden settings are arguments of the command, names with an underscore are read-only:
    https://learn.microsoft.com/intune/configmgr/develop/osd/about-configuration-manager-custom-action-mof-files
    """
    known = about(step, key, tables)
    name = known.get("variable")
    setting = step.settings.get(key.lower())
    if name == "none" or (setting is not None and setting.hidden):
        return None
    if setting is not None and setting.name:
        name = setting.name
    elif name is None and known.get("name"):
        name = tables.steps[step.type].get("prefix", "") + known["name"]
    return None if name is None or name.startswith("_") else name.lower()


# How the console writes the command line of a step, with or without a package.
_WRAPPED = r'(?i)\s*"?(?:[^\s"]*\\)?smsswd(?:\.exe)?"?\s+/run:(?P<package>\S*)\s*(?P<line>[\s\S]*)'
_PERCENT = "%+"  # doubled by one of the two, or by both


def disagreement(step: Step, tables: Tables) -> tuple[str, str] | None:
    """Return what a step's action says and what its hidden settings say, where that is not the same.

    None also where only one of them says it. The console writes both from one value, so a difference shows
    that something else has written one of them. An action that still has its placeholder (``%1``) says
    nothing. A doubled percent sign stands for one. Both are arguments of one command:
    https://learn.microsoft.com/intune/configmgr/develop/osd/about-configuration-manager-custom-action-mof-files
    """
    if "%1" in step.action or not step.action.strip():
        return None
    settings = tables.steps.get(step.type, {}).get("settings", {})
    for key, known in settings.items():
        written = (step.written(key) or "").strip()
        said = (_from_action(step.action, switch) for switch in known.get("from action", ()))
        told = next((value for value in said if value is not None), written)
        if written and _meant(told) != _meant(written):
            return step.action.strip(), f"{known.get('name', key)} {written}"
    return _line_disagreement(step) if step.type == "RunCommandLine" else None


def _line_disagreement(step: Step) -> tuple[str, str] | None:
    line, package = (step.written("CommandLine") or "").strip(), (step.written("PackageID") or "").strip()
    wrapped = re.match(_WRAPPED, step.action)
    if wrapped is None or not wrapped["line"]:
        same = _meant(line) in _meant(step.action)
        return None if same else (step.action.strip(), line)
    if line and _meant(line) != _meant(wrapped["line"]):
        return wrapped["line"].strip(), line
    if package and wrapped["package"] and wrapped["package"].lower() != package.lower():
        return f"/run:{wrapped['package']}", f"PackageID {package}"
    return None


def _meant(text: str) -> str:
    return re.sub(_PERCENT, "%", " ".join(text.split())).lower()


def _from_action(action: str, switch: str) -> str | None:
    """``/capture`` -> ``capture`` if the action has that word; ``/target:`` -> what follows it."""
    for word in action.split():
        lowered = word.strip('"').lower()
        if switch.endswith(":") and lowered.startswith(switch):
            return word.strip('"')[len(switch) :]
        if lowered == switch:
            return switch[1:]
    return None
