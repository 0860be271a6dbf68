"""What people call things, as data (rules/setting-names.yaml, rules/codes.yaml). Linting needs none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypedDict

    class ConsoleSetting(TypedDict, total=False):
        """What the console calls a setting and its choices, and what kind of text it is."""

        label: str
        default: str
        values: dict[str, str]
        generated: bool
        command: bool
        script: bool
        reference: bool

    ConsoleStep = TypedDict(
        "ConsoleStep", {"success codes": str, "settings": dict[str, ConsoleSetting]}, total=False
    )
    Console = Mapping[str, ConsoleStep]

    class Codes(TypedDict):
        """Meanings of codes: of Windows by number, of COM and others by hexadecimal digits."""

        windows: dict[str, str]
        results: dict[str, str]
