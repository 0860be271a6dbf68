"""What a PowerShell expression comes to, where the text alone tells: a value for a task sequence variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.commands.command import is_variable_name
from tslint.commands.powershell_tokens import ESCAPES, Token, end_of, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    Known = Mapping[str, str | None]

# Characters of an expression that is worked out, and brackets and strings in each other in it. The longest
# value that a task sequence variable takes has 8,000 characters (UV).
MAX_EXPRESSION = 8_000
_MAX_NESTED = 8

_OF_DRIVE = re.compile(r"\$\{?(?:ts)?env:([A-Za-z_][\w.-]{0,255})\}?", re.IGNORECASE)
_IN_STRING = re.compile(r'`([\s\S])|("")|(\$\()|(\$(?:\{[^}\n]*+\}?|\w++(?::\w++)?))')
_WORDS = {"$true": "True", "$false": "False", "$null": ""}
_ENVIRONMENT = "microsoft.sms.tsenvironment"
_VALUE = ".value"
_ASKED_OF_WINDOWS = "environment]::getenvironmentvariable"
_PLACES = re.compile(r"\{(\d)\}")


def name_of_target(target: str, known: Known) -> str | None:
    """Return the variable that an assignment to this expression sets.

    "" for one that only running the script would tell, None where it is no task sequence variable.
    """
    target = target.strip()
    drive = re.fullmatch(r"\$\{?tsenv:([\w.-]{1,256})\}?", target, re.IGNORECASE)
    if drive:
        return drive[1]
    if len(target) > MAX_EXPRESSION or not target.endswith(")"):
        return None
    found = tokens(target)
    opening = _opening(found, target)
    if opening < 1 or not _ends_in_value(target[found[opening - 1][1] : found[opening - 1][2]]):
        return None
    name = text_of(target[found[opening][2] : found[-1][1]], known)
    return name if name is not None and is_variable_name(name) else ""


def text_of(expression: str, known: Known, nested: int = 0) -> str | None:
    """Work out strings, their joining with ``+``, and variables: ``known`` tells what some of them hold.

    The environment's variables and those of the task sequence come out as ``%NAME%``, which is how a task
    sequence writes them. None where only running the script would tell.
    """
    if len(expression) > MAX_EXPRESSION or nested > _MAX_NESTED:
        return None
    expression = expression.strip()
    if expression[:9].lower() == "join-path":
        return _joined(words_of(expression, known)[1:])
    return _Sum(expression, known, nested).read()


def words_of(line: str, known: Known) -> list[tuple[str, str | None]]:
    """Cut a call into words: as written, and what each comes to. The first is what is called."""
    found: list[tuple[str, str | None]] = []
    if len(line) > MAX_EXPRESSION:
        return found
    depth, start, end = 0, 0, -1
    for kind, begin, stop in tokens(line):
        if depth == 0 and begin != end and end >= 0:
            found.append(_word(line[start:end], known))
            start = begin
        start = begin if end < 0 else start
        depth += (kind == "open") - (kind == "close")
        end = stop
    if end >= 0:
        found.append(_word(line[start:end], known))
    return found


def _word(text: str, known: Known) -> tuple[str, str | None]:
    kinds = {kind for kind, _, _ in tokens(text)}
    if kinds <= {"bare", "equals", "call"}:
        return text, text
    if kinds <= {"bare", "variable"} and "bare" in kinds:
        return text, text_of(f'"{text}"', known)  # a word without quotes is read as one in quotes
    return text, text_of(text, known)


def _opening(found: list[Token], text: str) -> int:
    """Return the bracket that the last one closes, -1 for none."""
    depth = 0
    for index in range(len(found) - 1, -1, -1):
        kind, start, end = found[index]
        depth += (kind == "close") - (kind == "open")
        if depth == 0:
            return index if text[start:end] == "(" else -1
    return -1


def _ends_in_value(text: str) -> bool:
    return text.lower().endswith(_VALUE)


class _Sum:
    """Reads one expression once, from left to right."""

    def __init__(self, text: str, known: Known, nested: int) -> None:
        self._text = text
        self._known = known
        self._nested = nested
        self._tokens = [token for token in tokens(text) if token[0] != "comment"]
        self._at = 0

    def read(self) -> str | None:
        """Return the sum of the terms."""
        whole = self._formatted()
        while whole is not None and self._at < len(self._tokens):
            if self._raw() != "+":
                return None
            self._at += 1
            more = self._formatted()
            whole = None if more is None else _short(whole + more)
        return whole

    def _formatted(self) -> str | None:
        """Read a term, and what ``-f`` puts into it."""
        term = self._term()
        if term is None or self._raw().lower() != "-f":
            return term
        values: list[str | None] = []
        while self._raw().lower() == ("," if values else "-f"):
            self._at += 1
            values.append(self._term())
        numbers = [int(number) for number in _PLACES.findall(term)]
        rest = _PLACES.sub("", term)
        if None in values or "{" in rest or "}" in rest or any(n >= len(values) for n in numbers):
            return None
        return _short(_PLACES.sub(lambda place: values[int(place[1])] or "", term))

    def _raw(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        _, start, end = self._tokens[self._at]
        return self._text[start:end]

    def _term(self) -> str | None:
        raw = self._raw()
        if not raw:
            return None
        kind = self._tokens[self._at][0]
        self._at += 1
        if kind == "text":
            return raw[1:-1].replace("''", "'")
        if kind in ("quoted", "here"):
            return self._string(raw)
        if kind == "variable":
            return self._variable(raw)
        if kind == "open":
            return self._brackets(raw)
        if raw[0] == "[" and raw[-1] == "]":  # [string]'x'
            return self._term()
        if raw.lower().endswith(_ASKED_OF_WINDOWS) and self._raw() == "(":
            self._at += 1
            name = text_of(self._inside().partition(",")[0], self._known, self._nested + 1)
            return f"%{name}%" if is_variable_name(name) else None
        return raw if raw.isdecimal() else None

    def _string(self, raw: str) -> str | None:
        if raw[0] == "@":
            body = raw[2:-2].strip("\r\n")
            return body if raw[1] == "'" else self._expanded(body)
        return self._expanded(raw[1:-1])

    def _variable(self, raw: str) -> str | None:
        if _ends_in_value(raw) and self._raw() == "(":
            self._at += 1
            return self._asked(self._inside())
        return self._held(raw)

    def _held(self, raw: str) -> str | None:
        drive = _OF_DRIVE.fullmatch(raw)
        if drive:
            return f"%{drive[1]}%"
        low = raw.lower()
        return _WORDS.get(low, self._known.get(low.strip("${}")))

    def _brackets(self, raw: str) -> str | None:
        inside = self._inside()
        if raw not in ("(", "$("):
            return None
        if self._raw().lower() == _VALUE and _ENVIRONMENT in inside.lower():
            self._at += 1
            if self._raw() == "(":
                self._at += 1
                return self._asked(self._inside())
            return None
        return text_of(inside, self._known, self._nested + 1)

    def _asked(self, name: str) -> str | None:
        """Return the variable of the task sequence that ``.Value(name)`` gives."""
        told = text_of(name, self._known, self._nested + 1)
        return f"%{told}%" if is_variable_name(told) else None

    def _inside(self) -> str:
        """Go behind the bracket that closes the one that is open, and return what they hold."""
        start = self._tokens[self._at - 1][2]
        depth = 1
        while self._at < len(self._tokens):
            kind, begin, _ = self._tokens[self._at]
            self._at += 1
            depth += (kind == "open") - (kind == "close")
            if depth == 0:
                return self._text[start:begin]
        return self._text[start:]

    def _expanded(self, body: str) -> str | None:
        """Put what is known into a double-quoted string."""
        parts: list[str | None] = []
        position = 0
        while match := _IN_STRING.search(body, position):
            parts.append(body[position : match.start()])
            position = match.end()
            escaped, doubled, code, name = match.groups()
            if escaped:
                parts.append(ESCAPES.get(escaped, escaped))
            elif doubled:
                parts.append('"')
            elif code:
                end = end_of(body, position, ")")
                parts.append(text_of(body[position : end - 1], self._known, self._nested + 1))
                position = end
            else:
                parts.append(self._held(name))
        parts.append(body[position:])
        told = [part for part in parts if part is not None]
        fits = len(told) == len(parts) and sum(map(len, told)) <= MAX_EXPRESSION
        return "".join(told) if fits else None


def _short(text: str) -> str | None:
    return text if len(text) <= MAX_EXPRESSION else None


def _joined(words: list[tuple[str, str | None]]) -> str | None:
    texts = [text for written, text in words if written.lower() not in ("-path", "-childpath")]
    if None in texts or not texts:
        return None
    *folders, last = (text for text in texts if text is not None)
    return "\\".join((*(folder.rstrip("\\") for folder in folders), last))
