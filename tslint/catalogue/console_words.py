"""What the console and its cmdlets call steps and their settings, from the table rules/console.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.data_files.plain_check import check_plainly
from tslint.data_files.schema_check import plain_schema
from tslint.data_files.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tslint.data_files.plain_data import Plain


class ConsoleValue(NamedTuple):
    """A value as the file has it (lower case), what the editor calls it, and what the cmdlet does."""

    value: str
    label: str
    word: str


class ConsoleSetting(NamedTuple):
    """A setting: its label in the editor, and the parameter of the cmdlet ("" where there is none).

    ``kind`` is "package", "codes" or "items" where the value is one; ``along`` is what the parameter has to
    be given together with, ``cleared`` the switch that takes the setting away.
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


def read_console(rules_dir: Path) -> dict[str, ConsoleStep]:
    """Read the table, by type of step. Raises DataFileError."""
    file = read_yaml(rules_dir / "console.yaml", "rules/console.yaml")
    check_plainly(file, plain_schema("console"))
    return {kind: _step(facts) for kind, facts in file.data.items()}


def _step(facts: Mapping[str, Plain]) -> ConsoleStep:
    settings = {key.lower(): _setting(about) for key, about in facts.get("settings", {}).items()}
    return ConsoleStep(facts["menu"], facts["noun"], settings)


def _setting(about: Mapping[str, Plain]) -> ConsoleSetting:
    return ConsoleSetting(
        about["label"],
        about.get("parameter", ""),
        tuple(ConsoleValue(value.lower(), *words) for value, words in about.get("values", {}).items()),
        about.get("with", ""),
        about.get("cleared by", ""),
        about.get("is", ""),
    )
