import io

import junitparser
from lxml import etree

from tests.report.samples import CAPTURE, document, finding, full_report, report
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place, Suppressed
from tslint.lint.result import Crash, Undecided
from tslint.report import junit
from tslint.source.document import Origin


def read(shown):
    """What a reader of JUnit reports makes of it."""
    return junitparser.JUnitXml.fromfile(io.BytesIO(junit.render(shown).encode()))


def outcomes(suite):
    return [(case.name, [type(result).__name__ for result in case.result]) for case in suite]


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.junit.xml", junit.render(full_report()))


def test_a_reader_finds_a_suite_a_file_and_a_failed_case_a_finding():
    suites = list(read(full_report()))
    assert [suite.name for suite in suites] == [
        "broken.xml",
        "out/my export.zip!/SMS_TaskSequencePackage/PS100001/object.xml",
        "refresh.xml",
    ]
    assert [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites] == [
        (1, 1, 0, 0),
        (1, 1, 0, 0),
        (2, 2, 0, 0),
    ]
    (failure,) = next(iter(suites[0])).result
    assert (failure.type, failure.message) == ("error", "The XML ends inside <group>.")
    assert failure.text.startswith("broken.xml:3:1: error: The XML ends inside <group>.\n")


def test_the_counts_of_all_suites_are_those_of_the_report():
    root = etree.fromstring(junit.render(full_report()).encode())
    assert dict(root.attrib) == {
        "name": "tslint",
        "tests": "4",
        "failures": "4",
        "errors": "0",
        "skipped": "0",
    }


def test_a_clean_run_is_one_case_that_passes():
    (suite,) = read(report())
    assert outcomes(suite) == [("no findings", [])]
    assert (suite.tests, suite.failures) == (1, 0)


def test_a_crash_is_an_error_and_an_undecided_rule_is_skipped():
    shown = report(
        finding(document(file="a.xml")),
        crashes=(Crash("TS102", Origin("a.xml"), "KeyError at forms.py:1"),),
        undecided=(Undecided("TS206", "b.xml"),),
    )
    first, second = read(shown)
    assert [result for _, result in outcomes(first)] == [["Error"], ["Failure"]]
    assert outcomes(second) == [("TS206", ["Skipped"])]
    assert "KeyError at forms.py:1" in junit.render(shown)


def test_a_suppressed_finding_is_skipped_with_its_reason():
    accepted = finding(document(file="a.xml"), suppressed=Suppressed("external", "known & fine"))
    quiet = report(accepted)
    (suite,) = read(quiet._replace(findings=(), suppressed=quiet.findings))
    assert [result for _, result in outcomes(suite)] == [["Skipped"]]
    assert next(iter(suite)).result[0].message == "Suppressed: known & fine"
    assert (suite.tests, suite.failures, suite.skipped) == (1, 0, 1)


def test_the_report_is_well_formed_whatever_the_input_holds():
    odd = "a\x00\x07\x1b[31m\r\n\ufffe\uffff\udc80\U0001f600 ]]> <b> & \" ' \u202e"
    source = document(file=f"{odd}.xml", member=f"{odd}/object.xml")
    found = finding(source, place=Place(source, CAPTURE, odd), message=f"'{odd}' is odd.")
    text = junit.render(
        report(found, crashes=(Crash("TS101", Origin(odd), odd),), undecided=(Undecided("TS101", odd),))
    )
    assert text.isascii()
    root = etree.fromstring(text.encode())
    assert root.find("testsuite/testcase/failure").get("message") == (
        r"""'a\x00\x07\x1b[31m\r\n\ufffe\uffff\udc80"""
        "\U0001f600 ]]> <b> & \" ' \\u202e' is odd."
    )


def test_a_finding_names_its_file_and_line_but_none_inside_a_zip():
    plain, zipped = finding(document(file="a.xml")), finding(document(file="b.zip", member="c.xml"))
    cases = etree.fromstring(junit.render(report(plain, zipped)).encode()).findall("testsuite/testcase")
    assert [(case.get("file"), case.get("line")) for case in cases] == [("a.xml", "4"), ("b.zip", None)]
