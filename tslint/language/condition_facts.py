"""Facts about conditions: what those of a step and its groups say, and which steps they keep from running."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.flow.contradiction import excluding
from tslint.flow.timeline import around, tests_of
from tslint.language.context import NO, YES, Answer, Context, Moment, Picks
from tslint.language.declared import SELECTOR, Kind, choice, expect_values, fact, members, words
from tslint.language.values import certain
from tslint.logic.diagram import FALSE
from tslint.logic.effort import LOOKS
from tslint.model.condition import Expression, tests_in
from tslint.model.condition_words import in_a_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.flow import Flow
    from tslint.flow.timeline import Entry, Scope
    from tslint.language.declared import Schema
    from tslint.language.reading import Reading
    from tslint.model.condition import Condition

_LAST_ACTION: Final = frozenset({"_smstslastactionsucceeded"})


def _tell_excluding(why: str, moment: Moment, context: Context) -> str:
    """Return the conditions that exclude each other, as a person would read them out."""
    entry, flow = _as_it_runs(moment.entry, context)
    found = () if entry is None or why != "conditions" else excluding(entry, flow)
    return "; ".join(map(in_a_line, found))


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
    if itself.step.type == "Group":
        flow.effort.spend(len(line.groups) // LOOKS)
        active = any(itself is one for one in line.groups)
    else:
        active = any(itself is one for one in line.entries[itself.order : itself.order + 1])
    return (itself if active else None), flow


def _waits_in_vain(entry: Entry, flow: Flow) -> bool:
    """Say whether a step would run but for what it asks of the last action.

    A child sequence that is not at hand may leave a failure behind, whatever the step that runs it does. And
    one that is at hand may be called by others, where something has failed.
    """
    own = entry.own_scope
    if own is None or not _asks_last_action(own.condition):
        return False
    flow.effort.spend(entry.order // LOOKS)
    if any(one.missing for one in flow.timeline.entries[: entry.order]):
        return False
    possible, reached = flow.propositions.possible, flow.guard_without(entry, _LAST_ACTION)
    if possible(flow.guard(entry)) or not possible(reached):
        return False
    call = next((scope for scope in around(entry.scope) if scope.of == "call"), None)
    return call is None or not possible(flow.diagram.without(reached, _has_begun(call, entry, flow)))


def _has_begun(call: Scope, entry: Entry, flow: Flow) -> int:
    """Return where a step of the child sequence that ``call`` runs has surely run before another step of it.

    What is asked of the last action outside of the child counts for both of them; a step of it that asks
    does not count.
    """
    begun = FALSE
    flow.effort.spend(entry.order)
    for one in flow.timeline.entries[: entry.order]:
        scopes = [*around(one.scope)]
        if one.inlined or all(scope is not call for scope in scopes):
            continue
        inside = takewhile(lambda scope: scope is not call, scopes)
        if not any(_asks_last_action(scope.condition) for scope in inside):
            begun = flow.diagram.either(begun, flow.guard_without(one, _LAST_ACTION))
    return begun


def _asks_last_action(condition: Condition | None) -> bool:
    tests = () if condition is None else tests_in(condition)
    return any(test.variable.strip().lower() in _LAST_ACTION for test in tests)


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
    context.flow.effort.spend(len(line.nodes) // LOOKS)
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

    ``there`` asks whether there is a condition at all, ``set_before`` whether one is about a variable that
    a step before sets; None does not. ``looks_at`` are types of test.
    """

    reads: frozenset[str] = frozenset()
    of: str = "any"
    excludes: tuple[Expression, ...] = ()
    there: bool | None = None
    set_before: bool | None = None
    looks_at: frozenset[str] = frozenset()


def _read_guard(data: object, reading: Reading) -> Guard:
    asked = dict(members(data))
    reads = words("variable").read(asked["reads"], reading.at("reads")) if "reads" in asked else ()
    tests = []
    for text, place in reading.each(asked.get("false where", [])):
        variable, operator, *value = str(text).split(None, 2)
        place.expect("variable", variable)
        expect_values("".join(value), place, variable)
        tests.append(Expression("Variable", variable, operator.lower(), "".join(value)))
    there, set_before = asked.get("there"), asked.get("set before")
    return Guard(
        frozenset(name.lower() for name in reads),
        str(asked.get("of", "any")),
        tuple(tests),
        None if there is None else there is True,
        None if set_before is None else set_before is True,
        frozenset(words("test type").read(asked["looks at"], reading.at("looks at")))
        if "looks at" in asked
        else frozenset(),
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
            "items": {
                "type": "string",
                "pattern": _TEST,
                "$comment": "write a variable, an operator and a value, as X equals a, or X exists",
            },
        },
        "there": {"description": "Whether there is a condition.", "type": "boolean"},
        "set before": {
            "description": "Whether one of them tests a variable that a step before sets.",
            "type": "boolean",
        },
        "looks at": {
            "description": "Types of test, such as WMI or Folder, of which one is asked right before the "
            "step: in its own condition, or in that of a group that begins with it.",
            "type": "array",
            "minItems": 1,
            "items": {"enum": ["Variable", "WMI", "Folder", "File", "Registry", "OS"]},
        },
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
    if asked.set_before is not None and asked.set_before != _set_before(entry, asked.of, context):
        return NO
    if asked.looks_at and not any(test.kind in asked.looks_at for test in _asked_right_before(entry)):
        return NO
    if not asked.excludes:
        return YES
    flow = context.flow
    together = flow.guard_of(entry, asked.of)
    for test in asked.excludes:
        together = flow.diagram.both(together, flow.condition(test, entry.order))
    # a variable that only the sequence sets is there where a step of it has run
    return certain(not flow.propositions.possible(flow.unmarked(together)))


def _asked_right_before(entry: Entry) -> Iterator[Expression]:
    """Go through the tests that are looked at when the step before this one has ended."""
    for scope in around(entry.scope):
        if scope.condition is not None and scope.order == entry.order:
            yield from tests_in(scope.condition)


def _has_condition(entry: Entry, of: str) -> bool:
    """Say whether a step has a condition: its own, or of what is around it, groups and calls."""
    own = entry.step.condition is not None
    outer = any(one.condition is not None for one in around(entry.outer_scope))
    return (own and of != "groups") or (outer and of != "step")


def _set_before(entry: Entry, of: str, context: Context) -> bool:
    """Say whether a condition tests a variable that a step before sets, or a script there names."""
    tested = {test.variable.strip().lower() for test in tests_of(entry.scope, of)}
    return any(
        one.entry.order < entry.order and one.write.by != "engine"
        for name in tested
        for one in context.flow.assignments.of(name)
    )
