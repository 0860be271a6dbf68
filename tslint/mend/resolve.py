"""Edits of a rule to changes of one task sequence."""

from __future__ import annotations

import re
from functools import singledispatchmethod
from itertools import count
from typing import TYPE_CHECKING

from tslint.catalogue.misspelling import documented_name
from tslint.catalogue.step_notation import step_type
from tslint.flow.settings import success_codes
from tslint.language.edits import (
    AddCondition,
    Argument,
    Assign,
    Copied,
    Drop,
    Give,
    Insert,
    Leave,
    Move,
    Remove,
    Replace,
    Rewrite,
    SetOptions,
    SetSettings,
    SuccessCode,
    Switch,
    TakeOut,
    Unassign,
)
from tslint.mend.cannot import CannotMendError
from tslint.mend.changes import (
    Gone,
    Moved,
    NewConditions,
    NewOptions,
    NewRuleValue,
    NewSettings,
    NewStep,
    Switched,
)
from tslint.mend.option_text import without_options, without_words
from tslint.model.sequence import Group, Step
from tslint.rules.builtin import builtin_step_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.data_files.plain_data import Plain
    from tslint.language.edits import Edit
    from tslint.lint.finding import StepAt
    from tslint.mend.changes import Change
    from tslint.mend.open_sequence import OpenSequence
    from tslint.model.sequence import Node

# Where something else than the end of a command line may end a command.
_SHELL = r"[&|<>^]"
_TOOL = (
    r"""^\s*(?:"?[^"\s]*\bcmd(?:\.exe)?"?\s+/c\s+)?"""
    r"""(?:"[^"]*?\b{0}(?:\.exe)?"|[^"\s]*?\b{0}(?:\.exe)?)(?:\s|$)"""
)


class Resolver:
    """Turns edits into changes. All steps must be in one document: ``opened`` is its sequence."""

    def __init__(self, opened: OpenSequence, steps: Mapping[str, Sequence[StepAt]], tables: Tables) -> None:
        self._opened, self._steps, self._tables = opened, steps, tables
        self._taken: set[str] = set()

    @singledispatchmethod
    def changes(self, edit: Edit) -> Iterator[Change]:
        """Yield what an edit changes. Raises CannotMendError."""
        raise CannotMendError(f"no such edit: {type(edit).__name__}")

    def _all(self, role: str) -> Iterator[tuple[Step, int]]:
        """Go through the steps of a role, each with the number of the assignment that is meant."""
        for at in self._steps[role]:
            node = self._opened.nodes.get(at.place.step_element)
            if id(at.place.document) != id(self._opened.document) or not isinstance(node, Step):
                raise CannotMendError("the steps are in several task sequences")
            yield node, at.write

    def _one(self, role: str) -> Step:
        return next(self._all(role))[0]

    def _last(self, role: str) -> Step:
        return list(self._all(role))[-1][0]

    def _level(self, node: Node, like: Node) -> Group | None:
        """Return the innermost group that both are in, None for the top."""
        theirs = {group.element for group in self._opened.groups_around(like)}
        return next((g for g in self._opened.groups_around(node) if g.element in theirs), None)

    def _below(self, group: Group | None, node: Node) -> list[Node]:
        """Return what stands around a node inside a group, the outermost first, and the node itself."""
        around: list[Node] = [node]
        for one in self._opened.groups_around(node):
            if group is not None and one.element == group.element:
                break
            around.append(one)
        return around[::-1]

    @changes.register(Insert)
    def _insert(self, edit: Insert) -> Iterator[Change]:
        near = self._last(edit.role) if edit.side == "after" else self._one(edit.role)
        like = self._one(edit.like)
        group = self._level(near, like)
        neighbour = self._below(group, near)[0]
        conditions = tuple(one for one in self._below(group, like) if one.condition is not None)
        position = self._opened.where(neighbour).position + (edit.side == "after")
        node = {**edit.node, "name": self._new_name(edit.node)}
        yield NewStep(node, group, position, neighbour, edit.side, conditions)

    def _new_name(self, node: Mapping[str, Plain]) -> str:
        """Return a name that no other step has: -StepName of the cmdlets tells steps by their names."""
        name = str(node.get("name", builtin_step_kinds()[step_type(node)].label))
        taken, names = self._taken, self._opened.names
        free = next(one for one in _numbered(name) if one.lower() not in taken and one.lower() not in names)
        self._taken.add(free.lower())
        return free

    @changes.register(SetSettings)
    def _set(self, edit: SetSettings) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            found = []
            for key, value in edit.settings:
                new = self._copied(value) if isinstance(value, Copied) else value
                old = step.written(key)
                if old != new:
                    found.append((key, old, new))
            if not found:
                raise CannotMendError("the step has these settings already")
            yield NewSettings(step, tuple(found))

    def _copied(self, value: Copied) -> str:
        text = self._one(value.role).written(value.setting)
        if not text:
            raise CannotMendError("the other step does not say it")
        return text

    @changes.register(SetOptions)
    def _options(self, edit: SetOptions) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            kept = {"continueOnError": step.continue_on_error}
            if all(_same(kept.get(key, step.attributes.get(key)), value) for key, value in edit.options):
                raise CannotMendError("the step has these options already")
            yield NewOptions(step, edit.options)

    @changes.register(Switch)
    def _switch(self, edit: Switch) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            if edit.on and any(group.disabled for group in self._opened.groups_around(step)):
                raise CannotMendError("a group around the step is disabled")
            yield Switched(step, edit.on)

    @changes.register(Remove)
    def _remove(self, edit: Remove) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            yield Gone(step)

    @changes.register(Move)
    def _move(self, edit: Move) -> Iterator[Change]:
        near: Node = self._last(edit.near) if edit.side == "after" else self._one(edit.near)
        step = self._one(edit.role)
        if edit.keeping:
            near = self._under_no_more(near, step)
        where = self._opened.where(near)
        position = where.position + (edit.side == "after")
        yield Moved(step, where.group, position, near, edit.side)

    def _under_no_more(self, near: Node, step: Step) -> Node:
        """Return the node beside which a step runs under its own conditions: near, or a group around it.

        Raises CannotMendError where the step's own groups have conditions, which stay behind.
        """
        level = self._level(near, step)
        if any(one.condition is not None for one in self._below(level, step)[:-1]):
            raise CannotMendError("a group around the step has conditions")
        around = self._below(level, near)
        return next((one for one in around[:-1] if one.condition is not None), near)

    @changes.register(Give)
    def _give(self, edit: Give) -> Iterator[Change]:
        step, like = self._one(edit.role), self._one(edit.like)
        group = self._level(step, like)
        if any(one.condition is not None for one in self._below(group, step)[:-1]):
            raise CannotMendError("a group around the step has conditions of its own")
        conditions = tuple(one for one in self._below(group, like) if one.condition is not None)
        yield NewConditions(step, conditions)

    @changes.register(AddCondition)
    def _add_condition(self, edit: AddCondition) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            yield NewConditions(step, added=edit.condition)

    @changes.register(Assign)
    def _assign(self, edit: Assign) -> Iterator[Change]:
        for step, number in self._all(edit.role):
            yield self._value(step, number, edit.value)

    @changes.register(Unassign)
    def _unassign(self, edit: Unassign) -> Iterator[Change]:
        for step, number in self._all(edit.role):
            yield self._value(step, number, None)

    @changes.register(TakeOut)
    def _take_out(self, edit: TakeOut) -> Iterator[Change]:

        for step, number in self._all(edit.role):
            old = self._said(step, number)[1]
            new = without_options(old, edit.options, self._tables)
            if new == old:
                raise CannotMendError("the value does not hold the option in so many words")
            yield self._value(step, number, new or None)

    def _value(self, step: Step, number: int, new: str | None) -> Change:
        """Give a variable another value, or none: a step that sets nothing else goes."""
        variable, old = self._said(step, number)
        if new == old:
            raise CannotMendError("the variable has this value already")
        if new is None and len(_values(step)) == 1:
            return Gone(step)
        if step.type == "SetVariable":
            return NewSettings(step, (("VariableValue", old, new),))
        return NewRuleValue(step, variable, number, old, new)

    @staticmethod
    def _said(step: Step, number: int) -> tuple[str, str]:
        """Return a variable that a step sets, and its value. Raises CannotMendError."""
        values = _values(step)
        if not 0 <= number < len(values):
            raise CannotMendError("the step does not say the value")
        return values[number]

    @changes.register(Leave)
    def _leave(self, edit: Leave) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            old = step.written(edit.setting) or ""
            items = [item for item in old.split(",") if _file_name(item) != edit.item.lower()]
            new = ",".join(items)
            if new == old or not new:
                raise CannotMendError("the list does not hold it in so many words")
            yield NewSettings(step, ((edit.setting, old, new),))

    @changes.register(Rewrite)
    def _rewrite(self, edit: Rewrite) -> Iterator[Change]:
        for step, old in self._texts(edit.role, edit.setting):
            new = edit.text.replace("{old}", old.strip())
            if "{documented}" in edit.text:
                near = documented_name(old, self._tables)
                if not near:
                    raise CannotMendError("no documented variable has a name like it")
                new = edit.text.replace("{documented}", near)
            yield _new_text(step, edit.setting, old, new)

    @changes.register(Replace)
    def _replace(self, edit: Replace) -> Iterator[Change]:
        for step, old in self._texts(edit.role, edit.setting):
            yield _new_text(step, edit.setting, old, old.replace(edit.old, edit.new))

    @changes.register(Drop)
    def _drop(self, edit: Drop) -> Iterator[Change]:
        for step, old in self._texts(edit.role, edit.setting):
            if old.count('"') % 2:
                raise CannotMendError("the quotation marks are not in pairs")
            yield _new_text(step, edit.setting, old, without_words(old, edit.options))

    def _texts(self, role: str, setting: str) -> Iterator[tuple[Step, str]]:
        """Go through the steps of a role, each with the text of a setting. Raises CannotMendError."""
        for step, _ in self._all(role):
            old = step.written(setting)
            if not old:
                raise CannotMendError("the step does not say it")
            yield step, old

    @changes.register(Argument)
    def _argument(self, edit: Argument) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            old = step.written("CommandLine") or ""
            simple = re.search(_TOOL.format(re.escape(edit.tool)), old, re.IGNORECASE)
            if step.type != "RunCommandLine" or not simple or re.search(_SHELL, old) or old.count('"') % 2:
                raise CannotMendError("the command line does more than start this program")
            yield NewSettings(step, (("CommandLine", old, f"{old.rstrip()} {edit.argument}"),))

    @changes.register(SuccessCode)
    def _success_code(self, edit: SuccessCode) -> Iterator[Change]:
        for step, _ in self._all(edit.role):
            codes = " ".join(dict.fromkeys((*success_codes(step), edit.code)))
            yield NewSettings(step, (("SuccessCodes", step.written("SuccessCodes"), codes),))
            yield NewOptions(step, (("successCodeList", codes),))


def _new_text(step: Step, setting: str, old: str, new: str) -> Change:
    if new == old:
        raise CannotMendError("the setting does not hold it in so many words")
    return NewSettings(step, ((setting, old, new or None),))


def _values(step: Step) -> list[tuple[str, str]]:
    """Return the variables that a step sets, and their values, as the file says them."""
    if step.type == "SetVariable":
        name, value = step.written("VariableName"), step.written("VariableValue")
        return [] if not name or value is None else [(name, value)]
    if step.type != "SetDynamicVariables":
        return []
    from tslint.model.dynamic_variables import read_dynamic_rules

    rules = read_dynamic_rules(step.written("Rules") or "")
    return [(name, value) for rule in rules or () for name, value, _ in rule.assignments]


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} ({number})" for number in count(2))


def _same(value: object, text: str) -> bool:
    return str(value).lower() == text.lower()


def _file_name(item: str) -> str:
    return re.split(r"[\\/]", item.strip())[-1].lower()
