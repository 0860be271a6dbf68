"""Two versions of a task sequence laid out on one time scale, so that one engine can hold them side by side.

A step that is in both has one place in time, whatever was added or removed before it. Then "the value that
this step leaves" is the same value in both, and formulas of one version can be compared with the other's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.flow.flow import Flow
from tslint.flow.timeline import Entry, Scope, Timeline
from tslint.model.condition import Combination
from tslint.model.sequence import Step
from tslint.review.changes import longest_increasing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.catalogue.tables import Tables


class Aligned(NamedTuple):
    """Both versions executing; ``pairs`` are the active steps that are in both.

    ``moved`` are the places in time of steps that are in both at different ones.
    """

    old: Flow
    new: Flow
    pairs: tuple[tuple[Entry, Entry], ...]
    moved: frozenset[int]


def aligned(old: Timeline, new: Timeline, same: Mapping[int, int], tables: Tables) -> Aligned:
    """Lay out two versions. ``same`` has orders of active steps in the new one by those in the old one."""
    chain = set(longest_increasing([same[order] for order in sorted(same)]))
    staying = {before: after for before, after in same.items() if after in chain}
    times = _times(len(old.entries), len(new.entries), staying)
    names = {times[1][e.order]: e.step.name for e in new.entries} | {
        times[0][e.order]: e.step.name for e in old.entries
    }
    lines = _stretched(old, times[0], names), _stretched(new, times[1], names)
    flows = Flow(lines[0], tables), Flow(lines[1], tables)
    # one graph for both: what is the same in both is one formula
    flows[1].effort, flows[1].diagram = flows[0].effort, flows[0].diagram
    flows[1].propositions = flows[0].propositions
    pairs = tuple(
        (lines[0].entries[times[0][before]], lines[1].entries[times[1][after]])
        for before, after in sorted(same.items())
    )
    moved = frozenset(times[0][b] for b in same if b not in staying)
    return Aligned(*flows, pairs, moved | {times[1][same[b]] for b in same if b not in staying})


def _times(old: int, new: int, staying: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Return the place in time of each step of both versions, and of their ends."""
    times: tuple[list[int], list[int]] = ([], [])
    time = 0
    done = 0
    for before in range(old):
        after = staying.get(before)
        while after is not None and done < after:
            times[1].append(time)
            time, done = time + 1, done + 1
        times[0].append(time)
        if after is not None:
            times[1].append(time)
            done += 1
        time += 1
    while done < new:
        times[1].append(time)
        time, done = time + 1, done + 1
    times[0].append(time)
    times[1].append(time)
    return times


def _stretched(line: Timeline, times: list[int], names: Mapping[int, str]) -> Timeline:
    """Return a timeline with each step at its place in time, and steps that never run between.

    Those have the names of the other version's steps, which are told where a value is one that they leave.
    """
    scopes: dict[int, Scope] = {}

    def scope_of(scope: Scope | None) -> Scope | None:
        if scope is None:
            return None
        if id(scope) not in scopes:
            parent = scope_of(scope.parent)
            scopes[id(scope)] = scope._replace(parent=parent, order=times[scope.order])
        return scopes[id(scope)]

    placed = {times[e.order]: e._replace(order=times[e.order], scope=scope_of(e.scope)) for e in line.entries}
    filled = (placed.get(time) or _nothing(time, names.get(time, ""), line) for time in range(times[-1]))
    return line._replace(entries=tuple(filled))


def _nothing(time: int, name: str, line: Timeline) -> Entry:
    step = Step(0, name, "", {}, {}, "", 0, None, disabled=False, continue_on_error=False)
    never = Scope(None, Combination("or", ()), time, swallows=False, sequence=line.root, path="", number=None)
    return Entry(time, step, line.root, "", None, never)
