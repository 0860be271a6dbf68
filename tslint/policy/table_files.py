"""What is documented about steps, variables and tools: rules/steps.yaml and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tslint.policy.rule_file_error import RuleFileError
from tslint.policy.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES: Final = ("steps", "variables", "tools", "secrets")


def read_tables(rules_dir: Path) -> dict[str, Any]:
    """Read the tables into what flow.tables.Tables holds: names in lower case. Raises RuleFileError."""
    data = {}
    for name in TABLES:
        file = read_yaml(rules_dir / f"{name}.yaml", f"rules/{name}.yaml")
        if not isinstance(file.data, dict):
            raise RuleFileError(
                file=f"rules/{name}.yaml",
                line=1,
                column=1,
                key=name,
                problem="this is no map",
                remedy="name things and say about each",
            )
        data[name] = file.data
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
