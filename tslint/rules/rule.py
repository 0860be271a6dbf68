"""A rule as the linter needs it. The rest of its file (why, sources, examples) is its page: see page.py."""

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from tslint.language.edits import Mend
    from tslint.language.pattern import Pattern

Level = Literal["error", "warning", "note"]
# From the lowest.
LEVELS: Final[tuple[Level, ...]] = ("note", "warning", "error")
# From the highest.
BY_SEVERITY: Final = LEVELS[::-1]
Precision = Literal["very-high", "high", "medium", "low"]
Profile = Literal["recommended", "strict", "all"]


class LevelAt(NamedTuple):
    """A level, for values greater than ``over`` and less than ``under``."""

    level: Level
    over: float | None = None
    under: float | None = None


class Levels(NamedTuple):
    """The levels where a pattern is ``broken`` on these paths; the first that fits a value counts."""

    broken: str
    by_value: tuple[LevelAt, ...]


class Clause(NamedTuple):
    """One pattern of a rule.

    Of ``levels``, the first whose paths are broken counts; of ``mends``, those that fit are offered.
    """

    pattern: "Pattern"
    message: str
    levels: tuple[Levels, ...]
    mends: "tuple[Mend, ...]" = ()


class Rule(NamedTuple):
    """One rule. ``level`` is the most severe it can report.

    A rule that tslint itself reports (on itself, on reading, on suppressions) has no ``clauses``.
    """

    id: str
    name: str
    level: Level
    precision: Precision
    category: str
    profile: Profile
    engines: tuple[str, ...]
    summary: str
    message: str
    remedy: str  # the click in the console
    cmdlet: str  # the ConfigMgr cmdlet that does the same, "" if there is none
    silences: tuple[str, ...]
    clauses: tuple[Clause, ...]
    workbench: str = ""  # the same for MDT Lite-Touch, where that is another

    @property
    def is_fault(self) -> bool:
        """Whether tslint itself reports it."""
        return not self.clauses
