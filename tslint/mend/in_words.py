"""Changes in words: what to click in the task sequence editor."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from tslint.catalogue.console_words import ConsoleSetting
from tslint.catalogue.step_notation import step_type
from tslint.mend.changes import (
    Gone,
    Moved,
    NewConditions,
    NewOptions,
    NewRuleValue,
    NewSettings,
    NewStep,
    Switched,
    shown_option,
)
from tslint.mend.open_sequence import name_of
from tslint.rules.builtin import builtin_step_kinds, console_step
from tslint.rules.example import settings_of
from tslint.source.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.catalogue.console_words import ConsoleStep
    from tslint.data_files.plain_data import Plain
    from tslint.mend.changes import Change
    from tslint.mend.open_sequence import OpenSequence
    from tslint.model.sequence import Group, Node

# Of a value this much is told; the file and the command have all of it.
_VALUE = 80


def in_words(changes: Iterable[Change], opened: OpenSequence) -> str:
    """Tell what to do in a task sequence, a sentence a change."""
    names = _Names(opened)
    said = [_say(change, names) for change in changes]
    return " ".join(dict.fromkeys(one for one in said if one))


class _Names:
    """Names of steps and groups, with what tells one from others of the same name."""

    def __init__(self, opened: OpenSequence) -> None:
        self._opened = opened

    def __call__(self, node: Node) -> str:
        name = f"'{printable(node.name)}'"
        if self._opened.names[name_of(node)] <= 1:
            return name
        where = self._opened.where(node)
        same = [one.element for one in where.siblings if name_of(one) == name_of(node)]
        which = f", number {same.index(node.element) + 1} of this name," if len(same) > 1 else ""
        return f"{name}{which} {_in(where.group)}"


@singledispatch
def _say(change: Change, _names: _Names) -> str:
    raise TypeError(type(change).__name__)


def _in(group: Group | None) -> str:
    return f"in the group '{printable(group.name)}'" if group is not None else "outside of all groups"


def _conditions(nodes: Iterable[Node], named: _Names) -> str:
    names = " and ".join(named(node) for node in nodes)
    return f" Give it the conditions of {names} (Options tab)." if names else ""


@_say.register(NewStep)
def _new_step(change: NewStep, named: _Names) -> str:
    kind = step_type(change.node)
    console, label = console_step(kind), builtin_step_kinds()[kind].label
    menu = f"Add > {console.menu} > {label}" if console.menu else f"Add a step {label}"
    name = str(change.node.get("name", label))
    told = [f"called '{printable(name)}'"] if name != label else []
    told += _given(change.node, console)
    settings = f", {', '.join(told)}" if told else ""
    own = f" Its condition: {printable(str(change.node['when']))}." if "when" in change.node else ""
    where = _beside(change, named)
    return f"{menu}, {where}{settings}.{_conditions(change.like, named)}{own}"


def _beside(change: NewStep | Moved, named: _Names) -> str:
    """Tell a place, and the group that it is in, once."""
    where = f"{change.side} {named(change.neighbour)}"
    inside = _in(change.group)
    return where if where.endswith(inside) else f"{where} {inside}"


def _given(node: Mapping[str, Plain], console: ConsoleStep) -> Iterator[str]:
    """Tell the settings that a new step is given; the others are as the editor proposes them."""
    given = settings_of(node)
    if "set" in node:
        yield f"with {node['set']} = {_shown(given['VariableValue'])}"
        return
    for key, value in given.items():
        about = console.settings.get(key.lower())
        if about is not None and value and (key in node or about.values):
            yield f"with {_setting(about, value)}"


def _setting(about: ConsoleSetting, value: str) -> str:
    """Tell a setting as the editor shows it: an option to choose, a box to tick, a field to fill."""
    choice = about.choice(value)
    if choice:
        return f'"{choice.label}"'
    if about.is_switch(value):
        return f'"{about.label}" {"ticked" if value.lower() == "true" else "cleared"}'
    return f'"{about.label}" {_shown(value)}'


def _shown(value: str) -> str:
    return printable(value, _VALUE)


@_say.register(NewSettings)
def _new_settings(change: NewSettings, named: _Names) -> str:
    console = console_step(change.step.type)
    told = [
        _to_do(console.settings.get(key.lower(), ConsoleSetting(key)), new) for key, _, new in change.settings
    ]
    return f"In {named(change.step)} {' and '.join(told)}."


def _to_do(about: ConsoleSetting, value: str | None) -> str:
    if not value:
        return f'empty "{about.label}"'
    choice = about.choice(value)
    if choice:
        return f'choose "{choice.label}"'
    if about.is_switch(value):
        return f'{"tick" if value.lower() == "true" else "clear"} "{about.label}"'
    return f'enter under "{about.label}": {_shown(value)}'


@_say.register(NewOptions)
def _new_options(change: NewOptions, named: _Names) -> str:
    said = []
    for key, value in change.options:
        if key == "continueOnError":
            does = "tick" if value == "true" else "clear"
            said.append(f'On the Options tab of {named(change.step)} {does} "Continue on error".')
        elif key in (options := console_step(change.step.type).options):
            said.append(f"In {named(change.step)} {_to_do(options[key], shown_option(key, value))}.")
        elif key == "runIn":
            told = f"Add {named(change.step)} again in the editor with the same settings, and delete this one"
            said.append(f"{told}; the editor then writes that it may run in {value}.")
    return " ".join(said)


@_say.register(Switched)
def _switched(change: Switched, named: _Names) -> str:
    does = "clear" if change.on else "tick"
    return f'On the Options tab of {named(change.step)} {does} "Disable this step".'


@_say.register(Gone)
def _gone(change: Gone, named: _Names) -> str:
    return f"Remove {named(change.step)}."


@_say.register(Moved)
def _moved(change: Moved, named: _Names) -> str:
    return f"Move {named(change.step)} {_beside(change, named)}."


@_say.register(NewConditions)
def _new_conditions(change: NewConditions, named: _Names) -> str:
    step = named(change.step)
    if change.added is not None:
        added = change.added if isinstance(change.added, str) else "the conditions"
        return f"On the Options tab of {step} add the condition Task Sequence Variable {added}."
    if not change.like:
        return f"On the Options tab of {step} remove all conditions."
    like = " and ".join(map(named, change.like))
    return f"Give {step} the conditions of {like}, in place of its own (Options tab)."


@_say.register(NewRuleValue)
def _new_rule_value(change: NewRuleValue, named: _Names) -> str:
    step, variable = named(change.step), printable(change.variable)
    if change.new is None:
        return f"In {step} remove the variable {variable}."
    return f"In {step} give the variable {variable} the value {_shown(change.new)}."
