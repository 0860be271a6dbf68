"""The variables of a task sequence: which lines set, read and test each, and what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tslint.report.page.outline import Outline


class Variable(NamedTuple):
    """A variable, and the numbers of the lines that set, read and test it. ``note`` is what stands out."""

    name: str
    sets: list[int]
    reads: list[int]
    tests: list[int]
    note: str = ""


def variables_of(outline: Outline, first: int) -> list[Variable]:
    """List the variables of a task sequence by name; ``first`` is the number of its first line."""
    found: dict[str, Variable] = {}
    for number, line in enumerate(outline.lines, start=first):
        for role in ("sets", "reads", "tests") if line.change != "removed" else ():
            for name in getattr(line, role):
                known = found.setdefault(name.lower(), Variable(name, [], [], []))
                getattr(known, role).append(number)
    return [
        found[name]._replace(note=_note(found[name]) if name in outline.own else "") for name in sorted(found)
    ]


def _note(one: Variable) -> str:
    """Tell a fact, which is no fault: a program may read it, and a collection or computer may set it."""
    if one.sets and not one.reads and not one.tests:
        return "set and never read here"
    if one.tests and not one.sets:
        return "tested and never set here"
    return ""
