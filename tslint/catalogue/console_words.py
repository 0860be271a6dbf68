"""What the console and its cmdlets call steps and their settings, from the table rules/console.yaml."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

# What the text of a setting is; the head of rules/console.yaml tells more.
Kind = Literal["package", "reference", "codes", "items", "text", "command", "script", "generated"]


class ConsoleValue(NamedTuple):
    """A value as the file has it, in lower case, what the editor calls it, and what the cmdlet, if it can."""

    value: str
    label: str
    word: str = ""


class ConsoleSetting(NamedTuple):
    """A setting: its label in the editor, and the parameter of the cmdlet ("" where there is none).

    ``default`` is what the editor has where nobody chose. ``along`` is what the parameter has to be given
    together with, ``cleared`` the switch that takes the setting away.
    """

    label: str = ""
    default: str = ""
    parameter: str = ""
    values: tuple[ConsoleValue, ...] = ()
    along: str = ""
    cleared: str = ""
    kind: Kind | None = None

    @property
    def is_text(self) -> bool:
        """Whether the value is text even where it looks like a number or a switch."""
        return self.kind in ("text", "command", "script")

    def choice(self, value: str) -> ConsoleValue | None:
        """Return what a value is called, None where none is known by name."""
        return next((one for one in self.values if one.value == value.lower()), None)

    def is_switch(self, value: str) -> bool:
        """Say whether a value is that of a box to tick."""
        return not self.is_text and value.lower() in ("true", "false")


class ConsoleStep(NamedTuple):
    """A type of step: the menu below Add, the noun of its cmdlets, its settings by name in lower case.

    ``success_codes`` is what Options > Success codes holds where nobody changed it. ``options`` are
    attributes that can be edited, by name.
    """

    menu: str = ""
    noun: str = ""
    success_codes: str = "0"
    settings: Mapping[str, ConsoleSetting] = {}  # nobody changes it
    options: Mapping[str, ConsoleSetting] = {}


Console = Mapping[str, ConsoleStep]
