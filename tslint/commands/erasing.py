"""Which disk or drive a command erases: diskpart, format, and the storage cmdlets of PowerShell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tslint.commands.command import positional, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tslint.commands.command import Command

# Parameters of the cmdlets that tell a disk by its number, a drive by its letter.
_NUMBERS = ("-number", "-disknumber", "-deviceid")
_LETTERS = ("-driveletter",)
_OBJECTS = ("-inputobject",)
_PATHS = ("-path",)
_ONE_OF_ITS_PARTITIONS = "-partitionnumber"
_BY_NUMBER = frozenset({"clear-disk", "initialize-disk", "remove-partition"})
_BY_LETTER = frozenset({"format-volume", "remove-partition"})
_BY_NUMBER_ONLY = frozenset({"clear-disk", "initialize-disk", "get-disk"})
_SOURCES = frozenset({"get-disk", "get-partition", "get-volume"})
_BY_PLACE = frozenset({"get-volume", "format-volume"})  # whose first argument is a letter
_TRIED_ONLY = frozenset({"-whatif", "-wi", "-whatif:$true"})
_FILTERS = frozenset({"where-object", "where", "?"})
_BY_PLACES = ("-first", "-last", "-skip", "-index", "-unique")
_PASSED_OVER = frozenset(
    {"sort-object", "select-object", "select", "foreach-object", "out-null", "tee-object"}
)
TOOLS = _BY_NUMBER | _BY_LETTER | {"diskpart", "format"}

_FILTER = re.compile(r"(?i)\b(?:disk)?number\s+-eq\s+[\"']?(\d+)\b")
_ALL_BUT_USB = re.compile(
    r"(?i)^\S+\s+(?:-property\s+)?(?:\{\s*\$_\.)?bustype\s+-ne\s+[\"']?usb[\"']?\s*\}?$"
)
# A variable, or a property of what it holds, and how a script gets the disk that it holds.
_HELD = re.compile(r"\$(\w+)(?:\.(?:disk)?number)?", re.IGNORECASE)
_DISK_GOT = re.compile(r"\$(\w+)\s*=\s*\(?\s*(get-disk\b[^\n;]*)", re.IGNORECASE)
_DISK_IN_BRACKETS = re.compile(r"(?i)\$?\(\s*+(get-disk\b.*)")
_DISK_NAMED = re.compile(r"(?i)get-disk\s+(?:-number[\s:]+)?(\d+)\b")
_MAX_GOT = 200  # characters of such a statement that are looked at
# Instructions of diskpart, whatever writes them down: each ends where its line or what quotes it does.
# ``other`` is a disk or volume that only the computer knows. ``moves`` takes the focus from the volume:
# another partition is selected, or made, or what was selected goes; shrink, assign and the like keep it.
# learn.microsoft.com/windows-server/administration/windows-commands/diskpart, create-partition-primary
_TOLD = re.compile(
    r"""(?imx)
    \bsel(?:ect)?\s++dis(?:k)?\s*+=?\s*+(?P<disk>\d{1,3})\b
    | \bsel(?:ect)?\s++vol(?:ume)?\s*+=?\s*+(?P<volume>\w{1,3})\b
    | \bsel(?:ect)?\s++(?P<other>vdi(?:sk)?\b|(?:dis(?:k)?|vol(?:ume)?)\s*+=?\s*+(?:system\b|next\b|[%$!{]))
    | \b(?:sel(?:ect)?|cre(?:ate)?|del(?:ete)?)\s++(?P<moves>par(?:tition)?|vol(?:ume)?)\b
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
    if any(word.lower() in _TRIED_ONLY for word in command.arguments) or _is_elsewhere(command):
        return ()
    found = tuple(_named(command)) or tuple(_held(command, told)) or _piped(command, before)
    return found or None


def _named(command: Command) -> Iterator[str]:
    first = command.arguments[0] if command.arguments else ""
    if command.tool in _BY_LETTER | _SOURCES:
        letters = _values(command, _LETTERS)
        if command.tool in _BY_PLACE:
            letters.append(first)
        letters += (path.rstrip("\\") for path in _values(command, _PATHS))
        yield from (f"{value[0].upper()}:" for value in letters if _is_letter(value))
    if command.tool in _BY_NUMBER | _SOURCES and not _names_a_partition(command):
        numbers = _values(command, _NUMBERS)
        if command.tool not in _BY_PLACE:
            numbers.append(first)
        yield from (value for value in numbers if value.isdecimal())


def _values(command: Command, names: tuple[str, ...]) -> list[str]:
    """Return the values of parameters, which may be cut short as long as they are told apart."""
    shortest = 1 if command.tool in _BY_NUMBER_ONLY else 3
    given = {word.partition(":")[0].lower() for word in command.arguments if word.startswith("-")}
    meant = [one for one in sorted(given) if len(one) > shortest and any(n.startswith(one) for n in names)]
    return [value for one in meant for value in value_of(command, one)]


def _held(command: Command, told: str) -> Iterator[str]:
    """Yield the disk that a variable holds, by what the script last got it with."""
    if command.tool not in _BY_NUMBER_ONLY:
        return
    for value in _values(command, _NUMBERS + _OBJECTS):
        held, got = _HELD.fullmatch(value), _DISK_IN_BRACKETS.match(value)
        number = _disks_got(told).get(held[1].lower()) if held else _number_in(got[1]) if got else None
        if number:
            yield number


@lru_cache(maxsize=4)  # each command of a script asks for them
def _disks_got(told: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, statement in _DISK_GOT.findall(told):
        found[name.lower()] = _number_in(statement)
    return found


def _number_in(statement: str) -> str:
    """Return the number of the disk that a statement gets."""
    number = _FILTER.search(statement[:_MAX_GOT]) or _DISK_NAMED.match(statement)
    return number[1] if number else ""


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
        elif earlier.tool in _SOURCES and not _is_elsewhere(earlier):
            if earlier.piped and not earlier.arguments and not filtered:
                continue  # Get-Partition of the disk that comes through the pipe
            number = _FILTER.search(filtered)
            if number:
                return (number[1],)
            every = ("0", "C:") if earlier.tool == "get-disk" and not earlier.arguments else ()
            if filtered:
                return every if _ALL_BUT_USB.match(filtered) else ()
            return tuple(_named(earlier)) or every
        elif earlier.tool not in _PASSED_OVER or _takes_some(earlier):
            return ()
    return ()


def _is_elsewhere(command: Command) -> bool:
    """Say whether it is about the disks of another computer."""
    return any(word.lower().startswith("-cim") for word in command.arguments)


def _takes_some(command: Command) -> bool:
    """Say whether Select-Object lets only some through, by their places."""
    return any(word.lower().startswith(_BY_PLACES) for word in command.arguments)


def _by_diskpart(told: str) -> tuple[str, ...] | None:
    """Go through its instructions in order; None where it is told nothing that the sequence writes down.

    A volume brings its disk with it: what is cleaned then is the disk of that drive, whatever its number.
    """
    disk, volume = "", ""
    found: list[str] = []
    selected = False
    for match in _TOLD.finditer(told.replace("`r", "").replace("`n", "\n")):
        if match["disk"]:
            disk, volume, selected = match["disk"], "", True
        elif match["other"]:
            disk = volume = ""
        elif match["volume"]:
            letter = match["volume"]
            disk = volume = f"{letter.upper()}:" if _is_letter(letter) else ""
            selected = True
        elif match["moves"]:
            volume = ""
        elif match["clean"]:
            found.append(disk)
            volume = ""
        elif match["format"]:
            found.append(volume)
    return tuple(filter(None, found)) if selected else None
