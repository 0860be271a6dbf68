"""The proof of a mend: it is made, and the file is linted again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tests.linting import RULES, TABLES
from tslint.lint.finding import Place
from tslint.lint.linter import Linter, Run
from tslint.mend.cannot import CannotMendError
from tslint.mend.fixing import Fixer
from tslint.mend.repair import Repair, Repairs
from tslint.source.document import Origin
from tslint.source.walk import File

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tslint.lint.finding import Finding

LINTER = Linter(Run(RULES, TABLES, bytes, skip_unrecognized=False))


class Proof(NamedTuple):
    """``repair`` was made, and led to ``text``; ``wrong`` tells what speaks against it."""

    repair: Repair | None
    text: str
    wrong: str


def lint(data: bytes, name: str = "example.xml") -> list[Finding]:
    result = LINTER.on({name: data}).lint([File(Origin(name), name, named=True)])
    assert not result.crashes, result.crashes
    return list(result.findings)


def weighty(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(one.rule for one in findings if one.level != "note")


def proofs(data: bytes, rule: str) -> list[tuple[Finding, Proof]]:
    """Prove the first repair that can be made, for each finding of a rule."""
    before = lint(data)
    repairs = Repairs(TABLES)
    return [(one, proof(one, before, repairs)) for one in before if one.rule == rule]


def proof(finding: Finding, before: list[Finding], repairs: Repairs) -> Proof:
    best = Proof(None, "", "no repair can be made")
    for repair in repairs.of(finding):
        try:
            text = repair.text()
        except CannotMendError as error:
            best = Proof(repair, "", f"not in the file: {error}")
            continue
        best = Proof(repair, text, judged(finding, before, lint(text.encode())))
        if not best.wrong:
            return best
    return best


def fixed(data: bytes) -> bytes:
    """Make all mends of a file, safe or not."""
    fixer = Fixer(lambda now: lint(now["a.xml"], "a.xml"), {"a.xml": data}, TABLES, unsafe=True)
    return fixer.fixed().contents.get("a.xml", data)


def judged(finding: Finding, before: list[Finding], after: list[Finding]) -> str:
    own = [one for one in before if one.rule == finding.rule]
    left = [one for one in after if one.rule == finding.rule]
    if len(left) >= len(own):
        return "the finding is still there"
    more = weighty(after) - weighty(before)
    return f"new: {', '.join(sorted(more))}" if more else ""


def place_of(finding: Finding) -> str:
    return finding.place.step if isinstance(finding.place, Place) else ""
