from tests.report.samples import document, finding, report, unreadable, with_story
from tslint.report.statistics import statistics


def test_rules_are_counted_by_level_and_number():
    source = document()
    findings = (
        *(finding(source, message=str(number)) for number in range(10)),
        with_story(source),
        unreadable(),
    )
    assert statistics(report(*findings).findings) == (
        "10  error    TS101  request-state-store-without-release\n"
        " 1  error    TS001  not-well-formed\n"
        " 1  warning  TS102  release-guard-narrower-than-request\n"
    )


def test_nothing_found_is_nothing_to_count():
    assert statistics(()) == ""
