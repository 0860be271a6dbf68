"""Which step of a timeline assigns which variable, whatever the paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.commands.of_step import assigned_by
from tslint.flow.writes import IN_WINPE, Write, may_write_anything, writes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Assigned
    from tslint.flow.timeline import Entry, Timeline


class Assignment(NamedTuple):
    """One write of one step in its place."""

    entry: Entry
    position: int  # among the writes of its step
    write: Write
    proof: bool = False  # made only where the step succeeds, which proves what was so before


class Assignments:
    """All assignments of a timeline; worked out when first asked for, and shared by its flows."""

    def __init__(self, timeline: Timeline, tables: Tables) -> None:
        self._entries = timeline.entries
        self._tables = tables
        self._in: dict[int, tuple[Assignment, ...]] = {}
        self._assigned: dict[int, tuple[Assigned, ...]] = {}
        self._of: dict[str, list[Assignment]] | None = None
        self._writers: Mapping[int, Entry] | None = None
        self._of_scripts: Mapping[str, frozenset[int]] | None = None

    def of(self, name: str) -> Sequence[Assignment]:
        """List the assignments of a variable in order; ``name`` in lower case."""
        if self._of is None:
            self._of = {}
            for entry in self._entries:
                for assignment in self.made_by(entry):
                    self._of.setdefault(assignment.write.variable, []).append(assignment)
        return self._of.get(name, ())

    def of_scripts(self) -> Mapping[str, frozenset[int]]:
        """Return the orders of the steps that may assign each variable that they name, in lower case."""
        if self._of_scripts is None:
            found: dict[str, set[int]] = {}
            for entry in self._entries:
                for assignment in self.made_by(entry):
                    if not assignment.write.sure:
                        found.setdefault(assignment.write.variable, set()).add(entry.order)
            self._of_scripts = {name: frozenset(orders) for name, orders in found.items()}
        return self._of_scripts

    def writers(self) -> Mapping[int, Entry]:
        """Return the steps that may do or assign anything, by order; each finding asks for them."""
        if self._writers is None:
            may = (e for e in self._entries if e.missing or self._may_be_any(e))
            self._writers = {entry.order: entry for entry in may}
        return self._writers

    def _may_be_any(self, entry: Entry) -> bool:
        return may_write_anything(entry.step, self._tables, self._by_commands(entry))

    def _by_commands(self, entry: Entry) -> tuple[Assigned, ...]:
        """Return what the commands of a step set, read once."""
        found = self._assigned.get(entry.order)
        if found is None:
            found = self._assigned[entry.order] = assigned_by(entry.step)
        return found

    def made_by(self, entry: Entry) -> tuple[Assignment, ...]:
        """List the assignments of a step in order."""
        found = self._in.get(entry.order)
        if found is None:
            writes = writes_of(entry.step, self._tables, self._by_commands(entry))
            found = tuple(Assignment(entry, position, write) for position, write in enumerate(writes))
            where = self._needs(entry)
            if where and all(write.variable != IN_WINPE for write in writes):
                proof = Write(IN_WINPE, "_SMSTSInWinPE", where, "engine")
                found += (Assignment(entry, len(writes), proof, proof=True),)
            self._in[entry.order] = found
        return found

    def _needs(self, entry: Entry) -> str:
        """Return what _SMSTSInWinPE is wherever a step succeeds that runs in one environment only."""
        where = self._tables.steps.get(entry.step.type, {}).get("runs in", "any")
        return {"WinPE": "true", "FullOS": "false"}.get(where, "")

    def proves(self, entry: Entry) -> bool:
        """Say whether a step that succeeds settles where the computer is."""
        return any(assignment.proof for assignment in self.made_by(entry))
