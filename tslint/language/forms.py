"""The forms of the rule language: which paths break a rule.

Each form turns a pattern into hits. A hit says on which paths (a formula) one subject breaks the rule, and
which events belong to the story. An excuse counts where it may happen, an accusation where it surely does.
"""

from __future__ import annotations

from bisect import bisect_right
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

from tslint.language.context import YES, Event, Hit, Picks, Tri, View, running
from tslint.language.declared import COUNT, SELECTOR, Kind, choice
from tslint.language.facts import same_setting
from tslint.language.form import (
    AGREEMENT,
    COMES,
    IMMEDIATELY,
    ONCE,
    SINCE,
    VARIABLES,
    Agreement,
    Key,
    form,
)
from tslint.logic.diagram import FALSE
from tslint.source.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.flow.timeline import Entry


def _events(selector: Picks | None, view: View) -> tuple[Event, ...]:
    return () if selector is None else view.events(selector)


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


def _lasting(
    first: Event, events: list[tuple[str, Event]], end: str, view: View
) -> Iterator[tuple[Event, int]]:
    """Go through the events after one as long as what it began may last, with the paths on which it does.

    Those that are labelled ``end`` end it where they may happen, and are left out.
    """
    lasting = first.must
    for label, event in _behind(events, first, view):
        if lasting == FALSE:
            return
        if label == end:
            lasting = view.flow.diagram.without(lasting, event.may)
        else:
            yield event, lasting


def _steps(view: View) -> tuple[Event, ...]:
    """Return the running of each step."""
    guard = view.flow.guard
    return tuple(running(entry, guard(entry)) for entry in view.index.entries)


def _any_of(formulas: Iterable[int], view: View) -> int:
    result = FALSE
    for formula in formulas:
        result = view.flow.diagram.either(result, formula)
    return result


def _requests(view: View) -> tuple[Event, ...]:
    """Return the steps that begin a session of the state store."""
    guard = view.flow.guard
    return tuple(
        Event(entry, -1, guard(entry), guard(entry), "", (entry.step.element, ""))
        for entry in view.index.of_type("requeststatestore")
    )


@form(
    "every X must satisfy P",
    Key(
        "every",
        SELECTOR,
        "Form 'every': the steps or commands of which each must satisfy `must`.",
        "subject",
        required=True,
    ),
    Key("must", SELECTOR, "What must hold of each. Reported when it surely does not.", required=True),
    ONCE,
)
class Every(NamedTuple):
    """Each subject satisfies something."""

    subject: Picks
    must: Picks

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield each subject with the paths on which it does not."""
        for event in view.events(self.subject, surely=True):
            broken = view.flow.diagram.without(event.must, self.must.of(event.entry, view).may)
            yield Hit(view, event, broken, event.must, {"first": event}, (event,))


@form(
    "X must not happen",
    Key("never", SELECTOR, "Form 'never': what must not occur.", "subject", required=True),
    ONCE,
    offers=("opener",),
)
class Never(NamedTuple):
    """The subject must not happen."""

    subject: Picks

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield each subject."""
        for event in view.events(self.subject, surely=True):
            yield Hit(view, event, event.must, view.flow.guard(event.entry), {"first": event}, (event,))


@form(
    "after X comes Y, before Z and before the end",
    Key("after", SELECTOR, "Form 'after': whenever this ran, `comes` must follow.", "subject", required=True),
    COMES,
    Key("deadline", SELECTOR, "Before which `comes` must come; the end of the task sequence is one more."),
    IMMEDIATELY,
    Key("passing over", SELECTOR, "Steps that do not count for `immediately`.", "passing_over"),
    Key(
        "at end",
        choice("deadline", "fine"),
        "Whether the end of the task sequence is a deadline. It is, unless this says fine.",
        "at_end",
    ),
    Key(
        "outcome",
        choice("fails"),
        "fails: look at the paths on which the step fails and the failure is swallowed, instead of those on "
        "which it succeeds.",
        of_pattern=True,
    ),
    Key(
        "ignore guards on",
        VARIABLES,
        "Conditions on these variables do not excuse a missing `comes`: they say where a step can run, not "
        "whether it is wanted.",
        "ignored_guards",
    ),
    offers=("deadline", "opener"),
)
class After(NamedTuple):
    """After the subject comes something, before the deadlines and (unless that is fine) before the end."""

    subject: Picks
    comes: Picks
    deadline: Picks | None = None
    immediately: bool = False
    passing_over: Picks | None = None
    at_end: str = "deadline"
    ignored_guards: tuple[str, ...] = ()

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield each subject with the paths on which nothing comes in time."""
        diagram = view.flow.diagram
        end_counts = self.at_end != "fine"
        subjects = view.events(self.subject, surely=True)
        if not subjects:
            return
        both = (("comes", view.events(self.comes)), ("deadline", self._deadlines(view)))
        events = list(_merged(*both))
        for first in subjects:
            waiting, broken = first.must, FALSE
            story = [first]
            roles = {"first": first}
            for label, event in _behind(events, first, view):
                if waiting == FALSE:
                    break
                if label == "comes":
                    waiting = diagram.without(waiting, self._excusing(event, view))
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

    def _deadlines(self, view: View) -> tuple[Event, ...]:
        """Return the deadlines; with ``immediately`` every step not passed over is one too."""
        if not self.immediately:
            return _events(self.deadline, view)
        passed = {event.entry.order for event in _events(self.passing_over, view)}
        return tuple(event for event in _steps(view) if event.entry.order not in passed)

    def _excusing(self, event: Event, view: View) -> int:
        """Return where an event may happen, conditions on the variables to be ignored being taken to hold."""
        ignored = frozenset(self.ignored_guards)
        if not ignored:
            return event.may
        return view.flow.diagram.either(event.may, view.flow.guard_without(event.entry, ignored))


@form(
    "before X comes Y, and nothing in between cancels it",
    Key(
        "before",
        SELECTOR,
        "Form 'before': whenever this runs, `comes` must have run.",
        "subject",
        required=True,
    ),
    COMES,
    SINCE,
    IMMEDIATELY,
)
class Before(NamedTuple):
    """Before the subject comes something, and nothing in between cancels it."""

    subject: Picks
    comes: Picks
    since: Picks | None = None
    immediately: bool = False

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield each subject with the paths on which nothing came, or was cancelled."""
        subjects = view.events(self.subject, surely=True)
        if not subjects:
            return
        if self.immediately:
            yield from (self._with_step_before(event, view) for event in subjects)
            return
        diagram = view.flow.diagram
        in_force = FALSE
        story: list[Event] = []
        since, comes = _events(self.since, view), view.events(self.comes)
        for label, event in _merged(("before", subjects), ("since", since), ("comes", comes)):
            if label == "comes":
                in_force = diagram.either(in_force, event.may)
            elif label == "since":
                in_force = diagram.without(in_force, event.must)
            else:
                broken = diagram.without(event.must, in_force)
                yield Hit(view, event, broken, event.must, {"first": event}, (*story, event))
                continue
            story.append(event)

    def _with_step_before(self, event: Event, view: View) -> Hit:
        """Judge by the step right before it, on each path another; where there is none, that is no fault."""
        diagram = view.flow.diagram
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
            fine = self.comes.of(entry, view).may
            accused = diagram.without(ran, fine)
            if accused != FALSE and len(story) == 1:
                story.insert(0, running(entry, guard))
            broken = diagram.either(broken, accused)
        return Hit(view, event, broken, event.must, {"first": event}, tuple(story))


@form(
    "between X and Y there is no Z",
    Key(
        "between",
        SELECTOR,
        "Form 'between': from this step on, `forbidden` must not come.",
        "subject",
        required=True,
    ),
    Key(
        "forbidden",
        SELECTOR,
        "What must not come after `between` and before `and` or `until`.",
        required=True,
    ),
    Key(
        "and",
        SELECTOR,
        "Where the forbidden stretch ends. It must come for the finding to be reported.",
        "closing",
    ),
    Key("until", SELECTOR, "Where the forbidden stretch ends. It need not come."),
    offers=("second", "culprit"),
)
class Between(NamedTuple):
    """Nothing forbidden comes after the subject: before ``closing``, which must come, or before ``until``."""

    subject: Picks
    forbidden: Picks
    closing: Picks | None = None
    until: Picks | None = None

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield each forbidden event, with the subject as what it came after."""
        diagram = view.flow.diagram
        # asked first: that there is one is seldom, and quickly seen
        culprits = view.events(self.forbidden, surely=True)
        subjects = view.events(self.subject, surely=True) if culprits else ()
        if not subjects:
            return
        closing = _events(self.until if self.closing is None else self.closing, view)
        events = list(_merged(("closing", closing), ("culprit", culprits)))
        for first in subjects:
            for event, opened in _lasting(first, events, "closing", view):
                reached = broken = diagram.both(opened, event.must)
                later = [e for e in closing if e.when > event.when]
                if self.closing is not None:
                    broken = diagram.both(broken, _any_of((e.must for e in later), view))
                roles = {"first": first, "culprit": event} | ({"second": later[0]} if later else {})
                yield Hit(view, event, broken, reached, roles, (first, event, *later[:1]))


@form(
    "X and a later Y on one path agree",
    Key(
        "pair",
        SELECTOR,
        "Form 'pair': the first step of a pair that runs on one path.",
        "subject",
        required=True,
    ),
    Key("with", SELECTOR, "The second step of the pair.", "second", required=True),
    Key(
        "agree",
        AGREEMENT,
        "What must hold of the two. Reported when it surely does not.",
        required=True,
    ),
    Key(
        "report",
        choice("first", "second"),
        "Which step of the pair the finding stands at; the second unless this says otherwise.",
    ),
    SINCE,
    offers=("second",),
)
class Pair(NamedTuple):
    """The subject and a later second step on one path agree. ``since`` between them ends what began."""

    subject: Picks
    second: Picks
    agree: Agreement
    report: str = "second"
    since: Picks | None = None

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield each pair with the paths on which the two do not agree."""
        diagram = view.flow.diagram
        subjects = view.events(self.subject, surely=True)
        seconds = view.events(self.second, surely=True) if subjects else ()
        if not seconds:
            return
        events = list(_merged(("since", _events(self.since, view)), ("with", seconds)))
        for first in subjects:
            for event, in_force in _lasting(first, events, "since", view):
                both = diagram.both(in_force, event.must)
                fine = self._agreed(first.entry, event.entry, view)
                roles = {"first": first, "second": event}
                primary = first if self.report == "first" else event
                yield Hit(view, primary, diagram.without(both, fine.may), both, roles, (first, event))

    def _agreed(self, first: Entry, second: Entry, view: View) -> Tri:
        fine = YES
        for selector, entry in ((self.agree.first, first), (self.agree.second, second)):
            if selector is not None:
                fine = view.both(fine, selector.of(entry, view))
        for names in self.agree.same:
            fine = view.both(fine, same_setting(names, first, second, view))
        return fine


@form(
    "no more than N of X on one path",
    Key(
        "at most",
        Kind({"type": "integer", "minimum": 1, "maximum": 100}, COUNT.read),
        "Form 'at most': how many of `of` may run on one path.",
        "most",
        required=True,
    ),
    Key("of", SELECTOR, "What is counted.", "subject", required=True),
    Key(
        "in",
        choice("sequence", "session"),
        "Where it is counted: in the whole task sequence, or in one session of the state store.",
        "where",
    ),
    offers=("second",),
)
class AtMost(NamedTuple):
    """No more than so many of the subject on one path, or in one session of the state store."""

    subject: Picks
    most: int
    where: str = "sequence"

    def hits(self, view: View) -> Iterator[Hit]:
        """Yield each event that may be one too many."""
        diagram, most = view.flow.diagram, self.most
        reached = [FALSE] * (most + 1)  # reached[k]: more than k have happened
        story: list[Event] = []
        opened = _requests(view) if self.where == "session" else ()
        for label, event in _merged(("opened", opened), ("of", view.events(self.subject, surely=True))):
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
