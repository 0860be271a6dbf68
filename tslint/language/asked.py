"""Which variables a selector asks about: those whose values decide whether a step matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tslint.commands.command import ADDITIONAL
from tslint.flow.settings import variable_of
from tslint.language.declared import FACTS
from tslint.language.selector import Selector
from tslint.language.setting_facts import SETTING

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


# Facts that only say again what settings are.
_OF_SETTINGS: Final = frozenset({SETTING, "written", "action"})


def settings_asked(selector: Picks | None, step: Step) -> Iterator[str]:
    """Yield the settings of a step that a selector asks for."""
    asked = (use.given for use in _uses(selector, step) if use.name == SETTING)
    yield from (given[0] for given in asked if isinstance(given, tuple))


def asks_settings_only(selector: Picks | None, step: Step) -> bool:
    """Say whether a selector asks nothing of a step but settings."""
    return all(use.name in _OF_SETTINGS for use in _uses(selector, step))


def _uses(selector: Picks | None, step: Step) -> Iterator[Use]:
    """Yield the facts that a selector asks of a step, not of a command, assignment or test in it."""
    for alternative in selector.alternatives if isinstance(selector, Selector) else ():
        inside = alternative.tools is not None or alternative.variables is not None or alternative.test
        if not inside and (alternative.types is None or step.type.lower() in alternative.types):
            yield from alternative.uses
            for part in alternative.parts:
                yield from _uses(part, step)


def _of_alternative(alternative: Alternative, step: Step, tables: Tables) -> Iterator[str]:
    for name, given in alternative.uses:
        variables = FACTS[name].variables
        yield from () if variables is None else variables(given, step, tables)
    for part in alternative.parts:
        yield from variables_asked(part, step, tables)
    for tool in alternative.tools or () if ADDITIONAL in alternative.sources else ():
        passed_on = tables.passed_on.get(tool, {})
        if passed_on.get("step") == step.type.lower():
            own = variable_of(step, passed_on["setting"], tables)
            yield from () if own is None else (own,)
