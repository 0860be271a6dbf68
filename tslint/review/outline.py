"""A task sequence as an outline: its groups and steps with what there is to say of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.review.facts import facts_of
from tslint.review.instructions import instructions

if TYPE_CHECKING:
    from tslint.flow.timeline import Timeline
    from tslint.model.sequence import TaskSequence
    from tslint.review.facts import Fact, Names
    from tslint.review.instructions import Instruction, Kind
    from tslint.review.sequences import Sequences

# What the package of a task sequence says of it, as far as people compare it.
_PACKAGE = {
    "BootImageID": "boot image",
    "CustomProgressMsg": "progress notification text",
    "Duration": "maximum allowed run time (minutes)",
}


class Item(NamedTuple):
    """A group or step. ``what`` is what the console calls its kind, ``number`` that of smsts.log."""

    kind: Kind
    name: str
    what: str
    number: int | None
    depth: int
    path: str
    active: bool
    facts: tuple[Fact, ...]


class Outline(NamedTuple):
    """One task sequence, child sequences of its export in their places. ``about`` are label and value."""

    file: str
    name: str
    package: str
    engine: str
    about: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]


def outlines(sequences: Sequences, names: Names) -> tuple[Outline, ...]:
    """Outline each task sequence that no other one calls, in the order of the files."""
    return tuple(_outline(line, names) for line in sequences.lines())


def about_of(sequence: TaskSequence) -> tuple[tuple[str, str], ...]:
    """Return what is said of a whole task sequence, as label and value."""
    package = sequence.document.package
    told = [(label, package.get(key, "").strip()) for key, label in _PACKAGE.items()]
    variables = [(f"variable {name}", value.strip()) for name, value in sorted(sequence.variables.items())]
    return tuple((label, value) for label, value in (*told, *variables) if value.strip("0"))


def _outline(line: Timeline, names: Names) -> Outline:
    root = line.root
    own = names.of(root)
    items = tuple(_item(one, own) for one in instructions(line) if one.kind != "end")
    file = str(root.document.origin)
    return Outline(file, root.name, root.package_id, root.engine, about_of(root), items)


def _item(one: Instruction, names: Names) -> Item:
    return Item(
        kind="group" if one.kind == "group" else "step",
        name=one.name,
        what=names.label(one.node),
        number=one.number,
        depth=one.depth,
        path=one.path,
        active=one.active,
        facts=facts_of(one.node, names),
    )
