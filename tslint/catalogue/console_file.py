"""The table rules/console.yaml, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.catalogue.console_words import ConsoleSetting, ConsoleStep, ConsoleValue
from tslint.data_files.plain_check import check_plainly
from tslint.data_files.schema_check import plain_schema
from tslint.data_files.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tslint.data_files.plain_data import Plain


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
