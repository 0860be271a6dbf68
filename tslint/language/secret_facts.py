"""Facts about secrets: what holds one in clear, and what passes one on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.language.context import NO, Answer, Context, Moment
from tslint.language.declared import FLAG, choice, fact
from tslint.language.matcher import negate
from tslint.language.values import certain
from tslint.logic.text import REFERENCE
from tslint.secrets.words import KEY, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tslint.secrets.in_sequence import Secret

_WHERE = choice("value", "setting", "command", "text")


@fact(
    "secret",
    _WHERE,
    "Where a secret stands in clear: in the value that is set, in a setting of the step, in its commands, "
    "script and parameters, or in its text: conditions, name and description.",
    about={"value": "assignment"},
)
def secret(where: str, moment: Moment, context: Context) -> Answer:
    """Whether the value assigned, or something else of a step, holds a secret in clear."""
    return _holds(SECRET, where, moment, context)


@fact(
    "product key",
    _WHERE,
    "Where a product key or recovery key stands in clear, in the same places as `secret`.",
    about={"value": "assignment"},
)
def product_key(where: str, moment: Moment, context: Context) -> Answer:
    """Whether the value assigned, or something else of a step, holds a product or recovery key."""
    return _holds(KEY, where, moment, context)


def _holds(kind: str, where: str, moment: Moment, context: Context) -> Answer:
    if where != "value":
        return _any_sure(kind, context.held(where, moment.entry))
    if moment.assignment is None or not moment.assignment.write.value:
        return NO
    return _any_sure(kind, context.secrets.in_write(moment.assignment.write))


def _any_sure(kind: str, found: Iterable[Secret]) -> Answer:
    sure = [one.sure for one in found if one.kind == kind]
    return certain(any(sure) or (None if sure else False))


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
