"""Bytes as a file or zip: read, understood, located, judged by every rule, reported in every format."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from fuzz.properties import lint_bytes
from tslint.model.read import read as read_model
from tslint.model.sequence import Group
from tslint.report.mask import Mask
from tslint.report.redact import pieces
from tslint.source.archive import is_zip
from tslint.source.document import Document, Fault, Origin
from tslint.source.lines import line_starts
from tslint.source.locate import TEXT_NODE, Locator
from tslint.source.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.model.sequence import Node

_NODES = frozenset({"group", "step", "subtasksequence"})
# Places of so many steps are looked at: the rest adds time, not cases.
_STEPS = 20


def one_input(data: bytes) -> None:
    """Nothing is raised, every place lies in the file, and a zip around the file changes nothing."""
    found, _ = read(data, Origin("fuzzed.xml"))
    documents = [one for one in found if isinstance(one, Document)]
    for one in found:
        if isinstance(one, Fault):
            _check_fault(one)
        else:
            _check_document(one)
    if not is_zip(data, "fuzzed.xml"):
        members, _ = read(_zip_of(data), Origin("fuzzed.zip"))
        zipped = [one for one in members if isinstance(one, Document)]
        assert [*map(_content, zipped)] == [*map(_content, documents)]
    result = lint_bytes(data)
    assert result.sequences == len(documents)


def _zip_of(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("SMS_TaskSequencePackage/TSL00001/object.xml"), data)
    return stream.getvalue()


def _content(document: Document) -> tuple[object, ...]:
    return document.form, document.text, document.package, document.inner


def _check_fault(fault: Fault) -> None:
    assert fault.rule in {"TS001", "TS002", "TS003", "TS004"}
    assert fault.message.isprintable(), fault.message
    starts = line_starts(fault.text)
    assert 1 <= fault.line <= len(starts)
    assert 1 <= fault.column <= max(len(fault.text) - starts[fault.line - 1], 0) + 1


def _check_document(document: Document) -> None:
    sequence = read_model(document)
    size = sum(1 for _ in document.sequence.iter("*"))
    locator = Locator(document)
    _check_region(locator, document, 0)
    for node in _some(sequence.children):
        assert 0 < node.element < size
        start, end = _check_region(locator, document, node.element)
        if document.inner is None:
            tag = document.text[start + 1 : end]
            assert tag.rpartition(":")[2].lower() in _NODES, tag
        _check_region(locator, document, node.element, "name")
        if not isinstance(node, Group):
            for element in [node.action_element, *(setting.element for setting in node.settings.values())]:
                assert node.element <= element < size
                _check_region(locator, document, element, TEXT_NODE)


def _some(nodes: Sequence[Node]) -> Iterator[Node]:
    """Go through the first steps and groups, in document order."""
    pending = list(reversed(nodes))
    for _ in range(_STEPS):
        if not pending:
            return
        node = pending.pop()
        yield node
        if isinstance(node, Group):
            pending += reversed(node.children)


def _check_region(locator: Locator, document: Document, element: int, attribute: str = "") -> tuple[int, int]:
    text = document.text
    first, last = document.inner or (0, len(text))
    region = locator.region(element, attribute)
    assert first <= region.start < region.end <= last, region
    if not attribute:
        assert text[region.start] in "<&"
    at = region.start
    escaped = text[first : first + 99].lstrip().startswith("&lt;")
    for _, start, end in pieces(text, region.start, region.end, Mask(), escaped=escaped):
        assert start == at < end
        at = end
    assert at == region.end
    return region.start, region.end
