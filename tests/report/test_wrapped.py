import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tslint.report.wrapped import wrapped


@given(st.text("ab  -.", max_size=60), st.integers(5, 30))
def test_lines_are_those_of_textwrap(text, width):
    usual = textwrap.wrap(
        text.strip(),
        width,
        initial_indent="> ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert list(wrapped(text, width, "> ", "  ")) == usual


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("漢字 漢字 漢字", ["漢字 漢字", "漢字"]),
        ("e\u0301a e\u0301a e\u0301a e\u0301a", ["e\u0301a e\u0301a e\u0301a", "e\u0301a"]),
        ("   ", []),
    ],
)
def test_columns_count_not_characters(text, lines):
    assert list(wrapped(text, 9, "", "")) == lines
