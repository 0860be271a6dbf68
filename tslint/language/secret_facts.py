"""Facts about secrets: what holds one in clear, and what passes one on."""

from __future__ import annotations

from tslint.language.context import NO, Answer, Context, Moment
from tslint.language.declared import FLAG, choice, fact
from tslint.language.facts import certain
from tslint.language.matcher import negate
from tslint.logic.text import REFERENCE


@fact(
    "secret",
    choice("value", "setting", "command"),
    "Where a secret stands in clear: in the value that is set, in a setting of the step, or in its commands, "
    "script and parameters.",
)
def secret(where: str, moment: Moment, context: Context) -> Answer:
    """Whether the value assigned, a setting of the step or its commands hold a secret in clear."""
    if where != "value":
        held = context.held(where, moment.entry)
        return certain(any(one.sure for one in held) or (None if held else False))
    if moment.assignment is None or not moment.assignment.write.value:
        return NO
    write = moment.assignment.write
    return certain(context.secrets.words.pair(write.spelling, write.value or ""))


@fact(
    "reads secret",
    FLAG,
    "Whether the step's command or settings name a variable that holds a secret.",
)
def reads_secret(wanted: bool, moment: Moment, context: Context) -> Answer:
    """Whether a step's action or settings, its script aside, name a variable that holds a secret."""
    settings = moment.entry.step.settings
    texts = [moment.entry.step.action, *(s.value for key, s in settings.items() if key != "sourcescript")]
    names = {name for text in texts if "%" in text for name in REFERENCE.findall(text)}
    answers = [_is_masked(name, context) or context.secrets.words.name(name) for name in names]
    answer = True if any(answers) else None if None in answers else False
    return certain(answer if wanted else negate(answer))


def _is_masked(name: str, context: Context) -> bool:
    """Say whether the sequence itself gives a variable a value that it hides."""
    return any(assignment.write.masked for assignment in context.flow.assignments.of(name.lower()))
