"""A task sequence as the instructions that the engine goes through: begins and ends of groups, and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.model.sequence import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.flow.timeline import Block, Entry, Timeline
    from tslint.model.sequence import Node, TaskSequence

Kind = Literal["group", "step", "end"]


class Instruction(NamedTuple):
    """One number of smsts.log, disabled ones among them; None where the number cannot be known.

    ``path`` is the step path from the root, through calls of child sequences. ``entry`` is that of a step,
    ``block`` that of what holds steps; a call of a child that is at hand has both. ``active`` tells that
    neither it nor anything around it is disabled.
    """

    kind: Kind
    node: Node
    sequence: TaskSequence
    path: str
    number: int | None
    depth: int
    active: bool
    entry: Entry | None = None
    block: Block | None = None

    @property
    def name(self) -> str:
        """The name of the step or group; an end has that of its begin."""
        return self.node.name


def instructions(line: Timeline) -> tuple[Instruction, ...]:
    """List the instructions of a task sequence, with those of the child sequences that it calls."""
    return tuple(_Walk(line).of(line.root.children, line.root, "", 0, active=True))


class _Walk:
    """Goes through the groups and steps in the order in which the timeline met them."""

    def __init__(self, line: Timeline) -> None:
        self._entries, self._disabled, self._blocks = (
            iter(line.entries),
            iter(line.disabled),
            iter(line.blocks),
        )
        self._next = next(self._blocks, None)

    def of(
        self, nodes: Sequence[Node], sequence: TaskSequence, prefix: str, depth: int, *, active: bool
    ) -> Iterator[Instruction]:
        for node in nodes:
            path = prefix + node.name
            here = active and not node.disabled
            entry = None if isinstance(node, Group) else next(self._entries if here else self._disabled)
            block = self._block(node, entry)
            kind: Kind = "step" if block is None else "group"
            number = block.number if block is not None else entry.number if entry is not None else None
            yield Instruction(kind, node, sequence, path, number, depth, here, entry, block)
            if block is not None:
                yield from self.of(block.children, block.sequence, f"{path}/", depth + 1, active=here)
                yield Instruction("end", node, sequence, path, block.end, depth, here, entry, block)

    def _block(self, node: Node, entry: Entry | None) -> Block | None:
        """Return the block of a group, or of a step that calls a child at hand; blocks come in order."""
        block = self._next
        if block is None or block.node is not node:
            return None
        if entry is not None and (entry.missing or block.scope.parent is not entry.scope):
            return None
        self._next = next(self._blocks, None)
        return block
