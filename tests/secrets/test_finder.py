"""Secrets are found wherever they stand, and what they take up is told once."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tslint.secrets.finder import LONGEST_SECRET, SecretFinder


def spans(text, *secrets):
    return SecretFinder(secrets).spans(text)


def test_secrets_that_overlap_are_one_stretch():
    assert spans("xabcdefx", "abcd", "cdef") == [(1, 7)]
    assert spans("xababax", "ababa", "baba") == [(1, 6)]
    assert spans("abcdeabcd", "abcde", "eabc") == [(0, 8)]


def test_secrets_side_by_side_are_told_apart():
    assert spans("abcdabcd", "abcd") == [(0, 4), (4, 8)]


def test_a_secret_within_another_and_beyond_its_end_is_found():
    assert spans("say abcde, bcd or bcdx", "abcdef", "bcdx", "abcde") == [(4, 9), (18, 22)]
    assert spans("aabcd", "aabce", "abcd") == [(1, 5)]


def test_a_short_secret_is_found_where_it_stands_alone():
    assert spans("12, 512, 12a, 1212, x_12, ü12, 12", "12") == [(0, 2), (31, 33)]
    assert spans("ä1 ää1 ä1!", "ä1") == [(0, 2), (7, 9)]
    assert spans("a1!b 1! 11!", "1!") == [(5, 7)]
    assert spans("2012 abc12", "12", "c12", "abc12") == [(5, 10)]


def test_a_text_that_begins_like_a_long_secret_is_one_to_its_end():
    secret = "0123456789" * 20
    assert spans(f"a {secret[:LONGEST_SECRET]} b", secret) == [(2, LONGEST_SECRET + 4)]
    assert spans(f"a {secret[: LONGEST_SECRET - 1]} b", secret) == []
    assert spans(f"a {secret[:LONGEST_SECRET]} b", secret[:LONGEST_SECRET]) == [(2, LONGEST_SECRET + 2)]
    assert spans(f"a {secret[:LONGEST_SECRET]} b", secret, secret[:LONGEST_SECRET]) == [
        (2, LONGEST_SECRET + 4)
    ]


def test_letters_that_change_their_number_with_their_case_keep_their_place():
    assert spans("İİ STRASSE İ straße", "straße") == [(13, 19)]
    assert spans("ﬁ İabcd", "iabcd") == []


def test_secrets_made_to_be_tried_at_each_character_take_one_pass():
    beginnings = [f"{'a' * length}b" for length in range(3, LONGEST_SECRET)]
    assert spans("a" * 300_000, *beginnings) == []
    letters = [f"{chr(0x4E00 + number)}{number}zz" for number in range(5_000)]
    assert spans("".join(letter[:2] for letter in letters) * 20, *letters) == []


_TEXTS = st.text("abAß&", min_size=4, max_size=6)


@settings(deadline=None)
@given(st.lists(_TEXTS, max_size=4), st.text("abAß&", max_size=40))
def test_each_secret_is_covered_and_nothing_else(secrets, text):
    low = text.lower()
    wanted = set()
    for secret in secrets:
        for form in (secret, secret.replace("&", "&amp;"), secret.replace("&", "&amp;amp;")):
            wanted.update(
                place
                for begin in range(len(text))
                if low.startswith(form.lower(), begin)
                for place in range(begin, begin + len(form))
            )
    found = spans(text, *secrets)
    assert {place for begin, end in found for place in range(begin, end)} == wanted
    assert all(one[1] <= other[0] for one, other in pairwise(found))
