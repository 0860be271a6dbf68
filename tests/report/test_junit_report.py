import io

import junitparser
import pytest
from lxml import etree

from tests.report.samples import CAPTURE, document, finding, full_report, report
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place, Point, Suppressed
from tslint.lint.result import Crash, Undecided
from tslint.report.formats import junit
from tslint.source.document import Origin


def read(shown):
    """What a reader of JUnit reports makes of it."""
    return junitparser.JUnitXml.fromfile(io.BytesIO(junit.render(shown).encode()))


def outcomes(suite):
    return [(case.name, [type(result).__name__ for result in case.result]) for case in suite]


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.junit.xml", junit.render(full_report()))


def test_a_reader_finds_a_suite_a_file_and_a_failed_case_a_finding():
    run, *suites = read(full_report())
    assert (run.name, run.tests) == ("tslint", 0)
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
        undecided=(Undecided("TS206", "b.xml", Point(Origin("b.xml"), 1, 1, "")),),
    )
    _, first, second = read(shown)
    assert [result for _, result in outcomes(first)] == [["Error"], ["Failure"]]
    assert outcomes(second) == [("TS206", ["Skipped"])]
    assert "KeyError at forms.py:1" in junit.render(shown)


def test_a_suppressed_finding_is_skipped_with_its_reason():
    accepted = finding(document(file="a.xml"), suppressed=Suppressed("external", "known & fine"))
    quiet = report(accepted)
    _, suite = read(quiet._replace(findings=(), suppressed=quiet.findings))
    assert [result for _, result in outcomes(suite)] == [["Skipped"]]
    assert next(iter(suite)).result[0].message == "Suppressed: known & fine"
    assert (suite.tests, suite.failures, suite.skipped) == (1, 0, 1)


@pytest.mark.parametrize(
    ("fail_on", "failed"),
    [
        ("note", "error note warning"),
        ("warning", "error warning"),
        ("error", "error"),
        ("never", ""),
    ],
)
def test_what_does_not_fail_the_run_is_skipped_and_can_be_read(fail_on, failed):
    levels = ("error", "warning", "note")
    source = document(file="a.xml")
    found = (finding(source, level=level, message=f"This is of level {level}.") for level in levels)
    _, suite = read(report(*found)._replace(fail_on=fail_on))
    results = [result for case in suite for result in case.result]
    assert sorted(one.type for one in results if isinstance(one, junitparser.Failure)) == failed.split()
    assert (suite.tests, suite.failures) == (3, 3 - suite.skipped)
    for one in results:
        assert one.message == f"This is of level {one.type}."
        assert one.text.startswith(f"a.xml:4:59: {one.type}: {one.message}")


def test_the_first_suite_tells_what_the_run_took_in():
    first = next(iter(read(full_report())))
    assert {one.name: one.value for one in first.properties()} == {
        "files linted": "2",
        "files unreadable": "1",
        "files passed over": "1",
        "files excluded": "1",
        "files undecided": "0",
        "files failed": "0",
        "files context": "0",
        "configuration .tslint.yaml": "2 rules left out, 1 file excluded",
    }
    (listed,) = etree.fromstring(junit.render(full_report()).encode()).xpath("testsuite/system-out")
    assert "\npassed over  pom.xml (No task sequence in this file: its root is <project>)\n" in listed.text


def test_the_report_is_well_formed_whatever_the_input_holds():
    odd = "a\x00\x07\x1b[31m\r\n\ufffe\uffff\udc80\U0001f600 ]]> <b> & \" ' \u202e"
    source = document(file=f"{odd}.xml", member=f"{odd}/object.xml")
    found = finding(source, place=Place(source, CAPTURE, odd), message=f"'{odd}' is odd.")
    text = junit.render(
        report(
            found,
            crashes=(Crash("TS101", Origin(odd), odd),),
            undecided=(Undecided("TS101", odd, Point(Origin(odd), 1, 1, "")),),
        )
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
