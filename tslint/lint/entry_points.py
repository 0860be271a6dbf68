"""Which task sequence a call means, and which sequences are judged by themselves: those that none calls."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tslint.flow.timeline import Timeline, timeline
from tslint.model.sequence import Group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tslint.model.sequence import Node, TaskSequence
    from tslint.source.document import Document

# The code of a site and a number of five hexadecimal digits, as a word of a file's name.
_ID = r"(?<![0-9A-Za-z])[0-9A-Za-z]{3}[0-9A-Fa-f]{5}(?![0-9A-Za-z])"

# A sequence that runs itself is one caller; that there is another is all that anybody asks.
_MOST_CALLERS = 2


class Call(NamedTuple):
    """A call of a task sequence by the id of its package, upper case.

    ``versions`` are the task sequences at hand that are called so: none, or two, where it cannot be told
    which is meant.
    """

    package: str
    versions: tuple[TaskSequence, ...]


def ids_of(document: Document, named: Mapping[str, str]) -> frozenset[str]:
    """Return the package ids, upper case, by which a task sequence is called.

    Its package tells; where there is only the sequence, ``named`` does, which has ids by the names of files,
    and then the name of its file, if there is one id in it.
    """
    own = document.package.get("PackageID", "").strip() or named.get(str(document.origin), "")
    if own:
        return frozenset({own.upper()})
    name = (document.origin.member or document.origin.file).rpartition("/")[2]
    found = frozenset(one.upper() for one in re.findall(_ID, name))
    return found if len(found) == 1 else frozenset()


class Together:
    """Task sequences that are judged together. ``named`` has package ids by the names of files.

    ``context`` are the files that are there only for what others call in them.
    """

    def __init__(
        self, sequences: Sequence[TaskSequence], named: Mapping[str, str], context: Collection[str] = ()
    ) -> None:
        self._context = context
        self.sequences = sequences
        self._by_id: dict[str, list[TaskSequence]] = {}
        self._in_export: dict[tuple[str, str], list[TaskSequence]] = {}
        self._calls: dict[int, tuple[Call, ...]] = {}
        self._meant: dict[tuple[str, str], tuple[TaskSequence, ...]] = {}
        for sequence in sequences:
            for package in ids_of(sequence.document, named):
                self._by_id.setdefault(package, []).append(sequence)
                self._in_export.setdefault((package, sequence.document.export), []).append(sequence)
        self._callers: dict[str, list[TaskSequence]] = {}
        for sequence in sequences:
            for package in dict.fromkeys(_called(sequence.children, disabled=True)):
                callers = self._callers.setdefault(package, [])
                callers += [sequence] if len(callers) < _MOST_CALLERS else []

    def ids(self) -> frozenset[str]:
        """Return the package ids by which these sequences can be called."""
        return frozenset(self._by_id)

    def calls(self, caller: TaskSequence) -> tuple[Call, ...]:
        """Return what a sequence calls in active steps, each package once."""
        found = self._calls.get(id(caller))
        if found is None:
            packages = dict.fromkeys(_called(caller.children))
            found = tuple(Call(package, self._versions(package, caller)) for package in packages)
            self._calls[id(caller)] = found
        return found

    def _versions(self, package: str, caller: TaskSequence) -> tuple[TaskSequence, ...]:
        """Return the sequences that a call may mean: those of the caller's own export, else those of the run.

        Copies that do the same are one. That there is a second version is enough to know.
        """
        own = self._in_export.get((package, caller.document.export))
        where = package, caller.document.export if own else ""
        found = self._meant.get(where)
        if found is None:
            every = self._by_id.get(package, [])
            of_run = [one for one in every if one.document.origin.file not in self._context]
            possibly = own or of_run or every
            other = (one for one in possibly if not _same(one, possibly[0]))
            found = self._meant[where] = (*possibly[:1], *islice(other, 1))
        return found

    def lay_out(self, reported: Sequence[TaskSequence]) -> list[Timeline]:
        """Lay out those of the ``reported`` ones that no other one calls; then what is left over: circles."""
        called = {
            id(call.versions[0])
            for caller in self.sequences
            for call in self.calls(caller)
            if len(call.versions) == 1 and call.versions[0] is not caller
        }
        roots = [sequence for sequence in reported if id(sequence) not in called]
        lines = [self.timeline_of(root) for root in roots]
        if not called:
            return lines
        seen = {id(entry.sequence) for line in lines for entry in line.entries} | {id(root) for root in roots}
        for sequence in reported:
            if id(sequence) not in seen:
                lines.append(self.timeline_of(sequence))
                seen |= {id(entry.sequence) for entry in lines[-1].entries} | {id(sequence)}
        return lines

    def timeline_of(self, root: TaskSequence) -> Timeline:
        """Lay out one sequence with all that it calls, and what that calls."""
        meant: dict[str, TaskSequence] = {}
        ambiguous: set[str] = set()
        pending = [root]
        seen = {id(root)}
        for caller in pending:
            for call in self.calls(caller):
                for one in call.versions:
                    if not _same(meant.setdefault(call.package, one), one):
                        ambiguous.add(call.package)
                    if id(one) not in seen:
                        seen.add(id(one))
                        pending.append(one)
        for package in ambiguous:
            del meant[package]
        return timeline(root, meant, ambiguous, self._callers)


def _same(one: TaskSequence, other: TaskSequence) -> bool:
    """Say whether two sequences do the same. Where elements have other numbers, they are taken not to."""
    return one is other or (one.children == other.children and one.variables == other.variables)


def _called(nodes: Sequence[Node], *, disabled: bool = False) -> Iterator[str]:
    """Go through the package ids that steps call, in upper case and in order; ``disabled`` ones if wanted."""
    for node in nodes:
        if node.disabled and not disabled:
            continue
        if isinstance(node, Group):
            yield from _called(node.children, disabled=disabled)
        elif node.child:
            yield node.child.upper()
