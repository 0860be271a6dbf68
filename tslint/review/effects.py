"""What changes mean: by the engine, on all paths, and not by the text of conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.flow.writes import IN_WINPE, SESSION
from tslint.lint.explanation import say
from tslint.logic.effort import EffortExceededError
from tslint.logic.text import Unknown
from tslint.review.aligned import aligned
from tslint.review.decided import Decided
from tslint.review.reads import names_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tslint.catalogue.tables import Tables
    from tslint.flow.flow import Flow
    from tslint.flow.timeline import Entry, Timeline
    from tslint.logic.proposition import Proposition
    from tslint.review.changes import Compared

# Differences that are explained: each may take as long as a finding, and who changed more reads no more.
MAX_EXAMPLES = 60

Kind = Literal["never", "more", "fewer", "phase", "unset", "undecided"]


class Effect(NamedTuple):
    """What changes bring about. ``steps`` are the paths of those it is about, in the new version.

    ``never``: they ran and do not any more. ``more``, ``fewer``: they run where they did not, or not where
    they did; ``when`` is an example, the fewest conditions that make the difference. ``phase``: they ran in
    ``old`` and run in ``new``. ``unset``: nothing sets a ``variable`` any more that they read.
    ``undecided``: the rest was too much to work out.
    """

    kind: Kind
    steps: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    variable: str | None = None
    old: str | None = None
    new: str | None = None


def effects(compared: Compared, old: Timeline, new: Timeline, tables: Tables) -> tuple[Effect, ...]:
    """Tell what the changes between two versions mean, which are laid out with what they call."""
    if not compared.changes:
        return ()
    found: list[Effect] = []
    try:
        found.extend(_Effects(compared, (old, new), tables).all())
    except (EffortExceededError, RecursionError):
        found.append(Effect("undecided"))
    return tuple(_together(found))


class _Effects:
    def __init__(self, compared: Compared, lines: tuple[Timeline, Timeline], tables: Tables) -> None:
        self._lines = lines
        self._became = {id(one): other for one, other in compared.steps()}
        self._paths = {id(place.node): place.path for place in compared.new.places}
        orders = {id(e.step): e.order for e in lines[1].entries if e.sequence is lines[1].root}
        same = {
            e.order: orders[id(other)]
            for e in lines[0].entries
            if e.sequence is lines[0].root
            and (other := self._became.get(id(e.step))) is not None
            and id(other) in orders
        }
        self._beside = self._of_children(same)
        self._both = aligned(*lines, self._beside, tables)
        self._told: dict[int, tuple[str, ...] | None] = {}
        self._decided = Decided(self._both.old), Decided(self._both.new)

    def _of_children(self, same: dict[int, int]) -> dict[int, int]:
        """Add the steps of child sequences: those of one path and type are taken for the same."""
        found = dict(same)
        waiting: dict[object, list[int]] = {}
        for entry in reversed(self._lines[1].entries):
            if entry.sequence is not self._lines[1].root:
                waiting.setdefault(_identity(entry), []).append(entry.order)
        for entry in self._lines[0].entries:
            if entry.sequence is not self._lines[0].root and waiting.get(_identity(entry)):
                found[entry.order] = waiting[_identity(entry)].pop()
        return found

    def all(self) -> Iterator[Effect]:
        yield from self._never()
        for old, new in self._both.pairs:
            if id(new.step) in self._paths:
                yield from self._conditions(old, new)
                yield from self._phase(old, new)
        yield from self._unset()

    def _path(self, entry: Entry) -> str:
        return self._paths.get(id(entry.step), entry.path)

    def _never(self) -> Iterator[Effect]:
        """Tell of the steps that are in both and are disabled now."""
        flow = self._both.old
        active = {id(entry.step) for entry in self._lines[1].entries}
        for entry in flow.timeline.entries:
            after = self._became.get(id(entry.step))
            ran = (
                after is not None
                and id(after) not in active
                and flow.propositions.possible(flow.guard(entry))
            )
            if after is not None and ran:
                yield Effect("never", (self._paths[id(after)],))

    def _conditions(self, old: Entry, new: Entry) -> Iterator[Effect]:
        flows, path = self._both, (self._path(new),)
        before, after = flows.old.guard(old), flows.new.guard(new)
        if before == after:
            return
        possible = self._possible(before, after)
        if possible(before) and not possible(after):
            yield Effect("never", path)
            return
        for kind, more, less in (("more", after, before), ("fewer", before, after)):
            difference = flows.old.diagram.without(more, less)
            if not possible(difference):
                continue
            when = self._when(difference, flows.new if kind == "more" else flows.old)
            if when is not None:
                yield Effect("more" if kind == "more" else "fewer", path, when)

    def _when(self, difference: int, flow: Flow) -> tuple[str, ...] | None:
        """Give an example of a difference; None where it is about what a step leaves that moved.

        What many steps have in common is explained once. Past the bound there are no more examples.
        """
        if difference not in self._told:
            if len(self._told) >= MAX_EXAMPLES:
                return ()
            literals = flow.propositions.explain(difference).literals
            moved = any(self._is_of_moved(flow.propositions[one.proposition]) for one in literals)
            self._told[difference] = None if moved else tuple(say(one, flow) for one in literals)
        return self._told[difference]

    def _possible(self, *formulas: int) -> Callable[[int], bool]:
        """Return how to ask: with steps that fail only where it is about what runs after failures."""
        propositions = self._both.old.propositions
        if any(map(propositions.possible_without_failure, formulas)):
            return propositions.possible_without_failure
        return propositions.possible

    def _is_of_moved(self, proposition: Proposition) -> bool:
        """Say whether it is about what a step leaves that stands elsewhere now: that may be the same."""
        subject = proposition.subject
        parts = subject if isinstance(subject, tuple) and not isinstance(subject, Unknown) else (subject,)
        return any(isinstance(part, Unknown) and part.origin in self._both.moved for part in parts)

    def _phase(self, old: Entry, new: Entry) -> Iterator[Effect]:
        flows = self._both
        before = self._decided[0].phase(old, flows.old.guard(old))
        after = self._decided[1].phase(new, flows.new.guard(new))
        if before and after and before != after:
            yield Effect("phase", (self._path(new),), old=before, new=after)

    def _unset(self) -> Iterator[Effect]:
        """Tell of variables that something set, nothing sets any more, and something reads."""
        flows = self._both
        still = {one.variable for one in _written(flows.new)}
        lost = {one.variable: one.spelling for one in _written(flows.old) if one.variable not in still}
        if not lost or flows.new.writers():
            return
        readers: dict[str, list[str]] = {}
        for entry in self._lines[1].entries:
            for name in names_read(entry) & lost.keys():
                readers.setdefault(name, []).append(self._path(entry))
        for name, spelling in lost.items():
            if name in readers:
                yield Effect("unset", tuple(dict.fromkeys(readers[name])), variable=spelling)


class _Written(NamedTuple):
    variable: str
    spelling: str


def _written(flow: Flow) -> Iterator[_Written]:
    """Go through the variables that active steps set, the engine's own left out."""
    for entry in flow.timeline.entries:
        for made in flow.assignments.made_by(entry):
            if made.write.by != "engine" and made.write.variable not in (IN_WINPE, SESSION):
                yield _Written(made.write.variable, made.write.spelling)


def _identity(entry: Entry) -> object:
    return entry.sequence.package_id.upper(), entry.path, entry.step.type


def _together(found: Iterable[Effect]) -> Iterator[Effect]:
    """Put the steps together that one effect is about."""
    grouped: dict[Effect, list[str]] = {}
    for effect in found:
        grouped.setdefault(effect._replace(steps=()), []).extend(effect.steps)
    for effect, steps in grouped.items():
        yield effect._replace(steps=tuple(dict.fromkeys(steps)))
