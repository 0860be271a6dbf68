"""Findings as a page for a browser, beside the task sequences that they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.page.render import page
from tslint.report.page.view import View
from tslint.report.severe import most_severe
from tslint.rules.rule import WORST_FIRST
from tslint.source.printable import count

if TYPE_CHECKING:
    from tslint.report.report import Report
    from tslint.report.terminal import Screen

# each takes some kilobytes, and nobody looks through more
MOST_FINDINGS = 2_000


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return the page."""
    view = View(report.outlines())
    shown = [
        view.shown(found, number, report.rules[found.finding.rule].category, report.advice(found))
        for number, found in enumerate(most_severe(report.findings, MOST_FINDINGS))
    ]
    told = {found.rule: report.rules[found.rule] for found in shown}
    all_findings = count(len(report.findings), "finding")
    return page(
        "findings.html",
        view,
        title=all_findings,
        findings=shown,
        all_findings=all_findings,
        left_out=len(report.findings) - len(shown),
        levels={level: sum(one.finding.level == level for one in report.findings) for level in WORST_FIRST},
        files=", ".join(f"{number} {outcome}" for outcome, number in report.scope.counts().items() if number),
        remarks=report.scope.remarks(),
        rules=[(rule, report.page(rule.id)) for rule in sorted(told.values())],
        categories=sorted({found.category for found in shown}),
    )
