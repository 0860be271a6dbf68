"""What is documented about steps, variables and tools: rules/steps.yaml and its neighbours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tslint.catalogue.secret_usage import read_usage
from tslint.catalogue.tables import Tables
from tslint.catalogue.vocabulary import NOTHING, with_values
from tslint.data_files.plain_check import check_plainly
from tslint.data_files.schema_check import plain_schema, refuse_all
from tslint.data_files.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TypedDict

    from tslint.catalogue.codes import Codes
    from tslint.catalogue.tables import (
        OptionFacts,
        SecretsTable,
        SettingFacts,
        Source,
        StepFacts,
        VariableFacts,
        Writers,
    )
    from tslint.catalogue.vocabulary import Vocabulary
    from tslint.data_files.data_file_error import DataFileError
    from tslint.data_files.plain_data import Plain
    from tslint.data_files.yaml_file import YamlFile

    class _Variables(TypedDict):
        variables: dict[str, VariableFacts]
        documented: list[str]
        others: list[str]
        writers: Writers


_Facts = TypeVar("_Facts")


class _Catalogue(NamedTuple):
    """What the files say, by their names."""

    steps: dict[str, StepFacts]
    variables: _Variables
    tools: dict[str, dict[str, OptionFacts]]
    secrets: SecretsTable


TABLES = _Catalogue._fields


def catalogue_words(rules_dir: Path) -> Vocabulary:
    """Collect the words that rules may name. Raises DataFileError."""
    data = _catalogue(rules_dir)
    steps = {
        kind: [*facts.get("settings", ()), *facts.get("further settings", ())]
        for kind, facts in data.steps.items()
    }
    variables = [*_documented(data), *_further(data)]
    return with_values(NOTHING.with_more(steps, variables, data.tools), data.tools, _values(rules_dir, data))


def _values(rules_dir: Path, data: _Catalogue) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield settings and variables with the values that they can have."""
    listed = {
        name: about["values"] for name, about in data.variables["variables"].items() if "values" in about
    }
    yield from listed.items()
    for facts in data.steps.values():
        for name, about in _settings(facts):
            yield name, listed.get(about.get("variable", facts.get("prefix", "") + name), ())
    for step in read_table(rules_dir, "console").data.values():
        for name, about in step.get("settings", {}).items():
            yield name, about.get("values", {})


def _documented(data: _Catalogue) -> list[str]:
    """List the variables that the page of variables lists."""
    return [*data.variables["variables"], *data.variables["documented"]]


def _further(data: _Catalogue) -> list[str]:
    """List other names that are known: those of the settings of steps among them."""
    made = [
        about.get("variable", facts.get("prefix", "") + name)
        for facts in data.steps.values()
        for name, about in _settings(facts)
    ]
    return [*data.variables["others"], *(name for name in made if name != "none")]


def _settings(facts: StepFacts) -> Iterator[tuple[str, SettingFacts]]:
    yield from facts.get("settings", {}).items()
    for name in facts.get("further settings", ()):
        yield name, {}


def _catalogue(rules_dir: Path) -> _Catalogue:
    def table(name: str) -> Plain:
        file = read_table(rules_dir, name)
        if name == "secrets":
            refuse_all(_wrong_secrets(file))
        return file.data

    return _Catalogue(*map(table, TABLES))


def read_codes(rules_dir: Path) -> Codes:
    """Read what codes mean. Raises DataFileError."""
    codes: Codes = read_table(rules_dir, "codes").data
    return codes


def read_table(rules_dir: Path, name: str) -> YamlFile:
    """Read a table, and check it by its schema. Raises DataFileError."""
    file = read_yaml(rules_dir / f"{name}.yaml", f"rules/{name}.yaml")
    check_plainly(file, plain_schema(name))
    return file


def _wrong_secrets(file: YamlFile) -> Iterator[DataFileError]:
    """Find usage lines that take no secret, and shapes that show none."""
    for tool, lines in file.data["tools"].items():
        for number, line in enumerate(lines):
            if "SECRET" not in line:
                what = "write SECRET where the secret stands"
                yield file.error(("tools", tool, number), f"'{line}' takes no secret", what)
    for path, shapes in (
        (("shapes",), file.data["shapes"]),
        (("keys", "shapes"), file.data["keys"]["shapes"]),
    ):
        for hint, patterns in shapes.items():
            for number, pattern in enumerate(patterns):
                if not _has_group(pattern):
                    what = "write a regular expression with a group around the secret"
                    yield file.error((*path, hint, number), "this shape shows no secret", what)


def _has_group(pattern: str) -> bool:
    try:
        return re.compile(pattern).groups > 0
    except re.error:
        return False


def read_tables(rules_dir: Path) -> Tables:
    """Read the tables; names become lower case. Raises DataFileError."""
    data = _catalogue(rules_dir)
    return Tables(
        steps={kind: _step(facts) for kind, facts in data.steps.items()},
        variables=_lower(data.variables["variables"]),
        names={name.lower(): name for name in _documented(data)},
        others=frozenset(map(str.lower, _further(data))),
        writers=data.variables["writers"],
        tools={tool: _lower(options) for tool, options in data.tools.items()},
        secrets={**data.secrets, "shown": _shown(data)},
        passed_on=dict(_passed_on(data.steps)),
    )


def _shown(data: _Catalogue) -> dict[str, list[str]]:
    """Collect the options of each tool that may be shown, without hyphen or slash."""
    found: dict[str, set[str]] = {tool: set(names) for tool, names in data.secrets["shown"].items()}
    for tool, options in data.tools.items():
        found.setdefault(tool, set()).update(options)
    for tool, lines in data.secrets["tools"].items():
        for usage in map(read_usage, lines):
            found.setdefault(tool, set()).update(option.name for option in usage.options)
    return {tool: sorted({name.lower().lstrip("-/") for name in names}) for tool, names in found.items()}


def _passed_on(steps: dict[str, StepFacts]) -> Iterator[tuple[str, Source]]:
    """Yield each tool that a setting passes options on to, and the setting."""
    for kind, facts in steps.items():
        for key, about in facts.get("settings", {}).items():
            if "options of" in about:
                variable = (facts["prefix"] + key).lower()
                yield (
                    about["options of"],
                    {"step": kind.lower(), "setting": key.lower(), "variable": variable},
                )


def _step(facts: StepFacts) -> StepFacts:
    """Keep a setting's spelling as its name: its variable is the step's prefix and that."""
    settings: dict[str, SettingFacts] = {
        key.lower(): {"name": key, **about} for key, about in facts.get("settings", {}).items()
    }
    return {**facts, "settings": settings}


def _lower(table: dict[str, _Facts]) -> dict[str, _Facts]:
    return {name.lower(): facts for name, facts in table.items()}
