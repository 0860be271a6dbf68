import pytest

from tslint.report.mask import MASK, MOST_CHARACTERS, MOST_SECRETS, Mask


@pytest.mark.parametrize(
    ("secret", "text", "seen"),
    [
        ("hunter2", "the word is Hunter2!", "the word is ***!"),
        ("a&b<c", "as is a&b<c, in XML a&amp;b&lt;c", "as is ***, in XML ***"),
        ("a&b<c", "in XML inside XML a&amp;amp;b&amp;lt;c", "in XML inside XML ***"),
        ("123", "PIN 123, in the year 2123, 1234 times", "PIN ***, in the year 2123, 1234 times"),
        ("x", "a single character is none: x", "a single character is none: x"),
        ("(a+)+$", "(a+)+$ is no expression", "*** is no expression"),
        ("pässwörd", "PÄSSWÖRD", "***"),
    ],
)
def test_a_secret_is_masked(secret, text, seen):
    assert Mask([secret])(text) == seen


def test_of_two_secrets_the_longer_is_masked_whole():
    assert Mask(["hunter2", "hunter2000"])("hunter2000 and hunter2") == "*** and ***"


def test_what_begins_like_a_long_secret_is_masked_to_its_end():
    secret = "0123456789" * 100
    assert Mask([secret])(f"Set to {secret[:300]}... and more") == "Set to ***"


def test_a_secret_that_was_cut_is_masked_as_far_as_it_goes():
    mask = Mask(["hunter2000"])
    assert mask("the name is set hunter…' and goes on") == "the name is set ***…' and goes on"
    assert mask("…ter2000/step") == "…***"


def test_a_mask_without_secrets_changes_nothing():
    assert Mask()("hunter2") == "hunter2"
    assert list(Mask().spans("hunter2")) == []


def test_thousands_of_secrets_are_masked_in_one_pass():
    mask = Mask(f"secret{number:05}" for number in range(MOST_SECRETS))
    assert mask("secret00000 secret19999 secretive") == "*** *** secretive"


def test_past_the_bound_no_text_of_the_input_is_shown():
    mask = Mask(f"secret{number:05}" for number in range(MOST_SECRETS + 1))
    assert mask("anything") == MASK
    assert list(mask.spans("anything")) == [(0, 8)]
    long = [f"{number:050}" for number in range(MOST_CHARACTERS // 50 + 1)]
    assert Mask(long)("anything") == MASK
    assert Mask(long[1:])("anything") == "anything"


def test_one_very_long_secret_is_no_more_than_others():
    assert Mask(["x" * 2 * MOST_CHARACTERS])("anything") == "anything"
