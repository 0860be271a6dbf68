"""Regular expressions are found where Python's own engine finds them, in one pass."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tslint.regex.characters import fold
from tslint.regex.construction import automaton_of
from tslint.regex.search import MOST_REMEMBERED, Search


def found(regex, text):
    return Search(automaton_of(regex)).finds(text)


@pytest.mark.parametrize(
    ("regex", "text", "answer"),
    [
        ("b", "abc", True),
        ("^b", "abc", False),
        ("c$", "abc\n", False),
        (r"c\z", "abc", True),
        ("(?m)^b$", "a\nb\nc", True),
        ("^b$", "a\nb\nc", False),
        ("a.b", "a\nb", False),
        ("(?s)a.b", "a\nb", True),
        ("(?s:a.b)|a.c", "a\nc", False),
        ("a.b", "a\rb", True),
        (r"\bb", "ab b", True),
        (r"\bb", "ab", False),
        (r"a\Bb", "ab", True),
        (r"\B", "", True),
        (r"\b", "", False),
        (r"^\b\ba", "a", True),
        (r"\w", "ö", False),
        (r"\d", "\u0663", False),
        (r"\s", "\u00a0", False),
        (r"\D", "1", False),
        (r"[^\D]", "1", True),
        (r"[\W\d]", "a", False),
        (r"\x41\u00f6\x{20ac}", "aÖ€", True),
        (r"\t\r\n\f\v", "\t\r\n\f\v", True),
        ("[a-c-]", "-", True),
        ("[^]]", "]", False),
        ("a{2,3}b", "ab", False),
        ("^a{2,3}$", "aaaa", False),
        ("^(a{0}b)$", "b", True),
        ("(a|b)*c", "ababc", True),
        ("(a|)b$", "b", True),
        ("", "", True),
        ("a*", "", True),
        ("STRASSE", "strasse", True),
        ("straße", "STRAẞE", True),
        ("strasse", "straße", False),
        ("σας", "ΣΑΣ", True),
        ("[ä-ö]", "Ö", True),
        ("[^a]", "A", False),
        ("k", "\u212a", True),
        ("i", "\u0131", False),
        ("(?-i)a", "A", False),
        ("(?-i:a)b", "aB", True),
        ("(?-i)[a-c]|(?i:[x])", "X", True),
        ("a\ud800", "A\ud800", True),
    ],
)
def test_a_regular_expression_is_found_or_not(regex, text, answer):
    assert found(regex, text) is answer


# As rules have it, and as Python's engine has it.
_SAME = ["a", "b", "k", "ö", "ς", "Д", "é", "_", "-", "{", "]", " ", "\n", r"\n", r"\x6b", "(?-i:A)", "(?:)"]
_SAME += [".", "(?s:.)", "[ab]", "[^b]", "[a-c_]", "[à-ö]", "[]b]", "[^]]", r"[^a\n]", "(?-i:[^a])"]
_SAME += ["^", r"\A", "(?m:^)", "(?m:$)"]
_OTHER = [("(?-m:$)", r"\Z"), (r"\z", r"\Z"), (r"\x{6b}", "k"), (r"\b", r"(?a:\b)"), (r"\B", r"(?!(?a:\b))")]
# before Python 3.14 \B is not found in an empty text; classes are of ASCII whatever the case
_OTHER += [(r"\w", "(?-i:[0-9A-Za-z_])"), (r"\W", "(?-i:[^0-9A-Za-z_])"), (r"[^\W_]", "(?-i:[0-9A-Za-z])")]
_OTHER += [(r"\d", "[0-9]"), (r"\D", "[^0-9]"), (r"\s", r"[ \t\n\f\r]"), (r"\S", r"[^ \t\n\f\r]")]
_TEXTS = st.text("aAbBkKöÖσΣςДдéÉ1_ -{]\n\u212a", max_size=6)
_TIMES = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "{0}", "*?", "+?", "??", "{1,2}?"])


def _larger(part):
    group = part.flatmap(
        lambda pair: st.sampled_from(["(", "(?:"]).map(lambda o: tuple(f"{o}{p})" for p in pair))
    )
    return st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda all_: tuple(map("".join, zip(*all_, strict=True)))),
        st.lists(part, min_size=2, max_size=3).map(
            lambda all_: tuple(f"({'|'.join(side)})" for side in zip(*all_, strict=True))
        ),
        st.tuples(group, _TIMES).map(lambda made: tuple(side + made[1] for side in made[0])),
    )


_REGEXES = st.recursive(st.sampled_from([(each, each) for each in _SAME] + _OTHER), _larger, max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(
    _REGEXES, st.sampled_from(["", "(?i)", "(?s)", "(?m)", "(?ms)"]), st.lists(_TEXTS, min_size=5, max_size=5)
)
def test_the_verdict_is_that_of_pythons_engine(regex, flags, texts):
    ours, pythons = regex
    search, reference = Search(automaton_of(flags + ours)), re.compile(flags + pythons, re.IGNORECASE)
    for text in texts:
        assert search.finds(text) is (reference.search(text) is not None), (flags + ours, text)


def test_a_search_that_has_forgotten_finds_the_same():
    regex = r"a.{12}c"
    search = Search(automaton_of(regex))
    text = "".join("ab"[number.bit_count() % 2] for number in range(4 * MOST_REMEMBERED))
    assert not search.finds(text)
    assert search.finds(f"{text}a{'b' * 12}c")
    assert not search.finds(text)


@pytest.mark.parametrize(
    ("regex", "words"),
    [
        ("cmd", ("cmd",)),
        (r"\.(ps1|MSI)\b", ("msi", "ps1")),
        ("(?-i)PE", ("pe",)),
        ("(ab)+x?", ("ab",)),
        ("a?b*", ()),
        ("abc|d*", ()),
        (r"[ab]\d", ()),
        ("öl", ("l",)),
        (r"^\s*\S*shutdown(\.exe)?", ("shutdown",)),
    ],
)
def test_a_text_without_the_words_of_a_regular_expression_is_not_searched(regex, words):
    assert automaton_of(regex).words == words


def test_a_letter_of_ascii_that_folding_makes_is_what_case_folding_makes_too():
    for number in range(0x110000):
        character = chr(number)
        if fold(character).isascii():
            assert character.casefold() == fold(character)
