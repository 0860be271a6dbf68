"""Scripts held against the grammar of PowerShell and the reference of the cmdlets."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "cmdlets.json").read_text("utf-8"))
_OF_POWERSHELL = {"Read-Host"}
_COMMON = {"whatif", "confirm", "disablewildcardhandling"}
_KINDS = {
    "Boolean": r"\$(true|false)",
    "Int32": r"\d+",
    "UInt32": r"\d+",
    "Int32[]": r"\d+(,\d+)*",
    "String": r"'.*'|\$\w+",
    "String[]": r"'.*'(,'.*')*",
    "IResultObject": r"\(.*\)|\$\w+",
    "IResultObject[]": r"\(.*\)|\$\w+",
    "SecureString": r"\(.*\)",
}


def parse(script: str) -> Any:
    """Return the root of the script's syntax tree."""
    tree_sitter = pytest.importorskip("tree_sitter")
    grammar = pytest.importorskip("tree_sitter_powershell")
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    return parser.parse(script.removeprefix("\ufeff").encode()).root_node


def faults(script: str) -> list[str]:
    """Say what is wrong with a script: it does not parse, or a cmdlet does not take what it is given."""
    root = parse(script)
    if root.has_error:
        return [f"does not parse: {script}"]
    return [fault for command in _commands(root) for fault in _faults(command)]


def commands(script: str) -> list[str]:
    """Return the names of the commands of a script, in order of the text."""
    return [_name(command) for command in _commands(parse(script))]


def _commands(node: Any) -> Iterator[Any]:
    if node.type == "command":
        yield node
    for child in node.children:
        yield from _commands(child)


def _name(command: Any) -> str:
    return next(c for c in command.children if c.type == "command_name").text.decode()


def _faults(command: Any) -> Iterator[str]:
    name = _name(command)
    if name in _OF_POWERSHELL:
        return
    if name not in TABLE:
        yield f"no such cmdlet is in the table: {name}"
        return
    given = dict(_given(command))
    known = [_parameters(text) for text in TABLE[name]["sets"].values()]
    every = {key: kind for one in known for key, (kind, _) in one.items()}
    for key, value in given.items():
        if key in _COMMON:
            continue
        if key not in every:
            yield f"{name} has no parameter {key}"
        elif not re.fullmatch(_KINDS.get(every[key], r".*") if every[key] != "Switch" else "", value):
            words = {word.lower() for word in _accepted(name, key)}
            if value.lower() not in words:
                yield f"{name} -{key} is {every[key]}, not {value}"
        elif (accepted := _accepted(name, key)) and value not in accepted:
            yield f"{name} -{key} takes one of {accepted}, not {value}"
    if not any(_fits(one, given.keys() - _COMMON) for one in known):
        yield f"no parameter set of {name} has {sorted(given)}"


def _accepted(name: str, key: str) -> list[str]:
    accepted = TABLE[name].get("accepted", {})
    return next((values for parameter, values in accepted.items() if parameter.lower() == key), [])


def _parameters(text: str) -> dict[str, tuple[str, bool]]:
    found = {}
    for one in text.split():
        name, _, kind = one.partition(":")
        found[name.lower()] = kind.rstrip("*"), kind.endswith("*")
    return found


def _fits(known: dict[str, tuple[str, bool]], given: set[str]) -> bool:
    return given <= known.keys() and {key for key, (_, needed) in known.items() if needed} <= given


def _given(command: Any) -> Iterator[tuple[str, str]]:
    """Yield each parameter in lower case, and what it is given ("" for a switch)."""
    elements = next((c for c in command.children if c.type == "command_elements"), None)
    parts = [c for c in elements.children if c.type != "command_argument_sep"] if elements else []
    for number, part in enumerate(parts):
        if part.type == "command_parameter":
            after = parts[number + 1] if number + 1 < len(parts) else None
            value = "" if after is None or after.type == "command_parameter" else after.text.decode()
            yield part.text.decode()[1:].lower(), value
        elif number == 0 or parts[number - 1].type != "command_parameter":
            yield f"? {part.text.decode()}", ""
