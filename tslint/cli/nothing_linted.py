"""A run that linted nothing: green would mean that what was to be linted is clean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.lint.result import Result


def nothing_linted(result: Result, paths: Sequence[str]) -> str:
    """Say why nothing was linted, "" where something was or a finding tells of it."""
    outcomes = Counter(one.outcome for one in result.looked)
    if result.sequences or result.findings or outcomes["failed"] or outcomes["undecided"]:
        return ""
    why = ", ".join(f"{count(number, 'file')} {outcome}" for outcome, number in sorted(outcomes.items()))
    if not why:
        return f"nothing was linted: no .xml or .zip file in {', '.join(paths)} (--allow-empty: no error)"
    return f"nothing was linted: {why} (--show-files: which and why; --allow-empty: no error)"
