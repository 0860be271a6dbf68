"""What the console and its cmdlets call steps and their settings, from the table rules/console.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class ConsoleValue(NamedTuple):
    """A value as the file has it (lower case), what the editor calls it, and what the cmdlet does."""

    value: str
    label: str
    word: str


class ConsoleSetting(NamedTuple):
    """A setting: its label in the editor, and the parameter of the cmdlet ("" where there is none).

    ``kind`` is "package", "codes", "items" or "text" where the value is one. ``along`` is what the parameter
    has to be given together with, ``cleared`` the switch that takes the setting away.
    """

    label: str
    parameter: str = ""
    values: tuple[ConsoleValue, ...] = ()
    along: str = ""
    cleared: str = ""
    kind: str = ""


class ConsoleStep(NamedTuple):
    """A type of step: the menu below Add, the noun of its cmdlets, its settings by name in lower case."""

    menu: str
    noun: str
    settings: Mapping[str, ConsoleSetting]
