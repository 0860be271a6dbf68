"""Command lines in the syntax of Windows and of its command shell, cmd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.commands.command import Assigned, Command, tool_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tslint.commands.command import From

    Reader = Callable[[str, From, "Allowance"], Iterable[Command]]

# CreateProcess takes no more: learn.microsoft.com/windows/win32/api/processthreadsapi, CreateProcessW.
MAX_LINE = 32_767
# Characters read of one command line or script, in all shells that it nests, and what its variables put in.
# The largest script of public exports has 30,000.
MAX_READ = 300_000
# Shells around shells, and brackets around brackets of PowerShell in all of them: their reader is recursive.
MAX_SHELLS = 8
MAX_BRACKETS = 64

_POWERSHELLS = frozenset({"powershell", "pwsh"})
_SCRIPT_HOSTS = frozenset({"cscript", "wscript", "mshta"})
HOSTS = _POWERSHELLS | _SCRIPT_HOSTS | {"cmd"}
# What is left of syntax that _SYNTAX below could make no sense of.
_WORDS = (":", "rem", "call", "else", "if", "for", "start")  # of the shell, which _SYNTAX knows more of
_NOT_PROGRAMS = frozenset({"if", "for", "else", "do", "start", "call"})

# Commands that do their work, with the verb where others of theirs ask: that they succeed is what who wrote
# them counts on, so what stands behind ``&&`` runs. Behind any other command it depends on the answer.
_DOES = frozenset(
    {
        *("echo", "copy", "xcopy", "move", "ren", "rename", "del", "erase", "md", "mkdir", "rd", "rmdir"),
        *("cd", "chdir", "pushd", "popd", "cls", "title", "timeout", "diskpart", "format", "tsenv"),
        *("wpeinit", "wpeutil", "bcdboot", "net use", "net start", "net stop"),
        *("reg add", "reg delete", "reg import", "reg load", "reg unload"),
    }
)
_WORD = r'(?:"[^"]*+"?+|[^\s"&|])+'
_OPERAND = r'(?:"[^"]*+"?+|[^\s"&|=()])+'
_FLAG = rf"""(?:\s++/(?: (?:node|affinity)\s++\w++ | (?:wait|w|b|i|min|max|shared|separate|machine)\b
    | (?:low|normal|high|realtime|abovenormal|belownormal)\b | d\s*+{_WORD} ))"""
_WRAPPER = re.compile(r'(?:\s*+"?smsswd(?:\.exe)?"?\s++/run:\S*+\s*+)+', re.IGNORECASE)
_LEAD = re.compile(r"[\s@&|(),;=]*+")
# Compiled at first use, as all that is text here: few command lines hold any of it.
_SYNTAX = rf"""(?ix) (?:rem\b|:) [^\n]*+
    | call(?=\s) | else(?=[\s(])
    | if\s++ (?:/i\s++)? (?:not\s++)? (?:
        (?:exist|defined|errorlevel|cmdextversion)\s++ {_WORD}
        | {_OPERAND} \s*+ == \s*+ {_OPERAND}
        | {_OPERAND} \s++ (?:equ|neq|lss|leq|gtr|geq) \s++ {_OPERAND} )
    | for\b (?:"[^"]*+"|[^"()&|\n])* \( (?:"[^"]*+"?+|[^")&|])* \) \s*+ do\b
    | start(?=\s) {_FLAG}* (?:\s++"[^"]*+")? {_FLAG}*
    """
_IF_DRIVE = r'(?i)if\s++exist\s++"?([a-z]:)\\?"?\s*+'
# One command, up to an operator of the shell; the ``&`` of ``2>&1`` is none.
_PIECE = r'(?:[^"&|\n^<>]|"[^"\n]*+"?+|\^[\s\S]?|[<>]&?)*'
_PIECE_IN_BLOCK = r'(?:[^"&|\n^<>)]|"[^"\n]*+"?+|\^[\s\S]?|[<>]&?)*'
_REDIRECTED = r'(?:(?<!\S)\d)?(?:>>?|<)(?:&\d|\s*+(?:"[^"]*+"?+|[^\s"&|<>])*)'
_REDIRECTION = rf'"[^"]*+"?+|\^(?P<escaped>[\s\S]?)|{_REDIRECTED}'
_REDIRECTION_WITHOUT_SHELL = rf'\\"|"(?:[^"\\]|\\[\s\S])*"?|{_REDIRECTED}'
_CMD = r"""(?ix) (?: "(?:[^"]*[\\/])?cmd(?:\.exe)?" | (?:[^\s"]*[\\/])?cmd(?:\.exe)? | "?%comspec%"? )
    (?P<switches>(?:\s*+/(?![ck])\w(?::\w++)?)*) \s*+/[ck] \s*+ (?P<rest>\S[\s\S]*)"""
# What stands for the path of one program in ``cmd /c "..."``; a whole command line looks otherwise.
_PROGRAM = r"""(?ix) (?:[a-z]:|%\w+%|\\) (?: (?!\.(?:exe|com|cmd|bat)\s|\s/) [^:"&<>()@^|] )*
    (?<=\.exe|\.com|\.cmd|\.bat)"""
_PART = re.compile(r'\\*+"|\s++|[^\s"\\]++|\\++')
_QUOTE = r'(\\*+)"'
_SPECIAL = re.compile(r'[\s"&|<>^()]')
# Programs that set a task sequence variable; the second one is a community's.
TSENV = frozenset({"tsenv", "tsenv2"})
SCRIPTS = (".ps1", ".vbs", ".wsf", ".js", ".cmd", ".bat")
# Programs that start another one on this computer, hidden, in another session or as another user, with the
# options that take the next word: learn.microsoft.com/sysinternals/downloads/psexec. ServiceUI is MDT's.
_STARTERS = {
    "conhost": frozenset[str](),
    "serviceui": frozenset[str](),
    "psexec": frozenset({"-n", "-u", "-p", "-r", "-w", "-a", "-g"}),
    "psexec64": frozenset({"-n", "-u", "-p", "-r", "-w", "-a", "-g"}),
}
# A word that is a name, has one in front of "=" or behind an option, or is an option called like a variable.
_TOLD = r"""(?xs) [-/]{1,2} (?P<option>_?(?i:smsts|osd)\w{1,250}) (?:[:=].*)?
    | (?:[-/]\w+[:=])? "? (?P<word>[A-Za-z_]\w{1,255}) (?:=.*)? "?"""
# Switches of PowerShell that take a word, as short as they may be written.
_WITH_VALUE = r"ep$|ex|v|wi|w$|wo|in|if$|o|ps|conf|se|cu"


class Allowance:
    """How much one text may still make us read: characters in all shells that it nests, and their depth.

    ``brackets`` is the depth of brackets of PowerShell, in all shells around each other. ``powershell`` reads
    what a command line hands to PowerShell: its reader reads command lines too, and so cannot be named here.
    ``assigned`` is what was found to set task sequence variables. ``conditional`` counts the conditions,
    loops and functions around what is read, ``functions`` the functions alone, ``handed_over`` the blocks
    that commands are given; ``left`` tells that a script may have ended before it.
    """

    __slots__ = (
        *("assigned", "brackets", "conditional", "functions", "handed_over"),
        *("left", "powershell", "room", "shells"),
    )

    def __init__(self, powershell: Reader) -> None:
        self.powershell = powershell
        self.room = MAX_READ
        self.shells = MAX_SHELLS
        self.brackets = MAX_BRACKETS
        self.assigned: list[Assigned] = []
        self.conditional = self.functions = self.handed_over = 0
        self.left = False

    @property
    def unsure(self) -> bool:
        """Whether something decides about what is read: it may not run at all."""
        return self.left or self.conditional > 0

    @property
    def decided(self) -> bool:
        """Whether something but the call of a function decides about what is read."""
        return self.left or self.conditional > self.functions

    def is_outermost(self, source: From) -> bool:
        """Say whether this is the shell of the step itself, whose exit code is that of the step."""
        return self.shells >= MAX_SHELLS - (1 if source == "script" else 2)

    def assign(self, name: str, value: str | None) -> None:
        """Note that a task sequence variable is set; see ``Assigned``."""
        sure = name != "" and value is not None and not self.unsure and not self.handed_over
        self.assigned.append(Assigned(name, value, sure))

    def takes(self, size: int) -> bool:
        """Charge ``size`` characters, if there is room for them."""
        fits = size <= self.room and self.shells > 0
        if fits:
            self.room -= size
        return fits


def commands(text: str, source: From, allowance: Allowance) -> tuple[Command, ...]:
    """List what a Run Command Line step starts, in order. ``allowance`` is that of the text around this one.

    Shells are looked through: ``cmd /c tool`` is the command ``tool``. A script host and its script are two.
    Operators such as ``&`` and ``|`` are plain arguments unless a shell reads them. No command comes of a
    line that is longer than Windows takes, or of a program name that only running the line would tell.
    """
    if "smsswd" in text.lower():
        text = text[_skip(_WRAPPER, text, 0) :]
    return tuple(_read(text, source, allowance, in_shell=False))


def quoted(word: str) -> str:
    """Write a word so that it arrives unchanged from a command line."""
    if word and not _SPECIAL.search(word):
        return word
    slashes = len(word) - len(word.rstrip("\\"))
    return '"' + re.sub(_QUOTE, r'\1\1\\"', word) + "\\" * slashes + '"'


def _read(text: str, source: From, allowance: Allowance, *, in_shell: bool) -> Iterator[Command]:
    if len(text) > MAX_LINE or not allowance.takes(len(text)):
        return
    allowance.shells -= 1
    position = blocks = 0
    decided = False  # behind an if or for all that comes is part of it, as far as the line goes
    drive = ""  # what that if asks for, where it is a drive itself
    joined = _Joined()
    while position < len(text):
        start = _skip(_LEAD, text, position)
        lead = text[position:start]
        if lead:
            blocks += lead.count("(") - lead.count(")")
            decided = decided and (blocks > 0 or not (")" in lead or "\n" in lead))
            joined.by(lead)
        position = start
        if text[start : start + 5].lower().startswith(_WORDS):
            position = _skip(re.compile(_SYNTAX), text, start)
            if position > start and text[start : start + 3].lower().startswith(("if", "for", "els")):
                asked = None if decided else re.fullmatch(_IF_DRIVE, text[start:position])
                drive = asked[1].lower() if asked else ""
                decided = True
        if position == start:
            piece = _PIECE_IN_BLOCK if blocks > 0 else _PIECE
            position = _skip(re.compile(piece), text, start) if in_shell else len(text)
            line = text[start:position].strip()
            # that there is a drive is no condition for formatting it
            own = drive and re.match(rf'(?i)"?format(?:\.com)?"?\s++"?{drive}', line)
            allowance.conditional += (depends := (decided and not own) or joined.depends)
            last = None
            for last in _start(line, source, allowance, in_shell=in_shell):
                yield last
            joined.went(last, depends=depends)
            allowance.conditional -= depends
    allowance.shells += 1


class _Joined:
    """What the operators between the commands of a line make of the next one: whether it depends on them.

    ``a && b && c``: where ``b`` depends on ``a``, so does ``c``, and all of a block or pipe that follows.
    """

    def __init__(self) -> None:
        self.depends = False
        self._around: list[bool] = []
        self._did = False

    def by(self, lead: str) -> None:
        """Take the operators in front of the next command."""
        for operator in re.findall(r"&&|\|\||[&|()\n]", lead):
            if operator == "(":
                self._around.append(self.depends)
            elif operator == ")":
                self.depends = bool(self._around) and self._around.pop()
            elif operator == "&&":
                self.depends = self.depends or not self._did
            elif operator == "||":
                self.depends = True
            elif operator != "|":
                self.depends = bool(self._around) and self._around[-1]

    def went(self, command: Command | None, *, depends: bool) -> None:
        """Note what the command came to; none is a redirection of the one before."""
        if command is not None:
            verb = command.arguments[0].lower() if command.arguments else ""
            sets = command.tool == "set" and "=" in command.line
            self._did = not depends and (sets or command.tool in _DOES or f"{command.tool} {verb}" in _DOES)


def _names_cmd(line: str) -> bool:
    low = line.lower()
    return "cmd" in low or "%comspec%" in low


def _skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _start(line: str, source: From, allowance: Allowance, *, in_shell: bool) -> Iterator[Command]:
    text = _without_redirections(line, in_shell=in_shell)
    inner = re.match(_CMD, text if in_shell else line) if _names_cmd(line) else None
    if inner:
        yield from _read(_shell_text(inner["switches"], inner["rest"]), source, allowance, in_shell=True)
        return
    words = _words(text)
    tool = tool_name(words[0]) if words else ""
    script: list[str] = []
    if tool in _POWERSHELLS:
        code, script = _powershell(words[1:])
        if code is not None:
            yield from allowance.powershell(code, source, allowance)
            return
    elif tool in _SCRIPT_HOSTS:
        file = next((index for index, word in enumerate(words) if index and word[:1] != "/"), len(words))
        script = words[file:]
    if tool and tool not in _NOT_PROGRAMS:
        goes_on = tool == "exit" and not allowance.is_outermost(source)  # what is around it
        yield Command(tool, tuple(words[1:]), line, source, allowance.decided or goes_on)
    if tool in _STARTERS:
        started = " ".join(quoted(word) for word in _started(words[1:], _STARTERS[tool]))
        yield from _read(started, source, allowance, in_shell=False)
    if tool in TSENV:
        _set_by_tool(words[1:], allowance)
    if script and (tool := tool_name(script[0])):
        yield Command(tool, tuple(script[1:]), line, source, allowance.decided)
    if script or (words and words[0].lower().endswith(SCRIPTS)):
        _named_to_script(script[1:] or words[1:], allowance)


def _started(words: list[str], with_value: frozenset[str]) -> list[str]:
    """Return the program that another one starts, with its arguments; none on other computers."""
    at = 0
    while at < len(words) and words[at][:1] in ("-", "/"):
        name = words[at].lower().replace("/", "-")
        at += 1
        session = name == "-i" and at < len(words) and words[at].isdecimal()
        at += name in with_value or session
    others = at < len(words) and words[at].startswith(("\\\\", "@"))
    return [] if others else words[at:]


def _set_by_tool(words: list[str], allowance: Allowance) -> None:
    """``tsenv.exe "NAME=VALUE"``, which is what Set Task Sequence Variable runs."""
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name.strip():
            allowance.assign("" if "%" in name else name.strip(), value)
            return


def _named_to_script(words: list[str], allowance: Allowance) -> None:
    """A script that is told a variable's name may well be there to set it."""
    for name in names_told(words):
        allowance.assign(name, None)


def names_told(words: Iterable[str]) -> list[str]:
    """List those of a command's words that can be the name of a task sequence variable."""
    found = (re.fullmatch(_TOLD, word) for word in words)
    return [match["option"] or match["word"] for match in found if match]


def _without_redirections(text: str, *, in_shell: bool) -> str:
    """Drop them in any case: ``tool > file`` without a shell is a mistake, not a file for the tool."""
    if in_shell:
        return re.sub(_REDIRECTION, lambda match: match["escaped"] or _kept(match), text)
    if ">" in text or "<" in text:
        return re.sub(_REDIRECTION_WITHOUT_SHELL, _kept, text)
    return text


def _kept(match: re.Match[str]) -> str:
    return match[0] if match[0][0] in '"\\' else " "


def _shell_text(switches: str, rest: str) -> str:
    """Take off the quotes that ``cmd /?`` says ``cmd /c`` takes off."""
    last = rest.rfind('"')
    if rest[0] != '"' or last == 0:
        return rest.removeprefix('"')
    program = rest.count('"') == 2 and re.compile(_PROGRAM).fullmatch(rest, 1, last)
    if program and "/s" not in switches.lower():
        return rest
    return rest[1:last] + rest[last + 1 :]


def _words(text: str) -> list[str]:
    """Split a command line into words as programs get them.

    learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
    """
    if '"' not in text:
        return text.split()
    words: list[str] = []
    word: str | None = None
    quotes = False
    position = 0
    while match := _PART.match(text, position):
        position = match.end()
        part = match[0]
        if part[-1] == '"':
            slashes = len(part) - 1
            word = (word or "") + "\\" * (slashes // 2)
            doubled = quotes and text.startswith('"', position)
            if slashes % 2:
                word += '"'
            elif doubled:
                word += '"'
                position += 1
            else:
                quotes = not quotes
        elif quotes or not part.isspace():
            word = (word or "") + part
        elif word is not None:
            words.append(word)
            word = None
    return words if word is None else [*words, word]


def _powershell(words: list[str]) -> tuple[str | None, list[str]]:
    """Find what PowerShell is to run: its text, or a script file and that file's arguments.

    learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe
    """
    position = 0
    while position < len(words):
        if words[position][:1] not in ("-", "/"):
            return " ".join(words[position:]), []
        name = words[position][1:].lower()
        position += 1
        rest = words[position:]
        if not rest or not name:
            break
        if "command".startswith(name):
            return " ".join(rest), []
        if "file".startswith(name):
            return None, rest
        if "encodedcommand".startswith(name) or name == "ec":
            from tslint.commands.script import decode

            return decode(rest[0]) or "", []
        position += re.match(_WITH_VALUE, name) is not None
    return None, []
