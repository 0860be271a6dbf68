"""Facts about user state: where it is kept, whether two steps speak of one store, what deletes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tslint.commands import command as command_of
from tslint.flow.flow import Case
from tslint.flow.timeline import around
from tslint.flow.writes import SESSION
from tslint.language.context import Answer, Context, Event, Moment
from tslint.language.declared import FLAG, fact
from tslint.language.matcher import MATCHER, Matcher, Word, one_of
from tslint.language.path_kind import path_kind, plain_path
from tslint.language.values import certain, effective, per_case, said_by, text_of
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.effort import LOOKS
from tslint.logic.text import Unknown, literal, meant, spell
from tslint.model.condition import tests_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command
    from tslint.flow.timeline import Entry
    from tslint.model.condition import Expression
    from tslint.model.sequence import Step


_USMT = ("scanstate", "loadstate", "usmtutils")
# With these ScanState writes a file of its rules, or installed programs into a provisioning package, or its
# help: learn.microsoft.com/windows/deployment/usmt/usmt-scanstate-syntax,
# learn.microsoft.com/windows-hardware/manufacture/desktop/siloed-provisioning-packages
_NO_CAPTURE: Final = ("/genconfig", "/genmigxml", "/ppkg", "/apps", "/?", "/help")
STORE_VARIABLE: Final = "OSDStateStorePath"
# How a command names the store by its variable: as %NAME%, or as PowerShell asks the task sequence for it.
_STORES: Final = frozenset(
    {"%osdstatestorepath%", "%_smstsuserstatepath%", "osdstatestorepath", "_smstsuserstatepath"}
)
_ASKED_FOR: Final = r"\.value\(['\"](\w+)$"
_NOT_PLAIN: Final = r"[*?~$\"]|(^|\\)\.\.?(\\|$)"  # wildcards, short names, what a script puts in, dots
# What the folder of user state, or what holds it, is called wherever a condition asks for it.
_LIKE_A_STORE: Final = r"(?i)user[ _-]?state|state[ _-]?store|usmt"
# Cmdlets that list what is in a folder, and what may stand behind them when that is all of it.
_LISTS: Final = frozenset({"get-childitem", "gci", "ls", "dir", "get-item", "gi"})
_OF_ALL: Final = frozenset({"-path", "-literalpath", "-recurse", "-force", "-r", "-fo"})
_ALL_IN_IT: Final = r"\\(\*(\.\*)?)?$"


@fact(
    "store",
    one_of("smp", "local", "hard-link"),
    "Where captured user state is: on a state migration point, in a local folder, or in hard links.",
    cost=4,
)
def store(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    """Where the latest capture put the user state; for a capture, where it puts it."""
    return per_case(matcher, tuple(_stores(moment.entry, context)), moment.entry, context)


def _store_variable(_given: object, _step: Step, _tables: Tables) -> tuple[str, ...]:
    return (STORE_VARIABLE.lower(),)


@fact(
    "store path",
    MATCHER,
    "Where the step or command keeps user state: OSDStateStorePath for a step, the folder that ScanState, "
    "LoadState or USMTUtils is told.",
    cost=3,
    variables=_store_variable,
)
def _store_path(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return per_case(matcher, store_path(moment, context), moment.entry, context)


def store_path(moment: Moment, context: Context) -> tuple[Case, ...]:
    """Return the folder of user state that a step or command speaks of."""
    command, order = moment.command, moment.entry.order
    if command is None or command.source == command_of.ADDITIONAL:
        return context.flow.value(STORE_VARIABLE, order, named=True)
    word = store_word(command, context)
    if word is None:
        return (Case(TRUE, None),)
    if command_of.before_shell(word) != word:
        return (Case(TRUE, text_of(word, order)),)
    return context.flow.substitute(word, order)


def store_word(command: Command, context: Context) -> str | None:
    """Return the word of a USMT command that names the store, None where there is none."""
    table = context.tables.tools.get(command.tool)
    words = command_of.positional(command, table) or command_of.value_of(command, "/rd", table)
    return words[0] if words else None


@fact(
    "captures",
    FLAG,
    "Whether the command is ScanState and captures user state: not where its options have it write a "
    "configuration file, a provisioning package or its help.",
    about="command",
)
def _does_capture(wanted: bool, moment: Moment, _context: Context) -> Answer:
    return certain((moment.command is not None and captures(moment.command)) == wanted)


def captures(command: Command) -> bool:
    """Say whether a command is ScanState that captures user state."""
    return command.tool == "scanstate" and not any(command_of.has(command, one) for one in _NO_CAPTURE)


@fact(
    "deletes the store",
    FLAG,
    "Whether the command names the folder that OSDStateStorePath holds then, or all that is in it, and no "
    "folder below: rd, Remove-Item and the like.",
    cost=3,
    variables=_store_variable,
    about="command",
)
def _deletes_store(wanted: bool, moment: Moment, context: Context) -> Answer:
    diagram = context.flow.diagram
    words = () if moment.command is None else (*moment.command.arguments, *_piped_to(moment, context))
    named = set(map(_folder, words))
    if named & _STORES:
        return certain(wanted)
    where = FALSE
    for case in context.flow.value(STORE_VARIABLE, moment.entry.order, named=True) if named else ():
        if case.text is not None and _folder(spell(case.text)) in named:
            where = diagram.either(where, case.when)
    where = where if wanted else diagram.negate(where)
    return Answer(where, where)


@fact(
    "another store",
    FLAG,
    "Whether the folder that a USMT command is told is surely none in which user state was captured before, "
    "nor one above or below it.",
    cost=4,
    variables=_store_variable,
    about="command",
)
def _another_store(wanted: bool, moment: Moment, context: Context) -> Answer:
    diagram = context.flow.diagram
    captured = [one for one in _captures(context) if one.order < moment.entry.order]
    if moment.command is None or not captured:
        return certain(not wanted)
    maybe_this = ran = FALSE
    told = store_path(moment, context)
    for capture in captured:
        ran = diagram.either(ran, context.flow.guard(capture))
        kept = store_path(Moment(capture, command=_scanstate(capture, context)), context)
        context.flow.effort.spend(len(kept) * len(told))
        for one in told:
            for other in kept:
                if not _apart(one, other, context):
                    when = diagram.both(one.when, diagram.both(other.when, context.flow.guard(capture)))
                    maybe_this = diagram.either(maybe_this, when)
    another = diagram.without(ran, maybe_this)  # where none was captured before, nothing tells
    where = another if wanted else diagram.negate(another)
    return Answer(where, where)


def _apart(one: Case, other: Case, context: Context) -> bool:
    """Say whether two paths are surely of different folders, and neither is in the other.

    The drive does not tell: Windows PE has other letters than the Windows that the user state is of.
    """
    names = [_names_below(case, context) for case in (one, other)]
    return all(names) and any(mine != others for mine, others in zip(*names, strict=False))


def _names_below(case: Case, context: Context) -> list[str]:
    """Return the folders of a local path below its drive, none where anything else could tell them."""
    path = literal(case.text) if case.text is not None else None
    if path is None or case.text is None or path_kind(case.text, context.tables) != "local":
        return []
    names = plain_path(path).split(":", 1)[-1].strip("\\").split("\\")
    return [] if re.search(_NOT_PLAIN, "\\".join(names)) else names


@fact(
    "spares the store",
    FLAG,
    "Whether conditions of the step and its groups keep it from running where the folder of user state is "
    "there: tests for it, or for a file or folder in it.",
    cost=4,
    variables=_store_variable,
)
def _spares_store(wanted: bool, moment: Moment, context: Context) -> Answer:
    flow, runs = context.flow, context.flow.guard(moment.entry)
    asked = [
        (scope, test)
        for scope in around(moment.entry.scope)
        for test in (() if scope.condition is None else tests_in(scope.condition))
        if test.kind in ("Folder", "File")
    ]
    stores = _stores_named(moment.entry, context) if asked else set()
    for scope, test in asked:
        if _is_of(test, scope.order, stores, context):
            there = flow.diagram.both(runs, flow.condition(test, scope.order))
            if not flow.propositions.possible(there):
                return certain(wanted)
    return certain(not wanted)


def _stores_named(entry: Entry, context: Context) -> set[str]:
    """Return every folder that holds user state, or is to hold it, when a step is reached."""
    cases = [*context.flow.value(STORE_VARIABLE, entry.order, named=True)]
    for capture in _captures(context):
        if capture.order < entry.order:
            cases += store_path(Moment(capture, command=_scanstate(capture, context)), context)
    context.flow.effort.spend(len(cases))
    return {_below_drive(case) for case in cases} - {""}


def _is_of(test: Expression, order: int, stores: set[str], context: Context) -> bool:
    """Say whether a test for a file or folder is one for a store, or for what is in it."""
    path = dict(test.parts).get("path", "")
    if re.search(_LIKE_A_STORE, path):
        return True
    context.flow.effort.spend(len(stores))
    asked = {_below_drive(case) for case in context.flow.substitute(path, order)}
    return any(one == store or one.startswith(f"{store}\\") for one in asked for store in stores)


def _below_drive(case: Case) -> str:
    """Return what tells a path but for its drive, whose letter Windows PE changes; "" for a drive alone."""
    path = plain_path(meant(case.text or ()))
    return re.sub(r"^[a-z]:", "", path).strip("\\")


def _piped_to(moment: Moment, context: Context) -> tuple[str, ...]:
    """Return what Get-ChildItem is told that pipes all that it finds into the command."""
    command = moment.command
    if command is None or not command.piped:
        return ()
    commands = context.index.commands(moment.entry)
    context.flow.effort.spend(len(commands) // LOOKS)
    place = next((n for n, one in enumerate(commands) if one.line == command.line), 0)
    before = commands[place - 1] if place else None
    if before is None or before.tool not in _LISTS:
        return ()
    folders = [word for word in before.arguments if word.lower() not in _OF_ALL]
    return tuple(folders) if len(folders) == 1 else ()


def _folder(word: str) -> str:
    """Return what tells a folder, whether it is named itself or all that is in it."""
    path = re.sub(r"^-(literal)?path:", "", word.lower().replace("/", "\\")).strip("\"'")
    path = path.partition('" ')[0]  # to cmd.exe alone the one in C:\\" ends a word
    path = re.sub(_ALL_IN_IT, "", path).rstrip("\"')")
    asked = re.search(_ASKED_FOR, path)
    return asked[1] if asked else path


def same_store(first: Event, second: Event, context: Context) -> Answer:
    """Whether two steps, by themselves or by a command, keep user state in the same place."""
    both, either = context.flow.diagram.both, context.flow.diagram.either
    surely = possibly = FALSE
    places = [
        store_path(Moment(event.entry, command=command_at(event, context)), context)
        for event in (first, second)
    ]
    for one in places[0]:
        for other in places[1]:
            when = both(one.when, other.when)
            if one.text is None or other.text is None:
                continue
            open_one = any(isinstance(part, Unknown) for part in (*one.text, *other.text))
            if plain_path(meant(one.text)) == plain_path(meant(other.text)):
                surely, possibly = either(surely, when), either(possibly, when)
            elif open_one:
                possibly = either(possibly, when)
    return Answer(surely, possibly)


def command_at(event: Event, context: Context) -> Command | None:
    """Return the USMT command that an event is, or else the first one of its step."""
    commands = context.index.commands(event.entry)
    here = commands[event.position - 1 : event.position] if event.assignment is None else ()
    return next((one for one in (*here, *commands) if one.tool in _USMT), None)


def _captures(context: Context) -> list[Entry]:
    """List the steps that capture user state to where the file tells, in order."""
    by_step = context.index.of_type("captureuserstate")
    named = context.index.naming(("scanstate",))
    by_command = [entry for entry in named if _scanstate(entry, context) is not None]
    return sorted((*by_step, *by_command), key=lambda entry: entry.order) if by_command else by_step


def _scanstate(entry: Entry, context: Context) -> Command | None:
    return next((one for one in context.index.commands(entry) if captures(one)), None)


def _stores(entry: Entry, context: Context) -> Iterator[Case]:
    """Go back from capture to capture; before the first one nothing tells where the state is."""
    diagram = context.flow.diagram
    rest = TRUE
    for capture in reversed(_captures(context)):
        if capture.order > entry.order or rest == FALSE:
            continue
        ran = diagram.both(rest, context.flow.guard(capture))
        rest = diagram.without(rest, ran)
        for case in _store_of(capture, context):
            when = diagram.both(ran, case.when)
            if when != FALSE:
                yield Case(when, case.text)
    if rest != FALSE:
        yield Case(rest, (Unknown("#store", -1),))


def _store_of(capture: Entry, context: Context) -> Iterator[Case]:
    """Hard links if the step says so, else the state migration point that is open, else a local path."""
    diagram = context.flow.diagram
    command = _scanstate(capture, context)
    session = context.flow.value(SESSION, capture.order)
    remote = per_case(Word("capture"), session, capture, context).surely
    if command is None:
        links = per_case(Word("true"), effective(capture, "UseHardlinks", context), capture, context).surely
    else:
        said = said_by(command, "UseHardlinks", context)
        links = TRUE if said is not None and said[0] == "true" else FALSE
        remote = remote if "%osdstatestorepath%" in command.line.lower() else FALSE
    yield Case(links, ("hard-link",))
    yield Case(diagram.without(remote, links), ("smp",))
    rest = diagram.negate(diagram.either(links, remote))
    for case in store_path(Moment(capture, command=command), context):
        kind = None if case.text is None else path_kind(case.text, context.tables)
        local = kind in ("local", "root")
        yield Case(
            diagram.both(rest, case.when), ("local",) if local else (Unknown("#store", capture.order),)
        )
