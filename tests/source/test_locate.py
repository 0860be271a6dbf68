"""Exact places: checked by slicing the text and by counting by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.source.small_exports import SEQUENCE, cdata, console, document, documents, escaped, wrapper
from tslint.source.locate import Locator, Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.source.document import Document


def shown(found: Document, index: int, attribute: str = "") -> str:
    region = Locator(found).region(index, attribute)
    return found.text[region.start : region.end]


def corners(region: Region) -> tuple[int, int, int, int]:
    return region.line, region.column, region.end_line, region.end_column


def test_lines_and_columns_count_code_points() -> None:
    text = '<sequence>\r\n\t<group name="🏠𝒜"><step\rname="é"/>\n</group></sequence>'
    locator = Locator(document(text))
    assert corners(locator.region(0)) == (1, 1, 1, 10)
    assert corners(locator.region(1)) == (2, 2, 2, 8)
    assert corners(locator.region(1, "name")) == (2, 9, 2, 18)
    assert corners(locator.region(2)) == (2, 19, 2, 24)
    assert corners(locator.region(2, "name")) == (3, 1, 3, 9)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda s: s,
        lambda s: f'<?xml version="1.0"?><!-- <step name="no"> --><?pi <step> ?>\r\n{s}',
        wrapper,
        lambda s: wrapper(cdata(s)),
        lambda s: console(cdata(s)),
        lambda s: console(cdata(s), between="").replace("🏠", "🏠\r\n"),
        lambda s: console(f"\r\n {cdata(s[:60])}<!-- 🏠 -->{cdata(s[60:])}\r\n"),
    ],
)
def test_tags_attributes_and_text_are_found_in_every_shape(wrap: Callable[[str], str]) -> None:
    found = document(wrap(SEQUENCE))
    assert shown(found, 0) == "<sequence"
    assert shown(found, 0, "version") == 'version="3.10"'
    assert shown(found, 1) == "<group"
    assert shown(found, 2, "name") == 'name="Say hello"'
    assert shown(found, 3) == "<action"
    assert shown(found, 3, "text()") == "cmd.exe /c ver"


def test_utf_16_is_counted_in_code_points() -> None:
    found = document(SEQUENCE.encode("utf-16"))
    region = Locator(found).region(2)
    assert corners(region) == (1, SEQUENCE.index("<step") + 1, 1, SEQUENCE.index("<step") + 6)


def test_cdata_over_many_lines_keeps_its_line_ends() -> None:
    inner = '<sequence>\r\n<group\r\n name="a"/>\r\n</sequence>'
    text = "\r\n".join(
        ["<INSTANCE>", f'<PROPERTY NAME="Sequence"><VALUE>{cdata(inner)}</VALUE>', "</PROPERTY></INSTANCE>"]
    )
    locator = Locator(document(text))
    assert corners(locator.region(0)) == (2, 43, 2, 52)
    assert corners(locator.region(1)) == (3, 1, 3, 7)
    assert corners(locator.region(1, "name")) == (4, 2, 4, 10)


def test_escaped_text_is_located_as_written() -> None:
    inner = (
        '<sequence><group name="R&amp;D &#x1F3E0;"/>\r\n'
        '<step name="b"><action> x &lt; y </action></step></sequence>'
    )
    found = document(console(escaped(inner).replace("<", "&#60;").replace("group", "&#103;rou&#0112;")))
    assert shown(found, 0) == "&lt;sequence"
    assert shown(found, 1) == "&lt;&#103;rou&#0112;"
    assert shown(found, 1, "name") == "name=&quot;R&amp;amp;D &amp;#x1F3E0;&quot;"
    assert shown(found, 2, "name") == "name=&quot;b&quot;"
    assert shown(found, 3, "text()") == "x &amp;lt; y"


def test_a_tag_split_between_two_cdata_sections_is_spanned() -> None:
    text = console(cdata("<sequence><gr") + cdata("oup/></sequence>"))
    found = document(text)
    assert shown(found, 1) == "<gr]]><![CDATA[oup"
    assert shown(document(console(cdata("<sequence") + cdata("/>"))), 0) == "<sequence"


def test_only_elements_count() -> None:
    text = (
        "<sequence><!-- <a> --><?p <b>?><group><![CDATA[<c>]]><step a='>'/></group>"
        '<step b = "\'/>"></step></sequence>'
    )
    found = document(text)
    assert [shown(found, index) for index in range(4)] == ["<sequence", "<group", "<step", "<step"]
    assert shown(found, 2, "a") == "a='>'"
    assert shown(found, 3, "b") == 'b = "\'/>"'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("\r\n two  words\t\r\n", "two  words"),
        ("<![CDATA[ a<b ]]>", "<![CDATA[ a<b ]]>"),
        ("a<!-- x -->b", "a<!-- x -->b"),
        ("a&#32;&amp;", "a&#32;&amp;"),
        ("", "<action"),
        (" \n ", "<action"),
        ("<b/>", "<action"),
    ],
)
def test_text_is_trimmed_and_falls_back_to_the_tag(content: str, text: str) -> None:
    assert (
        shown(document(f"<sequence><step><action>{content}</action></step></sequence>"), 2, "text()") == text
    )


def test_what_is_not_there_is_shown_at_the_tag() -> None:
    found = document("<sequence><step name='name'/><action/></sequence>")
    assert shown(found, 1, "description") == "<step"
    assert shown(found, 2, "text()") == "<action"
    with pytest.raises(IndexError):
        shown(found, 3)


def test_an_attribute_is_not_mistaken_for_a_value_or_a_longer_name() -> None:
    found = document("""<sequence><step xname="1" description="name='2'" name="3"/></sequence>""")
    assert shown(found, 1, "name") == 'name="3"'


def test_each_of_several_sequences_has_its_own_places() -> None:
    one, two = '<sequence><step name="1"/></sequence>', '<sequence><group/><step name="2"/></sequence>'
    first, second, third = documents(f"<all><a/>{one}<b>{two}</b>{console(cdata(two))}</all>")
    assert shown(first, 1, "name") == 'name="1"'
    assert shown(second, 2, "name") == 'name="2"'
    assert Locator(third).region(2).start == third.text.rindex("<step")


def test_a_line_of_five_megabytes_is_no_burden() -> None:
    step = (
        '<step name="🏠 {}" description="on one line" runIn="FullOS"><action>cmd.exe /c ver</action></step>'
    )
    inner = "<sequence>" + "".join(step.format(number) for number in range(55_000)) + "</sequence>"
    found = document(console(cdata(inner), between=""))
    locator = Locator(found)
    regions = [locator.region(index, "name") for index in range(1, 110_001, 20)]
    last = regions[-1]
    assert re.fullmatch(r'name="🏠 \d+"', found.text[last.start : last.end])
    assert (last.line, last.column) == (1, last.start + 1)


NAME = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    max_size=8,
)
SPACE = st.sampled_from(
    ["", " ", "\n", "\r\n", "<!-- <step> -->", "<?p <step> ?>", "a &amp; b", "\U0001f3e0"]
)


@st.composite
def sequences(draw: st.DrawFn) -> str:
    """A random small sequence: nested groups and steps, white space, comments, text, odd names."""

    def element(depth: int) -> str:
        tag = draw(st.sampled_from(["group", "step"]))
        value = escaped(draw(NAME))
        start = f'<{tag}{draw(st.sampled_from([" ", "  ", chr(10), chr(13) + chr(10)]))}name="{value}"'
        if depth == 3 or draw(st.booleans()):
            return f"{start}/>"
        inside = "".join(element(depth + 1) + draw(SPACE) for _ in range(draw(st.integers(0, 3))))
        return f"{start}>{draw(SPACE)}{inside}</{tag}>"

    return f"<sequence>{draw(SPACE)}{element(1)}{draw(SPACE)}</sequence>"


def in_sections(text: str, cut: int) -> str:
    return cdata(text[:cut]) + cdata(text[cut:])


SHAPES: dict[str, Callable[[str, int], bytes]] = {
    "bare": lambda text, _: text.encode(),
    "utf-16": lambda text, _: text.encode("utf-16"),
    "cdata": lambda text, _: console(cdata(text)).encode(),
    "two sections": lambda text, cut: console(in_sections(text, cut % len(text))).encode(),
    "escaped": lambda text, _: console(escaped(text)).encode(),
}


@given(sequences(), st.sampled_from(sorted(SHAPES)), st.integers(0, 10_000))
def test_every_element_of_any_sequence_is_found(text: str, shape: str, cut: int) -> None:
    found = document(SHAPES[shape](text, cut))
    locator = Locator(found)
    for index, element in enumerate(found.sequence.iter("*")):
        region = locator.region(index)
        assert plain(found.text[region.start : region.end], shape) == f"<{element.tag}"
        before = found.text[: region.start].replace("\r\n", "\n").replace("\r", "\n")
        assert region.line == before.count("\n") + 1
        assert region.column == len(before) - before.rfind("\n")
        if index:
            named = locator.region(index, "name")
            written = f'name="{escaped(element.get("name") or "")}"'
            assert plain(found.text[named.start : named.end], shape) == written


def plain(text: str, shape: str) -> str:
    """Undo what a shape does to a piece of the sequence."""
    if shape == "escaped":
        return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text.replace("]]><![CDATA[", "")
