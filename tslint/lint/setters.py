"""What set the values that a finding rests on: without that step nobody finds where to mend it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tslint.flow.flow import MAX_SUBSTITUTIONS
from tslint.flow.settings import variable_of
from tslint.language.asked import asks_settings_only, settings_asked, variables_asked
from tslint.language.forms import Never
from tslint.language.values import overriding, saying
from tslint.logic.diagram import FALSE
from tslint.logic.text import literal, references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.assignments import Assignment
    from tslint.flow.timeline import Entry
    from tslint.language.context import Event, Hit
    from tslint.language.pattern import Pattern

# Steps that are told for one finding. A value that more of them make up is nobody's fault alone.
MOST_SETTERS = 5

# Which event of a hit each selector of a form has picked.
_PICKED = {"subject": "first", "must": "first", "second": "second", "forbidden": "culprit"}


class Setter(NamedTuple):
    """A step that set a variable, as it spells it; ``wins`` where that is asked for in a setting's place."""

    entry: Entry
    variable: str
    wins: bool = False


def setters(pattern: Pattern, hit: Hit) -> tuple[Setter, ...]:
    """Return the steps that may have set, where the rule is broken, what its selectors ask for; each once.

    What such a step has put together of other variables is followed to the steps that set those.
    """
    found: dict[int, Setter] = {}
    winning = frozenset(_winning(pattern, hit, hit.primary, hit.primary.setting))
    for assignment in islice(_assignments(pattern, hit), 2 * MOST_SETTERS):
        write = assignment.write
        setter = Setter(assignment.entry, write.spelling or write.variable, write.variable.lower() in winning)
        found.setdefault(assignment.entry.order, setter)
    return tuple(found[order] for order in sorted(found))[:MOST_SETTERS]


def value_of(hit: Hit, when: int) -> str:
    """Return the value of the event that is reported, as it becomes on the paths of ``when``.

    Where that is not known, or more than one, or made of what the console hides, it is the text in the file,
    or the variable that wins over it.
    """
    event, flow = hit.primary, hit.context.flow
    at = event.entry.order, 0 if event.assignment is None else event.assignment.position
    text = _deciding(event, when, hit) or event.value
    if "%" not in text or (event.position > 0 and event.assignment is None):
        return text
    behind = tuple(islice(_behind(text, at, event.surely, hit, set()), MAX_SUBSTITUTIONS))
    if len(behind) == MAX_SUBSTITUTIONS or any(one.write.masked for one in behind):
        return text
    cases = flow.substitute(text, *at)
    texts = {case.text for case in cases if flow.propositions.possible(flow.diagram.both(when, case.when))}
    only = texts.pop() if len(texts) == 1 else None
    known = None if only is None else literal(only)
    return text if known is None else known


def rests_on_variables(pattern: Pattern, hit: Hit, behind: tuple[Setter, ...]) -> bool:
    """Say whether a finding is about settings of one step, and variables alone say what they are."""
    event, form = hit.primary, pattern.form
    if not event.setting or not isinstance(form, Never) or not any(one.wins for one in behind):
        return False
    asked = settings_asked(form.subject, event.entry.step)
    return asks_settings_only(form.subject, event.entry.step) and not any(
        saying(event.entry, key, hit.broken, hit.context) for key in asked
    )


def _winning(pattern: Pattern, hit: Hit, picked: Event, setting: str = "") -> Iterator[str]:
    """Yield the variables that win, where the rule is broken, over settings that it asks of a step.

    Or over one ``setting`` alone.
    """
    diagram, possible = hit.context.flow.diagram, hit.context.flow.propositions.possible
    for field, role in _PICKED.items():
        if hit.roles.get(role) == picked:
            asked = settings_asked(getattr(pattern.form, field, None), picked.entry.step)
            for key in (one for one in asked if setting.lower() in ("", one.lower())):
                for when, variable in overriding(picked.entry, key, hit.context):
                    if possible(diagram.both(hit.broken, when)):
                        yield variable


def _deciding(event: Event, when: int, hit: Hit) -> str:
    """Return the variable, as %X%, that says a setting on all these paths; "" where the file itself may."""
    if not event.setting or saying(event.entry, event.setting, when, hit.context):
        return ""
    name = variable_of(event.entry.step, event.setting, hit.context.tables)
    return "" if name is None else f"%{hit.context.tables.names.get(name, name)}%"


def _assignments(pattern: Pattern, hit: Hit) -> Iterator[Assignment]:
    seen: set[str] = set()
    event = hit.primary
    if event.assignment is not None:
        at = event.entry.order, event.assignment.position
        yield from _behind(event.assignment.write.value or "", at, hit.broken, hit, seen)
    elif event.position == 0:
        yield from _behind(event.value, (event.entry.order, 0), hit.broken, hit, seen)
    for field, role in _PICKED.items():
        picked = hit.roles.get(role)
        if picked is None:
            continue
        asked = variables_asked(getattr(pattern.form, field, None), picked.entry.step, hit.context.tables)
        for name in (*asked, *_winning(pattern, hit, picked)):
            yield from _before(name, (picked.entry.order, 0), hit.broken, hit, seen)


def _behind(text: str, at: tuple[int, int], when: int, hit: Hit, seen: set[str]) -> Iterator[Assignment]:
    """Yield the assignments of the variables that a text holds."""
    for piece in references(text):
        if isinstance(piece, tuple):
            yield from _before(piece[0].lower(), at, when, hit, seen)


def _before(name: str, at: tuple[int, int], when: int, hit: Hit, seen: set[str]) -> Iterator[Assignment]:
    """Yield the assignments that a variable has its value from, on the paths of ``when``, the last first."""
    if name in seen:
        return
    seen.add(name)
    flow = hit.context.flow
    for assignment in reversed(flow.assignments.of(name)):
        if when == FALSE:
            return
        write = assignment.write
        if (assignment.entry.order, assignment.position) >= at or not write.sure or write.by == "engine":
            continue
        runs = flow.diagram.both(when, flow.runs(assignment))
        if flow.propositions.possible(runs):
            yield assignment
            here = assignment.entry.order, assignment.position
            yield from _behind(write.value or "", here, runs, hit, seen)
            when = flow.diagram.without(when, runs)
