"""The objects of sarif-om as plain data for ``json``.

sarif-om's own serializer drops ``level: "warning"``, so that readers take the rule's level, and is slow: ten
seconds for what takes a fraction of one here.
"""

from __future__ import annotations


def plain(thing: object) -> dict[str, object]:
    """Return a dict for a sarif-om object and those inside: the format's names, nothing that is unset."""
    members: dict[str, object] = {}
    for field in type(thing).__attrs_attrs__:  # type: ignore[attr-defined]
        member = getattr(thing, field.name)
        name = field.metadata["schema_property_name"]
        # a level is always written: left out it would mean the level of the rule
        if name == "level" or not _is_unset(member, field.default):
            members[name] = _plain(member)
    return members


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float)) else plain(value)


def _is_unset(member: object, default: object) -> bool:
    make = getattr(default, "factory", None)
    return member is None or member == (make() if make else default)
