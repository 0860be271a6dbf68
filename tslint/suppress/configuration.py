"""The configuration file ``.tslint.yaml``: found, read, checked. It is data: nothing in it can run code."""
# ruff: noqa: PTH100, PTH110, PTH118, PTH120 - paths stay words, as on the command line

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.source.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from tslint.data_files.plain_data import Plain
    from tslint.data_files.yaml_file import KeyPath, YamlFile
    from tslint.rules.rule import Level, Rule

_WORDS = ("select", "ignore")
_IGNORES = ("per-file-ignores", "per-step-ignores")


class Ignore(NamedTuple):
    """One entry of per-file-ignores or per-step-ignores: what it suppresses, and where it stands."""

    rules: tuple[str, ...]
    reason: str
    file: Callable[[str], bool] | None
    step: Callable[[str], bool] | None
    line: int
    column: int


class Configuration:
    """A configuration file that keeps its schema. ``values`` are its keys as they stand there."""

    def __init__(self, path: str) -> None:
        """Read and check ``path``. Raises DataFileError."""
        import json

        from tslint.data_files.plain_check import check_plainly
        from tslint.data_files.schema_check import schema_folder
        from tslint.data_files.yaml_file import read_yaml

        self.folder = os.path.dirname(os.path.abspath(path))
        self.file: YamlFile = read_yaml(path, _shown(path), {})
        check_plainly(self.file, json.loads((schema_folder() / "config.schema.json").read_text("utf-8")))
        self.values: Mapping[str, Plain] = self.file.data
        self.rules = tuple(self._rules(place) for place in enumerate(self.values.get("rules", ())))
        self._excludes = [self._glob(("exclude", n), files=True) for n in range(len(self._list("exclude")))]
        self.ignores = tuple(self._ignores())
        self._package_ids = dict(self._written_ids())

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words, empty where the file does not say."""
        return tuple(self._list(key))

    def excluded(self, name: str) -> str:
        """Say what leaves out a file that a folder brought up, "" if nothing does.

        ``name`` is as reports show it.
        """
        path = self.relative(name)
        number = next((number for number, fits in enumerate(self._excludes) if fits(path)), None)
        if number is None:
            return ""
        line, _ = self.file.place(("exclude", number))
        return f"{self.file.file}:{line}, exclude '{printable(self.values['exclude'][number])}'"

    def relative(self, name: str) -> str:
        """Return the name of a file, as reports show it, relative to the configuration file."""
        return _from(os.path.abspath(name), self.folder)

    def package_ids(self, names: Iterable[str]) -> dict[str, str]:
        """Return the package ids that are written down for files, by the names that reports give them.

        A file of a zip is written after it: ``exports/a.zip!/child.xml``.
        """
        found: dict[str, str] = {}
        for name in names if self._package_ids else ():
            path = _key(self.relative(name))
            for key, package in self._package_ids.items():
                if key == path or key.startswith(f"{path}!/"):
                    found[name + key[len(path) :]] = package
        return found

    def levels(self, rules: Collection[Rule]) -> dict[str, Level | Literal["off"]]:
        """Return the level chosen for each rule by id, "off" included. Raises DataFileError."""
        from tslint.rules.rule_words import rule_called, rules_named

        found: dict[str, Level | Literal["off"]] = {}
        for word, level in self.values.get("levels", {}).items():
            identity = rule_called(word, rules)
            if not identity and rules_named(word, rules):  # elsewhere such a word will do
                problem, remedy = f"'{word}' is no rule, but stands for some", "name each rule by itself"
                raise self.file.error(("levels", word), problem, remedy, at_key=True)
            if not identity:
                raise self._unknown(("levels", word), "rule", word, rules)
            if identity in found:
                problem = f"{identity} has two levels"
                raise self.file.error(("levels", word), problem, "keep one of them", at_key=True)
            found[identity] = level
        return found

    def check_words(self, rules: Collection[Rule]) -> None:
        """Raise DataFileError at a word that names no rule."""
        from tslint.rules.rule_words import rules_named

        self.levels(rules)
        named: set[str] = set()  # a word is looked up once in whatever case: there may be very many
        lists: list[KeyPath] = [(key,) for key in _WORDS]
        lists += [(key, n, "rules") for key in _IGNORES for n in range(len(self._list(key)))]
        for path in lists:
            words: Plain = self._list(path[0])
            for part in path[1:]:
                words = words[part]
            for number, word in enumerate(words):
                if word.lower() not in named and not rules_named(word, rules):
                    raise self._unknown((*path, number), "rule, id prefix or category", word, rules)
                named.add(word.lower())

    def _unknown(self, path: KeyPath, kind: str, word: str, rules: Collection[Rule]) -> Exception:
        from tslint.rules.rule_words import nearest_rule

        return self.file.error(path, f"unknown {kind} '{word}'", nearest_rule(word, rules), at_key=True)

    def _list(self, key: str | int) -> Sequence[Plain]:
        given: Sequence[Plain] = self.values.get(str(key), ())
        return given

    def _rules(self, place: tuple[int, str]) -> str:
        """Return a rule file or folder as a path from the working directory; it must lie below this file."""
        number, given = place
        path = os.path.join(self.folder, given.replace("\\", "/"))
        inside = os.path.join(os.path.realpath(self.folder), "")
        if not os.path.join(os.path.realpath(path), "").startswith(inside):
            problem = f"'{given}' lies outside of the folder of this file"
            raise self.file.error(("rules", number), problem, "name such rules with --rules")
        if not os.path.exists(path):
            problem, remedy = f"there is no '{given}'", "paths are relative to this file"
            raise self.file.error(("rules", number), problem, remedy)
        return _shown(path)

    def _written_ids(self) -> Iterator[tuple[str, str]]:
        """Yield each file of package-ids, which must be there, with its id."""
        for path, package in self.values.get("package-ids", {}).items():
            key = _key(path)
            if not os.path.exists(os.path.join(self.folder, key.partition("!/")[0])):
                problem, remedy = f"there is no '{path}'", "paths are relative to this file"
                raise self.file.error(("package-ids", path), problem, remedy, at_key=True)
            if not re.fullmatch("[0-9A-Za-z]{3}[0-9A-Fa-f]{5}", package):
                problem = f"'{package}' is no package id"
                remedy = "write the three characters of the site's code and five hexadecimal digits"
                raise self.file.error(("package-ids", path), problem, remedy)
            yield key, package

    def _glob(self, path: KeyPath, *, files: bool) -> Callable[[str], bool]:
        from tslint.regex.glob import compiled

        given: Plain = self.values
        for part in path:
            given = given[part]
        if files:
            if min(given) < " ":
                remedy = 'between " a backslash begins an escape: write none, or single quotation marks'
                raise self.file.error(path, "no path holds a control character", remedy)
            # one configuration serves Windows and CI; in the name of a step a backslash stands for itself
            given = given.replace("\\", "/")
        # files are named in any case where the system takes them in any case
        return compiled(given, ignore_case=not files or os.path.normcase("A") == "a")

    def _ignores(self) -> Iterator[Ignore]:
        for key in _IGNORES:
            for number, entry in enumerate(self._list(key)):
                path = (key, number)
                line, column = self.file.place(path)
                yield Ignore(
                    rules=tuple(entry["rules"]),
                    reason=entry.get("reason", ""),
                    file=self._glob((*path, "files"), files=True) if "files" in entry else None,
                    step=self._glob((*path, "step"), files=False) if "step" in entry else None,
                    line=line,
                    column=column,
                )


def _key(path: str) -> str:
    """Return a path as one is compared with another: as the system takes them, with forward slashes."""
    file, _, member = path.replace("\\", "/").removeprefix("./").partition("!/")
    file = os.path.normcase(file).replace(os.sep, "/")
    return f"{file}!/{member}" if member else file


def _shown(path: str) -> str:
    """Return a path as messages show it: from the working directory, with forward slashes."""
    return _from(path, os.curdir)


def _from(path: str, folder: str) -> str:
    try:
        path = os.path.relpath(path, folder)
    except ValueError:  # another drive of Windows: the path stays as it is
        return path.replace(os.sep, "/")
    return path.replace(os.sep, "/")
