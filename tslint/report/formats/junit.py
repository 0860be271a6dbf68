"""Findings as a JUnit report, which GitLab, Azure Pipelines and Jenkins show as failed tests.

No standard, but a custom: https://github.com/testmoapp/junitxml describes what its readers agree on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tslint.lint.finding import reaches
from tslint.report.escape import escape
from tslint.report.failed import FAILED
from tslint.report.missing import said
from tslint.report.told import about, explanation, see_also

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from tslint.report.located import Located
    from tslint.report.report import Report
    from tslint.report.scope import RunScope
    from tslint.report.terminal import Screen

# What a reader counts: the elements in a test case that say that it did not pass.
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return one suite a file and one case a finding. Pure ASCII: no code page can spoil it.

    A finding that makes the run fail is a failed case, what tslint failed on an error. Skipped are findings
    that do not make it fail, suppressed ones, and rules that did not decide. The first suite tells what the
    run took in; where there is no other, it has a case that passes: readers take no cases at all for a fault.
    """
    suites: dict[str, list[_Element]] = {}
    for file, case in _cases(report):
        suites.setdefault(file, []).append(case)
    root = etree.Element("testsuites", name="tslint")
    root.append(_run(report.scope, passed=not suites))
    for file, cases in sorted(suites.items()):
        suite = etree.SubElement(root, "testsuite", name=escape(file))
        suite.extend(cases)
        _count(suite)
    _count(root)
    text = etree.tostring(root, encoding="us-ascii", pretty_print=True).decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _run(scope: RunScope, *, passed: bool) -> _Element:
    """Return the suite of the run as a whole: its properties, and the list of files if it is asked for."""
    suite = etree.Element("testsuite", name="tslint")
    properties = etree.SubElement(suite, "properties")
    told = {f"files {outcome}": str(number) for outcome, number in scope.counts().items()}
    if scope.changes:
        told[f"configuration {scope.configuration}"] = ", ".join(scope.changes)
    if scope.missing:
        told["task sequences not at hand"] = "; ".join(said(scope.missing))
    for name, value in told.items():
        etree.SubElement(properties, "property", name=escape(name), value=escape(value))
    if passed:
        suite.append(_case("tslint", "no findings"))
    if scope.listed:
        etree.SubElement(suite, "system-out").text = scope.lines()
    _count(suite)
    return suite


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
    outcome, message = "failure", finding.message
    if finding.rule == FAILED:
        outcome = "error"
    elif finding.suppressed:
        outcome, message = "skipped", f"Suppressed: {finding.suppressed.reason or 'no reason'}"
    elif not reaches(finding.level, report.fail_on):
        outcome = "skipped"
    case = _case(str(spot.origin), name, outcome, {"message": escape(message), "type": finding.level})
    case.set("file", escape(spot.origin.file))
    if not spot.origin.member:
        case.set("line", str(spot.line))
    case[0].text = "\n".join(map(escape, _lines(report, found)))
    return case


def _lines(report: Report, found: Located) -> Iterator[str]:
    finding, spot = found.finding, found.spot
    yield f"{spot.origin}:{spot.line}:{spot.column}: {finding.level}: {finding.message}"
    yield from about(spot)
    yield from explanation(found)
    yield from (f"see also: {line}" for line in see_also(found))
    yield from (line for line in report.advice(found).lines.split("\n") if line)


def _case(file: str, name: str, outcome: str = "", told: Mapping[str, str] | None = None) -> _Element:
    """Return a test case; without an outcome it passes."""
    case = etree.Element("testcase", classname=escape(file), name=escape(name))
    if outcome:
        etree.SubElement(case, outcome, dict(told or {}))
    return case


def _count(suite: _Element) -> None:
    suite.set("tests", str(sum(1 for _ in suite.iter("testcase"))))
    for key, tag in _COUNTED.items():
        suite.set(key, str(sum(1 for _ in suite.iter(tag))))
