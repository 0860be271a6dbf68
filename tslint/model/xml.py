"""What the readers of this layer ask of lxml's elements, with the types that its stubs leave open."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element


def is_element(node: _Element) -> bool:
    """Tell an element from a comment or a processing instruction."""
    return isinstance(cast("object", node.tag), str)


def local_name(node: _Element) -> str:
    """Return the tag without a namespace, in lower case; "" for comments and processing instructions."""
    return _local(cast("object", node.tag))


@lru_cache(maxsize=64)  # a sequence has a dozen different tags and thousands of elements
def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def attributes(element: _Element) -> dict[str, str]:
    """Return the attributes as a dictionary of their own."""
    return dict(cast("Iterable[tuple[str, str]]", element.items()))


def whole_text(element: _Element) -> str:
    """Return the element's text, also when a comment splits it."""
    if len(element) == 0:
        return element.text or ""
    return "".join(cast("Iterable[str]", element.itertext()))
