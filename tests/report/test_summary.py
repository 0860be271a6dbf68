import pytest

from tests.report.samples import CAPTURE, document, finding, unreadable
from tslint.lint.result import Crash, Result
from tslint.report.summary import summary
from tslint.source.document import Origin
from tslint.source.looked import Looked


def looked(**outcomes):
    """So many files of each outcome."""
    return tuple(
        Looked(f"{number}.xml", outcome.replace("_", " "))
        for outcome, numbers in outcomes.items()
        for number in range(numbers)
    )


@pytest.mark.parametrize(
    ("result", "hidden", "text"),
    [
        (Result((), 1), 0, "No findings in 1 task sequence\n"),
        (Result((), 2, looked(passed_over=3)), 0, "No findings in 2 task sequences; 3 files passed over\n"),
        (Result((), 2, looked(excluded=1)), 0, "No findings in 2 task sequences; 1 file excluded\n"),
        (Result((unreadable(),), 0), 0, "1 finding (1 error); 1 file could not be read\n"),
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
    assert summary(Result(findings, 12, looked(passed_over=4, excluded=2)), 1) == (
        "4 findings (3 errors, 1 warning) in 2 of 12 task sequences; 1 file could not be read; "
        "4 files passed over; 2 files excluded; 1 not shown\n"
    )


def test_crashed_rules_are_told_without_odd_characters():
    crashes = (
        Crash("TS101", Origin("a\x1b.xml"), "KeyError at forms.py:3"),
        Crash("", Origin("b.xml"), "it ended"),
    )
    text = summary(Result((), 1, (), crashes), 0)
    assert text.splitlines() == [
        r"tslint: rule TS101 failed on a\x1b.xml, a fault of tslint: KeyError at forms.py:3",
        "tslint: linting failed on b.xml, a fault of tslint: it ended",
        "No findings in 1 task sequence; 2 faults of tslint",
    ]
