"""What tslint failed on, as findings: a reader of any format must see that a verdict is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.finding import Finding, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.lint.result import Crash
    from tslint.rules.rule import Rule

# The rule whose findings these are. No option, suppression or baseline takes them away.
FAILED = "TS000"


def failed(crashes: Iterable[Crash], rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """Yield a finding on the file of each crash. ``rules`` are all by id."""
    own = rules[FAILED]
    for crash in crashes:
        place = Point(crash.origin, 1, 1, "")
        same = own.id, str(crash.origin), crash.rule
        yield Finding(own.id, own.name, own.level, _message(crash, rules), place, identity=same)


def _message(crash: Crash, rules: Mapping[str, Rule]) -> str:
    if not crash.rule:
        return f"tslint failed on this file and judged nothing in it, a fault of tslint: {crash.error}."
    name = f"{crash.rule} {rules[crash.rule].name}"
    return f"Rule {name} failed on this file, a fault of tslint: {crash.error}."
