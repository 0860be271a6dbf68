"""The forms of the rule language: which paths break a rule.

Each form turns a pattern into hits. A hit says on which paths (a formula) one subject breaks the rule, and
which events explain the hit. An excuse counts where it may happen, an accusation where it surely does.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import NamedTuple

from tslint.language.context import YES, Answer, Context, Event, Hit, Picks, running
from tslint.language.declared import COUNT, FLAG, SELECTOR, Kind, choice
from tslint.language.form import (
    AGREEMENT,
    COMES,
    IMMEDIATELY,
    OF_FIRST,
    ONCE,
    SINCE,
    VARIABLES,
    Agreement,
    Key,
    form,
)
from tslint.language.option_facts import same_options
from tslint.language.reading import Reading
from tslint.language.setting_facts import same_setting
from tslint.language.store_facts import same_store
from tslint.logic.diagram import FALSE, TRUE

# The position in a step of its end, after all that it assigns and starts.
_DONE = 1 << 29


def _events(selector: Picks | None, context: Context) -> tuple[Event, ...]:
    return () if selector is None else context.events(selector)


def _given(*selectors: Picks | None) -> tuple[Picks, ...]:
    return tuple(selector for selector in selectors if selector is not None)


def _merged(*labelled: tuple[str, Iterable[Event]]) -> Iterator[tuple[str, Event]]:
    """Merge events by time; at the same time the group named first comes first."""
    keyed = (
        [((*event.when, rank), label, event) for event in events]
        for rank, (label, events) in enumerate(labelled)
    )
    for _, label, event in merge(*keyed, key=lambda item: item[0]):
        yield label, event


def _behind(events: list[tuple[str, Event]], first: Event, context: Context) -> Iterator[tuple[str, Event]]:
    """Go through the events after one in a merged list. For each of many, that is work to be charged."""
    begin = bisect_right(events, first.when, key=lambda item: item[1].when)
    spend = context.flow.effort.spend
    for item in islice(events, begin, None):
        spend(1)
        yield item


def _lasting(
    first: Event, events: list[tuple[str, Event]], end: str, context: Context
) -> Iterator[tuple[Event, int]]:
    """Go through the events after one as long as what it began may last, with the paths on which it does.

    It began where its step succeeded. Those that are labelled ``end`` end it where they may happen, and are
    left out.
    """
    lasting = context.flow.diagram.both(first.surely, context.flow.succeeds(first.entry))
    for label, event in _behind(events, first, context):
        if lasting == FALSE:
            return
        if label == end:
            lasting = context.flow.diagram.without(lasting, event.possibly)
        else:
            yield event, lasting


def _steps(context: Context) -> tuple[Event, ...]:
    """Return the running of each step; in the place of one that runs a child stand the child's."""
    guard = context.flow.guard
    return tuple(running(entry, guard(entry)) for entry in context.index.entries if not entry.inlined)


def _any_of(formulas: Iterable[int], context: Context) -> int:
    result = FALSE
    for formula in formulas:
        result = context.flow.diagram.either(result, formula)
    return result


def _requests(context: Context) -> tuple[Event, ...]:
    """Return the steps that begin a session of the state store."""
    guard = context.flow.guard
    return tuple(
        Event(entry, -1, guard(entry), guard(entry), "", (entry.step.element, ""))
        for entry in context.index.of_type("requeststatestore")
    )


@form(
    "every X must satisfy P",
    Key(
        "every",
        SELECTOR,
        "Form 'every': the steps or commands of which each must satisfy `must`.",
        "subject",
        required=True,
        roles=("first",),
    ),
    Key("must", OF_FIRST, "What must hold of each. Reported when it surely does not.", required=True),
    ONCE,
)
class Every(NamedTuple):
    """Each subject satisfies something."""

    subject: Picks
    must: Picks

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject, self.must)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each subject with the paths on which it does not."""
        for event in context.events(self.subject, sure=True):
            broken = context.flow.diagram.without(event.surely, self.must.of_event(event, context).possibly)
            yield Hit(context, event, broken, event.surely, {"first": event}, (event,))


@form(
    "X must not happen",
    Key("never", SELECTOR, "Form 'never': what must not occur.", "subject", required=True, roles=("first",)),
    ONCE,
    offers=("opener",),
)
class Never(NamedTuple):
    """The subject must not happen."""

    subject: Picks

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each subject."""
        for event in context.events(self.subject, sure=True):
            yield Hit(
                context, event, event.surely, context.flow.guard(event.entry), {"first": event}, (event,)
            )


def _read_anywhere(data: object, reading: Reading) -> Picks:
    for part, at in reading.each(data):
        if isinstance(part, dict) and "node" in part:
            at.at("node").refuse(
                "the form 'nowhere' looks at all steps and groups, disabled ones too", "take out 'node'"
            )
    return SELECTOR.read(data, reading)


@form(
    "X is nowhere in the file, whether it runs or not",
    Key(
        "nowhere",
        Kind(SELECTOR.schema, _read_anywhere),
        "Form 'nowhere': what must not stand in the file, in no step and no group, whether or not it is "
        "disabled and whatever its conditions. It is asked as if all of the file ran, in its order.",
        "subject",
        required=True,
        roles=("first",),
    ),
    ONCE,
)
class Nowhere(NamedTuple):
    """The subject must not stand anywhere, in what never runs neither."""

    subject: Picks

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each subject, on all paths: where it stands is no question of paths."""
        everywhere = context.everywhere()
        for found in everywhere.events(self.subject, sure=True):
            event = found._replace(surely=TRUE, possibly=TRUE)
            yield Hit(everywhere, event, TRUE, TRUE, {"first": event}, (event,))


@form(
    "after X comes Y, before Z and before the end",
    Key(
        "after",
        SELECTOR,
        "Form 'after': whenever this ran, `comes` must follow.",
        "subject",
        required=True,
        roles=("first",),
    ),
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
        "by the end",
        SELECTOR,
        "What will do as well as `comes` where it holds when the task sequence ends.",
        "by_the_end",
    ),
    Key(
        "outcome",
        choice("fails"),
        "fails: look at the paths on which the step fails and the failure is swallowed, instead of those on "
        "which it succeeds.",
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
    by_the_end: Picks | None = None
    outcome: str = ""
    ignored_guards: tuple[str, ...] = ()

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject, self.comes, self.deadline, self.passing_over, self.by_the_end)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each subject with the paths on which nothing comes in time."""
        diagram = context.flow.diagram
        end_counts = self.at_end != "fine"
        subjects = context.events(self.subject, sure=True)
        if not subjects:
            return
        both = (("comes", context.events(self.comes)), ("deadline", self._deadlines(context)))
        events = list(_merged(*both))
        for first in subjects:
            waiting, broken = self._begun(first, context), FALSE
            reached = waiting
            explanation = [first]
            roles = {"first": first}
            for label, event in _behind(events, first, context):
                if waiting == FALSE:
                    break
                if self.immediately and label == "deadline" and event.entry.order == first.entry.order:
                    continue  # the step itself
                if label == "comes":
                    waiting = diagram.without(waiting, self._excusing(event, context))
                    explanation.append(event)
                    continue
                cut = diagram.both(waiting, event.surely)
                if context.flow.propositions.possible(cut):
                    broken = diagram.either(broken, cut)
                    explanation.append(event)
                    roles.setdefault("deadline", event)
                waiting = diagram.without(waiting, event.surely)
            if self.by_the_end is not None and waiting != FALSE:
                waiting = diagram.without(
                    waiting, self.by_the_end.of(context.flow.timeline.end, context).possibly
                )
            waiting = diagram.both(waiting, context.flow.completes())
            ended = end_counts and context.flow.propositions.possible(waiting)
            broken = diagram.either(broken, waiting) if ended else broken
            yield Hit(context, first, broken, reached, roles, tuple(explanation), ended)

    def _begun(self, first: Event, context: Context) -> int:
        """Return where the subject happened: it succeeded, or failed and the sequence went on."""
        diagram, flow = context.flow.diagram, context.flow
        if self.outcome == "fails":
            return diagram.without(first.surely, flow.succeeds(first.entry, asked=True))
        return diagram.both(first.surely, flow.succeeds(first.entry))

    def _deadlines(self, context: Context) -> tuple[Event, ...]:
        """Return the deadlines; with ``immediately`` every step not passed over is one too.

        Such a step counts once it is done: what it does itself has come before.
        """
        if not self.immediately:
            return _events(self.deadline, context)
        passed = {event.entry.order for event in _events(self.passing_over, context)}
        steps = (event for event in _steps(context) if event.entry.order not in passed)
        return tuple(event._replace(position=_DONE) for event in steps)

    def _excusing(self, event: Event, context: Context) -> int:
        """Return where an event may happen, conditions on the variables to be ignored being taken to hold."""
        ignored = frozenset(self.ignored_guards)
        if not ignored:
            return event.possibly
        return context.flow.diagram.either(event.possibly, context.flow.guard_without(event.entry, ignored))


@form(
    "before X comes Y, and nothing in between cancels it",
    Key(
        "before",
        SELECTOR,
        "Form 'before': whenever this runs, `comes` must have run.",
        "subject",
        required=True,
        roles=("first",),
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

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject, self.comes, self.since)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each subject with the paths on which nothing came, or was cancelled."""
        subjects = context.events(self.subject, sure=True)
        if not subjects:
            return
        if self.immediately:
            yield from (self._with_step_before(event, context) for event in subjects)
            return
        diagram = context.flow.diagram
        in_force = FALSE
        explanation: list[Event] = []
        since, comes = _events(self.since, context), context.events(self.comes)
        for label, event in _merged(("before", subjects), ("since", since), ("comes", comes)):
            if label == "comes":
                in_force = diagram.either(in_force, event.possibly)
            elif label == "since":
                in_force = diagram.without(in_force, event.surely)
            else:
                broken = diagram.without(event.surely, in_force)
                yield Hit(context, event, broken, event.surely, {"first": event}, (*explanation, event))
                continue
            explanation.append(event)

    def _with_step_before(self, event: Event, context: Context) -> Hit:
        """Judge by the step right before it, on each path another; where there is none, that is no fault."""
        diagram = context.flow.diagram
        broken, rest, explanation = FALSE, event.surely, [event]
        order = event.entry.order
        while order > 0 and rest != FALSE:
            order -= 1
            context.flow.effort.spend(1)
            entry = context.index.entries[order]
            if entry.inlined:  # the steps of the child have been, and decide
                continue
            guard = context.flow.guard(entry)
            ran, rest = diagram.both(rest, guard), diagram.without(rest, guard)
            if ran == FALSE:
                continue
            fine = self.comes.of(entry, context).possibly
            accused = diagram.without(ran, fine)
            if accused != FALSE and len(explanation) == 1:
                explanation.insert(0, running(entry, guard))
            broken = diagram.either(broken, accused)
        return Hit(context, event, broken, event.surely, {"first": event}, tuple(explanation))


@form(
    "between X and Y there is no Z",
    Key(
        "between",
        SELECTOR,
        "Form 'between': from this step on, `forbidden` must not come.",
        "subject",
        required=True,
        roles=("first",),
    ),
    Key(
        "forbidden",
        SELECTOR,
        "What must not come after `between` and before `and` or `until`.",
        required=True,
        roles=("culprit",),
    ),
    Key(
        "and",
        SELECTOR,
        "Where the forbidden stretch ends. It must come for the finding to be reported.",
        "closing",
        roles=("second",),
    ),
    Key("until", SELECTOR, "Where the forbidden stretch ends. It need not come."),
    Key(
        "put right by",
        SELECTOR,
        "What makes it good where it comes after `forbidden` and before the stretch ends.",
        "put_right_by",
    ),
    offers=("second", "culprit"),
)
class Between(NamedTuple):
    """Nothing forbidden comes after the subject: before ``closing``, which must come, or before ``until``."""

    subject: Picks
    forbidden: Picks
    closing: Picks | None = None
    until: Picks | None = None
    put_right_by: Picks | None = None

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject, self.forbidden, self.closing, self.until, self.put_right_by)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each forbidden event, with the subject as what it came after."""
        diagram = context.flow.diagram
        # asked first: that there is one is seldom, and quickly seen
        culprits = context.events(self.forbidden, sure=True)
        subjects = context.events(self.subject, sure=True) if culprits else ()
        if not subjects:
            return
        closing = _events(self.until if self.closing is None else self.closing, context)
        events = list(_merged(("closing", closing), ("culprit", culprits)))
        for first in subjects:
            for event, opened in _lasting(first, events, "closing", context):
                broken = diagram.both(opened, event.surely)
                reached = broken if self.closing is not None else _either_alone(first, event, opened, context)
                later = [e for e in closing if e.when > event.when]
                if self.closing is not None:
                    broken = diagram.both(broken, _any_of((e.surely for e in later), context))
                broken = diagram.without(broken, self._put_right(event, later, context))
                roles = {"first": first, "culprit": event} | ({"second": later[0]} if later else {})
                yield Hit(context, event, broken, reached, roles, (first, event, *later[:1]))

    def _put_right(self, culprit: Event, closing: list[Event], context: Context) -> int:
        """Return the paths on which something may make good what a forbidden step has done.

        Where the step fails it has done nothing, so what only comes then makes nothing good.
        """
        diagram = context.flow.diagram
        good = FALSE
        mending = [event for event in _events(self.put_right_by, context) if event.when > culprit.when]
        open_still = context.flow.succeeds(culprit.entry) if mending else FALSE
        for label, event in _merged(("mending", mending), ("closing", closing)):
            if open_still == FALSE:
                break
            context.flow.effort.spend(1)
            if label == "closing":
                open_still = diagram.without(open_still, event.surely)
            else:
                good = diagram.either(good, diagram.both(open_still, event.possibly))
        return good


def _either_alone(first: Event, event: Event, opened: int, context: Context) -> int:
    """Return the paths of the one of two that never runs without the other, else those of the later one.

    So both together are all paths where their conditions belong together, and some where they do not.
    """
    diagram, possible = context.flow.diagram, context.flow.propositions.possible
    if not possible(diagram.without(opened, event.surely)):
        return diagram.both(opened, event.surely)
    began = diagram.both(first.surely, context.flow.succeeds(first.entry))
    return diagram.without(event.surely, diagram.without(began, opened))


@form(
    "X and a later Y on one path agree",
    Key(
        "pair",
        SELECTOR,
        "Form 'pair': the first step of a pair that runs on one path.",
        "subject",
        required=True,
        roles=("first",),
    ),
    Key("with", SELECTOR, "The second step of the pair.", "second", required=True, roles=("second",)),
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
    Key(
        "in one store",
        FLAG,
        "Only pairs that surely keep user state in the same place, by step or by command.",
        "in_one_store",
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
    in_one_store: bool = False

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject, self.second, self.agree.first, self.agree.second, self.since)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each pair with the paths on which the two do not agree."""
        diagram = context.flow.diagram
        subjects = context.events(self.subject, sure=True)
        seconds = context.events(self.second, sure=True) if subjects else ()
        if not seconds:
            return
        events = list(_merged(("since", _events(self.since, context)), ("with", seconds)))
        for first in subjects:
            for event, in_force in _lasting(first, events, "since", context):
                both = diagram.both(in_force, event.surely)
                if self.in_one_store:
                    both = diagram.both(both, same_store(first, event, context).surely)
                fine = self._agreed(first, event, context)
                roles = {"first": first, "second": event}
                primary = first if self.report == "first" else event
                yield Hit(context, primary, diagram.without(both, fine.possibly), both, roles, (first, event))

    def _agreed(self, first: Event, second: Event, context: Context) -> Answer:
        fine = YES
        for selector, event in ((self.agree.first, first), (self.agree.second, second)):
            if selector is not None:
                fine = context.both(fine, selector.of_event(event, context))
        for names in self.agree.same:
            fine = context.both(fine, same_setting(names, first.entry, second.entry, context))
        for names in self.agree.same_options:
            fine = context.both(fine, same_options(names, first, second, context))
        return context.both(fine, same_store(first, second, context)) if self.agree.same_store else fine


@form(
    "no more than N of X on one path",
    Key(
        "at most",
        Kind({"type": "integer", "minimum": 1, "maximum": 100}, COUNT.read),
        "Form 'at most': how many of `of` may run on one path.",
        "most",
        required=True,
    ),
    Key("of", SELECTOR, "What is counted.", "subject", required=True, roles=("first", "second")),
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

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""
        return _given(self.subject)

    def hits(self, context: Context) -> Iterator[Hit]:
        """Yield each event that may be one too many."""
        diagram, most = context.flow.diagram, self.most
        reached = [FALSE] * (most + 1)  # reached[k]: more than k have happened
        explanation: list[Event] = []
        opened = _requests(context) if self.where == "session" else ()
        for label, event in _merged(("opened", opened), ("of", context.events(self.subject, sure=True))):
            if label == "opened":
                reached = [diagram.without(formula, event.surely) for formula in reached]
                continue
            before = reached[most - 1] if most else event.surely
            explanation.append(event)
            broken = diagram.both(before, event.surely)
            yield Hit(
                context,
                event,
                broken,
                event.surely,
                {"first": explanation[0], "second": event},
                tuple(explanation),
            )
            for k in range(most, 0, -1):
                reached[k] = diagram.either(reached[k], diagram.both(reached[k - 1], event.surely))
            reached[0] = diagram.either(reached[0], event.surely)
