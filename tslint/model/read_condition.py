"""``<condition>`` and what may stand below it, to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tslint.model.condition import Combination, Condition, Expression
from tslint.model.xml import attributes, is_element, whole_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

# The part of a WMI, folder, file or registry test that a person knows it by.
_TELLING = ("query", "path", "keypath", "version", "name")
_HOW: dict[str, Literal["and", "or", "not"]] = {"and": "and", "or": "or", "not": "not"}
_PREFIX, _SUFFIX = "SMS_TaskSequence_", "ConditionExpression"


def read_conditions(elements: Iterable[_Element], index: int) -> list[Condition]:
    """Read siblings under ``<condition>`` or ``<operator>``. ``index`` is the first one's element number."""
    found: list[Condition] = []
    for element in elements:
        if not is_element(element):
            continue
        found.append(_read(element, index))
        index += sum(1 for _ in element.iter("*"))
    return found


def _read(element: _Element, index: int) -> Condition:
    tag = element.tag.rpartition("}")[2].lower()
    if tag == "operator":
        how = element.get("type", "and").strip().lower()
        operands = tuple(read_conditions(element, index + 1))
        if how in _HOW and operands:
            return Combination(_HOW[how], operands, index)
        return Expression("an operator without tests", text=f"operator {index}", element=index)
    if tag == "expression":
        return _expression(element, index)
    return Expression("OS" if tag == "osconditiongroup" else tag, text=_text(element), element=index)


def _expression(element: _Element, index: int) -> Condition:
    kind = element.get("type", "").strip().removeprefix(_PREFIX).removesuffix(_SUFFIX)
    parts = {v.get("name", "").lower(): whole_text(v) for v in element.iter("variable")}
    if kind != "Variable":
        told = next((parts[name] for name in _TELLING if parts.get(name)), "")
        value, written = " ".join(told.split()), tuple(parts.items())
        return Expression(kind, value=value, text=_text(element), element=index, parts=written)
    return Expression(
        kind,
        variable=parts.get("variable", "").strip(),
        operator=parts.get("operator", "").strip().lower(),
        value=parts.get("value", ""),
        element=index,
    )


def _text(element: _Element) -> str:
    """One text for equal tests: attribute and element order and white space do not tell them apart."""
    parts = []
    for inner in element.iter("*"):
        words = [*sorted(f"{k}={v}" for k, v in attributes(inner).items()), inner.text or ""]
        parts.append(" ".join(" ".join(words).split()))
    head, *rest = parts
    if element.tag == "expression":
        rest.sort()  # ConfigMgr writes the parts of a test alphabetically, MDT does not
    return " | ".join([head, *rest]).lower()
