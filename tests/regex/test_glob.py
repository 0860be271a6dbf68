"""Globs over paths."""

import pytest

from tslint.regex.glob import compiled


@pytest.mark.parametrize(
    ("glob", "path", "fits"),
    [
        ("a.xml", "a.xml", True),
        ("a.xml", "b/a.xml", False),
        ("a.xml", "axxml", False),
        ("**/a.xml", "a.xml", True),
        ("**/a.xml", "b/c/a.xml", True),
        ("**/a.xml", "b/ca.xml", False),
        ("b/**", "b/c/a.xml", True),
        ("b/**/a.xml", "b/a.xml", True),
        ("b**", "b/c", True),
        ("*.xml", "a.xml", True),
        ("*.xml", "b/a.xml", False),
        ("?.xml", "a.xml", True),
        ("?.xml", "ab.xml", False),
        ("a?b", "a/b", False),
        ("b", "b/c/a.xml", True),
        ("./b/", "b/a.xml", True),
        ("b", "bc/a.xml", False),
        ("a.zip", "a.zip!/x/object.xml", True),
        ("a.zip!/x/*", "a.zip!/x/object.xml", True),
        ("[a]", "a", False),
        ("(a|b)+", "(a|b)+", True),
        ("A", "a", False),
    ],
)
def test_a_glob_fits_the_whole_path_or_a_folder_above(glob, path, fits):
    assert compiled(glob, ignore_case=False)(path) is fits


def test_case_can_be_ignored():
    assert compiled("state/Löwe*", ignore_case=True)("STATE/LÖWE 1\nline/x")


def test_a_glob_of_a_broken_character_fits_that_character():
    fits = compiled("a\ud800*", ignore_case=True)
    assert fits("A\ud800b")
    assert not fits("ab")


def test_no_glob_takes_what_it_has_tried_back():
    fits = compiled("*a" * 400, ignore_case=False)
    assert not fits("a" * 100_000 + "b")
    assert fits("a" * 100_000)
