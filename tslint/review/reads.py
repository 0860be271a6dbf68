"""Which variables a step asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.timeline import tests_of
from tslint.logic.text import references

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry


def names_read(entry: Entry) -> set[str]:
    """Return the variables, in lower case, that a step and the conditions around it read."""
    step = entry.step
    texts = [step.action, *(setting.value for setting in step.settings.values())]
    texts += [test.value for test in tests_of(entry.scope, "any")]
    pieces = (piece for text in texts if "%" in text for piece in references(text))
    named = {piece[0].lower() for piece in pieces if isinstance(piece, tuple)}
    return (named | {test.variable.strip().lower() for test in tests_of(entry.scope, "any")}) - {""}
