"""The findings that matter most, where a reader takes only so many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.rules.rule import BY_SEVERITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.lint.finding import Finding
    from tslint.report.located import Located


def most_severe(findings: Sequence[Located], most: int) -> Sequence[Located]:
    """Return at most so many, in their order; the most severe where there are more."""
    if len(findings) <= most:
        return findings
    numbers = sorted(range(len(findings)), key=lambda number: _weight(findings[number].finding))
    return [findings[number] for number in sorted(numbers[:most])]


def _weight(finding: Finding) -> tuple[bool, int]:
    return finding.suppressed is not None, BY_SEVERITY.index(finding.level)
