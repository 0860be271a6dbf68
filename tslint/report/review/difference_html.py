"""Differences as a page for a browser: the changes and what they mean, beside the tree that they are in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tslint.report.page.render import page
from tslint.report.page.versions import topmost
from tslint.report.page.view import View
from tslint.report.review.difference_words import change_text, effect_text, is_long
from tslint.report.review.line_changes import MOST_LINES, line_changes
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.report.page.versions import Versions
    from tslint.review.changes import Change
    from tslint.review.difference import Told

# Each takes some kilobytes, and nobody looks through more; those of the first task sequences are told.
MOST_CARDS = 2_000
_SIGNS = {"added": "+", "removed": "\N{MINUS SIGN}", "moved": "\N{UP DOWN ARROW}", "changed": "~"}


class Before(NamedTuple):
    """One thing as it was and as it is. ``lines`` tell a long one, with a sign before each."""

    label: str
    old: str | None
    new: str | None
    lines: tuple[tuple[str, str], ...] = ()
    more: int = 0


class Card(NamedTuple):
    """A change, what changes mean, or a finding that came or went. ``at`` is the number of its line, or -1.

    ``name`` is the step's, ``where`` its path. ``group`` is what the list is narrowed by, ``steps`` are those
    of an effect.
    """

    number: int
    kind: str
    badge: str
    group: str
    name: str
    text: str
    where: str
    at: int
    told: tuple[Before, ...] = ()
    steps: tuple[tuple[str, int], ...] = ()

    @property
    def id(self) -> str:
        """Its name in the page."""
        return f"f{self.number}"


def difference_html(all_of_them: int, changed: Sequence[Versions]) -> str:
    """Return the page of the task sequences that differ, ``all_of_them`` counts the others too."""
    view = View(one.outline for one in changed)
    cards: list[Card] = []
    for one, tree in zip(changed, view.trees, strict=True):
        first = tree.nodes[0].number if tree.nodes else 0
        cards += _Cards(one, first, view, named=len(changed) > 1).all(len(cards))
    shown = cards[:MOST_CARDS]
    for card in shown:
        for at in dict.fromkeys((card.at, *(at for _, at in card.steps))):
            if at >= 0:
                view.nodes[at].cards.append(card)
    same = all_of_them - len(changed)
    groups = Counter(card.group for card in cards)
    return page(
        "difference.html",
        view,
        title=count(sum(one.badge in _SIGNS.values() for one in cards), "change"),
        cards=shown,
        left_out=len(cards) - len(shown),
        groups=groups,
        versions=[one.difference for one in changed],
        same=f"No difference in {count(same, 'more task sequence')}" if same and changed else "",
    )


class _Cards:
    """The cards of one task sequence, whose lines begin at ``first``."""

    def __init__(self, one: Versions, first: int, view: View, *, named: bool) -> None:
        self._one, self._first, self._view = one, first, view
        self._prefix = f"{one.outline.name or one.outline.file}: " if named else ""
        paths = Counter(one.paths)
        # a path that two steps have leads to neither
        self._lines = {path: at for at, path in enumerate(one.paths, first) if path and paths[path] == 1}

    def all(self, first: int) -> list[Card]:
        """Return what the changes mean, then the findings, then the changes, numbered from ``first``."""
        cards = [*self._effects(), *self._findings(), *self._whole(), *self._changes()]
        return [card._replace(number=number) for number, card in enumerate(cards, first)]

    def _effects(self) -> Iterator[Card]:
        for effect in self._one.difference.effects:
            steps = tuple((path, self._lines.get(path, -1)) for path in effect.steps)
            at = steps[0][1] if steps else -1
            yield Card(
                -1, "effect", "!", "what it means", "", effect_text(effect), self._prefix, at, steps=steps
            )

    def _findings(self) -> Iterator[Card]:
        for found in self._one.difference.new_findings:
            at = self._lines.get(found.step, -1)
            yield self._finding(found, "new finding", at)
        for found in self._one.difference.gone_findings:
            yield self._finding(found, "finding that is gone", -1)

    def _finding(self, found: Told, group: str, at: int) -> Card:
        return Card(-1, found.level, found.rule, group, "", found.message, f"{self._prefix}{found.step}", at)

    def _whole(self) -> Iterator[Card]:
        """Yield the changes of the task sequence itself."""
        one = self._one.difference
        of_lines = {number for row in one.rows for number in row.changes}
        for number, change in enumerate(one.changes):
            if number not in of_lines:
                told = tuple(_before(change)) if change.kind not in ("added", "removed") else ()
                kind = change.kind if change.kind in _SIGNS else "changed"
                text = change_text(change)
                yield Card(-1, kind, _SIGNS[kind], kind, "The task sequence", text, self._prefix, -1, told)

    def _changes(self) -> Iterator[Card]:
        one = self._one.difference
        for at, inside in topmost(self._one.outline):
            line = self._one.outline.lines[at]
            changes = [one.changes[number] for number in one.rows[at].changes]
            text = change_text(changes[0]) if len(changes) == 1 else ", ".join(map(_word, changes))
            text += f", with {inside} more inside" if inside else ""
            told = tuple(before for change in changes for before in _before(change))
            where = f"{self._prefix}{changes[0].step} ({line.what})"
            kind = line.change
            yield Card(-1, kind, _SIGNS[kind], kind, line.name, text, where, self._first + at, told)


def _before(change: Change) -> Iterator[Before]:
    """Tell what was and what is: of what came or went, all its facts."""
    if change.kind in ("added", "removed"):
        for fact in change.facts:
            values = (None, fact.value) if change.kind == "added" else (fact.value, None)
            yield _told(fact.label, *values)
    elif change.kind in ("disabled", "enabled"):
        yield Before("disabled", *(("no", "yes") if change.kind == "disabled" else ("yes", "no")))
    else:
        yield _told(_label(change), change.old, change.new)


def _word(change: Change) -> str:
    """Say what kind of change it is, or what it is about, as short as can be."""
    return change.kind if change.kind in ("moved", "renamed") else _label(change)


def _label(change: Change) -> str:
    """Return what a change is about."""
    if change.kind == "variable":
        return f"sets {change.setting}"
    return {"moved": "place", "renamed": "name"}.get(change.kind, change.setting or change.kind)


def _told(label: str, old: str | None, new: str | None) -> Before:
    if not (is_long(old) or is_long(new)):
        return Before(label, old, new)
    lines = line_changes(old, new)
    return Before(label, old, new, tuple(lines[:MOST_LINES]), max(len(lines) - MOST_LINES, 0))
