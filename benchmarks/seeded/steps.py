"""Builders of steps and groups as the console writes them, and as the MDT templates do."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from benchmarks.seeded.conditions import Condition, opposite, same, to_xml, unrelated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from lxml.etree import _Element

CONSOLE_ORDER = ("Operator", "Value", "Variable")
MDT_ORDER = ("Variable", "Operator", "Value")
Setting = tuple[str, str, str | None, bool]  # variable, property, value (None: not written), hidden


class Kit:
    """Builds uniquely named elements in one style; every random choice comes from ``rng``."""

    def __init__(self, rng: Random, style: str, tag: str) -> None:
        self.rng = rng
        self.mdt = style == "mdt"
        self.tag = tag
        self.count = 0

    def number(self) -> int:
        self.count += 1
        return self.count

    def var(self) -> str:
        """A variable name that nothing else in the sequence uses."""
        return f"{self.rng.choice(['Keep', 'Mig', 'Store', 'Refresh'])}{self.tag}{self.number()}"

    def guard(self) -> Condition:
        """A condition over a fresh variable that can be true and can be false."""
        name = self.var()
        operator = self.rng.choice(["equals", "equals", "notEquals", "exists", "notExists"])
        value = self.rng.choice(["True", "yes", "Local"]) if "quals" in operator else ""
        return ("var", name, operator, value)

    def same(self, condition: Condition) -> Condition:
        return same(condition, self.rng)

    def opposite(self, condition: Condition) -> Condition:
        return opposite(condition, self.rng)

    def unrelated(self) -> Condition:
        return unrelated(self.rng, self.number() + 100)

    # groups and steps

    def group(self, *children: _Element, when: Condition | None = None, disabled: bool = False) -> _Element:
        element = etree.Element("group", name=f"Group {self.tag}-{self.number()}", description="")
        return self._finish(element, when, disabled, list(children))

    def step(
        self,
        kind: str,
        action: str,
        settings: Sequence[Setting] = (),
        *,
        when: Condition | None = None,
        disabled: bool = False,
        prefix: str = "SMS_TaskSequence_",
    ) -> _Element:
        suffix = "Action" if prefix else ""
        label = kind.replace("_", " ")
        element = etree.Element(
            "step",
            type=f"{prefix}{kind}{suffix}",
            name=f"{label} {self.tag}-{self.number()}",
            description="",
            runIn="WinPEandFullOS",
            successCodeList="0 3010" if kind.startswith("Run") else "0",
        )
        if not self.mdt:
            element.set("retryCount", "0")
            element.set("runFromNet", "false")
        act = etree.Element("action")
        act.text = action
        variables = etree.Element("defaultVarList")
        for name, property_, value, hidden in settings:
            if value is not None:
                variable = etree.SubElement(variables, "variable", name=name, property=property_)
                variable.text = value
                if hidden:
                    variable.set("hidden", "true")
        return self._finish(element, when, disabled, [variables, act] if self.mdt else [act, variables])

    def _finish(
        self, element: _Element, when: Condition | None, disabled: bool, children: list[_Element]
    ) -> _Element:
        if disabled:
            element.set("disable", "true")
        elif self.mdt:
            element.set("disable", "false")
            element.set("continueOnError", "false")
        if when is not None:
            condition = etree.SubElement(element, "condition")
            # Siblings under <condition> are ANDed: a conjunction may be written without its operator.
            flat = when[0] == "and" and self.rng.random() < 0.5
            order = MDT_ORDER if self.mdt else CONSOLE_ORDER
            condition.extend(to_xml(part, order) for part in (when[1:] if flat else [when]))
        element.extend(children)
        return element

    # user state

    def request(
        self,
        kind: str = "capture",
        *,
        when: Condition | None = None,
        disabled: bool = False,
        written: str | None = "",
    ) -> _Element:
        """``written`` is the text of RequestType where it differs from ``kind``, None to leave it out."""
        text = kind if written == "" else written
        settings = [
            ("OSDStateFallbackToNAA", "FallbackToNAA", "true", False),
            ("OSDStateRequestType", "RequestType", text, True),
            ("OSDStateSMPRetryCount", "SMPRetryCount", "3", True),
            ("OSDStateSMPRetryTime", "SMPRetryTime", "10", True),
        ]
        action = f"osdsmpclient.exe /{kind}"
        return self.step("RequestStateStore", action, settings, when=when, disabled=disabled)

    def release(self, *, when: Condition | None = None, disabled: bool = False) -> _Element:
        return self.step("ReleaseStateStore", "osdsmpclient.exe /release", when=when, disabled=disabled)

    def capture(
        self,
        *,
        mode: str | None = "Advanced",
        access: str | None = "Normal",
        links: str | None = "false",
        when: Condition | None = None,
        disabled: bool = False,
    ) -> _Element:
        action = (
            "osdmigrateuserstate.exe /collect /continueOnError:%OSDMigrateContinueOnLockedFiles% "
            "/skipefs:%OSDMigrateSkipEncryptedFiles%"
        )
        files = "MigUser.xml,MigApp.xml" if mode == "Advanced" else None
        settings = [
            ("OSDMigrateConfigFiles", "ConfigFiles", files, False),
            ("OSDMigrateContinueOnLockedFiles", "ContinueOnLockedFiles", "true", False),
            ("OSDMigrateEnableVerboseLogging", "EnableVerboseLogging", "false", False),
            ("OSDMigrateFileAccess", "FileAccess", access, False),
            ("OSDMigrateMode", "Mode", mode, False),
            ("_OSDMigrateOfflineUserState", "OfflineUserState", "false", False),
            ("OSDMigrateSkipEncryptedFiles", "SkipEncryptedFiles", "false", False),
            ("_OSDMigrateUseHardlinks", "UseHardlinks", links, False),
            ("_OSDMigrateUsmtPackageID", "UsmtPackageID", "LAB0000A", False),
        ]
        return self.step("CaptureUserState", action, settings, when=when, disabled=disabled)

    def restore(
        self,
        *,
        accounts: str | None = "true",
        mode: str | None = "Simple",
        when: Condition | None = None,
        disabled: bool = False,
    ) -> _Element:
        action = "osdmigrateuserstate.exe /apply /continueOnError:%OSDMigrateContinueOnRestore%"
        settings = [
            ("OSDMigrateContinueOnRestore", "ContinueOnRestore", "true", False),
            ("OSDMigrateEnableVerboseLogging", "EnableVerboseLogging", "false", False),
            ("OSDMigrateLocalAccounts", "LocalAccounts", accounts, False),
            ("OSDMigrateMode", "Mode", mode, False),
            ("_OSDMigrateUsmtRestorePackageID", "UsmtRestorePackageID", "LAB0000A", False),
        ]
        return self.step("RestoreUserState", action, settings, when=when, disabled=disabled)

    # the rest

    def set(
        self, name: str, value: str, *, when: Condition | None = None, disabled: bool = False
    ) -> _Element:
        hidden = not self.mdt
        settings = [
            ("VariableName", "VariableName", name, hidden),
            ("VariableValue", "VariableValue", value, hidden),
        ]
        return self.step("SetVariable", f'tsenv.exe "{name}={value}"', settings, when=when, disabled=disabled)

    def dynamic(self, name: str, value: str, *, rule: Condition | None = None) -> _Element:
        """Set Dynamic Variables with one rule, under the condition ``rule`` if given."""
        condition = ""
        if rule is not None:
            inner = etree.Element("condition")
            inner.append(to_xml(rule, CONSOLE_ORDER))
            condition = etree.tostring(inner, encoding="unicode")
        assignment = f'<Variable Name="{escape(name)}" IsSecret="false">{escape(value)}</Variable>'
        text = f"<Rules><Rule>{condition}<Variables>{assignment}</Variables></Rule></Rules>"
        settings = [("OSDSetDynamicVariablesRules", "Rules", text, False)]
        return self.step("SetDynamicVariables", "OSDSetDynamicVariables.exe", settings)

    def assign(self, name: str, value: str) -> _Element:
        """An assignment by either of the two kinds of step."""
        return self.set(name, value) if self.rng.random() < 0.5 else self.dynamic(name, value)

    def command(self, line: str, *, when: Condition | None = None, disabled: bool = False) -> _Element:
        package = self.rng.choice(["", "LAB0000A"])
        hidden = not self.mdt
        settings = [
            ("CommandLine", "CommandLine", None if self.mdt and self.rng.random() < 0.3 else line, hidden),
            ("SMSTSDisableWow64Redirection", "DisableWow64Redirection", "false", False),
            ("PackageID", "PackageID", package or None, hidden),
            ("_SMSTSRunCommandLineAsUser", "RunAsUser", "false", False),
            ("SuccessCodes", "SuccessCodes", "0 3010", hidden),
        ]
        action = f"smsswd.exe /run:{package} {line}"
        return self.step("RunCommandLine", action, settings, when=when, disabled=disabled)

    def script(self, text: str, *, when: Condition | None = None, disabled: bool = False) -> _Element:
        """An inline PowerShell script, stored as base64 of UTF-16LE with a byte-order mark."""
        source = base64.b64encode(b"\xff\xfe" + text.encode("utf-16-le")).decode()
        prefix = "OSDRunPowerShellScript"
        settings = [
            (f"{prefix}ExecutionPolicy", "ExecutionPolicy", "Bypass", False),
            (f"{prefix}Parameters", "Parameters", "", False),
            (f"{prefix}SourceScript", "SourceScript", source, False),
            (f"{prefix}SuccessCodes", "SuccessCodes", "0 3010", True),
            ("_SMSTSRunPowerShellAsUser", "RunAsUser", "false", False),
        ]
        action = "OSDRunPowerShellScript.exe"
        return self.step("RunPowerShellScript", action, settings, when=when, disabled=disabled)

    def reboot(
        self, target: str = "HD", *, when: Condition | None = None, disabled: bool = False
    ) -> _Element:
        old = self.mdt and self.rng.random() < 0.5  # the oldest templates use bare variable names
        settings = [
            ("Message" if old else "SMSRebootMessage", "Message", "The computer restarts.", False),
            ("Target" if old else "SMSRebootTarget", "Target", target, not old),
            ("MessageTimeout" if old else "SMSRebootTimeout", "MessageTimeout", "60", False),
        ]
        return self.step("Reboot", f"smsboot.exe /target:{target}", settings, when=when, disabled=disabled)

    def gather(self) -> _Element:
        settings = [("GatherLocalOnly", "GatherLocalOnly", "false", False)]
        return self.step(
            "BDD_Gather", 'cscript.exe "%deployroot%\\scripts\\ztigather.wsf"', settings, prefix=""
        )

    def call(self, package_id: str, name: str) -> _Element:
        element = etree.Element(
            "subtasksequence",
            type="SMS_TaskSequence_SubTasksequence",
            name=f"Run {name} {self.tag}-{self.number()}",
            description="",
            successCodeList="0",
        )
        etree.SubElement(element, "action").text = "SubTasksequence.exe"
        variables = etree.SubElement(element, "defaultVarList")
        for variable, property_, text in (
            ("OSDSubTasksequenceTsName", "TsName", name),
            ("OSDSubTasksequencePackageID", "TsPackageID", package_id),
        ):
            etree.SubElement(variables, "variable", name=variable, property=property_).text = text
        return element

    def noise(self) -> _Element:
        """A step that changes nothing for any of the ten rules; state steps only when disabled."""
        rng = self.rng
        makers: list[Callable[[], _Element]] = [
            lambda: self.command("cmd.exe /c ipconfig /all", when=rng.choice([None, self.unrelated()])),
            lambda: self.command('reg.exe add HKLM\\SOFTWARE\\Lab /v Stage /d "Two" /f'),
            lambda: self.set(self.var(), rng.choice(["True", "D:\\", "x"])),
            lambda: self.script("Get-Volume | Out-File C:\\Windows\\Temp\\volumes.txt"),
            lambda: self.release(disabled=True),
            lambda: self.request(rng.choice(["capture", "restore"]), disabled=True),
            lambda: self.capture(mode="Simple", links="true", access="VSS", disabled=True),
            lambda: self.restore(accounts="false", disabled=True),
            lambda: self.reboot(disabled=True),
            lambda: self.group(self.set("OSDStateStorePath", "C:\\"), self.release(), disabled=True),
        ]
        return rng.choice(makers)()
