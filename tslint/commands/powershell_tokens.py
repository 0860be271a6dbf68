"""PowerShell text cut into tokens."""

from __future__ import annotations

import re

Token = tuple[str, int, int]  # kind, start, end in the text
# What a character behind a backtick stands for, where it is not itself.
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": ""}

_TOKEN = re.compile(
    r"""(?P<blank>(?:[^\S\n]|`\r?\n)+)
    | (?P<comment>\#[^\n]*+)
    | (?P<remark><\#)
    | (?P<here>@["'][^\S\n]*+\n)
    | (?P<text>'(?:[^']|'')*'?)
    | (?P<quoted>")
    | (?P<variable>\$(?:\{[^}\n]*+\}?|[\w:]++|[$?^])(?:\.\w++)*)
    | (?P<open>[$@]?\(|@?\{)
    | (?P<close>[)}])
    | (?P<end>[;\n]|\|\|?|&&)
    | (?P<call>&)
    | (?P<comma>,)
    | (?P<redirect>[\d*]?>>?(?:&\d)?|<)
    | (?P<equals>(?:[-+*/%]|\?\?)?=)
    | (?P<bare>(?:[^\s;|&(){}"'`,$<>]|`[^\r\n])+|[\s\S])
    """,
    re.VERBOSE,
)
_IN_QUOTES = re.compile(r'`[\s\S]|""|"|\$\(')
_IN_CODE = re.compile(r"`[\s\S]|'(?:[^']|'')*'?|[\"()]")


def tokens(text: str) -> list[Token]:
    """Cut PowerShell text into tokens, blanks left out."""
    found: list[Token] = []
    position = 0
    previous = ""
    while match := _TOKEN.match(text, position):
        kind = str(match.lastgroup)
        start, position = match.span()
        if kind == "blank":
            continue
        if kind == "quoted":
            position = end_of(text, position)
        elif kind == "here":
            position = _behind(text, "\n" + text[start + 1] + "@", position - 1)
        elif kind == "remark":
            kind, position = "comment", _behind(text, "#>", position)
        elif kind == "end" and (previous == "comma" or (previous == "equals" and match[0] == "\n")):
            continue
        found.append((kind, start, position))
        previous = previous if kind == "comment" else kind
    return found


def _behind(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)


def end_of(text: str, position: int, opened: str = '"') -> int:
    """Where what is open ends: a double-quoted string or, with ``)``, the code of a ``$( )`` in one.

    The code may hold further strings, and they further code.
    """
    inside = [opened]
    while inside:
        match = (_IN_QUOTES if inside[-1] == '"' else _IN_CODE).search(text, position)
        if match is None:
            return len(text)
        position = match.end()
        mark = match[0]
        if mark == inside[-1]:
            inside.pop()
        elif mark in ('"', "$(", "("):
            inside.append('"' if mark == '"' else ")")
    return position
