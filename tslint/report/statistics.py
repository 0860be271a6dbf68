"""How often each rule was broken: for people who look at a whole site at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tslint.report.escape import escape, inert
from tslint.rules.rule import BY_SEVERITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.report.located import Located


def statistics(findings: Sequence[Located]) -> str:
    """Return a line for each rule and level, the most frequent first within a level; "" for no findings."""
    counts = Counter(
        (BY_SEVERITY.index(one.finding.level), one.finding.rule, one.finding.name) for one in findings
    )
    rows = sorted(counts.items(), key=lambda row: (row[0][0], -row[1], row[0][1]))
    wide = max((len(str(number)) for number in counts.values()), default=0)
    long = max((len(rule) for _, rule, _ in counts), default=0)
    lines = (
        f"{number:>{wide}}  {BY_SEVERITY[level]:<7}  {rule:<{long}}  {name}"
        for (level, rule, name), number in rows
    )
    return inert("".join(f"{escape(line)}\n" for line in lines))
