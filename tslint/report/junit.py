"""Findings as a JUnit report, which GitLab, Azure Pipelines and Jenkins show as failed tests.

No standard, but a custom: https://github.com/testmoapp/junitxml describes what its readers agree on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tslint.report.failed import FAILED
from tslint.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from tslint.report.located import Located
    from tslint.report.report import Report

# What a reader counts: the elements in a test case that say that it did not pass.
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def render(report: Report) -> str:
    """Return one suite a file and one failed case a finding. Pure ASCII: no code page can spoil it.

    What tslint failed on is an error; a rule that did not decide is skipped, as is a suppressed finding.
    A run without any of these has one case that passes: readers take a report without cases for a fault.
    """
    suites: dict[str, list[_Element]] = {}
    for file, case in _cases(report):
        suites.setdefault(file, []).append(case)
    root = etree.Element("testsuites", name="tslint")
    for file, cases in sorted(suites.items()):
        suite = etree.SubElement(root, "testsuite", name=visible(file))
        suite.extend(cases)
        _count(suite)
    if not suites:
        suite = etree.SubElement(root, "testsuite", name="tslint")
        suite.append(_case("tslint", "no findings"))
        _count(suite)
    _count(root)
    text = etree.tostring(root, encoding="us-ascii", pretty_print=True).decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _cases(report: Report) -> Iterator[tuple[str, _Element]]:
    """Yield each case and the file whose suite it belongs to."""
    for found in report.everything():
        yield str(found.spot.origin), _found(report, found)
    for open_end in report.undecided:
        told = {"message": "The rule met the bound on its effort and said nothing."}
        yield open_end.file, _case(open_end.file, open_end.rule, "skipped", told)


def _found(report: Report, found: Located) -> _Element:
    finding, spot = found.finding, found.spot
    name = f"{finding.rule} {finding.name}" + (f" at {spot.step}" if spot.step else "")
    outcome = "error" if finding.rule == FAILED else "failure"
    told = {"message": visible(finding.message), "type": finding.level}
    if finding.suppressed:
        reason = finding.suppressed.reason or "no reason"
        outcome, told = "skipped", {"message": visible(f"Suppressed: {reason}")}
    case = _case(str(spot.origin), name, outcome, told)
    case.set("file", visible(spot.origin.file))
    if not spot.origin.member:
        case.set("line", str(spot.line))
    lines = [f"{spot.origin}:{spot.line}:{spot.column}: {finding.level}: {finding.message}"]
    lines += [line for line in report.remedy(finding.rule).split("\n") if line]
    case[0].text = "\n".join(map(visible, lines))
    return case


def _case(file: str, name: str, outcome: str = "", told: Mapping[str, str] | None = None) -> _Element:
    """Return a test case; without an outcome it passes."""
    case = etree.Element("testcase", classname=visible(file), name=visible(name))
    if outcome:
        etree.SubElement(case, outcome, dict(told or {}))
    return case


def _count(suite: _Element) -> None:
    suite.set("tests", str(sum(1 for _ in suite.iter("testcase"))))
    for key, tag in _COUNTED.items():
        suite.set(key, str(sum(1 for _ in suite.iter(tag))))
