"""Two sets of task sequences: which is which, what changed and what it means, which findings come and go."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.finding import Place
from tslint.review.changes import Change, Row, compare
from tslint.review.effects import Effect, effects
from tslint.review.matching import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tslint.lint.finding import Finding
    from tslint.model.sequence import TaskSequence
    from tslint.review import matching
    from tslint.review.changes import Compared
    from tslint.review.facts import Names
    from tslint.review.sequences import Sequences
    from tslint.rules.rule import Level


class Told(NamedTuple):
    """A finding, as far as a comparison tells of it."""

    rule: str
    name: str
    level: Level
    step: str
    message: str


class Difference(NamedTuple):
    """What changed in one task sequence; a file is None where only the other version has the sequence."""

    name: str
    old: str | None
    new: str | None
    changes: tuple[Change, ...]
    new_findings: tuple[Told, ...] = ()
    gone_findings: tuple[Told, ...] = ()
    effects: tuple[Effect, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything is to be told."""
        return bool(self.changes or self.new_findings or self.gone_findings)


class Side(NamedTuple):
    """One version: its task sequences and the findings in them."""

    sequences: Sequences
    findings: Sequence[Finding]


def differences(old: Side, new: Side, names: Names) -> tuple[Difference, ...]:
    """Compare two versions of one task sequence or of many, in the order of ``pairs``."""
    together = old.sequences.together(), new.sequences.together()
    found = []
    for before, after in pairs(old, new):
        if before is None or after is None:
            found.append(_alone(before, after, names))
            continue
        compared = compare(before, after, names)
        came, went = _findings(compared, old.findings, new.findings)
        found.append(
            Difference(
                after.name or before.name,
                str(before.document.origin),
                str(after.document.origin),
                compared.changes,
                came,
                went,
                effects(
                    compared, together[0].timeline_of(before), together[1].timeline_of(after), names.tables
                ),
                compared.rows,
            )
        )
    return tuple(found)


def _alone(old: TaskSequence | None, new: TaskSequence | None, names: Names) -> Difference:
    """Tell of a task sequence that only one version has, with what is in it."""
    sequence = new or old
    assert sequence is not None  # noqa: S101 - one of two
    places = version(sequence, names).places
    kind = "removed" if new is None else "added"
    whole = Change("removed" if new is None else "added", "", new=f"{len(places)} groups and steps")
    inside = (
        Change(whole.kind, one.path, names.label(one.node), one.depth, facts=one.facts) for one in places
    )
    file = str(sequence.document.origin)
    changes = (whole._replace(new=None) if kind == "removed" else whole, *inside)
    rows = (_row(number, one, new=new is not None) for number, one in enumerate(places, start=1))
    before, after = (file, None) if new is None else (None, file)
    return Difference(sequence.name, before, after, changes, rows=tuple(rows))


def _row(change: int, place: matching.Place, *, new: bool) -> Row:
    element = place.node.element
    return Row(-1 if new else element, element if new else -1, place.depth, (change,))


def pairs(old: Side, new: Side) -> list[tuple[TaskSequence | None, TaskSequence | None]]:
    """Pair the task sequences of two versions, in the order of the new files."""
    return list(_pairs(old.sequences.all(), new.sequences.all()))


def _pairs(
    old: list[TaskSequence], new: list[TaskSequence]
) -> Iterator[tuple[TaskSequence | None, TaskSequence | None]]:
    """Pair task sequences: one with one, else by package id, by file, by name."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    partner: dict[int, TaskSequence] = {}
    left = list(old)
    prefixes = _common([_file(one) for one in old]), _common([_file(one) for one in new])
    for key in (
        lambda one, _: one.package_id.upper(),
        lambda one, prefix: (_file(one)[prefix:], one.document.first) if prefix >= 0 else "",
        lambda one, _: one.name,
    ):
        waiting = {key(one, prefixes[0]): one for one in reversed(left) if key(one, prefixes[0])}
        for one in new:
            found = None if id(one) in partner else waiting.pop(key(one, prefixes[1]), None)
            if found is not None:
                partner[id(one)] = found
                left = [other for other in left if other is not found]
    yield from ((partner.get(id(one)), one) for one in new)
    yield from ((one, None) for one in left)


def _file(sequence: TaskSequence) -> str:
    return str(sequence.document.origin)


def _common(files: list[str]) -> int:
    """Return how long the folder is that all files stand in; a file alone is told by its name."""
    first, last = min(files, default=""), max(files, default="")
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return max(first.rfind("/", 0, same), first.rfind("!", 0, same)) + 1


def _findings(
    compared: Compared, old: Iterable[Finding], new: Iterable[Finding]
) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Return the findings that came and those that went; a finding stays where its rule and step do."""
    before = _by_step(compared.old.sequence, old, _elements(compared, old=True))
    after = _by_step(compared.new.sequence, new, _elements(compared, old=False))
    return tuple(_more(after, before)), tuple(_more(before, after))


def _elements(compared: Compared, *, old: bool) -> dict[int, object]:
    """Return what tells each group and step of a version, by its element: its number in the new one."""
    if not old:
        return {place.node.element: place.number for place in compared.new.places}
    return {
        place.node.element: compared.matched.get(place.number, ("gone", place.number))
        for place in compared.old.places
    }


def _by_step(
    sequence: TaskSequence, findings: Iterable[Finding], elements: Mapping[int, object]
) -> dict[object, list[Told]]:
    own = sequence.document.identity
    found: dict[object, list[Told]] = {}
    for one in findings:
        place = one.place
        if isinstance(place, Place) and place.document.identity == own:
            step = elements.get(place.step_element)
            told = Told(one.rule, one.name, one.level, place.step, one.message)
            found.setdefault((one.rule, step), []).append(told)
    return found


def _more(these: Mapping[object, list[Told]], those: Mapping[object, list[Told]]) -> Iterator[Told]:
    """Yield what these have more than those."""
    counts = Counter({key: len(told) for key, told in those.items()})
    for key, told in these.items():
        yield from told[counts[key] :]
