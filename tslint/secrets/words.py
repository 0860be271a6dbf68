"""How a secret shows in text: by the name it goes under, and by its own shape (rules/secrets.yaml)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.catalogue.tables import Tables

# A value as long is a script or a document, not a password; it may hold one.
LONGEST_VALUE = 400

_PARTS = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"
_REFERENCE = r"%[^%\s]+%|\$\(|\$\{?\w"
# of a batch file: %1, %~1, !NAME!
_BATCH = r"%~?\d|![\w.]+!"
# masked already, or to be filled in: ***, xxx, <password>, [pw], {0}
_BLANK = r"[*x#.\u2022_-]+|<[^>]*>|\[[^\]]*\]|\{[^}]*\}|\d"
# The value is looked ahead for, because it may be a connection string: names and values itself.
_VALUE = r"""(?:"([^"\n]{1,400})"|'([^'\n]{1,400})'|([^\s"',;&|<>()]{1,400}))"""
_ASSIGNED = r"""(?<![\w.-])([\w.-]{2,64})["']?\)?\s{0,9}[=:]\s{0,9}(?=""" + _VALUE + ")"
_PHRASE = r"\S\s+\S+\s+\S"
_PATH = r"[a-z]:[\\/]|\\\\|https?:"


class SecretWords:
    """The table of rules/secrets.yaml, ready to be asked. Every answer is True, None (perhaps) or False."""

    def __init__(self, tables: Tables) -> None:
        self._data = data = tables.secrets
        self._options: Mapping[str, list[str]] = data["options"]
        self.hints: tuple[str, ...] = (*data["hints"], *self._options, *data["shapes"])
        self._names: dict[str, bool | None] = {}

    def name(self, name: str) -> bool | None:
        """Tell whether a variable, setting or option of this name holds a secret."""
        if name not in self._names:
            self._names[name] = self._named(name)
        return self._names[name]

    def _named(self, name: str) -> bool | None:
        names, others = self._data["names"], self._data["no secret"]
        low = name.lower()
        if low in names["known"]:
            return True
        words = {word.lower() for word in re.findall(_PARTS, name)}
        surely = any(part in low for part in names["anywhere"]) or not words.isdisjoint(names["words"])
        if not surely and words.isdisjoint(names["perhaps"]) and low not in names["perhaps"]:
            return False
        if low.endswith(tuple(others["endings"])) or not words.isdisjoint(others["words"]):
            return False
        return True if surely else None

    def value(self, value: str) -> bool | None:
        """Tell whether a text under a name for secrets is one: a literal, and not the stand-in for one."""
        text = value.strip().lower()
        if not text or text in self._data["placeholders"] or re.fullmatch(f"{_BLANK}|{_BATCH}", text):
            return False
        if re.search(_REFERENCE, text):
            return False if re.fullmatch(r"(?:%[^%\s]+%)+", text) or text[0] in "$(" else None
        # ( and @ begin code of PowerShell
        odd = (
            len(text) > LONGEST_VALUE or text[0] in "(@" or re.match(_PATH, text) or re.search(_PHRASE, text)
        )
        return None if odd else True

    def pair(self, name: str, value: str) -> bool | None:
        """Tell whether a name and its value are a secret."""
        named = self.name(name)
        literal = named is not False and self.value(value)
        return False if literal is False else True if named and literal else None

    def option(self, tool: str, option: str) -> bool | None:
        """Tell whether an option (``/lac``) of a tool takes a secret."""
        if option in (other.replace("-", "/") for other in self._options.get(tool, ())):
            return True
        return self.name(option.lstrip("-/"))

    def in_text(self, text: str) -> Iterator[tuple[str, str, bool]]:
        """Yield (secret, what it is called there, whether it surely is one) of what prose or code shows.

        That is ``name = value`` with a name for secrets, and what has the shape of a secret.
        """
        for found in re.finditer(_ASSIGNED, text):
            value = found[2] or found[3] or found[4]
            answer = self.pair(found[1], value)
            if answer is not False:
                around = text[found.start() - 1 : found.start()] + text[found.end(4) : found.end(4) + 1]
                quoted = not found[4] or ";" in around  # ;Password=...; in a connection string
                yield value, f"the value of '{found[1]}'", bool(answer and quoted)
        low = text.lower()
        for hint, shape in self._data["shapes"].items():
            for found in re.finditer(shape, text, re.IGNORECASE) if hint in low else ():
                if self.value(found[1]):
                    yield found[1], "a secret", True

    def hinted(self, text: str, hints: tuple[str, ...] | None = None) -> bool:
        """Tell at a glance whether a text may hold a secret, by all hints or by these."""
        low = text.lower()
        return any(hint in low for hint in (self.hints if hints is None else hints))

    def hints_in(self, text: str) -> tuple[str, ...]:
        """Return the hints that parts of a text can show."""
        low = text.lower()
        return tuple(hint for hint in self.hints if hint in low)
