"""Cases: material put into a host at a random place, with a label that the oracle agrees with."""

from __future__ import annotations

import re
from base64 import b64decode
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING

from lxml import etree

# Importing these fills DEFECTS and LOOKALIKES.
from benchmarks.seeded import (  # noqa: F401
    session_defects,
    session_lookalikes,
    setting_defects,
    setting_lookalikes,
)
from benchmarks.seeded.exports import CHILD, Export
from benchmarks.seeded.further import FURTHER_RULES
from benchmarks.seeded.hosts import own_host
from benchmarks.seeded.material import (
    APART,
    DEFECTS,
    LAST_RESTART,
    LOOKALIKES,
    PHASE_OPEN,
    RULES,
    TIGHT,
    Build,
    Material,
)
from benchmarks.seeded.oracle import JUDGED, ONLY_IN, CannotJudgeError, Verdict, judge
from benchmarks.seeded.steps import Kit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

RESTARTS = ("Reboot", "PrepareOS", "SetupWindows", "UpgradeOperatingSystem")
# In a host with state migration of its own only the oracle can label; other rules keep away from such hosts.
OWN_STATE = re.compile(
    r"(?i)StateStore|UserState|OSDMigrate|scanstate|loadstate|usmtutils|SMSTSRebootRequested"
)
ANY_HOST = set(JUDGED) - {"TS142"}
HOLES = re.compile(r"(?i)BDD_Gather|ZTIGather|UDIWizard")
TRIES = 300
ALL_RULES = (*RULES, *FURTHER_RULES)
# What a host may hold that changes the label of some further kinds.
AVOID = {
    "osd": re.compile(r"ApplyOperatingSystem|PartitionDisk|SetupWindows|UpgradeOperatingSystem"),
    "mdt": re.compile(r"(?i)BDD_|\b(?:ZTI|LTI|UDI)\w+\.(?:wsf|vbs|hta|exe)"),
    "restore": re.compile(r"(?i)restor|user ?state|usmt"),
    "child": re.compile(r"<subtasksequence"),
    "media": re.compile(r"_SMSTSMediaType"),
    "joins": re.compile(r"JoinDomainWorkgroup|ApplyNetworkSettings"),
    "captures": re.compile(r"Capture(Network|Windows)Settings"),
    # Scripts, which may set any variable.
    "scripts": re.compile(r"(?i)BDD_Gather|PowerShellScript|\.(?:ps1|vbs|vbe|wsf|js|hta|cmd|bat)\b"),
    "updates": re.compile(r"InstallUpdate"),
    # What ends, prepares or restarts a computer by a command.
    "ends": re.compile(r"(?i)sysprep|shutdown|stop-computer|restart-computer|\breboot\b"),
    "prepares": re.compile(r"(?i)PrepareOS|sysprep|CaptureSystemImage|AutopilotConfigurationFile"),
    # What asks after a failure, or goes on after one.
    "asks": re.compile(r"(?i)_SMSTSLastAction|_SMSTSOSUpgradeActionReturnCode|_TS_CR"),
    "swallows": re.compile(r'(?i)continueOnError="true"'),
    "bitlocker": re.compile(r"(?i)bitlocker|manage-bde|mbam|\bztibde"),
    "protects": re.compile(r"(?i)recovery.?(?:password|key)|-rp\b|mbam|backup.?to|adbackup|escrow"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where steps can be inserted; ``order`` counts as the sequence runs."""

    parent: _Element
    index: int
    order: int
    plain: bool  # no condition on the way down
    open_phase: bool


@dataclass(slots=True)
class Walk:
    """The slots of an export, and where its last restart is."""

    export: Export
    slots: list[Slot]
    last_restart: int = -1
    order: int = 0
    open_phase: bool = True

    def down(self, container: _Element, *, plain: bool, open_phase: bool) -> None:
        for index, child in enumerate(container):
            if child.tag not in {"group", "step", "subtasksequence"}:
                continue
            self._slot(container, index, plain=plain, open_phase=open_phase)
            kind = child.get("type", "") if child.tag == "step" else ""
            if any(word in kind for word in RESTARTS):
                self.last_restart, self.open_phase = self.order, False
            self.open_phase = self.open_phase and not any(word in kind for word in ONLY_IN)
            if child.tag == "step" or child.get("disable") == "true":
                continue
            condition = child.find("condition")
            text = "" if condition is None else etree.tostring(condition, encoding="unicode").lower()
            inner = child if child.tag == "group" else self._called(child)
            # Groups for failures ("gather logs") do not run on the paths that count.
            if inner is not None and "_smstslastaction" not in text:
                self.down(inner, plain=plain and not text, open_phase=open_phase and "inwinpe" not in text)
        self._slot(container, len(container), plain=plain, open_phase=open_phase)

    def _slot(self, parent: _Element, index: int, *, plain: bool, open_phase: bool) -> None:
        self.order += 1
        self.slots.append(Slot(parent, index, self.order, plain, open_phase and self.open_phase))

    def _called(self, call: _Element) -> _Element | None:
        ids = [v.text or "" for v in call.iterfind(".//variable") if v.get("name") == CHILD]
        return self.export.sequences.get(ids[0]) if len(ids) == 1 else None


@dataclass
class Case:
    """One generated export. ``names`` are the inserted steps; ``target`` is "" for a look-alike."""

    rule: str
    kind: str
    export: Export
    target: str
    level: str
    names: frozenset[str]

    @cached_property
    def verdict(self) -> Verdict:
        """What the oracle says of the whole export."""
        verdicts = [judge(root, self.export.sequences, self.target) for root in self.export.roots()]
        return Verdict(set().union(*(v.findings for v in verdicts)), any(v.reached for v in verdicts))

    def label_holds(self) -> bool:
        """Whether the oracle agrees; of a rule it does not judge it only knows whether the step can run."""
        if not self.target:
            return not any((self.rule, name) in self.verdict.findings for name in self.names)
        if self.rule in JUDGED:
            return (self.rule, self.target) in self.verdict.findings
        return self.verdict.reached

    def levels(self) -> set[str]:
        """The levels to accept: behind a step that may do anything a finding may be a note."""
        return {self.level, "note"} if _has_hole(self.export) else {self.level}


def _has_hole(export: Export) -> bool:
    for sequence in export.sequences.values():
        if HOLES.search(etree.tostring(sequence, encoding="unicode")):
            return True
        called = [v.text for v in sequence.iterfind(".//subtasksequence//variable") if v.get("name") == CHILD]
        if any(package_id not in export.sequences for package_id in called):
            return True
    return False


def dressed(kit: Kit, material: Material) -> list[_Element]:
    """The material with harmless steps between, in groups of no effect, at times all under one condition."""
    rng = kit.rng
    nodes: list[_Element] = []
    for node in material.nodes:
        nodes += [] if TIGHT in material.needs else [kit.noise() for _ in range(rng.choice([0, 0, 1, 2]))]
        nodes.append(node)
    for _ in range(rng.choice([0, 1, 2])):
        low = rng.randrange(len(nodes))
        high = rng.randint(low + 1, len(nodes))
        nodes[low:high] = [kit.group(*nodes[low:high])]
    if rng.random() < 0.3:
        nodes = [kit.group(*nodes, when=kit.unrelated())]
    return nodes


def insert(nodes: list[_Element], material: Material, export: Export, rng: Random, *, spread: bool) -> bool:
    """Put the nodes into the export in their order, in one place or spread; False if no place is fit."""
    walk = Walk(export, [])
    for root in export.roots():
        walk.down(root, plain=True, open_phase=True)
    slots = [
        slot for slot in walk.slots if LAST_RESTART not in material.needs or slot.order > walk.last_restart
    ]
    slots = [slot for slot in slots if PHASE_OPEN not in material.needs or slot.open_phase]
    reads_phase = any("InWinPE" in etree.tostring(node, encoding="unicode") for node in nodes)
    plain = [slot for slot in slots if slot.plain]
    if spread and plain and not reads_phase:
        places = sorted((rng.choice(plain) for _ in nodes), key=lambda slot: slot.order)
    elif slots:
        places = [rng.choice(slots)] * len(nodes)
    else:
        return False
    # The last first: what is inserted later in a parent does not move the earlier places.
    for slot, node in reversed(list(zip(places, nodes, strict=True))):
        slot.parent.insert(slot.index, node)
    return True


def _text(export: Export) -> str:
    """The XML of an export, and its inline scripts in clear text."""
    texts = []
    for sequence in export.sequences.values():
        texts.append(etree.tostring(sequence, encoding="unicode"))
        scripts = [
            v.text or "" for v in sequence.iterfind(".//variable") if "SourceScript" in v.get("name", "")
        ]
        texts += [b64decode(script).decode("utf-16", "replace") for script in scripts]
    return "\n".join(texts)


def _usable(rule: str, export: Export) -> bool:
    return rule in ANY_HOST or not OWN_STATE.search(_text(export))


def make_case(number: int, rule: str, build: Build, rng: Random, hosts: Sequence[Export]) -> Case:
    """One case of the kind ``build``, in one of ``hosts``, or in a host of our own when there are none."""
    for _ in range(TRIES):
        # Long sequences more often than the many that hold a single step.
        export = (
            deepcopy(rng.choices(hosts, [host.weight() for host in hosts])[0]) if hosts else own_host(rng)
        )
        mdt = export.form == "wrapper" if not hosts else _has_hole(export)
        kit = Kit(rng, "mdt" if mdt else "console", f"m{number}")
        material = build(kit)
        nodes = dressed(kit, material)
        names = frozenset(step.get("name", "") for node in nodes for step in node.iter("step"))
        apart = rule in RULES or APART in material.needs
        spread = apart and not hosts and rng.random() < 0.4
        text = _text(export)
        changes = any(AVOID[word].search(text) for word in material.avoid.split())
        if changes or not insert(nodes, material, export, rng, spread=spread):
            continue
        case = Case(rule, build.__name__, export, material.target, material.level, names)
        try:
            if case.label_holds():
                return case
        except CannotJudgeError:
            continue
        # A real host may make its own places unreachable, as a test of the phase in further kinds may.
        if not hosts and rule in RULES:
            raise AssertionError(f"the label of {rule} {build.__name__} (m{number}) is wrong")
    raise AssertionError(f"no place found for {rule} {build.__name__}")


def generate(seed: int, count: int, base: Sequence[Export] = ()) -> Iterator[Case]:
    """``count`` defects and ``count`` look-alikes, spread evenly over the rules and their kinds."""
    rng = Random(seed)
    hosts = {rule: [export for export in base if _usable(rule, export)] for rule in ALL_RULES}
    number = 0
    for kinds in (DEFECTS, LOOKALIKES):
        builds = {rule: cycle(kinds[rule]) for rule in ALL_RULES}
        for _, rule in zip(range(count), cycle(ALL_RULES), strict=False):
            number += 1
            yield make_case(number, rule, next(builds[rule]), rng, hosts[rule])
