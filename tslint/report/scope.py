"""What a run took in: green says nothing of files left out, so that reports with room for it count them."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, get_args

from tslint.report.escape import escape, inert
from tslint.report.missing import plain, said
from tslint.source.looked import Outcome

if TYPE_CHECKING:
    from tslint.lint.result import Missing
    from tslint.source.looked import Looked

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class RunScope(NamedTuple):
    """``looked`` tells of each file, ``listed`` whether reports list them all.

    ``configuration`` is the file in force, "" for none, with the ``changes`` that it made, in words.
    ``missing`` are the task sequences that others run and that are not at hand.
    """

    looked: "tuple[Looked, ...]" = ()
    listed: bool = False
    configuration: str = ""
    changes: tuple[str, ...] = ()
    missing: "tuple[Missing, ...]" = ()

    def counts(self) -> dict[Outcome, int]:
        """Return how many files had each outcome, those that none had too."""
        found = Counter(one.outcome for one in self.looked)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    def plain(self) -> dict[str, object]:
        """Return the scope as JSON says it."""
        told: dict[str, object] = {"files": {_key(one): number for one, number in self.counts().items()}}
        if self.listed:
            told["fileList"] = [_plain(one) for one in self.looked]
        if self.changes:
            told["configuration"] = {"file": self.configuration, "changes": list(self.changes)}
        if self.missing:
            told["missing"] = plain(self.missing)
        return told

    @property
    def in_force(self) -> str:
        """Tell people what the configuration changed, "" where that is nothing."""
        return f"{self.configuration} is in force: {', '.join(self.changes)}" if self.changes else ""

    def remarks(self) -> tuple[str, ...]:
        """Return what people have to know of a run beside its findings, a sentence each."""
        return (*said(self.missing), *([self.in_force] if self.in_force else []))

    def lines(self) -> str:
        """Return the list of files for people, a line each; "" where none is asked for."""
        return inert("".join(f"{escape(_line(one))}\n" for one in self.looked if self.listed))


def _line(one: "Looked") -> str:
    why = f" ({one.why})" if one.why else ""
    return f"{one.outcome:<11}  {one.file}{why}"


def _plain(one: "Looked") -> dict[str, str]:
    why = {"why": one.why} if one.why else {}
    return {"file": one.file, "outcome": _key(one.outcome), **why}


def _key(outcome: Outcome) -> str:
    first, *rest = outcome.split()
    return first + "".join(map(str.capitalize, rest))
