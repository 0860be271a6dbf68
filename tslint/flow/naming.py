"""Whether a step or group names a variable, in whatever way: a test, a setting, a command, a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tslint.commands.of_step import command_text
from tslint.model.condition import tests_in
from tslint.model.step_type import RUNNERS, SETTERS

if TYPE_CHECKING:
    from tslint.model.sequence import Step

# One step of work takes a name past so many characters of a text.
CHARACTERS: Final = 4000


def text_of(step: Step) -> str:
    """Return all text of a step or group in which a variable could be named, in lower case."""
    tests = () if step.condition is None else tests_in(step.condition)
    texts = [step.action, *(one.value for one in step.settings.values()), command_text(step)]
    texts += [f"{test.variable}\n{test.value}\n{test.text}" for test in tests]
    return "\n".join(texts).lower()


def names(step: Step, name: str, text: str) -> bool:
    """Say whether a step or group whose ``text`` this is names a variable, itself in lower case."""
    return (name in text and re.search(whole(name), text) is not None) or _counts_through(step, name)


def _counts_through(step: Step, name: str) -> bool:
    """Say whether a command or script names what stands before a variable's number: "APP$i".

    A variable that is given that as its value may be put before the number as well: "%Base%1".
    """
    stem = name.rstrip("0123456789")
    if stem in {"", name}:
        return False
    if step.type in SETTERS:
        values = (step.written("VariableValue"), *re.findall(r">([^<>]+)<", step.written("Rules") or ""))
        return any((value or "").strip().lower() == stem for value in values)
    if step.type not in RUNNERS:
        return False
    return re.search(rf"(?<![\w-]){re.escape(stem)}(?![\w-]|\s*=)", command_text(step).lower()) is not None


def whole(name: str) -> str:
    """Return the regular expression of a name that stands by itself."""
    return rf"(?<![\w-]){re.escape(name)}(?![\w-])"
