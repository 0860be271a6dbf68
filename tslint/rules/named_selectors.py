"""Named selectors (selectors.yaml), and what their names stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.data_files.schema_check import nearest, quoted
from tslint.language.selector import NEEDS, Selector
from tslint.rules.file_reading import MAX_NAMING, TOO_DEEP, FileReading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.catalogue.vocabulary import Vocabulary
    from tslint.data_files.data_file_error import DataFileError
    from tslint.data_files.yaml_file import YamlFile


class NamedSelectors:
    """Names and the selectors they stand for: those of ``known`` and those of one file."""

    def __init__(
        self,
        known: Mapping[str, Selector],
        file: YamlFile | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        """Read every name of ``file``. ``errors`` tells of unknown names, cycles and excess."""
        self.vocabulary = vocabulary
        self.errors: list[DataFileError] = []
        self._resolved = dict(known)
        self._open: list[str] = []
        self._written: dict[str, FileReading] = {}
        if file is None:
            return
        for name in file.data:
            if name in known:
                problem = f"'{name}' is a built-in selector"
                self.errors.append(file.error((name,), problem, "choose another name", at_key=True))
            else:
                self._written[name] = FileReading(file, self, self.errors, (name,))
        for name, reading in self._written.items():
            self.named(name, reading.about(None))

    @property
    def resolved(self) -> dict[str, Selector]:
        """Every name with what it stands for."""
        return self._resolved

    def named(self, name: str, reading: FileReading) -> Selector:
        """Return what a name stands for. One that stands for nothing is told at ``reading``."""
        if name in self._resolved:
            return self._told(name, self._resolved[name], reading)
        if name not in self._written:
            known = sorted({*self._resolved, *self._written})
            remedy = nearest(name, known) or f"known are: {', '.join(known) or 'none'}"
            reading.wrong(f"there is no selector named {quoted(name)}", remedy)
        elif name in self._open:
            chain = " > ".join([*self._open[self._open.index(name) :], name])
            reading.wrong(f"selectors name each other in a circle: {chain}", "break the circle")
        elif len(self._open) >= MAX_NAMING:
            reading.wrong(*TOO_DEEP)
        else:
            return self._told(name, self._read(name), reading)
        return Selector(())

    def _told(self, name: str, selector: Selector, reading: FileReading) -> Selector:
        """Tell of a name for what is asked of a command or assignment where there is none."""
        missing = frozenset[str]() if reading.given is None else selector.needs - reading.given
        for what in sorted(missing):
            problem, remedy = NEEDS[what]
            reading.wrong(f"{quoted(name)} {problem}", remedy)
        return selector

    def _read(self, name: str) -> Selector:
        self._open.append(name)
        place = self._written[name]
        read = place.read(place.file.data[name], given=None)  # who uses the name may pick what it asks about
        self._resolved[name] = read if isinstance(read, Selector) else Selector(())
        self._open.pop()
        return self._resolved[name]
