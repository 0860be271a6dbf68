"""The regular expressions of rule files: their syntax, as docs/rule-language.md states it, to a tree.

It is the part of the usual syntax that can be searched for in time linear in the text, and that well-known
engines read alike. What they read differently is refused, not guessed at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from tslint.regex.characters import Characters, fold
from tslint.regex.tree import ANY, LAST, Anchor, Choice, Repeat, Sequence, literal, size

if TYPE_CHECKING:
    from tslint.regex.characters import Ranges
    from tslint.regex.tree import Node

# Parts of a regular expression with its repetitions written out: "(ab){3}" has six. The largest built-in one
# has 53.
MAX_EXPRESSION = 2_000

# Groups in groups: what walks them is recursive.
MAX_GROUPS = 30

# The largest number of a repetition has so many digits.
_DIGITS = 4

# Compiled at first use: most regular expressions hold none of these.
_COUNT = r"\{([0-9]*)(,?)([0-9]*)\}"
_FLAGS = r"\(\?([ims]*)(-[ims]+)?\)"
_GROUP = r"\?(?:([ims]*)(-[ims]+)?:|P?<[A-Za-z_]\w*>)"
_LOOKS = r"\?<?[=!]"
_NUMBER = r"x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})"

_REPEATS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_PLACES = {"b": "edge", "B": "no edge", "A": "start", "z": "end"}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_CLASSES: dict[str, Ranges] = {
    "d": (("0", "9"),),
    "w": (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")),
    "s": (("\t", "\n"), ("\f", "\r"), (" ", " ")),
}
_NOT_A_NEWLINE = Characters((("\n", "\n"),), negated=True)


class RegexError(Exception):
    """A regular expression that cannot be used: what is wrong where, and what to write instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem, self.remedy = problem, remedy


def parse(text: str) -> Node:
    """Return the tree of a regular expression. Raises RegexError."""
    tree = _Reader(text).whole()
    if size(tree) > MAX_EXPRESSION:
        problem = f"with its repetitions written out it has more than {MAX_EXPRESSION:,} parts"
        raise RegexError(problem, "write a shorter one, with fewer repetitions")
    return tree


class _Reader:
    """Reads one regular expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._flags = frozenset("i")

    def whole(self) -> Node:
        """Read all of it."""
        flags = self._takes_like(_FLAGS) if self._text.startswith("(?") else None
        if flags:
            self._set(flags)
        tree = self._choice()
        if self._at < len(self._text):
            self._fail("this ')' closes no group", r"write \) for the character")
        return tree

    def _choice(self) -> Node:
        found = [self._sequence()]
        while self._takes("|"):
            found.append(self._sequence())
        return found[0] if len(found) == 1 else Choice(tuple(found))

    def _sequence(self) -> Node:
        found: list[Node] = []
        while self._next() not in ("", "|", ")"):
            found.append(self._repeated())
        return found[0] if len(found) == 1 else Sequence(tuple(found))

    def _repeated(self) -> Node:
        begun = self._at
        if self._times() is not None:
            self._fail("there is nothing to repeat", f"write \\{self._text[begun]} for the character", begun)
        part = self._single()
        is_place = isinstance(part, Anchor)
        behind = self._at
        times = self._times()
        if times is None:
            return part
        if is_place:
            self._fail("a place between characters cannot be repeated", "remove the repetition", behind)
        self._takes("?")  # as few as possible: that is found, or not found, all the same
        behind = self._at
        if self._takes("+"):
            self._fail("a repetition cannot be possessive", "remove the '+'", behind)
        if self._times() is not None:
            self._fail("this repeats a repetition", "put what is repeated in brackets", behind)
        return Repeat(part, *times)

    def _times(self) -> tuple[int, int | None] | None:
        """Read a repetition, if one comes next. A brace that begins none is a character."""
        begun = self._at
        if self._next() in _REPEATS:
            self._at += 1
            return _REPEATS[self._text[begun]]
        count = self._takes_like(_COUNT) if self._next() == "{" else None
        if count is None or count[0] == "{}":
            self._at = begun
            return None
        least, comma, most = count.groups()
        if not least or max(len(least), len(most)) > _DIGITS:
            self._fail("this is no repetition", "write {2}, {2,} or {2,5}, with up to 9999", begun)
        if most and int(most) < int(least):
            self._fail("this repetition has the larger number first", "turn the numbers round", begun)
        return int(least), (int(most) if most else None) if comma else int(least)

    def _single(self) -> Node:
        """Read a character, a class, a place or a group."""
        character = self._next()
        self._at += 1
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character == ".":
            return ANY if "s" in self._flags else _NOT_A_NEWLINE
        if character in "^$":
            kind = "start" if character == "^" else "end"
            return Anchor(f"line {kind}" if "m" in self._flags else kind)
        return literal(character, any_case="i" in self._flags)

    def _group(self) -> Node:
        begun, flags = self._at - 1, self._flags
        if self._next() == "?":
            self._open(begun)
        self._depth += 1
        if self._depth > MAX_GROUPS:
            self._fail(f"groups lie more than {MAX_GROUPS} deep in each other", "write fewer brackets", begun)
        inside = self._choice()
        self._depth -= 1
        self._flags = flags
        if not self._takes(")"):
            self._fail("this '(' is not closed", r"add ')', or write \( for the character", begun)
        # a group of a place can be repeated, which a place cannot
        return Sequence((inside,)) if isinstance(inside, Anchor) else inside

    def _open(self, begun: int) -> None:
        """Read what stands behind the bracket that opens a group. Its name is never asked for."""
        if self._takes_like(_LOOKS):
            remedy = "use two matchers, such as {matches: a, not: {matches: b}}"
            self._fail("it looks ahead or behind, which no search in one pass can do", remedy, begun)
        opening = self._takes_like(_GROUP)
        if opening is None:
            remedy = (
                "write (...), (?:...) or (?s:...), and flags for all of it, such as (?m), at its beginning"
            )
            self._fail("a group cannot begin so", remedy, begun)
        self._set(opening)

    def _set(self, written: re.Match[str]) -> None:
        """Put flags in force."""
        self._flags = (self._flags | set(written[1] or "")) - set(written[2] or "")

    def _escape(self) -> Node:
        """Read what stands behind a backslash."""
        kind = self._next()
        if kind and kind in _PLACES:
            self._at += 1
            return Anchor(_PLACES[kind])
        shorthand = self._shorthand()
        return Characters(shorthand) if shorthand else literal(self._escaped(), any_case="i" in self._flags)

    def _shorthand(self) -> Ranges:
        r"""Read the letter of \d, \W and the like; nothing if another one comes next."""
        kind = self._next()
        ranges = _CLASSES.get(kind.lower(), ())
        self._at += bool(ranges)
        return ranges if kind in _CLASSES else _between(ranges)

    def _escaped(self) -> str:
        """Read the character that an escape stands for."""
        begun, kind = self._at - 1, self._next()
        number = self._takes_like(_NUMBER) if kind in ("x", "u") else None
        if number:
            value = int(number[1] or number[2] or number[3], 16)
            if value <= ord(LAST):
                return chr(value)
        if kind in ("x", "u"):
            self._fail("this is no character", r"write \x41, \u20ac or \x{20ac}", begun)
        if kind.isdecimal():
            self._fail("it refers back to a group", "write out what is meant, or a character as \\x41", begun)
        if not kind:
            self._fail("a backslash stands at the end", r"write \\ for the character", begun)
        if kind not in _CONTROLS and (kind.isalnum() or not kind.isascii()):
            self._fail(f"'\\{kind}' is not known", "see docs/rule-language.md, Regular expressions", begun)
        self._at += 1
        return _CONTROLS.get(kind, kind)

    def _class(self) -> Characters:
        """Read what stands in square brackets; a bracket that comes first is a character."""
        begun = self._at - 1
        negated = self._takes("^")
        exact: list[tuple[str, str]] = []
        ranges: list[tuple[str, str]] = []
        while not (self._next() == "]" and (exact or ranges)):
            shorthand = self._member(begun, exact, ranges)
            if shorthand and self._next() == "-" and self._text[self._at + 1 : self._at + 2] != "]":
                self._fail("a class cannot begin a range", r"write \- for the character")
        self._at += 1
        if "i" not in self._flags:
            return Characters((*exact, *ranges), (), negated)
        letters = ((fold(first), fold(first)) if first == last else (first, last) for first, last in ranges)
        return Characters(tuple(exact), tuple(letters), negated)

    def _member(self, begun: int, exact: list[tuple[str, str]], ranges: list[tuple[str, str]]) -> bool:
        """Read a class in brackets (and say so), a range or a character."""
        at = self._at
        if self._text.startswith(("[:", "[.", "[="), at):
            self._fail(
                "named classes are not known", r"write [A-Za-z] for [[:alpha:]], or \[ for the character"
            )
        if self._takes("\\"):
            shorthand = self._shorthand()
            if shorthand:
                exact += shorthand
                return True
            self._at = at
        first = last = self._character(begun)
        if self._next() == "-" and self._text[self._at + 1 : self._at + 2] not in ("", "]"):
            self._at += 1
            last = self._character(begun)
        if last < first:
            self._fail("this range has the later character first", r"turn it round, or write \- for '-'", at)
        ranges.append((first, last))
        return False

    def _character(self, begun: int) -> str:
        """Read one character of a class that begins at ``begun``."""
        character = self._next()
        if not character:
            self._fail("this '[' is not closed", r"add ']', or write \[ for the character", begun)
        self._at += 1
        return self._escaped() if character == "\\" else character

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _takes(self, wanted: str) -> bool:
        """Go on if this character comes next."""
        found = self._next() == wanted
        self._at += found
        return found

    def _takes_like(self, wanted: str) -> re.Match[str] | None:
        """Go on if something like this comes next."""
        found = re.compile(wanted).match(self._text, self._at)
        self._at = found.end() if found else self._at
        return found

    def _fail(self, problem: str, remedy: str, at: int | None = None) -> NoReturn:
        raise RegexError(f"at character {(self._at if at is None else at) + 1}: {problem}", remedy)


def _between(ranges: Ranges) -> Ranges:
    """Return what is not in these ranges, which are in order and apart from each other."""
    if not ranges:
        return ()
    starts = ["\0", *(chr(ord(last) + 1) for _, last in ranges)]
    ends = [*(chr(ord(first) - 1) for first, _ in ranges), LAST]
    return tuple(zip(starts, ends, strict=True))
