"""The secrets that a task sequence holds in clear: in values, settings, commands, scripts and plain text."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tslint.commands.command import options, tool_name
from tslint.commands.of_step import (
    commands_of,
    encoded,
    in_command_line,
    in_script,
    script_of,
    uncommented_script,
)
from tslint.flow.writes import rule_conditions, writes_of
from tslint.model.condition import tests_in
from tslint.model.sequence import Group
from tslint.model.step_type import SETTERS
from tslint.secrets.words import KEY, NOTHING, SECRET, SecretWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command
    from tslint.flow.writes import Write
    from tslint.model.condition import Condition, Expression
    from tslint.model.sequence import Node, Step, TaskSequence
    from tslint.secrets.words import Hints, Shown

# A line that names more tools is no line that people write.
_MOST_TOOLS = 10
# -pSECRET of any tool, /passwordSECRET: what is glued to such an option may be a secret.
_GLUED = r"(?i)(?:--?|/)(?:pwd?|p|pass(?:word|wd)?|pin|token|kennwort|passwort)([^:=\s]{6,200})"
# What a message may tell of an option.
_PLAIN_OPTION = r"(?:--?|/)[A-Za-z][A-Za-z_-]*\d?"
# No text as short shows a name and a value.
_SHORTEST = 6

_NAME = r"[\w.-]{1,64}"
_WORD = r"[\w.-]+"
# Settings that are asked about as assignments or commands, whatever their names say.
_COMMANDS = ("commandline", "sourcescript", "parameters")
_OTHERWISE = ("variablename", "variablevalue", "hiddenvariablevalue", "rules", *_COMMANDS)


class Secret(NamedTuple):
    """A secret in clear. ``told`` says which, for a message; ``sure`` is false where it only may be one.

    ``kind`` tells a product or recovery key from the others. ``element`` is where it stands, -1 for what the
    step runs, and ``attribute`` the one of that element, "" for its text.
    """

    text: str
    told: str
    sure: bool
    element: int = -1
    kind: str = SECRET
    attribute: str = ""


class Secrets:
    """What holds secrets, asked of steps, and of whole task sequences."""

    def __init__(self, tables: Tables) -> None:
        self.words = SecretWords(tables)
        self._tables = tables
        # settings and variables whose text becomes options of a tool
        sources = tables.passed_on.items()
        self._options_of = {source[key]: tool for tool, source in sources for key in ("setting", "variable")}
        # By identity, for steps of different files may be equal; each with what it is of, to keep that.
        self._hints: dict[int, tuple[TaskSequence, Hints]] = {}
        self._showing: dict[int, tuple[Node, bool]] = {}
        self._held: dict[tuple[str, int], tuple[Node, tuple[Secret, ...]]] = {}

    def forget(self) -> None:
        """Forget what the steps of the last files hold, before the next ones."""
        self._hints.clear()
        self._showing.clear()
        self._held.clear()

    def shows(self, node: Node, sequence: TaskSequence) -> bool:
        """Say at a glance whether the texts of a step or group may hold a secret."""
        hints = self._hints_of(sequence)
        known = self._showing.get(id(node))
        if known is None:
            known = self._showing[id(node)] = node, self._hinted(node, "\n".join(_texts(node)), hints)
        return known[1]

    def _hints_of(self, sequence: TaskSequence) -> Hints:
        """Return what a sequence shows of the hints to secrets: no others are looked for in its steps."""
        known = self._hints.get(id(sequence))
        if known is None:
            texts = [(node, "\n".join(_texts(node))) for node in nodes_of(sequence.children)]
            hints = self.words.hints_in("\n".join(text for _, text in texts))
            for node, text in texts:
                self._showing[id(node)] = node, self._hinted(node, text, hints)
            known = self._hints[id(sequence)] = sequence, hints
        return known[1]

    def _hinted(self, node: Node, text: str, hints: Hints) -> bool:
        return self.words.hinted(text, hints) or bool(encoded(text)) or self._passes_on(node)

    def _passes_on(self, node: Node) -> bool:
        """Say whether a step has a setting whose text becomes options of a tool, which need no hint."""
        settings = {} if isinstance(node, Group) else node.settings
        return any(key in settings and settings[key].value for key in self._options_of)

    def held(
        self, where: str, node: Node, sequence: TaskSequence, commands: Iterable[Command] | None = None
    ) -> tuple[Secret, ...]:
        """Return the secrets in the settings, the commands or the texts (names, conditions) of a step.

        ``commands`` are those of the step, where they are known.
        """
        known = self._held.get((where, id(node)))
        if known is None:
            known = node, tuple(self._in(where, node, sequence, commands))
            self._held[where, id(node)] = known
        return known[1]

    def _in(
        self, where: str, node: Node, sequence: TaskSequence, commands: Iterable[Command] | None
    ) -> Iterator[Secret]:
        if where == "text":
            hints = self._hints_of(sequence) if self.shows(node, sequence) else NOTHING
            yield from self.in_texts(node, hints)
        elif isinstance(node, Group):
            return
        elif where == "setting":
            yield from self.in_settings(node)
        elif self.shows(node, sequence):
            yield from self.in_commands(node, commands_of(node) if commands is None else commands)

    def in_settings(self, step: Step) -> Iterator[Secret]:
        """Yield the settings named for a secret that hold one."""
        for key, setting in step.settings.items():
            if key not in _OTHERWISE and setting.value:
                name = setting.property or setting.name
                answer = self.words.pair(name, setting.value)
                if answer is not False:
                    yield self._secret(setting.value, f"'{name}'", answer, name)._replace(
                        element=setting.element
                    )

    def in_write(self, write: Write) -> Iterator[Secret]:
        """Yield the secrets in a value that is assigned: the value as a whole, what its text shows."""
        value = write.value or ""
        if write.variable in self._options_of:  # the rule about the tool tells of these
            yield from self._whole(write.spelling, value)
            found: Iterable[Secret] = self._in_options(write.variable, value)
            yield from (secret._replace(sure=False) for secret in found)
        else:
            yield from self.in_pair(write.spelling, value)

    def in_pair(self, name: str, value: str) -> Iterator[Secret]:
        """Yield the secrets in a value under a name: the value as a whole, or what its text shows."""
        whole = tuple(self._whole(name, value))
        yield from whole
        if not any(secret.sure for secret in whole):
            yield from self.in_line(value)
            yield from (Secret(key, "a key", sure=True, kind=KEY) for key in self.words.keys_in(value))

    def _whole(self, name: str, value: str) -> Iterator[Secret]:
        """Yield a value that is a secret as a whole, by its name."""
        answer = self.words.pair(name, value)
        if answer is not False:
            yield self._secret(value, f"'{name}'", answer, name)

    def in_commands(self, step: Step, commands: Iterable[Command]) -> Iterator[Secret]:
        """Yield what a step's command lines, script and script parameters pass on in clear."""
        parameters = step.written("Parameters") or ""
        if self.words.hinted(parameters):
            commands = (*commands, *_as_powershell(parameters))
        for command in commands:
            yield from self.in_arguments(command)
            for word in command.arguments:  # a command line for another program
                if " " in word:
                    yield from self.in_line(word)
        for key, setting in step.settings.items():
            if key in self._options_of:
                yield from self._in_options(key, setting.value)
        line = step.written("CommandLine")
        for text in (step.action, line if line != step.action else "", uncommented_script(step), parameters):
            if text:
                yield from self._in_code(text)

    def _in_code(self, text: str) -> Iterator[Secret]:
        """Yield what code shows beside the arguments of its commands, what is encoded in it too."""
        yield from map(_of_text, self.words.in_text(text))
        for code in encoded(text):
            from tslint.commands.script import decode

            yield from map(_of_text, self.words.in_text(decode(code) or ""))

    def in_texts(self, node: Node, hints: Hints | None = None) -> Iterator[Secret]:
        """Yield what the name, the description and the conditions of a step or group show.

        ``hints`` are those to look for in name and description.
        """
        for text, where in ((node.description, "description"), (node.name, "name")):
            for secret in self.in_line(text, hints, prose=True):
                yield secret._replace(told=f"its {where}", element=node.element, attribute=where)
        if node.condition is not None:
            yield from self._in_condition(node.condition)
        if not isinstance(node, Group) and node.type == "SetDynamicVariables":
            for condition in rule_conditions(writes_of(node, self._tables)):
                yield from self._in_condition(condition)

    def in_arguments(self, command: Command) -> Iterator[Secret]:
        """Yield the secrets among the words of one command."""
        words, pairs = command.arguments, options(command)
        prompts = command.tool == "set" and "/p" in (name for name, _ in pairs)
        for index, (name, value) in enumerate(pairs):
            word, following = words[index], words[index + 1] if index + 1 < len(words) else ""
            if name.startswith("/"):
                yield from self._of_option(word[: len(name)], value, following)
            elif "=" in word and not prompts:
                variable, _, assigned = word.partition("=")
                answer = self.words.pair(variable, assigned) if re.fullmatch(_NAME, variable) else False
                if answer is not False:
                    yield self._secret(assigned, f"'{variable}='", answer, variable)
        for taken in self.words.taken(command):
            answer = self.words.value(taken.text)
            if answer is not False:
                sure = bool(answer) and (not taken.made or self.words.mixed(taken.text))
                yield self._secret(taken.text, f"'{taken.by}'", sure, "")

    def _of_option(self, option: str, value: str | None, following: str) -> Iterator[Secret]:
        """Yield what is a secret by the name of an option: behind its colon, the next word, glued to it."""
        given = value if value is not None else "" if following[:1] in "/-" else following
        answer = self.words.pair(option.lstrip("-/"), given) if given else False
        if answer is not False:
            told = f"'{option}'" if re.fullmatch(_PLAIN_OPTION, option) else "an option"
            yield self._secret(given, told, answer, option)
        may_be_glued = value is None and option.lstrip("-/")[:1].lower() in ("p", "t", "k")
        glued = re.fullmatch(_GLUED, option) if may_be_glued else None
        if glued and self.words.made(glued[1]):
            yield Secret(glued[1], "an option", sure=False)

    def _secret(self, text: str, told: str, answer: bool | None, name: str) -> Secret:
        """Make a secret. What tells of it must not name it, or the mask would take it out."""
        text = text.strip()
        told = "an option" if text.lower() in told.lower() else told
        return Secret(text, told, bool(answer), kind=self.words.kind(name, text))

    def in_line(self, text: str, hints: Hints | None = None, *, prose: bool = False) -> Iterator[Secret]:
        """Yield what a text shows that may be prose or a command line, or both: "run net use ...".

        It is looked at as commands from each word on that is a tool which takes secrets.
        """
        if not text or not self.words.hinted(text, hints):
            return
        yield from map(_of_text, self.words.in_text(text, prose=prose))
        for line in text.splitlines():
            starts = (m.start() for m in re.finditer(_WORD, line) if tool_name(m[0]) in self.words.tools)
            for start in sorted({0, *islice(starts, _MOST_TOOLS)}):
                for command in in_command_line(line[start:]):
                    yield from self.in_arguments(command)

    def _in_options(self, name: str, text: str) -> Iterator[Secret]:
        for command in in_command_line(f"{self._options_of.get(name, 'x')} {text}"):
            yield from self.in_arguments(command)

    def _in_condition(self, condition: Condition) -> Iterator[Secret]:
        for test in tests_in(condition):
            found = (one._replace(told="a condition", element=test.element) for one in self._in_test(test))
            yield from dict.fromkeys(found)  # a name and its value may show it, and the value alone too

    def _in_test(self, test: Expression) -> Iterator[Secret]:
        """Yield what a test asks for: each of its texts may be one that shows a secret, as of a variable."""
        parts = dict(test.parts)
        if test.kind == "Variable":
            yield from self.in_pair(test.variable, test.value)
        elif test.kind == "Registry":
            yield from self.in_pair(parts.get("value", "").strip(), parts.get("data", ""))
        for text in parts.values() or (test.text,):
            yield from self.in_line(text)

    def in_sequence(self, sequence: TaskSequence) -> Iterator[str]:
        """Yield the text of everything in a task sequence that is a secret or may be one.

        Disabled parts, conditions, names and descriptions count: this is what no output may show.
        """
        for name, value in sequence.variables.items():
            yield from (secret.text for secret in self.in_pair(name, value))
            yield from self.in_prose(value)
        for node in nodes_of(sequence.children):
            yield from (secret.text for secret in self.held("text", node, sequence))
            if not isinstance(node, Group):
                yield from self._in_step(node, sequence)

    def _in_step(self, step: Step, sequence: TaskSequence) -> Iterator[str]:
        sets = step.type in SETTERS or "tsenv" in step.action.lower()
        for write in writes_of(step, self._tables) if sets else ():
            if write.setting is not None and write.by == "SetVariable" and write.masked:
                yield write.setting.value.strip()
            if write.value and write.masked:
                yield write.value.strip()
            yield from (secret.text for secret in self.in_write(write))
        yield from (secret.text for secret in self.held("setting", step, sequence))
        if self.shows(step, sequence):
            # what an encoded command holds may be a secret that only its reader recognises
            yield from encoded("\n".join(_texts(step)))
            yield from (secret.text for secret in self.held("command", step, sequence))
            for key, setting in step.settings.items():
                if key not in _COMMANDS and len(setting.value) >= _SHORTEST:
                    found = self.in_line(setting.value, self._hints_of(sequence))
                    yield from (secret.text for secret in found)

    def in_prose(self, text: str) -> Iterator[str]:
        """Yield the secrets in what people wrote beside the steps, such as a remark."""
        yield from (secret.text for secret in self.in_line(text, prose=True))


def nodes_of(children: Iterable[Node]) -> Iterator[Node]:
    """Go through groups and steps, groups before what is in them."""
    for node in children:
        yield node
        if isinstance(node, Group):
            yield from nodes_of(node.children)


def _texts(node: Node) -> Iterator[str]:
    """Give everything in a group or step that people wrote, its script decoded."""
    yield from (node.name, node.description)
    if not isinstance(node, Group):
        yield node.action
        yield from (setting.value for key, setting in node.settings.items() if key != "sourcescript")
        yield script_of(node)


def _of_text(shown: Shown) -> Secret:
    text = shown.text.strip()
    told = "a variable" if text.lower() in shown.told.lower() else shown.told
    return Secret(text, told, shown.sure, kind=shown.kind)


def _as_powershell(text: str) -> tuple[Command, ...]:
    return in_script(f"script {text}")
