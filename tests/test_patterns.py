"""Regular expressions of the source that some version of Python gets wrong."""

import re
from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).parents[1] / "tslint").rglob("*.py"))
# behind a bracket, or behind a pattern that an f-string puts in
POSSESSIVE_GROUP = re.compile(r"(?:(?<!\\)\)|\{[A-Za-z_]\w*\})(?:[*+?]|\{\d+(?:,\d*)?\})\+")


def test_the_look_out_sees_a_possessive_quantifier_on_a_group():
    wrong = ("(ab)*+", "(ab)++", "(ab)?+", "(ab){2,3}+", r"(a\))*+", "{_WORD}*+")
    assert all(POSSESSIVE_GROUP.search(text) for text in wrong)
    assert not any(
        POSSESSIVE_GROUP.search(text) for text in ("(ab)*", "[ab]*+", "a++", r"\)++", "(ab)+", "a{2}+")
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(path.parents[1]).as_posix())
def test_no_group_has_a_possessive_quantifier(path):
    """Python before 3.11.5 takes back what such a group has matched (bpo-106052)."""
    found = [line for line in path.read_text("utf-8").splitlines() if POSSESSIVE_GROUP.search(line)]
    assert found == []
