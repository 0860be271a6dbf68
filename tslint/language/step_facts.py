"""Facts about a step or group: its type and attributes, where it stands, what the computer runs there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.flow.certain_failure import fails_certainly
from tslint.flow.settings import disagreement
from tslint.flow.timeline import around, groups_around
from tslint.flow.writes import IN_WINPE, SESSION
from tslint.language.declared import FLAG, choices, fact
from tslint.language.matcher import MATCHER, Matcher, any_of, matcher_of, one_of
from tslint.language.values import certain, decide_text, per_case

if TYPE_CHECKING:
    from tslint.language.context import Answer, Context, Moment


@fact(
    "step",
    matcher_of("step"),
    "The step's type: the SDK class without SMS_TaskSequence_ and Action, such as RequestStateStore.",
)
def _step(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(decide_text(matcher, moment.entry.step.type, context))


@fact("known type", FLAG, "Whether the catalogue has the step's type: Configuration Manager's, and MDT's.")
def _known_type(wanted: bool, moment: Moment, context: Context) -> Answer:
    kind = moment.entry.step.type.lower()
    return certain(any(kind == known.lower() for known in context.tables.steps) == wanted)


def _attribute(name: str, meaning: str, default: str | None = None, *, told: bool = False) -> None:
    """Declare the fact of an attribute of the step, which says ``default`` where it does not stand.

    ``told``: messages have it as the value found.
    """

    def tells(_matcher: Matcher, moment: Moment, _context: Context) -> str:
        return moment.entry.step.attributes.get(name, "")

    @fact(name, MATCHER, meaning, tells=tells if told else None)
    def holds(matcher: Matcher, moment: Moment, context: Context) -> Answer:
        return certain(decide_text(matcher, moment.entry.step.attributes.get(name, default), context))


@fact("group", MATCHER, "The name of a group that the step is in.")
def _group(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    groups = groups_around(moment.entry.outer_scope)
    return certain(any(decide_text(matcher, scope.name, context) for scope in groups))


_attribute("name", "The step's name.", "")
_attribute("description", "The step's description.", "")
_attribute("runIn", "The attribute runIn: WinPE, FullOS or WinPEandFullOS.")
_attribute("timeout", "The attribute timeout, in seconds.", told=True)
_attribute("retryCount", "The attribute retryCount.", told=True)
_attribute("startIn", "The attribute startIn: the folder in which the command starts.", told=True)
_attribute("successCodeList", "The attribute successCodeList.", told=True)
_attribute("continueOnError", "Whether the step itself goes on after an error.", "false")


@fact(
    "runs in",
    one_of("WinPE", "FullOS", "any"),
    "Where the documentation says that this type of step runs: WinPE, FullOS or any.",
)
def _runs_in(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    where = context.tables.steps.get(moment.entry.step.type, {}).get("runs in", "any")
    return certain(decide_text(matcher, where, context))


@fact("action", MATCHER, "The text of the step's action.")
def _action(matcher: Matcher, moment: Moment, context: Context) -> Answer:
    return certain(decide_text(matcher, moment.entry.step.action, context))


_LONG = 80  # characters of two texts that a message can hold
_WORD = r'(?:"[^"]*"?|[^\s"])+'


def _tell_both(_wanted: bool, moment: Moment, context: Context) -> str:
    both = disagreement(moment.entry.step, context.tables)
    if both is None:
        return ""
    command, settings = _from_difference(*both) if max(map(len, both)) > _LONG else both
    return f"'{command}' in the command, '{settings}' in the settings"


def _from_difference(*texts: str) -> tuple[str, ...]:
    """Cut off what long texts begin with alike, whole words: part of a secret is not known as one."""
    words = [re.findall(_WORD, text) for text in texts]
    alike = next(
        (n for n, pair in enumerate(zip(*words, strict=False)) if len({word.lower() for word in pair}) > 1),
        min(map(len, words)),
    )
    return tuple(
        f"... {' '.join(w[alike:])}" if alike else text for w, text in zip(words, texts, strict=True)
    )


@fact(
    "action agrees",
    FLAG,
    "Whether the step's action and its settings say the same, where both say it.",
    tells=_tell_both,
)
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


@fact(
    "fails",
    FLAG,
    "Whether the step surely fails wherever it runs: its command line or script ends itself, whatever it "
    "finds, with an exit code that is no success.",
    cost=1,
)
def _fails(wanted: bool, moment: Moment, _context: Context) -> Answer:
    return certain(fails_certainly(moment.entry.step) == wanted)


@fact("last", FLAG, "Whether no active step comes after this one.")
def _last(wanted: bool, moment: Moment, context: Context) -> Answer:
    return certain((moment.entry.order == len(context.index.entries) - 1) == wanted)


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
