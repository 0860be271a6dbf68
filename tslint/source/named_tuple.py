"""``typing.NamedTuple`` at a fraction of the price.

That one compiles a constructor and every annotation when a class is defined, which takes 0.2 ms a class.
There are over fifty, and a small run takes fifty milliseconds. Here a constructor is compiled for the first
value of a class; in a small run many have none. Type checkers are told that this is the one that they know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - re-exported
    from typing import Self
else:
    from collections import _tuplegetter

    class _Definition(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            body |= {"__slots__": (), "_fields": fields, "_field_defaults": defaults}
            for number, field in enumerate(fields):
                body[field] = _tuplegetter(number, None)
            return super().__new__(cls, name, bases, body)

    class NamedTuple(tuple, metaclass=_Definition):  # noqa: SLOT001 - the metaclass does
        """See typing.NamedTuple."""

        def __new__(cls, *values: object, **named: object) -> Self:
            """Take a value for each field, in order or by name. Raises TypeError."""
            names = ", ".join(cls._fields)
            made = eval(f"lambda cls, {names}: make(cls, ({names},))", {"make": tuple.__new__})  # noqa: S307
            made.__defaults__ = tuple(cls._field_defaults.values())
            cls.__new__ = staticmethod(made)
            return made(cls, *values, **named)

        def __repr__(self) -> str:
            fields = zip(self._fields, self, strict=True)
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in fields)})"

        def __getnewargs__(self) -> tuple[object, ...]:
            """Give what a copy in another process is made of."""
            return tuple(self)

        def _replace(self, **changed: object) -> Self:
            replaced = tuple.__new__(type(self), map(changed.pop, self._fields, self))
            if changed:
                raise TypeError(f"{type(self).__name__} has no {', '.join(changed)}")
            return replaced
