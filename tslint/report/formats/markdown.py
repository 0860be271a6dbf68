"""Findings as Markdown: a table for each task sequence, then how each finding comes about and how to mend it.

For comments and summaries of GitHub, Azure DevOps and Teams: tables and ``<details>`` of GitHub's flavour,
https://github.github.com/gfm/.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tslint.report.escape import inert
from tslint.report.literal import in_html, literal
from tslint.report.severe import most_severe
from tslint.report.summary import by_level
from tslint.report.told import explanation, see_also
from tslint.rules.page import fenced
from tslint.source.printable import count, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.report.located import Located
    from tslint.report.report import Report
    from tslint.report.terminal import Screen

# a comment on GitHub takes 65,536 characters, a summary of a step 1 MiB, a comment on Azure DevOps 150,000
MOST_CHARACTERS = 60_000
# rows of all tables: who has more looks at them elsewhere
MOST_ROWS = 100
# characters of a message or a name in a row, and of a remark
LONGEST_CELL = 300


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return a page of bounded length: with the most severe findings, and a word on how many there are."""
    most = min(MOST_ROWS, len(report.findings))
    page = _page(report, most)
    while most and len(page) > MOST_CHARACTERS:
        most //= 2
        page = _page(report, most)
    return page


def _page(report: Report, most: int) -> str:
    shown = most_severe(report.findings, most)
    lines = [*_head(report), *_tables(shown), *(line for found in shown for line in _details(report, found))]
    if most < len(report.findings):
        lines += ["", f"*{most} of {count(len(report.findings), 'finding')} are told here, the most severe.*"]
    return inert("".join(f"{line}\n" for line in lines))


def _head(report: Report) -> Iterator[str]:
    number, told = len(report.findings), by_level(found.finding for found in report.findings)
    yield f"**tslint: {count(number, 'finding')} ({told})**" if told else "**tslint: no findings**"
    counts = report.scope.counts()
    files = [f"{number} {outcome}" for outcome, number in counts.items() if number]
    if files:
        yield f"\nFiles: {', '.join(files)}."
    for sentence in report.scope.remarks():
        yield f"\n{literal(shortened(sentence, LONGEST_CELL))}."


def _tables(findings: Sequence[Located]) -> Iterator[str]:
    for (file, sequence), rows in groupby(
        findings, key=lambda one: (str(one.spot.origin), one.spot.sequence)
    ):
        title = f"**{_cell(sequence)}**, {_cell(file)}" if sequence else f"**{_cell(file)}**"
        yield from ("", title, "", "| level | step | finding | rule |", "|---|---|---|---|")
        for found in rows:
            finding = found.finding
            rule = literal(f"{finding.rule} {finding.name}")
            yield f"| {finding.level} | {_step(found)} | {_cell(finding.message)} | {rule} |"


def _step(found: Located) -> str:
    """Return the number in smsts.log and the path of the step, or the line where there is no step."""
    spot = found.spot
    if not spot.step:
        return f"line {spot.line}"
    return _cell(spot.step) if spot.number is None else f"{spot.number}: {_cell(spot.step)}"


def _cell(text: str) -> str:
    return literal(shortened(text, LONGEST_CELL))


def _details(report: Report, found: Located) -> Iterator[str]:
    finding, spot = found.finding, found.spot
    where = spot.step or f"line {spot.line}"
    title = f"{finding.level} {finding.rule}: {shortened(where, LONGEST_CELL)}"
    yield f"\n<details><summary>{in_html(title)}</summary>\n"
    yield f"{literal(shortened(finding.message, 2 * LONGEST_CELL))}"
    told = tuple(explanation(found))
    if told:
        yield "\nHow it comes about:\n"
        yield from (f"- {literal(line)}" for line in told)
    besides = tuple(see_also(found))
    if besides:
        yield "\nSee also:\n"
        yield from (f"- {literal(line)}" for line in besides)
    click, _, cmdlet = report.advice(found).lines.partition("\n")
    if click:
        yield f"\nMend: {literal(click)}"
    if cmdlet:
        yield "\n" + "\n".join(fenced(cmdlet, "powershell"))
    yield "\n</details>"
