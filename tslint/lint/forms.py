"""The forms of the rule language: which paths break a rule.

Each form turns a pattern into hits. A hit says on which paths (a formula) one subject breaks the rule, and
which events belong to the story. An excuse counts where it may happen, an accusation where it surely does.
"""

from __future__ import annotations

from bisect import bisect_right
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from tslint.flow.diagram import FALSE
from tslint.flow.flow import SESSION, swallowed
from tslint.lint.facts import certain, same_setting
from tslint.lint.selector import Selector
from tslint.lint.view import Event, View
from tslint.source.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tslint.flow.timeline import Entry
    from tslint.lint.view import Key


class Hit(NamedTuple):
    """``primary`` breaks the rule on the paths of ``broken``, of those of ``reached`` on which it happens.

    ``roles`` name events for the message. ``story`` are the events that decide it, in order of time.
    ``at_end`` tells that reaching the end of the sequence is part of the fault. The formulas are ``view``'s.
    ``others`` are later subjects that break the rule as well, where one finding stands for all.
    """

    view: View
    primary: Event
    broken: int
    reached: int
    roles: dict[str, Event]
    story: tuple[Event, ...]
    at_end: bool = False
    others: tuple[Event, ...] = ()

    @property
    def key(self) -> Key:
        """The places in time that tell hits of one rule apart."""
        main = (self.roles[role] for role in ("first", "second", "culprit") if role in self.roles)
        return (self.primary.when, *(event.when for event in main))


class Pattern:
    """A pattern made ready: its selectors compiled, its form chosen."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._selectors: dict[str, Selector] = {}
        self._excuses: list[tuple[str, Selector]] = [
            (role, Selector(selector))
            for excuse in data.get("unless", ())
            for role, selector in excuse.items()
        ]
        form = next(key for key in _FORMS if key in data)
        self._form = _FORMS[form]
        self._subject = "of" if form == "at most" else form
        self.ignored_guards = frozenset(name.lower() for name in data.get("ignore guards on", ()))

    def selector(self, key: str) -> Selector:
        """Return the selector under a key of the pattern."""
        found = self._selectors.get(key)
        if found is None:
            found = self._selectors[key] = Selector(self.data[key])
        return found

    def events(self, key: str, view: View) -> tuple[Event, ...]:
        """Return the events of the selector under a key, none where the pattern lacks the key."""
        return view.events(self.selector(key)) if key in self.data else ()

    def accused(self, key: str, view: View) -> tuple[Event, ...]:
        """Return those of the events that surely happen on some path: only they can be accused."""
        return view.events(self.selector(key), surely=True) if key in self.data else ()

    def excusing_types(self) -> frozenset[str]:
        """Return the step types that would satisfy the pattern, in lower case."""
        return self.selector("comes").types if "comes" in self.data else frozenset()

    def hits(self, view: View) -> Iterator[Hit]:
        """Return what breaks the pattern on some path, excuses taken off."""
        hits = self._failing(view) if self.data.get("outcome") == "fails" else self._form(self, view)
        if self.selector(self._subject).asks_session:
            hits = map(_with_openers, hits)
        hits = map(_charged, hits)
        if self._excuses:
            hits = (hit._replace(broken=self._not_excused(hit)) for hit in hits)
        found = (hit for hit in hits if hit.broken != FALSE)
        return self._first(found, view) if self.data.get("once") else found

    def hits_at(self, key: Key, view: View) -> list[Hit]:
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
        for event in self.events(self._subject, view):
            if swallowed(event.entry):
                flow = view.flow
                failing = flow.variant(failing=event.entry)
                hits = self._form(self, view.with_flow(failing))
                yield from (hit for hit in hits if hit.primary.when == event.when)

    def _not_excused(self, hit: Hit) -> int:
        """Take off the paths on which an excuse may hold."""
        broken, view = hit.broken, hit.view
        for role, selector in self._excuses:
            event = hit.roles.get(role)
            if event is not None and broken != FALSE:
                broken = view.flow.diagram.without(broken, selector.of(event.entry, view).may)
        return broken


def _merged(*labelled: tuple[str, Iterable[Event]]) -> Iterator[tuple[str, Event]]:
    """Merge events by time; at the same time the group named first comes first."""
    keyed = (
        [((*event.when, rank), label, event) for event in events]
        for rank, (label, events) in enumerate(labelled)
    )
    for _, label, event in merge(*keyed, key=lambda item: item[0]):
        yield label, event


def _behind(events: list[tuple[str, Event]], first: Event, view: View) -> Iterator[tuple[str, Event]]:
    """Go through the events after one in a merged list. For each of many, that is work to be charged."""
    begin = bisect_right(events, first.when, key=lambda item: item[1].when)
    spend = view.flow.effort.spend
    for item in islice(events, begin, None):
        spend(1)
        yield item


def _charged(hit: Hit) -> Hit:
    """Charge what it takes to keep a hit, which may have a long story."""
    hit.view.flow.effort.spend(1 + len(hit.story))
    return hit


def _response(pattern: Pattern, view: View) -> Iterator[Hit]:
    """After X comes Y, before Z and (unless that is fine) before the end."""
    diagram = view.flow.diagram
    end_counts = pattern.data.get("at end", "deadline") != "fine"
    subjects = pattern.accused("after", view)
    if not subjects:
        return
    both = (("comes", pattern.events("comes", view)), ("deadline", _deadlines(pattern, view)))
    events = list(_merged(*both))
    for first in subjects:
        waiting, broken = first.must, FALSE
        story = [first]
        roles = {"first": first}
        for label, event in _behind(events, first, view):
            if waiting == FALSE:
                break
            if label == "comes":
                waiting = diagram.without(waiting, _excusing(event, pattern, view))
                story.append(event)
                continue
            cut = diagram.both(waiting, event.must)
            if view.flow.propositions.possible(cut):
                broken = diagram.either(broken, cut)
                story.append(event)
                roles.setdefault("deadline", event)
            waiting = diagram.without(waiting, event.must)
        ended = end_counts and view.flow.propositions.possible(waiting)
        broken = diagram.either(broken, waiting) if ended else broken
        yield Hit(view, first, broken, first.must, roles, tuple(story), ended)


def _deadlines(pattern: Pattern, view: View) -> tuple[Event, ...]:
    """Return Z; with ``immediately`` every step that is not passed over is a deadline too."""
    if not pattern.data.get("immediately"):
        return pattern.events("before", view)
    passed = {event.entry.order for event in pattern.events("passing over", view)}
    return tuple(event for event in _steps(view) if event.entry.order not in passed)


def _steps(view: View) -> tuple[Event, ...]:
    """Return the running of each step."""
    guard = view.flow.guard
    return tuple(_running(entry, guard(entry)) for entry in view.index.entries)


def _running(entry: Entry, guard: int) -> Event:
    return Event(entry, 0, guard, guard, "", (entry.step.element, ""))


def _excusing(event: Event, pattern: Pattern, view: View) -> int:
    """Return where an event may happen, conditions on the variables to be ignored being taken to hold."""
    if not pattern.ignored_guards:
        return event.may
    return view.flow.diagram.either(event.may, view.flow.guard_without(event.entry, pattern.ignored_guards))


def _precedence(pattern: Pattern, view: View) -> Iterator[Hit]:
    """Before X comes Y, with no Z in between."""
    subjects = pattern.accused("before", view)
    if not subjects:
        return
    if pattern.data.get("immediately"):
        yield from (_with_step_before(event, pattern, view) for event in subjects)
        return
    diagram = view.flow.diagram
    in_force = FALSE
    story: list[Event] = []
    since, comes = pattern.events("since", view), pattern.events("comes", view)
    for label, event in _merged(("before", subjects), ("since", since), ("comes", comes)):
        if label == "comes":
            in_force = diagram.either(in_force, _excusing(event, pattern, view))
        elif label == "since":
            in_force = diagram.without(in_force, event.must)
        else:
            broken = diagram.without(event.must, in_force)
            yield Hit(view, event, broken, event.must, {"first": event}, (*story, event))
            continue
        story.append(event)


def _with_step_before(event: Event, pattern: Pattern, view: View) -> Hit:
    """Judge X by the step right before it, on each path another; where there is none, that is no fault."""
    diagram, comes = view.flow.diagram, pattern.selector("comes")
    broken, rest, story = FALSE, event.must, [event]
    order = event.entry.order
    while order > 0 and rest != FALSE:
        order -= 1
        view.flow.effort.spend(1)
        entry = view.index.entries[order]
        guard = view.flow.guard(entry)
        ran, rest = diagram.both(rest, guard), diagram.without(rest, guard)
        if ran == FALSE:
            continue
        fine = _excusing(_running(entry, comes.of(entry, view).may), pattern, view)
        accused = diagram.without(ran, fine)
        if accused != FALSE and len(story) == 1:
            story.insert(0, _running(entry, guard))
        broken = diagram.either(broken, accused)
    return Hit(view, event, broken, event.must, {"first": event}, tuple(story))


def _never(pattern: Pattern, view: View) -> Iterator[Hit]:
    """X must not happen."""
    for event in pattern.accused("never", view):
        yield Hit(view, event, event.must, view.flow.guard(event.entry), {"first": event}, (event,))


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
        found.append(_running(entry, guard))
        if possible(diagram.both(event.must, guard)):
            break
    return tuple(reversed(found))


def _every(pattern: Pattern, view: View) -> Iterator[Hit]:
    """Each X satisfies P."""
    demand = pattern.selector("must")
    for event in pattern.accused("every", view):
        broken = view.flow.diagram.without(event.must, demand.of(event.entry, view).may)
        yield Hit(view, event, broken, event.must, {"first": event}, (event,))


def _between(pattern: Pattern, view: View) -> Iterator[Hit]:
    """Between X and Y no Z. ``and: Y`` must come for it to be a fault, ``until: Y`` or the end need not."""
    diagram = view.flow.diagram
    closer = "and" if "and" in pattern.data else "until"
    culprits = pattern.accused("never", view)  # first: that there is one is seldom, and quickly seen
    subjects = pattern.accused("between", view) if culprits else ()
    if not subjects:
        return
    closing = pattern.events(closer, view)
    events = list(_merged((closer, closing), ("never", culprits)))
    for first in subjects:
        opened = first.must
        for label, event in _behind(events, first, view):
            if opened == FALSE:
                break
            if label == closer:
                opened = diagram.without(opened, event.may)
                continue
            broken, later = diagram.both(opened, event.must), [e for e in closing if e.when > event.when]
            if closer == "and":
                broken = diagram.both(broken, _any_of((e.must for e in later), view))
            roles = {"first": first, "culprit": event} | ({"second": later[0]} if later else {})
            yield Hit(
                view, event, broken, diagram.both(opened, event.must), roles, (first, event, *later[:1])
            )


def _any_of(formulas: Iterable[int], view: View) -> int:
    result = FALSE
    for formula in formulas:
        result = view.flow.diagram.either(result, formula)
    return result


def _pairing(pattern: Pattern, view: View) -> Iterator[Hit]:
    """X and a later Y on one path agree. ``since: Z`` between them ends what X began."""
    diagram = view.flow.diagram
    wanted = pattern.data["agree"]
    agree = {role: Selector(wanted[role]) for role in ("first", "second") if role in wanted}
    report_first = pattern.data.get("report") == "first"
    subjects = pattern.accused("pair", view)
    seconds = pattern.accused("with", view) if subjects else ()
    if not seconds:
        return
    events = list(_merged(("since", pattern.events("since", view)), ("with", seconds)))
    for first in subjects:
        in_force = first.must
        for label, event in _behind(events, first, view):
            if in_force == FALSE:
                break
            if label == "since":
                in_force = diagram.without(in_force, event.may)
                continue
            both = diagram.both(in_force, event.must)
            fine = certain(answer=True)
            for role, selector in agree.items():
                fine = view.both(fine, selector.of((first if role == "first" else event).entry, view))
            for keys in wanted.get("same", ()):
                fine = view.both(fine, same_setting(keys, first.entry, event.entry, view))
            roles = {"first": first, "second": event}
            primary = first if report_first else event
            yield Hit(view, primary, diagram.without(both, fine.may), both, roles, (first, event))


def _count(pattern: Pattern, view: View) -> Iterator[Hit]:
    """At most n of X on one path, or in one session of the state store."""
    diagram, most = view.flow.diagram, pattern.data["at most"]
    reached = [FALSE] * (most + 1)  # reached[k]: more than k have happened
    story: list[Event] = []
    opened = _requests(view) if pattern.data.get("in") == "session" else ()
    for label, event in _merged(("opened", opened), ("of", pattern.accused("of", view))):
        if label == "opened":
            reached = [diagram.without(formula, event.must) for formula in reached]
            continue
        before = reached[most - 1] if most else event.must
        story.append(event)
        broken = diagram.both(before, event.must)
        yield Hit(view, event, broken, event.must, {"first": story[0], "second": event}, tuple(story))
        for k in range(most, 0, -1):
            reached[k] = diagram.either(reached[k], diagram.both(reached[k - 1], event.must))
        reached[0] = diagram.either(reached[0], event.must)


def _requests(view: View) -> tuple[Event, ...]:
    """Return the steps that begin a session of the state store."""
    guard = view.flow.guard
    return tuple(
        Event(entry, -1, guard(entry), guard(entry), "", (entry.step.element, ""))
        for entry in view.index.of_type("requeststatestore")
    )


# A pattern's form is told by the first of these keys that it has.
_FORMS: dict[str, Callable[[Pattern, View], Iterator[Hit]]] = {
    "every": _every,
    "between": _between,
    "never": _never,
    "after": _response,
    "before": _precedence,
    "pair": _pairing,
    "at most": _count,
}
