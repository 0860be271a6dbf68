"""What settings and words hold on each path, and what a matcher says of that: what facts decide with."""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING

from tslint.commands import command as command_of
from tslint.commands.of_step import in_command_line, quoted_word
from tslint.flow.flow import Case
from tslint.flow.settings import about, base_value, variable_of
from tslint.language.context import NO, PERHAPS, YES, Answer, Context
from tslint.language.matcher import Matcher, Subject, decide, known
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import REFERENCE, Text, Unknown, join, references, spell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.catalogue.tables import Source, Tables
    from tslint.commands.command import Command
    from tslint.flow.timeline import Entry


def certain(answer: bool | None) -> Answer:
    """Turn an answer that is the same on all paths into one per path."""
    return YES if answer else NO if answer is False else PERHAPS


def decide_text(matcher: Matcher, text: str | None, context: Context) -> bool | None:
    """Decide a matcher on a text that is known as it is."""
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
    return NO if possibly == FALSE else YES if surely == TRUE else Answer(surely, possibly)


def effective(entry: Entry, key: str, context: Context) -> tuple[Case, ...]:
    """Return a setting when its step runs: what its additional options say, or ``own_value``."""
    cases = own_value(entry, key, context)
    options = _options_for(entry, key, context)
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
        if not _is_of(entry, source):
            continue
        if not entry.step.written(source["setting"]) and not context.speaks_of(source["variable"]):
            continue
        for case in own_value(entry, source["setting"], context):
            if case.text:
                command = in_command_line(f"{tool} {spell(case.text)}", command_of.ADDITIONAL)[0]
                yield case.when, command, is_open(command, tables)


def _is_of(entry: Entry, source: Source) -> bool:
    return entry.step.type.lower() == source["step"]


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
    store = command.tool in tables.passed_on and command.source != command_of.ADDITIONAL
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
    if source is None or command.source == command_of.ADDITIONAL:
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
        if is_unset(case, name, entry, context):
            both = flow.diagram.both
            cases += [Case(when, g.text) for g in given if (when := both(case.when, g.when)) != FALSE]
        else:
            cases.append(case)
    return tuple(cases)


def overriding(entry: Entry, key: str, context: Context) -> Iterator[tuple[int, str]]:
    """Yield what wins over the file's own word for a setting: the paths on which it does, and a variable.

    That is the setting's own variable, or the one with additional options.
    """
    name, options = variable_of(entry.step, key, context.tables), _options_for(entry, key, context)
    if name is not None:
        yield _said_by_variable(entry, name, context), name
    for when, command, _ in passed_on(entry, context) if options else ():
        if _said(command, options, context) is not None:
            variable = context.tables.passed_on[command.tool]["variable"]
            by_variable = _said_by_variable(entry, variable, context)
            yield context.flow.diagram.both(when, by_variable), variable


def saying(entry: Entry, key: str, when: int, context: Context) -> str:
    """Return the setting of the file that says, on some of these paths, what a setting is; "" for none.

    Additional options may say it. Where variables do, on all of them, none does.
    """
    diagram, possible = context.flow.diagram, context.flow.propositions.possible
    for wins, _ in overriding(entry, key, context):
        when = diagram.without(when, wins)
    options, others = _options_for(entry, key, context), when
    for wins, command, _ in passed_on(entry, context) if options and when != FALSE else ():
        if _said(command, options, context) is not None:
            others = diagram.without(others, wins)
    if possible(others):
        return key
    passing = (source for source in context.tables.passed_on.values() if _is_of(entry, source))
    return next((source["setting"] for source in passing), "") if possible(when) else ""


def _options_for(entry: Entry, key: str, context: Context) -> Mapping[str, str]:
    return about(entry.step, key, context.tables).get("from options", {})


def _said_by_variable(entry: Entry, name: str, context: Context) -> int:
    """Return the paths on which a variable has what the sequence gave it, or a guard asks for."""
    if not context.speaks_of(name):
        return FALSE
    cases = context.flow.value(name, entry.order, named=True)
    given = (case.when for case in cases if not is_unset(case, name, entry, context))
    return reduce(context.flow.diagram.either, given, FALSE)


def is_from_outside(case: Case, name: str) -> bool:
    """Say whether no step of the sequence gave a variable this value."""
    return case.text == (Unknown(name.lower(), -1),)


def is_unset(case: Case, name: str, entry: Entry, context: Context) -> bool:
    """Say whether a value is from outside, and no condition on the way asks for it."""
    return is_from_outside(case, name) and not context.knows(entry, case, "exists", "")
