from tests.report.samples import CAPTURE, RELEASE, REQUEST, document, finding, report, unreadable
from tslint.lint.finding import Place


def test_findings_come_in_order_of_file_line_column_and_rule():
    a, b = document(file="a.xml"), document(file="b.xml")
    mixed = report(
        finding(b, RELEASE),
        finding(b, REQUEST, "type"),
        finding(b, REQUEST),
        finding(a, CAPTURE, rule="TS102"),
        finding(a, CAPTURE, rule="TS101"),
        finding(b, RELEASE, "type"),
    )
    order = [(str(f.spot.origin), f.spot.line, f.spot.column, f.finding.rule) for f in mixed.findings]
    assert order == sorted(order)
    assert len(order) == 6


def test_lines_are_ordered_as_numbers():
    lines = [found.spot.line for found in report(*(unreadable(line) for line in (10, 9, 2))).findings]
    assert lines == [2, 9, 10]


def test_equal_findings_are_told_once():
    again = document()
    assert len(report(finding(document()), finding(again)).findings) == 1


def test_two_messages_of_a_rule_at_one_place_are_both_told():
    source = document()
    assert len(report(finding(source), finding(source, message="Another.")).findings) == 2


def test_regions_have_four_corners_with_an_exclusive_end():
    spot = report(finding(document())).findings[0].spot
    assert (spot.line, spot.column, spot.end_line, spot.end_column) == (4, 59, 4, 85)
    assert spot.text[spot.start : spot.end] == 'name="Request State Store"'


def test_a_point_beyond_the_end_of_the_text_is_kept():
    spot = report(unreadable(line=7, column=5)).findings[0].spot
    assert (spot.line, spot.column, spot.end_line, spot.end_column) == (7, 5, 7, 6)
    assert spot.text[spot.start : spot.end] == ""


def test_columns_count_code_points():
    source = document('<sequence><group description="\U0001f600" name="One"/></sequence>')
    spot = report(finding(source, place=Place(source, 1, "", "name"))).findings[0].spot
    assert spot.column == 34
