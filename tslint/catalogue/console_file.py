"""The table rules/console.yaml, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.catalogue.console_words import ConsoleSetting, ConsoleStep, ConsoleValue
from tslint.catalogue.table_files import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tslint.data_files.plain_data import Plain


def read_console(rules_dir: Path) -> dict[str, ConsoleStep]:
    """Read the table, by type of step. Raises DataFileError."""
    file = read_table(rules_dir, "console")
    return {kind: _step(facts) for kind, facts in file.data.items()}


def _step(facts: Mapping[str, Plain]) -> ConsoleStep:
    settings = {key.lower(): _setting(about) for key, about in facts.get("settings", {}).items()}
    codes = facts.get("success codes", "0")
    options = {key: _setting(about) for key, about in facts.get("options", {}).items()}
    return ConsoleStep(facts.get("menu", ""), facts.get("noun", ""), codes, settings, options)


def _setting(about: Mapping[str, Plain]) -> ConsoleSetting:
    return ConsoleSetting(
        label=about.get("label", ""),
        default=about.get("default", ""),
        parameter=about.get("parameter", ""),
        values=tuple(ConsoleValue(value.lower(), *words) for value, words in about.get("values", {}).items()),
        along=about.get("with", ""),
        cleared=about.get("cleared by", ""),
        kind=about.get("is"),
    )
