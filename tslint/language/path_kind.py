"""Paths: what kind of place one names (the root of a drive, a folder, a share), and how it is spelled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from tslint.logic.text import Text, Unknown

if TYPE_CHECKING:
    from tslint.catalogue.tables import Tables

PathKind = Literal["root", "local", "unc", "relative"]
# Windows looks through these prefixes of a local path.
_DEVICE_PREFIXES = ("\\\\?\\", "\\\\.\\")


def path_kind(text: Text, tables: Tables, network_drives: frozenset[str] = frozenset()) -> PathKind | None:
    r"""Tell the kind of a path, None where an unknown part could change it.

    ``C:``, ``c:/``, ``C:\.``, ``\\?\C:\``, ``C:\Folder\..`` and ``%SystemDrive%\`` are roots. A variable that
    is documented to hold a drive stands for one; any other unknown variable leaves the kind open. A letter
    of ``network_drives`` (lower case) stands for a share.
    """
    spelled = _with_drives(text, tables)
    head = spelled[0] if spelled else ""
    if isinstance(head, Unknown):
        return None
    whole = head.strip().strip('"').strip().replace("/", "\\")
    for prefix in _DEVICE_PREFIXES:
        whole = whole.removeprefix(prefix)
    if len(whole) > 1 and whole[0].isalpha() and whole[0].isascii() and whole[1] == ":":
        if whole[0].lower() in network_drives:
            return "unc"
        return _below_drive(whole[2:], open_end=len(spelled) > 1)
    if whole.startswith("\\\\") or whole.lower().startswith("unc\\"):
        return "unc"
    if len(spelled) > 1 and len(whole) < 2:
        return None
    return "root" if whole.strip("\\. ") == "" and whole.startswith("\\") else "relative"


def plain_path(path: str) -> str:
    """Return a path as all its spellings have it: in lower case, with backslashes, without quotes."""
    path = path.lower().replace("/", "\\").strip('"').rstrip("\\")
    return path[:1] + re.sub(r"\\{2,}", r"\\", path[1:])  # two in front begin a share


def _below_drive(rest: str, *, open_end: bool) -> PathKind | None:
    """Follow ``.`` and ``..`` from the drive on; what an unknown end adds is not known."""
    depth = 0
    for name in rest.split("\\"):
        if name.strip(" ") == "..":
            depth = max(0, depth - 1)
        elif name.strip(" .") != "":
            depth += 1
    if depth == 0:
        return None if open_end else "root"
    return "local"


def _with_drives(text: Text, tables: Tables) -> Text:
    """Replace variables known to hold a drive or a folder by one."""
    from tslint.logic.text import join

    return join(_stands_for(part, tables) for part in text)


def _stands_for(part: str | Unknown, tables: Tables) -> str | Unknown:
    if isinstance(part, str):
        return part
    holds = tables.variables.get(part.variable, {}).get("holds", "")
    return {"drive": "C:", "folder": "C:\\Folder"}.get(holds, part)
