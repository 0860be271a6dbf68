import re

from tests.report.samples import CAPTURE, document, finding, full_report, report
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place
from tslint.report.formats import concise
from tslint.report.terminal import Screen


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.concise.txt", concise.render(full_report()))


def test_each_finding_is_one_line_whatever_it_holds():
    source = document(file="a\n::error::b.xml")
    place = Place(source, CAPTURE, "a\r\n::add-mask::b")
    shown = concise.render(report(finding(source, place=place, message="x\n::stop-commands::x.")))
    assert shown.count("\n") == 1
    assert shown.startswith(r"a\n::error::b.xml:10:5: error: ")


def test_colour_adds_nothing_but_colour():
    plain = concise.render(full_report())
    painted = concise.render(full_report(), Screen(80, colour=True))
    assert painted != plain
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain
