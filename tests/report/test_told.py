"""Every format says which step of which task sequence, and how it comes about."""

import json
import re

import pytest
from lxml import etree

from tests.report.samples import CONDITION, NAME, document, finding, report, with_story
from tslint.lint.finding import Note, Place
from tslint.report.formats import azure, concise, github, gitlab, junit, markdown, sarif, text
from tslint.report.formats import json as json_report
from tslint.report.told import LONGEST_LINE, MOST_LINES

FORMATS = {
    one.__name__.rpartition(".")[2]: one.render
    for one in (azure, concise, github, gitlab, json_report, junit, markdown, sarif, text)
}


def words_of(form, shown):
    """All that a format says, its own escapes undone."""
    if form in {"gitlab", "json", "sarif"}:
        return json.dumps(json.loads(FORMATS[form](shown)), ensure_ascii=False)
    if form == "junit":
        return "".join(etree.fromstring(FORMATS[form](shown).encode()).itertext())
    if form == "markdown":
        return re.sub(r"\\(?=[^\w\s])", "", FORMATS[form](shown))
    return FORMATS[form](shown).replace("%0A", "\n").replace("%25", "%").replace("%AZP25", "%")


# says where and what, in a line
SHORT = {"concise"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_names_the_sequence_the_step_and_its_number(form):
    told = words_of(form, report(with_story(document())))
    assert NAME in told
    assert "Capture/Release State Store" in told
    number = {"json": '"stepNumber": 3', "markdown": "| 3: Capture"}.get(form, "step 3 in smsts.log")
    assert number in told


@pytest.mark.parametrize("form", sorted({*FORMATS} - SHORT))
def test_every_format_tells_how_it_comes_about(form):
    told = words_of(form, report(with_story(document())))
    assert told.index("DoRelease is not True") < told.index("ends with the state store open")
    assert "Capture User State" in told


@pytest.mark.parametrize("form", ["azure", "concise", "github", "gitlab", "junit", "markdown"])
def test_a_story_of_any_length_is_told_in_bounds(form):
    source = document()
    place = Place(source, CONDITION, "Capture")
    path = tuple(Note("condition", f"{number} {'x' * 10_000}", place) for number in range(10_000))
    told = words_of(form, report(finding(source, path=path)))
    assert len(told) < 2_000 + MOST_LINES * (LONGEST_LINE + 40)
    if form in SHORT:
        return
    most = gitlab.MOST_TOLD if form == "gitlab" else MOST_LINES
    assert f"{most - 1} x" in told
    assert f"{most} x" not in told
    assert f"and {10_000 - most} more" in told


@pytest.mark.parametrize("form", FORMATS)
def test_where_the_sequence_has_no_name_none_is_told(form):
    source = document()
    told = words_of(form, report(finding(source, place=Place(source, 2, "Capture/Request", "name", 1))))
    assert "Task sequence:" not in told
    assert ", of '" not in told
    assert ('"sequence": null' in told) == (form == "json")
