"""Facts about conditions: what those of a step and its groups say, and which steps they keep from running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.flow.contradiction import excluding
from tslint.flow.timeline import around, tests_of
from tslint.language.context import NO, YES, Answer, Context, Moment, Picks
from tslint.language.declared import SELECTOR, Kind, choice, fact, members, words
from tslint.language.values import certain
from tslint.model.condition import Combination, Expression, tests_in

if TYPE_CHECKING:
    from tslint.flow.flow import Flow
    from tslint.flow.timeline import Entry
    from tslint.language.declared import Schema
    from tslint.language.reading import Reading
    from tslint.model.condition import Condition

_JOINED: Final = {"and": "all of", "or": "any of", "not": "none of"}
_LAST_ACTION: Final = frozenset({"_smstslastactionsucceeded"})


def _tell_excluding(why: str, moment: Moment, context: Context) -> str:
    """Return the conditions that exclude each other, as a person would read them out."""
    entry, flow = _as_it_runs(moment.entry, context)
    found = () if entry is None or why != "conditions" else excluding(entry, flow)
    return "; ".join(map(_told, found))


@fact(
    "cannot run",
    choice("conditions", "last action"),
    "Why a step or group that is not disabled can never run: its own condition and those of its groups "
    "exclude each other; or its own asks for a failure of the last action, and the steps before it can only "
    "succeed or end the task sequence. To be asked in form 'nowhere', as the others speak of what can run.",
    cost=5,
    tells=_tell_excluding,
)
def _cannot_run(why: str, moment: Moment, context: Context) -> Answer:
    entry, flow = _as_it_runs(moment.entry, context)
    if entry is None:
        return NO
    return certain(bool(excluding(entry, flow)) if why == "conditions" else _waits_in_vain(entry, flow))


def _as_it_runs(entry: Entry, context: Context) -> tuple[Entry | None, Flow]:
    """Return a step or group with the conditions that form 'nowhere' leaves out, None for a disabled one."""
    flow = context.ordinary.flow
    line = flow.timeline
    itself = entry if context.ordinary is context else line.nodes[entry.order]
    active = line.groups if itself.step.type == "Group" else line.entries
    return (itself if any(itself is one for one in active) else None), flow


def _told(condition: Condition) -> str:
    if isinstance(condition, Combination):
        inside = ", ".join(map(_told, condition.operands))
        return f"{_JOINED[condition.how]} ({inside})"
    return condition.spelling.removeprefix("Variable ")


def _waits_in_vain(entry: Entry, flow: Flow) -> bool:
    """Say whether a step would run but for what it asks of the last action.

    A child sequence that is not at hand may leave a failure behind, whatever the step that runs it does.
    """
    own = entry.own_scope
    if own is None or own.condition is None:
        return False
    if all(test.variable.strip().lower() not in _LAST_ACTION for test in tests_in(own.condition)):
        return False
    if any(one.missing for one in flow.timeline.entries[: entry.order]):
        return False
    possible = flow.propositions.possible
    return not possible(flow.guard(entry)) and possible(flow.guard_without(entry, _LAST_ACTION))


@fact(
    "behind skipped",
    SELECTOR,
    "Right before it, in the same group and disabled ones aside, stands one of these, and it does not run.",
    cost=3,
)
def _behind_skipped(selector: Picks, moment: Moment, context: Context) -> Answer:
    before = _before(moment.entry, context)
    if before is None:
        return NO
    runs = context.flow.guard(before)
    skipped = context.flow.diagram.negate(runs)
    static = selector.of(before, context)
    # what is asked of it is asked of it where it runs; here the question is which step stands there
    fits = context.flow.propositions.possible(static.surely)
    return Answer(skipped, skipped) if fits else NO


def _before(entry: Entry, context: Context) -> Entry | None:
    """Return the active step or group that stands right before another in the same group."""
    line = context.flow.timeline
    active = {id(one) for one in (*line.entries, *line.groups)}
    found = None
    for one in line.nodes:
        if one is entry:
            return found
        if id(one) in active and one.sequence is entry.sequence and one.outer_scope is entry.outer_scope:
            found = one
    return None


class Guard(NamedTuple):
    """What is asked of conditions: variables of which one is tested, and what they must exclude.

    ``there`` asks whether there is a condition at all, None does not.
    """

    reads: frozenset[str] = frozenset()
    of: str = "any"
    excludes: tuple[Expression, ...] = ()
    there: bool | None = None


def _read_guard(data: object, reading: Reading) -> Guard:
    asked = dict(members(data))
    reads = words("variable").read(asked["reads"], reading.at("reads")) if "reads" in asked else ()
    tests = []
    for text, place in reading.each(asked.get("false where", [])):
        variable, operator, *value = str(text).split(None, 2)
        place.expect("variable", variable)
        tests.append(Expression("Variable", variable, operator.lower(), "".join(value)))
    there = asked.get("there")
    return Guard(
        frozenset(name.lower() for name in reads),
        str(asked.get("of", "any")),
        tuple(tests),
        None if there is None else there is True,
    )


_TEST: Final = r"^\S+ +(not)?([Ee]xists|([Ee]quals|[Ll]ike|less|greater|lessEqual|greaterEqual) +\S.*)$"
_GUARD: Final[Schema] = {
    "type": "object",
    "properties": {
        "reads": {
            "description": "Variables of which one must be tested.",
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1},
        },
        "of": {
            "description": "Whose conditions: the step's own, those of its groups, or any (the default).",
            "enum": ["step", "groups", "any"],
        },
        "false where": {
            "description": "Conditions as in `when` of the examples, such as `X equals a`: where they hold "
            "together, those of the step cannot.",
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "pattern": _TEST},
        },
        "there": {"description": "Whether there is a condition.", "type": "boolean"},
    },
    "minProperties": 1,
    "additionalProperties": False,
}


@fact("guard", Kind(_GUARD, _read_guard), "The conditions of the step and its groups.", cost=2)
def _guard(asked: Guard, moment: Moment, context: Context) -> Answer:
    entry = moment.entry
    if asked.reads and not any(t.variable.lower() in asked.reads for t in tests_of(entry.scope, asked.of)):
        return NO
    if asked.there is not None and asked.there != _has_condition(entry, asked.of):
        return NO
    if not asked.excludes:
        return YES
    flow = context.flow
    together = flow.guard_of(entry, asked.of)
    for test in asked.excludes:
        together = flow.diagram.both(together, flow.condition(test, entry.order))
    return certain(not flow.propositions.possible(together))


def _has_condition(entry: Entry, of: str) -> bool:
    """Say whether a step has a condition: its own, or of what is around it, groups and calls."""
    own = entry.step.condition is not None
    outer = sum(one.condition is not None for one in around(entry.scope)) - own
    return (own and of != "groups") or (outer > 0 and of != "step")
