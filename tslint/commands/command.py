"""What a command line or an inline PowerShell script starts, as far as text can tell."""

import re
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    # What is known of an option, and the options of one tool by their names (tables.tools).
    Option = Mapping[str, Any]
    Options = Mapping[str, Option]

From = Literal["command-line", "action", "script", "additional-options"]
# Of a command that a step makes of options that it passes on.
ADDITIONAL: Final = "additional-options"

_NAME = re.compile(r"\w[\w .+~()!'-]*")
# The name of a task sequence variable that needs no substitution (UV).
_VARIABLE = r"[A-Za-z_](?:[\w .-]{0,254}[\w.-])?"
_PROGRAM_ENDINGS = (".exe", ".com", ".cmd", ".bat")
# What a shell puts something else in for: $name, $(...), @name, (...), {...} of PowerShell, !name! and %i of
# cmd. The dollar at the end of a share's name is none.
_OF_SHELL = re.compile(r"\$[\w({]|!\w+!|%%?\w(?![\w%])|^[@({]|^--%$")


class Command(NamedTuple):
    """One program start.

    ``tool`` is the program's file name in lower case without ``.exe``/``.com``/``.cmd``/``.bat``.

    ``arguments`` are the words after it, quotes removed, in order. ``source`` tells where it stood.
    ``line`` is this command's own piece of text (not the whole of ``a & b``). ``conditional`` tells that
    a condition, a loop or a function of the shell around it decides whether it starts at all, ``piped`` that
    it takes what the command before it gives.
    """

    tool: str
    arguments: tuple[str, ...]
    line: str
    source: From
    conditional: bool = False
    piped: bool = False


class Assigned(NamedTuple):
    """A task sequence variable that a command line or script sets.

    ``name`` is "" where only running it would tell: then it may be any. ``value`` is as a task sequence
    writes it (``%NAME%`` for a variable's), None where the text does not tell. ``sure`` says that nothing
    but a failure keeps it from happening.
    """

    name: str
    value: str | None
    sure: bool


def is_variable_name(text: str | None) -> bool:
    """Say whether a text can be the name of a task sequence variable as it stands."""
    return text is not None and re.fullmatch(_VARIABLE, text) is not None


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


def has(command: Command, option: str, table: "Options | None" = None) -> bool:
    """Tell whether an argument is this option (``/rd``: any value will do), option with value, or word.

    Case is ignored, and so is the difference between ``-`` and ``/``.
    """
    name, value = _split(option)
    return any(
        name == other and (value is None or (given is not None and value.lower() == given.lower()))
        for other, given in given_options(command, table)
    )


def value_of(command: Command, option: str, table: "Options | None" = None) -> tuple[str, ...]:
    """List all values of an option: behind its ``:`` or ``=``, else the next word where it takes that."""
    name = _split(option)[0]
    pairs = given_options(command, table)
    return tuple(value for other, value in pairs if other == name and value is not None)


def positional(command: Command, table: "Options | None" = None) -> tuple[str, ...]:
    """List the words that are no option and no option's value."""
    return tuple(name for name, _, kind in _read(command, table) if kind != "option")


def operands(command: Command, table: "Options | None" = None) -> tuple[str, ...]:
    """List the words that are surely no option's value: none stands before them that could take them."""
    return tuple(name for name, _, kind in _read(command, table) if kind == "operand")


def behind(command: Command, option: str) -> str:
    """Return the word behind an option that has no value of its own, "" where there is none."""
    name = _split(option)[0]
    following = (*command.arguments[1:], "")
    pairs = zip(options(command), following, strict=False)  # a command without arguments has none
    words = (word for (other, value), word in pairs if other == name and value is None)
    return next((word for word in words if word[:1] not in ("/", "-")), "")


def before_shell(word: str) -> str:
    """Return the part of a word in front of what only the shell around the command knows, or all of it."""
    found = _OF_SHELL.search(word)
    return word if found is None else word[: found.start()]


def given_options(command: Command, table: "Options | None" = None) -> tuple[tuple[str, str | None], ...]:
    """List options with their values, and words that may be none's value; ``table`` tells who takes one.

    What the table does not know may take the next word, or may not: then the word stands by itself as well.
    """
    return tuple((name.lower(), value) for name, value, _ in _read(command, table))


def _read(
    command: Command, table: "Options | None" = None
) -> list[tuple[str, str | None, Literal["option", "word", "operand"]]]:
    """Return name and value of each argument: an option, or a word of its own.

    Such a word is an operand, unless it stands behind an option that may take it.
    """
    found: list[tuple[str, str | None, Literal["option", "word", "operand"]]] = []
    taken = eager = False
    words = command.arguments
    for index, word in enumerate(words):
        name, value = _split(word)
        if not name.startswith("/"):
            if not taken:
                found.append((word, None, "word" if eager else "operand"))
            taken = eager = False
            continue
        following = words[index + 1] if index + 1 < len(words) else ""
        known = (table or {}).get(name)
        eager = value is None and (known is None or known.get("optional", False))
        taken = False
        if value is None and _takes(known, following):
            value, taken = following, known is not None
        elif value == "" and following and before_shell(following) == "":
            value, taken = following, True  # /i:(Join-Path ...) of PowerShell, which is two words there
        found.append((name, value, "option"))
    return found


def _takes(option: "Option | None", following: str) -> bool:
    """Say whether the word behind an option is its value; of one that is not known it may be."""
    if not following or following[:1] in ("/", "-"):
        return False
    if option is None:
        return True
    if option.get("value") not in ("next", "either"):
        return False
    if not option.get("optional"):
        return True
    values = option.get("values")
    if values:
        return following.lower() in map(str.lower, values)
    return not any(character in following for character in "\\%")


def _split(word: str) -> tuple[str, str | None]:
    if word[:1] not in ("/", "-"):
        return word.lower(), None
    for index, character in enumerate(word):
        if character in ":=":
            return "/" + word[1:index].lower(), word[index + 1 :]
    return "/" + word[1:].lower(), None
