"""One task sequence in every form in which files hold them."""

from __future__ import annotations

import codecs

from lxml import etree

from tslint.rules.example import object_xml
from tslint.source.document import Document, Origin
from tslint.source.read import read


def forms(xml: str) -> dict[str, bytes]:
    """The same sequence, by what is special about the file."""
    indented = _indented(xml)
    console = object_xml(xml, "TSL00001", "Sch\u00f6ne Aufgabe")
    split = console.replace("<group", "<gr]]><![CDATA[oup", 1)
    escaped = object_xml("", "TSL00001", "Refresh").replace(
        "<![CDATA[]]>", indented.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )
    wrapper = (
        f"<SmsTaskSequencePackage><Name>A</Name><SequenceData>{xml}</SequenceData></SmsTaskSequencePackage>"
    )
    declared = '<?xml version="1.0" encoding="{}"?>\r\n'
    return {
        "one line": xml.encode(),
        "indented": indented.encode(),
        "Windows line ends": (declared.format("utf-8") + indented.replace("\n", "\r\n")).encode(),
        "tabs": indented.replace("  ", "\t").encode(),
        "byte-order mark": codecs.BOM_UTF8 + indented.encode(),
        "UTF-16, little": codecs.BOM_UTF16_LE + indented.encode("utf-16-le"),
        "UTF-16, big": codecs.BOM_UTF16_BE + xml.encode("utf-16-be"),
        "Latin-1": (declared.format("iso-8859-1") + indented).encode("iso-8859-1"),
        "CDATA": console.encode(),
        "CDATA, split": split.encode(),
        "CDATA, indented, UTF-16": codecs.BOM_UTF16_LE + object_xml(indented, "TSL00001").encode("utf-16-le"),
        "escaped": escaped.encode(),
        "wrapper": wrapper.encode(),
        "no line end": indented.rstrip().encode(),
    }


def _indented(xml: str) -> str:
    root = etree.fromstring(xml)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def document(data: bytes) -> Document:
    (found,), _ = read(data, Origin("example.xml"))
    assert isinstance(found, Document), found
    return found


def plain(data: bytes) -> str:
    """The sequence of a file as one line, however it is written there."""
    parser = etree.XMLParser(remove_blank_text=True)
    text = etree.tostring(document(data).sequence, encoding="unicode", with_tail=False)
    return etree.tostring(etree.fromstring(text, parser), encoding="unicode")
