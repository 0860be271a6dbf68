"""Facts about a variable that is set or tested: what it can hold, what else names it, what it overrides."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.commands.of_step import assigned_by, command_text
from tslint.flow.flow import Case
from tslint.flow.naming import CHARACTERS, names, text_of, whole
from tslint.flow.settings import variable_of
from tslint.flow.writes import writes_of
from tslint.language.context import NO, PERHAPS, YES, Answer, Context, Moment
from tslint.language.declared import (
    FLAG,
    Kind,
    choices,
    expect_values,
    fact,
    members,
    names_to,
    words,
    words_in,
)
from tslint.language.matcher import MATCHER, Matcher, any_of
from tslint.language.values import certain, decide_text, is_from_outside, per_case
from tslint.logic.diagram import FALSE
from tslint.logic.effort import LOOKS
from tslint.logic.text import Unknown
from tslint.model.condition import tests_in
from tslint.model.step_type import RUNNERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.catalogue.tables import Tables
    from tslint.flow.assignments import Assignment
    from tslint.flow.timeline import Entry
    from tslint.flow.writes import Write
    from tslint.language.declared import Schema
    from tslint.language.reading import Reading
    from tslint.model.sequence import Step

# Comparisons that say which value is waited for.
_EQUALITY: Final = ("equals", "notequals")


def variable_at(moment: Moment) -> str:
    """Return the variable that is set or tested, in lower case, "" where it is neither."""
    if moment.assignment is not None:
        return moment.assignment.write.variable
    return "" if moment.test is None else moment.test.variable.strip().lower()


@fact(
    "documented value",
    FLAG,
    "Whether the value that is set or tested is one of those that the documentation lists for the variable. "
    "It is open where none are listed; an empty value is one.",
    about="variable",
)
def _documented_value(wanted: bool, moment: Moment, context: Context) -> Answer:
    values = context.tables.variables.get(variable_at(moment), {}).get("values")
    if not values:
        return PERHAPS
    allowed = any_of(*values, "")
    found = PERHAPS
    if moment.assignment is not None:
        write, order = moment.assignment.write, moment.entry.order
        if write.value is not None and write.sure:
            cases = context.flow.substitute(write.value, order, moment.assignment.position)
            found = per_case(allowed, cases, moment.entry, context)
    elif moment.test is not None and moment.test.operator in _EQUALITY and "%" not in moment.test.value:
        found = certain(decide_text(allowed, moment.test.value.strip(), context))
    return found if wanted else context.negate(found)


@fact(
    "not elsewhere",
    choices("set", "named"),
    "What no other step or group of the file does with the variable that is set or tested: set it (nor does "
    "the step itself, where it is tested), or name it at all (nor does the step itself test what it sets, or "
    "use what it tests). A command or script that names what stands before a number may name it, and so may "
    "what sets a variable to just that.",
    about="variable",
)
def _not_elsewhere(asked: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    name, here = variable_at(moment), moment.entry
    line = context.flow.timeline
    if name in map(str.lower, line.root.variables):
        return NO
    for other in line.nodes:
        context.flow.effort.spend(1)
        itself = other.step.element == here.step.element and other.sequence is here.sequence
        if "named" in asked:
            more = _names_more(here, moment, context) if itself else _names(other.step, name, context)
            if more:
                return NO
        if "set" in asked and not (itself and moment.assignment) and _sets(other.step, name, context):
            return NO
    return certain(bool(name))


def _names_more(entry: Entry, moment: Moment, context: Context) -> bool:
    """Say whether a step does more with a variable than the one thing that it is asked about.

    It tests what it sets, in its own condition or that of its rules, or it does something with what it tests.
    """
    name, step = variable_at(moment), entry.step
    if moment.test is not None:
        return _names(step._replace(condition=None), name, context)
    condition = step.condition
    if condition is not None and any(name == one.variable.strip().lower() for one in tests_in(condition)):
        return True
    text = (step.written("Rules") or (command_text(step) if step.type in RUNNERS else "")).lower()
    if name not in text:
        return False
    made = context.flow.assignments.made_by(entry)
    context.flow.effort.spend(len(made) // LOOKS + len(text) // CHARACTERS)
    return len(re.findall(whole(name), text)) > sum(one.write.variable == name for one in made)


def _names(step: Step, name: str, context: Context) -> bool:
    """Say whether a step or group names a variable."""
    text = text_of(step)
    context.flow.effort.spend(len(text) // CHARACTERS)
    return names(step, name, text)


def _sets(step: Step, name: str, context: Context) -> bool:
    writes = writes_of(step, context.tables, assigned_by(step))
    return any(write.variable == name for write in writes)


class List(NamedTuple):
    """A list of variables that a step goes through: the setting with its name, and how they are numbered."""

    steps: tuple[str, ...]
    setting: str
    number: Matcher | None = None


def _read_list(data: object, reading: Reading) -> List:
    asked = dict(members(data))
    steps = tuple(word.lower() for word in words("step").read(asked["step"], reading.at("step")))
    setting = str(asked["setting"])
    reading.at("setting").expect("setting", setting, steps)
    number = MATCHER.read(asked["number"], reading.at("number")) if "number" in asked else None
    return List(words_in(list(steps)), setting, number)


_LIST: Final[Schema] = {
    "type": "object",
    "properties": {
        "step": {"description": "The type of step that has the setting.", **words().schema},
        "setting": {"description": "The setting with the name.", "type": "string", "pattern": "^[A-Z]"},
        "number": {"description": "The digits behind the name.", **MATCHER.schema},
    },
    "required": ["step", "setting"],
    "additionalProperties": False,
}


@fact(
    "item for",
    Kind(_LIST, _read_list),
    "It sets one of the numbered variables that a step goes through: a setting of the step, such as "
    "BaseVariableName, has the name, and digits follow it.",
    cost=1,
    about="variable",
)
def _item_for(asked: List, moment: Moment, context: Context) -> Answer:
    name = variable_at(moment)
    digits = re.search(r"\d+$", name)
    if digits is None:
        return NO
    bases = {
        (entry.step.written(asked.setting) or "").strip().lower()
        for entry in context.index.of_types(asked.steps)
    } - {""}
    numbers = (name[at:] for at in range(digits.start(), len(name)) if name[:at] in bases)
    return certain(any(asked.number is None or decide_text(asked.number, n, context) for n in numbers))


@fact(
    "replaces several",
    FLAG,
    "Whether it takes the place of values that differ: later steps have them for the setting that the "
    "variable stands for.",
    cost=2,
    about="assignment",
)
def _replaces_several(wanted: bool, moment: Moment, context: Context) -> Answer:
    if moment.assignment is None:
        return NO
    both, either = context.flow.diagram.both, context.flow.diagram.either
    by_value: dict[str, int] = {}
    for value, when in _replaced(moment.assignment, context):
        by_value[value] = either(by_value.get(value, FALSE), when)
    several = before = FALSE
    for when in by_value.values():
        several, before = either(several, both(before, when)), either(before, when)
    found = Answer(several, several)
    return found if wanted else context.negate(found)


def _replaced(assignment: Assignment, context: Context) -> Iterator[tuple[str, int]]:
    """Yield what later steps have for the setting of a variable, and the paths on which it is replaced."""
    diagram, flow = context.flow.diagram, context.flow
    name, order = assignment.write.variable, assignment.entry.order
    made = flow.assignments.of(name)
    flow.effort.spend(len(made) // LOOKS)
    later = [one for one in made if one.entry.order > order]
    lasting = flow.runs(assignment)
    for entry in context.index.entries[order + 1 :]:
        flow.effort.spend(1)
        for value in _written(entry, name, context):
            yield value, diagram.both(lasting, flow.guard(entry))
        while later and later[0].entry.order <= entry.order:
            lasting = diagram.without(lasting, flow.runs(later.pop(0)))
        if lasting == FALSE:
            return


def _written(entry: Entry, name: str, context: Context) -> Iterator[str]:
    for key, setting in entry.step.settings.items():
        if setting.value.strip() and variable_of(entry.step, key, context.tables) == name:
            yield setting.value.strip().lower()


def _named(variables: tuple[tuple[str, Matcher], ...], _step: Step, _tables: Tables) -> tuple[str, ...]:
    return tuple(name.lower() for name, _ in variables)


@fact(
    "value",
    names_to(MATCHER, "variable"),
    "Values of variables when the step is reached.",
    cost=1,
    variables=_named,
)
def _value(variables: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry = moment.entry
    found = (
        per_case(m, context.flow.value(n, entry.order, named=True), entry, context) for n, m in variables
    )
    return reduce(context.both, found, YES)


@fact(
    "has set",
    names_to(MATCHER, "variable"),
    "Values that the sequence has itself given variables before; one that it has not set, or has set to "
    "nothing, has none.",
    cost=1,
)
def _has_set(variables: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for name, matcher in variables:
        result = context.both(result, per_case(matcher, _given(name, entry, context), entry, context))
    return result


def _given(name: str, entry: Entry, context: Context) -> tuple[Case, ...]:
    """Return what the sequence itself has given a variable: nothing where its value is from outside.

    Nor has it given anything where it has set it to nothing, whether that deletes the variable or not.
    """
    cases = context.flow.value(name, entry.order, named=True)
    emptied = _emptied(name, context)
    none = {(Unknown(name.lower(), order),) for order in emptied}
    return tuple(
        Case(case.when, None) if is_from_outside(case, name) or case.text in none else case for case in cases
    )


def _emptied(name: str, context: Context) -> frozenset[int]:
    """Return the orders of the steps that surely set a variable to nothing, and to no more."""
    made: dict[int, list[Write]] = {}
    assignments = context.flow.assignments.of(name.lower())
    context.flow.effort.spend(len(assignments) // LOOKS)
    for one in assignments:
        made.setdefault(one.entry.order, []).append(one.write)
    return frozenset(
        order
        for order, writes in made.items()
        if all(one.sure and one.value is not None and not one.value.strip() for one in writes)
    )


@fact("to", MATCHER, "The value that it sets.", about="assignment")
def _to(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    assignment = moment.assignment
    if assignment is None:
        return NO
    write, entry = assignment.write, moment.entry
    if write.value is None or not write.sure:
        return PERHAPS
    cases = context.flow.substitute(write.value, entry.order, assignment.position)
    return per_case(matcher, cases, entry, context)


@fact(
    "text",
    MATCHER,
    "The value that it sets as it stands in the file, whatever variables in it hold.",
    about="assignment",
)
def _text(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    if moment.assignment is None:
        return NO
    value = moment.assignment.write.value
    return PERHAPS if value is None else certain(decide_text(matcher, value, context))


@fact("masked", FLAG, "Whether the console hides that value.", about="assignment")
def _masked(wanted: bool, moment: Moment, _context: Context) -> Answer:
    return certain(moment.assignment is not None and moment.assignment.write.masked == wanted)


def _read_by(data: object, reading: Reading) -> Matcher:
    expect_values(data, reading, "by")
    return MATCHER.read(data, reading)


@fact(
    "by",
    Kind(MATCHER.schema, _read_by),
    "What sets it: the type of the step, such as SetVariable.",
    about="assignment",
)
def _by(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(
        moment.assignment is not None and decide_text(matcher, moment.assignment.write.by, context)
    )
