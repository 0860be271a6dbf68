"""Values written as Python: a module that makes them again when it is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def module_of(data: object) -> str:
    """Write a module whose ``DATA`` equals ``data``: plain data and named tuples of plain classes."""
    classes = sorted({(type(one).__module__, type(one).__name__) for one in _named_tuples(data)})
    imports = "".join(f"from {module} import {name}\n" for module, name in classes)
    return f"{imports}DATA = {code(data)}\n"


def code(value: object) -> str:
    """Write one value; of a named tuple, only the fields that are not as they are anyway."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {code(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(code, value))}]"
    if isinstance(value, frozenset):  # in an order that no hash decides
        return f"frozenset([{', '.join(sorted(map(code, value)))}])"
    if not isinstance(value, tuple):
        return repr(value)
    if not hasattr(value, "_fields"):
        return f"({', '.join(map(code, value))}{',' * (len(value) == 1)})"
    defaults = getattr(value, "_field_defaults", {})
    given = [
        f"{field}={code(inner)}"
        for field, inner in zip(value._fields, value, strict=True)
        if field not in defaults or type(inner) is not type(defaults[field]) or inner != defaults[field]
    ]
    return f"{type(value).__name__}({', '.join(given)})"


def _named_tuples(value: object) -> Iterator[object]:
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        yield value
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for inner in value:
            yield from _named_tuples(inner)
