"""What is documented about steps, variables and tools: rules/steps.yaml and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tslint.catalogue.vocabulary import NOTHING
from tslint.data_files.plain_check import check_plainly
from tslint.data_files.schema_check import plain_schema
from tslint.data_files.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tslint.catalogue.vocabulary import Vocabulary

TABLES: Final = ("steps", "variables", "tools", "secrets")
# Tables that linting does not need: what people call things. They are loaded when something is shown to them.
NAMES: Final = ("console", "codes")


def catalogue_words(rules_dir: Path) -> Vocabulary:
    """Collect the words that rules may name. Raises DataFileError."""
    data = _catalogue(rules_dir)
    steps = {
        kind: [*facts.get("settings", ()), *facts.get("further settings", ())]
        for kind, facts in data["steps"].items()
    }
    made = [
        about.get("variable", facts.get("prefix", "") + name)
        for facts in data["steps"].values()
        for name, about in [
            *facts.get("settings", {}).items(),
            *((n, {}) for n in facts.get("further settings", ())),
        ]
    ]
    variables = [*data["variables"]["variables"], *data["variables"]["documented"], *made]
    return NOTHING.with_more(steps, [name for name in variables if name != "none"], data["tools"])


def _catalogue(rules_dir: Path) -> dict[str, Any]:
    data = {}
    for name in TABLES:
        file = read_yaml(rules_dir / f"{name}.yaml", f"rules/{name}.yaml")
        check_plainly(file, plain_schema(name))
        data[name] = file.data
    return data


def read_names(rules_dir: Path, name: str) -> dict[str, Any]:
    """Read one of the tables of NAMES. Raises DataFileError."""
    file = read_yaml(rules_dir / f"{name}.yaml", f"rules/{name}.yaml")
    check_plainly(file, plain_schema(name))
    return dict(file.data)


def read_tables(rules_dir: Path) -> dict[str, Any]:
    """Read the tables into what flow.tables.Tables holds: names in lower case. Raises DataFileError."""
    data = _catalogue(rules_dir)
    variables = data["variables"]
    return {
        "steps": {kind: _step(facts) for kind, facts in data["steps"].items()},
        "variables": _lower(variables["variables"]),
        "writers": {"steps": variables["writers"]["steps"], "commands": variables["writers"]["commands"]},
        "tools": {tool: _lower(options) for tool, options in data["tools"].items()},
        "secrets": data["secrets"],
        "passed_on": dict(_passed_on(data["steps"])),
    }


def _passed_on(steps: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each tool that a setting passes options on to, with the step, the setting and its variable."""
    for kind, facts in steps.items():
        for key, about in facts.get("settings", {}).items():
            if "options of" in about:
                source = {"step": kind, "setting": key, "variable": facts["prefix"] + key}
                yield about["options of"], {what: name.lower() for what, name in source.items()}


def _step(facts: dict[str, Any]) -> dict[str, Any]:
    """Keep a setting's spelling as its name: its variable is the step's prefix and that."""
    settings = {key.lower(): {"name": key, **about} for key, about in facts.get("settings", {}).items()}
    return {**facts, "settings": settings}


def _lower(table: dict[str, Any]) -> dict[str, Any]:
    return {name.lower(): facts for name, facts in table.items()}
