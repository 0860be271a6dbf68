"""Which step of a timeline assigns which variable, whatever the paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.commands.of_step import assigned_by, runs_unread_script
from tslint.flow.writes import IN_WINPE, Write, may_write_anything, writes_of
from tslint.model.condition import tests_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Assigned
    from tslint.flow.timeline import Entry, Timeline
    from tslint.model.condition import Expression

# How the variables begin that only the engine sets.
_ENGINES: Final = ("_smsts", "_ts")


class Assignment(NamedTuple):
    """One write of one step in its place.

    ``position`` is that among the writes of its step. ``on_success`` tells that it is made only where the
    step succeeds, ``proof`` that this proves what was so before.
    """

    entry: Entry
    position: int
    write: Write
    on_success: bool = False
    proof: bool = False


class Assignments:
    """All assignments of a timeline; worked out when first asked for, and shared by its flows."""

    def __init__(self, timeline: Timeline, tables: Tables) -> None:
        self._entries = timeline.entries
        self._groups = timeline.groups
        self._tables = tables
        self._in: dict[int, tuple[Assignment, ...]] = {}
        self._assigned: dict[int, tuple[Assigned, ...]] = {}
        self._of: dict[str, list[Assignment]] | None = None
        self._assigning: list[Entry] | None = None
        self._writers: Mapping[int, Entry] | None = None
        self._tested: dict[str, list[Expression]] | None = None
        self._of_scripts: Mapping[str, frozenset[int]] | None = None

    def assigning(self) -> Sequence[Entry]:
        """List the steps that assign something, other than what the engine does by itself, in order."""
        if self._assigning is None:
            self._assigning = [
                entry
                for entry in self._entries
                if any(assignment.write.by != "engine" for assignment in self.made_by(entry))
            ]
        return self._assigning

    def of(self, name: str) -> Sequence[Assignment]:
        """List the assignments of a variable in order; ``name`` in lower case.

        Scripts that nobody can read here are among them where the sequence waits for what they may set.
        """
        if self._of is None:
            self._of = {}
            for entry in self._entries:
                for assignment in self.made_by(entry):
                    self._of.setdefault(assignment.write.variable, []).append(assignment)
            unread = [
                entry
                for entry in self._entries
                if runs_unread_script(entry.step) and entry.order not in self.writers()
            ]
            for waited in self._waited_for(self._of) if unread else ():
                found = [*self._of[waited], *(self._guessed(entry, waited) for entry in unread)]
                self._of[waited] = sorted(found, key=lambda one: (one.entry.order, one.position))
        return self._of.get(name, ())

    def _guessed(self, entry: Entry, name: str) -> Assignment:
        """Return the write of a script that nobody can read, after all that is known of its step."""
        write = Write(name, "", None, "script", sure=False)
        return Assignment(entry, len(self.made_by(entry)), write)

    def of_scripts(self) -> Mapping[str, frozenset[int]]:
        """Return the orders of the steps that may assign each variable, by its name in lower case."""
        if self._of_scripts is None:
            self.of("")  # finds them all
            found = {
                name: frozenset(one.entry.order for one in assignments if not one.write.sure)
                for name, assignments in (self._of or {}).items()
            }
            self._of_scripts = {name: orders for name, orders in found.items() if orders}
        return self._of_scripts

    def waits_for_others(self, name: str) -> bool:
        """Say whether a condition asks for a value of a variable, in lower case, that no step gives it.

        What a step makes of the value that it has is none that it is given.
        """
        made = [one for one in self.of(name) if f"%{name}%" not in (one.write.value or "").lower()]
        return any(test.operator == "equals" and _waits(test, made) for test in self._tests().get(name, ()))

    def _waited_for(self, known: Mapping[str, Sequence[Assignment]]) -> frozenset[str]:
        """Return the variables that steps set, and conditions compare with what none of them sets.

        Without something else that sets them, such a condition would never hold, or always.
        """
        return frozenset(
            name
            for name, tests in self._tests().items()
            if name in known
            and not name.startswith(_ENGINES)
            and any(_waits(test, known[name]) for test in tests)
        )

    def _tests(self) -> Mapping[str, Sequence[Expression]]:
        """Return what the conditions of steps and groups ask of each variable, by its name in lower case."""
        if self._tested is None:
            self._tested = {}
            for entry in (*self._entries, *self._groups):
                for test in () if entry.step.condition is None else tests_in(entry.step.condition):
                    self._tested.setdefault(test.variable.strip().lower(), []).append(test)
        return self._tested

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
            opens = entry.step.type == "RequestStateStore"  # a session, where the site grants one
            found = tuple(Assignment(entry, number, write, opens) for number, write in enumerate(writes))
            where = self._needs(entry)
            if where and all(write.variable != IN_WINPE for write in writes):
                proof = Write(IN_WINPE, "_SMSTSInWinPE", where, "engine")
                found += (Assignment(entry, len(writes), proof, on_success=True, proof=True),)
            self._in[entry.order] = found
        return found

    def _needs(self, entry: Entry) -> str:
        """Return what _SMSTSInWinPE is wherever a step succeeds that runs in one environment only."""
        where = self._tables.steps.get(entry.step.type, {}).get("runs in", "any")
        return {"WinPE": "true", "FullOS": "false"}.get(where, "")

    def settles(self, entry: Entry) -> bool:
        """Say whether a step that succeeds opens a session, or settles where the computer is."""
        return any(assignment.on_success for assignment in self.made_by(entry))


def _waits(test: Expression, assignments: Sequence[Assignment]) -> bool:
    """Say whether a test waits for what none of these sets, though the file tells all that they set."""
    texts = [one.write.value for one in assignments if one.write.sure]
    if not texts or any(text is None or "%" in text for text in (*texts, test.value)):
        return False
    same = [text is not None and text.strip().lower() == test.value.strip().lower() for text in texts]
    return not any(same) if test.operator == "equals" else test.operator == "notequals" and all(same)
