"""How tools take a secret: the usage lines of rules/secrets.yaml, matched against the words of a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tslint.commands.command import Command

    Named = Callable[[str], bool]

# The usage line of a tool that reads a secret from its input.
PIPED = "< SECRET"
# An option and what is glued to it; a word of a usage line that stands for another.
_OPTION = r"([-/]{1,2}[\w-]*?|[a-z]+=)((?:[a-z]+:|USER:)?SECRET\??)?"
_STANDS_FOR = r"(?:[a-z]+:|USER:)?[A-Z]{2,}\??"
_DRIVE = r"[a-zA-Z]:|\*|(?:lpt|com)\d:?"
# Options of cmdlets may be cut short, but not shorter.
_SHORTEST = 3


class Taken(NamedTuple):
    """A word that a tool takes for a secret, and what takes it. ``made``: it counts only if it looks made."""

    text: str
    by: str
    made: bool


class _Option(NamedTuple):
    """An option and the words it takes: glued to it, or apart. A switch takes none."""

    name: str
    takes: tuple[str, ...]
    glued: bool


class Usage(NamedTuple):
    """A usage line: ``words`` that are no options in their order, and ``options`` in any."""

    words: tuple[str, ...]
    options: tuple[_Option, ...]

    def taken(self, command: Command, named: Named) -> list[Taken]:
        """Return what a command gives for a secret in this way; ``named`` tells what a name is for one."""
        found = _in_order(self.words, command, named)
        for option in self.options:
            given = _given(option, command)
            fits = [_fitting(option.takes, values, written, named) for written, values in given]
            if found is None or all(fit is None for fit in fits):
                return []
            found += [taken for fit in fits for taken in fit or ()]
        return found or []


def read_usage(line: str) -> Usage:
    """Read a usage line."""
    words: list[str] = []
    options: list[_Option] = []
    tokens = line.split()
    while tokens:
        token = tokens.pop(0)
        match = re.fullmatch(_OPTION, token)
        if match is None:
            words.append(token)
            continue
        takes = [match[2]] if match[2] else []
        while not match[2] and tokens and re.fullmatch(_STANDS_FOR, tokens[0]):
            takes.append(tokens.pop(0))
        options.append(_Option(match[1], tuple(takes), glued=bool(match[2])))
    return Usage(tuple(words), tuple(options))


def _in_order(wanted: tuple[str, ...], command: Command, named: Named) -> list[Taken] | None:
    """Match words that are no options; None where they do not fit."""
    plain = [word for word in command.arguments if word[:1] not in ("-", "/")] if wanted else []
    found: list[Taken] = []
    at, told = 0, command.tool
    for item in wanted:
        if not re.fullmatch(_STANDS_FOR, item):
            place = next((n for n in range(at, len(plain)) if _is_word(item, plain[n])), -1)
            if place < 0:
                return None
            at, told = place + 1, f"{command.tool} {item.removeprefix('...')}"
            continue
        fit = _fitting((item,), plain[at : at + 1], told, named)
        if fit is None:
            return None
        found += fit
        at += 1
    return found


def _is_word(item: str, word: str) -> bool:
    low = word.lower()
    return low.endswith(item[3:].lower()) if item.startswith("...") else low == item


def _given(option: _Option, command: Command) -> Iterator[tuple[str, list[str]]]:
    """Yield an option as it is written and the words it is given, once for each time it is there."""
    size = len(option.name)
    for index, word in enumerate(command.arguments):
        if option.glued:
            if len(word) > size and _is_option(option.name, word[:size]):
                yield word[:size], [word[size:]]
            continue
        name, sign, value = (word, "", "") if option.name.endswith("=") else _cut(word)
        if _is_option(option.name, name) or ("-" in command.tool and _is_cut_short(option.name, name)):
            rest = command.arguments[index + 1 : index + 1 + len(option.takes)]
            following = [other for other in rest if other[:1] not in ("-", "/")]
            yield name, [value, *following] if sign else following


def _cut(word: str) -> tuple[str, str, str]:
    """Cut an option from the value behind its colon or equals sign."""
    end = next((n for n, character in enumerate(word) if n > 1 and character in ":="), len(word))
    return word[:end], word[end : end + 1], word[end + 1 :]


def _is_option(name: str, word: str) -> bool:
    """Say whether a word is an option of this name (see the head of rules/secrets.yaml)."""
    if name.endswith("="):
        return word.lower() == name
    if len(name) == 2 and name[0] == "-":  # a hyphen and a letter
        return word == name
    return word[:1] in ("-", "/") and word.lstrip("-/").lower() == name.lstrip("-/").lower()


def _is_cut_short(name: str, word: str) -> bool:
    return len(word) > _SHORTEST and word[0] == "-" and name.lower().startswith(word.lower())


def _fitting(takes: tuple[str, ...], given: list[str], by: str, named: Named) -> list[Taken] | None:
    """Return what is a secret of the words given to an option; None where they do not fit."""
    if len(given) < len(takes):
        return None
    found = []
    for item, word in zip(takes, given, strict=False):
        before, secret, mark = item.partition("SECRET")
        if secret:
            value = word.partition(":")[2] if before == "USER:" else word[len(before) :]
            if before and (not value or (before != "USER:" and not word.lower().startswith(before))):
                return None
            found.append(Taken(value, by, made=mark == "?"))
        elif not _stands_for(item, word, named):
            return None
    return found


def _stands_for(item: str, word: str, named: Named) -> bool:
    if item == "NAME":
        return named(word[max(word.rfind("\\"), word.rfind(":"), word.rfind("/")) + 1 :])
    if item == "SHARE":
        return word.startswith("\\\\")
    return item != "DRIVE" or re.fullmatch(_DRIVE, word, re.IGNORECASE) is not None
