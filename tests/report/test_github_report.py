from tests.report.samples import CAPTURE, document, finding, full_report, report
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place
from tslint.report.formats import github


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.github.txt", github.render(full_report()))


def test_each_finding_is_one_line_whatever_it_holds():
    source = document(file="a\n::error::b,c:d%.xml")
    place = Place(source, CAPTURE, "a\r\n::add-mask::b")
    shown = github.render(report(finding(source, place=place, message="100%\n::stop-commands::x.")))
    assert shown.count("\n") == 1
    assert "\r" not in shown
    assert shown.startswith(r"::error file=a\n%3A%3Aerror%3A%3Ab%2Cc%3Ad%25.xml,line=10,")
    assert r"::100%25\n::stop-commands::x.%0AStep: a\r\n::add-mask::b%0A" in shown


def test_levels_have_the_names_of_the_commands():
    source = document()
    shown = github.render(
        report(*(finding(source, message=level, level=level) for level in ("note", "warning")))
    )
    assert [line.split()[0] for line in shown.splitlines()] == ["::notice", "::warning"]


def test_a_place_over_several_lines_has_no_columns():
    source = document('<sequence><group name="a\nb"/></sequence>')
    shown = github.render(report(finding(source, place=Place(source, 1, "", "name"))))
    assert "line=1,endLine=2,title=" in shown


def test_a_member_of_a_zip_is_shown_at_the_zip():
    shown = github.render(report(finding(document(file="a.zip", member="b.xml"))))
    assert "file=a.zip,title=" in shown
    assert "%0AIn 'b.xml', line 4, column 59.%0A" in shown
