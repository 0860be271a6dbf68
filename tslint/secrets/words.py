"""How a secret shows in text: by the name it goes under, and by its own shape (rules/secrets.yaml)."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tslint.catalogue.secret_usage import PIPED, Usage, read_usage

if TYPE_CHECKING:
    from tslint.catalogue.secret_usage import Taken
    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command

# A value as long is a script or a document, not a password; it may hold one.
LONGEST_VALUE = 400

_PARTS = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"
_REFERENCE = r"%[^%\s]+%|\$\(|\$\{?\w"
# of a batch file: %1, %~1, !NAME!
_BATCH = r"%~?\d|![\w.]+!"
# masked already, or to be filled in: ***, xxx, <password>, [pw], {0}, YOUR_PASSWORD; a number in code
_BLANK = (
    r"[*x#.?\u2022_-]+|<[^>]*>|\[[^\]]*\]|\{[^}]*\}|\d|0x[0-9a-f]+"
    r"|(?:my|your|enter|insert)[_ -].*|change[_ -]?(?:me|it|this)"
)
# The value is looked ahead for, because it may be a connection string: names and values itself.
_VALUE = r"""(?:"([^"\n]{1,400})"|'([^'\n]{1,400})'|([^\s"',;&|<>()]{1,400}))"""
_ASSIGNED = r"""(?<![\w.-])([\w.-]{2,64})[\\`]?["']?[)\]]?(\s{0,9}[=:]\s{0,9})[\\`]?(?=""" + _VALUE + ")"
# $p.Add('Password', 'x'), and other calls with a name and a value
_IN_CALL = r"""["']([\w.-]{2,64})["']\s{0,9},\s{0,9}["']([^"'\n]{1,400})["']"""
# an option of a program that only running the line would tell: & $tool -Password x
_AS_OPTION = (
    r"""(?<!\S)(?:--?|/)([A-Za-z][\w-]{1,40})(?:\s{1,9}|[:=])(?:"([^"\n]{1,400})"|'([^'\n]{1,400})')"""
)
# <Password><Value>x</Value>, and with the ^ that cmd needs
_IN_TAG = (
    r"<([\w:.-]{2,64})(?:\s[^<>]{0,200})?\^?>\s{0,99}(?:<Value>\s{0,99})?"
    r"([^<>\s^][^<>\n]{0,400}?)\s{0,99}\^?</"
)
_HERE_STRING = r"""(?<![\w.-])([\w.-]{2,64})\s{0,9}=\s{0,9}@["'][ \t]{0,9}\r?\n([^\n]{1,400}?)\r?\n["']@"""
_PIPE = (
    r"""(?<![\w-])echo[\s.(]{0,9}(?:"([^"\n]{2,200})"|([^\s"'|&<>]{2,200}))\s{0,9}\|"""
    r"""\s{0,9}["']?(?:[^\s"'|&<>]{0,200}[\\/])?([\w-]{2,40})"""
)
_PHRASE = r"\S\s+\S+\s+\S"
# also one below another folder, without a digit that a secret would have, and what PowerShell calls a drive
_PATH = (
    r"[a-z]:(?:[\\/]|$)|\\\\|\.{1,2}[\\/]|(?:[a-z_ -]+\\)+[\w.-]+$"
    r"|https?:|(?:file|env|tsenv|fd|stdin|variable|cert|hk[a-z]{2}):"
)
_GUID = r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?"
_MADE = r"(?=[^\s\\]{6,200}$)(?=.*[A-Za-z])(?=.*[\d!#$^&*+=~?@])\S+"
# a word and a number; a date, a version, an address
_WORD = r"[A-Z]?[a-z]+[-_.]?\d{0,4}"
_OTHER = r"[\d.:/-]+|[\w-]+(?:\.[\w-]+)+"
_LEAST_DIGITS = 4
# Characters that a text must have of different kinds to be a key and not a sample such as XXXXX-XXXXX.
_VARIED = 4
SECRET, KEY = "secret", "key"


class Shown(NamedTuple):
    """A secret that a text shows, and what it is called there. ``sure`` is false where it only may be one."""

    text: str
    told: str
    sure: bool
    kind: str = SECRET


class Hints(NamedTuple):
    """What a text must hold to be looked at: ``words``, or ``tools`` as words of their own."""

    words: tuple[str, ...]
    tools: tuple[str, ...]


NOTHING = Hints((), ())


class SecretWords:
    """The table of rules/secrets.yaml, ready to be asked. Every answer is True, None (perhaps) or False."""

    def __init__(self, tables: "Tables") -> None:
        self._data = data = tables.secrets
        names, keys = data["names"], data["keys"]
        self._endings = (*names["endings"], *names["mixed endings"])
        self._mixed_endings = tuple(names["mixed endings"])
        self._no_endings = tuple(data["no secret"]["endings"])
        self._no_words = frozenset(data["no secret"]["words"])
        self._files = frozenset(data["files"])
        self._published = frozenset(keys["published"])
        self._key_shapes = [shape for shapes in keys["shapes"].values() for shape in shapes]
        self._tools: Mapping[str, list[str]] = data["tools"]
        self._usages: dict[str, tuple[Usage, ...]] = {}
        self._piped_into = frozenset(tool for tool, lines in self._tools.items() if PIPED in lines)
        self.tools = frozenset(tool for tool in self._tools if tool != "any")
        self.hints = Hints((*data["hints"], *data["shapes"]), tuple(sorted(self.tools)))
        # of these the whole names are no hint: they stand in too many other words
        self._ending_hints = frozenset(self._endings) - {"pass"}
        self._names: dict[str, bool | None] = {}

    def name(self, name: str) -> bool | None:
        """Tell whether a variable, setting or option of this name holds a secret."""
        if name not in self._names:
            self._names[name] = self._named(name)
        return self._names[name]

    def _named(self, name: str) -> bool | None:
        names = self._data["names"]
        low = name.lower()
        if low in names["known"]:
            return True
        words = {word.lower() for word in re.findall(_PARTS, name)}
        surely = any(part in low for part in names["anywhere"]) or not words.isdisjoint(names["words"])
        if not surely and not self._perhaps(low, words):
            return False
        if low.rstrip("0123456789").endswith(self._no_endings) or not words.isdisjoint(self._no_words):
            return False
        return True if surely else None

    def _perhaps(self, low: str, words: set[str]) -> bool:
        perhaps = self._data["names"]["perhaps"]
        ends = low.rstrip("0123456789").endswith(self._endings)
        return ends or not words.isdisjoint(perhaps) or low in perhaps

    def value(self, value: str) -> bool | None:
        """Tell whether a text under a name for secrets is one: a literal, and not the stand-in for one."""
        text = value.strip().lower()
        if not text or text in self._data["placeholders"] or re.fullmatch(f"{_BLANK}|{_BATCH}", text):
            return False
        if re.search(_REFERENCE, text):
            return False if re.fullmatch(r"(?:%[^%\s]+%)+", text) or text[0] in "$(" else None
        # ( and @ begin code of PowerShell
        if self.is_published(value):
            return None
        odd = (
            len(text) > LONGEST_VALUE or text[0] in "(@" or re.match(_PATH, text) or re.search(_PHRASE, text)
        )
        return None if odd or self._is_file(text) else True

    def _is_file(self, text: str) -> bool:
        name, dot, ending = text.strip("'").rpartition(".")
        return bool(name and dot) and ending in self._files

    def made(self, value: str) -> bool:
        """Tell whether a text looks made for a secret: mixed, and no word with a number behind it."""
        return self.mixed(value) and re.fullmatch(_WORD, value.strip()) is None

    def mixed(self, value: str) -> bool:
        """Tell whether a text is of letters and digits or signs, and no date, version, id, path or file."""
        text = value.strip()
        other = re.fullmatch(_OTHER, text) or re.fullmatch(_GUID, text, re.IGNORECASE)
        return not other and re.fullmatch(_MADE, text) is not None and self.value(text) is True

    def pair(self, name: str, value: str) -> bool | None:
        """Tell whether a name and its value are a secret."""
        named = self.name(name)
        literal = named is not False and self.value(value)
        if literal and value.lower().startswith(f"{name.strip('-/').lower()}."):  # its file: BIOSPwd.sec
            literal = None
        if literal is False:
            return False
        if named is None and literal:
            return True if self._fits_ending(name, value.strip()) else None
        return True if named and literal else None

    def _fits_ending(self, name: str, value: str) -> bool:
        """Say whether a name ends as one for a secret, with a value that looks as such a name asks for."""
        low = name.lower().rstrip("0123456789")
        if low.endswith(self._mixed_endings):
            return self.mixed(value)
        digits = low.endswith("pin") and _is_number(value)
        return low.endswith(self._endings) and (digits or self.made(value))

    def _in_prose(self, name: str, value: str) -> bool:
        """Say whether a value without quotes is one, under a name for secrets."""
        if _is_number(value) or self.made(value):
            return True
        return self.name(name) is True and not name.lower().endswith("pin") and self.mixed(value)

    def kind(self, name: str, value: str) -> str:
        """Tell whether a secret is a product or recovery key, or any other: these have different rules."""
        low = name.strip("'").lower().replace("'", "")
        named = any(low.endswith(key) for key in self._data["keys"]["names"])
        return KEY if named or any(self.keys_in(value)) else SECRET

    def is_published(self, value: str) -> bool:
        """Say whether a text is a key that everybody may know."""
        return value.strip().upper() in self._published

    def keys_in(self, text: str) -> Iterator[str]:
        """Yield the product and recovery keys in a text, by their form, none that is published."""
        for shape in self._key_shapes if "-" in text else ():
            for found in re.finditer(shape, text):
                if len(set(found[1])) > _VARIED and found[1] not in self._published:
                    yield found[1]

    def taken(self, command: "Command") -> "Iterator[Taken]":
        """Yield what the tool of a command takes for a secret, as its usage lines say."""
        for usage in (*self._usage(command.tool), *self._usage("any")):
            yield from usage.taken(command, self._is_name)

    def _is_name(self, name: str) -> bool:
        return self.name(name) is True or (self.name(name) is None and name.lower().endswith(self._endings))

    def _usage(self, tool: str) -> tuple[Usage, ...]:
        if tool not in self._usages:
            lines = (line for line in self._tools.get(tool, ()) if line != PIPED)
            self._usages[tool] = tuple(read_usage(line) for line in lines)
        return self._usages[tool]

    def in_text(self, text: str, *, prose: bool = False) -> Iterator[Shown]:
        """Yield what a text shows: a name for secrets and its value, what has the shape of a secret.

        Where people write (``prose``) a value needs no quotes, but must look made.
        """
        yield from self._assigned(text, prose=prose)
        yield from self._of_options(text)
        yield from self._beside_name(text)
        yield from self._piped(text)
        low = text.lower()
        for hint, shapes in self._data["shapes"].items():
            for shape in shapes if hint in low else ():
                for found in re.finditer(shape, text, re.IGNORECASE):
                    secret = found["secret"] if "secret" in found.re.groupindex else found[1]
                    if self.value(secret) is not False:
                        yield Shown(secret, "a secret", sure=True)
        yield from (Shown(key, "a key", sure=True, kind=KEY) for key in self.keys_in(text))

    def _assigned(self, text: str, *, prose: bool) -> Iterator[Shown]:
        for found in re.finditer(_ASSIGNED, text) if "=" in text or ":" in text else ():
            value = found[3] or found[4] or found[5]
            answer = self.pair(found[1], value)
            if answer is not False:
                sure = bool(answer) and (not found[5] or self._is_sure(text, found, prose=prose))
                yield Shown(value, f"'{found[1]}'", sure, self.kind(found[1], value))

    def _is_sure(self, text: str, found: re.Match[str], *, prose: bool) -> bool:
        """Say whether a value without quotes is one, and not code."""
        before, after = text[found.start() - 1 : found.start()], text[found.end(5) : found.end(5) + 1]
        made = self._in_prose(found[1], found[5])
        if ";" in (before, after) and found[2] == "=" and before not in "$.":  # in a connection string
            return True
        if not made or before == "$":
            return False
        glued = (found[2] == "=" and before != ":") or (before in ("-", "/") and found[2] in (":", "="))
        return prose or glued or (before in "\"'" and before == after)

    def _of_options(self, text: str) -> Iterator[Shown]:
        """Yield the values in quotes that options are given."""
        for found in re.finditer(_AS_OPTION, text) if "-" in text or "/" in text else ():
            value = found[2] or found[3]
            answer = self.pair(found[1], value)
            if answer is not False:
                yield Shown(value, f"'{found[1]}'", bool(answer), self.kind(found[1], value))

    def _beside_name(self, text: str) -> Iterator[Shown]:
        """Yield values that stand beside their name in a call, a tag, or on the next line."""
        for pattern, has, quoted in ((_IN_CALL, ",", False), (_IN_TAG, "<", True), (_HERE_STRING, "@", True)):
            for found in re.finditer(pattern, text) if has in text else ():
                answer = self.pair(found[1], found[2])
                if answer is not False:
                    sure = bool(answer) and (quoted or self._in_prose(found[1], found[2]))
                    yield Shown(found[2], f"'{found[1]}'", sure, self.kind(found[1], found[2]))

    def _piped(self, text: str) -> Iterator[Shown]:
        """Yield what echo pipes into a tool that reads a secret."""
        for found in re.finditer(_PIPE, text, re.IGNORECASE) if "|" in text else ():
            word, tool = found[1] or found[2], found[3].lower()
            if tool in self._piped_into and self.value(word):
                yield Shown(word, f"'{tool}'", sure=self.mixed(word) or _is_number(word))

    def hinted(self, text: str, hints: Hints | None = None) -> bool:
        """Tell at a glance whether a text may hold a secret, by all hints or by these."""
        words, tools = self.hints if hints is None else hints
        low = text.lower()
        return any(word in low and self._says(word, text, low) for word in words) or any(
            tool in low and _names(tool, low) for tool in tools
        )

    def hints_in(self, text: str) -> Hints:
        """Return the hints that parts of a text can show."""
        low = text.lower()
        words, tools = self.hints
        return Hints(
            tuple(word for word in words if word in low), tuple(tool for tool in tools if tool in low)
        )

    def _says(self, word: str, text: str, low: str) -> bool:
        """Say whether a hint that names end with stands at the end of a word: pin does not in mapping."""
        if word not in self._ending_hints:
            return True
        at = low.find(word)
        while at >= 0:
            following = text[at + len(word) : at + len(word) + 1]
            if not ("a" <= following <= "z"):
                return True
            at = low.find(word, at + 1)
        return False


def _is_number(text: str) -> bool:
    """Say whether a text may be a PIN."""
    return text.isdigit() and len(text) >= _LEAST_DIGITS


def _names(tool: str, low: str) -> bool:
    """Say whether a text names a tool as a word of its own."""
    at = low.find(tool)
    while at >= 0:
        end = at + len(tool)
        if not (low[at - 1 : at].isalnum() or low[end : end + 1].isalnum()):
            return True
        at = low.find(tool, end)
    return False
