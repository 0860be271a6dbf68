"""One task sequence as it stands in a file: its XML, its text, and what its package says of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

# object.xml of a console export; SmsTaskSequencePackage; a bare <sequence>; MDT's ts.xml.
Form = Literal["console", "wrapper", "bare", "lite-touch"]


class Origin(NamedTuple):
    """Where bytes come from. ``file`` is a path as reported: relative where it can be, forward slashes.

    ``member`` is the path inside a zip ("" for a plain file; "inner.zip!/a/object.xml" in a zip in a zip).
    """

    file: str
    member: str = ""

    def __str__(self) -> str:
        """The name that reports print: ``export.zip!/SMS_TaskSequencePackage/PS100001/object.xml``."""
        return f"{self.file}!/{self.member}" if self.member else self.file


class Document(NamedTuple):
    """One task sequence. Elements are known by their index in document order, ``<sequence>`` being 0.

    ``text`` is the whole decoded outer file (no byte-order mark). ``inner`` is the half-open range of
    ``text`` that holds the sequence when it is embedded as text (CDATA or escaped) in object.xml.
    Documents of equal ``export`` belong to one export: one may call the other as a child task sequence.
    ``first`` counts the elements before ``sequence`` in its own XML. ``beside`` are the boot images in the
    same export: their properties, by package id in upper case; a list has blanks between its items.
    """

    origin: Origin
    export: str
    form: Form
    text: str
    sequence: "_Element"
    package: Mapping[str, str]  # PackageID, Name, BootImageID, ... as far as the file tells
    inner: tuple[int, int] | None = None
    first: int = 0
    beside: Mapping[str, Mapping[str, str]] = {}  # nobody changes it

    @property
    def identity(self) -> tuple[Origin, tuple[int, int] | None, int]:
        """What tells it from all other documents; where it is read twice, it is the same twice."""
        return self.origin, self.inner, self.first

    def forget(self) -> None:
        """Empty the tree, which takes many times the memory of the text, once it is read."""
        self.sequence.getroottree().getroot().clear()

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as after ``forget``."""
        return _forgotten, (*self[:4], self[5:])


def _forgotten(origin: Origin, export: str, form: Form, text: str, rest: tuple[Any, ...]) -> Document:
    from lxml import etree

    return Document(origin, export, form, text, etree.Element("sequence"), *rest)


class Fault(NamedTuple):
    """Content that could not be read: becomes the finding ``rule`` (TS001 to TS004).

    ``line`` and ``column`` are 1-based code points of the outer file; ``text`` is what could be decoded.
    """

    rule: Literal["TS001", "TS002", "TS003", "TS004"]
    message: str
    origin: Origin
    line: int = 1
    column: int = 1
    text: str = ""
