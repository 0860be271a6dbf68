"""What every format is given: the findings to show, and the rules behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.report.scope import RunScope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tslint.lint.result import Crash, Undecided
    from tslint.report.advice import Advice, Advisor
    from tslint.report.located import Located
    from tslint.report.page.outline import Outline
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule


class Report(NamedTuple):
    """``rules`` are those that ran, by id; ``page`` gives the rest of a rule's file: why, sources.

    ``suppressed`` are findings that do not count, for the formats that can say so, where they are asked for.
    ``fail_on`` is the lowest level that makes the run fail, or "never". ``advisor`` knows how to mend each
    finding; without one the rule's own words are told. ``outlines`` reads the task sequences once more, for a
    format that shows them whole.
    """

    findings: tuple[Located, ...]
    rules: Mapping[str, Rule]
    page: Callable[[str], Page]
    crashes: tuple[Crash, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    suppressed: tuple[Located, ...] = ()
    scope: RunScope = RunScope()
    fail_on: str = "warning"
    advisor: Advisor | None = None
    outlines: Callable[[], tuple[Outline, ...]] = tuple

    def everything(self) -> tuple[Located, ...]:
        """Return the findings with the suppressed ones in their places among them."""
        if not self.suppressed:
            return self.findings
        return tuple(sorted((*self.findings, *self.suppressed), key=lambda one: one.order))

    def advice(self, found: Located) -> Advice:
        """Return how to mend a finding."""
        from tslint.report.advice import Advice
        from tslint.rules.page import cmdlet, remedy

        rule = self.rules[found.finding.rule]
        if self.advisor is None:
            return Advice(remedy(rule), cmdlet(rule))
        return self.advisor.advice(found.finding, rule)
