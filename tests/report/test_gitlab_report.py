import json

import pytest

from tests.report.samples import CAPTURE, document, finding, full_report, report, with_story
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place
from tslint.report.formats import gitlab


def issues(*findings):
    return json.loads(gitlab.render(report(*findings)))


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.gitlab.json", gitlab.render(full_report()))


def test_each_issue_has_what_gitlab_asks_for():
    found = json.loads(gitlab.render(full_report()))
    for issue in found:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert issue["location"]["lines"]["begin"] >= 1


def test_no_finding_is_an_empty_list():
    assert gitlab.render(report()) == "[]\n"


@pytest.mark.parametrize(
    ("level", "severity"), [("error", "critical"), ("warning", "major"), ("note", "minor")]
)
def test_levels_become_severities(level, severity):
    (issue,) = issues(finding(document(), level=level))
    assert issue["severity"] == severity


def test_the_fingerprint_is_that_of_the_finding():
    source = document()
    found = with_story(source)
    assert [issue["fingerprint"] for issue in issues(found)] == [found.fingerprint]


def test_a_member_of_a_zip_stands_at_the_zips_first_line_and_is_named():
    (issue,) = issues(finding(document(file="a.zip", member="b.xml")))
    assert issue["location"] == {"path": "a.zip", "lines": {"begin": 1}}
    assert issue["description"].endswith(", in 'b.xml', line 4, column 59.)")


def test_nothing_of_the_input_makes_the_report_unreadable():
    source = document(file="\udc80 ü.xml")
    text = gitlab.render(
        report(finding(source, place=Place(source, CAPTURE, ""), message="'\x00\udc80\u202e'."))
    )
    assert text.isascii()
    (issue,) = json.loads(text)
    assert issue["location"]["path"] == "? ü.xml"
    assert issue["description"] == r"'\x00\udc80\u202e'."
