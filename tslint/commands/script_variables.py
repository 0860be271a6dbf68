"""The task sequence variables that a script names."""

from __future__ import annotations

import re

from tslint.commands.powershell import uncommented

_NAME = r"""\\?["']([A-Za-z_][\w.-]{0,255})\\?["']"""
_ACCESS = re.compile(
    rf"""(?ix) \.value\(\s*+ {_NAME} \s*+\) (\s*+\+?=(?!=))?
    | \bset-tsvariable\s++ (?:-(?:name|variable\w*+)[\s:]++)? ["']?([a-z_][\w.-]{{0,255}})
    | \$\{{?tsenv: ([a-z_][\w.-]{{0,255}}) \}}? (\s*+\+?=(?!=))?
    """
)


def names(text: str) -> frozenset[str]:
    """Collect the task sequence variables, in lower case, that PowerShell or command text reads or writes."""
    return frozenset(name for name, _ in _accesses(text))


def writes(text: str) -> frozenset[str]:
    """Collect those that the text assigns: ``.Value("X") =``, ``Set-TSVariable X``, ``$tsenv:X =``."""
    return frozenset(name for name, assigned in _accesses(text) if assigned)


def _accesses(text: str) -> list[tuple[str, bool]]:
    return [
        ((value or setter or drive).lower(), bool(assigned or setter or drive_assigned))
        for value, assigned, setter, drive, drive_assigned in _ACCESS.findall(uncommented(text))
    ]
