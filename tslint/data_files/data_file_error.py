"""What is wrong with a rule file, where, and what would be right."""

from __future__ import annotations

from tslint.source.printable import printable

# Long enough for a list of all facts; what a stranger's file holds is cut.
_LONGEST_TEXT = 600


class DataFileError(Exception):
    """A rule file that cannot be used. ``key`` is the key path in words, "" for the file as a whole.

    ``more`` are further faults of the same file.
    """

    def __init__(self, file: str, line: int, column: int, key: str, problem: str, remedy: str) -> None:
        file, problem, remedy = (printable(text, _LONGEST_TEXT) for text in (file, problem, remedy))
        super().__init__(file, line, column, key, problem, remedy)
        self.file, self.line, self.column = file, line, column
        self.key, self.problem, self.remedy = key, problem, remedy
        self.more: tuple[DataFileError, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All faults, a line each."""
        return (str(self), *map(str, self.more))

    def __str__(self) -> str:
        """One line: ``file:line:column: problem; remedy``."""
        return f"{self.file}:{self.line}:{self.column}: {self.problem}; {self.remedy}"
