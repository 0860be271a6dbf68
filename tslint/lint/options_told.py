"""Which options of a command a finding is about: a command line may have a dozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.commands import command as command_of
from tslint.language.command_facts import options_of
from tslint.language.declared import FACTS
from tslint.language.option_facts import commands_at
from tslint.language.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.commands.command import Command, Options
    from tslint.language.context import Hit
    from tslint.language.pattern import Pattern


def options_told(pattern: Pattern, hit: Hit) -> str:
    """Return the names of the options that a rule asks for and the command has, in its order; no values."""
    told: list[str] = []
    flow = hit.context.flow
    for when, command, _ in commands_at(hit.primary, hit.context):
        if flow.propositions.possible(flow.diagram.both(when, hit.broken)):
            table = options_of(command, hit.context)
            given = [name for name, _ in command_of.given_options(command, table)]
            asked = frozenset(_asked(pattern, command, table))
            told += [name for name in given if name in asked]
    names = list(dict.fromkeys(told))
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _asked(pattern: Pattern, command: Command, table: Options) -> Iterator[str]:
    """Yield the options that the facts of a pattern ask for."""
    for selector in pattern.form.selectors:
        for alternative in selector.alternatives if isinstance(selector, Selector) else ():
            if command.tool not in (alternative.tools or ()) or command.source not in alternative.sources:
                continue
            for name, given in alternative.uses:
                options = FACTS[name].options
                if options is not None:
                    yield from options(given, command, table)
