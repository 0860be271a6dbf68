"""PowerShell text: the programs and cmdlets it starts. Reads what is written, runs and guesses nothing."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tslint.commands.command import Command, is_variable_name, tool_name
from tslint.commands.powershell_elsewhere import TOOLS as OTHERS
from tslint.commands.powershell_elsewhere import Holder, function_name, not_run, runs_elsewhere
from tslint.commands.powershell_text import name_of_target, text_of, words_of
from tslint.commands.powershell_tokens import ESCAPES, tokens
from tslint.commands.windows_shell import HOSTS, MAX_READ, SCRIPTS, TSENV, Allowance, quoted
from tslint.commands.windows_shell import commands as of_command_line

if TYPE_CHECKING:
    from tslint.commands.command import From
    from tslint.commands.powershell_elsewhere import Argument, Span

_EXPANDED = re.compile(r'`([\s\S])|("")|\$(?:\{([^}\n]*+)\}?|(\w++(?::\w++)?))')
_SCOPE = re.compile(r"(?:script|global|local|private):")

_STRINGS = frozenset({"text", "quoted", "here", "variable"})
_WORDS = _STRINGS | {"bare", "equals"}
_ENDS = frozenset({"end", "close", ""})
_CALLED = frozenset({"function", "filter", "workflow"})
_DEFINING = _CALLED | {"configuration", "class", "enum"}
_KEYWORDS = _DEFINING | {
    *("if", "else", "elseif", "switch", "default", "for", "foreach", "while", "until", "do", "param", "data"),
    *("try", "catch", "finally", "trap", "begin", "process", "end", "dynamicparam"),
    *("return", "throw", "exit", "break", "continue"),
}
# Blocks that run whatever comes, but for a failure, and what ends a script before its end.
_ALWAYS = frozenset({"try", "finally", "begin", "process", "end"})
_LEAVES = frozenset({"return", "exit", "break", "continue"})  # throw does, too, but then the script fails
_ALIASES = {"?": "where-object"}
_CATCHES = re.compile(r"(?i)\b(?:catch|trap)\b")
_ENDING = ("environment]::exit", "host.setshouldexit")
_TYPES = 16  # tokens in front of the block of a catch: the types of what it catches
_TARGET, _VALUE = 600, 64  # characters in front of an equals sign, and tokens behind it, that are looked at
# Cmdlets that set a task sequence variable: through the drive tsenv: of MDT, or as modules call them.
_SETS_ITEM = frozenset({"set-item", "si", "set-content", "sc", "new-item", "ni"})
_SETS_VARIABLE = re.compile(
    r"set-(?:sms|cm|mdt|osd)?(?:ts|tasksequence)(?:env|environment|var|variable|envvar|environmentvariable|value)$"
)
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


def commands(
    text: str, source: From, allowance: Allowance, around: tuple[str, ...] = ()
) -> tuple[Command, ...]:
    """List the commands of PowerShell text in order of writing. ``allowance`` is that of the text around it.

    Bodies of conditions, loops and functions count: they may run. What runs on other computers or later does
    not, nor functions that nothing calls, here or in the texts ``around`` this one that see them. Variables
    that hold plain strings are put in, others stand in arguments as written; a program whose name they hide
    is no command.
    Text of more than 300,000 characters gives nothing.
    """
    if not allowance.takes(len(text)):
        return ()
    reader = _Reader(text, source, allowance, around)
    allowance.shells -= 1
    left = allowance.left
    reader.read()
    allowance.left = left
    allowance.shells += 1
    return tuple(reader.found)


@lru_cache(maxsize=16)  # each of a step's facts asks for its script
def uncommented(text: str) -> str:
    """Drop comments; text of more than 300,000 characters stays as it is."""
    if "#" not in text or len(text) > MAX_READ:
        return text
    kept = []
    position = 0
    for kind, start, end in tokens(text):
        if kind == "comment":
            kept.append(text[position:start])
            position = end
    kept.append(text[position:])
    return " ".join(kept)


class _Reader:
    """Walks over the tokens once, from statement to statement."""

    def __init__(self, text: str, source: From, allowance: Allowance, around: tuple[str, ...]) -> None:
        self.text = text
        self.around = around
        self.source = source
        self.allowance = allowance
        self.found: list[Command] = []
        every = tokens(text)
        self._tokens = [token for token in every if token[0] != "comment"]
        self._comments = [(start, end) for kind, start, end in every if kind == "comment"]
        self._holders: list[Holder] = []
        self._blocks: list[Span] = []  # which the command that is read has as arguments, among what was found
        self._elsewhere: list[Span] = []  # the text of commands whose blocks run elsewhere
        self._dropped: list[Span] = []  # what was found and does not run here
        self._at = 0
        self._level = 0
        self._plain = 1  # the level of what runs whatever comes
        self._bodies: dict[str, list[int]] = {}
        self._assigned: list[str] = []
        self._tried = (0, 0, 0, 0)
        self._piped = False
        self._variables: dict[str, tuple[str, ...] | None] = {}
        self._texts: dict[str, str | None] = {}

    def read(self) -> None:
        """Find the commands."""
        while self._at < len(self._tokens):
            self._block()
        if self._holders and self.allowance.takes(sum(map(len, self.around))):
            starts = (0, *(end for _, end in self._comments))
            ends = (*(start for start, _ in self._comments), len(self.text))
            pieces = [*zip(starts, ends, strict=True)]
            self._dropped += not_run(self._holders, self._elsewhere, self.text, pieces, self.around)
        gone = {place for start, end in _outermost(self._dropped) for place in range(start, end)}
        self.found = [command for place, command in enumerate(self.found) if place not in gone]

    def _kind(self, ahead: int = 0) -> str:
        index = self._at + ahead
        return self._tokens[index][0] if index < len(self._tokens) else ""

    def _raw(self) -> str:
        _, start, end = self._tokens[self._at]
        return self.text[start:end]

    def _glued(self) -> bool:
        """Whether the token touches the one before it."""
        return 0 < self._at < len(self._tokens) and self._tokens[self._at - 1][2] == self._tokens[self._at][1]

    def _body(self) -> None:
        """Statements in braces that something else decides about."""
        self.allowance.conditional += 1
        self._block()
        self.allowance.conditional -= 1

    def _block(self) -> None:
        """Statements up to a closing bracket of any kind, and that."""
        self._level += 1
        self.allowance.brackets -= 1
        if self.allowance.brackets < 0:
            self._at = len(self._tokens)
        while (kind := self._kind()) not in ("close", ""):
            if kind in ("end", "comma"):
                self._piped = self._raw() == "|"
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
            elif self._kind() == "open":
                self._at += 1
                self._block()
            return
        word = self._raw().lower() if kind == "bare" else ""
        if word in _KEYWORDS:
            self._keyword(word)
        elif word and ("=" in word or self._kind(1) == "equals"):
            self._at += 1  # the key of a hashtable
        elif word and not _EXPRESSION.match(word):
            self._command()
        else:
            self._expression()

    def _keyword(self, word: str) -> None:
        self._at += 1
        if word in _DEFINING and self._kind():
            self._define(word)
        elif word in _ALWAYS and self._kind() == "open":
            self._always(word)
        elif word == "catch" and not self._catch_fails():
            self._tried_only()
        elif word == "param" and self._kind() == "open":
            self._at += 1
            self._body()  # what is given decides about the defaults
        elif word == "foreach" and self._kind() == "open" and self._kind(1) == "variable":
            self._forget(self._key_at(1))
        elif word == "throw" and self.allowance.functions == 0 and not self._catches:
            self.found.append(Command("exit", ("1",), word, self.source, self._decided()))
        elif word in _LEAVES:
            if word == "exit" and self.allowance.functions == 0:
                self._ended_with(self._at)
            self.allowance.left = self.allowance.left or not (word == "exit" and self._fails(self._at))

    @cached_property
    def _catches(self) -> bool:
        """Whether what is thrown may be caught somewhere; of each throw it is asked again."""
        return _CATCHES.search(self.text) is not None

    def _define(self, word: str) -> None:
        """Read a function or its like, which may be called by its name."""
        name, first, found = self._raw(), self._tokens[self._at][1], len(self.found)
        self._function()
        if word in _CALLED:
            self._hold(function_name(name), first, found)

    def _always(self, word: str) -> None:
        """Read a block that runs; what one of ``try`` sets depends on the catch behind it."""
        self._at += 1
        first = len(self.allowance.assigned), len(self._assigned)
        self._plain += 1
        self._block()
        self._plain -= 1
        if word == "try":
            self._tried = (*first, len(self.allowance.assigned), len(self._assigned))

    def _begins(self) -> bool:
        """Whether nothing but a type stands before the current token in its statement."""
        if self._at == 0:
            return True
        kind, start, _ = self._tokens[self._at - 1]
        return kind in ("end", "close") or self.text[start] in "{["

    def _hold(self, name: str, first: int, found: int) -> None:
        """Note that the code that was read last, from a place of the text on, waits for its name."""
        if name:
            span = (first, self._tokens[self._at - 1][2])
            self._holders.append(Holder(name, span, (found, len(self.found))))

    def _function(self) -> None:
        """What a function does is done when something calls it: then its sure commands are sure after all."""
        name = _SCOPE.sub("", self._raw().lower())
        start, left = len(self.found), self.allowance.left
        self._at += 1
        self.allowance.functions += 1
        if self._kind() == "open" and self._raw() == "(":
            self._at += 1
            self._body()
        if self._kind() == "open":
            self._at += 1
            self._body()
        self.allowance.functions -= 1
        self.allowance.left = left  # it is the function that ends there
        self._bodies[name] = [n for n in range(start, len(self.found)) if not self.found[n].conditional]
        for index in self._bodies[name]:
            self.found[index] = self.found[index]._replace(conditional=True)

    def _called(self, tool: str) -> None:
        """Take the commands of a function for sure, and those of functions that it calls."""
        waiting = [tool]
        while waiting:
            for index in self._bodies.pop(waiting.pop(), ()):
                command = self.found[index] = self.found[index]._replace(conditional=False)
                waiting.append(command.tool)

    def _catch_fails(self) -> bool:
        """Whether the block of a catch, which comes next, ends the script with a failure."""
        at, depth = self._at, 0
        while at < len(self._tokens) and (depth > 0 or at < self._at + _TYPES):
            kind, start, end = self._tokens[at]
            depth += (kind == "open") - (kind == "close")
            if kind == "close" and depth <= 0:
                break
            word = self.text[start:end].lower() if kind == "bare" else ""
            if word == "throw" or (word == "exit" and self._fails(at + 1)):
                return True
            at += 1
        return False

    def _tried_only(self) -> None:
        """Behind a catch that goes on, what the block of its try sets may be set or not."""
        first, first_name, last, last_name = self._tried
        assigned = self.allowance.assigned
        assigned[first:last] = [one._replace(sure=False) for one in assigned[first:last]]
        for name in self._assigned[first_name:last_name]:
            self._texts[name] = None
        self._tried = (0, 0, 0, 0)

    def _fails(self, at: int) -> bool:
        """Whether the exit code at a token is one that hardly any step takes for success."""
        kind, start, end = self._tokens[at] if at < len(self._tokens) else ("", 0, 0)
        code = self.text[start:end] if kind == "bare" else ""
        return code.isdecimal() and int(code[:6]) not in (0, 1641, 3010)

    def _decided(self) -> bool:
        """Whether it may be that the step does not end here: in a block, or in a process of its own."""
        return (
            self.allowance.decided
            or self._level > self._plain
            or not self.allowance.is_outermost(self.source)
        )

    def _ended_with(self, at: int) -> None:
        """Note the exit code that stands at a token, as the command ``exit`` of the other shell."""
        if at < len(self._tokens) and self._tokens[at][0] in ("bare", "variable", "text", "quoted"):
            code = self.text[self._tokens[at][1] : self._tokens[at][2]]
            code = text_of(code, self._texts) or code
            line = self.text[self._tokens[at - 1][1] : self._tokens[at][2]]
            self.found.append(Command("exit", (code,), line, self.source, self._decided()))

    def _key_at(self, ahead: int) -> str:
        _, start, end = self._tokens[self._at + ahead]
        return _key(self.text[start:end])

    def _forget(self, name: str) -> None:
        self._variables[name] = self._texts[name] = None

    def _expression(self) -> None:
        first = self._at
        while (kind := self._kind()) not in _ENDS:
            if kind == "open":
                body = self._raw() == "{"
                self._at += 1
                if body:
                    self._body()
                    return
                self._block()
            elif kind == "variable" and self._kind(1) == "equals":
                self._assignment()
                return
            elif kind == "equals":
                self._to_member(first)
                self._at += 1
                return
            else:
                word = self._raw().lower()
                starts = kind == "bare" and word.endswith("process]::start")
                if word.endswith(_ENDING) and self._kind(1) == "open":
                    self._ended_with(self._at + 2)
                self._at += 1
                if starts and self._kind() == "open" and (values := self._literals()):
                    self._hand_over(values[0], values[1:])

    def _to_member(self, first: int) -> None:
        """Note what ``$tsenv.Value('X') = ...`` sets; the expression begins with the token ``first``."""
        start, end = self._tokens[first][1], self._tokens[self._at][1]
        target = self.text[max(start, end - _TARGET) : end]
        if target.rstrip().endswith(")") and self.allowance.takes(len(target)):
            self._assign(name_of_target(target, self._texts))

    def _assign(self, name: str | None) -> None:
        """Note an assignment to a task sequence variable; its equals sign is the current token."""
        if name is not None:
            self.allowance.assign(name, self._assigned_text() if self._raw() == "=" else None)

    def _assigned_text(self) -> str | None:
        """Work out what stands behind the equals sign that is the current token."""
        rest = self._rest()
        return text_of(rest, self._texts) if self.allowance.takes(len(rest)) else None

    def _rest(self) -> str:
        """Return the text of the statement behind the current token."""
        depth, at = 0, self._at + 1
        limit = min(len(self._tokens), at + _VALUE)
        while at < limit and (depth > 0 or self._tokens[at][0] not in _ENDS):
            kind = self._tokens[at][0]
            depth += (kind == "open") - (kind == "close")
            at += 1
        return self.text[self._tokens[self._at][2] : self._tokens[at - 1][2]]

    def _assignment(self) -> None:
        """Remember a plain value; anything else is read as the statement that it is."""
        name, first = _key(self._raw()), self._tokens[self._at][1]
        target = name_of_target(self._raw(), self._texts)
        by_itself = self._begins()
        self._assigned.append(name)
        self._at += 1
        plain = self._raw() == "="
        self._assign(target)
        sure = plain and not self.allowance.conditional
        text = self._texts[name] = self._assigned_text() if sure else None
        self._at += 1
        start = self._at
        values = self._literals() if plain else None
        if self._kind() not in _ENDS:
            self._at, values = start, None
        if self._level > 1 and name in self._variables and self._variables[name] != values:
            values = None  # one branch says this, another that
        if values is None and text is not None and text.isdecimal():
            values = (text,)
        self._variables[name] = values
        if values is None and self._kind() == "bare" and self._raw().lower() == "join-path":
            self._variables[name] = self._joined_path()
        elif plain and self._kind() == "open" and self._raw() == "{":
            found = len(self.found)
            self._at += 1
            self._body()
            whole = self._kind() in _ENDS and not (self._kind() and self._raw() == "|")
            if by_itself and whole and name.isidentifier():
                self._hold(f"${name}", first, found)

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
        start, piped, blocks = self._tokens[self._at][1], self._piped, len(self._blocks)
        self._piped = False
        name = self._word()
        plain = self._kind() in _STRINGS
        arguments = self._arguments()
        line = self.text[start : self._tokens[self._at - 1][2]]
        tool = (_ALIASES.get(name[0]) or tool_name(name[0])) if len(name) == 1 else ""
        words = tuple(value for values, _ in arguments for value in values)
        if tool in OTHERS and runs_elsewhere(tool, arguments, line):
            self._dropped += self._blocks[blocks:]
            self._elsewhere.append((start, self._tokens[self._at - 1][2]))
        del self._blocks[blocks:]
        if tool in _SETS_ITEM or _SETS_VARIABLE.match(tool):
            self._sets(tool, line if self.allowance.takes(len(line)) else "")
        if tool in TSENV and self.allowance.takes(len(line)):
            self._set_by_tool(words_of(line, self._texts)[1:])
        if tool in ("start-process", "start", "saps"):
            self._start_process(arguments)
        elif tool in ("invoke-expression", "iex"):
            if len(words) == 1 and (plain or not _is_code(words[0])):
                around = (*self.around, self.text)
                self.found += commands(words[0], self.source, self.allowance, around)
        elif tool in HOSTS or tool.endswith(SCRIPTS):
            self._hand_over(name[0], tuple(quoted(word) for word in words if not word.startswith("{")))
        elif tool:
            self.found.append(Command(tool, words, line, self.source, self.allowance.decided, piped))
            if not words and not self.allowance.unsure:
                self._called(tool)

    def _sets(self, tool: str, line: str) -> None:
        """Note what ``Set-Item tsenv:X value`` and cmdlets made for it set."""
        named, rest = _parameters(words_of(line, self._texts)[1:])
        path = named.get("path") or (rest.pop(0) if rest else None)
        value = named.get("value") or (rest.pop(0) if rest else None)
        if path is None:
            return
        name: str | None = path[1]
        if tool in _SETS_ITEM:
            if not path[0].strip("\"'").lower().startswith("tsenv:"):
                return
            given = named.get("name")
            name = None if path[1] is None else path[1][len("tsenv:") :].strip("\\/")
            name = given[1] if given and not name else name
        known = name if name is not None and is_variable_name(name) else ""
        self.allowance.assign(known, value[1] if value else None)

    def _set_by_tool(self, words: list[_Word]) -> None:
        """Note what ``tsenv.exe "NAME=VALUE"`` sets."""
        for written, text in words:
            name, equals, value = (text or written.strip("\"'")).partition("=")
            if equals and name:
                known = is_variable_name(name.strip())
                self.allowance.assign(name.strip() if known else "", None if text is None else value)
                return

    def _arguments(self) -> list[Argument]:
        """Read the arguments; those joined by commas are one. The flag tells a bare word from a string."""
        arguments: list[Argument] = []
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
        start, found, block = self._tokens[self._at][1], len(self.found), self._raw() == "{"
        self._at += 1
        self.allowance.handed_over += block  # how often it runs, if at all, is up to the command
        self._block()
        self.allowance.handed_over -= block
        if block:
            self._blocks.append((found, len(self.found)))
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
            return ESCAPES.get(escaped, escaped)
        return '"' if doubled else " ".join(self._value(plain if braced is None else braced, match[0]))

    def _value(self, name: str, written: str) -> tuple[str, ...]:
        values = self._variables.get(_key(name))
        if values is None or not self.allowance.takes(sum(map(len, values)) + len(values)):
            return (written,)
        return values

    def _start_process(self, arguments: list[Argument]) -> None:
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


def _outermost(spans: list[Span]) -> list[Span]:
    """Leave out the spans that lie in another."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _parameter(name: str) -> str:
    """Which parameter of Start-Process it is: names may be cut short."""
    if "filepath".startswith(name):
        return "program"
    return "arguments" if "argumentlist".startswith(name) or name == "args" else name


_Word = tuple[str, str | None]


def _parameters(words: list[_Word]) -> tuple[dict[str, _Word], list[_Word]]:
    """Tell the path, the name and the value of what is set from the words that name no parameter."""
    named: dict[str, _Word] = {}
    rest: list[_Word] = []
    following = iter(words)
    for word in following:
        name = word[0][1:].lower()
        if not word[0].startswith("-") or not name:
            rest.append(word)
        elif name in ("force", "passthru"):
            continue
        else:
            role = "value" if "value".startswith(name) else "name" if name == "name" else "path"
            named[role] = next(following, ("", None))
    if "name" in named and "path" not in named:
        named["path"] = named.pop("name")
    return named, rest


def _key(variable: str) -> str:
    return _SCOPE.sub("", variable.strip("$@{}").lower())


def _is_code(argument: str) -> bool:
    return argument.startswith(("(", "$(", "@(", "{", "@{"))
