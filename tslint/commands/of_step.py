"""The commands of one step: from its action, its Command line setting, its inline script.

The parsers are imported when the first command is asked for: most runs need none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.commands.command import Command, From
    from tslint.commands.windows_shell import Allowance
    from tslint.model.sequence import Step

_ENCODED = re.compile(r"[-/][eE][a-zA-Z]*\s+[\"']?([a-zA-Z0-9+/=]{16,})")


def encoded(text: str) -> list[str]:
    """List what follows ``-EncodedCommand`` of PowerShell: nothing of it can be seen without decoding."""
    announced = any(begin in text for begin in ("-e", "/e", "-E", "/E"))
    return _ENCODED.findall(text) if announced else []


def command_text(step: Step) -> str:
    """All text of a step in which a command could stand, for a quick look before parsing."""
    if step.type == "RunPowerShellScript":
        parameters = step.settings.get("parameters")
        return script_of(step) + (f"\n{parameters.value}" if parameters is not None else "")
    line = step.settings.get("commandline")
    return step.action if line is None or line.value in step.action else f"{step.action}\n{line.value}"


def script_of(step: Step) -> str:
    """Return the decoded inline PowerShell of a step, "" when it has none or none that can be read."""
    setting = step.settings.get("sourcescript")
    if setting is None or not setting.value:
        return ""
    from tslint.commands.script import decode

    return decode(setting.value) or ""


def uncommented_script(step: Step) -> str:
    """Return the decoded inline PowerShell of a step without its comments."""
    script = script_of(step)
    if not script:
        return ""
    from tslint.commands.powershell import uncommented

    return uncommented(script)


def in_command_line(text: str, source: From = "command-line") -> tuple[Command, ...]:
    """List what a command line starts (see windows_shell.py)."""
    from tslint.commands.windows_shell import Allowance, commands

    return commands(text, source, Allowance(_powershell))


def in_script(text: str) -> tuple[Command, ...]:
    """List what PowerShell text starts (see powershell.py)."""
    from tslint.commands.windows_shell import Allowance

    return _powershell(text, "script", Allowance(_powershell))


def _powershell(text: str, source: From, allowance: Allowance) -> tuple[Command, ...]:
    from tslint.commands.powershell import commands

    return commands(text, source, allowance)


def commands_of(step: Step) -> tuple[Command, ...]:
    """List what a step starts. The action and the setting usually agree; each command is listed once."""
    if step.type == "RunPowerShellScript":
        return in_script(script_of(step))
    found = list(in_command_line(step.action, "action"))
    line = step.settings.get("commandline")
    if line is not None and line.value and line.value not in step.action:
        known = {(c.tool, c.arguments) for c in found}
        more = in_command_line(line.value)
        found += [c for c in more if (c.tool, c.arguments) not in known]
    return tuple(found)
