"""Facts that look beyond one step: what it reads, where user state is kept, what its sequence is for."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.commands import command as command_of
from tslint.commands.of_step import instructions, uncommented_script
from tslint.flow.flow import Case
from tslint.flow.timeline import tests_of
from tslint.flow.writes import SESSION
from tslint.language.context import NO, PERHAPS, YES, Answer, Context, Event, Moment, Picks
from tslint.language.declared import FLAG, SELECTOR, Kind, choice, fact, members, names_to, words
from tslint.language.matcher import MATCHER, Matcher, Word, one_of
from tslint.language.path_kind import path_kind, plain_path
from tslint.language.values import certain, decide_text, effective, per_case, said_by, text_of
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import Unknown, meant, spell
from tslint.source.size import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command
    from tslint.flow.timeline import Entry
    from tslint.language.reading import Reading
    from tslint.model.sequence import Step

_USMT = ("scanstate", "loadstate", "usmtutils")
# One step of work takes a character of a name past so many of a text.
_CHARACTERS = 4000
# What a task sequence is for shows in the steps that it cannot be without.
_KINDS = {
    "os-deployment": ("applyoperatingsystem", "setupwindowsandsms"),
    "upgrade": ("upgradeoperatingsystem",),
    "capture-image": ("capturesystemimage",),
}
_KIND: Final = one_of(*_KINDS, "custom")

STORE_VARIABLE: Final = "OSDStateStorePath"
# How a command names the store by its variable: as %NAME%, or as PowerShell asks the task sequence for it.
_STORES: Final = frozenset(
    {"%osdstatestorepath%", "%_smstsuserstatepath%", "osdstatestorepath", "_smstsuserstatepath"}
)
_ASKED_FOR: Final = re.compile(r"\.value\(['\"](\w+)$")
_ALL_IN_IT: Final = re.compile(r"\\(\*(\.\*)?)?$")


@fact(
    "reads",
    words("variable"),
    "Variables of which the step reads one: in %name%, a condition or a script.",
)
def reads(names: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    """Whether a step reads a variable: as ``%name%``, in its own condition, or by name in its script."""
    entry = moment.entry
    wanted = [name.lower() for name in names]
    texts = [entry.step.action, *(setting.value for setting in entry.step.settings.values())]
    text = "\n".join(texts).lower()
    context.flow.effort.spend(len(text) * sum(map(len, wanted)) // _CHARACTERS)
    if any(f"%{name}%" in text for name in wanted):
        return YES
    if any(test.variable.lower() in wanted for test in tests_of(entry.scope, "step")):
        return YES
    script = uncommented_script(entry.step).lower()
    return certain(any(name in script and re.search(rf"\b{re.escape(name)}\b", script) for name in wanted))


@fact("engine", choice("configmgr", "lite-touch"), "What runs the task sequence.", about="whole")
def engine(wanted: str, _moment: Moment, context: Context) -> Answer:
    """What runs the sequence."""
    return certain(context.flow.timeline.root.engine == wanted)


@fact(
    "package",
    names_to(MATCHER),
    "Properties of the task sequence package, as far as the file tells them.",
    about="whole",
)
def _package(properties: tuple[tuple[str, Matcher], ...], _moment: Moment, context: Context) -> Answer:
    return _told_by(context.flow.timeline.root.document.package, properties, context)


@fact(
    "called",
    names_to(MATCHER),
    "Properties of the task sequence that a Run Task Sequence step calls, where it is in the same export.",
)
def _called(properties: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    child = moment.entry.step.child
    if child is None:
        return NO
    sequence = context.flow.timeline.export.get(child.upper())
    return _told_by({} if sequence is None else sequence.document.package, properties, context)


@fact("in child", FLAG, "Whether the step stands in a task sequence that a Run Task Sequence step calls.")
def _in_child(wanted: bool, moment: Moment, context: Context) -> Answer:
    return certain((moment.entry.sequence is not context.flow.timeline.root) == wanted)


@fact(
    "recursive",
    FLAG,
    "Whether the task sequence that a Run Task Sequence step calls is running already: its own, or one that "
    "called that.",
)
def _recursive(wanted: bool, moment: Moment, _context: Context) -> Answer:
    return certain(moment.entry.recursive == wanted)


@fact(
    "boot image",
    names_to(MATCHER),
    "Properties of the boot image of the task sequence, where the same export holds it.",
    about="whole",
)
def _boot_image(properties: tuple[tuple[str, Matcher], ...], _moment: Moment, context: Context) -> Answer:
    document = context.flow.timeline.root.document
    image = document.beside.get(document.package.get("BootImageID", "").strip().upper(), {})
    return _told_by(image, properties, context)


def _told_by(package: Mapping[str, str], asked: tuple[tuple[str, Matcher], ...], context: Context) -> Answer:
    """Decide properties of a package; what it does not tell is not known."""
    answers = (decide_text(m, package[k], context) if k in package else None for k, m in asked)
    return reduce(context.both, map(certain, answers), YES)


@fact("is called", FLAG, "Whether another task sequence of the same export has a step that runs this one.")
def _is_called(wanted: bool, _moment: Moment, context: Context) -> Answer:
    line = context.flow.timeline
    identity = line.root.package_id.upper()
    callers = line.callers.get(identity, ()) if identity else ()
    return certain(any(one is not line.root for one in callers) == wanted)


@fact(
    "without boot image",
    FLAG,
    "Whether the export says that the task sequence has no boot image. A file that does not tell says "
    "nothing.",
    about="whole",
)
def _without_boot_image(wanted: bool, _moment: Moment, context: Context) -> Answer:
    image = context.flow.timeline.root.document.package.get("BootImageID")
    return certain((image is not None and not image.strip()) == wanted)


class Whole(NamedTuple):
    """What is asked of a sequence as a whole."""

    kind: Matcher | None = None
    contains: Picks | None = None
    lacks: Picks | None = None
    size: Matcher | None = None


def _read_whole(data: object, reading: Reading) -> Whole:
    asked = dict(members(data))
    kind, contains, lacks = asked.get("kind"), asked.get("contains"), asked.get("lacks")
    size = asked.get("bytes")
    return Whole(
        None if kind is None else _KIND.read(kind, reading.at("kind")),
        None if contains is None else SELECTOR.read(contains, reading.at("contains")),
        None if lacks is None else SELECTOR.read(lacks, reading.at("lacks")),
        None if size is None else MATCHER.read(size, reading.at("bytes")),
    )


@fact(
    "sequence",
    Kind(
        {
            "type": "object",
            "minProperties": 1,
            "properties": {
                "kind": {
                    "description": "os-deployment, upgrade, capture-image or custom.",
                    **_KIND.schema,
                },
                "contains": {"description": "An active step of it.", **SELECTOR.schema},
                "lacks": {"description": "What no active step of it is.", **SELECTOR.schema},
                "bytes": {
                    "description": "How large its XML is in UTF-8, without that of child sequences and "
                    "without indentation.",
                    **MATCHER.schema,
                },
            },
            "additionalProperties": False,
        },
        _read_whole,
    ),
    "The task sequence as a whole.",
    cost=5,
    about="whole",
)
def sequence(wanted: Whole, _moment: Moment, context: Context) -> Answer:
    """What the sequence as a whole is and contains, child sequences included, and how large it is."""
    result = YES
    if wanted.kind is not None:
        kinds = [kind for kind, types in _KINDS.items() if any(context.index.of_type(t) for t in types)] or [
            "custom"
        ]
        result = certain(any(decide_text(wanted.kind, kind, context) for kind in kinds))
    if wanted.contains is not None:
        result = context.both(result, certain(_contains(wanted.contains, context)))
    if wanted.lacks is not None:
        found = _contains(wanted.lacks, context)
        result = context.both(result, certain(None if found is None else not found))
    if wanted.size is not None:
        document = context.flow.timeline.root.document
        context.flow.effort.spend(len(document.text) // _CHARACTERS)
        size = str(bytes_of(document))
        result = context.both(result, certain(decide_text(wanted.size, size, context)))
    return result


def _contains(selector: Picks, context: Context) -> bool | None:
    """Whether an active step is one of these, None where one may be."""
    events = context.events(selector)
    sure = any(context.flow.propositions.possible(event.surely) for event in events)
    return True if sure else None if events else False


@fact(
    "ran before",
    SELECTOR,
    "A step, assignment or command that has happened before on the same path.",
    cost=4,
)
def _ran_before(selector: Picks, moment: Moment, context: Context) -> Answer:
    diagram = context.flow.diagram
    surely = possibly = FALSE
    for event in context.events(selector):
        if event.entry.order < moment.entry.order:
            surely, possibly = diagram.either(surely, event.surely), diagram.either(possibly, event.possibly)
    return Answer(surely, possibly)


@fact(
    "another",
    SELECTOR,
    "Another step that may run where the groups of this one do: conditions of the two steps' own do not "
    "count.",
    cost=4,
)
def _another(selector: Picks, moment: Moment, context: Context) -> Answer:
    """Whether there is one whose groups can hold together with those of the step; a hole is none."""
    flow = context.flow
    around, result = flow.around(moment.entry), NO
    for event in context.events(selector):
        if event.entry.order != moment.entry.order and not event.entry.missing:
            together = flow.diagram.both(around, flow.around(event.entry))
            result = YES if flow.propositions.possible(together) else result
    return result


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
    "deletes the store",
    FLAG,
    "Whether the command names the folder that OSDStateStorePath holds then, or all that is in it, and no "
    "folder below: rd, Remove-Item and the like.",
    cost=3,
    variables=_store_variable,
)
def _deletes_store(wanted: bool, moment: Moment, context: Context) -> Answer:
    diagram = context.flow.diagram
    named = {_folder(word) for word in moment.command.arguments} if moment.command is not None else set()
    if named & _STORES:
        return certain(wanted)
    where = FALSE
    for case in context.flow.value(STORE_VARIABLE, moment.entry.order, named=True) if named else ():
        if case.text is not None and _folder(spell(case.text)) in named:
            where = diagram.either(where, case.when)
    where = where if wanted else diagram.negate(where)
    return Answer(where, where)


def _folder(word: str) -> str:
    """Return what tells a folder, whether it is named itself or all that is in it."""
    path = re.sub(r"^-(literal)?path:", "", word.lower().replace("/", "\\")).strip("\"'")
    path = path.partition('" ')[0]  # to cmd.exe alone the one in C:\\" ends a word
    path = _ALL_IN_IT.sub("", path).rstrip("\"')")
    asked = _ASKED_FOR.search(path)
    return asked[1] if asked else path


@fact(
    "erases",
    MATCHER,
    "A disk, by its number, or a drive, as `C:`, that the command erases: diskpart, with the instructions "
    "that the sequence writes down, format, Clear-Disk and the like.",
    cost=2,
)
def _erases(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    from tslint.commands.erasing import TOOLS, erased

    command = moment.command
    if command is None or command.tool not in TOOLS:
        return NO
    commands = context.index.commands(moment.entry)
    place = next((n for n, one in enumerate(commands) if one.line == command.line), 0)
    told = _told_to_diskpart(command, moment.entry, context) if command.tool == "diskpart" else ""
    found = erased(command, commands[:place], told)
    answer = None if found is None else any(decide_text(matcher, one, context) for one in found)
    return PERHAPS if command.conditional and answer else certain(answer)


def _told_to_diskpart(command: Command, entry: Entry, context: Context) -> str:
    """Return the text in which its instructions stand: of its own step, and of those that write its file."""
    texts = [instructions(entry.step)]
    for file in command_of.value_of(command, "/s"):
        name = re.split(r"[\\/]", file.lower())[-1]
        if name and "%" not in name:
            writers = (e for e in context.index.naming((name,)) if e.order < entry.order)
            texts = [*(instructions(writer.step) for writer in writers), *texts]
    return "\n".join(texts)


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
    return next((one for one in context.index.commands(entry) if one.tool == "scanstate"), None)


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
