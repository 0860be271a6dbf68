"""Inline scripts: their decoding."""

import base64
import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tslint.commands.script import MAX_ENCODED, decode

SCRIPT = "$x = 'Zürich'\r\nRestart-Computer"


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + SCRIPT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SCRIPT.encode("utf-16-be"),
        SCRIPT.encode("utf-16-le"),
        SCRIPT.encode(),
        codecs.BOM_UTF8 + SCRIPT.encode(),
    ],
)
def test_script_is_decoded_from_each_encoding(data: bytes) -> None:
    encoded = base64.b64encode(data).decode()
    assert decode(encoded) == SCRIPT
    assert decode(f"  {encoded[:8]}\n{encoded[8:]}\n") == SCRIPT


@pytest.mark.parametrize(
    "text",
    [
        "Restart-Computer",
        "AAAA",
        "////",
        "Zürich",
        "QQ",
        base64.b64encode(b"\xff\xfea\0b").decode(),
        base64.b64encode(b"a" * 1_000_000).decode(),
    ],
)
def test_what_is_no_encoded_script_gives_none(text: str) -> None:
    assert decode(text) is None


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    decoded = decode(text)
    assert decoded is None or "\0" not in decoded


@given(st.text(alphabet=st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_console_encoding_is_undone(text: str) -> None:
    assert decode(base64.b64encode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")).decode()) == text


@pytest.mark.parametrize("unit", ['"', "#\n", "A"])
@pytest.mark.parametrize("size", [32_000, 2_000_000])
@pytest.mark.seconds(10)
def test_hostile_text_is_read_in_linear_time(unit: str, size: int) -> None:
    text = unit * (size // len(unit))
    decode(text)


def test_so_much_base64_is_decoded_and_no_more() -> None:
    longest = base64.b64encode(b"x" * (MAX_ENCODED // 4 * 3)).decode()
    assert decode(longest) == "x" * (MAX_ENCODED // 4 * 3)
    assert decode(f"{longest}QUJD") is None
