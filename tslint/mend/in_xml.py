"""Changes made in the text of a task sequence: what is not part of them stays as it is."""

from __future__ import annotations

import re
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from tslint.catalogue.step_kinds import StepKind
from tslint.mend.cannot import CannotMendError
from tslint.mend.changes import (
    Gone,
    Moved,
    NewConditions,
    NewOptions,
    NewRuleValue,
    NewSettings,
    NewStep,
    Switched,
)
from tslint.mend.layout import Layout, attributes, content, escaped, laid_out, layout_at
from tslint.mend.open_sequence import Replacement
from tslint.rules.builtin import builtin_step_kinds
from tslint.rules.example import condition_xml, step_xml
from tslint.source.element_spans import element_spans
from tslint.source.embedded import unwrap
from tslint.source.markup import attribute_span, start_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.mend.changes import Change
    from tslint.mend.open_sequence import OpenSequence
    from tslint.model.sequence import Node, Step

# In this order the console writes the attributes of a step.
_ORDER = (
    *("type", "name", "description", "disable", "continueOnError", "runIn", "successCodeList"),
    *("retryCount", "runFromNet", "timeout", "startIn"),
)
# Attributes that steps of older versions do not have: a new step has them where others do.
_NEWER = ("retryCount", "runFromNet")


class InXml:
    """Makes changes in the text of one sequence: each becomes replacements of the text as it is."""

    def __init__(self, opened: OpenSequence) -> None:
        self._opened = opened
        self._text = opened.content.text

    @singledispatchmethod
    def replacements(self, change: Change) -> Iterator[Replacement]:
        """Yield what a change replaces in ``content``. Raises CannotMendError."""
        raise CannotMendError(f"no such change: {type(change).__name__}")

    def _layout(self, node: Node) -> Layout:
        span = self._opened.span(node.element)
        group = self._opened.where(node).group
        outer = self._opened.span(group.element if group else 0).start
        return layout_at(self._text, span.start, outer, self._opened.one_tag)

    def _beside(self, node: Node, side: str, text: str, gap: str) -> Replacement:
        span = self._opened.span(node.element)
        if side == "after":
            return Replacement(span.end, span.end, gap + text)
        return Replacement(span.start, span.start, text + gap)

    @replacements.register(NewStep)
    def _new_step(self, change: NewStep) -> Iterator[Replacement]:
        conditions = "".join(self._conditions(change.like))
        if "when" in change.node:
            conditions += _inner(condition_xml(change.node["when"]))
        xml = step_xml({key: value for key, value in change.node.items() if key != "when"})
        for name in _NEWER:
            if f" {name}=" not in self._text:
                xml = re.sub(rf' {name}="[^"]*"', "", xml, count=1)
        if conditions:
            head, _, rest = xml.partition(">")
            xml = f"{head}><condition>{conditions}</condition>{rest}"
        layout = self._layout(change.neighbour)
        yield self._beside(change.neighbour, change.side, laid_out(xml, layout), layout.gap)

    def _conditions(self, nodes: Iterable[Node]) -> Iterator[str]:
        """Yield what stands in the conditions of these nodes, as written."""
        for node in nodes:
            found = False
            for name in ("condition", "expression"):  # old MDT templates have no <condition> around it
                for element in self._opened.inside(node.element, name):
                    span = self._opened.span(element)
                    whole = self._text[span.start : span.end]
                    yield self._text[span.inside : span.outside] if name == "condition" else whole
                    found = True
            if not found:
                raise CannotMendError("the conditions are written in a way that cannot be copied")

    @replacements.register(NewConditions)
    def _new_conditions(self, change: NewConditions) -> Iterator[Replacement]:
        added = "".join(self._conditions(change.like))
        if change.added is not None:
            added += _inner(condition_xml(change.added))
        step = change.step
        old = list(self._opened.inside(step.element, "condition"))
        if next(self._opened.inside(step.element, "expression"), None) is not None:
            raise CannotMendError("the step's condition is written as only old templates do")
        layout = self._layout(step).deeper()
        xml = laid_out(f"<condition>{added}</condition>", layout) if added else ""
        if not old:
            if xml:
                yield self._first_inside(step.element, layout.gap + xml)
        elif change.added is None:
            yield from (self._without(element) for element in old[1:])
            span = self._opened.span(old[0])
            yield Replacement(span.start, span.end, xml) if xml else self._without(old[0])
        else:
            yield self._last_inside(old[0], added, layout)

    def _last_inside(self, element: int, xml: str, layout: Layout) -> Replacement:
        """Put XML behind what is inside an element that is not empty."""
        span = self._opened.span(element)
        if span.is_one_tag:
            raise CannotMendError("the step's condition is empty")
        inner = layout.deeper()
        new = "".join(inner.gap + laid_out(one, inner) for one in _elements(xml))
        place = span.inside + len(self._text[span.inside : span.outside].rstrip())
        return Replacement(place, place, new)

    def _first_inside(self, element: int, xml: str) -> Replacement:
        span = self._opened.span(element)
        if span.is_one_tag:
            raise CannotMendError("the step is empty")
        return Replacement(span.inside, span.inside, xml)

    def _without(self, element: int) -> Replacement:
        """Take an element away, and its line where it has one."""
        span = self._opened.span(element)
        start = span.start
        before = self._text[:start].rstrip(" \t")
        if before.endswith("\n"):
            start = len(before) - (2 if before.endswith("\r\n") else 1)
        return Replacement(start, span.end, "")

    @replacements.register(Gone)
    def _gone(self, change: Gone) -> Iterator[Replacement]:
        yield self._without(change.step.element)

    @replacements.register(Moved)
    def _moved(self, change: Moved) -> Iterator[Replacement]:
        span = self._opened.span(change.step.element)
        old, new = self._layout(change.step), self._layout(change.neighbour)
        text = self._text[span.start : span.end]
        if old.indent is not None and new.indent is not None:
            text = text.replace(f"\n{old.indent}", f"\n{new.indent}")
        yield self._without(change.step.element)
        yield self._beside(change.neighbour, change.side, text, new.gap)

    @replacements.register(Switched)
    def _switched(self, change: Switched) -> Iterator[Replacement]:
        yield from self._attributes(change.step, (("disable", "false" if change.on else "true"),))

    @replacements.register(NewOptions)
    def _new_options(self, change: NewOptions) -> Iterator[Replacement]:
        yield from self._attributes(change.step, change.options)

    def _attributes(self, step: Step, options: Iterable[tuple[str, str]]) -> Iterator[Replacement]:
        tag = start_tag(self._text, self._opened.span(step.element).start)
        for name, value in options:
            found = attribute_span(self._text, tag, name)
            if value == "false" and self._opened.sequence.engine == "configmgr":
                # Configuration Manager writes these when they are true
                if found is not None:
                    start = len(self._text[: found[0]].rstrip())
                    yield Replacement(start, found[1], "")
            elif found is not None:
                yield Replacement(*found, f'{name}="{escaped(value)}"')
            else:
                yield self._new_attribute(tag, name, value)

    def _new_attribute(self, tag: re.Match[str], name: str, value: str) -> Replacement:
        rank = _ORDER.index(name)
        before = (attribute_span(self._text, tag, one) for one in _ORDER[:rank])
        place = max((span[1] for span in before if span is not None), default=tag.end(1))
        return Replacement(place, place, f' {name}="{escaped(value)}"')

    @replacements.register(NewSettings)
    def _new_settings(self, change: NewSettings) -> Iterator[Replacement]:
        step = change.step
        kind = builtin_step_kinds().get(step.type, StepKind(step.type, ""))
        for key, _, new in change.settings:
            setting = step.settings.get(key.lower())
            if setting is not None and new is None:
                yield self._without(setting.element)
            elif setting is not None and new is not None:
                yield self._content(setting.element, new)
        missing = [
            (k, new) for k, _, new in change.settings if new is not None and k.lower() not in step.settings
        ]
        if missing:
            yield from self._new_variables(step, kind, sorted(missing, key=lambda one: one[0].lower()))
        yield from self._action(step, kind, {key.lower(): new or "" for key, _, new in change.settings})

    def _content(self, element: int, text: str) -> Replacement:
        """Give an element without elements inside other text."""
        span = self._opened.span(element)
        if not span.is_one_tag:
            # as quotes are written there now
            write = escaped if "&quot;" in self._text[span.inside : span.outside] else content
            return Replacement(span.inside, span.outside, write(text))
        name = start_tag(self._text, span.start)[1]
        close = len(self._text[: span.end - 2].rstrip())
        return Replacement(close, span.end, f">{content(text)}</{name}>")

    def _new_variables(
        self, step: Step, kind: StepKind, settings: list[tuple[str, str]]
    ) -> Iterator[Replacement]:
        """Put settings where the console would: it sorts them by name."""
        holder = next(self._opened.inside(step.element, "defaultvarlist"), None)
        layout = self._layout(step).deeper()
        inner = layout.deeper()
        written = {key: laid_out(_variable(kind, key, value), inner) for key, value in settings}
        if holder is None:
            raise CannotMendError("the step has no list of settings")
        span = self._opened.span(holder)
        if span.is_one_tag:
            xml = "".join(inner.gap + one for one in written.values())
            name = start_tag(self._text, span.start)[1]
            yield Replacement(span.start, span.end, f"<{name}>{xml}{layout.gap}</{name}>")
            return
        present = sorted(step.settings.items(), key=lambda item: item[1].element)
        for key, xml in written.items():
            earlier = [setting.element for name, setting in present if name < key.lower()]
            place = self._opened.span(earlier[-1]).end if earlier else span.inside
            yield Replacement(place, place, inner.gap + xml)

    def _action(self, step: Step, kind: StepKind, new: dict[str, str]) -> Iterator[Replacement]:
        """Write a step's command anew where a setting stands in it."""
        if step.action_element == step.element:
            return
        after = step.action
        named = {key.lower() for key in re.findall(r"\{(\w+)\}", kind.action)}
        if not named.isdisjoint(new):
            old = {key: setting.value for key, setting in step.settings.items()}
            before, after = _rendered(kind.action, old), _rendered(kind.action, old | new)
            if step.action.startswith(before):
                after += step.action[len(before) :]
        for key, switch in kind.switches:
            if new.get(key):
                after = _with_switch(after, switch, new[key])
        if after != step.action:
            yield self._content(step.action_element, after)

    @replacements.register(NewRuleValue)
    def _new_rule_value(self, change: NewRuleValue) -> Iterator[Replacement]:
        """Change one variable in the rules, which are XML that stands escaped in the step's setting."""
        setting = change.step.settings["rules"]
        span = self._opened.span(setting.element)
        rules = unwrap(self._text, span.inside, span.outside)
        variables = [one for one in element_spans(rules.text) if one.name == "variable"]
        # tests in the rules' conditions have elements of this name too
        named = [
            one for one in variables if attribute_span(rules.text, start_tag(rules.text, one.start), "Name")
        ]
        if change.number >= len(named):
            raise CannotMendError("the rules are written in a way that is not known")
        one = named[change.number]
        if change.new is None:
            start, end, text = one.start, one.end, ""
        elif one.is_one_tag:
            raise CannotMendError("the variable has no value")
        else:
            start, end, text = one.inside, one.outside, content(change.new)
        begin = rules.start(start)
        finish = begin if start == end else rules.end(end)
        yield Replacement(begin, finish, escaped(text))


def _inner(condition: str) -> str:
    return condition.removeprefix("<condition>").removesuffix("</condition>")


def _elements(xml: str) -> Iterator[str]:
    """Go through the elements that stand side by side in a text."""
    for span in element_spans(xml):
        if span.parent < 0:
            yield xml[span.start : span.end]


def _variable(kind: StepKind, key: str, value: str) -> str:
    given = {"name": dict(kind.names).get(key, kind.prefix + key), "property": key}
    hidden = {"hidden": "true"} if key in kind.hidden else {}
    return f"<variable{attributes({**given, **hidden})}>{content(value)}</variable>"


def _with_switch(action: str, switch: str, value: str) -> str:
    """Give a switch of a command another value, as the console writes it; add it where it is not there."""
    written = f"{switch}{value.capitalize() if value in ('true', 'false') else value}"
    found = re.search(rf'(?i)(?<![^\s"]){re.escape(switch)}[^\s"]*', action)
    if found is None:
        return f"{action} {written}"
    if found[0].lower() == written.lower():
        return action
    return action[: found.start()] + written + action[found.end() :]


def _rendered(template: str, settings: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: settings.get(found[1].lower(), ""), template).rstrip()
