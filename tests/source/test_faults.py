"""Files that cannot be read: which rule, where, and what the message says."""

from __future__ import annotations

import pytest

from tests.source.small_exports import SEQUENCE, cdata, console, escaped, fault
from tslint.source import bounds
from tslint.source.document import Fault, Origin
from tslint.source.read import read


def at(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, counted the slow way."""
    before = text[:offset].replace("\r\n", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("", 1, 1, "empty"),
        (" \r\n", 1, 1, "empty"),
        ("<sequence>\r\n  <group></step>\r\n</sequence>", 2, 12, "<group>"),
        ('<sequence>\n<group name="🏠é" name=""/></sequence>', 2, 18, "twice"),
        ('<sequence>\r\n<group name="🏠🏠" x=<', 2, 20, "XML does not allow"),
        ("<sequence>\n<group>\n", 3, 1, "truncated"),
        ("<sequence>\n<gro", 2, 1, "truncated"),
        ("<sequence><![CDATA[abc", 1, 23, "truncated"),
        ("<sequence>a & b</sequence>", 1, 14, "XML does not allow"),
        ("<sequence>a&nbsp;b</sequence>", 1, 12, "&amp;"),
        ("<sequence/>\n<sequence/>", 2, 1, "end of the root"),
        ("<sequence><x:step/></sequence>", 1, 11, "prefix"),
        ('<!-- a -->\n<!-- b -->\n<?xml version="1.0"?>\n<sequence/>', 3, 1, "<?xml comes first"),
        ('\n<?xml version="1.0"?><sequence/>', 2, 1, "<?xml comes first"),
        ('<?xml version="2.0"?><sequence/>', 1, 1, "Not well-formed"),
        ("<sequence>\x01</sequence>", 1, 11, "XML does not allow"),
    ],
)
def test_ill_formed_xml_is_reported_where_it_fails(text: str, line: int, column: int, says: str) -> None:
    found = fault(text)
    assert (found.rule, found.line, found.column) == ("TS001", line, column)
    assert says in found.message
    assert found.text == text


@pytest.mark.parametrize("indent", ["", " \r\n  "])
def test_escaped_xml_is_told_as_such(indent: str) -> None:
    found = fault(indent + escaped(SEQUENCE))
    assert found.rule == "TS001"
    assert "escaped" in found.message
    assert "Get-CMTaskSequence" in found.message
    assert (found.line, found.column) == at(indent, len(indent))


@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>\r\n', "<!-- <a> --><?pi ?>\n", "\ufeff\ufeff"])
def test_a_document_type_is_refused_before_it_can_do_harm(before: str) -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sequence name="&b;"/>'
    found = fault(before + bomb)
    assert found.rule == "TS001"
    assert "DOCTYPE" in found.message
    assert (found.line, found.column) == at(found.text, found.text.index("<!DOCTYPE"))


def test_a_document_type_is_refused_inside_cdata_too() -> None:
    text = console(cdata('<!DOCTYPE s [<!ENTITY a "a">]><sequence name="&a;"/>'))
    found = fault(text)
    assert found.rule == "TS001"
    assert (found.line, found.column) == at(text, text.index("<!DOCTYPE"))


def test_the_word_doctype_in_a_comment_is_harmless() -> None:
    found, _ = read(b"<!-- <!DOCTYPE a> --><sequence><!-- <!DOCTYPE a> --></sequence>", Origin("a.xml"))
    assert not [item for item in found if isinstance(item, Fault)]


BROKEN = '<sequence version="3.10">\r\n<group name="🏠 &amp;">\r\n</step></sequence>'


@pytest.mark.parametrize(
    ("value", "needle"),
    [
        (cdata(BROKEN), "</step>"),
        (escaped(BROKEN), "&lt;/step&gt;"),
        (cdata(BROKEN[:30]) + "<!--\r\n-->" + cdata(BROKEN[30:]), "</step>"),
    ],
)
def test_a_broken_sequence_is_reported_in_the_outer_file(value: str, needle: str) -> None:
    text = console(value)
    found = fault(text)
    assert found.rule == "TS001"
    # expat points at the name of the end tag that does not fit
    assert (found.line, found.column) == at(
        text, text.index(needle) + len(needle) - len("step>") - 3 * ("&gt;" in needle)
    )


def test_a_truncated_inner_sequence_is_reported_at_its_end() -> None:
    text = console(cdata("<sequence><group>"))
    found = fault(text)
    assert (found.line, found.column) == at(text, text.index("]]></VALUE></PROPERTY></INSTANCE>"))


def test_a_fault_on_a_line_of_three_megabytes_has_its_exact_column() -> None:
    steps = '<step name="🏠"/>' * 200_000
    text = f"<sequence>{steps}</group></sequence>"
    found = fault(text)
    assert (found.line, found.column) == (1, text.index("</group>") + 3)


def test_other_xml_is_named_by_its_root_which_cannot_forge_output() -> None:
    found = fault("<" + "a" * 1000 + "/>")
    assert found.rule == "TS002"
    assert len(found.message) < 250
    found = fault('<r xmlns="a\u2028b\u202e"/>')
    assert found.message.isprintable()


@pytest.mark.parametrize(
    ("data", "recognised"),
    [
        (b"<project><a></project>", False),
        (b"<!DOCTYPE html><html/>", False),
        (b"\x89PNG\r\n\x1a\n\0\0\0", False),
        (b"", False),
        (b"<project/>", False),
        (b"<sequence version='3.10'><a></sequence>", True),
        (b"&lt;sequence version='3.10'>", True),
        (b"<INSTANCE CLASSNAME='SMS_TaskSequencePackage'>", True),
        (b"<SmsTaskSequencePackage>", True),
        (b"<sequence name='\xff'/>", True),
        ("<sequence>".encode("utf-16"), True),
        (b"<sequence/>", True),
    ],
)
def test_callers_learn_whether_there_is_a_sign_of_a_task_sequence(data: bytes, recognised: bool) -> None:
    assert read(data, Origin("a.xml"))[1] is recognised


@pytest.mark.parametrize("padding", ["", f"<!--{'x' * 10_000_000}-->"])
def test_depth_is_bounded_exactly(padding: str) -> None:
    def nested(depth: int) -> str:
        return "<sequence>" + "<group>" * (depth - 1) + padding + "</group>" * (depth - 1) + "</sequence>"

    items, _ = read(nested(bounds.MAX_DEPTH).encode(), Origin("a.xml"))
    assert not isinstance(items[0], Fault)
    found = fault(nested(bounds.MAX_DEPTH + 1))
    assert found.rule == "TS004"
    assert found.column == len("<sequence>") + len("<group>") * (bounds.MAX_DEPTH - 1) + 1


def test_depth_inside_cdata_is_bounded() -> None:
    text = console(cdata("<sequence>" + "<group>" * 5000))
    found = fault(text)
    assert found.rule == "TS004"
    assert found.column == text.splitlines()[-1].index("<group>") + 7 * (bounds.MAX_DEPTH - 1) + 1


def test_more_nodes_than_memory_should_hold_are_refused() -> None:
    assert fault("<sequence>" + "<a/>" * bounds.MAX_NODES + "</sequence>").rule == "TS004"
