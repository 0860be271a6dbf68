"""What PowerShell text holds and does not run here: blocks for elsewhere or later, functions not called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[int, int]
# An argument: its values, and whether it is a bare word, as the names of parameters are.
Argument = tuple[list[str], bool]

# Parameters of Invoke-Command that name where its block runs, and those that take no value:
# learn.microsoft.com/powershell/module/microsoft.powershell.core/invoke-command
_REMOTE = (
    *("computername", "cn", "session", "connectionuri", "uri", "cu", "hostname", "sshconnection"),
    *("vmname", "vmid", "vmguid", "containerid"),
)
_SWITCHES = (
    *("asjob", "hidecomputername", "hcn", "indisconnectedsession", "disconnected", "nonewscope", "usessl"),
    *("enablenetworkaccess", "allowredirection", "remotedebug", "runasadministrator", "sshtransport"),
    *("verbose", "debug", "confirm", "whatif"),
)
_SCRIPTS = ("scriptblock", "command", "filepath", "pspath")
_THIS_COMPUTER = re.compile(
    r"(?i)(?:localhost|\.|127\.0\.0\.1|::1)$|.{0,40}(?:(?:env:|%|osd)computername|machinename)"
)
_SHORTEST = 2  # letters that are left of a parameter's name
# What keeps a block for later, with what has it run in this step all the same.
_LATER = {
    "register-scheduledjob": "-run",  # -RunNow
    "set-scheduledjob": "-run",
    "register-scheduledtask": "",
    "new-scheduledtaskaction": "",
    "register-engineevent": "powershell.exiting",  # which is the end of the script
    "register-objectevent": "",
    "register-wmievent": "",
    "register-cimindicationevent": "",
    "register-argumentcompleter": "",
}
TOOLS = frozenset({"invoke-command", "icm", *_LATER})

_NAMED = re.compile(r"(\$\{?(?:\w++:)?)?([\w-]++)")
_FUNCTION = re.compile(r"(?:(?:global|script|local|private):)?([\w-]+)", re.IGNORECASE)


class Holder(NamedTuple):
    """Code under a name, which runs only where something names it.

    ``name`` is in lower case, of a variable with the dollar. ``span`` is the text from the name to the end of
    the code, ``found`` are the places of its commands among those that were found.
    """

    name: str
    span: Span
    found: Span


def runs_elsewhere(tool: str, arguments: Sequence[Argument], line: str) -> bool:
    """Say whether the blocks that a command is given run on other computers, or at another time."""
    if tool in _LATER:
        now = _LATER[tool]
        return not (now and now in line.lower())
    where = _remote(arguments)
    return bool(where) and not any(_THIS_COMPUTER.match(place) for place in where)


def _remote(arguments: Sequence[Argument]) -> list[str]:
    """Return the computers or sessions that Invoke-Command is told, none where it may run its block here."""
    rest = iter(arguments)
    by_place: list[list[str]] = []
    named = False
    for values, bare in rest:
        word = values[0] if values else ""
        if not (bare and word.startswith("-")):
            by_place.append(values)
            continue
        name, _, value = word[1:].lower().partition(":")
        if any(switch.startswith(name) for switch in _SWITCHES):
            continue
        given = [value, *values[1:]] if value else next(rest, ([], False))[0]
        if len(name) >= _SHORTEST and any(one.startswith(name) for one in _REMOTE):
            return given
        named = named or any(one.startswith(name) for one in _SCRIPTS)
    # the one that comes first is the block where no other is given, and @ stands for any parameters
    first = by_place[0] if len(by_place) + named > 1 and by_place else []
    return [] if first and first[0].startswith(("{", "@")) else first


def function_name(word: str) -> str:
    """Return the name by which a function is called, "" where a word of the text cannot tell it."""
    found = _FUNCTION.fullmatch(word)
    return found[1].lower() if found else ""


def not_run(
    holders: Sequence[Holder],
    elsewhere: Sequence[Span],
    text: str,
    pieces: Sequence[Span],
    around: Sequence[str],
) -> list[Span]:
    """Return where among the commands found are those of code that nothing in the text runs here.

    A name counts wherever it stands, in a string too, but not in its own code, nor in what is not run itself,
    nor in the commands ``elsewhere``. ``pieces`` are what the text is without comments, ``around`` are texts
    that see its functions.
    """
    known = {holder.name for holder in holders}
    outside = (name for one in around for name, _ in _names(one, [(0, len(one))]))
    waiting = {name for name in outside if name in known}
    named_in: dict[str, set[str]] = {}
    inside = _Inside([(holder.span, holder.name) for holder in holders])
    remote = _Inside([(span, "") for span in elsewhere])
    for name, position in _names(text, pieces):
        if name in known and remote.at(position) is None:
            outer = inside.at(position)
            (waiting if outer is None else named_in.setdefault(outer, set())).add(name)
    live: set[str] = set()
    while waiting:
        name = waiting.pop()
        live.add(name)
        waiting |= named_in.pop(name, set()) - live
    return [holder.found for holder in holders if holder.name not in live]


def _names(text: str, pieces: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """Go through all words that may be a name: of a variable too, but for what names a parameter."""
    for start, end in pieces:
        for match in _NAMED.finditer(text, start, end):
            word = match[2].lower()
            yield word.strip("-"), match.start(2)
            if match[1] or word[0] != "-":
                yield "$" + word.partition("-")[0], match.start(2)


class _Inside:
    """Tells which of several spans, that hold each other or do not meet, a position is in; asked in order."""

    def __init__(self, spans: list[tuple[Span, str]]) -> None:
        self._coming = sorted(spans, key=lambda one: (-one[0][0], one[0][1]))
        self._open: list[tuple[Span, str]] = []

    def at(self, position: int) -> str | None:
        """Return what the innermost one is called, None for none."""
        while self._coming and self._coming[-1][0][0] <= position:
            self._open.append(self._coming.pop())
        while self._open and self._open[-1][0][1] <= position:
            self._open.pop()
        return self._open[-1][1] if self._open else None
