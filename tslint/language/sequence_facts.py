"""Facts that look beyond one step: what it reads, where user state is kept, what its sequence is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tslint.commands.of_step import uncommented_script
from tslint.flow.flow import SESSION, Case
from tslint.flow.timeline import tests_of
from tslint.language.context import YES, Answer, Context, Moment, Picks
from tslint.language.declared import SELECTOR, Kind, choice, fact, members, words
from tslint.language.facts import certain, effective, per_case
from tslint.language.matcher import MATCHER, Matcher, Word, decide, known, one_of
from tslint.language.path_kind import path_kind
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.timeline import Entry
    from tslint.language.reading import Reading

# One step of work takes a character of a name past so many of a text.
_CHARACTERS = 4000
# What a task sequence is for shows in the steps that it cannot be without.
_KINDS = {
    "os-deployment": ("applyoperatingsystem", "setupwindowsandsms"),
    "upgrade": ("upgradeoperatingsystem",),
    "capture-image": ("capturesystemimage",),
}


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
    if entry.step.condition is not None and any(
        test.variable.lower() in wanted for test in tests_of(entry.scope)
    ):
        return YES
    script = uncommented_script(entry.step).lower()
    return certain(any(name in script and re.search(rf"\b{re.escape(name)}\b", script) for name in wanted))


@fact("engine", choice("configmgr", "lite-touch"), "What runs the task sequence.")
def engine(wanted: str, _moment: Moment, context: Context) -> Answer:
    """What runs the sequence."""
    return certain(context.flow.timeline.root.engine == wanted)


class Whole(NamedTuple):
    """What is asked of a sequence as a whole."""

    kind: Matcher | None = None
    contains: Picks | None = None


def _read_whole(data: object, reading: Reading) -> Whole:
    asked = dict(members(data))
    kind, contains = asked.get("kind"), asked.get("contains")
    return Whole(
        None if kind is None else MATCHER.read(kind, reading.at("kind")),
        None if contains is None else SELECTOR.read(contains, reading.at("contains")),
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
                    **MATCHER.schema,
                },
                "contains": {"description": "An active step of it.", **SELECTOR.schema},
            },
            "additionalProperties": False,
        },
        _read_whole,
    ),
    "The task sequence as a whole.",
    cost=5,
)
def sequence(wanted: Whole, _moment: Moment, context: Context) -> Answer:
    """What the sequence as a whole is and contains, child sequences included."""
    result = YES
    if wanted.kind is not None:
        kinds = [kind for kind, types in _KINDS.items() if any(context.index.of_type(t) for t in types)] or [
            "custom"
        ]
        answers = [decide(wanted.kind, known(kind, context.tables, context.searches)) for kind in kinds]
        result = certain(any(answers))
    if wanted.contains is not None:
        events = wanted.contains.find(context)
        sure = any(event.surely != FALSE for event in events)
        result = context.both(result, certain(True if sure else None if events else False))
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


def _stores(entry: Entry, context: Context) -> Iterator[Case]:
    """Go back from capture to capture; before the first one nothing tells where the state is."""
    diagram = context.flow.diagram
    rest = TRUE
    for capture in reversed(context.index.of_type("captureuserstate")):
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
    links = per_case(Word("true"), effective(capture, "UseHardlinks", context), capture, context).surely
    session = context.flow.value(SESSION, capture.order)
    remote = per_case(Word("capture"), session, capture, context).surely
    yield Case(links, ("hard-link",))
    yield Case(diagram.without(remote, links), ("smp",))
    rest = diagram.negate(diagram.either(links, remote))
    for case in context.flow.value("OSDStateStorePath", capture.order, named=True):
        kind = None if case.text is None else path_kind(case.text, context.tables)
        local = kind in ("local", "root")
        yield Case(
            diagram.both(rest, case.when), ("local",) if local else (Unknown("#store", capture.order),)
        )
