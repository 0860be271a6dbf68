"""Whether a mended sequence is still written as the console writes one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from tests.linting import TABLES
from tslint.catalogue.table_files import catalogue_words
from tslint.model.step_type import short_type
from tslint.rules.builtin import builtin_step_kinds
from tslint.rules.compile import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = catalogue_words(CHECKOUT / "rules")
_ATTRIBUTES = {
    *("type", "name", "description", "disable", "continueOnError", "runIn", "successCodeList"),
    *("retryCount", "runFromNet", "timeout", "startIn"),
}
_INSIDE = ["condition", "action", "defaultVarList"]


def faults(before: str, after: str) -> list[str]:
    """Say what no console would have written, of the steps that are not as they were before."""
    known = Counter(map(_written, _steps(before)))
    changed = [step for step in _steps(after) if not _taken(known, _written(step))]
    return [fault for step in changed for fault in _faults(step)]


def untouched(before: str, after: str, named: set[str]) -> list[str]:
    """Name the steps and groups that changed although the mend does not name them."""
    left = Counter(map(_written, _steps(after)))
    return [
        name
        for step in _steps(before)
        if (name := step.get("name", "")) not in named and not _taken(left, _written(step))
    ]


def _taken(counter: Counter[str], key: str) -> bool:
    counter[key] -= 1
    return counter[key] >= 0


def _steps(text: str) -> Iterator[etree._Element]:
    return etree.fromstring(text.encode()).iter("step", "subtasksequence")


def _written(step: etree._Element) -> str:
    """The step without its layout."""
    return re.sub(r">\s+<", "><", etree.tostring(step, encoding="unicode", with_tail=False))


def _faults(step: etree._Element) -> Iterator[str]:
    kind = short_type(step.get("type", ""))
    name = step.get("name", "")
    if kind not in TABLES.steps and kind != "SubTasksequence":
        return
    yield from (f"'{name}' has an attribute {key}" for key in set(step.attrib) - _ATTRIBUTES)
    for key in ("disable", "continueOnError"):
        if step.get(key) not in (None, "true"):
            yield f"'{name}' writes {key} though it is not true"
    tags = [child.tag for child in step]
    if tags != [tag for tag in _INSIDE if tag in tags]:
        yield f"'{name}' holds {tags}"
    yield from _setting_faults(step, kind)


def _setting_faults(step: etree._Element, kind: str) -> Iterator[str]:
    notation = builtin_step_kinds()[kind]
    known, names = _WORDS.settings[kind.lower()], dict(notation.names)
    settings = {}
    for variable in step.iterfind("defaultVarList/variable"):
        key = variable.get("property", "")
        settings[key] = variable.text or ""
        if key.lower() not in known:
            yield f"{kind} has no property {key}"
        if variable.get("name") != names.get(key, notation.prefix + key):
            yield f"{kind} calls {key} {variable.get('name')}"
        if (variable.get("hidden") == "true") != (key in notation.hidden):
            yield f"{kind} has {key} hidden or not hidden"
    if list(settings) != sorted(settings, key=str.lower):
        yield f"{kind} has its settings in the order {list(settings)}"
    wanted = re.sub(r"\{(\w+)\}", lambda found: settings.get(found[1], ""), notation.action).rstrip()
    action = step.findtext("action") or ""
    # a console may write more switches, and between these
    if wanted and not (action.startswith(wanted) or set(wanted.split()) <= set(action.split())):
        yield f"{kind} has the action {action}, not {wanted}"
