import pytest

from tests.report.samples import CAPTURE, document, finding, unreadable
from tslint.lint.result import Crash, Result, Undecided
from tslint.report.summary import summary


@pytest.mark.parametrize(
    ("result", "hidden", "text"),
    [
        (Result((), 1, 1, 0), 0, "No findings in 1 task sequence\n"),
        (Result((), 5, 2, 3), 0, "No findings in 2 task sequences; 3 files passed over\n"),
        (Result((unreadable(),), 1, 0, 0), 0, "1 finding (1 error); 1 file could not be read\n"),
    ],
)
def test_a_run_is_counted_in_one_line(result, hidden, text):
    assert summary(result, hidden) == text


def test_findings_are_counted_by_level_and_by_task_sequence():
    first, second = document(), document(file="b.xml")
    findings = (
        finding(first),
        finding(first, CAPTURE, level="warning"),
        finding(second, level="error"),
        unreadable(),
    )
    assert summary(Result(findings, 17, 12, 4), 1) == (
        "4 findings (3 errors, 1 warning) in 2 of 12 task sequences; 1 file could not be read; "
        "4 files passed over; 1 not shown\n"
    )


def test_crashed_and_undecided_rules_are_told_without_odd_characters():
    crashes = (Crash("TS101", "a\x1b.xml", "KeyError at line 3 of find()"),)
    text = summary(Result((), 1, 1, 0, crashes, (Undecided("TS102", "b.xml"),)), 0)
    assert text.splitlines()[:2] == [
        r"tslint: rule TS101 failed on a\x1b.xml, a fault of tslint: KeyError at line 3 of find()",
        "tslint: rule TS102 met the bound on its effort on b.xml and said nothing",
    ]
