"""The syntax of regular expressions: what is taken, and what is refused in words that help."""

import re
from pathlib import Path

import pytest

from tslint.regex.syntax import MAX_EXPRESSION, MAX_GROUPS, RegexError, parse
from tslint.regex.tree import size


@pytest.mark.parametrize(
    ("regex", "told"),
    [
        ("a(?=b)", "at character 2: it looks ahead or behind, which no search in one pass can do; use two"),
        ("(?!b)", "at character 1: it looks ahead or behind"),
        ("a(?<=b)", "at character 2: it looks ahead or behind"),
        ("(?<!b)a", "at character 1: it looks ahead or behind"),
        (r"(a)\1", "at character 4: it refers back to a group; write out what is meant"),
        (r"\0", "at character 1: it refers back to a group"),
        ("(?P=n)", "at character 1: a group cannot begin so; write (...), (?:...) or (?s:...)"),
        ("(?>a)", "at character 1: a group cannot begin so"),
        ("(?#a)", "at character 1: a group cannot begin so"),
        ("(?x)a", "at character 1: a group cannot begin so"),
        ("a(?i)b", "at character 2: a group cannot begin so"),
        ("a*+", "at character 3: a repetition cannot be possessive; remove the '+'"),
        ("a{2}+", "at character 5: a repetition cannot be possessive"),
        ("a**", "at character 3: this repeats a repetition; put what is repeated in brackets"),
        ("a{2}{3}", "at character 5: this repeats a repetition"),
        ("a*??", "at character 4: this repeats a repetition"),
        ("*a", r"at character 1: there is nothing to repeat; write \* for the character"),
        ("a|+", r"at character 3: there is nothing to repeat; write \+ for"),
        ("({2})", r"at character 2: there is nothing to repeat; write \{ for"),
        ("^*", "at character 2: a place between characters cannot be repeated; remove the repetition"),
        (r"\b?", "at character 3: a place between characters cannot be repeated"),
        ("a{,5}", "at character 2: this is no repetition; write {2}, {2,} or {2,5}"),
        ("a{,}", "at character 2: this is no repetition"),
        ("a{12345}", "at character 2: this is no repetition"),
        ("a{5,2}", "at character 2: this repetition has the larger number first; turn the numbers round"),
        ("a(b", r"at character 2: this '(' is not closed; add ')', or write \( for the character"),
        ("a)b", r"at character 2: this ')' closes no group; write \) for the character"),
        ("a[b", r"at character 2: this '[' is not closed; add ']', or write \[ for the character"),
        ("[]", "at character 1: this '[' is not closed"),
        ("[^]", "at character 1: this '[' is not closed"),
        ("[a-", "at character 1: this '[' is not closed"),
        ("[z-a]", "at character 2: this range has the later character first"),
        (r"[\d-z]", r"at character 4: a class cannot begin a range; write \- for the character"),
        ("[[:alpha:]]", "at character 2: named classes are not known; write [A-Za-z] for [[:alpha:]]"),
        (r"[\b]", r"at character 2: '\b' is not known"),
        (r"[a-\w]", r"at character 4: '\w' is not known"),
        (r"a\Z", r"at character 2: '\Z' is not known; see docs/rule-language.md"),
        (r"\pL", r"at character 1: '\p' is not known"),
        (r"\ö", r"at character 1: '\ö' is not known"),
        ("a\\", r"at character 2: a backslash stands at the end; write \\ for the character"),
        (r"\x4", r"at character 1: this is no character; write \x41, \u20ac or \x{20ac}"),
        (r"\x{110000}", "at character 1: this is no character"),
        (r"\u20", "at character 1: this is no character"),
        (
            "(a{1000}){1000}",
            f"with its repetitions written out it has more than {MAX_EXPRESSION:,} parts; write a",
        ),
        ("a{1000}{1000}", "at character 8: this repeats a repetition"),
    ],
)
def test_what_is_refused_is_told_with_its_place_and_a_way_out(regex, told):
    with pytest.raises(RegexError) as error:
        parse(regex)
    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    "regex",
    [
        *("", "a||b", "()", "(?:)", "(?i)a", "(?s-i)a", "(?m:a)", "(?P<n>a)", "(?<n>a)", "(^)*"),
        *("[]a]", "[^]a]", "[a-]", "[-a]", "[[]", r"[\]\\-]", r"\-\"\_\/\ "),
        *("a{", "a}", "{", "a{x}", "a{}", "a{1", "a*{", "]", "-", "a{0}"),
    ],
)
def test_what_all_engines_read_alike_is_taken(regex):
    parse(regex)


def test_what_the_documentation_names_is_taken():
    page = (Path(__file__).parents[2] / "docs" / "rule-language.md").read_text("utf-8")
    _, table = page.split("| you write | it stands for |\n|---|---|\n")
    rows = [re.split(r"(?<!\\)\|", line)[1] for line in table.split("\n\n")[0].splitlines()]
    written = [regex.replace(r"\|", "|") for row in rows for regex in re.findall("`([^`]+)`", row)]
    assert len(written) > 40
    for regex in written:
        parse(regex)


def test_groups_in_groups_are_bounded():
    parse("(" * MAX_GROUPS + ")" * MAX_GROUPS)
    with pytest.raises(
        RegexError, match=f"^at character {MAX_GROUPS + 1}: groups lie more than {MAX_GROUPS} deep"
    ):
        parse("(" * 500 + ")" * 500)


def test_the_size_counts_what_is_written_out():
    assert size(parse("(ab){3}")) == 6
    assert size(parse("((){9}){9}|a{0}")) == 82
    parse(f"a{{{MAX_EXPRESSION}}}")
    with pytest.raises(RegexError, match="written out"):
        parse(f"a{{{MAX_EXPRESSION + 1}}}")
