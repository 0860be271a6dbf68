"""Which sequences of an export are judged by themselves, and which where others call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.timeline import Timeline, timeline
from tslint.model.sequence import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tslint.model.sequence import Node, TaskSequence


def lay_out(sequences: Sequence[TaskSequence]) -> list[Timeline]:
    """Lay out those that no other one calls; then whatever is left over, sequences that call each other."""
    by_id = {sequence.package_id.upper(): sequence for sequence in sequences if sequence.package_id}
    calls = {id(sequence): _calls(sequence.children) for sequence in sequences}
    called = {
        wanted
        for sequence in sequences
        for wanted in calls[id(sequence)]
        if by_id.get(wanted) is not sequence
    }
    roots = [sequence for sequence in sequences if sequence.package_id.upper() not in called]
    lines = [timeline(root, by_id) for root in roots]
    if not called:
        return lines
    seen = {id(entry.sequence) for line in lines for entry in line.entries} | {id(root) for root in roots}
    for sequence in sequences:
        if id(sequence) not in seen:
            lines.append(timeline(sequence, by_id))
            seen |= {id(entry.sequence) for entry in lines[-1].entries} | {id(sequence)}
    return lines


def _calls(nodes: Sequence[Node]) -> set[str]:
    """Return the package ids that active steps call, in upper case."""
    called: set[str] = set()
    for node in nodes:
        if node.disabled:
            continue
        if isinstance(node, Group):
            called |= _calls(node.children)
        elif node.child:
            called.add(node.child.upper())
    return called
