"""What is true of every report, whatever the file: shared by the fuzz targets and the tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml import etree

from tslint.lint.finding import Place
from tslint.lint.run import lint
from tslint.report.located import located
from tslint.report.mask import Mask
from tslint.report.render import FORMATS, render
from tslint.report.report import Report
from tslint.report.terminal import Screen
from tslint.rules.builtin import builtin_pages, builtin_rules, builtin_tables
from tslint.source.lines import line_starts, position
from tslint.suppress.apply import apply

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tslint.lint.result import Result
    from tslint.report.located import Located, Spot
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule

RULES = builtin_rules()
TABLES = builtin_tables()
PAGES = builtin_pages()


def lint_bytes(data: bytes) -> Result:
    """Lint one file's bytes with every rule, and check all that is told of it."""
    result = lint(["-"], RULES, TABLES, stdin_name="fuzzed.xml", read_stdin=lambda: data)
    check_result(result)
    return result


def check_result(result: Result, rules: Sequence[Rule] = RULES, pages: Mapping[str, Page] = PAGES) -> None:
    """No rule crashed, no finding is lost, every place lies in its file, and every format renders."""
    assert not result.crashes, result.crashes
    by_id = {rule.id: rule for rule in rules}
    applied = apply(result, rules, by_id, None, whole=True)
    assert len(applied.counted) + len(applied.suppressed) >= len(result.findings)
    mask = Mask(result.secrets)
    counted, suppressed = located(applied.counted, mask), located(applied.suppressed, mask)
    for one in (*counted, *suppressed):
        _check_places(one)
    # SARIF describes every rule that ran; those that found something are enough here, and ten times as fast.
    told = {one.finding.rule: by_id[one.finding.rule] for one in (*counted, *suppressed)}
    _check_formats(Report(counted, told, pages.__getitem__, result.crashes, result.undecided, suppressed))


def _check_places(one: Located) -> None:
    check_spot(one.spot, exact=isinstance(one.finding.place, Place))
    others = [spot for _, spot in one.path if spot is not None] + [spot for _, spot in one.related]
    for spot in others:
        check_spot(spot)


def check_spot(spot: Spot, *, exact: bool = True) -> None:
    """The place lies in its text; where it is ``exact``, offsets agree with lines and columns."""
    assert 0 <= spot.start <= spot.end <= len(spot.text), spot
    assert spot.line >= 1, spot
    assert spot.column >= 1, spot
    starts = line_starts(spot.text)
    if exact:
        assert spot.start < spot.end, spot
        assert position(starts, spot.start) == (spot.line, spot.column), spot
        assert position(starts, spot.end) == (spot.end_line, spot.end_column), spot
    elif spot.text:
        assert spot.line <= len(starts), spot


def _check_formats(report: Report) -> None:
    told = len(report.findings)
    texts = {name: render(name, report._replace(fail_on="note")) for name in FORMATS}
    assert len(json.loads(texts["json"])["findings"]) == told + len(report.suppressed)
    assert len(json.loads(texts["gitlab"])) == told
    (run,) = json.loads(texts["sarif"])["runs"]
    assert len(run["results"]) == told + len(report.suppressed)
    assert texts["github"].count("\n") == told
    cases = etree.fromstring(texts["junit"].encode())
    assert len(cases.findall(".//failure")) == told
    assert bool(texts["text"]) == bool(told)
    render("text", report, Screen(40, colour=True))
