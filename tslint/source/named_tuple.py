"""``typing.NamedTuple`` at a third of the price.

That one compiles every annotation when a class is defined, which takes 0.1 ms a class. There are fifty, and a
small run takes fifty milliseconds. Type checkers are told that this is the one that they know.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - re-exported
else:
    _OWN = frozenset({"__annotations__", "__module__", "__qualname__"})

    class _Definition(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body["__annotations__"])
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024
            for key, value in body.items():
                if key not in _OWN and key not in fields:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Definition):
        """See typing.NamedTuple."""
