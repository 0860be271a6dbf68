"""Ways to write a task sequence differently that change nothing of what it does.

Each takes the element ``<sequence>`` of a copy and changes it in place. Steps and groups that stood in it
keep the attribute MARK, by which their findings are found again; what is added has none.
"""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

MARK = "tests-mark"
NODES = ("group", "step", "subtasksequence")
# What may stand in a sequence before its steps.
HEAD = ("globalVarList", "referenceList", "condition", "action", "defaultVarList")

CHANGES: dict[str, Callable[[_Element], None]] = {}


def change(how: Callable[[_Element], None]) -> Callable[[_Element], None]:
    CHANGES[how.__name__.replace("_", " ")] = how
    return how


def marked(sequence: _Element) -> _Element:
    """A copy of a sequence whose steps and groups are marked."""
    copy = etree.fromstring(etree.tostring(sequence, with_tail=False))
    for number, node in enumerate(copy.iter(*NODES)):
        node.set(MARK, str(number))
    return copy


def _nodes(sequence: _Element) -> list[_Element]:
    return [node for node in sequence.iter(*NODES) if _is_run(node)]


def _is_run(node: _Element) -> bool:
    """Whether a node is one of the sequence's own, and not text of something else."""
    parent = node.getparent()
    return parent is not None and parent.tag in ("sequence", "group")


def _group(like: _Element, name: str) -> _Element:
    """A group with the attributes that this kind of file writes."""
    group = etree.Element("group", name=name, description="")
    if like.getroottree().getroot().get("name") is not None:  # Lite-Touch
        group.set("disable", "false")
        group.set("continueOnError", "false")
    return group


@change
def wrapped_in_a_group(sequence: _Element) -> None:
    group = _group(sequence, "Everything")
    inside = [child for child in sequence if child.tag in NODES]
    if inside:
        sequence.insert(sequence.index(inside[0]), group)
        group.extend(inside)


@change
def each_step_in_a_group_of_its_own(sequence: _Element) -> None:
    for number, step in enumerate(_nodes(sequence)):
        parent = step.getparent()
        if step.tag != "group" and parent is not None:
            group = _group(sequence, f"Own {number}")
            parent.replace(step, group)
            group.append(step)


@change
def groups_and_steps_renamed(sequence: _Element) -> None:
    for number, node in enumerate(_nodes(sequence)):
        node.set("name", f"Element {number:05}")


@change
def indented(sequence: _Element) -> None:
    etree.indent(sequence, space="    ")


@change
def on_one_line(sequence: _Element) -> None:
    for element in sequence.iter("*"):
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None


@change
def with_comments_between(sequence: _Element) -> None:
    for node in _nodes(sequence):
        node.addprevious(etree.Comment(" what comes next "))


@change
def with_a_disabled_copy_after_each_step(sequence: _Element) -> None:
    for node in _nodes(sequence):
        if node.tag != "group":
            copy = deepcopy(node)
            copy.tail = None
            copy.attrib.pop(MARK, None)
            copy.set("disable", "true")
            node.addnext(copy)


@change
def with_a_disabled_copy_before_each_step(sequence: _Element) -> None:
    for node in _nodes(sequence):
        if node.tag != "group":
            copy = deepcopy(node)
            copy.tail = None
            copy.attrib.pop(MARK, None)
            copy.set("disable", "true")
            node.addprevious(copy)


# Conditions


def _conditions(sequence: _Element) -> Iterator[_Element]:
    for node in _nodes(sequence):
        condition = node.find("condition")
        if condition is not None:
            yield condition


def _parts(condition: _Element) -> list[_Element]:
    return [part for part in condition if part.tag in ("operator", "expression")]


@change
def conditions_split_into_nested_groups(sequence: _Element) -> None:
    """The first of several tests goes to a group around the step or group that asks them."""
    for condition in list(_conditions(sequence)):
        node, parts = condition.getparent(), _parts(condition)
        if node is None or len(parts) < 2:
            continue
        group = _group(sequence, "Split")
        etree.SubElement(group, "condition").append(parts[0])
        parent = node.getparent()
        assert parent is not None
        parent.replace(node, group)
        group.append(node)


@change
def conditions_of_steps_in_groups_of_their_own(sequence: _Element) -> None:
    for condition in list(_conditions(sequence)):
        node = condition.getparent()
        if node is None or node.tag == "group":
            continue
        group = _group(sequence, "Condition")
        parent = node.getparent()
        assert parent is not None
        parent.replace(node, group)
        group.extend([condition, node])


@change
def operators_and_split_into_nested_groups(sequence: _Element) -> None:
    """A condition that is one ``and`` becomes a list of its parts, half of them around the step."""
    for condition in list(_conditions(sequence)):
        parts = _parts(condition)
        if len(parts) == 1 and parts[0].tag == "operator" and parts[0].get("type", "").lower() == "and":
            operator = parts[0]
            condition.remove(operator)
            condition.extend(_parts(operator))
    conditions_split_into_nested_groups(sequence)


@change
def conditions_shuffled(sequence: _Element) -> None:
    chance = Random(1)  # noqa: S311 - a test's own numbers
    for condition in list(_conditions(sequence)):
        for holder in [condition, *condition.iter("operator")]:
            parts = _parts(holder)
            chance.shuffle(parts)
            holder.extend(parts)


@change
def conditions_denied_twice(sequence: _Element) -> None:
    for condition in list(_conditions(sequence)):
        for part in _parts(condition):
            outer, inner = etree.Element("operator", type="not"), etree.Element("operator", type="not")
            condition.replace(part, outer)
            outer.append(inner)
            inner.append(part)


@change
def conditions_in_an_and(sequence: _Element) -> None:
    for condition in list(_conditions(sequence)):
        parts = _parts(condition)
        if parts:
            etree.SubElement(condition, "operator", type="and").extend(parts)


@change
def conditions_in_another_case(sequence: _Element) -> None:
    """Variables and the values that they are compared with are alike in every case."""
    for condition in _conditions(sequence):
        for expression in condition.iter("expression"):
            if "VariableCondition" in expression.get("type", ""):
                for variable in expression.iterfind("variable"):
                    if variable.get("name") in ("Variable", "Value") and variable.text:
                        variable.text = variable.text.swapcase()
