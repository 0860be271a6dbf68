"""A pattern: a form, and what may be said with every one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tslint.flow.writes import IN_WINPE, SESSION
from tslint.language.context import Context, Event, Hit, running
from tslint.language.form import FORMS, SOME, AnyForm, Excuse, Form, Key
from tslint.language.forms import After, Before, Between, Every, Never, Nowhere, Pair
from tslint.language.selector import Selector
from tslint.logic.diagram import FALSE

if TYPE_CHECKING:
    from tslint.language.context import Key as When
    from tslint.language.reading import Reading


# What ends and what begins a session of the state store.
_CLOSES, _OPENS = frozenset({"releasestatestore"}), frozenset({"requeststatestore"})


class Pattern(NamedTuple):
    """A form, and what may be said with every one.

    ``excuses`` drop what they may hold of. ``once``: the first hit is told, and stands for the others.
    ``broken`` tells which paths it takes.
    """

    form: AnyForm
    excuses: tuple[Excuse, ...] = ()
    broken: str = SOME
    once: bool = False

    def excusing_types(self, hit: Hit) -> frozenset[str]:
        """Return the step types that would satisfy the pattern where a hit breaks it, in lower case."""
        found = self.form.comes.types if isinstance(self.form, After | Before) else frozenset()
        if self.form.subject.asks_session:
            found |= _CLOSES if "opener" in hit.roles else _OPENS
        return found

    def would_do(self, hit: Hit) -> tuple[frozenset[str], frozenset[str]]:
        """Return the types of step that would have put a hit right, and the variables whose setting would."""
        form = self.form
        wanted = form.comes if isinstance(form, After | Before) else None
        if isinstance(form, Between) and form.closing is None:
            wanted = form.until
        types, variables = wanted.named if wanted else (frozenset[str](), frozenset[str]())
        asks = any(excuse.holds.asks_session for excuse in self.excuses)
        return types | self.excusing_types(hit) | (_OPENS if asks else frozenset()), variables - {"any"}

    def part(self, event: Event) -> tuple[int, str]:
        """Return the element and attribute at fault in an event.

        A setting is at fault where the rule is about it. Where a rule is about what comes before or after a
        step, a setting only says which step is meant, and the step is the place.
        """
        if event.position == 0 and not isinstance(self.form, Never | Every | Nowhere | Pair):
            return event.entry.step.element, ""
        return event.part

    def hits(self, context: Context) -> Iterator[Hit]:
        """Return what breaks the pattern on some path, excuses taken off."""
        hits = self.form.hits(context)
        if self.form.subject.asks_session:
            hits = map(_with_openers, hits)
        hits = map(_charged, hits)
        if self.excuses:
            hits = (hit._replace(broken=self._not_excused(hit)) for hit in hits)
        return (hit for hit in hits if hit.broken != FALSE)

    def hits_at(self, key: "When", context: Context) -> list[Hit]:
        """Return the hits with this key; all of a context are worked out once."""
        found = context.hits.get(id(self))
        if found is None:
            found = {}
            for hit in self.hits(context):
                found.setdefault(hit.key, []).append(hit)
            context.hits[id(self)] = found
        return found.get(key, [])

    def told(self, hit: Hit) -> Hit:
        """Add to what explains a hit that rests on the phase the step that made the phase what it is.

        A step that only proves the phase is told where no step before it can have brought it about.
        """
        if not any(selector.asks_phase for selector in self.form.selectors):
            return hit
        flow = hit.context.flow
        changes = (
            change
            for change in reversed(flow.assignments.of(IN_WINPE))
            if change.entry.order < hit.primary.entry.order
            and flow.propositions.possible(flow.diagram.both(hit.broken, flow.runs(change)))
        )
        last = next(changes, None)
        if last is None:
            return hit
        made = next((change for change in changes if not change.proof), last) if last.proof else last
        told = made if made.write.value == last.write.value else last
        return hit._replace(explanation=(running(told.entry, flow.guard(told.entry)), *hit.explanation))

    def _not_excused(self, hit: Hit) -> int:
        """Take off the paths on which an excuse may hold."""
        broken, context = hit.broken, hit.context
        for excuse in self.excuses:
            event = hit.roles.get(excuse.role)
            if event is not None and broken != FALSE:
                broken = context.flow.diagram.without(broken, excuse.holds.of_event(event, context).possibly)
        return broken


def _charged(hit: Hit) -> Hit:
    """Charge what it takes to keep a hit, which may name many events."""
    hit.context.flow.effort.spend(1 + len(hit.explanation))
    return hit


def _with_openers(hit: Hit) -> Hit:
    """Add the steps that opened and did not close the session to what explains a hit in one."""
    openers = _openers(hit.primary, hit.context)
    roles = hit.roles | ({"opener": openers[0]} if openers else {})
    return hit._replace(roles=roles, explanation=(*openers, *hit.explanation))


def _openers(event: Event, context: Context) -> tuple[Event, ...]:
    """Return the steps that make the state store session what it is where an event breaks a rule, in order.

    The first is one that opened it; the steps after it are skipped where the rule is broken.
    """
    diagram, possible = context.flow.diagram, context.flow.propositions.possible
    found: list[Event] = []
    for assignment in reversed(context.flow.assignments.of(SESSION)):
        entry, guard = assignment.entry, context.flow.guard(assignment.entry)
        if entry.order >= event.entry.order:
            continue
        found.append(running(entry, guard))
        if possible(diagram.both(event.surely, guard)):
            break
    return tuple(reversed(found))


def read_pattern(data: Mapping[str, object], reading: "Reading") -> Pattern:
    """Read the pattern of a rule or clause, which has exactly one form."""
    form = next(form for subject, form in FORMS.items() if subject in data)
    # what picks the events comes first: others may be asked about them
    keys = sorted((key for key in form.keys if key.name in data), key=lambda key: not key.roles)
    given: list[tuple[Key, object]] = []
    for key in keys:
        among = reading if key.roles else reading.among(_picked(given))
        given.append((key, key.takes.read(data[key.name], among.at(key.name))))
    own = {key.field or key.name: value for key, value in given if not key.of_pattern}
    more = {key.field or key.name: value for key, value in given if key.of_pattern}
    make: Callable[..., Pattern] = Pattern
    return make(form.build(**own), **more)


def picked_by_role(pattern: Pattern, form: Form) -> dict[str, frozenset[str]]:
    """Return what the events in the roles of a pattern are beside steps (see ``Picks.gives``)."""
    return _picked((key, getattr(pattern.form, key.field or key.name)) for key in form.keys if key.roles)


def _picked(given: Iterable[tuple[Key, object]]) -> dict[str, frozenset[str]]:
    return {role: one.gives for key, one in given if isinstance(one, Selector) for role in key.roles}
