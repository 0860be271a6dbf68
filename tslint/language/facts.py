"""The facts of the rule language: each asks one thing about a moment, and answers per path."""

from __future__ import annotations

import re
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tslint.commands import command as command_of
from tslint.commands.of_step import in_command_line, instructions, quoted_word, uncommented_script
from tslint.flow.flow import Case
from tslint.flow.settings import about, base_value, disagreement, success_codes, variable_of
from tslint.flow.timeline import around, groups_around, tests_of
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
from tslint.logic.text import REFERENCE, Text, Unknown, join, literal, references, spell
from tslint.model.condition import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command
    from tslint.flow.timeline import Entry
    from tslint.language.declared import Schema
    from tslint.language.reading import Reading
    from tslint.model.sequence import Step


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
                yield case.when, command, is_open(command, tables)


def substituted(command: Command, entry: Entry, context: Context) -> Iterator[tuple[int, Command, bool]]:
    """Put what variables hold into a command's arguments: one command for each text that these can be.

    With the paths on which it is, and whether it is not known whole.
    """
    if "%" not in command.line:
        yield TRUE, command, is_open(command, context.tables)
        return
    text = " ".join(map(quoted_word, command.arguments))
    for case in context.flow.substitute(text, entry.order):
        found = in_command_line(f"{command.tool} {spell(case.text or ())}", command.source)
        one = next((c for c in found if c.tool == command.tool), command)
        one = one._replace(line=command.line, conditional=command.conditional)
        yield case.when, one, is_open(one, context.tables)


def is_open(command: Command, tables: Tables) -> bool:
    """Say whether a variable that is not known may stand for further options of a command.

    One that stands for an option's value, or for the store of USMT, does not. What a shell puts in is asked
    of known tools only: of others nothing tells which option takes a value.
    """
    table = tables.tools.get(command.tool)
    words = command_of.positional(command, table)
    if table is not None and any(command_of.before_shell(word) == "" for word in words):
        return True
    store = command.tool in tables.passed_on and command.source != "additional-options"
    return any(REFERENCE.fullmatch(word) for word in words[store:])


def text_of(word: str, order: int) -> Text:
    """Return what is known of a word of a command in which the known variables stand already."""
    told = command_of.before_shell(word)
    parts = (
        part if isinstance(part, str) else Unknown(part[0].lower(), order, part[0])
        for part in references(told)
    )
    rest = word[len(told) :]
    return join((*parts, Unknown(rest, order, rest)) if rest else parts)


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


@fact("known type", FLAG, "Whether the catalogue has the step's type: Configuration Manager's, and MDT's.")
def _known_type(wanted: bool, moment: Moment, context: Context) -> Answer:
    kind = moment.entry.step.type.lower()
    return certain(any(kind == known.lower() for known in context.tables.steps) == wanted)


def _attribute(name: str, meaning: str, default: str | None = None) -> None:
    """Declare the fact of an attribute of the step, which says ``default`` where it does not stand."""

    @fact(name, MATCHER, meaning)
    def holds(matcher: Matcher, moment: Moment, context: Context) -> Answer:
        return certain(_decide(matcher, moment.entry.step.attributes.get(name, default), context))


@fact("group", MATCHER, "The name of a group that the step is in.")
def _group(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    groups = groups_around(moment.entry.scope)
    if moment.entry.step.type == "Group":
        next(groups, None)  # itself
    return certain(any(_decide(matcher, scope.name, context) for scope in groups))


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
    going_on = set(map(id, around(following)))
    scope, ends = entry.scope, entry.step.continue_on_error
    while scope is not None and id(scope) not in going_on:
        ends = ends or scope.swallows
        scope = scope.parent
    return certain(ends == wanted)


@fact("last", FLAG, "Whether no active step comes after this one.")
def _last(wanted: bool, moment: Moment, context: Context) -> Answer:
    return certain((moment.entry.order == len(context.index.entries) - 1) == wanted)


@fact(
    "listed",
    words("setting"),
    "A setting that holds a package id, or several with commas in between: they are in the sequence's list "
    "of references. Known of console exports only.",
)
def _listed(keys: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    """Whether package ids are in the list of references; only a console export is sure to have it whole."""
    sequence = moment.entry.sequence
    if sequence.references is None or sequence.document.form != "console":
        return PERHAPS
    ids = {package.lower() for package in sequence.references}
    surely = possibly = TRUE
    for key in keys:
        for case in effective(moment.entry, key, context):
            named = _words(case.text)
            if named is None:
                surely = context.flow.diagram.without(surely, case.when)
            elif not named - {""} <= ids:
                surely = context.flow.diagram.without(surely, case.when)
                possibly = context.flow.diagram.without(possibly, case.when)
    return Answer(surely, possibly)


@fact("package", names_to(MATCHER), "Properties of the task sequence package, as far as the file tells them.")
def _package(properties: tuple[tuple[str, Matcher], ...], _moment: Moment, context: Context) -> Answer:
    package = context.flow.timeline.root.document.package
    answers = (_decide(m, package[k], context) if k in package else None for k, m in properties)
    return reduce(context.both, (certain(answer) for answer in answers), YES)


@fact("written", names_to(MATCHER, "setting"), "Settings as they stand in the file, whatever variables say.")
def _written(settings: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    answers = (_decide(m, moment.entry.step.written(key), context) for key, m in settings)
    return reduce(context.both, (certain(answer) for answer in answers), YES)


Asked = tuple[tuple[str, Matcher], ...]
Items = tuple[tuple[str, Asked], ...]


@fact(
    "item of",
    names_to(names_to(MATCHER)),
    "One item of settings that are numbered, of which all of these hold: `{Partitions: {FileSystem: FAT32}}` "
    "is any partition that is formatted so. With `not` in the matchers, one of which they do not.",
)
def _item_of(lists: Items, moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for name, asked in lists:
        fitting = (_fits(entry, name, number, asked, context) for number in numbers_of(entry.step, name))
        result = context.both(result, reduce(context.either, fitting, NO))
    return result


def numbers_of(step: Step, name: str) -> list[str]:
    """Return the numbers of a step's settings of one name, in order."""
    pattern = re.compile(rf"{re.escape(name.lower())}(\d{{1,3}})[a-z]")
    found = (pattern.match(key) for key in step.settings)
    return sorted({match[1] for match in found if match}, key=int)


def _fits(entry: Entry, name: str, number: str, asked: Asked, context: Context) -> Answer:
    fits = YES
    for key, matcher in asked:
        cases = effective(entry, f"{name}{number}{key}", context)
        fits = context.both(fits, per_case(matcher, cases, entry, context))
    return fits


def item_at(lists: Items, entry: Entry, context: Context) -> str:
    """Return the setting that is asked for first, of the first item of which all may hold; "" for none."""
    for name, asked in lists:
        for number in numbers_of(entry.step, name):
            if _fits(entry, name, number, asked, context).possibly != FALSE:
                return f"{name}{number}{asked[0][0]}"
    return ""


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
        result = context.both(result, per_case(matcher, _given(name, entry, context), entry, context))
    return result


def _given(name: str, entry: Entry, context: Context) -> tuple[Case, ...]:
    """Return what the sequence itself has given a variable: nothing where its value is from outside."""
    cases = context.flow.value(name, entry.order, named=True)
    return tuple(Case(case.when, None) if _is_from_outside(case, name) else case for case in cases)


def _is_from_outside(case: Case, name: str) -> bool:
    return case.text == (Unknown(name.lower(), -1),)


@fact(
    "has set in",
    names_to(MATCHER, "setting"),
    "Values that the sequence has itself given the variables that settings name, as X or %X%; one has none "
    "that it has not set and whose being there no condition on the way asks for.",
    cost=1,
)
def _has_set_in(settings: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for key, matcher in settings:
        name = _named_in(entry, key, context)
        if not name:
            return NO if name is None else PERHAPS
        cases = context.flow.value(name, entry.order, named=True)
        unset = (_is_unset(case, name, entry, context) for case in cases)
        own = tuple(Case(case.when, None) if no else case for case, no in zip(cases, unset, strict=True))
        result = context.both(result, per_case(matcher, own, entry, context))
    return result


@fact(
    "lacks number",
    words("setting"),
    "A setting that names a variable which the sequence has set only with a number behind it: X or %X% "
    "where Download Package Content gives X01.",
    cost=1,
)
def _lacks_number(keys: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    entry, flow, result = moment.entry, context.flow, FALSE
    for name in filter(None, (_named_in(entry, key, context) for key in keys)):
        unset = numbered = FALSE
        for case in flow.value(name, entry.order, named=True):
            if _is_unset(case, name, entry, context):
                unset = flow.diagram.either(unset, case.when)
        first = f"{name}01"
        for case in flow.value(first, entry.order):
            if not _is_from_outside(case, first):
                numbered = flow.diagram.either(numbered, case.when)
        result = flow.diagram.either(result, flow.diagram.both(unset, numbered))
    return Answer(result, result)


def _named_in(entry: Entry, key: str, context: Context) -> str | None:
    """Return the variable that a setting names, as X or at the beginning of %X%, None where it is empty.

    That is "" where other text comes before a variable, or a variable may say it in the setting's place.
    """
    text = (entry.step.written(key) or "").strip()
    instead = variable_of(entry.step, key, context.tables)
    if instead is not None and context.speaks_of(instead):
        return ""
    found = REFERENCE.match(text)
    if found:
        return found[1]
    return None if not text else "" if "%" in text else text


def _is_unset(case: Case, name: str, entry: Entry, context: Context) -> bool:
    """Say whether a value is from outside, and no condition on the way asks for it."""
    return _is_from_outside(case, name) and not context.knows(entry, case, "exists", "")


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
def has(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    """Whether a command has one of these options, with this value where one is given."""
    command = moment.command
    table = options_of(command, context)
    if command is not None and any(command_of.has(command, option, table) for option in options):
        return YES
    return PERHAPS if moment.open or _may_have(command, options, table) else NO


def _may_have(command: Command | None, options: tuple[str, ...], table: command_of.Options) -> bool:
    """Say whether an option's value that is not known may be the one that is asked for."""
    wanted = (option.partition(":") for option in options)
    return command is not None and any(
        literal(text_of(value, 0)) is None
        for name, colon, _ in wanted
        if colon
        for value in command_of.value_of(command, name, table)
    )


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
    return context.negate(has(options, moment, context)) if moment.command is not None else NO


def options_of(command: Command | None, context: Context) -> Mapping[str, Mapping[str, Any]]:
    """Return what is known of the options of a command's tool."""
    return {} if command is None else context.tables.tools.get(command.tool, {})


@fact(
    "repeats",
    words(),
    "An option that the command has more than once; any stands for each that must stand once.",
)
def _repeats(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    if moment.command is None:
        return NO
    found = repeated(options, moment.command, options_of(moment.command, context))
    return YES if found else PERHAPS if moment.open else NO


def repeated(options: tuple[str, ...], command: Command, table: command_of.Options) -> tuple[str, ...]:
    """List those of these options that a command has more than once; ``any`` is each that must stand once."""
    given = [name for name, _ in command_of.given_options(command, table)]
    once = [name for name, about in table.items() if not about.get("repeatable")]
    wanted = once if "any" in options else [option.lower().replace("-", "/", 1) for option in options]
    return tuple(name for name in wanted if given.count(name) > 1)


@fact(
    "values of",
    names_to(MATCHER),
    "All values of an option of that command, joined by semicolons, where it may stand several times.",
)
def _values_of(options: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    command, table = moment.command, options_of(moment.command, context)
    if command is None:
        return NO
    found = all(
        _decide(matcher, ";".join(command_of.value_of(command, option, table)), context)
        for option, matcher in options
    )
    return YES if found else PERHAPS if moment.open else NO


@fact(
    "value of",
    names_to(MATCHER),
    "The value of an option of that command. What variables leave open is open here too.",
)
def _value_of(options: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    command, result = moment.command, YES
    if command is None:
        return NO
    for option, matcher in options:
        values = command_of.value_of(command, option, options_of(command, context))
        answers = [_decide_word(matcher, value, moment, context) for value in values]
        open_one = moment.open or None in answers
        result = context.both(result, YES if True in answers else PERHAPS if open_one else NO)
    return result


def _decide_word(matcher: Matcher, word: str, moment: Moment, context: Context) -> bool | None:
    told = known("", context.tables, context.searches)._replace(text=text_of(word, moment.entry.order))
    return decide(matcher, told)


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
