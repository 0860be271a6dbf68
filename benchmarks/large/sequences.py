"""Large sequences: nested guards, re-assigned variables, error handlers, restarts both ways, two sessions.

What is planted is certain: each fault comes to pass in a run of the tests' interpreter on some computer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.large.faults import ANYWHERE, OF_SESSION, Fault, Nodes, in_handler, session
from tests.flow.interpreter import Computer, run

# Parts of a deployment, with their parts of its steps.
PARTS = {"prepare": 0.16, "capture": 0.06, "image": 0.1, "drivers": 0.18, "configure": 0.34, "finish": 0.16}
# Computers on which a fault may come to pass; where it does on none, the sequence is drawn anew.
COMPUTERS, DRAWS = 200, 100
NOT_IN_WINPE, IN_WINPE = "_SMSTSInWinPE equals false", "_SMSTSInWinPE equals true"
_MODELS = "SELECT * FROM Win32_ComputerSystem WHERE Model"
VALUES = ("True", "False", "A", "B", "C")


@dataclass
class Large:
    """A sequence in the compact notation, and what is planted in it."""

    nodes: Nodes
    faults: list[Fault] = field(default_factory=list)


def draw(seed: int, steps: int, variables: int) -> Large:
    """Draw a sequence of so many steps that speaks of so many variables."""
    for number in range(DRAWS):
        made = _Maker(Random(f"{seed} {steps} {variables} {number}"), steps, variables).make()
        if _comes_to_pass(made, Random(seed)):
            return made
    raise RuntimeError(f"seed {seed}: no computer shows the faults")


def _comes_to_pass(made: Large, rng: Random) -> bool:
    """Whether some computer shows each fault: in a handler where steps fail, elsewhere where none does."""
    asked = sorted(_queries(made.nodes))
    hidden = list(made.faults)
    for number in range(COMPUTERS):
        failing = number % 2 == 1
        computer = _computer(rng, asked, failing=failing)
        run(made.nodes, computer)
        trace = [name for name, _, _ in computer.trace]
        if computer.misplaced:  # it fails there, so that nothing after it comes to pass
            trace = trace[: trace.index(computer.misplaced[0]) + 1]
        hidden = [fault for fault in hidden if fault.handler != failing or not fault.shows(trace)]
        if not hidden:
            return True
    return False


def _queries(part: Any) -> set[str]:
    """What sequences ask of hardware and disk, in conditions of any depth."""
    if isinstance(part, list):
        return set().union(*map(_queries, part))
    if not isinstance(part, dict):
        return set()
    found = {part[how] for how in ("wmi", "folder") if how in part}
    return found.union(*(_queries(inner) for inner in part.values()))


class _Domains(dict[str, tuple[str | None, ...]]):
    def __missing__(self, name: str) -> tuple[str | None, ...]:
        return (None, *VALUES)

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ARG002 - every variable has a domain
        return self[name]


def _computer(rng: Random, asked: list[str], *, failing: bool) -> Computer:
    """A computer of random variables; ``failing`` lets one in seven fail of the steps that may."""

    def choose(count: int) -> int:
        return int(failing and rng.random() < 0.15) if count == 2 else rng.randrange(count)

    domains = _Domains(
        {"_smstsinwinpe": ("false", "false", "true"), "_smstslastactionsucceeded": ("true", "true", "false")}
    )
    return Computer(
        {}, {text: rng.random() < 0.7 for text in asked}, choose=choose, unsettled=domains, proving=True
    )


class _Maker:
    def __init__(self, rng: Random, steps: int, variables: int) -> None:
        self.rng, self.steps = rng, steps
        self.variables = [f"{rng.choice(('Opt', 'Is', 'Do', 'OSD'))}{n}" for n in range(variables)]
        self.count = 0
        self.restarts = 0.0  # of so many steps
        self.faults: list[Fault] = []

    def make(self) -> Large:
        """A deployment in order, or one that grew: phases under conditions, restarts all over."""
        nodes = self.deployment() if self.rng.random() < 0.5 else self.grown()
        return Large(nodes, self.faults)

    def deployment(self) -> Nodes:
        rng = self.rng
        parts = {name: self.stretch(int(self.steps * part)) for name, part in PARTS.items()}
        spoiled = rng.choice(["capture", "restore"])
        for fault in self.planted():
            where = fault.phase or rng.choice(sorted(PARTS))
            self.insert(parts[where], fault.nodes)
            self.faults.append(fault)
        capture = self.session("capture", spoiled, parts["capture"])
        restore = self.session("restore", spoiled, self.stretch(int(self.steps * 0.04)))
        to_winpe = {"restart": "WinPE", "name": "Restart in Windows PE", "when": NOT_IN_WINPE}
        return [
            {"group": "Prepare", "steps": parts["prepare"]},
            {
                "group": "Capture user state",
                "steps": capture,
                "when": [NOT_IN_WINPE, "DoUserState equals True"],
            },
            to_winpe,
            {"group": "Install operating system", "steps": [*self.disk(), *parts["image"]]},
            {"group": "Drivers", "steps": parts["drivers"]},
            {"step": "SetupWindowsAndSMS", "name": "Setup Windows and Configuration Manager"},
            {"group": "Configure", "steps": [*parts["configure"], self.restart()]},
            {"group": "Restore user state", "steps": restore, "when": "DoUserState equals True"},
            {"group": "Finish", "steps": parts["finish"]},
        ]

    def grown(self) -> Nodes:
        rng = self.rng
        self.restarts = 0.08
        phases = [self.phase() for _ in range(max(2, self.steps // 20))]
        spoiled = rng.choice(["capture", "restore"])
        for mode, phase in zip(
            ("capture", "restore"), sorted(rng.sample(range(len(phases)), 2)), strict=True
        ):
            found = self.session(mode, spoiled, [])
            for step in found:
                step.setdefault("when", self.guard())
            phases[phase]["steps"] += found
        for fault in self.planted():
            self.insert(rng.choice(phases)["steps"], fault.nodes)
            self.faults.append(fault)
        return phases

    def phase(self) -> dict[str, Any]:
        inner = {"group": self.name("Group"), "when": self.guard(), "steps": [self.step() for _ in range(7)]}
        steps = [inner, *(self.step() for _ in range(12))]
        found = {"group": self.name("Phase"), "when": self.guard(), "steps": steps}
        if self.rng.random() < 0.2:
            found["continueOnError"] = True
        return found

    def planted(self) -> list[Fault]:
        """Two, and one that comes to pass only after a failure; the session has its own."""
        rng = self.rng
        first, second = rng.sample(ANYWHERE, 2)
        third = rng.choice(ANYWHERE[:2])
        return [first("Planted 1"), second("Planted 2"), in_handler(third("Planted 3"), 0)]

    def insert(self, nodes: Nodes, planted: Nodes) -> None:
        """Put steps at some place in groups or beside them."""
        groups = [node["steps"] for node in nodes if "group" in node and not _last_action(node)]
        if groups and self.rng.random() < 0.7:
            return self.insert(self.rng.choice(groups), planted)
        at = self.rng.randint(0, len(nodes))
        nodes[at:at] = planted
        return None

    def session(self, mode: str, spoiled: str, noise: Nodes) -> Nodes:
        kind = self.rng.choice(OF_SESSION[mode]) if mode == spoiled else ""
        made = session(mode, mode, kind)
        if made.fault:
            self.faults.append(made.fault)
        middle = [self.step() for _ in range(self.rng.randint(0, 2))]
        half = len(noise) // 2
        request, work, release = made.nodes
        return [*noise[:half], request, *middle, work, release, *noise[half:]]

    def disk(self) -> Nodes:
        uefi = self.rng.choice(["true", "false"])
        return [
            {"step": "PartitionDisk", "name": "Partition Disk", "when": f"_SMSTSBootUEFI equals {uefi}"},
            {"step": "ApplyOperatingSystem", "name": "Apply Operating System"},
            {"step": "ApplyWindowsSettings", "name": "Apply Windows Settings"},
        ]

    def restart(self) -> dict[str, Any]:
        return {"restart": "HD", "name": "Restart Computer", "when": self.guard()}

    # What surrounds it

    def stretch(self, count: int, depth: int = 0) -> Nodes:
        """So many steps, in groups under conditions, in attempts with their handlers, and beside them."""
        rng, found = self.rng, []
        while count > 0:
            if depth < 4 and count > 2 and rng.random() < 0.3:
                inner = rng.randint(2, min(count, 14))
                group: dict[str, Any] = {"group": self.name("Group"), "steps": self.stretch(inner, depth + 1)}
                if rng.random() < 0.65:
                    group["when"] = self.guard()
                if rng.random() < 0.12:
                    group["continueOnError"] = True
                found.append(group)
                count -= inner
            elif count > 3 and rng.random() < 0.05:
                found += self.attempt()
                count -= 4
            else:
                found.append(self.step())
                count -= 1
        return found

    def name(self, what: str) -> str:
        self.count += 1
        return f"{what} {self.count}"

    def step(self) -> dict[str, Any]:
        rng = self.rng
        kind = rng.random()
        if rng.random() < self.restarts:
            step: dict[str, Any] = {"restart": rng.choice(["WinPE", "HD"]), "name": self.name("Restart")}
        elif kind < 0.58:
            step = {"run": f"cmd.exe /c do{self.count}.cmd", "name": self.name("Run")}
        elif kind < 0.8:
            step = {"set": self.variable(), "to": rng.choice(VALUES), "name": self.name("Set")}
        elif kind < 0.85:
            rules = [{"when": self.test(), "set": {self.variable(): rng.choice(VALUES)}} for _ in range(2)]
            step = {"dynamic": rules, "name": self.name("Dynamic")}
        elif kind < 0.93:
            step = {"powershell": f"Start-Process setup{self.count}.exe -Wait", "name": self.name("Script")}
        else:
            step = {"run": f"tool{self.count}.exe", "package": "LAB0000A", "name": self.name("Tool")}
        if rng.random() < 0.4:
            step["when"] = self.guard()
        if rng.random() < 0.15:
            step["continueOnError"] = True
        if rng.random() < 0.03:
            step["disabled"] = True
        return step

    def attempt(self) -> Nodes:
        """Something that may fail, and what is done about it."""
        rng = self.rng
        tried = [self.step(), self.step()]
        kept = {"set": "StepSucceeded", "to": "%_SMSTSLastActionSucceeded%", "name": self.name("Keep")}
        failed = rng.choice(
            [
                "_SMSTSLastActionSucceeded equals false",
                "_SMSTSLastActionSucceeded notEquals true",
                "_SMSTSLastActionRetCode notEquals 0",
            ]
        )
        group = {"group": self.name("Attempt"), "continueOnError": True, "steps": tried}
        handler = {"group": self.name("On error"), "when": failed, "steps": [self.step()]}
        if rng.random() < 0.4:
            return [group, kept, self.step(), {**handler, "when": "StepSucceeded equals false"}]
        return [group, handler]

    # Conditions

    def variable(self) -> str:
        return self.rng.choice(self.variables)

    def test(self) -> Any:
        rng = self.rng
        kind = rng.random()
        if kind < 0.55:
            operator = rng.choice(["equals", "equals", "equals", "notEquals"])
            return f"{self.variable()} {operator} {rng.choice(VALUES)}"
        if kind < 0.68:
            return f"{self.variable()} {rng.choice(['exists', 'notExists'])}"
        if kind < 0.76:
            return rng.choice([NOT_IN_WINPE, IN_WINPE])
        if kind < 0.82:
            return rng.choice(
                [
                    "_SMSTSMediaType notEquals FullMedia",
                    "_SMSTSBootUEFI equals true",
                    "_SMSTSLaunchMode equals SMS",
                ]
            )
        if kind < 0.97:
            model = rng.randrange(40)
            return {"wmi": f"{_MODELS} LIKE '%M{model}%'"}
        return {"folder": rf"%SystemDrive%\Data{rng.randrange(5)}"}

    def guard(self) -> Any:
        """A condition as they stand in real sequences: mostly one test, or some models, or both."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.6:
            return self.test()
        if kind < 0.75:
            return [self.test(), self.test()]
        if kind < 0.92:
            return {"any": [self.test() for _ in range(rng.randint(2, 4))]}
        if kind < 0.97:
            return {"not": [self.test() for _ in range(rng.randint(1, 2))]}
        return {"all": [self.test(), {"any": [self.test(), {"not": [self.test()]}]}]}


def _last_action(node: dict[str, Any]) -> bool:
    """Whether a group is a handler, or what it handles: what is put there may change what it means."""
    return node["group"].startswith(("Attempt", "On error"))
