"""Which mends of a rule fit a finding, and the steps that they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.settings import base_value, variable_of
from tslint.flow.timeline import around
from tslint.language.context import Event
from tslint.language.edits import (
    DISABLED,
    Assign,
    Copied,
    Drop,
    Give,
    Insert,
    Leave,
    Replace,
    Rewrite,
    SetSettings,
    TakeOut,
    Unassign,
    roles_in,
)
from tslint.language.forms import After, Before
from tslint.language.values import saying
from tslint.lint.explanation import place_of
from tslint.lint.finding import Mending, StepAt
from tslint.logic.effort import EffortExceededError
from tslint.model.step_type import SETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.flow.timeline import Entry
    from tslint.language.context import Hit
    from tslint.language.edits import Edit, Find, If, Mend
    from tslint.language.pattern import Pattern

    # What happens in steps, by the names that a mend has for them.
    _Parts = dict[str, tuple[Event, ...]]
    _Steps = dict[str, tuple[StepAt, ...]]


def fitting(mends: Iterable[Mend], pattern: Pattern, hit: Hit) -> Iterator[Mending]:
    """Yield the mends that fit, in the rule's order; none comes after one that asks for a decision."""
    for mend in mends:
        try:
            fit = _fit(mend, pattern, hit)
        except EffortExceededError:  # the finding is told all the same
            return
        if fit is not None:
            yield fit
            if mend.decide:
                return


def _fit(mend: Mend, pattern: Pattern, hit: Hit) -> Mending | None:
    """Return a mend with its steps, None where one is missing or not as it has to be."""
    parts: _Parts = {role: (event,) for role, event in hit.roles.items()}
    for find in mend.finds:
        nearby = _found(find, parts, hit)
        if not nearby:
            return None
        parts[find.name] = nearby
    if not all(_may_hold(condition, parts, hit) for condition in mend.conditions):
        return None
    if any(_changes_nothing(edit, parts, hit) for edit in mend.edits):
        return None
    if not all(_same_then(edit, parts, hit) for edit in mend.edits):
        return None
    edits = [one for edit in mend.edits for one in _where_said(edit, parts, hit)]
    meant = {e.role: e.variables for e in edits if isinstance(e, Assign | Unassign | TakeOut)}
    steps: _Steps = {}
    for role in dict.fromkeys(role for edit in edits for role in roles_in(edit)):
        if role == DISABLED:
            disabled = _disabled(pattern, hit)
            found: tuple[StepAt, ...] | None = None if disabled is None else (StepAt(place_of(disabled)),)
        else:
            found = _at(parts.get(role, ()), meant.get(role, ()), hit)
        if not found:
            return None
        steps[role] = found
    return Mending(tuple(edits), tuple(steps.items()), mend.decide, mend.safe)


def _where_said(edit: Edit, parts: _Parts, hit: Hit) -> Iterator[Edit]:
    """Yield an edit of settings as edits of what says their values: a variable wins over the setting.

    The steps that set the variable get a name of their own among the parts.
    """
    if not isinstance(edit, SetSettings) or edit.role not in parts:
        yield edit
        return
    left = list(edit.settings)
    for event in parts[edit.role]:
        for key, value in edit.settings:
            setters = _setters(event, key, hit)
            if setters and not isinstance(value, Copied):
                name = f"what sets {key} of {event.entry.order}"
                variable = (setters[0][1],)
                parts[name] = tuple(one for one, _ in setters)
                yield Unassign(variable, name) if value is None else Assign(value, variable, name)
                if (base_value(event.entry.step, key, hit.context.tables) or "").lower() == (
                    value or ""
                ).lower():
                    left = [one for one in left if one[0] != key]
    if left:
        yield edit._replace(settings=tuple(left))


def _changes_nothing(edit: Edit, parts: _Parts, hit: Hit) -> bool:
    """Say whether an edit is of a setting that variables win over, and not where these are set."""
    if isinstance(edit, SetSettings):
        keys = tuple(key for key, _ in edit.settings)
    else:
        keys = (edit.setting,) if isinstance(edit, Rewrite | Replace | Drop | Leave) else ()
    return any(
        not saying(event.entry, key, hit.broken, hit.context)
        and not (isinstance(edit, SetSettings) and _setters(event, key, hit))
        for key in keys
        for event in parts.get(edit.role, ())
    )


def _same_then(edit: Edit, parts: _Parts, hit: Hit) -> bool:
    """Say whether the conditions that an edit copies mean the same in their new place.

    They do not where a variable in them has another value by then.
    """
    if not isinstance(edit, Give | Insert) or edit.role not in parts or edit.like not in parts:
        return True
    flow = hit.context.flow
    behind = isinstance(edit, Insert) and edit.side == "after"
    there = parts[edit.role][-1 if behind else 0].entry
    shared = {id(scope) for scope in around(there.scope)}
    return all(
        flow.condition(scope.condition, scope.order) == flow.condition(scope.condition, there.order + behind)
        for scope in around(parts[edit.like][0].entry.scope)
        if scope.condition is not None and id(scope) not in shared
    )


def _setters(event: Event, key: str, hit: Hit) -> list[tuple[Event, str]]:
    """Return the steps that may set the variable of a setting where the rule is broken, with its name."""
    context = hit.context
    variable = variable_of(event.entry.step, key, context.tables)
    if variable is None:
        return []
    both, possible = context.flow.diagram.both, context.flow.propositions.possible
    found = []
    for one in context.flow.assignments.of(variable):
        runs = context.flow.runs(one)
        if one.entry.order < event.entry.order and possible(both(hit.broken, runs)):
            place = (one.entry.step.element, "")
            found.append((Event(one.entry, one.position + 1, runs, runs, "", place), variable))
    return found


def _found(find: Find, parts: _Parts, hit: Hit) -> tuple[Event, ...]:
    """Return the steps that a mend finds."""
    context = hit.context
    if find.after and find.after not in parts:
        return ()
    after = parts[find.after][-1].entry.order if find.after else -1
    before = parts[find.before][0].entry.order if find.before in parts else len(context.index.entries)
    both, possible = context.flow.diagram.both, context.flow.propositions.possible
    near = [event for event in context.events(find.picks) if after < event.entry.order < before]
    # first those that run where the rule is broken; else what is skipped there and should not be
    events: list[Event] = []
    for paths in (hit.broken, hit.reached):
        events = events or [event for event in near if possible(both(paths, event.possibly))]
    if find.which == "all" or not events:
        return tuple(events)
    return (events[0] if find.which == "first" else events[-1],)


def _may_hold(condition: If, parts: _Parts, hit: Hit) -> bool:
    """Say whether a condition may hold of its step where the rule is broken."""
    context = hit.context
    both, possible = context.flow.diagram.both, context.flow.propositions.possible
    return condition.role in parts and all(
        possible(both(hit.broken, condition.holds.of_event(event, context).possibly))
        for event in parts[condition.role]
    )


def _at(events: Iterable[Event], variables: tuple[str, ...], hit: Hit) -> tuple[StepAt, ...] | None:
    """Return where steps are and which of their assignments is meant; None where the file does not say it."""
    found = []
    for event in events:
        write = _write(event, variables, hit) if variables else -1
        if write is None:
            return None
        found.append(StepAt(place_of(event.entry), write))
    return tuple(found)


def _write(event: Event, variables: tuple[str, ...], hit: Hit) -> int | None:
    """Return the number of the assignment of one of these variables: the event's own, or the last."""
    if event.entry.step.type not in SETTERS:
        return None
    made = hit.context.flow.assignments.made_by(event.entry)
    fits = [one.position for one in made if one.write.variable in variables and not one.write.masked]
    if event.position - 1 in fits:
        return event.position - 1
    return fits[-1] if fits else None


def _disabled(pattern: Pattern, hit: Hit) -> Entry | None:
    """Return the disabled step that would have satisfied the pattern in time."""
    first, found = hit.primary.entry.order, _disabled_and_wanted(pattern, hit)
    if not isinstance(pattern.form, After):
        opener = hit.roles.get("opener")
        begin = -1 if opener is None else opener.entry.order
        return next((one for one in reversed(found) if begin < one.order <= first), None)
    deadline = hit.roles.get("deadline")
    last = len(hit.context.index.entries) if deadline is None else deadline.entry.order
    return next((one for one in found if first < one.order <= last), None)


def _disabled_and_wanted(pattern: Pattern, hit: Hit) -> list[Entry]:
    """List the disabled steps that a pattern waits for: by their type, else by what is asked of them."""
    line, types = hit.context.flow.timeline, pattern.excusing_types(hit)
    if types or not isinstance(pattern.form, After | Before):
        return [one for one in line.disabled if one.step.type.lower() in types]
    # what is disabled is asked about as if all of the file ran
    wanted = hit.context.everywhere().events(pattern.form.comes, sure=True)
    meant = {id(line.nodes[event.entry.order]) for event in wanted}
    return [one for one in line.disabled if id(one) in meant]
