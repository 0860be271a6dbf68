"""The bytes of a file to the task sequences in it.

The shapes are those that the console, Configuration Manager's cmdlets and MDT write. In CIM-XML
(``object.xml`` in a console export) and sometimes in ``SmsTaskSequencePackage`` the sequence is text;
everywhere else it is an element like any other.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tslint.source.archive import damaged, is_named_zip, is_zip, members
from tslint.source.bounds import MAX_DOCUMENTS, MAX_NODES, MAX_PROPERTIES, MAX_SEQUENCES, MAX_STEPS
from tslint.source.document import Document, Fault, Form, Origin
from tslint.source.embedded import unwrap
from tslint.source.encoding import decode
from tslint.source.lines import line_starts, position
from tslint.source.markup import content_span, start_tag, start_tags
from tslint.source.parse import ParseError, parse
from tslint.source.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

Result = list[Document | Fault]

_SIGN = r"(?i)(?:<|&lt;)sequence\b|SMS_?TaskSequence"
_PARTS = frozenset({"group", "step", "subtasksequence", "referenceList", "globalVarList"})
_STEPS = frozenset({"group", "step", "subtasksequence"})
_MARKS = (b"<", b"=", b"&")  # nothing becomes an element or attribute without one, in UTF-16 too
_WRAPPER = "SmsTaskSequencePackage"
_LAYOUT = r"(?i)(?:(.*)/)?SMS_(?:TaskSequence|BootImage)Package/[^/]+/object\.xml"
_BOOT_IMAGE = r"(?i)(?:^|/)SMS_BootImagePackage/[^/]+/object\.xml$"
_HOW_TO_EXPORT = "export one from the console, or save (Get-CMTaskSequence -Name NAME).Sequence"


def read(data: bytes, origin: Origin, *, piped: bool = False) -> tuple[Result, bool]:
    """Return what a file holds, and whether there is any sign of a task sequence in it.

    Without a sign the result is one fault that says so; callers pass over such a file when nobody named it.
    What is ``piped`` came by standard input, perhaps encoded anew on the way.
    """
    zipped = is_zip(data, origin.file)
    found, recognised = _read_zip(data, origin) if zipped else _read_file(data, origin, piped=piped)
    return _with_few_steps(found), recognised


def _read_file(data: bytes, origin: Origin, *, piped: bool = False) -> tuple[Result, bool]:
    """Read what is no zip. Where its name says that it is one, that is told unless a sequence is in it."""
    found, recognised = _read_xml(data, origin, piped=piped)
    if recognised or not is_named_zip(str(origin)):
        return found, recognised
    return [damaged(origin)], True


def _read_xml(data: bytes, origin: Origin, *, piped: bool) -> tuple[Result, bool]:
    text = decode(data, origin, piped=piped)
    if isinstance(text, Fault):
        return [text], re.search(_SIGN, text.text) is not None
    try:
        root = parse(text)
    except ParseError as error:
        return [_fault(error, text, error.offset, origin)], re.search(_SIGN, text) is not None
    result = list(islice(_sequences(root, text, origin), MAX_SEQUENCES + 1))
    if len(result) > MAX_SEQUENCES:
        return [Fault("TS004", f"More than {MAX_SEQUENCES} task sequences; split the file", origin)], True
    if result:
        return result, True
    message = f"No task sequence in this file: its root is <{printable(root.tag, 60)}>; {_HOW_TO_EXPORT}"
    return [Fault("TS002", message, origin, text=text)], False


def _read_zip(data: bytes, origin: Origin) -> tuple[Result, bool]:
    result: Result = []
    marks = 0
    beside: dict[str, dict[str, str]] = {}
    for where, content in members(data, origin):
        if isinstance(content, Fault):
            result.append(content)
            continue
        marks += sum(map(content.count, _MARKS)) - content.count(b"</")
        if marks > MAX_NODES:
            message = f"More than {MAX_NODES:,} elements and attributes in one zip; unpack it"
            return [*result, Fault("TS004", message, where)], True
        if re.search(_BOOT_IMAGE, where.member) and len(beside) < MAX_SEQUENCES:
            beside |= boot_image(content, where)
            continue
        found, recognised = _read_file(content, where)
        if recognised:
            result += found
        if len(result) > MAX_DOCUMENTS:
            message = f"More than {MAX_DOCUMENTS:,} task sequences in one zip; unpack it"
            return [*result[:MAX_DOCUMENTS], Fault("TS004", message, where)], True
    if result:
        told = (with_boot_images(one, beside) if isinstance(one, Document) else one for one in result)
        return list(told), True
    return [Fault("TS002", f"No task sequence in this zip file; {_HOW_TO_EXPORT}", origin)], False


def with_boot_images(one: Document, images: Mapping[str, Mapping[str, str]]) -> Document:
    """Return a document with more boot images that its export holds."""
    return one._replace(beside={**one.beside, **images}) if images else one


def boot_image(content: bytes, where: Origin) -> dict[str, dict[str, str]]:
    """Return the properties of a boot image by its package id; nothing of other files, or what is broken."""
    if not re.search(_BOOT_IMAGE, where.member or where.file):
        return {}
    text = decode(content, where)
    if isinstance(text, Fault):
        return {}
    try:
        instance = next(parse(text).iter("INSTANCE"), None)
    except ParseError:
        return {}
    properties = {} if instance is None else {**_arrays(instance), **_instance(instance)}
    identity = properties.get("PackageID", "").strip().upper()
    return {identity: properties} if identity else {}


def _with_few_steps(result: Result) -> Result:
    """Put a fault in the place of each task sequence with which a file has more than MAX_STEPS steps."""
    documents = [one for one in result if isinstance(one, Document)]
    # most texts are too short for as many of the shortest
    if sum(len(one.text) for one in documents) <= MAX_STEPS * len("<step/>"):
        return result
    room = MAX_STEPS
    bounded: Result = []
    for one in result:
        if isinstance(one, Document):
            steps = sum(
                str(element.tag).rpartition("}")[2].lower() in _STEPS for element in one.sequence.iter("*")
            )
            room -= steps
            if room < 0:
                message = f"More than {MAX_STEPS:,} steps and groups; split the task sequence"
                bounded.append(Fault("TS004", message, one.origin, text=one.text))
                continue
        bounded.append(one)
    return bounded


def _sequences(root: _Element, text: str, origin: Origin) -> Iterator[Document | Fault]:
    export = export_of(origin)
    for first, sequence in _numbered(root):
        form, package = _stated(sequence)
        yield Document(origin, export, form, text, sequence, package, first=first)
        if sequence is root:
            return
    for holder, offset in _holders(root, text):
        inner = content_span(text, start_tag(text, offset))
        embedded = unwrap(text, *inner)
        if not embedded.text.strip():
            continue
        try:
            embedded_root = parse(embedded.text)
        except ParseError as error:
            yield _fault(error, text, embedded.start(error.offset), origin)
            continue
        package = _properties(holder)
        for first, sequence in _numbered(embedded_root):
            form = "lite-touch" if "name" in sequence.attrib else _FORMS[holder.tag]
            yield Document(origin, export, form, text, sequence, package, inner, first)


_FORMS: dict[str, Form] = {"VALUE": "console", "SequenceData": "wrapper"}


def _numbered(root: _Element) -> Iterator[tuple[int, _Element]]:
    """Yield the task sequences that are elements, each with the number of elements before it."""
    elements = enumerate(root.iter("*"))
    for sequence in _outermost(root):
        yield next((number, sequence) for number, element in elements if element is sequence)


def _outermost(root: _Element) -> Iterator[_Element]:
    """Yield the task sequences that are elements, in document order."""
    pending = [root] if root.tag == "sequence" or root.find(".//sequence") is not None else []
    while pending:
        element = pending.pop()
        if element.tag == "sequence" and _is_task_sequence(element):
            yield element
        else:
            pending.extend(reversed(element))


def _is_task_sequence(element: _Element) -> bool:
    """Tell a task sequence from the ``<sequence>`` of other trades, which holds text or other elements."""
    if any(child.tag in _PARTS for child in element):
        return True
    version = "version" in element.attrib
    empty = element.find("*") is None and not str(element.xpath("string()")).strip()
    return (version or empty) if element.getparent() is None else (version and empty)


def _stated(sequence: _Element) -> tuple[Form, dict[str, str]]:
    """Return the form of a sequence that is an element, and what the wrapper around it says."""
    parent = sequence.getparent()
    wrapper = next(sequence.iterancestors(_WRAPPER), None)
    package = {} if wrapper is None else _children(wrapper)
    if "name" in sequence.attrib:
        return "lite-touch", package
    return ("bare" if parent is None else "wrapper"), package


def _holders(root: _Element, text: str) -> Iterator[tuple[_Element, int]]:
    """Yield the elements that hold a sequence as text, with the offsets of their start tags."""
    for tag in _FORMS:
        # Paired one to one: both sides count every element of this local name, whatever its namespace.
        for element, offset in zip(root.iter(f"{{*}}{tag}"), start_tags(text, tag), strict=False):
            if element.find("*") is None and _holds_sequence(element):
                yield element, offset


def _holds_sequence(element: _Element) -> bool:
    if element.tag == "SequenceData":
        return True
    parent = element.getparent()
    if element.tag != "VALUE" or parent is None:
        return False
    return parent.tag == "PROPERTY" and parent.get("NAME") == "Sequence"


def _properties(holder: _Element) -> dict[str, str]:
    """Return the properties of the package around the element that holds its sequence as text."""
    parent = holder.getparent()
    if holder.tag == "VALUE" and parent is not None:
        instance = parent.getparent()
        return {} if instance is None else _instance(instance)
    return {} if parent is None else _children(parent)


def _instance(instance: _Element) -> dict[str, str]:
    # findtext takes the direct child only: the VALUE in a QUALIFIER belongs to the qualifier.
    return {
        name: prop.findtext("VALUE") or ""
        for prop in islice(instance.iterchildren("PROPERTY"), MAX_PROPERTIES)
        if (name := prop.get("NAME")) and name != "Sequence"
    }


def _arrays(instance: _Element) -> dict[str, str]:
    """Return the lists of an object, such as its optional components, with blanks between their items."""
    return {
        name: " ".join(value.text or "" for value in listed.iterchildren("VALUE"))
        for prop in islice(instance.iterchildren("PROPERTY.ARRAY"), MAX_PROPERTIES)
        if (name := prop.get("NAME")) and (listed := prop.find("VALUE.ARRAY")) is not None
    }


def _children(wrapper: _Element) -> dict[str, str]:
    return {
        child.tag: child.text or ""
        for child in islice(wrapper.iterchildren("*"), MAX_PROPERTIES)
        if child.tag != "SequenceData"
    }


def _fault(error: ParseError, text: str, offset: int, origin: Origin) -> Fault:
    line, column = position(line_starts(text), offset)
    return Fault(error.rule, error.message, origin, line, column, text)


def export_of(origin: Origin) -> str:
    """Return what documents of one export have in common: the zip, or the folder it was unpacked to."""
    if origin.member:
        nested = origin.member.rpartition("!/")[0]
        return f"{origin.file}!/{nested}" if nested else origin.file
    layout = re.fullmatch(_LAYOUT, origin.file) if origin.file.lower().endswith("object.xml") else None
    return (layout[1] or ".") if layout else origin.file
