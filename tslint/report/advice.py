"""How to mend one finding: in the words of the console, as PowerShell, and as edits of its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.crashes import Crashes
from tslint.lint.finding import Place
from tslint.mend.cannot import CannotMendError
from tslint.mend.repair import Repair, Repairs, decision
from tslint.model.condition import tests_in
from tslint.model.sequence import Step
from tslint.rules.page import remedy
from tslint.source.printable import printable, shortened

if TYPE_CHECKING:
    from tslint.catalogue.tables import Tables
    from tslint.lint.finding import Finding, Said
    from tslint.model.sequence import Node
    from tslint.report.mask import Mask
    from tslint.rules.rule import Rule
    from tslint.source.document import Document

# Where the file does not tell the sequence's name: whoever sets this variable once can copy all commands.
NAMELESS = "$TaskSequenceName"
WORKBENCH = "In the Deployment Workbench, Properties of the task sequence > Task Sequence: "
# Characters of words and of a command: the names in them come from the file, where each can have a million.
LONGEST_ADVICE = 4_000
LONGEST_COMMAND = 20_000
_HIDDEN = "The command would show a secret, so it is not written here."


class Advice(NamedTuple):
    """``text`` says it in words, ``command`` in PowerShell, a statement a line ("" where there is none).

    ``repair`` is what tslint can do itself, None where it cannot.
    """

    text: str
    command: str = ""
    repair: Repair | None = None

    @property
    def lines(self) -> str:
        """Words and commands, a line each."""
        return f"{self.text}\n{self.command}" if self.command else self.text


class Advisor:
    """Gives advice on findings, with the secrets of the run taken out."""

    def __init__(self, tables: Tables, mask: Mask) -> None:
        self.crashes = Crashes()
        self._repairs, self._mask = Repairs(tables, self.crashes), mask

    def advice(self, finding: Finding, rule: Rule) -> Advice:
        """Return the advice for one finding of a rule; a command that is too long to be read is left out.

        Where tslint fails on it, that is noted among the ``crashes``, and the rule's own words stand for it.
        """
        try:
            advice = self._advice(finding, rule)
        except Exception as error:  # noqa: BLE001 - advice on one finding must not take the report with it
            self.crashes.add(finding, error)
            advice = Advice(rule.remedy)
        command = advice.command if len(advice.command) <= LONGEST_COMMAND else ""
        return advice._replace(text=shortened(advice.text, LONGEST_ADVICE), command=command)

    def _advice(self, finding: Finding, rule: Rule) -> Advice:
        repair = next(self._repairs.of(finding), None)
        if repair is None:
            return self._general(finding, rule)
        from tslint.mend.in_words import in_words

        words = self._mask(in_words(repair.changes, repair.opened))
        if repair.opened.sequence.engine != "configmgr":
            return Advice(rule.workbench or WORKBENCH + words, repair=repair)
        command, why = self._command(repair)
        return Advice(f"{words} {why}".strip(), command, repair)

    def _command(self, repair: Repair) -> tuple[str, str]:
        """Return the statements, or why there are none."""
        from tslint.mend.in_powershell import InPowerShell

        try:
            name = sequence_name(repair.document)
            command = "\n".join(InPowerShell(repair.opened, name).statements(repair.changes))
        except CannotMendError as error:
            return "", self._mask(f"(PowerShell: {error}.)")
        return (command, "") if self._mask(command) == command else ("", _HIDDEN)

    def _general(self, finding: Finding, rule: Rule) -> Advice:
        """Return what the rule says of all its findings, and what is to be decided for this one."""
        decide = decision(finding)
        told = f" To decide: {decide}" if decide else ""
        lite_touch = isinstance(finding.place, Place) and finding.place.document.form == "lite-touch"
        if lite_touch and rule.workbench:
            return Advice(rule.workbench + told)
        text = self._mask(_remedy(finding, rule))
        return Advice(text + told, "" if lite_touch else self._filled(finding, rule))

    def _filled(self, finding: Finding, rule: Rule) -> str:
        """Return the rule's command with the names of sequence and step, "" where they cannot be written."""
        if "{" not in rule.cmdlet or not isinstance(finding.place, Place):
            return rule.cmdlet
        from tslint.mend.in_powershell import InPowerShell, quoted, set_cmdlet

        command = rule.cmdlet
        try:
            opened = self._repairs.opened(finding.place.document)
            name = sequence_name(finding.place.document)
            step = opened.nodes.get(finding.place.step_element)
            if "{step}" in command:
                cmdlet = "" if step is None else set_cmdlet(step)
                command = command.replace("{set}", cmdlet)
                # a rule can report steps of several types, and tests in the conditions of any
                if step is None or not _edits(command, cmdlet) or _in_condition(finding.place, step):
                    return ""
                if any(one.wins for one in finding.said):
                    return ""  # what the step itself says would change nothing
                command = command.replace("{step}", InPowerShell(opened, name).name(step))
            if "{child}" in command:
                child = step.written("TsName") if isinstance(step, Step) else None
                if not child:
                    return ""
                command = command.replace("{child}", f"-TaskSequenceName {quoted(child)}")
        except CannotMendError:
            return ""
        command = command.replace("{sequence}", f"-TaskSequenceName {name}")
        return command if self._mask(command) == command else ""


def _edits(command: str, cmdlet: str) -> bool:
    """Say whether a command edits or removes the type of step that a cmdlet edits."""
    return command.split(" ", 1)[0] in (cmdlet, cmdlet.replace("Set-", "Remove-", 1))


def _in_condition(place: Place, node: Node) -> bool:
    """Say whether a finding is about a test in the condition of its step."""
    condition = node.condition
    return condition is not None and any(test.element == place.element for test in tests_in(condition))


# What people look for in a step that runs what they wrote; in any other it is the step itself.
_WRITTEN = {"RunPowerShellScript": "the script of", "RunCommandLine": "the command line of"}


def _remedy(finding: Finding, rule: Rule) -> str:
    """Return the rule's words, about the steps that say what is wrong.

    Where a variable wins over a setting, it is told; an edit of the step that is reported may mend nothing.
    """
    winning = tuple(one for one in finding.said if one.wins)
    setters = winning or finding.said
    if "{setter}" in rule.remedy and setters:
        inside = " and ".join(dict.fromkeys(map(_inside, setters)))
        told = re.sub(r"(?<=\b[Ii]n )\{setter\}", lambda _: inside, rule.remedy)
        return told.replace("{setter}", " and ".join(dict.fromkeys(map(_named, setters))))
    if not winning:
        return remedy(rule)
    if finding.rests_on_variables:
        each = (f"{_inside(one)} change what {printable(one.variable)} is given" for one in winning)
        return f"In {' and in '.join(dict.fromkeys(each))}: that wins over the settings of the step."
    each = (f"{_inside(one)} gives {printable(one.variable)}" for one in winning)
    return f"{remedy(rule)} What {' and what '.join(dict.fromkeys(each))} wins over the settings of the step."


def _named(said: Said) -> str:
    return f"'{printable(said.step)}'"


def _inside(said: Said) -> str:
    return f"{_WRITTEN.get(said.type, '')} {_named(said)}".lstrip()


def sequence_name(document: Document) -> str:
    """Return the expression for a sequence's name. Raises CannotMendError."""
    from tslint.mend.in_powershell import quoted

    name = document.package.get("Name", "")
    return quoted(name) if name else NAMELESS
