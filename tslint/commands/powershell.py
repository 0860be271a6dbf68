"""PowerShell text: the programs and cmdlets it starts. Reads what is written, runs and guesses nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tslint.commands.command import Command, tool_name
from tslint.commands.windows_shell import HOSTS, MAX_READ, Allowance, quoted
from tslint.commands.windows_shell import commands as of_command_line

if TYPE_CHECKING:
    from tslint.commands.command import From

    Token = tuple[str, int, int]  # kind, start, end in the text

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
_EXPANDED = re.compile(r'`([\s\S])|("")|\$(?:\{([^}\n]*+)\}?|(\w++(?::\w++)?))')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": ""}
_SCOPE = re.compile(r"(?:script|global|local|private):")

_STRINGS = frozenset({"text", "quoted", "here", "variable"})
_WORDS = _STRINGS | {"bare", "equals"}
_ENDS = frozenset({"end", "close", ""})
_DEFINING = frozenset({"function", "filter", "workflow", "configuration", "class", "enum"})
_KEYWORDS = _DEFINING | {
    *("if", "else", "elseif", "switch", "default", "for", "foreach", "while", "until", "do", "param", "data"),
    *("try", "catch", "finally", "trap", "begin", "process", "end", "dynamicparam"),
    *("return", "throw", "exit", "break", "continue"),
}
_EXPRESSION = re.compile(r"[-+!@\[]|\.\.?\d|\d[\d.]*+(?:[kmgtp]b)?$|0x[\da-f]++$|using$")
_SWITCHES = (
    "wait",
    "passthru",
    "nonewwindow",
    "nnw",
    "usenewenvironment",
    "loaduserprofile",
    "lup",
    "confirm",
    "whatif",
)


def commands(text: str, source: From, allowance: Allowance) -> tuple[Command, ...]:
    """List the commands of PowerShell text in order of writing. ``allowance`` is that of the text around it.

    Bodies of functions, conditions and loops count: they may run. Variables that hold plain strings are put
    in, others stand in arguments as written; a program whose name they hide is no command.
    Text of more than 300,000 characters gives nothing.
    """
    if not allowance.takes(len(text)):
        return ()
    reader = _Reader(text, source, allowance)
    allowance.shells -= 1
    reader.read()
    allowance.shells += 1
    return tuple(reader.found)


@lru_cache(maxsize=16)  # each of a step's facts asks for its script
def uncommented(text: str) -> str:
    """Drop comments; text of more than 300,000 characters stays as it is."""
    if "#" not in text or len(text) > MAX_READ:
        return text
    kept = []
    position = 0
    for kind, start, end in _tokens(text):
        if kind == "comment":
            kept.append(text[position:start])
            position = end
    kept.append(text[position:])
    return " ".join(kept)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    previous = ""
    while match := _TOKEN.match(text, position):
        kind = str(match.lastgroup)
        start, position = match.span()
        if kind == "blank":
            continue
        if kind == "quoted":
            position = _end_of_quotes(text, position)
        elif kind == "here":
            position = _behind(text, "\n" + text[start + 1] + "@", position - 1)
        elif kind == "remark":
            kind, position = "comment", _behind(text, "#>", position)
        elif kind == "end" and previous == "comma":
            continue
        tokens.append((kind, start, position))
        previous = previous if kind == "comment" else kind
    return tokens


def _behind(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)


def _end_of_quotes(text: str, position: int) -> int:
    """Where a double-quoted string ends; the code of its ``$( )`` may hold further strings."""
    inside = ['"']
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


class _Reader:
    """Walks over the tokens once, from statement to statement."""

    def __init__(self, text: str, source: From, allowance: Allowance) -> None:
        self.text = text
        self.source = source
        self.allowance = allowance
        self.found: list[Command] = []
        self._tokens = [token for token in _tokens(text) if token[0] != "comment"]
        self._at = 0
        self._level = 0
        self._variables: dict[str, tuple[str, ...] | None] = {}

    def read(self) -> None:
        """Find the commands."""
        while self._at < len(self._tokens):
            self._block()

    def _kind(self, ahead: int = 0) -> str:
        index = self._at + ahead
        return self._tokens[index][0] if index < len(self._tokens) else ""

    def _raw(self) -> str:
        _, start, end = self._tokens[self._at]
        return self.text[start:end]

    def _glued(self) -> bool:
        """Whether the token touches the one before it."""
        return 0 < self._at < len(self._tokens) and self._tokens[self._at - 1][2] == self._tokens[self._at][1]

    def _block(self) -> None:
        """Statements up to a closing bracket of any kind, and that."""
        self._level += 1
        self.allowance.brackets -= 1
        if self.allowance.brackets < 0:
            self._at = len(self._tokens)
        while (kind := self._kind()) not in ("close", ""):
            if kind in ("end", "comma"):
                self._at += 1
            else:
                self._statement(kind)
        self._at += kind == "close"
        self.allowance.brackets += 1
        self._level -= 1

    def _statement(self, kind: str) -> None:
        if kind == "call" or (kind == "bare" and self._raw() == "."):
            self._at += 1
            if self._kind() in _WORDS:
                self._command()
            return
        word = self._raw().lower() if kind == "bare" else ""
        if word in _KEYWORDS:
            self._at += 2 if word in _DEFINING and self._kind(1) else 1
        elif word and ("=" in word or self._kind(1) == "equals"):
            self._at += 1  # the key of a hashtable
        elif word and not _EXPRESSION.match(word):
            self._command()
        else:
            self._expression()

    def _expression(self) -> None:
        while (kind := self._kind()) not in _ENDS:
            if kind == "open":
                body = self._raw() == "{"
                self._at += 1
                self._block()
                if body:
                    return
            elif kind == "variable" and self._kind(1) == "equals":
                self._assignment()
                return
            elif kind == "equals":
                self._at += 1
                return
            else:
                starts = kind == "bare" and self._raw().lower().endswith("process]::start")
                self._at += 1
                if starts and self._kind() == "open" and (values := self._literals()):
                    self._hand_over(values[0], values[1:])

    def _assignment(self) -> None:
        """Remember a plain value; anything else is read as the statement that it is."""
        name = _key(self._raw())
        self._at += 1
        plain = self._raw() == "="
        self._at += 1
        start = self._at
        values = self._literals() if plain else None
        if self._kind() not in _ENDS:
            self._at, values = start, None
        if self._level > 1 and name in self._variables and self._variables[name] != values:
            values = None  # one branch says this, another that
        self._variables[name] = values
        if values is None and self._kind() == "bare" and self._raw().lower() == "join-path":
            self._variables[name] = self._joined_path()

    def _joined_path(self) -> tuple[str, ...] | None:
        self._command()
        if not self.found or self.found[-1].tool != "join-path":
            return None
        words = [word for word in self.found[-1].arguments if word.lower() not in ("-path", "-childpath")]
        return None if any(map(_is_code, words)) else ("\\".join(words),)

    def _literals(self) -> tuple[str, ...] | None:
        """Read the values of ``'a', $b`` or ``@('a', $b)``; read nothing else and return None."""
        start = self._at
        values: list[str] = []
        grouped = self._kind() == "open" and self._raw() in ("(", "@(")
        self._at += grouped
        while (kind := self._kind()) in _STRINGS or kind == "comma" or (grouped and kind == "end"):
            if kind in _STRINGS:
                values.extend(self._piece())
            else:
                self._at += 1
        if grouped and self._kind() == "close":
            self._at += 1
            return tuple(values)
        if values and not grouped:
            return tuple(values)
        self._at = start
        return None

    def _command(self) -> None:
        start = self._tokens[self._at][1]
        name = self._word()
        arguments = self._arguments()
        line = self.text[start : self._tokens[self._at - 1][2]]
        tool = tool_name(name[0]) if len(name) == 1 else ""
        words = tuple(value for values, _ in arguments for value in values)
        if tool in ("start-process", "start", "saps"):
            self._start_process(arguments)
        elif tool in ("invoke-expression", "iex"):
            if len(words) == 1 and not _is_code(words[0]):
                self.found += commands(words[0], self.source, self.allowance)
        elif tool in HOSTS:
            self._hand_over(name[0], tuple(quoted(word) for word in words if not word.startswith("{")))
        elif tool:
            self.found.append(Command(tool, words, line, self.source))

    def _arguments(self) -> list[tuple[list[str], bool]]:
        """Read the arguments; those joined by commas are one. The flag tells a bare word from a string."""
        arguments: list[tuple[list[str], bool]] = []
        joined = False
        while (kind := self._kind()) not in _ENDS and kind != "call":
            if kind == "comma":
                joined = True
                self._at += 1
                continue
            if kind == "redirect":
                self._redirection()
                continue
            values = self._bracketed() if kind == "open" else self._word()
            if joined and arguments:
                arguments[-1][0].extend(values)
            else:
                arguments.append((list(values), kind == "bare"))
            joined = False
        return arguments

    def _redirection(self) -> None:
        whole = "&" in self._raw()
        self._at += 1
        if not whole and self._kind() in _WORDS:
            self._word()

    def _bracketed(self) -> tuple[str, ...]:
        """Read an argument in brackets: plain values, else its text, of which the commands are found."""
        values = self._literals()
        if values is not None:
            return values
        start = self._tokens[self._at][1]
        self._at += 1
        self._block()
        end = self._tokens[self._at - 1][2]
        return (self.text[start:end],)

    def _word(self) -> tuple[str, ...]:
        values = self._piece()
        if not (self._glued() and self._kind() in _WORDS):
            return values
        parts = [*values]
        while self._glued() and self._kind() in _WORDS:
            parts.extend(self._piece())
        return ("".join(parts),)

    def _piece(self) -> tuple[str, ...]:
        kind, raw = self._kind(), self._raw()
        self._at += 1
        if kind == "text":
            return (raw[1:-1].replace("''", "'"),)
        if kind == "quoted":
            return (_EXPANDED.sub(self._substitute, raw[1:-1]),)
        if kind == "here":
            return (raw[2:-2].strip(),)
        if kind == "variable" or raw[0] == "@":
            return self._value(raw, raw)
        return (_EXPANDED.sub(self._substitute, raw),)

    def _substitute(self, match: re.Match[str]) -> str:
        escaped, doubled, braced, plain = match.groups()
        if escaped:
            return _ESCAPES.get(escaped, escaped)
        return '"' if doubled else " ".join(self._value(plain if braced is None else braced, match[0]))

    def _value(self, name: str, written: str) -> tuple[str, ...]:
        values = self._variables.get(_key(name))
        if values is None or not self.allowance.takes(sum(map(len, values)) + len(values)):
            return (written,)
        return values

    def _start_process(self, arguments: list[tuple[list[str], bool]]) -> None:
        """learn.microsoft.com/powershell/module/microsoft.powershell.management/start-process."""
        positional: list[list[str]] = []
        named: dict[str, list[str]] = {}
        rest = iter(arguments)
        for values, bare in rest:
            if not (bare and values and values[0].startswith("-")):
                positional.append(values)
                continue
            name, _, value = values[0][1:].lower().partition(":")
            if any(switch.startswith(name) for switch in _SWITCHES):
                continue
            given = [values[0][-len(value) :], *values[1:]] if value else next(rest, ([], False))[0]
            named[_parameter(name)] = given
        program = named.get("program") or (positional.pop(0) if positional else [])
        words = named.get("arguments") or (positional[0] if positional else [])
        if len(program) == 1:
            self._hand_over(program[0], tuple(words))

    def _hand_over(self, program: str, words: tuple[str, ...]) -> None:
        """Read a program and the text of its arguments as the command line that they make."""
        text = " ".join((quoted(program), *(quoted(word) if _is_code(word) else word for word in words)))
        self.found += of_command_line(text, self.source, self.allowance)


def _parameter(name: str) -> str:
    """Which parameter of Start-Process it is: names may be cut short."""
    if "filepath".startswith(name):
        return "program"
    return "arguments" if "argumentlist".startswith(name) or name == "args" else name


def _key(variable: str) -> str:
    return _SCOPE.sub("", variable.strip("$@{}").lower())


def _is_code(argument: str) -> bool:
    return argument.startswith(("(", "$(", "@(", "{", "@{"))
