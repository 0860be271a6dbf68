"""Conditions in words, as the console's page Options lists them: one test a line, nested ones indented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.model.condition import Combination
from tslint.model.read_condition import ASSUMED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.model.condition import Condition, Expression

# What an operator says where it holds, and where it does not.
_VERBS = {
    "equals": ("equals", "does not equal"),
    "exists": ("exists", "does not exist"),
    "like": ("is like", "is not like"),
    "greater": ("is greater than", "is not greater than"),
    "greaterequal": ("is at least", "is not at least"),
    "less": ("is less than", "is not less than"),
    "lessequal": ("is at most", "is not at most"),
}
_HOLDERS = {"and": "all of these hold", "or": "any of these holds", "not": "none of these holds"}
_KINDS = {
    "WMI": "WMI query",
    "Folder": "folder exists",
    "File": "file exists",
    "Registry": "registry",
    "OS": "OS",
}
# What a test is written of, in the order in which it is told; the first word needs no name.
_PARTS = {
    "WMI": ("query", "namespace"),
    "Folder": ("path",),
    "File": ("path", "versionoperator", "version", "datetimeoperator", "datetime"),
    "Registry": ("keypath", "value", "operator", "data", "type"),
    "OS": ("operator", "version", "architecture"),
}


def in_words(condition: Condition) -> tuple[str, ...]:
    """Return a condition as lines, two blanks deeper for what a combination holds."""
    if isinstance(condition, Combination) and condition.how == "and" and condition.operands:
        # the list on the page Options: all must hold
        return tuple(line for operand in condition.operands for line in _lines(operand, ""))
    return tuple(_lines(condition, ""))


def in_a_line(condition: Condition) -> str:
    """Return a condition as one line, combinations in brackets."""
    if not isinstance(condition, Combination):
        return test_in_words(condition)
    parts = [in_a_line(operand) for operand in condition.operands]
    if condition.how == "not":
        return f"not ({' or '.join(parts)})"
    if len(parts) == 1:
        return parts[0]
    nested = [
        f"({part})" if isinstance(operand, Combination) and len(operand.operands) > 1 else part
        for part, operand in zip(parts, condition.operands, strict=True)
    ]
    return f" {condition.how} ".join(nested) or "nothing"


def test_in_words(test: Expression) -> str:
    """Return one test as a person reads it out."""
    if test.kind == "Variable":
        said = f"{test.variable} {verb(test.operator)}"
        return said if test.operator in ("exists", "notexists") else f"{said} '{test.value}'"
    parts = dict(test.parts)
    told = [name for name in _PARTS.get(test.kind, ()) if _counts(name, parts)]
    told += [name for name in sorted(parts) if name not in _PARTS.get(test.kind, ()) and _counts(name, parts)]
    words = [" ".join(parts[name].split()) for name in told]
    labelled = [f"{name} {word}" for name, word in zip(told[1:], words[1:], strict=True)]
    said = ", ".join([*words[:1], *labelled]) or test.value
    return f"{_KINDS.get(test.kind, test.kind)}: {said}" if said else _KINDS.get(test.kind, test.kind)


def verb(operator: str, *, holds: bool = True) -> str:
    """Return what an operator says, or its opposite where it does not hold; an unknown one as it is."""
    known = operator.removeprefix("not")
    if known not in _VERBS:
        return operator
    return _VERBS[known][holds != (known == operator)]


def _counts(name: str, parts: dict[str, str]) -> bool:
    value = parts.get(name, "").strip()
    return bool(value) and value.lower() != ASSUMED.get(name)


def _lines(condition: Condition, indent: str) -> Iterator[str]:
    if not isinstance(condition, Combination):
        yield indent + test_in_words(condition)
        return
    yield indent + _HOLDERS[condition.how]
    for operand in condition.operands:
        yield from _lines(operand, indent + "  ")
