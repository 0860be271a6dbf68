"""What a command line or an inline PowerShell script starts, as far as text can tell."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

From = Literal["command-line", "action", "script", "additional-options"]

_NAME = re.compile(r"\w[\w .+~()!'-]*")
_PROGRAM_ENDINGS = (".exe", ".com", ".cmd", ".bat")


class Command(NamedTuple):
    """One program start.

    ``tool`` is the program's file name in lower case without ``.exe``/``.com``/``.cmd``/``.bat``.

    ``arguments`` are the words after it, quotes removed, in order. ``source`` tells where it stood.
    ``line`` is this command's own piece of text (not the whole of ``a & b``).
    """

    tool: str
    arguments: tuple[str, ...]
    line: str
    source: From


def tool_name(path: str) -> str:
    """Turn the word that names a program into a ``tool``; "" where text cannot tell (``%TOOL%``)."""
    if path.startswith("/"):
        return ""
    name = path[max(path.rfind("\\"), path.rfind("/")) + 1 :].strip().lower()
    if name.endswith(_PROGRAM_ENDINGS):
        name = name[:-4]
    return name if _NAME.fullmatch(name) else ""


def options(command: Command) -> tuple[tuple[str, str | None], ...]:
    r"""Split the arguments into pairs of a lower-case name and a value.

    ``-RD`` is ``("/rd", None)``, ``/ue:*\*`` and ``/ue=*\*`` are ``("/ue", "*\*")``, and a word that is no
    option stands alone as ``("word", None)``.
    """
    return tuple(map(_split, command.arguments))


def has(command: Command, option: str) -> bool:
    """Tell whether an argument is this option (``/rd``: any value will do), option with value, or word.

    Case is ignored, and so is the difference between ``-`` and ``/``.
    """
    name, value = _split(option)
    return any(
        name == other and (value is None or (given is not None and value.lower() == given.lower()))
        for other, given in options(command)
    )


def value_of(command: Command, option: str) -> tuple[str, ...]:
    """List all values of an option: behind its ``:`` or ``=``, else the next word if that is no option."""
    name = _split(option)[0]
    pairs = options(command)
    values = []
    for index, (other, value) in enumerate(pairs):
        if other != name:
            continue
        if value is not None:
            values.append(value)
        elif index + 1 < len(pairs) and not pairs[index + 1][0].startswith("/"):
            values.append(command.arguments[index + 1])
    return tuple(values)


def _split(word: str) -> tuple[str, str | None]:
    if word[:1] not in ("/", "-"):
        return word.lower(), None
    for index, character in enumerate(word):
        if character in ":=":
            return "/" + word[1:index].lower(), word[index + 1 :]
    return "/" + word[1:].lower(), None
