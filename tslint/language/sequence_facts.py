"""Facts that look beyond one step: what it reads, what ran before, what its sequence is and holds."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.commands.of_step import uncommented_script
from tslint.flow.timeline import tests_of
from tslint.language.context import NO, PERHAPS, YES, Answer, Context, Moment, Picks
from tslint.language.declared import FLAG, SELECTOR, Kind, choice, fact, members, names_to, words
from tslint.language.matcher import MATCHER, Matcher, one_of
from tslint.language.values import certain, decide_text
from tslint.logic.diagram import FALSE
from tslint.source.size import bytes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.language.reading import Reading

# One step of work takes a character of a name past so many of a text.
_CHARACTERS = 4000
# How a script sets a variable: ``$tsenv.Value('X') =``, ``Set-Item tsenv:X``, ``tsenv.exe X=``.
_SET_IN_SCRIPT = r"""(?x) \.value\(\s*+["']{name}["']\s*+\)\s*+=(?!=) | \$\{{?tsenv:{name}\}}?\s*+=(?!=)
    | \b(?:set-item|si)\s++(?:-path\s++)?["']?tsenv:\\?{name}\b | \btsenv2?(?:\.exe)?["']?\s++["']?{name}="""
# What a task sequence is for shows in the steps that it cannot be without.
_KINDS = {
    "os-deployment": ("applyoperatingsystem", "setupwindowsandsms"),
    "upgrade": ("upgradeoperatingsystem",),
    "capture-image": ("capturesystemimage",),
}
_KIND: Final = one_of(*_KINDS, "custom")


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
    return certain(any(name in script and _named_in(script, re.escape(name)) for name in wanted))


def _named_in(script: str, name: str) -> bool:
    """Say whether a script, in lower case, names a variable otherwise than to set it."""
    rest = re.sub(_SET_IN_SCRIPT.format(name=name), " ", script)
    return re.search(rf"\b{name}\b", rest) is not None


@fact("engine", choice("configmgr", "lite-touch"), "What runs the task sequence.", about="whole")
def engine(wanted: str, _moment: Moment, context: Context) -> Answer:
    """What runs the sequence."""
    return certain(context.flow.timeline.root.engine == wanted)


@fact(
    "package",
    names_to(MATCHER, "property"),
    "Properties of the task sequence package, as far as the file tells them.",
    about="whole",
)
def _package(properties: tuple[tuple[str, Matcher], ...], _moment: Moment, context: Context) -> Answer:
    return _told_by(context.flow.timeline.root.document.package, properties, context)


@fact(
    "called",
    names_to(MATCHER, "property"),
    "Properties of the task sequence that a Run Task Sequence step calls, where it is in the same export.",
)
def _called(properties: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    child = moment.entry.step.child
    if child is None:
        return NO
    sequence = context.flow.timeline.export.get(child.upper())
    return _told_by({} if sequence is None else sequence.document.package, properties, context)


@fact(
    "child at hand",
    FLAG,
    "Whether the step runs a child task sequence of the same export: then the child's steps stand in its "
    "place, and it does nothing else.",
)
def _child_at_hand(wanted: bool, moment: Moment, context: Context) -> Answer:
    line = context.ordinary.flow.timeline
    itself = moment.entry if context.ordinary is context else line.nodes[moment.entry.order]
    return certain(itself.inlined == wanted)


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
    names_to(MATCHER, "property"),
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
    "surely ran before",
    SELECTOR,
    "The same, where that is certain: what only may have happened excuses nothing here.",
    cost=4,
)
def _surely_ran_before(selector: Picks, moment: Moment, context: Context) -> Answer:
    surely = _ran_before(selector, moment, context).surely
    return Answer(surely, surely)


@fact(
    "another",
    SELECTOR,
    "Another step that may run where the groups of this one do: conditions of the two steps' own do not "
    "count.",
    cost=4,
)
def _another(selector: Picks, moment: Moment, context: Context) -> Answer:
    """Whether there is one whose groups can hold together with those of the step; a hole may be one."""
    flow = context.flow
    around, result = flow.around(moment.entry), NO
    for event in context.events(selector):
        if event.entry.order == moment.entry.order or result is YES:
            continue
        if flow.propositions.possible(flow.diagram.both(around, flow.around(event.entry))):
            result = PERHAPS if event.entry.missing else YES
    return result
