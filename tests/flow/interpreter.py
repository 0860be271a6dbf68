"""A task sequence run step by step on one computer: slow, plain, and written apart from the flow.

It works on the compact notation itself, so that it shares no code with the model or the flow.

Steps that may fail do so where ``Computer.choose`` says. One whose failure nothing swallows always succeeds:
its failure ends the sequence and is no path. What a step assigns it assigns as soon as it runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VARIABLES = ("A", "B", "C")
VALUES = (None, "x", "y", "other")
SUCCEEDED = "_smstslastactionsucceeded"
CODE = "_smstslastactionretcode"
# Return codes that the tests of this interpreter can tell apart.
CODES = ("0", "3010", "1", "other")
# What a step of this type proves of Windows PE where it succeeds: it runs nowhere else (rules/steps.yaml).
PROVES = {
    "PartitionDisk": "true",
    "ApplyOperatingSystem": "true",
    "RestoreUserState": "false",
    "ReleaseStateStore": "false",
    "DisableBitLocker": "false",
    "InstallApplication": "false",
    "InstallUpdate": "false",
}

T = TypeVar("T")

# Whether the computer is in Windows PE after a restart to such a target, or after such a step.
ENDS_IN = {
    "WinPE": "true",
    "HD": "false",
    "PrepareOS": "true",
    "SetupWindowsAndSMS": "false",
    "UpgradeOperatingSystem": "false",
}


# A step that fails wherever it runs.
FAILS = "cmd.exe /c exit 1"


def _succeed(_count: int) -> int:
    return 0


class Things(NamedTuple):
    """One registry value and the version of one file; and what it gives to compare what is not there."""

    registry: str | None
    version: str | None  # "" for that of a file without one, None where there is no file
    differs: bool  # a missing value is not equal to another
    less: bool  # a missing one is less than another


@dataclass
class Computer:
    """What a computer is before the sequence starts, and what happens on it.

    A variable of ``unsettled`` has one of these values before anything assigns it; which, is chosen when it
    is first asked. With ``proving`` a step that can run in one environment only, and succeeded, settles where
    it ran; it is ``misplaced`` where the computer was in the other. ``look`` is called before each active
    step, whether it runs or not.
    """

    variables: dict[str, str | None]
    wmi: dict[str, bool]
    things: Things | None = None
    session: str = "none"
    trace: list[tuple[str, dict[str, str | None], str]] = field(default_factory=list)
    choose: Callable[[int], int] = _succeed
    unsettled: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    proving: bool = False
    look: Callable[[str], None] | None = None
    failed: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    last: dict[str, Any] | None = None

    def value(self, name: str) -> str | None:
        """What a variable holds now, None if it does not exist."""
        name = name.lower()
        if name not in self.variables:
            values = self._codes() if name == CODE and self.last else self.unsettled.get(name, (None,))
            self.variables[name] = values[self.choose(len(values))]
        return self.variables[name]

    def query(self, text: str) -> bool:
        """Whether a query of the hardware answers."""
        if text not in self.wmi:
            self.wmi[text] = self.choose(2) == 0
        return self.wmi[text]

    def _codes(self) -> tuple[str, ...]:
        """The codes that the last step may have returned: one of its own for success, or none of them."""
        assert self.last
        good = str(self.last.get("successCodeList", "0 3010" if "run" in self.last else "0")).split()
        fails = self.variables[SUCCEEDED] == "false"
        return tuple(code for code in CODES if (code not in good) == fails)


def computers(queries: tuple[str, ...]) -> list[Computer]:
    """Every computer that the conditions can tell apart."""
    found = []
    for values in product(VALUES, repeat=len(VARIABLES)):
        for in_winpe in ("true", "false"):
            for truths in product((True, False), repeat=len(queries)):
                variables = dict(zip((v.lower() for v in VARIABLES), values, strict=True))
                found.append(
                    Computer(
                        {**variables, "_smstsinwinpe": in_winpe}, dict(zip(queries, truths, strict=True))
                    )
                )
    return found


def computers_with_things() -> list[Computer]:
    """Every computer that tests of its registry and of a file, and of Windows PE, can tell apart."""
    missing = (False, True)
    things = [*product((None, "1", "2", "other"), (None, "", "9", "10", "11"), missing, missing)]
    return [
        Computer({"_smstsinwinpe": in_winpe}, {}, Things(*one))
        for one in things
        for in_winpe in ("true", "false")
    ]


def start(computer: Computer) -> Computer:
    """A copy to run a sequence on."""
    return Computer(dict(computer.variables), computer.wmi, computer.things, proving=True)


def every(world: Callable[[Callable[[int], int]], T]) -> Iterator[T]:
    """Call ``world`` with one way to choose after the other, until each combination of answers was given."""
    script: list[tuple[int, int]] = []
    while True:
        asked = iter(range(1 << 30))

        def choose(count: int, asked: Iterator[int] = asked) -> int:
            number = next(asked)
            if number == len(script):
                script.append((0, count))
            return script[number][0]

        yield world(choose)
        while script and script[-1][0] + 1 == script[-1][1]:
            script.pop()
        if not script:
            return
        script[-1] = (script[-1][0] + 1, script[-1][1])


def run(
    steps: list[dict[str, Any]],
    computer: Computer,
    children: dict[str, Any] | None = None,
    *,
    swallowing: bool = False,
    asked: bool = False,
) -> bool:
    """Run steps in order; each one that runs is added to the trace with the state it found.

    Says whether they all went well. After a failure that the step itself does not swallow the others are
    skipped; ``swallowing`` tells that something around goes on then, ``asked`` that something around has a
    condition.
    """
    for number, step in enumerate(steps):
        if step.get("disabled"):
            continue
        swallows = bool(step.get("continueOnError"))
        around = {"swallowing": swallowing or swallows, "asked": asked or "when" in step}
        if not _do(step, computer, children, **around) and not swallows:
            _pass_by(steps[number + 1 :], computer)
            return False
    return True


def _do(step: dict[str, Any], computer: Computer, children: Any, *, swallowing: bool, asked: bool) -> bool:
    """One step or group, if its condition holds; whether it went well."""
    if "group" not in step:
        _look(step, computer)
    if "when" in step and not holds(step["when"], computer):
        _pass_by(step.get("steps", []), computer)
        return True
    if "group" in step:
        return run(step["steps"], computer, children, swallowing=swallowing, asked=asked)
    computer.trace.append((step["name"], dict(computer.variables), computer.session))
    effect(step, computer)
    if "child" in step:
        _end(step, computer, failed=False)
        return run((children or {})[step["child"]], computer, children, swallowing=swallowing, asked=asked)
    certain = step.get("run") == FAILS
    failed = certain or (swallowing and computer.choose(2) == 1)
    _end(step, computer, failed=failed)
    # one that would end each run, whatever the computer, is left from a try: what comes after it is looked at
    return not failed or (certain and not swallowing and not asked)


def _end(step: dict[str, Any], computer: Computer, *, failed: bool) -> None:
    """What a step leaves behind by having run."""
    computer.last = step
    computer.variables[SUCCEEDED] = "false" if failed else "true"
    computer.variables.pop(CODE, None)
    if failed:
        computer.failed.append(step["name"])
        return
    if step.get("step") == "RequestStateStore":
        computer.session = step["RequestType"]
    if computer.proving and step.get("step") in PROVES:
        if computer.value("_smstsinwinpe") != PROVES[step["step"]]:
            computer.misplaced.append(step["name"])
        computer.variables["_smstsinwinpe"] = PROVES[step["step"]]


def _pass_by(steps: list[dict[str, Any]], computer: Computer) -> None:
    """Skip steps."""
    for step in steps:
        if step.get("disabled"):
            continue
        if "group" in step:
            _pass_by(step["steps"], computer)
        else:
            _look(step, computer)


def _look(step: dict[str, Any], computer: Computer) -> None:
    if computer.look:
        computer.look(step["name"])


def effect(step: dict[str, Any], computer: Computer) -> None:
    """What a step changes."""
    if "set" in step:
        assign(step["set"], step["to"], computer)
    elif "dynamic" in step:
        for rule in step["dynamic"]:
            if "when" not in rule or holds(rule["when"], computer):
                for name, value in rule["set"].items():
                    assign(name, value, computer)
    elif "restart" in step or step.get("step") in ENDS_IN:
        where = ENDS_IN.get(step.get("restart") or step["step"])
        computer.variables.pop("_smstsinwinpe", None)
        if where:  # otherwise the target is not known
            computer.variables["_smstsinwinpe"] = where
    elif step.get("step") == "ReleaseStateStore":
        computer.session = "none"


def assign(name: str, value: str, computer: Computer) -> None:
    """Give a variable a value, or what another variable holds."""
    copied = re.fullmatch(r"%(\w+)%", value)
    computer.variables[name.lower()] = computer.value(copied.group(1)) if copied else value


def holds(condition: Any, computer: Computer) -> bool:
    """Whether a condition in the compact notation holds now."""
    if isinstance(condition, list):
        return all(holds(one, computer) for one in condition)
    if isinstance(condition, str):
        name, operator, *value = condition.split(" ", 2)
        actual = computer.value(name)
        wanted = value[0].lower() if value else ""
        if wanted.startswith("%"):
            wanted = (computer.value(wanted.strip("%")) or wanted).lower()
        return {
            "equals": (actual or "").lower() == wanted,
            "notEquals": (actual or "").lower() != wanted,
            "exists": actual is not None,
            "notExists": actual is None,
        }[operator]
    ((how, operand),) = condition.items()
    if how in ("wmi", "folder", "file"):
        return computer.query(operand)
    if how in ("registry", "version"):
        assert computer.things
        return _of_thing(how, *operand.split(), computer.things)
    operands = operand if isinstance(operand, list) else [operand]
    if how == "not":
        return not any(holds(one, computer) for one in operands)
    return (all if how == "all" else any)(holds(one, computer) for one in operands)


def _of_thing(how: str, operator: str, value: str, things: Things) -> bool:
    """Whether a test of the registry value, or of the file, holds; ``value`` is "-" where it has none."""
    actual: str | None = getattr(things, how)
    if operator == "exists":
        return actual is not None
    if how == "version" and actual is None:
        return False  # the file itself is looked for first
    if not actual:
        return {"notEquals": things.differs, "less": things.less}.get(operator, False)
    if how == "version":
        return {"less": int(actual) < int(value), "greaterEqual": int(actual) >= int(value)}[operator]
    return (actual == value) == (operator == "equals")
