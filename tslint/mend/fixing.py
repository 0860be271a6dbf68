"""Mends made one after the other, each proved by linting again: what makes a file worse is not kept.

Findings are taken in the order of their places. A mend is kept when its finding is gone and no other of level
warning or above has come. It is repeated until nothing changes, because one mend may make another possible,
or needless.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.finding import Place, reaches
from tslint.mend.cannot import CannotMendError
from tslint.mend.repair import Repair, Repairs
from tslint.source.encoding import encoded_like

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.lint.crashes import Crashes
    from tslint.lint.finding import Finding

    # What counts of an export's findings when these contents stand in place of files; None where a rule came
    # to no verdict, so that a finding may only seem to be gone.
    Judge = Callable[[Mapping[str, bytes]], Sequence[Finding] | None]

# More mends than this in one export are made by running tslint again.
MAX_MENDS = 100
# To try a mend is to lint once. Real exports need a few; what needs more tries mends that prove wrong.
MAX_TRIALS = 200


class Done(NamedTuple):
    """A mend that was made, and the sequence as it was before it."""

    finding: Finding
    repair: Repair


class Fixed(NamedTuple):
    """``contents`` are the files that changed, by name, with all that was ``done`` in them.

    ``is_cut_short`` tells that a bound was met, so that more may be left to do.
    """

    contents: Mapping[str, bytes]
    done: tuple[Done, ...]
    is_cut_short: bool = False


class Fixer:
    """Mends the findings of one export. ``contents`` are its files as they are, by name.

    With ``wanted``, only those of these fingerprints. It ends early where ``is_over`` says so. What fails in
    the mends of a rule is told to ``crashes``.
    """

    def __init__(
        self,
        judge: Judge,
        contents: Mapping[str, bytes],
        tables: Tables,
        *,
        unsafe: bool,
        wanted: Container[str] | None = None,
        is_over: Callable[[], bool] = bool,
        crashes: Crashes | None = None,
    ) -> None:
        self._judge, self._before, self._tables = judge, dict(contents), tables
        self._unsafe, self._wanted, self._is_over = unsafe, wanted, is_over
        self._contents = dict(contents)
        self._trials = MAX_TRIALS
        self._crashes = crashes

    def fixed(self) -> Fixed:
        """Make every mend that proves right."""
        done: list[Done] = []
        refused: set[str] = set()
        findings = self._judge(self._contents) or ()
        tried = 0  # so many were made when all that had proved wrong was tried anew
        while len(done) < MAX_MENDS:
            made = self._next(findings, refused)
            if made is not None:
                found, findings = made
                done.append(found)
            elif refused and tried < len(done):
                refused, tried = set(), len(done)
            else:
                break
        changed = {name: data for name, data in self._contents.items() if data != self._before[name]}
        return Fixed(changed, tuple(done), len(done) == MAX_MENDS or not self._trials or self._is_over())

    def _next(self, findings: Sequence[Finding], refused: set[str]) -> tuple[Done, Sequence[Finding]] | None:
        """Make the next mend that proves right, and return it with the findings after it.

        What proves wrong is ``refused`` until others were made: they may allow it.
        """
        repairs = Repairs(self._tables, self._crashes)  # what is open in one is as the files are now
        for finding in sorted(findings, key=_order):
            wanted = self._wanted is None or finding.fingerprint in self._wanted
            if wanted and finding.mends and finding.fingerprint not in refused:
                made = self._mended(finding, findings, repairs)
                if made is not None:
                    return made
                refused.add(finding.fingerprint)
        return None

    def _mended(
        self, finding: Finding, findings: Sequence[Finding], repairs: Repairs
    ) -> tuple[Done, Sequence[Finding]] | None:
        """Make the first mend of a finding that proves right; return it and the findings after it."""
        for repair in repairs.of(finding):
            if not (repair.safe or self._unsafe) or not self._trials or self._is_over():
                continue
            changed = self._changed(repair)
            if changed is None:
                continue
            self._trials -= 1
            after = self._judge({**self._contents, **changed})
            if after is not None and proves(finding, findings, after):
                self._contents |= changed
                return Done(finding, repair), after
        return None

    def _changed(self, repair: Repair) -> dict[str, bytes] | None:
        """Return the file that a repair changes, None where it cannot be written back as it was."""
        name = str(repair.document.origin)
        try:
            data = encoded_like(repair.text(), self._contents[name])
        except (CannotMendError, KeyError):
            return None
        return None if data is None else {name: data}


def proves(finding: Finding, before: Iterable[Finding], after: Iterable[Finding]) -> bool:
    """Say whether a finding is gone, and no other of level warning or above has come."""
    before, after = list(before), list(after)
    own = sum(one.rule == finding.rule for one in before)
    if sum(one.rule == finding.rule for one in after) >= own:
        return False
    return not is_worse(before, after)


def is_worse(before: Iterable[Finding], after: Iterable[Finding]) -> bool:
    """Say whether a rule has more findings of level warning or above than before."""
    return bool(_weighty(after) - _weighty(before))


def _weighty(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(one.rule for one in findings if reaches(one.level, "warning"))


def _order(finding: Finding) -> tuple[str, int, str, str]:
    place = finding.place
    if isinstance(place, Place):
        return str(place.document.origin), place.element, finding.rule, finding.fingerprint
    return str(place.origin), place.line, finding.rule, finding.fingerprint
