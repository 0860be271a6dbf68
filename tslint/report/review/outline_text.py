"""Outlines for people, and for ``git diff``: a line a fact, none of which depends on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.escape import escape, inert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.review.facts import Fact
    from tslint.review.outline import Item, Outline

_NUMBER = 5


def outline_text(outlines: Sequence[Outline], *, numbers: bool) -> str:
    """Return outlines as text, with the numbers of smsts.log in front or without.

    Without them a step that is added changes no line of those below it.
    """
    many = len({outline.file for outline in outlines}) > 1
    blocks = ("\n".join(_lines(outline, numbers=numbers, named=many)) for outline in outlines)
    return inert("\n\n".join(blocks) + "\n") if outlines else ""


def _lines(outline: Outline, *, numbers: bool, named: bool) -> Iterator[str]:
    package = f" ({outline.package})" if outline.package else ""
    yield f"Task sequence {escape(outline.name) or 'without a name'}{escape(package)}"
    if named:
        yield f"  file: {escape(outline.file)}"
    if outline.engine == "lite-touch":
        yield "  of the Microsoft Deployment Toolkit (Lite-Touch)"
    for label, value in outline.about:
        yield from _fact(label, value, "  ")
    for item in outline.items:
        yield from _item(item, numbers=numbers)


def _item(item: Item, *, numbers: bool) -> Iterator[str]:
    number = "" if not numbers else f"{'' if item.number is None else item.number:>{_NUMBER - 1}} "
    indent = "  " * (item.depth + 1)
    kind = "" if item.what == "Group" else f"  [{escape(item.what)}]"
    head = "group " if item.what == "Group" else "step "
    yield f"{number}{indent}{head}{escape(item.name)}{kind}"
    for fact in item.facts:
        yield from _of(fact, f"{' ' * len(number)}{indent}    ")


def _of(fact: Fact, indent: str) -> Iterator[str]:
    if fact.kind == "disabled":
        yield f"{indent}disabled"
    elif fact.value == "true" and fact.default in ("", "false"):
        yield f"{indent}{escape(fact.label)}"
    elif fact.kind == "condition":
        # all at the left must hold: a line more is a test more
        yield from (
            f"{indent}{'' if line[0] == ' ' else 'condition: '}{escape(line)}"
            for line in fact.value.split("\n")
        )
    elif fact.kind == "variable":
        yield from _fact(f"sets {fact.label}", fact.value, indent, equals=" =")
    else:
        yield from _fact(fact.label, fact.value, indent)


def _fact(label: str, value: str, indent: str, equals: str = ":") -> Iterator[str]:
    lines = value.split("\n")
    if len(lines) == 1:
        yield f"{indent}{escape(label)}{equals} {escape(value)}".rstrip()
        return
    yield f"{indent}{escape(label)}{equals}"
    for line in lines:
        yield f"{indent}  {escape(line.expandtabs(4).rstrip())}".rstrip()
