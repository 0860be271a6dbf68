"""YAML text to plain data, with the line and column of every key and item.

Words are read by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema): ``no``, ``on``
and ``yes`` are words. Rule files come from pull requests too, so what can grow or run (anchors, aliases,
tags) is refused, and size and depth are bounded before anything is built. For that reason the data is built
from the parser's events: yaml.compose would recurse into a hostile file before anyone could stop it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from tslint.data_files.data_file_error import DataFileError
from tslint.source.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.data_files.plain_data import Plain

    _Events = Iterator[yaml.Event]

# The longest built-in rule file has about 8 KB; at this size reading still takes less than a second.
MAX_YAML_BYTES: Final = 256 * 1024
# Groups nested 10 deep in an example, with conditions, stay below half of this.
MAX_YAML_DEPTH: Final = 40
# Values and items. The largest built-in file has 320; checking 10,000 against a schema takes a second.
MAX_YAML_VALUES: Final = 10_000
# Longer keys are cut in messages.
_LONGEST_KEY: Final = 60
# Longer numbers are no times, counts or sizes; converting very long ones costs quadratic time.
MAX_DIGITS: Final = 18

# Escapes can spell what a terminal or log obeys: control characters, and those that reorder what is read.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}

KeyPath = tuple[str | int, ...]


class YamlFile:
    """Plain data (dict, list, str, int, float, bool, None) and where its parts stand in ``file``."""

    def __init__(self, file: str, text: str, blank: object = None) -> None:
        """Read ``text``. ``blank`` is what an empty file says, if it may be empty. Raises DataFileError."""
        self.file = file
        self._keys: dict[KeyPath, tuple[int, int]] = {}
        self._values: dict[KeyPath, tuple[int, int]] = {(): (1, 1)}
        self.data: Plain = blank
        self._read(text)

    def error(self, path: KeyPath, problem: str, remedy: str, *, at_key: bool = False) -> DataFileError:
        """Make the error for the value at ``path``, or for its key. What has no place takes its parent's."""
        line, column = self.place(path, at_key=at_key)
        return DataFileError(self.file, line, column, in_words(path), problem, remedy)

    def place(self, path: KeyPath, *, at_key: bool = False) -> tuple[int, int]:
        """Return line and column, from 1, of the value at ``path`` or of its key, else of its parent's."""
        places = self._keys if at_key else self._values
        while path not in places and path:
            path = path[:-1]
        return places.get(path, (1, 1))

    def _read(self, text: str) -> None:
        if len(text.encode("utf-8", "surrogatepass")) > MAX_YAML_BYTES:
            remedy = f"split it, or shorten it to at most {MAX_YAML_BYTES // 1024} KB"
            raise self.error((), "the file is too large", remedy)
        try:
            empty = not self._document(_events(text))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            self._judge_again(text[: mark.index if mark else 0])
            problem = f"this is no YAML: {error.problem or error.context}"
            remedy = "mind indentation, brackets and quotes"
            raise DataFileError(self.file, line, column, "", problem, remedy) from None
        except (yaml.YAMLError, UnicodeError) as error:
            line = text[: getattr(error, "position", 0)].count("\n") + 1
            problem = "the file holds a character that YAML does not allow"
            remedy = "save it as UTF-8 without control characters"
            raise DataFileError(self.file, line, 1, "", problem, remedy) from None
        if empty and self.data is None:
            raise self.error((), "the file is empty", "write one rule into it")

    def _judge_again(self, text: str) -> None:
        """Refuse what is wrong in ``text``, which stands before the place that the parser complains of.

        How far a parser looks ahead, and how deep it goes, differs from version to version.
        """
        self._keys.clear()
        self._values = {(): (1, 1)}
        with suppress(yaml.YAMLError):
            self._document(_events(text))

    def _document(self, events: _Events) -> bool:
        """Read the one document; False if there is none."""
        next(events)
        if isinstance(next(events), yaml.StreamEndEvent):
            return False
        self.data = self._value(next(events), events, ())
        next(events)
        extra = next(events)
        if not isinstance(extra, yaml.StreamEndEvent):
            raise self._refuse(extra, (), "a second document starts here", "give it a file of its own")
        return True

    def _refuse(self, event: yaml.Event, path: KeyPath, problem: str, remedy: str) -> DataFileError:
        line, column = _place(event)
        return DataFileError(self.file, line, column, in_words(path), problem, remedy)

    def _value(self, event: yaml.Event, events: _Events, path: KeyPath) -> object:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem, remedy = "anchors and aliases are not allowed", "write the value out, or name a selector"
            raise self._refuse(event, path, problem, remedy)
        if getattr(event, "tag", None):
            raise self._refuse(event, path, "tags are not allowed", "remove the tag")
        if len(path) > MAX_YAML_DEPTH:
            raise self._refuse(
                event, path[:3], "this is nested too deeply", f"at most {MAX_YAML_DEPTH} levels"
            )
        if len(self._values) > MAX_YAML_VALUES:
            raise self._refuse(
                event, path, f"the file holds more than {MAX_YAML_VALUES:,} values", "split it"
            )
        self._values[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            self._check_characters(event, path)
            return event.value if event.style not in (None, "") else self._plain(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        return self._map(events, path)

    def _list(self, events: _Events, path: KeyPath) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            inner = (*path, len(items))
            self._keys[inner] = _place(event)
            items.append(self._value(event, events, inner))
        return items

    def _map(self, events: _Events, path: KeyPath) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise self._refuse(event, path, "a key must be a plain word", "write the key as a word")
            self._check_characters(event, path)
            inner = (*path, event.value)
            if event.value in found:
                first = self._keys[inner][0]
                problem = f"'{printable(event.value, _LONGEST_KEY)}' is written twice (first in line {first})"
                raise self._refuse(event, inner, problem, "keep one of them")
            self._keys[inner] = _place(event)
            found[event.value] = self._value(next(events), events, inner)
        return found

    def _check_characters(self, event: yaml.ScalarEvent, path: KeyPath) -> None:
        unsafe = _UNSAFE.search(event.value)
        if unsafe:
            problem = f"the text holds the character U+{ord(unsafe[0]):04X}, which text cannot show"
            raise self._refuse(event, path, problem, "remove it")

    def _plain(self, event: yaml.ScalarEvent, path: KeyPath) -> object:
        text = event.value
        if text in _WORDS:
            return _WORDS[text]
        number = _INT.fullmatch(text) or _FLOAT.fullmatch(text)
        if not number:
            return text
        if len(text) <= MAX_DIGITS:
            if _INT.fullmatch(text):
                return int(text, 0 if text[:2] in ("0o", "0x") else 10)
            value = float(text)
            if abs(value) < float("inf"):
                return value
        raise self._refuse(event, path, f"'{text[:20]}' reads as a number out of range", "put it in quotes")


def read_yaml(path: str | Path, shown: str = "", blank: object = None) -> YamlFile:
    """Read the file at ``path``, named ``shown`` in errors. Raises DataFileError, also for a missing file."""
    file = shown or str(path)
    try:
        if not Path(path).is_file() and Path(path).exists():  # to open a pipe may wait for ever
            raise DataFileError(file, 1, 1, "", "this is no file", "give a file of YAML")
        with Path(path).open("rb") as stream:
            raw = stream.read(MAX_YAML_BYTES + 4)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        raise DataFileError(file, 1, 1, "", problem, "check the path and its permissions") from None
    except UnicodeDecodeError as error:
        if len(raw) < MAX_YAML_BYTES:
            line = raw.count(b"\n", 0, error.start) + 1
            raise DataFileError(file, line, 1, "", "the file is not UTF-8", "save it as UTF-8") from None
        text = raw.decode("utf-8", "replace")  # cut inside a character; the size is refused below
    return YamlFile(file, text, blank)


def in_words(path: KeyPath) -> str:
    """``("examples", "silent", 0, "at")`` -> ``examples > silent > item 1 > at``."""
    return " > ".join(f"item {part + 1}" if isinstance(part, int) else part for part in path)


def _events(text: str) -> _Events:
    return yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
