"""Which variables a selector asks about: those whose values decide whether a step matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.commands.command import ADDITIONAL
from tslint.flow.settings import variable_of
from tslint.language.selector import Selector
from tslint.language.sequence_facts import STORE_FACTS, STORE_VARIABLE
from tslint.language.setting_facts import SETTING, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.catalogue.tables import Tables
    from tslint.language.context import Picks
    from tslint.language.declared import Use
    from tslint.language.selector import Alternative
    from tslint.model.sequence import Step


def variables_asked(selector: Picks | None, step: Step, tables: Tables) -> Iterator[str]:
    """Yield the variables, in lower case, that override what a selector asks of a step, or that it names."""
    if not isinstance(selector, Selector):
        return
    for alternative in selector.alternatives:
        if alternative.types is None or step.type.lower() in alternative.types:
            yield from _of_alternative(alternative, step, tables)


def _of_alternative(alternative: Alternative, step: Step, tables: Tables) -> Iterator[str]:
    for use in alternative.uses:
        yield from _of_use(use, step, tables)
    for part in alternative.parts:
        yield from variables_asked(part, step, tables)
    for tool in alternative.tools or () if ADDITIONAL in alternative.sources else ():
        passed_on = tables.passed_on.get(tool, {})
        if passed_on.get("step") == step.type.lower():
            name = variable_of(step, passed_on["setting"], tables)
            yield from () if name is None else (name,)


def _of_use(use: Use, step: Step, tables: Tables) -> Iterator[str]:
    given = use.given
    if use.name == SETTING and isinstance(given, tuple):
        name = variable_of(step, given[0], tables)
        yield from () if name is None else (name,)
    elif use.name == "item of" and isinstance(given, tuple):
        keys = (
            f"{name}{number}{key}"
            for name, asked in given
            for number in numbers_of(step, name)
            for key, _ in asked
        )
        yield from (name for key in keys if (name := variable_of(step, key, tables)) is not None)
    elif use.name in STORE_FACTS:
        yield STORE_VARIABLE.lower()
    elif use.name == "value" and isinstance(given, tuple):
        yield from (name.lower() for name, _ in given)
