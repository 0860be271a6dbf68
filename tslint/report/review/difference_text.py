"""Differences for people: the marks that they use in the console, ``+ - ~ >``, and words beside them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tslint.report.escape import escape, inert
from tslint.report.paint import paint
from tslint.report.review.difference_words import LONGEST, change_text, effect_text, is_long
from tslint.report.review.line_changes import MOST_LINES, line_changes
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.report.terminal import Screen
    from tslint.review.changes import Change
    from tslint.review.difference import Difference, Told

_MARKS = {"added": "+", "removed": "-", "moved": ">"}
_PAINTED = {"+": "added", "-": "removed", "~": "changed", ">": "moved", "!": "meaning"}


def difference_text(differences: Sequence[Difference], screen: Screen | None = None) -> str:
    """Return the task sequences that differ; a line says how many do not."""
    colour = bool(screen and screen.colour)
    blocks = ["\n".join(_Block(one, colour=colour).lines()) for one in differences if one.differs]
    same = len(differences) - len(blocks)
    if same:
        blocks.append(
            "No difference" if not blocks else f"No difference in {count(same, 'more task sequence')}"
        )
    return inert("\n\n".join(blocks) + "\n")


class _Block:
    def __init__(self, difference: Difference, *, colour: bool) -> None:
        self._difference, self._colour = difference, colour

    def lines(self) -> Iterator[str]:
        one = self._difference
        yield paint("bold", f"Task sequence {escape(one.name)}".rstrip(), on=self._colour)
        if one.old != one.new:
            yield f"  {escape(one.old or 'not there')} -> {escape(one.new or 'not there')}"
        if one.changes:
            yield from ("", f"  Changes: {_counted(one.changes)}")
            for _, changes in groupby(one.changes, key=lambda change: (change.step, change.depth)):
                yield from self._step(list(changes))
        if one.effects:
            yield from ("", "  What it means:")
            yield from (f"    {self._mark('!')} {escape(effect_text(effect))}" for effect in one.effects)
        yield from self._findings("+", "New findings:", one.new_findings)
        yield from self._findings("-", "Findings that are gone:", one.gone_findings)

    def _findings(self, mark: str, head: str, findings: Sequence[Told]) -> Iterator[str]:
        if findings:
            yield from ("", f"  {head}")
        for one in findings:
            at = f" at {escape(one.step)}" if one.step else ""
            yield f"    {self._mark(mark)} {one.level}: {escape(one.message)} [{one.rule} {one.name}]{at}"

    def _step(self, changes: list[Change]) -> Iterator[str]:
        """Tell the changes of one step below its name, and the only one beside it."""
        first = changes[0]
        marks = [_MARKS.get(change.kind, "~") for change in changes]
        mark = next((one for one in marks if one != "~"), "~")
        kind = f"  [{escape(first.step_kind)}]" if first.step_kind else ""
        if first.depth < 0:
            yield f"    {self._mark(mark)} the task sequence"
        else:
            yield f"    {self._mark(mark)} {escape(first.step)}{kind}"
        for change in changes:
            if change.kind in ("added", "removed"):
                yield from self._facts(change)
            else:
                yield from self._change(change)

    def _facts(self, change: Change) -> Iterator[str]:
        if change.new:
            yield f"        {escape(change.new)}"
        for fact in change.facts:
            what = {"variable": f"sets {fact.label}", "disabled": "disabled"}.get(fact.kind, fact.label)
            if fact.kind == "disabled":
                yield "        disabled"
            elif is_long(fact.value):
                yield f"        {escape(what)}:"
                yield from self._listed([(" ", line) for line in fact.value.split("\n")])
            else:
                yield f"        {escape(what)}: {escape(fact.value)}"

    def _change(self, change: Change) -> Iterator[str]:
        if not (is_long(change.old) or is_long(change.new)):
            yield f"        {escape(change_text(change))}"
            return
        what = f"sets {change.setting}" if change.kind == "variable" else change.setting or change.kind
        yield f"        {escape(what)}:"
        yield from self._listed(line_changes(change.old, change.new))

    def _listed(self, lines: list[tuple[str, str]]) -> Iterator[str]:
        for mark, line in lines[:MOST_LINES]:
            shown = line.expandtabs(4)
            if len(shown) > LONGEST * 2:
                shown = f"{shown[: LONGEST * 2]}... ({len(line)} characters)"
            yield f"          {self._mark(mark)} {escape(shown)}".rstrip()
        if len(lines) > MOST_LINES:
            yield f"            ... {count(len(lines) - MOST_LINES, 'more line')}"

    def _mark(self, mark: str) -> str:
        return paint(_PAINTED[mark], mark, on=self._colour) if mark in _PAINTED else mark


def _counted(changes: Sequence[Change]) -> str:
    """Say how many groups and steps have changes of each kind."""
    steps: dict[str, set[tuple[str, int]]] = {}
    for number, change in enumerate(changes):
        kind = change.kind if change.kind in _MARKS or change.kind == "renamed" else "edited"
        steps.setdefault(kind, set()).add((change.step, number if kind in ("added", "removed") else -1))
    return ", ".join(
        f"{len(steps[kind])} {kind}"
        for kind in ("added", "removed", "moved", "renamed", "edited")
        if kind in steps
    )
