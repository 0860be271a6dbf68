"""The reading of a part of a rule file: at which place it stands, and what is wrong with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from tslint.language.reading import Reading
from tslint.language.selector import Selector, read_selector
from tslint.regex.syntax import RegexError, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.catalogue.vocabulary import Vocabulary
    from tslint.data_files.data_file_error import DataFileError
    from tslint.data_files.yaml_file import KeyPath, YamlFile
    from tslint.language.context import Picks

# Names may stand for lists of names, which multiplies: the largest built-in one has about a dozen.
MAX_ALTERNATIVES: Final = 300
# Names of names of names: the built-in ones go 2 deep, and what walks them is recursive.
MAX_NAMING: Final = 20
TOO_DEEP: Final = (
    f"selectors name each other more than {MAX_NAMING} deep",
    "write out what the inner ones stand for",
)


class Names(Protocol):
    """What the words of a rule stand for. Without a ``vocabulary`` any word will do."""

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The types of step, settings, variables and tools that may be named."""

    def named(self, name: str, reading: FileReading) -> Selector:
        """Return what a named selector stands for."""


class FileReading(Reading):
    """Reads what stands at ``path`` of ``file``. What is wrong is added to ``errors``."""

    def __init__(self, file: YamlFile, names: Names, errors: list[DataFileError], path: KeyPath = ()) -> None:
        super().__init__(partial(read_selector, named=self._name))
        self.file, self.path = file, path
        self._names, self._errors = names, errors
        self._given: frozenset[str] | None = frozenset()
        self._roles: Mapping[str, frozenset[str]] = {}

    @property
    def given(self) -> frozenset[str] | None:
        """What a selector here is asked about beside a step, None for anything."""
        return self._given

    def at(self, part: str | int) -> FileReading:
        """Return the same for an inner part."""
        return self._like((*self.path, part), self._given, self._roles)

    def about(self, given: frozenset[str] | None) -> FileReading:
        """Return the same where a selector is asked about this."""
        return self._like(self.path, given, self._roles)

    def among(self, roles: Mapping[str, frozenset[str]]) -> FileReading:
        """Return the same where the events in roles are these, beside those that are known."""
        return self._like(self.path, self._given, {**self._roles, **roles})

    def _like(
        self, path: KeyPath, given: frozenset[str] | None, roles: Mapping[str, frozenset[str]]
    ) -> FileReading:
        other = FileReading(self.file, self._names, self._errors, path)
        other._given, other._roles = given, roles
        return other

    def wrong(self, problem: str, remedy: str, *, at_key: bool = False) -> None:
        """Tell what is wrong here, and what would be right."""
        self._errors.append(self.file.error(self.path, problem, remedy, at_key=at_key))

    def refuse(self, problem: str, remedy: str, *, at_key: bool = False) -> None:
        """Tell what is wrong here, and what would be right."""
        self.wrong(problem, remedy, at_key=at_key)

    def expect(self, of: str, word: str, types: tuple[str, ...] = (), *, at_key: bool = False) -> None:
        """Tell if the vocabulary does not know a word."""
        vocabulary = self._names.vocabulary
        fault = vocabulary.fault(of, word, types) if vocabulary is not None else None
        if fault is not None:
            self.wrong(*fault, at_key=at_key)

    def expression(self, text: str) -> None:
        """Tell if a regular expression is not of the syntax that can be searched for in linear time."""
        try:
            parse(text)
        except RegexError as error:
            self.wrong(f"this regular expression cannot be used: {error.problem}", error.remedy)

    def selector(self, data: object, of: str = "") -> Picks:
        """Read a selector. One that names too much is told, and stands for nothing."""
        return self.read(data, given=self._roles.get(of, frozenset()))

    def read(self, data: object, *, given: frozenset[str] | None) -> Picks:
        """Read a selector that is asked about this (see ``given``)."""
        return self.bounded(self._selectors(data, self.about(given)))

    def bounded(self, read: Picks) -> Picks:
        """Return a selector, or where it is too large or deep tell so and return one that picks nothing."""
        if read.size > MAX_ALTERNATIVES:
            self.wrong(
                f"this stands for more than {MAX_ALTERNATIVES} alternatives",
                "name fewer things in one selector",
            )
        elif read.depth > MAX_NAMING:
            self.wrong(*TOO_DEEP)
        else:
            return read
        return Selector(())

    def _name(self, name: str, reading: Reading) -> Selector:
        return self._names.named(name, reading if isinstance(reading, FileReading) else self)
