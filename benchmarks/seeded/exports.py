"""Task sequences in the files they are exported to: written in each shape, and read from a folder."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

CHILD = "OSDSubTasksequencePackageID"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, strip_cdata=False)


@dataclass(slots=True)
class Export:
    """One export: ``sequences`` by package id, callers before the called; ``form`` is its file's shape."""

    form: str  # bare | utf-16 | wrapper | console | zip
    sequences: dict[str, _Element]
    source: str = "own"

    def roots(self) -> list[_Element]:
        """The sequences that no other one of the export calls."""
        called = {v.text for s in self.sequences.values() for v in s.iterfind(".//subtasksequence//variable")}
        return [sequence for package_id, sequence in self.sequences.items() if package_id not in called]

    def weight(self) -> int:
        """How often to choose this export: by the number of its steps, up to a bound."""
        return min(30, 1 + sum(1 for sequence in self.sequences.values() for _ in sequence.iter("step")))

    def save(self, folder: Path, stem: str) -> str:
        """Write the export into ``folder``; returns the file's name."""
        first = next(iter(self.sequences.values()))
        name = f"{stem}.zip" if self.form == "zip" else f"{stem}.xml"
        (folder / name).write_bytes(
            self._zip() if self.form == "zip" else _file(self.form, "LAB00001", first)
        )
        return name

    def _zip(self) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            # ZipInfo: a fixed date, so that the same seed gives the same bytes.
            archive.writestr(
                zipfile.ZipInfo("Manifest.xml"), "\ufeff<LibraryDocument><EntryObjects /></LibraryDocument>"
            )
            for package_id, sequence in self.sequences.items():
                member = f"SMS_TaskSequencePackage/{package_id}/object.xml"
                archive.writestr(zipfile.ZipInfo(member), _file("console", package_id, sequence))
        return buffer.getvalue()


def _file(form: str, package_id: str, sequence: _Element) -> bytes:
    if form == "wrapper":
        package = etree.Element("SmsTaskSequencePackage")
        etree.SubElement(package, "Name").text = f"Sequence {package_id}"
        data = etree.SubElement(package, "SequenceData")
        data.append(etree.fromstring(etree.tostring(sequence)))
        etree.indent(package)
        return etree.tostring(package, xml_declaration=True, encoding="utf-8")
    if form == "console":
        return _console(package_id, etree.tostring(sequence, encoding="unicode")).encode()
    copy = etree.fromstring(etree.tostring(sequence))
    etree.indent(copy)
    text = etree.tostring(copy, encoding="unicode")
    return text.encode("utf-16") if form == "utf-16" else text.encode()


def _console(package_id: str, sequence: str) -> str:
    def entry(name: str, value: str) -> str:
        return (
            f'  <PROPERTY NAME="{name}" CLASSORIGIN="SMS_TaskSequencePackage" TYPE="string">\r\n'
            '    <QUALIFIER NAME="CIMTYPE" TYPE="string"><VALUE>string</VALUE></QUALIFIER>\r\n'
            f"    <VALUE>{value}</VALUE>\r\n  </PROPERTY>\r\n"
        )

    head = entry("PackageID", package_id) + entry("Name", f"Sequence {package_id}")
    body = entry("Sequence", f"<![CDATA[{sequence}]]>")
    return f'<INSTANCE CLASSNAME="SMS_TaskSequencePackage">\r\n{head}{body}</INSTANCE>\r\n'


def read_folder(folder: Path) -> list[Export]:
    """The Configuration Manager exports below ``folder``; Lite-Touch and other files are left out."""
    exports = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in {".xml", ".zip"}:
            continue
        found = dict(_read(path))
        if not found or any(sequence.get("name") is not None for sequence in found.values()):
            continue
        nested = next(iter(found.values())).getparent() is not None
        form = "zip" if path.suffix.lower() == ".zip" else "wrapper" if nested else "bare"
        exports.append(Export(form, found, str(path.relative_to(folder))))
    return exports


def _read(path: Path) -> Iterator[tuple[str, _Element]]:
    if path.suffix.lower() == ".xml":
        yield from _parse("LAB00001", path.read_bytes())
        return
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if member.endswith("/object.xml"):
                yield from _parse(member.split("/")[-2], archive.read(member))


def _parse(package_id: str, data: bytes) -> Iterator[tuple[str, _Element]]:
    try:
        root = etree.fromstring(data, PARSER)
        value = root.find("PROPERTY[@NAME='Sequence']/VALUE")
        if root.tag == "INSTANCE" and value is not None:
            root = etree.fromstring((value.text or "").encode(), PARSER)
    except etree.XMLSyntaxError:
        return
    sequence = root if root.tag == "sequence" else root.find("SequenceData/sequence")
    if sequence is not None:
        yield package_id, sequence
