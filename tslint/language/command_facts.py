"""Facts about a command that a step starts: its options, arguments and text, and what it erases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tslint.commands import command as command_of
from tslint.commands.of_step import called_script, instructions, uncommented_script
from tslint.flow.settings import success_codes
from tslint.language.context import NO, PERHAPS, YES, Answer, Context, Moment
from tslint.language.declared import FLAG, Kind, fact, names_to, words
from tslint.language.matcher import MATCHER, Matcher, decide, known
from tslint.language.values import certain, decide_text, text_of
from tslint.logic.text import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.commands.command import Command
    from tslint.flow.timeline import Entry
    from tslint.language.reading import Reading

    # Names of options, with what is asked of the value of each.
    _Values = tuple[tuple[str, Matcher], ...]


# Options of commands that name the computer that they act on, cmdlets that take it first, and tools of
# Sysinternals that take it as a word: learn.microsoft.com/sysinternals/downloads/psshutdown.
_COMPUTER = ("/m", "/computername", "/cn", "/node")
_COMPUTER_FIRST = frozenset({"restart-computer", "stop-computer"})
_COMPUTER_WORD = frozenset({"psshutdown", "psshutdown64"})
_THIS_COMPUTER = r"""(?x) (?:\\\\)? (?: localhost | \. | 127\.0\.0\.1 | ::1 | \$?\(hostname\)
    | \$\{?env:computername\}? | %(?:computername|_smstsmachinename|osdcomputername)%
    | \[(?:system\.)?environment\]::machinename )"""


def options_of(command: Command | None, context: Context) -> Mapping[str, Mapping[str, Any]]:
    """Return what is known of the options of a command's tool."""
    return {} if command is None else context.tables.tools.get(command.tool, {})


def named(options: tuple[str, ...], _command: Command, _table: command_of.Options) -> tuple[str, ...]:
    """Return the names of the options that a fact asks for, in lower case and without values."""
    return tuple(option.lower().partition(":")[0] for option in options)


def _keys(options: _Values, command: Command, table: command_of.Options) -> tuple[str, ...]:
    return named(tuple(option for option, _ in options), command, table)


@fact("has", words(), "An option or argument of that command.", options=named, about="command")
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
    about="command",
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


@fact("lacks", words(), "An option or argument that the command does not have.", about="command")
def _lacks(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    return context.negate(has(options, moment, context)) if moment.command is not None else NO


def _repeated(options: tuple[str, ...], command: Command, table: command_of.Options) -> tuple[str, ...]:
    """List those of these options that a command has more than once; ``any`` is each that must stand once."""
    given = [name for name, _ in command_of.given_options(command, table)]
    once = [name for name, about in table.items() if not about.get("repeatable")]
    wanted = once if "any" in options else [option.lower().replace("-", "/", 1) for option in options]
    return tuple(name for name in wanted if given.count(name) > 1)


@fact(
    "other computer",
    FLAG,
    "Whether the command names another computer to act on: `/m`, `-ComputerName`, `/node` or `\\\\name`. "
    "`localhost`, `.` and `%COMPUTERNAME%` are this one.",
    about="command",
)
def _other_computer(wanted: bool, moment: Moment, context: Context) -> Answer:
    if moment.command is None:
        return NO
    others = [name for name in _computers(moment.command) if not re.fullmatch(_THIS_COMPUTER, name)]
    found = YES if others else PERHAPS if moment.open else NO
    return found if wanted else context.negate(found)


def _computers(command: Command) -> Iterator[str]:
    """Yield the computers that a command acts on, as it names them, in lower case."""
    words = command.arguments
    if command.tool in _COMPUTER_FIRST and words and words[0][:1] != "-":
        yield words[0].lower()
    given = {word.partition(":")[0].lower() for word in words if word[:1] == "-"}
    short = (name for name in given if len(name) > len("-co") and "-computername".startswith(name))
    for option in {*_COMPUTER, *short}:
        yield from (value.strip("\"'").lower() for value in command_of.value_of(command, option))
    if command.tool in _COMPUTER_WORD:
        yield from (word.lower() for word in words if word.startswith("\\\\"))


@fact(
    "repeats",
    words(),
    "An option that the command has more than once; any stands for each that must stand once.",
    options=_repeated,
    about="command",
)
def _repeats(options: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    if moment.command is None:
        return NO
    found = _repeated(options, moment.command, options_of(moment.command, context))
    return YES if found else PERHAPS if moment.open else NO


@fact(
    "values of",
    names_to(MATCHER),
    "All values of an option of that command, joined by semicolons, where it may stand several times.",
    options=_keys,
    about="command",
)
def _values_of(options: _Values, moment: Moment, context: Context) -> Answer:
    command, table = moment.command, options_of(moment.command, context)
    if command is None:
        return NO
    found = all(
        decide_text(matcher, ";".join(command_of.value_of(command, option, table)), context)
        for option, matcher in options
    )
    return YES if found else PERHAPS if moment.open else NO


@fact(
    "value of",
    names_to(MATCHER),
    "The value of an option of that command. What variables leave open is open here too.",
    options=_keys,
    about="command",
)
def _value_of(options: _Values, moment: Moment, context: Context) -> Answer:
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


@fact("line", MATCHER, "The text of that command.", about="command")
def _line(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(moment.command is not None and decide_text(matcher, moment.command.line, context))


@fact("argument", MATCHER, "Any argument of that command.", about="command")
def _argument(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    if moment.command is None:
        return NO
    found = any(decide_text(matcher, word, context) for word in moment.command.arguments)
    return YES if found else PERHAPS if moment.open else NO


@fact(
    "script",
    MATCHER,
    "The text of the step's commands and script. Of a Run PowerShell Script step the name of the package's "
    "script and the parameters count as they would in a command line.",
)
def _script(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    step = moment.entry.step
    texts = filter(None, (uncommented_script(step), called_script(step)))
    text = "\n".join(texts) or "\n".join(c.line for c in context.index.commands(moment.entry))
    return certain(decide_text(matcher, text, context))


def _read_erased(data: object, reading: Reading) -> Matcher:
    """Read a matcher of disks and drives; a word that can be neither is told."""
    for word, place in reading.each(data):
        if isinstance(word, str) and not re.fullmatch(r"\d+|[A-Za-z]:", word):
            place.refuse(
                f"'{word[:60]}' is no disk and no drive",
                "write a number, such as \"0\", or a letter with its colon, such as 'C:'",
            )
    return MATCHER.read(data, reading)


@fact(
    "erases",
    Kind(MATCHER.schema, _read_erased),
    "A disk, by its number, or a drive, as `C:`, that the command erases: diskpart, with the instructions "
    "that the sequence writes down, format, Clear-Disk and the like.",
    cost=2,
    about="command",
)
def _erases(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    from tslint.commands.erasing import TOOLS, erased

    command = moment.command
    if command is None or command.tool not in TOOLS:
        return NO
    commands = context.index.commands(moment.entry)
    place = next((n for n, one in enumerate(commands) if one.line == command.line), 0)
    told = _told_to(command, moment.entry, context)
    found = erased(command, commands[:place], told)
    answer = None if found is None else any(decide_text(matcher, one, context) for one in found)
    return PERHAPS if command.conditional and answer else certain(answer)


def _told_to(command: Command, entry: Entry, context: Context) -> str:
    """Return the text in which what it is told stands: of its own step, and of those that write its file."""
    texts = [instructions(entry.step)]
    for file in command_of.value_of(command, "/s"):
        name = re.split(r"[\\/]", file.lower())[-1]
        if name and "%" not in name:
            writers = (e for e in context.index.naming((name,)) if e.order < entry.order)
            texts = [*(instructions(writer.step) for writer in writers), *texts]
    return "\n".join(texts)
