"""The benchmark of secrets: its goals are met, and its texts are many and cite what they come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
texts = pytest.importorskip("benchmarks.secrets.texts", reason="a source distribution has no benchmarks")

from benchmarks.secrets.__main__ import reported  # noqa: E402
from benchmarks.secrets.shown import leaks  # noqa: E402

WAYS, HARMLESS = texts.ways(), texts.harmless()


def test_there_are_many_texts_and_each_is_there_once():
    assert len({text.written for text in WAYS}) == len(WAYS) >= 220
    assert len({text.written for text in HARMLESS}) == len(HARMLESS) >= 120


def test_nine_of_ten_ways_to_write_a_secret_are_reported():
    missed = [text.written for text in WAYS if not reported(text)]
    assert len(missed) <= len(WAYS) // 10, missed


def test_three_of_a_hundred_harmless_texts_are_reported_at_most():
    accused = [text.written for text in HARMLESS if reported(text)]
    assert len(accused) <= len(HARMLESS) * 3 // 100, accused


def test_no_format_shows_a_secret(tmp_path):
    assert [(text.written, form) for text, form in leaks(WAYS[::40], tmp_path)] == []


@pytest.mark.slow
@pytest.mark.seconds(300)
def test_the_page_that_shows_every_setting_and_script_shows_no_secret(tmp_path):
    assert [text.written for text, _ in leaks(WAYS, tmp_path, ("html",))] == []


def test_a_shown_secret_would_be_seen(tmp_path):
    plain = WAYS[0]._replace(secrets=("Set Task Sequence Variable",))
    assert leaks([plain], tmp_path) != []
