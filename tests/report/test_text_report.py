import re

import pytest

from tests.report.samples import (
    CAPTURE,
    REFRESH,
    document,
    finding,
    full_report,
    report,
    unreadable,
    with_story,
)
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place
from tslint.report.escape import columns
from tslint.report.formats import text
from tslint.report.terminal import NARROWEST, Screen


def test_blocks_look_as_they_were_found_right():
    assert_snapshot("findings.txt", text.render(full_report()))


def test_blocks_in_colour_look_as_they_were_found_right():
    assert_snapshot("findings.colour.txt", text.render(full_report(), Screen(colour=True)))


def test_colour_changes_nothing_but_colour():
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text.render(full_report(), Screen(colour=True)))
    assert plain == text.render(full_report())


@pytest.mark.parametrize("width", [40, 50, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal_but_for_what_cannot_be_broken(width):
    unbroken = ("New-CMTSStep", "SMS_TaskSequencePackage", "[TS1")
    for line in text.render(full_report(), Screen(width)).splitlines():
        assert columns(line) <= width or any(word in line for word in unbroken)


def test_a_terminal_of_no_width_still_gets_a_report():
    assert text.render(full_report(), Screen(0)) == text.render(full_report(), Screen(NARROWEST))


def test_nothing_is_said_about_a_step_number_that_is_not_known():
    source = document()
    shown = text.render(report(finding(source, place=Place(source, CAPTURE, "Capture/Capture User State"))))
    assert "  at Capture/Capture User State\n" in shown


def test_a_file_without_text_has_no_excerpt():
    assert "|" not in text.render(report(unreadable(line=9, column=1)))


def test_control_and_bidirectional_characters_of_the_input_are_shown_escaped():
    source = document(REFRESH.replace('name="Capture User State"', 'name="a\u202eb\x9bc"'))
    place = Place(source, CAPTURE, "Capture/a\u202eb\x9bc", "name")
    shown = text.render(report(finding(source, place=place, message="'a\u202eb\x1b[31m' is odd.")))
    assert "\u202e" not in shown
    assert "\x9b" not in shown
    assert "\x1b" not in shown
    assert r"at Capture/a\u202eb\x9bc" in shown
    assert r"'a\u202eb\x1b[31m' is odd." in shown
    assert r'name="a\u202eb\x9bc"' in shown


def test_a_name_cannot_become_a_workflow_command():
    source = document(file="::add-mask::x.xml")
    place = Place(source, CAPTURE, ":: ##[group]")
    shown = text.render(
        report(finding(source, place=place, message=f"{'x' * 70} ::stop-commands::x ##[error]x"))
    )
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    assert "##[" not in shown


def test_the_path_is_told_in_order_with_its_conditions_first():
    shown = text.render(report(with_story(document())))
    words = [
        "happens when",
        "DoRelease",
        "Then:",
        "runs   Request",
        "runs   Capture",
        "skips  Release",
        "ends with",
    ]
    assert sorted(words, key=shown.index) == words
