"""The facts of the rule language: each asks one thing about a moment, and answers per path."""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Final

from tslint.commands import command as command_of
from tslint.commands.of_step import uncommented_script
from tslint.flow.flow import IN_WINPE, SESSION, Case
from tslint.flow.settings import action_agrees, base_value, variable_of
from tslint.flow.timeline import tests_of
from tslint.language.context import NO, PERHAPS, YES, Answer, Context, Moment
from tslint.language.declared import FLAG, Kind, choices, fact, members, names_to, words
from tslint.language.matcher import (
    MATCHER,
    Matcher,
    Subject,
    any_of,
    decide,
    known,
    matcher_of,
    one_of,
    read_matcher,
)
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import Text, Unknown, literal

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry
    from tslint.language.declared import Schema
    from tslint.language.reading import Reading


def certain(answer: bool | None) -> Answer:
    """Turn an answer that is the same on all paths into one per path."""
    return YES if answer else Answer(FALSE, FALSE if answer is False else TRUE)


def _decide(matcher: Matcher, text: str | None, context: Context) -> bool | None:
    return decide(matcher, known(text, context.tables, context.searches))


def per_case(matcher: Matcher, cases: tuple[Case, ...], entry: Entry, context: Context) -> Answer:
    """Decide a matcher on each case of a value."""
    surely = possibly = FALSE
    either = context.flow.diagram.either
    for case in cases:
        ask, drives = partial(context.knows, entry, case), partial(context.network_drives, entry)
        answer = decide(matcher, Subject(case.text, context.tables, context.searches, ask, drives))
        surely = either(surely, case.when) if answer else surely
        possibly = either(possibly, case.when) if answer is not False else possibly
    return Answer(surely, possibly)


def effective(entry: Entry, key: str, context: Context) -> tuple[Case, ...]:
    """Return a setting when its step runs: what a variable of the sequence says, else what the file says."""
    flow = context.flow
    base = base_value(entry.step, key, context.tables)
    given = (Case(TRUE, None),) if base is None else flow.substitute(base, entry.order)
    name = variable_of(entry.step, key, context.tables)
    if name is None or not context.speaks_of(name):
        return given
    cases: list[Case] = []
    for case in flow.value(name, entry.order, named=True):
        outside = case.text == (Unknown(name, -1),)
        if outside and not context.knows(entry, case, "exists", ""):
            both = flow.diagram.both
            cases += [Case(when, g.text) for g in given if (when := both(case.when, g.when)) != FALSE]
        else:
            cases.append(case)
    return tuple(cases)


# What stands for the keys that are settings of a step: their names begin with a capital letter.
SETTING: Final = "^[A-Z]"


def _read_setting(data: object, reading: Reading) -> tuple[str, Matcher]:
    """Read a setting's name and matcher, which come together."""
    name, matcher = data if isinstance(data, tuple) else ("", data)
    return name, read_matcher(matcher, reading)


@fact(
    SETTING,
    Kind(MATCHER.schema, _read_setting),
    "The effective value of a setting: what a variable says, else what is written, else the default.",
)
def _setting(given: tuple[str, Matcher], moment: Moment, context: Context) -> Answer:
    key, matcher = given
    return per_case(matcher, effective(moment.entry, key, context), moment.entry, context)


def same_setting(names: tuple[str, ...], first: Entry, second: Entry, context: Context) -> Answer:
    """Whether a setting of one step and one of another have the same value; lists may differ in order."""
    both, either = context.flow.diagram.both, context.flow.diagram.either
    surely = possibly = FALSE
    for one in effective(first, names[0], context):
        for other in effective(second, names[-1], context):
            when = both(one.when, other.when)
            if one.text == other.text or _words(one.text) == _words(other.text) is not None:
                surely, possibly = either(surely, when), either(possibly, when)
            elif _words(one.text) is None or _words(other.text) is None:
                possibly = either(possibly, when)
    return Answer(surely, possibly)


def _words(text: Text | None) -> frozenset[str] | None:
    """Return the items of a comma-separated list, None when a part of it is not known."""
    whole = "" if text is None else literal(text)
    return None if whole is None else frozenset(item.strip().lower() for item in whole.split(","))


@fact(
    "step",
    matcher_of("step"),
    "The step's type: the SDK class without SMS_TaskSequence_ and Action, such as RequestStateStore.",
)
def _step(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(_decide(matcher, moment.entry.step.type, context))


def _attribute(name: str, meaning: str, default: str | None = None) -> None:
    """Declare the fact of an attribute of the step, which says ``default`` where it does not stand."""

    @fact(name, MATCHER, meaning)
    def holds(matcher: Matcher, moment: Moment, context: Context) -> Answer:
        return certain(_decide(matcher, moment.entry.step.attributes.get(name, default), context))


@fact("group", MATCHER, "The name of a group that the step is in.")
def _group(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    names = moment.entry.path.removesuffix(moment.entry.step.name).split("/")[:-1]
    return certain(any(_decide(matcher, name, context) for name in names))


_attribute("name", "The step's name.", "")
_attribute("description", "The step's description.", "")
_attribute("runIn", "The attribute runIn: WinPE, FullOS or WinPEandFullOS.")
_attribute("timeout", "The attribute timeout, in seconds.")
_attribute("retryCount", "The attribute retryCount.")
_attribute("successCodeList", "The attribute successCodeList.")
_attribute("continueOnError", "Whether the step itself goes on after an error.", "false")


@fact("runs in", MATCHER, "Where the documentation says that this type of step runs: WinPE, FullOS or any.")
def _runs_in(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    where = context.tables.steps.get(moment.entry.step.type, {}).get("runs in", "any")
    return certain(_decide(matcher, where, context))


@fact("action", MATCHER, "The text of the step's action.")
def _action(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(_decide(matcher, moment.entry.step.action, context))


@fact("action agrees", FLAG, "Whether the step's action and its settings say the same, where both say it.")
def _action_agrees(wanted: bool, moment: Moment, context: Context) -> Answer:
    return certain(action_agrees(moment.entry.step, context.tables) == wanted)


@fact(
    "swallowed",
    FLAG,
    "Whether the sequence goes straight on when this step fails: it continues on error, or a group that ends "
    "with it does.",
)
def _swallowed(wanted: bool, moment: Moment, context: Context) -> Answer:
    """Whether the step goes on after an error, or a group around it does that ends right after it."""
    entry, entries = moment.entry, context.index.entries
    following = entries[entry.order + 1].scope if entry.order + 1 < len(entries) else None
    around = set()
    while following is not None:
        around.add(id(following))
        following = following.parent
    scope, ends = entry.scope, entry.step.continue_on_error
    while scope is not None and id(scope) not in around:
        ends = ends or scope.swallows
        scope = scope.parent
    return certain(ends == wanted)


@fact("last", FLAG, "Whether no active step comes after this one.")
def _last(wanted: bool, moment: Moment, context: Context) -> Answer:
    return certain((moment.entry.order == len(context.index.entries) - 1) == wanted)


@fact(
    "listed",
    words("setting"),
    "A setting that holds a package id: the id is in the sequence's list of references. Known of console "
    "exports only.",
)
def _listed(keys: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    """Whether package ids are in the list of references; only a console export is sure to have it whole."""
    sequence = moment.entry.sequence
    if sequence.references is None or sequence.document.form != "console":
        return PERHAPS
    ids = [package.lower() for package in sequence.references]
    matcher = any_of(*ids, "")
    found = (per_case(matcher, effective(moment.entry, key, context), moment.entry, context) for key in keys)
    return reduce(context.both, found, YES)


@fact("package", names_to(MATCHER), "Properties of the task sequence package, as far as the file tells them.")
def _package(properties: tuple[tuple[str, Matcher], ...], _moment: Moment, context: Context) -> Answer:
    package = context.flow.timeline.root.document.package
    answers = (_decide(m, package[k], context) if k in package else None for k, m in properties)
    return reduce(context.both, (certain(answer) for answer in answers), YES)


@fact("written", names_to(MATCHER, "setting"), "Settings as they stand in the file, whatever variables say.")
def _written(settings: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    answers = (_decide(m, moment.entry.step.written(key), context) for key, m in settings)
    return reduce(context.both, (certain(answer) for answer in answers), YES)


@fact(
    "session",
    one_of("none", "capture", "restore"),
    "The session with the state migration point that is open when the step runs.",
    cost=3,
)
def _session(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return per_case(matcher, context.flow.value(SESSION, moment.entry.order), moment.entry, context)


@fact("phase", choices("winpe", "full-os"), "What the computer runs when the step runs.", cost=2)
def _phase(wanted: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    matcher = any_of(*("true" if word == "winpe" else "false" for word in wanted))
    return per_case(matcher, context.flow.value(IN_WINPE, moment.entry.order), moment.entry, context)


@fact("value", names_to(MATCHER, "variable"), "Values of variables when the step is reached.", cost=1)
def _value(variables: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry = moment.entry
    found = (
        per_case(m, context.flow.value(n, entry.order, named=True), entry, context) for n, m in variables
    )
    return reduce(context.both, found, YES)


@fact("to", MATCHER, "The value that it sets.")
def _to(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    assignment = moment.assignment
    if assignment is None:
        return NO
    write, entry = assignment.write, moment.entry
    if write.value is None or not write.sure:
        return Answer(FALSE, TRUE)
    cases = context.flow.substitute(write.value, entry.order, assignment.position)
    return per_case(matcher, cases, entry, context)


@fact("text", MATCHER, "The value that it sets as it stands in the file, whatever variables in it hold.")
def _text(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    if moment.assignment is None:
        return NO
    value = moment.assignment.write.value
    return PERHAPS if value is None else certain(_decide(matcher, value, context))


@fact("masked", FLAG, "Whether the console hides that value.")
def _masked(wanted: bool, moment: Moment, _context: Context) -> Answer:
    return certain(moment.assignment is not None and moment.assignment.write.masked == wanted)


@fact("by", MATCHER, "What sets it: the type of the step, such as SetVariable.")
def _by(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(moment.assignment is not None and _decide(matcher, moment.assignment.write.by, context))


@fact("has", words(), "An option or argument of that command.")
def _has(options: tuple[str, ...], moment: Moment, _context: Context) -> Answer:
    command = moment.command
    if command is not None and any(command_of.has(command, option) for option in options):
        return YES
    return PERHAPS if moment.open else NO


@fact("lacks", words(), "An option or argument that the command does not have.")
def _lacks(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    return context.negate(_has(options, moment, context)) if moment.command is not None else NO


@fact("value of", names_to(MATCHER), "The value of an option of that command.")
def _value_of(options: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    command = moment.command
    if command is None:
        return NO
    found = all(
        any(_decide(matcher, value, context) for value in command_of.value_of(command, option))
        for option, matcher in options
    )
    return YES if found else PERHAPS if moment.open else NO


@fact("line", MATCHER, "The text of that command.")
def _line(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(moment.command is not None and _decide(matcher, moment.command.line, context))


@fact("argument", MATCHER, "Any argument of that command.")
def _argument(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    if moment.command is None:
        return NO
    found = any(_decide(matcher, word, context) for word in moment.command.arguments)
    return YES if found else PERHAPS if moment.open else NO


@fact("script", MATCHER, "The text of the step's commands and script.")
def _script(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    text = uncommented_script(moment.entry.step) or "\n".join(
        c.line for c in context.index.commands(moment.entry)
    )
    return certain(_decide(matcher, text, context))


_READS: Final[Schema] = {
    "description": "Variables of which one must be tested.",
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "minLength": 1},
}


def _read_guard(data: object, reading: Reading) -> tuple[str, ...]:
    return words("variable").read(dict(members(data))["reads"], reading.at("reads"))


@fact(
    "guard",
    Kind(
        {
            "type": "object",
            "properties": {"reads": _READS},
            "required": ["reads"],
            "additionalProperties": False,
        },
        _read_guard,
    ),
    "The conditions of the step and its groups.",
)
def _guard(variables: tuple[str, ...], moment: Moment, _context: Context) -> Answer:
    names = {name.lower() for name in variables}
    return certain(any(test.variable.lower() in names for test in tests_of(moment.entry.scope)))
