"""Conditions of groups, steps and dynamic-variable rules, as written."""

from collections.abc import Iterator
from typing import Literal, NamedTuple


class Question(NamedTuple):
    """What a test asks of a thing on the computer: whether it exists, or how an ``aspect`` of it compares.

    ``kind`` and ``name`` tell the thing from others. ``how`` says what kind of value is compared: a "text",
    "number", "version" or "date", or one that nothing is known of.
    """

    kind: str
    name: str
    operator: str
    aspect: str = ""
    how: str = ""
    value: str = ""
    spelling: str = ""


class Expression(NamedTuple):
    """One test. ``kind`` is the middle of SMS_TaskSequence_...ConditionExpression: Variable, WMI, File.

    ``variable``, ``operator`` and ``value`` are filled for kind Variable only; ``operator`` in lower case,
    as written otherwise ("equals", "notequals", "exists", ...). ``text`` identifies any other kind: equal
    texts are the same proposition, ``value`` is how a person would read it out. ``parts`` are the names and
    texts of which the file makes the test, names in lower case. ``questions`` are what it asks of a thing on
    the computer, all of which must hold; none where only its wording is known.
    """

    kind: str
    variable: str = ""
    operator: str = ""
    value: str = ""
    text: str = ""
    element: int = -1
    parts: tuple[tuple[str, str], ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def identity(self) -> str:
        """What tells this test from others, where its outcome is only known by its wording."""
        if self.text:
            return f"{self.kind} {self.text}".lower()
        return f"{self.kind} {self.variable} {self.operator} {self.value}".lower()

    @property
    def spelling(self) -> str:
        """The test as a person would read it out."""
        return " ".join(f"{self.kind} {self.variable} {self.operator} {self.value}".split())


class Combination(NamedTuple):
    """``and``, ``or``, or ``not`` (none of the operands holds). Without operands it says nothing."""

    how: Literal["and", "or", "not"]
    operands: "tuple[Condition, ...]"
    element: int = -1


Condition = Expression | Combination


def tests_in(condition: Condition) -> Iterator[Expression]:
    """Go through the tests of a condition, in order."""
    if isinstance(condition, Combination):
        for operand in condition.operands:
            yield from tests_in(operand)
    else:
        yield condition


def placed_at(condition: Condition, element: int) -> Condition:
    """Return a condition that stands in the text of an element, which is its place in the document."""
    if isinstance(condition, Combination):
        operands = tuple(placed_at(operand, element) for operand in condition.operands)
        return condition._replace(operands=operands, element=element)
    return condition._replace(element=element)
