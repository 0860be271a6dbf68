"""What there is to say of a step or group beside its name: each thing once, and nothing that is so anyway.

The console writes much that nobody chose (defaults, empty texts) and much twice (a command line as a setting
and as an action). Neither is a fact, so that saving a task sequence anew changes none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.catalogue.console_words import ConsoleSetting, ConsoleStep
from tslint.commands.script import decode
from tslint.flow.settings import disagreement, listed_codes
from tslint.flow.writes import writes_of
from tslint.model.condition_words import in_a_line, in_words
from tslint.model.sequence import Group
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.catalogue.console_words import Console
    from tslint.catalogue.step_kinds import StepKind
    from tslint.catalogue.tables import Tables
    from tslint.model.sequence import Node, Setting, Step, TaskSequence

Kind = Literal["setting", "condition", "command", "script", "variable", "reference", "disabled"]

_KINDS: Mapping[str | None, Kind] = {"command": "command", "package": "reference", "reference": "reference"}
_ENVIRONMENTS = {"winpe": "Windows PE only", "fullos": "the full operating system only"}
_EVERYWHERE = "winpeandfullos"
# How the console begins the action of a command line that needs no package.
_PACKAGED = re.compile(r"(?i)^smsswd\.exe /run:\s+")
_NUMBER = re.compile("[0-9]+")
_SUCCESS = ("successcodes", "applicationsuccesscodes")
# Told by what a step assigns.
_ASSIGNED = {
    "SetVariable": ("variablename", "variablevalue", "donotshowvariablevalue", "hiddenvariablevalue"),
    "SetDynamicVariables": ("rules",),
}


class Names(NamedTuple):
    """What is known of steps: ``tables``, how the console writes each kind, and what it calls settings."""

    tables: Tables
    kinds: Mapping[str, StepKind]
    console: Console
    lite_touch: bool = False

    def of(self, sequence: TaskSequence) -> Names:
        """Return the same for the engine of a task sequence."""
        return self._replace(lite_touch=sequence.engine == "lite-touch")

    def label(self, node: Node) -> str:
        """Return what the console calls a kind of step."""
        if isinstance(node, Group):
            return "Group"
        known = self.kinds.get(node.type)
        return known.label if known else node.type or "Run Command Line"


class Fact(NamedTuple):
    """One thing about a step. ``key`` tells it from the step's others; ``value`` may have several lines.

    ``default`` is what holds where another version of the step has no such fact. ``element`` is the number
    of the element that says it, -1 where that is the step's own.
    """

    key: str
    kind: Kind
    label: str
    value: str
    default: str = ""
    element: int = -1


def facts_of(node: Node, names: Names) -> tuple[Fact, ...]:
    """List the facts of a step or group, the most telling ones first. A key stands once."""
    found: dict[str, Fact] = {}
    for fact in _facts(node, names):
        key, number = fact.key, 2
        while key in found:
            key, number = f"{fact.key} {number}", number + 1
        found[key] = fact._replace(key=key)
    return tuple(found.values())


def _facts(node: Node, names: Names) -> Iterator[Fact]:
    if node.disabled:
        yield Fact("disabled", "disabled", "disabled", "yes", "no")
    if node.description.strip():
        yield Fact("description", "setting", "description", node.description.strip())
    if node.condition is not None:
        yield Fact("condition", "condition", "condition", "\n".join(in_words(node.condition)))
    if node.continue_on_error:
        yield Fact("continueOnError", "setting", "Continue on error", "true", "false")
    if not isinstance(node, Group):
        yield from _of_step(node, names)


def _of_step(step: Step, names: Names) -> Iterator[Fact]:
    console = names.console.get(step.type, ConsoleStep())
    yield from _command(step, names)
    yield from _assignments(step, names)
    known = console.settings
    order = {key: number for number, key in enumerate(known)}
    plain = {key: _NUMBER.sub("0", key) for key in step.settings}
    for key in sorted(plain, key=lambda key: (order.get(plain[key], len(order)), key)):
        if key not in _SUCCESS and key not in _ASSIGNED.get(step.type, ()):
            yield from _setting(step, key, known.get(plain[key], ConsoleSetting()), names)
    yield from _options(step, names, console)


def _command(step: Step, names: Names) -> Iterator[Fact]:
    """Tell a command that no setting tells: the console writes most of them from settings."""
    action = step.action.strip()
    if not action or step.type in _ASSIGNED:
        return
    if step.type in ("", "RunCommandLine"):
        line = (step.written("CommandLine") or "").strip()
        if not line:
            shown = _PACKAGED.sub("", action)
            yield Fact("setting commandline", "command", "Command line", shown, element=step.action_element)
        elif disagreement(step, names.tables):
            yield Fact("action", "command", "Action", action, element=step.action_element)
        return
    kind = names.kinds.get(step.type)
    told = any(setting.value.strip() for setting in step.settings.values())
    usual = kind.action if kind else ""
    same_program = usual and action.split()[0].lower() == usual.split()[0].lower()
    generated = same_program and not disagreement(step, names.tables)
    if not generated or not (told or action == usual):
        yield Fact("action", "command", "Action", action, element=step.action_element)


def _assignments(step: Step, names: Names) -> Iterator[Fact]:
    if step.type not in _ASSIGNED:
        return
    writes = [write for write in writes_of(step, names.tables) if write.by in _ASSIGNED]
    for write in writes:
        hidden = write.value is None and write.setting is not None
        value = write.setting.value if hidden and write.setting is not None else write.value or ""
        when = f" when {in_a_line(write.condition)}" if write.condition is not None else ""
        secret = " (not shown in logs)" if write.masked else ""
        told = f"{value}{when}{secret}"
        element = -1 if write.setting is None else write.setting.element
        yield Fact(f"variable {write.variable}", "variable", write.spelling, told, element=element)
    if not writes and step.type == "SetDynamicVariables" and (step.written("Rules") or "").strip():
        yield Fact("rules", "variable", "Rules", "rules that cannot be read")


def _setting(step: Step, key: str, known: ConsoleSetting, names: Names) -> Iterator[Fact]:
    setting = step.settings[key]
    default = _default(step, key, known, names)
    value = setting.value.strip()
    blank = not value.strip(" .") and (not value or " " in value)  # " . ." is the mask of a version
    if known.kind == "generated" or blank or _same(value, default):
        return
    label = known.label or setting.property or setting.name
    label = label.replace("#", _counted(key))
    if known.kind == "script":
        yield _script(setting, label)
        return
    kind: Kind = _KINDS.get(known.kind, "setting")
    choices = {one.value: one.label for one in known.values}
    yield Fact(
        f"setting {key}",
        kind,
        label,
        choices.get(value.lower(), _plain(value)),
        choices.get(default.lower(), default),
        setting.element,
    )


def _counted(key: str) -> str:
    """Return the number of one of many alike as people count: "partitions0size" is of the first."""
    number = _NUMBER.search(key)
    return str(int(number[0][:4]) + 1) if number else ""


def _default(step: Step, key: str, known: ConsoleSetting, names: Names) -> str:
    """Return what holds where a setting is not written."""
    if known.default:
        return known.default
    table = names.tables.steps.get(step.type, {}).get("settings", {}).get(key, {})
    return str(table.get("default", ""))


def _same(value: str, default: str) -> bool:
    return value.lower() == (default.lower() or "false")


def _plain(value: str) -> str:
    return value.lower() if value.lower() in ("true", "false") else value


def _script(setting: Setting, label: str) -> Fact:
    script = decode(setting.value)
    if script is None:
        script = f"a script that cannot be decoded ({len(setting.value)} characters)"
    return Fact(
        "script", "script", label, "\n".join(script.strip("\r\n").splitlines()), element=setting.element
    )


def _options(step: Step, names: Names, console: ConsoleStep) -> Iterator[Fact]:
    """Tell what the page Options of a step says beside conditions, and where it runs."""
    given = step.attributes
    codes = listed_codes(given.get("successCodeList") or _first(step, _SUCCESS))
    mdt = names.lite_touch or not step.type or step.type.startswith("BDD_")
    usual = ["0", "3010"] if mdt else console.success_codes.split()
    if codes and codes != usual:
        yield Fact("successCodes", "setting", "Success codes", " ".join(codes), " ".join(usual))
    seconds = given.get("timeout", "").strip()
    if seconds.strip("0"):
        yield Fact("timeout", "setting", "Time-out", _minutes(seconds), "none")
    retries = given.get("retryCount", "").strip()
    if retries.strip("0"):
        yield Fact("retryCount", "setting", "Retries", retries, "0")
    run_in = given.get("runIn", "").strip().lower()
    kind = names.kinds.get(step.type)
    if run_in and run_in != _EVERYWHERE and run_in != (kind.run_in.lower() if kind else _EVERYWHERE):
        yield Fact("runIn", "setting", "Runs in", _ENVIRONMENTS.get(run_in, run_in), "as its kind")


def _first(step: Step, keys: tuple[str, ...]) -> str:
    return next((written for key in keys if (written := step.written(key))), "")


def _minutes(seconds: str) -> str:
    if not seconds.isdecimal() or len(seconds) > 9 or int(seconds) % 60:
        return f"{seconds} seconds"
    return count(int(seconds) // 60, "minute")
