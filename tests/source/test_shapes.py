"""The shapes of exports, and what is read off them."""

from __future__ import annotations

import pytest

from tests.source.small_exports import (
    SEQUENCE,
    cdata,
    console,
    document,
    documents,
    escaped,
    read_all,
    wrapper,
    zipped,
)
from tslint.source.document import Document, Fault, Origin
from tslint.source.read import read


def names(found: Document) -> list[str | None]:
    return [element.get("name") for element in found.sequence.iter("group", "step")]


EXPECTED = ["Häuser 🏠", "Say hello"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (SEQUENCE, "bare"),
        ('<?xml version="1.0" encoding="utf-8"?>\r\n<!-- ours -->' + SEQUENCE, "bare"),
        (SEQUENCE.replace("<sequence", '<sequence name="Deploy"'), "lite-touch"),
        (wrapper(SEQUENCE), "wrapper"),
        (wrapper(cdata(SEQUENCE)), "wrapper"),
        (wrapper(escaped(SEQUENCE)), "wrapper"),
        (console(cdata(SEQUENCE)), "console"),
        (console(escaped(SEQUENCE)), "console"),
        (console(cdata(SEQUENCE[:40]) + "<!-- split -->" + cdata(SEQUENCE[40:])), "console"),
        (console(cdata('<?xml version="1.0" encoding="utf-16"?>\r\n' + SEQUENCE)), "console"),
        (console(cdata(wrapper(SEQUENCE))), "console"),
        (f"<backup><object>{SEQUENCE}</object></backup>", "wrapper"),
    ],
)
def test_every_shape_is_read(text: str, form: str) -> None:
    found = document(text)
    assert found.form == form
    assert names(found) == EXPECTED
    assert found.text == text


def test_a_console_export_tells_its_package_and_not_its_qualifiers() -> None:
    found = document(console(cdata(SEQUENCE), name="Back up & go"))
    assert dict(found.package) == {"PackageID": "XYZ00001", "Name": "Back up & go"}


def test_a_wrapper_tells_its_package() -> None:
    expected = {"BootImageID": "XYZ00006", "Category": "", "Name": "Wrapped"}
    assert dict(document(wrapper(SEQUENCE)).package) == expected
    assert dict(document(wrapper(cdata(SEQUENCE))).package) == expected


def test_inner_is_the_content_of_the_value() -> None:
    text = console(cdata(SEQUENCE))
    inner = document(text).inner
    assert inner is not None
    assert text[slice(*inner)] == cdata(SEQUENCE)
    assert document(SEQUENCE).inner is None


@pytest.mark.parametrize(
    "text",
    [
        "<sequence/>",
        "<sequence><!-- nothing yet --></sequence>",
        '<sequence version="3.10"></sequence>',
        console(cdata("<sequence />")),
    ],
)
def test_an_empty_sequence_is_legal(text: str) -> None:
    assert document(text).sequence.find("*") is None


def test_comments_are_kept() -> None:
    assert "kept" in str(document("<sequence><!-- kept --><group/></sequence>").sequence[0].text)


def test_all_sequences_of_a_file_are_returned() -> None:
    text = f"<all>{SEQUENCE}<x>{SEQUENCE}</x>{console(cdata(SEQUENCE))}{console(escaped(SEQUENCE))}</all>"
    assert [found.form for found in documents(text)] == ["wrapper", "wrapper", "console", "console"]


def test_a_sequence_within_a_sequence_belongs_to_it() -> None:
    assert len(documents("<sequence><group><sequence><step/></sequence></group></sequence>")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<proteins><sequence>MKVL</sequence></proteins>",
        '<proteins><sequence version="2">MKVL</sequence></proteins>',
        "<sequence>MKVL</sequence>",
        "<timeline><sequence/></timeline>",
        '<sequence xmlns="urn:process"><step/></sequence>',
        console(""),
        console(" \r\n"),
    ],
)
def test_other_xml_holds_no_task_sequence(text: str) -> None:
    (found,), recognised = read(text.encode(), Origin("a.xml"))
    assert isinstance(found, Fault)
    assert found.rule == "TS002"
    assert not recognised


def test_more_than_ten_megabytes_are_read() -> None:
    large = SEQUENCE.replace("cmd.exe /c ver", "rem " + "x" * 11_000_000)
    assert names(document(console(cdata(large)))) == EXPECTED
    assert names(document(large)) == EXPECTED


@pytest.mark.parametrize(
    ("file", "export"),
    [
        ("ts.xml", "ts.xml"),
        ("exports/A/SMS_TaskSequencePackage/XYZ00001/object.xml", "exports/A"),
        ("SMS_TaskSequencePackage/XYZ00001/object.xml", "."),
        ("A/sms_tasksequencepackage/XYZ00001/Object.XML", "A"),
        ("A/SMS_TaskSequencePackage/object.xml", "A/SMS_TaskSequencePackage/object.xml"),
    ],
)
def test_an_unpacked_export_is_known_by_its_folder(file: str, export: str) -> None:
    assert document(SEQUENCE, file).export == export


def test_documents_of_one_zip_belong_together() -> None:
    inner = zipped({"a.xml": SEQUENCE})
    data = zipped({"x/object.xml": console(cdata(SEQUENCE)), "y/object.xml": SEQUENCE, "in.zip": inner})
    found = documents(data, "all.zip")
    assert [str(item.origin) for item in found] == [
        "all.zip!/in.zip!/a.xml",
        "all.zip!/x/object.xml",
        "all.zip!/y/object.xml",
    ]
    assert [item.export for item in found] == ["all.zip!/in.zip", "all.zip", "all.zip"]


def test_more_sequences_than_the_bound_are_one_fault() -> None:
    (found,) = read_all("<r>" + '<sequence version="3.10"/>' * 101 + "</r>")
    assert isinstance(found, Fault)
    assert found.rule == "TS004"
