"""The further rules: kinds written as data, in the notation of the examples in rules/."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from lxml import etree

from benchmarks.seeded.conditions import OPPOSITE
from benchmarks.seeded.material import APART, DEFECTS, LOOKALIKES, TIGHT, Material, kind, named
from tslint.rules.example import sequence_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from benchmarks.seeded.steps import Kit

TABLES = tuple(
    f"further_{part}.yaml"
    for part in (
        *("state", "settings", "environment", "security"),
        *("imaging", "bitlocker", "commands", "structure"),
    )
)
SEEDED = "HERE"  # how the name of the seeded step begins
ELEMENTS = ("group", "step")


def resolve(value: Any, rng: Random) -> Any:
    """The notation with each ``{pick: [...]}`` replaced by one of its values."""
    if isinstance(value, list):
        return [resolve(item, rng) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"pick"}:
        return resolve(rng.choice(value["pick"]), rng)
    return {key: resolve(item, rng) for key, item in value.items()}


def reworded(condition: Any, rng: Random) -> Any:
    """A condition that means the same: other case of the variable, negated twice, needlessly joined."""
    if isinstance(condition, dict):
        return {
            key: [reworded(part, rng) for part in told] if isinstance(told, list) else told
            for key, told in condition.items()
        }
    variable, operator, *value = condition.split(None, 2)
    name = rng.choice([variable, variable, variable.lower(), variable.upper()])
    text = " ".join([name, operator, *value])
    negated = " ".join([name, OPPOSITE[operator], *value])
    same = [text, text, {"not": [negated]}, {"not": [{"not": [text]}]}, {"all": [text, condition]}]
    return rng.choice([*same, {"any": [text, {"not": [negated]}]}])


def varied(step: dict[str, Any], rng: Random) -> dict[str, Any]:
    """A step or group that does the same, written differently."""
    step = dict(step)
    if "when" in step:
        step["when"] = reworded(step["when"], rng)
    if "steps" in step:
        return {**step, "steps": [varied(inner, rng) for inner in step["steps"]]}
    if step.keys() <= {"set", "to", "name", "when"} and rng.random() < 0.3:
        step["dynamic"] = [{"set": {step.pop("set"): step.pop("to")}}]
    moved = [key for key in ("when", "disabled") if key in step]
    if moved and rng.random() < 0.3:
        return {"group": "Group", **{key: step.pop(key) for key in moved}, "steps": [step]}
    return step


def build(case: dict[str, Any], k: Kit) -> Material:
    """The steps of a case, each under a name of its own; that of the target begins with HERE."""
    steps = [varied(step, k.rng) for step in resolve(case["steps"], k.rng)]
    text = sequence_xml(steps, lite_touch=k.mdt)
    nodes = list(etree.fromstring(text).iterchildren(*ELEMENTS))
    target = ""
    for node in nodes:
        for element in node.iter(*ELEMENTS):
            name = f"{element.get('name')} {k.tag}-{k.number()}"
            target = name if name.startswith(SEEDED) else target
            element.set("name", name)
    level = case["level"] if target else ""
    needs = {case.get("needs", ""), APART if case.get("apart") else "", TIGHT if case.get("tight") else ""}
    return Material(nodes, target, level, frozenset(needs - {""}), case.get("avoid", ""))


def cases(rules: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Rule, side (found or silent), kind and case; what a rule says of all its cases stands in each."""
    for rule, entry in rules.items():
        common = {key: value for key, value in entry.items() if key not in {"found", "silent"}}
        for side in ("found", "silent"):
            for name, case in entry[side].items():
                own = case if isinstance(case, dict) else {"steps": case}
                yield rule, side, name, {**common, **own}


def _read() -> dict[str, Any]:
    rules: dict[str, Any] = {}
    for table in TABLES:
        rules |= yaml.safe_load((Path(__file__).parent / table).read_text(encoding="utf-8"))
    return rules


FURTHER = _read()
FURTHER_RULES = tuple(sorted(FURTHER))
for _rule, _side, _name, _case in cases(FURTHER):
    _kinds = DEFECTS if _side == "found" else LOOKALIKES
    kind(_kinds, _rule)(named(partial(build, _case), _name))
