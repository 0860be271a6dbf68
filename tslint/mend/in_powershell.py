"""Changes as statements of PowerShell, with the cmdlets of Configuration Manager.

What each cmdlet takes stands in its reference page
(https://learn.microsoft.com/powershell/module/configurationmanager/). ``-InsertStepStartIndex N`` puts a step
behind the first N of its group: https://learn.microsoft.com/powershell/module/configurationmanager/add-cmtasksequencestep
That page too has the way to copy the conditions of a step, and says that steps in groups are added with
Set-CMTaskSequenceGroup.
"""

from __future__ import annotations

import re
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from tslint.catalogue.console_words import ConsoleSetting
from tslint.catalogue.step_notation import step_type
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
    shown_option,
)
from tslint.mend.open_sequence import A_GROUP, kind_of, name_of
from tslint.model.sequence import Group, Step
from tslint.rules.builtin import builtin_step_kinds, console_step
from tslint.rules.example import settings_of
from tslint.source.printable import UNSAFE, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.mend.changes import Change
    from tslint.mend.open_sequence import OpenSequence
    from tslint.model.sequence import Node

# PowerShell takes all of these for a single quote: about_Quoting_Rules, and the tokenizer of its source.
_QUOTES = re.compile("['\u2018\u2019\u201a\u201b]")
# A name with one of these stands for other names too, unless that is switched off.
_WILDCARDS = re.compile(r"[*?\[\]`]")
_RENAME = "and -StepName cannot tell them apart: give this one another name in the console first"
_NUMBER = r"\d{1,9}"
_OPERATORS = {
    word.lower(): word
    for word in (
        *("Exists", "NotExists", "Equals", "NotEquals", "Greater", "GreaterEqual", "Less", "LessEqual"),
        *("Like", "NotLike"),
    )
}


def quoted(text: str) -> str:
    """Return a text as PowerShell writes it so that nothing in it is obeyed. Raises CannotMendError."""
    if not text.isprintable() and re.search(UNSAFE, text):
        raise CannotMendError("a name or value holds characters that cannot be written in a command")
    return "'" + _QUOTES.sub(lambda quote: quote[0] * 2, text) + "'"


def set_cmdlet(node: Node) -> str:
    """Return the name of the cmdlet that edits a step or group. Raises CannotMendError."""
    if isinstance(node, Group):
        return "Set-CMTaskSequenceGroup"
    noun = console_step(node.type).noun
    if not noun:
        raise CannotMendError("there is no cmdlet for a step of this type")
    return f"Set-CMTSStep{noun}"


class InPowerShell:
    """Writes changes of one sequence. ``sequence`` is the expression for its name.

    With ``force`` nothing is asked: a script asks by itself.
    """

    def __init__(self, opened: OpenSequence, sequence: str, *, force: bool = False) -> None:
        if opened.sequence.engine != "configmgr":
            raise CannotMendError("there are no cmdlets for task sequences of MDT Lite-Touch")
        self._opened, self._sequence, self._force = opened, sequence, force
        self._shifts: dict[int, list[tuple[int, int]]] = {}  # by group: from this position on, by so much

    def statements(self, changes: Iterable[Change]) -> list[str]:
        """Return the statements that make changes, one after the other. Raises CannotMendError."""
        self._shifts.clear()
        found = [statement for change in changes for statement in self._of(change)]
        if not found:
            raise CannotMendError("no cmdlet does it")
        return found

    def _now(self, group: Group | None, position: int) -> int:
        """Return where a position of the file is after the statements before it. Something is put there."""
        shifts = self._shifts.setdefault(group.element if group else 0, [])
        now = position + sum(by for place, by in shifts if place <= position)
        shifts.append((position, 1))
        return now

    def _taken_away(self, step: Step) -> None:
        where = self._opened.where(step)
        shifts = self._shifts.setdefault(where.group.element if where.group else 0, [])
        shifts.append((where.position + 1, -1))

    @singledispatchmethod
    def _of(self, change: Change) -> Iterator[str]:
        raise CannotMendError(f"no such change: {type(change).__name__}")

    def name(self, node: Node) -> str:
        """Return the arguments that tell a step or group. Raises CannotMendError where they cannot."""
        name = node.attributes.get("name", "")
        same = self._opened.names_of_kinds[kind_of(node), name_of(node)]
        if same > 1:
            what = "groups" if isinstance(node, Group) else "steps of this type"
            raise CannotMendError(f"{same} {what} are called '{printable(node.name)}', {_RENAME}")
        literal = " -DisableWildcardHandling" if _WILDCARDS.search(name) else ""
        return f"-TaskSequenceName {self._sequence} -StepName {quoted(name)}{literal}"

    def _set(self, step: Step, arguments: Iterable[str]) -> str:
        return " ".join((set_cmdlet(step), self.name(step), *arguments))

    def _remove(self, step: Step) -> str:
        noun = console_step(step.type).noun
        cmdlet = f"Remove-CMTSStep{noun}" if noun else "Remove-CMTaskSequenceStep"
        return f"{cmdlet} {self.name(step)}{' -Force' if self._force else ''}"

    def _add(self, step: str, group: Group | None, position: int) -> str:
        """Add a step in its place: in a group, or at the top, which another cmdlet does."""
        if group is None:
            place = f"Add-CMTaskSequenceStep -TaskSequenceName {self._sequence} -Step"
        else:
            place = f"Set-CMTaskSequenceGroup {self.name(group)} -AddStep"
        return f"{place} {step} -InsertStepStartIndex {self._now(group, position)}"

    @_of.register(NewStep)
    def _new_step(self, change: NewStep) -> Iterator[str]:
        kind = step_type(change.node)
        console = console_step(kind)
        if not console.noun:
            raise CannotMendError("there is no cmdlet for a step of this type")
        name = str(change.node.get("name", builtin_step_kinds()[kind].label))
        arguments = [f"New-CMTSStep{console.noun} -Name {quoted(name)}"]
        for key, value in settings_of(change.node).items():
            if key.lower() in console.settings and (value, key) not in _NEED_NOT_BE_SAID:
                arguments += _parameter(console.settings[key.lower()], value)
        conditions = [self._operands(node) for node in change.like]
        if "when" in change.node:
            conditions.append(_condition(change.node["when"]))
        if conditions:
            arguments.append(f"-Condition {_together(conditions)}")
        yield self._add(f"({' '.join(arguments)})", change.group, change.position)

    def _operands(self, node: Node) -> str:
        cmdlet = "Get-CMTaskSequenceGroup" if isinstance(node, Group) else "Get-CMTaskSequenceStep"
        self._alone(node)
        return f"({cmdlet} {self.name(node)}).Condition.Operands"

    def _alone(self, node: Node) -> None:
        """Raise CannotMendError where steps of other types have the name: Get- would find them too."""
        groups = self._opened.names_of_kinds[A_GROUP, name_of(node)]
        if isinstance(node, Step) and self._opened.names[name_of(node)] - groups > 1:
            raise CannotMendError(f"other steps are called '{printable(node.name)}' too, {_RENAME}")

    @_of.register(NewConditions)
    def _new_conditions(self, change: NewConditions) -> Iterator[str]:
        added = [self._operands(node) for node in change.like]
        if change.added is not None:
            added.append(_condition(change.added))
        arguments = [] if change.added is not None else ["-ClearCondition"]
        yield self._set(change.step, [*arguments, *([f"-AddCondition {_together(added)}"] if added else [])])

    @_of.register(NewSettings)
    def _new_settings(self, change: NewSettings) -> Iterator[str]:
        settings = console_step(change.step.type).settings
        arguments: list[str] = []
        for key, _, new in change.settings:
            about = settings.get(key.lower(), ConsoleSetting(key))
            more = _parameter(about, new) if new is not None else ([about.cleared] if about.cleared else [])
            if not more:
                raise CannotMendError(f"no cmdlet sets '{about.label}'")
            arguments += more
        yield self._set(change.step, dict.fromkeys(arguments))

    @_of.register(NewOptions)
    def _new_options(self, change: NewOptions) -> Iterator[str]:
        for key, value in change.options:
            if key == "continueOnError":
                yield self._set(change.step, [f"-IsContinueOnError {_flag(value)}"])
            elif key in (options := console_step(change.step.type).options):
                arguments = _parameter(options[key], shown_option(key, value))
                if not arguments:
                    raise CannotMendError(f"no cmdlet sets '{options[key].label}'")
                yield self._set(change.step, arguments)
            elif key != "successCodeList":  # the setting of the same codes says it
                raise CannotMendError("no cmdlet sets this option of the step")

    @_of.register(Switched)
    def _switched(self, change: Switched) -> Iterator[str]:
        yield self._set(change.step, [f"-IsEnabled {_flag(str(change.on))}"])

    @_of.register(Gone)
    def _gone(self, change: Gone) -> Iterator[str]:
        yield self._remove(change.step)
        self._taken_away(change.step)

    @_of.register(Moved)
    def _moved(self, change: Moved) -> Iterator[str]:
        self._alone(change.step)
        yield f"$step = Get-CMTaskSequenceStep {self.name(change.step)}"
        yield self._remove(change.step)
        self._taken_away(change.step)
        yield self._add("$step", change.group, change.position)

    @_of.register(NewRuleValue)
    def _new_rule_value(self, change: NewRuleValue) -> Iterator[str]:
        del change
        raise CannotMendError("no cmdlet changes one rule of a Set Dynamic Variables step")


def _flag(value: str) -> str:
    return "$true" if value.lower() == "true" else "$false"


def _parameter(about: ConsoleSetting, value: str) -> list[str]:
    """Return the arguments that give a setting a value, none where the cmdlet has no parameter for it."""
    if not about.parameter:
        return []
    choice = about.choice(value)
    if choice and choice.word:
        written = choice.word
    elif about.values:
        raise CannotMendError(f"the cmdlet does not know the value '{printable(value)}'")
    elif about.kind == "package":
        written = f"(Get-CMPackage -Id {quoted(value)} -Fast)"
    elif about.kind == "codes":
        codes = value.split()
        if not all(re.fullmatch(_NUMBER, code) for code in codes):
            raise CannotMendError("the success codes are no numbers")
        written = ",".join(codes)
    elif about.kind == "items":
        written = ",".join(quoted(item.strip()) for item in value.split(","))
    elif about.is_switch(value):
        written = _flag(value)
    else:
        written = value if not about.is_text and re.fullmatch(_NUMBER, value) else quoted(value)
    more = about.along.split() if about.along else []
    return [*([" ".join(more)] if more else []), f"-{about.parameter} {written}"]


# What a new step has anyway.
_NEED_NOT_BE_SAID = frozenset({("", "Message"), ("false", "DoNotShowVariableValue")})


def _condition(condition: object) -> str:
    """Return the cmdlet that makes a condition ``VARIABLE operator VALUE``."""
    parts = condition.split(None, 2) if isinstance(condition, str) else []
    operator = _OPERATORS.get(parts[1].lower(), "") if len(parts) > 1 else ""
    if not operator:
        raise CannotMendError("the condition is none of a variable")
    value = f" -ConditionVariableValue {quoted(parts[2])}" if len(parts) > 2 else ""
    name = f"-ConditionVariableName {quoted(parts[0])}"
    return f"(New-CMTSStepConditionVariable -OperatorType {operator} {name}{value})"


def _together(conditions: list[str]) -> str:
    if len(conditions) == 1:
        return conditions[0] if conditions[0].endswith(")") else f"({conditions[0]})"
    return "(" + " + ".join(f"@({one})" for one in conditions) + ")"
