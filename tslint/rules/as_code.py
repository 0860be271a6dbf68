"""Values written as Python: a module that makes them again when it is imported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def module_of(data: object) -> str:
    """Write a module whose ``DATA`` equals ``data``: plain data and named tuples of plain classes.

    Rules say much alike. A named tuple that is needed more than once is made once.
    """
    values = list(named_tuples(data))
    classes = sorted({(type(one).__module__, type(one).__name__) for one in values})
    imports = "".join(f"from {module} import {name}\n" for module, name in classes)
    writer = _Writer(text for text, times in Counter(map(code, values)).items() if times > 1)
    written = writer.code(data)
    return f"{imports}{''.join(writer.lines)}DATA = {written}\n"


def code(value: object) -> str:
    """Write one value; of a named tuple, only the fields that are not as they are anyway."""
    return _Writer().code(value)


class _Writer:
    """Writes values. What is ``repeated``, as code, becomes ``lines`` of its own that give it a name."""

    def __init__(self, repeated: Iterable[str] = ()) -> None:
        self._repeated, self._names = frozenset(repeated), dict[str, str]()
        self.lines: list[str] = []

    def code(self, value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key!r}: {self.code(inner)}" for key, inner in value.items()) + "}"
        if isinstance(value, list):
            return f"[{', '.join(map(self.code, value))}]"
        if isinstance(value, frozenset):  # in an order that no hash decides
            return f"frozenset([{', '.join(sorted(map(self.code, value)))}])"
        if not isinstance(value, tuple):
            return repr(value)
        if not hasattr(value, "_fields"):
            return f"({', '.join(map(self.code, value))}{',' * (len(value) == 1)})"
        return self._named(value) if self._repeated and code(value) in self._repeated else self._made(value)

    def _named(self, value: tuple[object, ...]) -> str:
        """Return the name of a value, which is made before it is asked for."""
        text = code(value)
        if text not in self._names:
            made = self._made(value)
            self._names[text] = f"_{len(self._names)}"
            self.lines.append(f"{self._names[text]} = {made}\n")
        return self._names[text]

    def _made(self, value: tuple[object, ...]) -> str:
        fields: tuple[str, ...] = getattr(value, "_fields", ())
        defaults = getattr(value, "_field_defaults", {})
        given = [
            f"{field}={self.code(inner)}"
            for field, inner in zip(fields, value, strict=True)
            if field not in defaults or type(inner) is not type(defaults[field]) or inner != defaults[field]
        ]
        return f"{type(value).__name__}({', '.join(given)})"


def named_tuples(value: object) -> Iterator[object]:
    """Go through the named tuples in plain data, the outer ones first."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        yield value
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for inner in value:
            yield from named_tuples(inner)
