"""The commands of one step: from its action, its Command line setting, its inline script.

The parsers are imported when the first command is asked for: most runs need none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.commands.command import Assigned, Command, From
    from tslint.commands.windows_shell import Allowance
    from tslint.model.sequence import Step

# What a text has in it that sets a task sequence variable, and a script with what is handed to it.
_SETTING = ("tsenv", "tsvar", "set-ts", "set-smsts", "tasksequence", ".value")
_SCRIPT = r"\.(?:ps1|psm1|vbs|vbe|wsf|hta|jse?|cmd|bat|py)[\"'`]*[\s;)}&|]"
# What runs a text, or a program, that nothing here reads, and what sets a property of any object by its name.
_RUNS_TEXT = r"""(?x) (?<![\w-]) (?: iex | invoke-expression | invokescript | invokemember ) (?![\w-])
    | \s-(?:c|e)\w*\s+ (?: -(?!\S) | ["']?%\w )
    | (?:^|/run:\S{0,40})\s{0,99} "?%\w{1,256}%"? \s
    | \b[cw]script(?:\.exe)?"? \s"""
_NAME = r"(?:[-/]\w+[:=])?[\"']?[a-z_]\w|[-/]{1,2}_?(?:smsts|osd)\w"
# How a program begins that is not of this Windows: on a share, or where a variable says.
_ELSEWHERE = r"""(?i)"?(?:\\\\|%(?!(?:windir|comspec|system\w*|program\w*)%)\w{1,256}%\\)"""
# What has its own words for whatever it is told: of the shell, of Windows, and what is read anyway.
_WITH_OWN_WORDS = frozenset(
    {
        *("echo", "set", "setx", "reg", "regedit", "copy", "move", "xcopy", "robocopy", "msiexec", "wusa"),
        *("dism", "pnputil", "net", "sc", "schtasks", "rundll32", "regsvr32", "tsenv", "tsenv2"),
        *("write-host", "write-output", "powershell", "pwsh", "cscript", "wscript", "mshta"),
    }
)
_VISUAL_BASIC = ("vbscript:", "createobject", "javascript:", "activexobject")
_ENCODED = r"[-/][eE][a-zA-Z]*\s+[\"']?([a-zA-Z0-9+/=]{16,})"


def encoded(text: str) -> list[str]:
    """List what follows ``-EncodedCommand`` of PowerShell: nothing of it can be seen without decoding."""
    announced = any(begin in text for begin in ("-e", "/e", "-E", "/E"))
    return re.findall(_ENCODED, text) if announced else []


def command_text(step: Step) -> str:
    """All text of a step in which a command could stand, for a quick look before parsing."""
    if step.type == "RunPowerShellScript":
        return "\n".join(filter(None, (script_of(step), called_script(step))))
    line = step.settings.get("commandline")
    return step.action if line is None or line.value in step.action else f"{step.action}\n{line.value}"


def script_of(step: Step) -> str:
    """Return the decoded inline PowerShell of a step, "" when it has none or none that can be read."""
    setting = step.settings.get("sourcescript")
    if setting is None or not setting.value:
        return ""
    from tslint.commands.script import decode

    return decode(setting.value) or ""


def called_script(step: Step) -> str:
    """Return what a command line would say of a Run PowerShell Script step: its file, its parameters."""
    if step.type != "RunPowerShellScript":
        return ""
    script = "" if script_of(step) else (step.written("ScriptName") or "").strip()
    parameters = (step.written("Parameters") or "").strip()
    return " ".join(filter(None, (quoted_word(script) if script else "", parameters)))


def uncommented_script(step: Step) -> str:
    """Return the decoded inline PowerShell of a step without its comments."""
    script = script_of(step)
    if not script:
        return ""
    from tslint.commands.powershell import uncommented

    return uncommented(script)


class Started(NamedTuple):
    """What a command line or script does, as far as text can tell."""

    commands: tuple[Command, ...]
    assigned: tuple[Assigned, ...]


def in_command_line(text: str, source: From = "command-line") -> tuple[Command, ...]:
    """List what a command line starts (see windows_shell.py)."""
    return read_command_line(text, source).commands


def in_script(text: str) -> tuple[Command, ...]:
    """List what PowerShell text starts (see powershell.py)."""
    return read_script(text).commands


def instructions(step: Step) -> str:
    """Return the text of a step's commands and script, comments left out, encoded commands decoded."""
    return _decoded(uncommented_script(step) or command_text(step))


@lru_cache(maxsize=16)  # each command of a step asks for them
def _decoded(text: str) -> str:
    from tslint.commands.script import decode

    return "\n".join((text, *(decode(one) or "" for one in encoded(text))))


def quoted_word(word: str) -> str:
    """Write a word so that it arrives unchanged from a command line."""
    from tslint.commands.windows_shell import quoted

    return quoted(word)


def read_command_line(text: str, source: From = "command-line") -> Started:
    """Read a command line (see windows_shell.py)."""
    from tslint.commands.windows_shell import Allowance, commands

    allowance = Allowance(_powershell)
    found = commands(text, source, allowance)
    return Started(found, (*allowance.assigned, *_by_visual_basic(text)))


def read_script(text: str) -> Started:
    """Read PowerShell text (see powershell.py)."""
    from tslint.commands.windows_shell import Allowance

    allowance = Allowance(_powershell)
    found = _powershell(text, "script", allowance)
    return Started(found, tuple(allowance.assigned))


def _by_visual_basic(text: str) -> tuple[Assigned, ...]:
    if not any(word in text.lower() for word in _VISUAL_BASIC):
        return ()
    from tslint.commands.visual_basic import assigned

    return assigned(text)


def _powershell(text: str, source: From, allowance: Allowance) -> tuple[Command, ...]:
    from tslint.commands.powershell import commands

    return commands(text, source, allowance)


def commands_of(step: Step) -> tuple[Command, ...]:
    """List what a step starts."""
    return started_by(step).commands


def assigned_by(step: Step) -> tuple[Assigned, ...]:
    """List the task sequence variables that the commands and script of a step set, in order."""
    text = command_text(step)
    low = text.lower()
    told = any(word in low for word in _SETTING) or encoded(text) or _hands_over_a_name(low)
    if not told and not _runs_others_program(step, low):
        return ()
    started = started_by(step)
    known = {one.name.lower() for one in started.assigned}
    return (*started.assigned, *(one for one in _by_program(step, started) if one.name.lower() not in known))


def _runs_others_program(step: Step, text: str) -> bool:
    """Say whether a command line may start a program that is not of Windows, and tell it something."""
    if step.type != "RunCommandLine" or not any(re.match(_NAME, word) for word in text.split()[1:]):
        return False
    return bool(step.written("PackageID")) or re.search(_ELSEWHERE, text) is not None


def _by_program(step: Step, started: Started) -> Iterator[Assigned]:
    """Yield the variables whose names a program of a package is told: it may well be there to set them."""
    if step.type != "RunCommandLine":
        return
    from tslint.commands.command import Assigned
    from tslint.commands.windows_shell import names_told

    packaged = bool(step.written("PackageID"))
    for command in started.commands:
        if command.tool not in _WITH_OWN_WORDS and (packaged or re.match(_ELSEWHERE, command.line)):
            yield from (Assigned(name, None, sure=False) for name in names_told(command.arguments))


def runs_unread_script(step: Step) -> bool:
    """Say whether a step runs a script, or a program of its package, that the task sequence does not hold."""
    if step.type not in ("RunPowerShellScript", "RunCommandLine"):
        return False
    if step.written("ScriptName") or (step.type == "RunCommandLine" and step.written("PackageID")):
        return True
    text = f"{uncommented_script(step) or command_text(step)} ".lower()
    return re.search(_SCRIPT, text) is not None or re.search(_RUNS_TEXT, text) is not None


def _hands_over_a_name(text: str) -> bool:
    """Say whether a script is told something that could be the name of a variable."""
    script = re.search(_SCRIPT, text)
    return script is not None and any(re.match(_NAME, word) for word in text[script.end() :].split())


def started_by(step: Step) -> Started:
    """Read what a step starts. The action and the setting usually agree; each command is listed once."""
    if step.type == "RunPowerShellScript":
        script = script_of(step)
        # PowerShell takes its own quotation marks off the parameters too
        called = "" if script else called_script(step).replace("'", '"')
        return read_script(script) if script else Started((), read_command_line(called).assigned)
    found = read_command_line(step.action, "action")
    line = step.settings.get("commandline")
    if line is None or not line.value or line.value in step.action:
        return found
    known = {(c.tool, c.arguments) for c in found.commands}
    more = read_command_line(line.value)
    return Started(
        (*found.commands, *(c for c in more.commands if (c.tool, c.arguments) not in known)),
        (*found.assigned, *(one for one in more.assigned if one not in found.assigned)),
    )
