"""New XML in the manner of the file around it: on lines of its own, or on the same one."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tslint.model import xml
from tslint.source.parse import parse

if TYPE_CHECKING:
    from lxml.etree import _Element


class Layout(NamedTuple):
    """How elements stand at a place: after ``indent`` on lines of their own, or (None) on the same line.

    ``unit`` is by how much what is inside stands further in. ``one_tag`` ends an element without content.
    """

    indent: str | None
    unit: str = "  "
    new_line: str = "\n"
    one_tag: str = "/>"

    def deeper(self) -> "Layout":
        """Return how elements stand inside of one."""
        return self if self.indent is None else self._replace(indent=self.indent + self.unit)

    @property
    def gap(self) -> str:
        """What stands between two elements."""
        return "" if self.indent is None else self.new_line + self.indent


def layout_at(text: str, start: int, outer: int, one_tag: str) -> Layout:
    """Return how the element at ``start`` stands in a text; ``outer`` is where the one around it starts."""
    indent = _indent(text, start)
    if indent is None:
        return Layout(None, one_tag=one_tag)
    line = start - len(indent)
    new_line = "\r\n" if text[max(line - 2, 0) : line] == "\r\n" else "\n"
    around = _indent(text, outer)
    unit = indent[len(around) :] if around is not None and indent.startswith(around) else ""
    return Layout(indent, unit or "  ", new_line, one_tag)


def _indent(text: str, start: int) -> str | None:
    """Return the white space between the beginning of a line and what starts here, None for other text."""
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    return None if before.strip() else before


def laid_out(text: str, layout: Layout) -> str:
    """Return well-formed XML as it has to stand; its first line stands where it is put."""
    return "".join(_lines(parse(text), layout))


def _lines(element: "_Element", layout: Layout) -> Iterator[str]:
    head = f"<{element.tag}{attributes(xml.attributes(element))}"
    children = [child for child in element if xml.is_element(child)]
    if not children:
        text = element.text or ""
        yield f"{head}>{content(text)}</{element.tag}>" if text.strip() else f"{head}{layout.one_tag}"
        return
    yield f"{head}>"
    inner = layout.deeper()
    for child in children:
        yield inner.gap
        yield from _lines(child, inner)
    yield f"{layout.gap}</{element.tag}>"


def attributes(given: Mapping[str, str]) -> str:
    """Write attributes."""
    return "".join(f' {name}="{escaped(value)}"' for name, value in given.items())


def escaped(text: str) -> str:
    """Write text between double quotes. A new line would be read as a space there."""
    return content(text).replace('"', "&quot;").replace("\n", "&#10;")


def content(text: str) -> str:
    """Write text as the content of an element."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        text = text.replace(character, entity)
    return text
