"""The one gate through which reviews go out: everything that came from a file passes the mask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
# Fields that hold words of tslint's own, which programs compare: a password "moved" must not change them.
OWN_WORDS = frozenset({"kind", "outcome", "reason", "rule", "level", "engine", "phase"})


def masked(value: _T, mask: Callable[[str], str]) -> _T:
    """Return named tuples, tuples and texts with ``mask`` applied to every text that is not tslint's own."""
    return cast("_T", _masked(value, mask))


def _masked(value: object, mask: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return mask(value)
    if not isinstance(value, tuple):
        return value
    fields = getattr(value, "_fields", None)
    if fields is None:
        return tuple(_masked(inner, mask) for inner in value)
    kept = {
        field: inner if field in OWN_WORDS else _masked(inner, mask)
        for field, inner in zip(fields, value, strict=True)
    }
    return type(value)(**kept)
