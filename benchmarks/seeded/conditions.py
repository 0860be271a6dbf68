"""Conditions as small tuples, their XML, and ways to write the same condition differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from random import Random

    from lxml.etree import _Element

# A tuple whose head is "var" (then name, operator, value), "test" (then kind and pairs of property and text),
# or one of "and", "or" and "not" (then conditions).
Condition = tuple[Any, ...]

OPPOSITE = {"equals": "notEquals", "notEquals": "equals", "exists": "notExists", "notExists": "exists"}


def eq(name: str, value: str) -> Condition:
    return ("var", name, "equals", value)


def ne(name: str, value: str) -> Condition:
    return ("var", name, "notEquals", value)


def exists(name: str) -> Condition:
    return ("var", name, "exists", "")


def missing(name: str) -> Condition:
    return ("var", name, "notExists", "")


def both(*parts: Condition) -> Condition:
    return ("and", *parts)


def either(*parts: Condition) -> Condition:
    return ("or", *parts)


def none_of(*parts: Condition) -> Condition:
    return ("not", *parts)


def in_winpe(answer: str) -> Condition:
    return eq("_SMSTSInWinPE", answer)


def unrelated(rng: Random, number: int) -> Condition:
    """A condition on something that no seeded step depends on."""
    model = rng.choice(["Latitude", "EliteBook", "ThinkPad", "Surface"])
    query = f"SELECT * FROM Win32_ComputerSystem WHERE Model = '{model} {number}'"  # noqa: S608 - WQL
    return rng.choice(
        [
            eq(f"Region{number}", rng.choice(["EMEA", "APAC"])),
            ne(f"Kiosk{number}", "True"),
            exists(f"AssetOwner{number}"),
            ("test", "WMI", ("Namespace", "root\\cimv2"), ("Query", query)),
            ("test", "File", ("Path", f"C:\\Windows\\marker{number}.tag")),
            ("test", "Folder", ("Path", f"D:\\Data{number}")),
        ]
    )


def opposite(condition: Condition, rng: Random) -> Condition:
    """A condition that holds exactly when the given one does not."""
    if condition[0] == "var" and rng.random() < 0.5:
        return ("var", condition[1], OPPOSITE[condition[2]], condition[3])
    return none_of(same(condition, rng))


def same(condition: Condition, rng: Random, depth: int = 2) -> Condition:
    """The condition written differently: other case, double negation, De Morgan, needless operators."""
    if condition[0] == "test":
        return condition
    if condition[0] == "var":
        return _same_literal(condition, rng, depth)
    parts = [same(part, rng, depth - 1) for part in condition[1:]]
    rng.shuffle(parts)
    if condition[0] == "not":
        return none_of(either(*parts)) if rng.random() < 0.5 else none_of(*parts)
    if condition[0] == "or" and rng.random() < 0.5:
        return none_of(none_of(*parts))
    if condition[0] == "and" and rng.random() < 0.5:
        return none_of(*(none_of(part) for part in parts))
    return (condition[0], *parts)


def _same_literal(condition: Condition, rng: Random, depth: int) -> Condition:
    _, name, operator, value = condition
    literal = (
        "var",
        rng.choice([name, name.upper(), name.lower()]),
        operator,
        rng.choice([value, value.upper()]),
    )
    negated = ("var", name, OPPOSITE[operator], value)
    if depth <= 0:
        return literal
    return rng.choice(
        [
            literal,
            none_of(negated),
            none_of(none_of(literal)),
            both(literal, condition),
            either(literal),
            none_of(both(negated, negated)),
        ]
    )


def to_xml(condition: Condition, order: tuple[str, ...]) -> _Element:
    """``<expression>`` or ``<operator>``; ``order`` is the order of a variable expression's parts."""
    head, *rest = condition
    if head == "var":
        texts = dict(zip(("Variable", "Operator", "Value"), rest, strict=True))
        return _expression("Variable", [(part, texts[part]) for part in order if texts[part]])
    if head == "test":
        return _expression(rest[0], rest[1:])
    element = etree.Element("operator", type=head)
    element.extend(to_xml(part, order) for part in rest)
    return element


def _expression(kind: str, parts: list[tuple[str, str]]) -> _Element:
    element = etree.Element("expression", type=f"SMS_TaskSequence_{kind}ConditionExpression")
    for name, text in parts:
        etree.SubElement(element, "variable", name=name).text = text
    return element
