"""What a run of the linter has to tell: findings, and how much was read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.finding import Finding, Place, Point
from tslint.source.document import Origin
from tslint.source.looked import Looked

if TYPE_CHECKING:
    from tslint.source.remarks import Remark


class Crash(NamedTuple):
    """A rule that failed on one task sequence: a fault of tslint, never of the sequence (exit status 3).

    Where tslint failed outside of any rule, or its process ended, ``rule`` is "", and nothing is judged.
    """

    rule: str
    origin: Origin
    error: str  # the exception's type and place in tslint, never content of the sequence


class Undecided(NamedTuple):
    """A rule that met the bound on its effort on one task sequence and therefore said nothing."""

    rule: str
    file: str
    place: Place | Point


class Missing(NamedTuple):
    """A task sequence that a step in a ``file`` runs and that is not at hand, by its package id.

    ``versions`` are the files of two that differ, where it is there more than once.
    """

    package: str
    file: str
    versions: tuple[str, ...] = ()


class Result(NamedTuple):
    """``findings`` are in order of file, line, column and rule id; ``sequences`` counts those linted.

    ``looked`` tells what became of each file, in order of their names. ``names`` are those of the files with
    task sequences, each member of a zip on its own; ``remarks`` what stands in them for tslint. ``secrets``
    are the texts in the sequences with findings that may not be shown; ``effort`` counts the steps of work.
    ``ids`` are the package ids by which the sequences are called, ``missing`` those that they call in vain.
    One that ``is_deferred`` tells nothing else: it is to be judged when what it calls is found, or is not.
    """

    findings: tuple[Finding, ...]
    sequences: int
    looked: tuple[Looked, ...] = ()
    crashes: tuple[Crash, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    names: frozenset[str] = frozenset()
    remarks: "tuple[Remark, ...]" = ()
    secrets: frozenset[str] = frozenset()
    effort: int = 0
    ids: frozenset[str] = frozenset()
    missing: tuple[Missing, ...] = ()
    is_deferred: bool = False

    def decided(self, rules: Iterable[str]) -> set[str]:
        """Return those of the ``rules`` that came to a verdict on every task sequence."""
        if any(one.outcome in {"undecided", "failed"} for one in self.looked):
            return set()
        return set(rules) - {one.rule for one in self.crashes} - {one.rule for one in self.undecided}
