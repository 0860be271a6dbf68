"""Facts that know what the options of a tool mean: which values they have, what its store is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tslint.commands import command as command_of
from tslint.flow.flow import Case
from tslint.language.command_facts import has, named, options_of
from tslint.language.context import NO, PERHAPS, YES, Answer, Context, Event, Moment
from tslint.language.declared import fact, words
from tslint.language.matcher import MATCHER, Matcher
from tslint.language.path_kind import plain_path
from tslint.language.store_facts import STORE_VARIABLE, store_word
from tslint.language.values import certain, decide_text, passed_on, substituted, text_of
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import literal, spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.commands.command import Command

_FOLDER: Final = re.compile(r"[\\/]")


@fact(
    "also has",
    words(),
    "A further option or argument of that command, beside what `has` asks for.",
    options=named,
    about="command",
)
def _also_has(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    return has(options, moment, context)


@fact(
    "wrong value",
    words(),
    "An option of that command with a value that the table of tools does not have.",
    options=named,
    about="command",
)
def _wrong_value(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    command, table = moment.command, options_of(moment.command, context)
    if command is None:
        return NO
    result = NO
    for option in options:
        allowed = [value.lower() for value in table.get(option, {}).get("values", ())]
        for value in command_of.value_of(command, option, table) if allowed else ():
            told = literal(text_of(value, moment.entry.order))
            result = context.either(result, certain(None if told is None else told.lower() not in allowed))
        if allowed and _is_meant(command, option, table):
            result = context.either(result, YES)
    return result


def _is_meant(command: Command, option: str, table: command_of.Options) -> bool:
    """Say whether a word behind an option is meant for its value, though it is none that the option has.

    It is no operand where there is one already, as the store of ScanState, and does not look like a path.
    """
    word = command_of.behind(command, option)
    if not table[option].get("optional") or re.fullmatch(r"\w[\w-]*", word) is None:
        return False
    known = word.lower() in [value.lower() for value in table[option]["values"]]
    return not known and bool(command_of.operands(command, table))


@fact(
    "operands",
    MATCHER,
    "How many words of that command are neither an option nor an option's value. ScanState takes one: its "
    "store.",
    about="command",
)
def _operands(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    command = moment.command
    if command is None:
        return NO
    found = command_of.operands(command, options_of(command, context))
    if any(literal(text_of(word, 0)) is None for word in command.arguments):
        return PERHAPS  # a variable may hold several words, or none
    return certain(decide_text(matcher, str(len(found)), context))


@fact(
    "in store",
    words(),
    "An option of that command that names a file in the store that it reads or writes.",
    options=named,
    about="command",
)
def _in_store(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    """Compare the texts: a variable that stands in both holds the same there, whatever that is."""
    command, table = moment.command, options_of(moment.command, context)
    if command is None:
        return NO
    files = [plain_path(value) for name in options for value in command_of.value_of(command, name, table)]
    result = NO
    for store in _stores(command, moment.entry.order, context):
        folder = plain_path(spell(store.text or ()))
        inside = any(folder and file.startswith(f"{folder}\\") for file in files)
        unknown = any(literal(text_of(text, 0)) is None for text in (folder, *files))
        here = Answer(store.when if inside else FALSE, store.when if inside or unknown else FALSE)
        result = context.either(result, here)
    return result


def _stores(command: Command, order: int, context: Context) -> tuple[Case, ...]:
    """Return the store of a command as it is spelled there, or that of the step that it gets options from."""
    if command.source == command_of.ADDITIONAL:
        return context.flow.value(STORE_VARIABLE, order, named=True)
    word = store_word(command, context)
    return (Case(TRUE, None if word is None else (word,)),)


def same_options(names: tuple[str, ...], first: Event, second: Event, context: Context) -> Answer:
    """Whether an option has the same values in two commands, in whatever order.

    ``names`` is what it is called there: one name, or the first command's and the second's. Files are
    compared by their names without folder. What is not known may be the same.
    """
    both, either = context.flow.diagram.both, context.flow.diagram.either
    surely = possibly = FALSE
    for when, values in _values(names[0], first, context):
        for other_when, others in _values(names[-1], second, context):
            together = both(when, other_when)
            if values is None or others is None:
                possibly = either(possibly, together)
            elif values == others:
                surely, possibly = either(surely, together), either(possibly, together)
    return Answer(surely, possibly)


def commands_at(event: Event, context: Context) -> Iterator[tuple[int, Command, bool]]:
    """Yield the command that an event is, for each text that it can be; see ``substituted``."""
    tool, started = event.value, context.index.commands(event.entry)
    here = started[event.position - 1 : event.position] if event.assignment is None else ()
    if here and here[0].tool == tool:
        yield from substituted(here[0], event.entry, context)
    else:
        yield from (one for one in passed_on(event.entry, context) if one[1].tool == tool)


def _values(option: str, event: Event, context: Context) -> list[tuple[int, frozenset[str] | None]]:
    """Return the values of an option of a command, for each text that this can be; None where unknown."""
    found = commands_at(event, context)
    return [(when, None if is_open else _told(one, option, context)) for when, one, is_open in found]


def _told(command: Command, option: str, context: Context) -> frozenset[str] | None:
    table = options_of(command, context)
    without = table.get(option, {}).get("default", "")
    given = [value for name, value in command_of.given_options(command, table) if name == option]
    files = [_FOLDER.split(without if value is None else value)[-1].strip('"').lower() for value in given]
    return None if any(literal(text_of(file, 0)) is None for file in files) else frozenset(files)
