"""The objects of sarif-om as plain data for ``json``.

sarif-om's own serializer drops ``level: "warning"``, so that readers take the rule's level, and is slow: ten
seconds for what takes a fraction of one here.
"""

from __future__ import annotations

from typing import Any


def plain(value: object) -> Any:  # noqa: ANN401 - plain data
    """Return ``value`` with a dict for each sarif-om object: the format's names, nothing that is unset."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    members: dict[str, Any] = {}
    for field in type(value).__attrs_attrs__:  # type: ignore[attr-defined]
        member = getattr(value, field.name)
        name = field.metadata["schema_property_name"]
        # a level is always written: left out it would mean the level of the rule
        if name == "level" or not _is_unset(member, field.default):
            members[name] = plain(member)
    return members


def _is_unset(member: object, default: object) -> bool:
    make = getattr(default, "factory", None)
    return member is None or member == (make() if make else default)
