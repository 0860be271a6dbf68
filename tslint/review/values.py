"""Values of variables as people give them: NAME=VALUE, and dumps of all of them as scripts print them."""

from __future__ import annotations

import re

# Bytes of a dump, and variables in it: a task sequence has some hundreds.
MAX_DUMP = 4_000_000
MAX_VALUES = 5_000
# Characters of a line that are looked at: the environment of a task sequence holds 8 KB in all.
MAX_LINE = 40_000

# NAME=VALUE, NAME = VALUE, NAME : VALUE (Format-List), NAME<tab>VALUE; in quotes too.
_LINE = re.compile(
    r"""^[\s"',;{]*([A-Za-z_][\w.-]{0,254})["']?[^\S\t]*(?:=|:(?!\\)|\t)\s*(.*?)\s*$""",
)
# A record of a log, of which only the message counts.
_RECORD = re.compile(r"<!\[LOG\[(.*?)(?:\]LOG\]!>.*)?$")


class ValueTextError(Exception):
    """A text that gives no value; says what would."""


def pair(text: str) -> tuple[str, str]:
    """Read NAME=VALUE. Raises ValueTextError."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ValueTextError(f"write NAME=VALUE, not {text}")
    return name.strip(), value


def dump(text: str) -> tuple[dict[str, str], int]:
    """Read a dump, a variable a line; return the values, and how many lines hold something else.

    Of lines that give one name a value the last one counts. Blank lines, dashes and comments are nothing.
    """
    found: dict[str, str] = {}
    others = 0
    for line in text.splitlines():
        record = _RECORD.search(line)
        told = (record[1] if record else line).strip(" -=*{}[]\r\ufeff")
        if not told.strip() or told[0] in "#;":
            continue
        match = _LINE.match(told[:MAX_LINE])
        if match and len(found) < MAX_VALUES:
            found[match[1]] = _unquoted(match[2])
        else:
            others += 1
    return found, others


def _unquoted(value: str) -> str:
    """Take off the quotes of a shell, or those of JSON with the comma after them."""
    if value[:1] == '"' and value[-1:] == ",":
        value = value[:-1]
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
