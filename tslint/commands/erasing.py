"""Which disk or drive a command erases: diskpart, format, and the storage cmdlets of PowerShell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.commands.command import positional, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.commands.command import Command

# Parameters of the cmdlets that tell a disk by its number, a drive by its letter.
_NUMBERS = ("-number", "-disknumber", "-deviceid")
_LETTERS = ("-driveletter",)
_ONE_OF_ITS_PARTITIONS = "-partitionnumber"
_BY_NUMBER = frozenset({"clear-disk", "initialize-disk", "remove-partition"})
_BY_LETTER = frozenset({"format-volume", "remove-partition"})
_SOURCES = frozenset({"get-disk", "get-partition", "get-volume"})
_FILTERS = frozenset({"where-object", "where", "?"})
_PASSED_OVER = frozenset(
    {"sort-object", "select-object", "select", "foreach-object", "out-null", "tee-object"}
)
TOOLS = _BY_NUMBER | _BY_LETTER | {"diskpart", "format"}

_FILTER = re.compile(r"(?i)\b(?:disk)?number\s+-eq\s+[\"']?(\d+)\b")
# Instructions of diskpart, whatever writes them down: each ends where its line or what quotes it does.
_TOLD = re.compile(
    r"""(?imx)
    \bsel(?:ect)?\s+dis(?:k)?\s*=?\s*(?P<disk>\d{1,3})\b
    | \bsel(?:ect)?\s+vol(?:ume)?\s*=?\s*(?P<volume>\w{1,3})\b
    | \b(?P<clean>cle(?:an?)?)(?:\s+all)?\s*(?=$|["'&)>`|,;\\])
    | (?:^|["'`(,]|\becho[\s.:])\s*(?P<format>format)\b(?!\.|-)
    """
)


def erased(command: Command, before: Sequence[Command], told: str) -> tuple[str, ...] | None:
    """Return the disks ("0") and drives ("C:") that a command erases, None where the text does not tell.

    ``before`` are the commands in front of it, ``told`` is the text in which diskpart's instructions stand.
    """
    if command.tool == "diskpart":
        return _by_diskpart(told)
    if command.tool == "format":
        drives = [word.upper()[:2] for word in positional(command) if word[1:2] == ":"]
        return tuple(drives[:1]) if drives else None
    if any(word.lower().startswith("-whatif") for word in command.arguments):
        return ()
    found = tuple(_named(command)) or _piped(command, before)
    return found or None


def _named(command: Command) -> Iterator[str]:
    if command.tool in _BY_LETTER | _SOURCES:
        for name in _LETTERS:
            yield from (f"{value[0].upper()}:" for value in value_of(command, name) if _is_letter(value))
    if command.tool in _BY_NUMBER | _SOURCES and not _names_a_partition(command):
        for name in _NUMBERS:
            yield from (value for value in value_of(command, name) if value.isdecimal())
        if command.arguments and command.tool != "get-volume" and command.arguments[0].isdecimal():
            yield command.arguments[0]


def _names_a_partition(command: Command) -> bool:
    """Tell whether it speaks of one partition of the disk, which may be any but that of the system."""
    if command.tool not in ("get-partition", "remove-partition"):
        return False
    first_two = command.arguments[:2]
    by_place = len(first_two) == 2 and all(word.isdecimal() for word in first_two)
    return by_place or bool(value_of(command, _ONE_OF_ITS_PARTITIONS))


def _is_letter(value: str) -> bool:
    return value[:1].isalpha() and value[1:] in ("", ":")


def _piped(command: Command, before: Sequence[Command]) -> tuple[str, ...]:
    """Follow the pipe back to what it begins with: every disk, or one that a filter names."""
    piped, filtered = command.piped, ""
    for earlier in reversed(before):
        if not piped:
            return ()
        piped = earlier.piped
        if earlier.tool in _FILTERS:
            filtered += earlier.line
        elif earlier.tool in _SOURCES:
            number = _FILTER.search(filtered)
            if number:
                return (number[1],)
            every = ("0", "C:") if earlier.tool == "get-disk" and not earlier.arguments else ()
            return () if filtered else tuple(_named(earlier)) or every
        elif earlier.tool not in _PASSED_OVER:
            return ()
    return ()


def _by_diskpart(told: str) -> tuple[str, ...] | None:
    """Go through its instructions in order; None where it is told nothing that the sequence writes down."""
    disk, volume = "", ""
    found: list[str] = []
    selected = False
    for match in _TOLD.finditer(told.replace("`r", "").replace("`n", "\n")):
        if match["disk"]:
            disk, volume, selected = match["disk"], "", True
        elif match["volume"]:
            volume, selected = match["volume"], True
        elif match["clean"]:
            found.append(disk)
        elif match["format"] and _is_letter(volume):
            found.append(f"{volume[0].upper()}:")
    return tuple(filter(None, found)) if selected else None
