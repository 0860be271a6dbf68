"""A pattern: a form, and what may be said with every one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.flow import SESSION, swallowed
from tslint.language.context import Event, Hit, View, running
from tslint.language.form import FORMS, SOME, AnyForm, Excuse
from tslint.language.forms import After, Before
from tslint.logic.diagram import FALSE
from tslint.source.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tslint.language.context import Key as When
    from tslint.language.reading import Reading


class Pattern(NamedTuple):
    """A form, and what may be said with every one.

    ``excuses`` drop what they may hold of. ``once`` reports the first hit only. ``broken`` tells which paths
    it takes. ``outcome`` is "fails" where the subject is looked at as it fails.
    """

    form: AnyForm
    excuses: tuple[Excuse, ...] = ()
    broken: str = SOME
    once: bool = False
    outcome: str = ""

    def excusing_types(self) -> frozenset[str]:
        """Return the step types that would satisfy the pattern, in lower case."""
        return self.form.comes.types if isinstance(self.form, After | Before) else frozenset()

    def hits(self, view: View) -> Iterator[Hit]:
        """Return what breaks the pattern on some path, excuses taken off."""
        hits = self._failing(view) if self.outcome == "fails" else self.form.hits(view)
        if self.form.subject.asks_session:
            hits = map(_with_openers, hits)
        hits = map(_charged, hits)
        if self.excuses:
            hits = (hit._replace(broken=self._not_excused(hit)) for hit in hits)
        found = (hit for hit in hits if hit.broken != FALSE)
        return self._first(found, view) if self.once else found

    def hits_at(self, key: When, view: View) -> list[Hit]:
        """Return the hits with this key; all of a view are worked out once."""
        found = view.hits.get(id(self))
        if found is None:
            found = {}
            for hit in self.hits(view):
                found.setdefault(hit.key, []).append(hit)
            view.hits[id(self)] = found
        return found.get(key, [])

    @staticmethod
    def _first(hits: Iterator[Hit], view: View) -> Iterator[Hit]:
        """Report the first of all hits that can happen, and name the steps of those after it."""
        for hit in hits:
            if view.flow.propositions.possible(hit.broken):
                yield hit._replace(others=tuple(other.primary for other in hits))
                return

    def _failing(self, view: View) -> Iterator[Hit]:
        """Let each subject fail in turn, where the sequence goes on after that; all others succeed."""
        for event in view.events(self.form.subject):
            if swallowed(event.entry):
                flow = view.flow
                failing = flow.variant(failing=event.entry)
                hits = self.form.hits(view.with_flow(failing))
                yield from (hit for hit in hits if hit.primary.when == event.when)

    def _not_excused(self, hit: Hit) -> int:
        """Take off the paths on which an excuse may hold."""
        broken, view = hit.broken, hit.view
        for excuse in self.excuses:
            event = hit.roles.get(excuse.role)
            if event is not None and broken != FALSE:
                broken = view.flow.diagram.without(broken, excuse.holds.of(event.entry, view).may)
        return broken


def _charged(hit: Hit) -> Hit:
    """Charge what it takes to keep a hit, which may have a long story."""
    hit.view.flow.effort.spend(1 + len(hit.story))
    return hit


def _with_openers(hit: Hit) -> Hit:
    """Add the steps that opened and did not close the session to the story of a hit in one."""
    openers = _openers(hit.primary, hit.view)
    roles = hit.roles | ({"opener": openers[0]} if openers else {})
    return hit._replace(roles=roles, story=(*openers, *hit.story))


def _openers(event: Event, view: View) -> tuple[Event, ...]:
    """Return the steps that make the state store session what it is where an event breaks a rule, in order.

    The first is one that opened it; the steps after it are skipped where the rule is broken.
    """
    diagram, possible = view.flow.diagram, view.flow.propositions.possible
    found: list[Event] = []
    for assignment in reversed(view.flow.assignments.of(SESSION)):
        entry, guard = assignment.entry, view.flow.guard(assignment.entry)
        if entry.order >= event.entry.order:
            continue
        found.append(running(entry, guard))
        if possible(diagram.both(event.must, guard)):
            break
    return tuple(reversed(found))


def read_pattern(data: Mapping[str, object], reading: Reading) -> Pattern:
    """Read the pattern of a rule or clause, which has exactly one form."""
    form = next(form for subject, form in FORMS.items() if subject in data)
    given = [
        (key, key.takes.read(data[key.name], reading.at(key.name))) for key in form.keys if key.name in data
    ]
    own = {key.field or key.name: value for key, value in given if not key.of_pattern}
    more = {key.field or key.name: value for key, value in given if key.of_pattern}
    make: Callable[..., Pattern] = Pattern
    return make(form.build(**own), **more)
