"""A document's XML to the model."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from tslint.model.read_condition import read_conditions
from tslint.model.sequence import ATTRIBUTES, Group, Node, Setting, Step, TaskSequence
from tslint.model.step_type import short_type
from tslint.model.xml import local_name, whole_text
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from tslint.model.condition import Condition
    from tslint.model.sequence import Engine
    from tslint.source.document import Document

_NODES = {"group", "step", "subtasksequence"}


def engine_of(document: Document) -> Engine:
    """Return what runs a document's sequence: its form tells (only MDT names ``<sequence>``)."""
    return "lite-touch" if document.form == "lite-touch" else "configmgr"


def read(document: Document, *, steps: bool = True) -> TaskSequence:
    """Read one document. Never fails: what is not understood is left out, and element numbers stay true.

    With ``steps=False`` only what the sequence is: reading the steps is most of the work.
    """
    root = document.sequence
    children, variables, listed = _Reader().body(root) if steps else ((), {}, None)
    package = document.package
    return TaskSequence(
        document=document,
        engine=engine_of(document),
        name=shortened(package.get("Name") or root.get("name") or ""),
        package_id=package.get("PackageID", ""),
        children=children,
        variables=variables,
        references=None if listed is None else tuple(r.get("package") or "" for r in listed),
        listed=tuple(
            (r.get("package") or r.get("application") or "", r.get("program") or "") for r in listed or ()
        ),
    )


class _Reader:
    """Walks the tree in document order and counts elements as it goes (a place is an element's number)."""

    def __init__(self) -> None:
        self._count = 0

    def _next(self) -> int:
        index = self._count
        self._count += 1
        return index

    def _skip(self, element: _Element) -> None:
        self._count += sum(1 for _ in element.iter("*"))

    def body(self, root: _Element) -> tuple[tuple[Node, ...], dict[str, str], tuple[_Element, ...] | None]:
        self._next()
        children: list[Node] = []
        variables: dict[str, str] = {}
        references: tuple[_Element, ...] | None = None
        for child in root:
            tag = local_name(child)
            if tag in _NODES:
                children.append(self._node(child, tag))
                continue
            if tag == "globalvarlist":
                variables |= {(v.get("name") or "").lower(): whole_text(v) for v in child.iter("variable")}
            elif tag == "referencelist":
                references = tuple(child.iter("reference"))
            if tag:
                self._skip(child)
        return tuple(children), variables, references

    def _node(self, element: _Element, tag: str) -> Node:
        return self._group(element) if tag == "group" else self._step(element, tag)

    def _group(self, element: _Element) -> Group:
        index = self._next()
        given = _attributes(element)
        conditions: list[Condition] = []
        children: list[Node] = []
        for child in element:
            tag = local_name(child)
            if tag in _NODES:
                children.append(self._node(child, tag))
            elif tag:
                conditions += self._conditions(child, tag)
        return Group(
            element=index,
            name=shortened(given.get("name", "")),
            attributes=given,
            condition=_all_of(conditions, index),
            disabled=_is_true(given.get("disable")),
            continue_on_error=_is_true(given.get("continueOnError")),
            children=tuple(children),
        )

    def _conditions(self, element: _Element, tag: str) -> Iterable[Condition]:
        """Count one element that is no step, and read it where it is a condition."""
        first = self._count
        self._skip(element)
        if tag == "condition":
            return read_conditions(element, first + 1)
        if tag == "expression":  # old MDT templates write it directly under the step
            return read_conditions([element], first)
        return ()

    def _step(self, element: _Element, tag: str) -> Step:
        index = self._next()
        given = _attributes(element)
        settings: dict[str, Setting] = {}
        conditions: list[Condition] = []
        action, action_index = "", index
        for child in element:
            inner = local_name(child)
            if inner == "defaultvarlist":
                self._settings(child, settings)
            elif inner == "action":
                action_index = self._next()
                action = whole_text(child)
                self._count += sum(1 for _ in child.iter("*")) - 1
            elif inner:
                conditions += self._conditions(child, inner)
        child_id = None
        if tag == "subtasksequence":
            called = settings.get("tspackageid")
            child_id = called.value.strip() if called else ""
        return Step(
            element=index,
            name=shortened(given.get("name", "")),
            type="SubTasksequence" if tag == "subtasksequence" else short_type(given.get("type", "")),
            attributes=given,
            settings=settings,
            action=action,
            action_element=action_index,
            condition=_all_of(conditions, index),
            disabled=_is_true(given.get("disable")),
            continue_on_error=_is_true(given.get("continueOnError")),
            child=child_id,
        )

    def _settings(self, element: _Element, into: dict[str, Setting]) -> None:
        """Read ``<defaultVarList>``: most elements stand in one, so this is written for speed.

        The names are the same in thousands of steps: kept once, they do not count in memory.
        """
        index = self._count
        for child in element.iter("*"):
            if child is element:
                continue
            index += 1
            if child.getparent() is not element:
                continue
            get = child.get
            name, property_name = get("name") or "", get("property") or ""
            value = (child.text or "") if len(child) == 0 else whole_text(child)
            setting = Setting(intern(name), intern(property_name), value, get("hidden") == "true", index)
            into[intern((property_name or name).lower())] = setting
        self._count = index + 1


def _attributes(element: _Element) -> dict[str, str]:
    """Return the attributes that are kept; what thousands of steps say alike is kept once."""
    return {name: intern(value) for name in ATTRIBUTES if (value := element.get(name)) is not None}


def _is_true(value: str | None) -> bool:
    return value is not None and value.strip().lower() == "true"


def _all_of(conditions: list[Condition], index: int) -> Condition | None:
    if not conditions:
        return None
    if len(conditions) == 1:
        return conditions[0]
    from tslint.model.condition import Combination

    return Combination("and", tuple(conditions), index)
