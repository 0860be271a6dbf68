"""The facts of the rule language: each asks one thing about a moment, and answers per path."""

from __future__ import annotations

import re
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tslint.commands import command as command_of
from tslint.commands.of_step import in_command_line, instructions, uncommented_script
from tslint.flow.flow import Case
from tslint.flow.settings import about, base_value, disagreement, success_codes, variable_of
from tslint.flow.timeline import groups_around, tests_of
from tslint.flow.writes import IN_WINPE, SESSION
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
from tslint.logic.text import REFERENCE, Text, Unknown, literal, spell
from tslint.model.condition import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command
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
    """Return a setting when its step runs: what its additional options say, or ``own_value``."""
    cases = own_value(entry, key, context)
    options = about(entry.step, key, context.tables).get("from options")
    if not options:
        return cases
    diagram = context.flow.diagram
    for when, command, is_open in passed_on(entry, context):
        said = _said(command, options, context)
        if said is None and not is_open:
            continue
        text: Text = (Unknown(f"#{key.lower()}", entry.order, key),) if said is None else (said,)
        kept = (Case(diagram.without(case.when, when), case.text) for case in cases)
        cases = (*(case for case in kept if case.when != FALSE), Case(when, text))
    return cases


def passed_on(entry: Entry, context: Context) -> Iterator[tuple[int, Command, bool]]:
    """Yield the command lines that a step makes of its additional options.

    One for each text that these can be, with the paths on which they are, and whether it is not known whole.
    """
    tables = context.tables
    for tool, source in tables.passed_on.items():
        if entry.step.type.lower() != source["step"]:
            continue
        if not entry.step.written(source["setting"]) and not context.speaks_of(source["variable"]):
            continue
        for case in own_value(entry, source["setting"], context):
            if case.text:
                command = in_command_line(f"{tool} {spell(case.text)}", "additional-options")[0]
                yield case.when, command, is_open(command, case.text, tables)


def is_open(command: Command, text: Text, tables: Tables) -> bool:
    """Say whether a variable that is not known may stand for further options of a command.

    One that stands for an option's value, or for the store of USMT, does not.
    """
    if not any(isinstance(part, Unknown) for part in text):
        return False
    words = command_of.positional(command, tables.tools.get(command.tool))
    store = command.tool in tables.passed_on and command.source != "additional-options"
    return any(REFERENCE.fullmatch(word) for word in words[store:])


def said_by(command: Command, key: str, context: Context) -> tuple[str | None, bool] | None:
    """Return what the options of a command line say of a setting that a step has for the same tool.

    None where no step has; the flag tells that an option says it, not the lack of one.
    """
    tables = context.tables
    source = tables.passed_on.get(command.tool)
    if source is None or command.source == "additional-options":
        return None
    facts = next(facts for kind, facts in tables.steps.items() if kind.lower() == source["step"])
    known = facts["settings"].get(key.lower(), {})
    options = known.get("from options")
    if not options:
        return None
    said = _said(command, options, context)
    return known.get("default") if said is None else said, said is not None


def _said(command: Command, options: Mapping[str, str], context: Context) -> str | None:
    table = context.tables.tools.get(command.tool)
    return next((value for option, value in options.items() if command_of.has(command, option, table)), None)


def own_value(entry: Entry, key: str, context: Context) -> tuple[Case, ...]:
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
    said = None if moment.command is None else said_by(moment.command, key, context)
    if said is not None:
        return PERHAPS if moment.open and not said[1] else certain(_decide(matcher, said[0], context))
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
    around = groups_around(moment.entry.scope)
    if moment.entry.step.type == "Group":
        next(around, None)  # itself
    return certain(any(_decide(matcher, scope.name, context) for scope in around))


_attribute("name", "The step's name.", "")
_attribute("description", "The step's description.", "")
_attribute("runIn", "The attribute runIn: WinPE, FullOS or WinPEandFullOS.")
_attribute("timeout", "The attribute timeout, in seconds.")
_attribute("retryCount", "The attribute retryCount.")
_attribute("startIn", "The attribute startIn: the folder in which the command starts.")
_attribute("successCodeList", "The attribute successCodeList.")
_attribute("continueOnError", "Whether the step itself goes on after an error.", "false")


@fact(
    "runs in",
    one_of("WinPE", "FullOS", "any"),
    "Where the documentation says that this type of step runs: WinPE, FullOS or any.",
)
def _runs_in(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    where = context.tables.steps.get(moment.entry.step.type, {}).get("runs in", "any")
    return certain(_decide(matcher, where, context))


@fact("action", MATCHER, "The text of the step's action.")
def _action(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(_decide(matcher, moment.entry.step.action, context))


@fact("action agrees", FLAG, "Whether the step's action and its settings say the same, where both say it.")
def _action_agrees(wanted: bool, moment: Moment, context: Context) -> Answer:
    return certain((disagreement(moment.entry.step, context.tables) is None) == wanted)


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
    "item of",
    names_to(names_to(MATCHER)),
    "One item of settings that are numbered, of which all of these hold: `{Partitions: {FileSystem: FAT32}}` "
    "is any partition that is formatted so. With `not` in the matchers, one of which they do not.",
)
def _item_of(
    lists: tuple[tuple[str, tuple[tuple[str, Matcher], ...]], ...], moment: Moment, context: Context
) -> Answer:
    entry, result = moment.entry, YES
    for name, asked in lists:
        pattern = re.compile(rf"{re.escape(name.lower())}(\d{{1,3}})[a-z]")
        found = (pattern.match(key) for key in entry.step.settings)
        numbers = sorted({match[1] for match in found if match}, key=int)
        some = NO
        for number in numbers:
            fits = YES
            for key, matcher in asked:
                cases = effective(entry, f"{name}{number}{key}", context)
                fits = context.both(fits, per_case(matcher, cases, entry, context))
            some = context.either(some, fits)
        result = context.both(result, some)
    return result


@fact(
    "variable in",
    names_to(MATCHER, "setting"),
    "Values of the variables that settings name, such as DiskIndexVariable, when the step is reached.",
    cost=1,
)
def _variable_in(settings: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for key, matcher in settings:
        name = (entry.step.written(key) or "").strip()
        if not name or "%" in name:
            return NO if not name else PERHAPS
        cases = context.flow.value(name, entry.order, named=True)
        result = context.both(result, per_case(matcher, cases, entry, context))
    return result


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


@fact(
    "has set",
    names_to(MATCHER, "variable"),
    "Values that the sequence has itself given variables before; one that it has not set has none.",
    cost=1,
)
def _has_set(variables: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for name, matcher in variables:
        cases = context.flow.value(name, entry.order, named=True)
        outside = (Unknown(name.lower(), -1),)
        own = tuple(Case(case.when, None) if case.text == outside else case for case in cases)
        result = context.both(result, per_case(matcher, own, entry, context))
    return result


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
def _has(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    command = moment.command
    table = _options_of(command, context)
    if command is not None and any(command_of.has(command, option, table) for option in options):
        return YES
    return PERHAPS if moment.open else NO


@fact(
    "exits with",
    words(),
    "The exit code that the command `exit` gives, where it is one of the step's success codes: then the task "
    "sequence acts on it.",
)
def _exits_with(codes: tuple[str, ...], moment: Moment, _context: Context) -> Answer:
    command, step = moment.command, moment.entry.step
    if command is None or command.tool != "exit":
        return NO
    counted = [code for code in codes if code in success_codes(step)]
    if any(code in command.arguments for code in counted):
        return YES
    # one that a variable holds, in a script that speaks of the code
    open_code = any(word.startswith(("$", "%")) for word in command.arguments)
    numbers = re.findall(r"(?<![\w.\\])\d+(?![\w\\])", instructions(step)) if open_code else ()
    return PERHAPS if any(code in numbers for code in counted) else NO


@fact("lacks", words(), "An option or argument that the command does not have.")
def _lacks(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    return context.negate(_has(options, moment, context)) if moment.command is not None else NO


def _options_of(command: Command | None, context: Context) -> Mapping[str, Mapping[str, Any]]:
    return {} if command is None else context.tables.tools.get(command.tool, {})


@fact(
    "repeats",
    words(),
    "An option that the command has more than once; any stands for each that must stand once.",
)
def _repeats(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    command, table = moment.command, _options_of(moment.command, context)
    if command is None:
        return NO
    given = [name for name, _ in command_of.given_options(command, table)]
    once = [name for name, about in table.items() if not about.get("repeatable")]
    wanted = once if "any" in options else [option.lower().replace("-", "/", 1) for option in options]
    return YES if any(given.count(name) > 1 for name in wanted) else PERHAPS if moment.open else NO


@fact(
    "values of",
    names_to(MATCHER),
    "All values of an option of that command, joined by semicolons, where it may stand several times.",
)
def _values_of(options: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    command, table = moment.command, _options_of(moment.command, context)
    if command is None:
        return NO
    found = all(
        _decide(matcher, ";".join(command_of.value_of(command, option, table)), context)
        for option, matcher in options
    )
    return YES if found else PERHAPS if moment.open else NO


@fact("value of", names_to(MATCHER), "The value of an option of that command.")
def _value_of(options: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    command, table = moment.command, _options_of(moment.command, context)
    if command is None:
        return NO
    found = all(
        any(_decide(matcher, value, context) for value in command_of.value_of(command, option, table))
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


class Guard(NamedTuple):
    """What is asked of conditions: variables of which one is tested, and what they must exclude."""

    reads: frozenset[str] = frozenset()
    of: str = "any"
    excludes: tuple[Expression, ...] = ()


def _read_guard(data: object, reading: Reading) -> Guard:
    asked = dict(members(data))
    reads = words("variable").read(asked["reads"], reading.at("reads")) if "reads" in asked else ()
    tests = []
    for text, place in reading.each(asked.get("false where", [])):
        variable, operator, *value = str(text).split(None, 2)
        place.expect("variable", variable)
        tests.append(Expression("Variable", variable, operator.lower(), "".join(value)))
    return Guard(frozenset(name.lower() for name in reads), str(asked.get("of", "any")), tuple(tests))


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
    },
    "minProperties": 1,
    "additionalProperties": False,
}


@fact("guard", Kind(_GUARD, _read_guard), "The conditions of the step and its groups.", cost=2)
def _guard(asked: Guard, moment: Moment, context: Context) -> Answer:
    entry = moment.entry
    if asked.reads and not any(t.variable.lower() in asked.reads for t in tests_of(entry.scope, asked.of)):
        return NO
    if not asked.excludes:
        return YES
    flow = context.flow
    together = flow.guard_of(entry, asked.of)
    for test in asked.excludes:
        together = flow.diagram.both(together, flow.condition(test, entry.order))
    return certain(not flow.propositions.possible(together))
