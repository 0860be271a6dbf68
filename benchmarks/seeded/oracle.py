"""What really happens: run a sequence under every combination of values its guards can tell apart.

An independent judge of labels: it shares no code with the linter. It reads the XML, keeps the steps
that matter to state migration with everything their guards depend on, and executes them in each world.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from benchmarks.seeded.conditions import Condition

JUDGED = ("TS101", "TS102", "TS103", "TS107", "TS108", "TS124", "TS130", "TS142")
PHASE = "_smstsinwinpe"
MOST_WORLDS = 20_000
EVENTS = {
    "RequestStateStore": "request",
    "ReleaseStateStore": "release",
    "CaptureUserState": "capture",
    "RestoreUserState": "restore",
}
PHASES = {"PrepareOS": "true", "SetupWindowsAndSMS": "false", "UpgradeOperatingSystem": "false"}
# Steps that the documentation says run in one of the two systems only: where one has run, that is the system.
# https://learn.microsoft.com/intune/configmgr/osd/understand/task-sequence-steps
ONLY_IN = {
    **dict.fromkeys(
        (
            *("InstallApplication", "InstallSoftware", "InstallUpdate", "JoinDomainWorkgroup"),
            *(
                "EnableBitLocker",
                "DisableBitLocker",
                "RestoreUserState",
                "PrepareOS",
                "UpgradeOperatingSystem",
            ),
        ),
        "false",
    ),
    **dict.fromkeys(
        (
            *("PartitionDisk", "ApplyOperatingSystem", "ApplyDataImage", "ApplyDriverPackage", "AutoApply"),
            *("ApplyWindowsSettings", "ApplyNetworkSettings", "OfflineEnableBitLocker", "CaptureSystemImage"),
        ),
        "true",
    ),
}
RESTORING = re.compile(r"(?i)^(?:.*[\\\"/ ])?(?:loadstate(?:\.exe)?\"?\s|ztiuserstate\.wsf\"?\s+/restore)")


class CannotJudgeError(Exception):
    """The guards tell apart more worlds than can be tried one by one, or compare in a way not known here."""


@dataclass(slots=True)
class Act:
    """What one step does, or one group with its ``body``."""

    name: str
    kind: str  # group | request | release | capture | restore | phase | assign | mark
    guards: list[Condition]
    settings: dict[str, str] = field(default_factory=dict)
    assigns: list[tuple[list[Condition], str, str]] = field(default_factory=list)
    body: list[Act] = field(default_factory=list)
    only_in: str = ""  # the value of _SMSTSInWinPE without which it fails, and the sequence with it


def condition_of(element: _Element) -> list[Condition]:
    """The conditions under ``<condition>`` of a step, group or rule, all of which must hold."""
    found = element.find("condition")
    return (
        [] if found is None else [_condition(child) for child in found.iterchildren("operator", "expression")]
    )


def _condition(element: _Element) -> Condition:
    if element.tag == "operator":
        return (element.get("type"), *(_condition(child) for child in element))
    parts = {v.get("name"): v.text or "" for v in element.iterfind("variable")}
    if "VariableCondition" in element.get("type", ""):
        return ("var", parts["Variable"].lower(), parts["Operator"].lower(), parts.get("Value", "").lower())
    return ("test", etree.tostring(element, method="c14n").decode())


def read(sequence: _Element, called: Mapping[str, _Element], *, goes_on: bool = False) -> list[Act]:
    """The enabled steps of a sequence; called sequences are put in the place of the call.

    ``goes_on`` tells that something around them continues on error.
    """
    acts = []
    for element in sequence:
        if element.tag not in {"group", "step", "subtasksequence"} or element.get("disable") == "true":
            continue
        name, guards = element.get("name", ""), condition_of(element)
        lax = goes_on or element.get("continueOnError", "").lower() == "true"
        if element.tag == "group":
            acts.append(Act(name, "group", guards, body=read(element, called, goes_on=lax)))
        elif element.tag == "subtasksequence":
            ids = [
                v.text or "" for v in element.iterfind(".//variable") if v.get("property") == "TsPackageID"
            ]
            body = [act for i in ids if i in called for act in read(called[i], called, goes_on=lax)]
            acts.append(Act(name, "group", guards, body=body))
        else:
            act = _step(element, name, guards)
            act.only_in = "" if lax else ONLY_IN.get(_type(element), "")
            acts.append(act)
    return acts


def _type(element: _Element) -> str:
    return element.get("type", "").removeprefix("SMS_TaskSequence_").removesuffix("Action")


def _step(element: _Element, name: str, guards: list[Condition]) -> Act:
    type_ = _type(element)
    settings = {v.get("property", ""): v.text or "" for v in element.iterfind("defaultVarList/variable")}
    action = element.findtext("action", "")
    if type_ in EVENTS:
        if type_ == "RequestStateStore":
            settings.setdefault("RequestType", action.rpartition("/")[2])
        return Act(name, EVENTS[type_], guards, {key: text.lower() for key, text in settings.items()})
    if type_ == "SetVariable":
        return Act(
            name, "assign", guards, assigns=[([], settings["VariableName"], settings["VariableValue"])]
        )
    if type_ == "SetDynamicVariables":
        return Act(name, "assign", guards, assigns=list(_rules(settings["Rules"])))
    if type_ == "Reboot" or type_ in PHASES:
        target = settings.get("Target") or action.rpartition(":")[2]
        value = PHASES.get(type_, "true" if target.lower() == "winpe" else "false")
        return Act(name, "phase", guards, assigns=[([], PHASE, value)])
    return Act(name, "restoring" if _restores(settings, action) else "mark", guards)


def _restores(settings: Mapping[str, str], action: str) -> bool:
    texts = [settings.get("CommandLine", ""), action]
    if "SourceScript" in settings:
        from base64 import b64decode

        texts = b64decode(settings["SourceScript"]).decode("utf-16").splitlines()
    return any(RESTORING.match(text) and " echo " not in text for text in texts)


def _rules(text: str) -> Iterator[tuple[list[Condition], str, str]]:
    for rule in etree.fromstring(text.encode()):
        for variable in rule.iterfind("Variables/Variable"):
            yield condition_of(rule), variable.get("Name", ""), variable.text or ""


# Which worlds there are


def _flat(acts: list[Act], outer: tuple[Condition, ...] = ()) -> Iterator[tuple[Act, tuple[Condition, ...]]]:
    for act in acts:
        guards = (*outer, *act.guards)
        yield act, guards
        yield from _flat(act.body, guards)


def _atoms(condition: Condition) -> Iterator[Condition]:
    if condition[0] in {"var", "test"}:
        yield condition
    else:
        for part in condition[1:]:
            yield from _atoms(part)


STATE_VARIABLES = ("osdmigrate",)


def worlds(acts: list[Act], mark: str) -> tuple[set[str], dict[Condition | str, list[str | None]]]:
    """The names on which events depend, and for each unknown (variable or other test) its possible values."""
    flat = list(_flat(acts))
    atoms: set[Condition] = set()
    assigned = {name.lower() for act, _ in flat for _, name, _ in act.assigns}
    names = {name for name in assigned if name.startswith(STATE_VARIABLES)}
    for act, guards in flat:
        if act.kind in {*EVENTS.values(), "restoring"} or act.name == mark:
            atoms.update(atom for guard in guards for atom in _atoms(guard))
    while True:
        names |= {atom[1] for atom in atoms if atom[0] == "var"}
        before = (len(names), len(atoms))
        for act, guards in flat:
            for rule, name, value in act.assigns:
                if name.lower() in names:
                    atoms.update(atom for guard in (*guards, *rule) for atom in _atoms(guard))
                    names.update(found.lower() for found in re.findall("%([^%]+)%", value))
        names |= {atom[1] for atom in atoms if atom[0] == "var"}
        if before == (len(names), len(atoms)):
            break
    domains: dict[Condition | str, list[str | None]] = {a: ["yes", None] for a in atoms if a[0] == "test"}
    for name in {atom[1] for atom in atoms if atom[0] == "var"}:
        words: set[str] = {atom[3] for atom in atoms if atom[0] == "var" and atom[1] == name} - {""}
        domains[name] = ["true", "false"] if name == PHASE else [None, "some other value", *sorted(words)]
    return names, domains


def _relevant(acts: list[Act], names: set[str], known: set[Condition | str], mark: str) -> list[Act]:
    kept = []
    for act in acts:
        atoms = {atom for guard in act.guards for atom in _atoms(guard)}
        # What runs only where something unknown holds need not run: it proves nothing.
        sure = known if all((a[1] if a[0] == "var" else a) in known for a in atoms) else set()
        if act.kind == "group":
            act.body = _relevant(act.body, names, sure, mark)
        assigns = any(name.lower() in names for _, name, _ in act.assigns)
        proves = act.only_in and PHASE in sure
        if act.body or assigns or proves or act.kind in {*EVENTS.values(), "restoring"} or act.name == mark:
            kept.append(act)
    return kept


# What happens in one world


@dataclass(slots=True)
class World:
    """The environment while the sequence runs, and what can be seen of it afterwards."""

    values: dict[Condition | str, str | None]
    mark: str = ""
    failed: bool = False  # a step was in the wrong system: what comes after it does not run
    reached: bool = False  # the step of this name ran before
    written: set[str] = field(default_factory=set)
    events: list[tuple[str, Act, dict[str, str]]] = field(default_factory=list)

    def holds(self, condition: Condition, *, excuse: bool = False, positive: bool = True) -> bool:
        """Whether a condition holds. With ``excuse`` every word on Windows PE counts in the step's favour."""
        head, *rest = condition
        if head == "test":
            return self.values[condition] is not None
        if head == "var":
            return (
                positive
                if excuse and rest[0] == PHASE
                else _compare(self.values.get(rest[0]), rest[1], rest[2])
            )
        if head == "not":
            return not any(self.holds(part, excuse=excuse, positive=not positive) for part in rest)
        truths = [self.holds(part, excuse=excuse, positive=positive) for part in rest]
        return all(truths) if head == "and" else any(truths)

    def run(self, acts: list[Act], names: set[str], *, excused: bool = False) -> None:
        """Execute. Below a guard that only Windows PE fails (``excused``) a Release still closes."""
        for act in acts:
            real = not excused and all(self.holds(guard) for guard in act.guards)
            lax = real or all(self.holds(guard, excuse=True) for guard in act.guards)
            if act.kind == "group":
                if lax:
                    self.run(act.body, names, excused=not real)
            elif real:
                self._do(act, names)
            elif lax and act.kind == "release":
                self.events.append(("excused release", act, {}))

    def _do(self, act: Act, names: set[str]) -> None:
        self.reached = self.reached or (act.name == self.mark and not self.failed)
        self.failed = self.failed or bool(act.only_in and self.values.get(PHASE, act.only_in) != act.only_in)
        for rule, name, value in act.assigns:
            if name.lower() in names and all(self.holds(guard) for guard in rule):
                text = re.sub("%([^%]+)%", lambda m: self.values.get(m[1].lower()) or m[0], value)
                self.values[name.lower()] = text.lower()
                self.written.add(name.lower())
        options = {
            name: self.values.get(name) or "" for name in self.written if name.startswith(STATE_VARIABLES)
        }
        self.events.append((act.kind, act, options))


def _compare(value: str | None, operator: str, wanted: str) -> bool:
    if operator in {"exists", "notexists"}:
        return (value is not None) == (operator == "exists")
    if operator in {"equals", "notequals"}:
        return (value == wanted) == (operator == "equals")
    raise CannotJudgeError(f"operator {operator}")


# What the rules say of it


@dataclass(slots=True)
class Verdict:
    """``findings``: (rule, step name). ``reached``: whether the marked step runs in some world."""

    findings: set[tuple[str, str]]
    reached: bool


def judge(sequence: _Element, called: Mapping[str, _Element], mark: str = "") -> Verdict:
    """The findings of ``JUDGED`` rules in a sequence. Raises CannotJudgeError if it cannot."""
    acts = read(sequence, called)
    names, domains = worlds(acts, mark)
    acts = _relevant(acts, names, set(domains), mark)
    count = 1
    for values in domains.values():
        count *= len(values)
    if count > MOST_WORLDS:
        raise CannotJudgeError(f"{count} worlds")
    runs, reached = [], False
    for combination in product(*domains.values()):
        world = World(dict(zip(domains, combination, strict=True)), mark)
        world.run(acts, names)
        runs.append(world.events)
        reached = reached or world.reached
    return Verdict(_findings(runs), reached)


Events = list[tuple[str, Act, dict[str, str]]]


def _findings(runs: list[Events]) -> set[tuple[str, str]]:
    closed: dict[str, set[bool]] = {}
    opened: dict[str, set[bool]] = {}
    found: set[tuple[str, str]] = set()
    blamed: dict[str, set[str]] = {}  # Restore -> Requests of the wrong kind
    for events in runs:
        session: Act | None = None
        seen = False
        for i, (kind, act, options) in enumerate(events):
            if kind == "request":
                session, seen = act, True
                closed.setdefault(act.name, set()).add(_closes(events[i + 1 :]))
            elif kind == "release":
                session = None
                opened.setdefault(act.name, set()).add(seen)
            elif kind == "capture":
                found |= _capture(act, options, session)
            elif kind == "restore":
                if session and session.settings["RequestType"] == "capture":
                    blamed.setdefault(act.name, set()).add(session.name)
                found |= _accounts(act, options, events[:i])
            seen = seen or kind in {"restore", "restoring"}
    found |= {
        ("TS101" if answers == {False} else "TS102", name)
        for name, answers in closed.items()
        if False in answers
    }
    found |= {("TS103", name) for name, answers in opened.items() if answers == {False}}
    return found | {
        ("TS108", name) for name, by in blamed.items() if any(("TS101", q) not in found for q in by)
    }


def _closes(events: Events) -> bool:
    for kind, _, _ in events:
        if kind in {"release", "excused release"}:
            return True
        if kind == "request":
            return False
    return False


def _effective(act: Act, options: dict[str, str], key: str, default: str) -> str:
    return options.get(f"osdmigrate{key.lower()}") or act.settings.get(key, default)


def _capture(act: Act, options: dict[str, str], session: Act | None) -> set[tuple[str, str]]:
    kind = session.settings["RequestType"] if session else ""
    links = act.settings.get("UseHardlinks") == "true"
    vss = _effective(act, options, "FileAccess", "normal") == "vss"
    verdicts = {"TS107": kind == "restore", "TS124": kind == "capture" and links, "TS130": links and vss}
    return {(rule, act.name) for rule, true in verdicts.items() if true}


def _accounts(act: Act, options: dict[str, str], before: Events) -> set[tuple[str, str]]:
    more = options.get("osdmigrateadditionalrestoreoptions", "")
    if _effective(act, options, "LocalAccounts", "false") == "true" or re.search(r"/lac(:|\s|$)", more):
        return set()
    for kind, capture, given in before:
        excluded = "/ue:%computername%\\*" in given.get("osdmigrateadditionalcaptureoptions", "").replace(
            '"', ""
        )
        if kind == "capture" and not excluded and _effective(capture, given, "Mode", "simple") == "simple":
            return {("TS142", act.name)}
    return set()
