"""Small task sequences in the shapes that exports have."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tslint.source.document import Document, Fault, Origin
from tslint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Mapping

SEQUENCE = (
    '<sequence version="3.10"><group name="Häuser 🏠" description="">'
    '<step type="SMS_TaskSequence_RunCommandLineAction" name="Say hello"><action>cmd.exe /c ver</action>'
    "</step></group></sequence>"
)


def cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def escaped(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def console(value: str, *, name: str = "Small", between: str = "\r\n") -> str:
    """An object.xml; ``value`` is the raw content of the Sequence property's VALUE."""
    lines = (
        '<INSTANCE CLASSNAME="SMS_TaskSequencePackage">',
        '<QUALIFIER NAME="dynamic"><VALUE>TRUE</VALUE></QUALIFIER>',
        '<PROPERTY NAME="PackageID" TYPE="string"><QUALIFIER NAME="key"><VALUE>TRUE</VALUE></QUALIFIER>',
        "<VALUE>XYZ00001</VALUE></PROPERTY>",
        f'<PROPERTY NAME="Name" TYPE="string"><VALUE>{cdata(name)}</VALUE></PROPERTY>',
        '<PROPERTY.OBJECTARRAY NAME="References"><VALUE.OBJECTARRAY><VALUE.OBJECT>',
        '<INSTANCE CLASSNAME="SMS_TaskSequence_Reference"><PROPERTY NAME="Package"><VALUE>XYZ00002</VALUE>',
        "</PROPERTY></INSTANCE></VALUE.OBJECT></VALUE.OBJECTARRAY></PROPERTY.OBJECTARRAY>",
        '<PROPERTY NAME="Sequence" TYPE="string">',
        '<QUALIFIER NAME="CIMTYPE"><VALUE>string</VALUE></QUALIFIER>',
        f"<VALUE>{value}</VALUE></PROPERTY></INSTANCE>",
    )
    return between.join(lines)


def wrapper(data: str) -> str:
    return (
        '<?xml version="1.0"?>\n<SmsTaskSequencePackage xmlns:xsd="http://www.w3.org/2001/XMLSchema">\n'
        f"  <BootImageID>XYZ00006</BootImageID><Category/><Name>Wrapped</Name>\n"
        f"  <SequenceData>{data}</SequenceData>\n</SmsTaskSequencePackage>"
    )


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read_all(data: str | bytes, file: str = "ts.xml") -> list[Document | Fault]:
    return read(data.encode() if isinstance(data, str) else data, Origin(file))[0]


def documents(data: str | bytes, file: str = "ts.xml") -> list[Document]:
    found = read_all(data, file)
    assert not [item.message for item in found if isinstance(item, Fault)]
    return [item for item in found if isinstance(item, Document)]


def document(data: str | bytes, file: str = "ts.xml") -> Document:
    (only,) = documents(data, file)
    return only


def fault(data: str | bytes, file: str = "ts.xml") -> Fault:
    (only,) = read_all(data, file)
    assert isinstance(only, Fault)
    return only
