"""The secrets that a task sequence holds in clear: in values, settings, commands, scripts and plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tslint.commands.command import options
from tslint.commands.of_step import (
    command_text,
    commands_of,
    encoded,
    in_command_line,
    in_script,
    script_of,
    uncommented_script,
)
from tslint.flow.writes import writes_of
from tslint.model.condition import tests_in
from tslint.model.sequence import Group
from tslint.secrets.words import SecretWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command
    from tslint.model.condition import Condition
    from tslint.model.sequence import Node, Step, TaskSequence

_NAME = re.compile(r"[\w.-]{1,64}")
_SETTERS = ("SetVariable", "SetDynamicVariables")
# Settings that are asked about as assignments or commands, whatever their names say.
_COMMANDS = ("commandline", "sourcescript", "parameters")
_OTHERWISE = ("variablevalue", "hiddenvariablevalue", "rules", *_COMMANDS)


class Secret(NamedTuple):
    """A secret in clear. ``told`` says which, for a message; ``sure`` is false where it only may be one."""

    text: str
    told: str
    sure: bool
    element: int = -1


class Secrets:
    """What holds secrets, asked of steps, and of whole task sequences."""

    def __init__(self, tables: Tables) -> None:
        self.words = SecretWords(tables)
        self._tables = tables
        # settings and variables whose text becomes options of a tool
        sources = tables.passed_on.items()
        self._options_of = {source[key]: tool for tool, source in sources for key in ("setting", "variable")}

    def in_settings(self, step: Step) -> Iterator[Secret]:
        """Yield the settings named for a secret that hold one."""
        for key, setting in step.settings.items():
            if key not in _OTHERWISE and setting.value:
                name = setting.property or setting.name
                answer = self.words.pair(name, setting.value)
                if answer is not False:
                    yield Secret(setting.value.strip(), f"'{name}'", bool(answer), setting.element)

    def in_commands(self, step: Step, commands: Iterable[Command]) -> Iterator[Secret]:
        """Yield what a step's command lines, script and script parameters pass on in clear."""
        line, parameters = step.written("CommandLine"), step.written("Parameters") or ""
        if self.words.hinted(parameters):
            commands = (*commands, *_as_powershell(parameters))
        for command in commands:
            yield from self.in_arguments(command)
        for text in (step.action, line if line != step.action else "", uncommented_script(step), parameters):
            if text and self.words.hinted(text):
                yield from (Secret(*found) for found in self.words.in_text(text))

    def in_arguments(self, command: Command) -> Iterator[Secret]:
        """Yield the secrets among the words of one command."""
        words, pairs = command.arguments, options(command)
        for index, (name, value) in enumerate(pairs):
            following = words[index + 1] if index + 1 < len(words) else ""
            if name.startswith("/"):
                takes = self.words.option(command.tool, name)
                given = value if value is not None else "" if following[:1] in "/-" else following
                if takes is not False and given:
                    yield from self._literal(given, f"'{words[index][: len(name)]}'", takes)
            elif "=" in words[index]:
                variable, _, assigned = words[index].partition("=")
                takes = self.words.name(variable) if _NAME.fullmatch(variable) else False
                if takes is not False:
                    yield from self._literal(assigned or following, f"'{variable}='", takes)
        yield from self._positional(command)

    def _positional(self, command: Command) -> Iterator[Secret]:
        """Yield what is a secret by its place: of net use, net user, reg add, ConvertTo-SecureString."""
        words = command.arguments
        first = words[0].lower() if words else ""
        plain = [word for word in words[1:] if word[:1] not in "/-"]
        if command.tool in ("net", "net1") and first in ("use", "user"):
            if first == "use":
                plain = [w for w in plain if not (w.startswith("\\\\") or w == "*" or w.endswith(":"))]
            else:
                plain = plain[1:]
            for word in plain[:1]:
                yield from self._literal(word, f"'net {first}'", surely=True)
        elif command.tool == "reg" and first == "add":
            named, data = _value(words, "/v"), _value(words, "/d")
            takes = self.words.name(named)
            if takes is not False:
                yield from self._literal(data, f"'{named}'", takes)
        elif command.tool == "convertto-securestring" and any(w.lower().startswith("-as") for w in words):
            text = _value(words, "-string") or next((w for w in words if w[:1] != "-"), "")
            yield from self._literal(text, "'ConvertTo-SecureString'", surely=True)

    def _literal(self, text: str, told: str, surely: bool | None) -> Iterator[Secret]:
        answer = self.words.value(text)
        if answer is not False:
            yield Secret(text.strip(), told, bool(answer and surely))

    def in_sequence(self, sequence: TaskSequence) -> Iterator[str]:
        """Yield the text of everything in a task sequence that is a secret or may be one.

        Disabled parts, conditions, names and descriptions count: this is what no output may show.
        """
        for name, value in sequence.variables.items():
            if self.words.pair(name, value) is not False:
                yield value.strip()
        nodes = list(_nodes(sequence.children))
        hints = self.words.hints_in("\n".join(text for node in nodes for text in _texts(node)))
        for node in nodes:
            if node.condition is not None:
                yield from self._in_condition(node.condition)
            yield from self.in_prose(f"{node.name}\n{node.description}", hints)
            if not isinstance(node, Group):
                yield from self._in_step(node, hints)

    def _in_step(self, step: Step, hints: tuple[str, ...]) -> Iterator[str]:
        sets = step.type in _SETTERS or "tsenv" in step.action.lower()
        for write in writes_of(step, self._tables) if sets else ():
            if write.value and write.variable in self._options_of:
                yield from self._in_options(write.variable, write.value)
            if write.setting is not None and write.by == "SetVariable" and write.masked:
                yield write.setting.value.strip()
            if write.value and (write.masked or self.words.pair(write.spelling, write.value) is not False):
                yield write.value.strip()
            if write.condition is not None:
                yield from self._in_condition(write.condition)
        yield from (secret.text for secret in self.in_settings(step))
        # what an encoded command holds may be a secret that only its reader recognises
        codes = encoded("\n".join(_texts(step)))
        yield from codes
        if codes or self.words.hinted(command_text(step), hints):
            yield from (secret.text for secret in self.in_commands(step, commands_of(step)))
        for key, setting in step.settings.items():
            asked = key in self._options_of or self.words.hinted(setting.value, hints)
            if asked and key not in _COMMANDS:
                yield from (found for found, _, _ in self.words.in_text(setting.value))
                yield from self._in_options(key, setting.value)

    def _in_options(self, name: str, text: str) -> Iterator[str]:
        for command in in_command_line(f"{self._options_of.get(name, 'x')} {text}"):
            yield from (secret.text for secret in self.in_arguments(command))

    def in_prose(self, text: str, hints: tuple[str, ...] | None = None) -> Iterator[str]:
        """Yield the secrets in what people wrote: a name, a remark. ``hints`` are those to look for."""
        if self.words.hinted(text, hints):
            yield from (found for found, _, _ in self.words.in_text(text))
            for line in text.splitlines():
                for command in in_command_line(line):
                    yield from (secret.text for secret in self.in_arguments(command))

    def _in_condition(self, condition: Condition) -> Iterator[str]:
        for test in tests_in(condition):
            if test.variable and self.words.pair(test.variable, test.value) is not False:
                yield test.value.strip()
            yield from self.in_prose(test.text)


def _nodes(children: Iterable[Node]) -> Iterator[Node]:
    """Go through groups and steps, groups before what is in them."""
    for node in children:
        yield node
        if isinstance(node, Group):
            yield from _nodes(node.children)


def _texts(node: Node) -> Iterator[str]:
    """Give everything in a group or step that people wrote, its script decoded."""
    yield from (node.name, node.description)
    if not isinstance(node, Group):
        yield node.action
        yield from (setting.value for key, setting in node.settings.items() if key != "sourcescript")
        yield script_of(node)


def _value(words: tuple[str, ...], option: str) -> str:
    """Return the word after an option, "" when there is none."""
    low = [word.lower() for word in words]
    at = low.index(option) + 1 if option in low else len(words)
    return words[at] if at < len(words) else ""


def _as_powershell(text: str) -> tuple[Command, ...]:
    return in_script(f"script {text}")
