"""XML that grows, reaches out or nests."""

import socket
import threading

import pytest

from tests.hostile.program import FAULTY, REQUEST, beside_good, refused, run
from tests.source.small_exports import cdata, console
from tslint.rules.example import sequence_xml
from tslint.source.bounds import MAX_ATTRIBUTES, MAX_DEPTH, MAX_NODES, MAX_STEPS, MAX_TEXT

MARK = "only-in-the-other-file"


def with_doctype(subset, body=FAULTY):
    return f'<?xml version="1.0"?>\n<!DOCTYPE sequence {subset}>\n{body}'


def used(entity):
    return FAULTY.replace("Request", f"&{entity};")


GROWING = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
EXPONENTIAL = f"[<!ENTITY a0 'aaaaaaaaaa'>{GROWING}]"
QUADRATIC = f"[<!ENTITY a '{'a' * 100_000}'>]"


def test_entities_are_not_expanded(tmp_path):
    files = {
        "exponential.xml": with_doctype(EXPONENTIAL, used("a11")),
        "quadratic.xml": with_doctype(QUADRATIC, f'<sequence name="{"&a;" * 100_000}"/>'),
        "parameter.xml": with_doctype("[<!ENTITY % a '<!ENTITY b \"x\">'> %a;]", used("b")),
        "inner.xml": console(cdata(with_doctype(EXPONENTIAL, used("a11")))),
        "late.xml": "<!-- -->\n<?a ?>\n" * 1000 + with_doctype(QUADRATIC, used("a")).partition("\n")[2],
    }
    assert set(refused(tmp_path, files).values()) == {"TS001"}


@pytest.fixture
def address():
    """An address that tells of every visit."""
    visits = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def wait():
            try:
                while True:
                    connection, _ = server.accept()
                    visits.append(1)
                    connection.close()
            except OSError:
                return

        threading.Thread(target=wait, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        server.shutdown(socket.SHUT_RDWR)
    assert visits == []


def test_nothing_is_fetched_or_read(tmp_path, address):
    other = tmp_path / "other.txt"
    other.write_text(MARK)
    files = {
        f"{number}{kind}.xml": with_doctype(subset.format(target), used("e"))
        for number, target in enumerate((address, other.as_uri(), "other.txt"))
        for kind, subset in {
            "entity": '[<!ENTITY e SYSTEM "{}">]',
            "parameter": '[<!ENTITY % p SYSTEM "{}"> %p;]',
            "dtd": 'SYSTEM "{}"',
            "public": 'PUBLIC "-//a//b" "{}"',
        }.items()
    }
    assert set(refused(tmp_path, files).values()) == {"TS001"}
    assert MARK not in run(tmp_path, "--format", "text", *files).out


def test_another_file_is_not_included(tmp_path, address):
    (tmp_path / "other.xml").write_text(sequence_xml([{**REQUEST, "name": MARK}]))
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}"{}/>'
    text = "".join(
        include.format(*one) for one in (("other.xml", ""), ("other.xml", ' parse="text"'), (address, ""))
    )
    style = f'<?xml-stylesheet type="text/xsl" href="{address}"?>'
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    located = f'<sequence xmlns:xsi="{instance}" xsi:noNamespaceSchemaLocation="{address}"'
    files = {
        "include.xml": FAULTY.replace("<step", text + "<step"),
        "style.xml": style + FAULTY,
        "schema.xml": FAULTY.replace("<sequence", located),
    }
    found = beside_good(tmp_path, files)
    assert all("TS101" in found[name] for name in files)
    assert MARK not in run(tmp_path, *files).out


DEEP = 20_000


def nested(depth, padding=""):
    return "<sequence>" + "<group name='a'>" * depth + padding + "</group>" * depth + "</sequence>"


def test_what_nests_is_refused(tmp_path):
    tests = "<operator type='not'>" * 5000 + "</operator>" * 5000
    padding = f"<!--{'x' * 10_000_000}-->"  # from this size on libxml2 checks no depth but 2048
    files = {
        "groups.xml": nested(DEEP),
        "conditions.xml": f"<sequence><step><condition>{tests}</condition></step></sequence>",
        "inner.xml": console(cdata(nested(DEEP))),
        "padded.xml": nested(DEEP, padding),
        "less.xml": nested(1500, padding),
    }
    assert set(refused(tmp_path, files).values()) == {"TS004"}


def test_conditions_as_deep_as_they_may_be_are_judged(tmp_path):
    inside = MAX_DEPTH - 4
    tests = "<operator type='not'>" * inside + "</operator>" * inside
    found = beside_good(
        tmp_path, {"a.xml": FAULTY.replace("<action", f"<condition>{tests}</condition><action")}
    )
    assert "TS101" in found["a.xml"]


@pytest.mark.slow
def test_what_is_too_much_for_memory_is_refused(tmp_path):
    many = " ".join(f'a{n}="u"' for n in range(200_000))
    spaces = many.replace("a", "xmlns:a")
    inside = "&lt;sequence&gt;" + "&lt;a/&gt;" * (MAX_NODES // 2) + "&lt;/sequence&gt;"
    held = f"<PROPERTY NAME='Sequence'><VALUE>{inside}</VALUE></PROPERTY>"
    files = {
        "nodes.xml": f"<sequence><step>{'<a/>' * MAX_NODES}</step></sequence>",
        "attributes.xml": f"<sequence><step {many}/></sequence>",
        "namespaces.xml": f"<sequence><step {spaces}/></sequence>",
        "steps.xml": f"<sequence>{'<step/>' * (MAX_STEPS + 1)}</sequence>",
        "cases.xml": f"<sequence><group/>{'<STEP/>' * MAX_STEPS}</sequence>",
        "escaped.xml": f"<a>{held * 3}</a>",
        "wide.xml": "<sequence name='\U0001f600'>" + " " * (MAX_TEXT // 4) + "</sequence>",
        "sequences.xml": "<a>" + f"<sequence>{'<step/>' * (MAX_STEPS // 10)}</sequence>" * 11 + "</a>",
    }
    found = refused(tmp_path, files)
    assert found.pop("sequences.xml").startswith("TS004")  # the first ones are judged, as far as effort goes
    assert set(found.values()) == {"TS004"}


@pytest.mark.slow
def test_what_is_large_is_judged_in_time(tmp_path):
    attributes = " ".join(f'a{n}=""' for n in range(MAX_ATTRIBUTES - 10))
    files = {
        "attributes.xml": FAULTY.replace("<step", f"<step {attributes}"),
        "variables.xml": FAULTY.replace(
            "<defaultVarList>",
            "<defaultVarList>" + "".join(f"<variable name='{n}'/>" for n in range(200_000)),
        ),
        "steps.xml": f"<sequence>{'<step/>' * (MAX_STEPS // 5)}{FAULTY[FAULTY.index('<step') :]}",
    }
    found = beside_good(tmp_path, files)
    assert all("TS101" in found[name] for name in files)
