"""One rule on one task sequence: hits to findings, with level, explanation and remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.language.forms import Nowhere
from tslint.language.prefilter import prefilter_of
from tslint.lint.explanation import Explanation, place_of
from tslint.lint.finding import Finding, Related
from tslint.lint.identity import identity
from tslint.lint.mending import fitting
from tslint.lint.uncertainty import broken, hole_for, script_may_mend
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.timeline import Entry
    from tslint.language.context import Context, Hit
    from tslint.language.pattern import Pattern
    from tslint.rules.rule import Clause, Level, LevelAt, Rule


# Of the steps that one finding stands for as well, the first are named; who mends these sees the rest.
MAX_OTHERS = 5
# To tell of a finding takes as long as so many steps of other work.
FINDING = 100


class CompiledRule:
    """A rule ready to run on one sequence after the other."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._prefilters = [
            prefilter_of(clause.pattern.form.subject)._replace(unknown=True)
            if isinstance(clause.pattern.form, Nowhere)  # the index knows of active steps only
            else prefilter_of(clause.pattern.form.subject)
            for clause in rule.clauses
        ]

    def asks_for_steps(self, engine: str) -> bool:
        """Say whether the steps of a sequence of this engine matter to the rule."""
        return any(one.engine in ("", engine) and not one.whole for one in self._prefilters)

    @property
    def types(self) -> frozenset[str] | None:
        """The types of step, in lower case, of which a sequence must hold one; None where others will do."""
        if any(one.unknown or one.tools or one.variables for one in self._prefilters):
            return None
        return frozenset().union(*(one.types for one in self._prefilters))

    def findings(self, context: Context) -> Iterator[Finding]:
        """Judge one sequence. Raises EffortExceededError where the bound on the effort is met."""
        for clause, prefilter in zip(self.rule.clauses, self._prefilters, strict=True):
            if not prefilter.met(context):
                continue
            pattern = clause.pattern
            for hit in pattern.hits(context):
                levels = next((one for one in clause.levels if broken(hit, one.broken)), None)
                level = None if levels is None else _level(levels.by_value, hit)
                if levels is not None and level is not None and not script_may_mend(pattern, hit, context):
                    context.flow.effort.spend(FINDING)
                    yield self._finding(clause, hit, levels.broken, level, context)
                    if pattern.once:
                        return

    def _finding(self, clause: Clause, hit: Hit, quantifier: str, level: Level, context: Context) -> Finding:
        pattern = clause.pattern
        told = _told_in_order(pattern, hit, context)
        explanation = Explanation(told)
        text = _message(clause.message, told, explanation)
        hole = None if level == "note" else hole_for(pattern, hit, quantifier, context)
        if hole is not None:
            level, text = "note", f"{text.removesuffix('.')}; only a note, because {_may(hole)}."
        entry, (index, attribute) = hit.primary.entry, hit.primary.part
        place = place_of(entry, index, attribute)
        return Finding(
            rule=self.rule.id,
            name=self.rule.name,
            level=level,
            message=text,
            place=place,
            path=explanation.notes(),
            related=tuple(_related(pattern, told, explanation)),
            about=frozenset(
                (id(e.entry.sequence.document), e.entry.step.element)
                for role, e in hit.roles.items()
                if role != "deadline"
            ),
            identity=identity(self.rule.id, entry, (index, attribute), context.twins),
            mends=tuple(fitting(clause.mends, pattern, told)),
        )


def _level(levels: tuple[LevelAt, ...], hit: Hit) -> Level | None:
    """Return the level: the first of those by value that fits, None if none does."""
    first = levels[0]
    if first.over is None and first.under is None:
        return first.level
    try:
        value = float(hit.primary.value)
    except ValueError:
        return None
    return next((one.level for one in levels if _fits(value, one)), None)


def _fits(value: float, level: LevelAt) -> bool:
    return (level.over is None or value > level.over) and (level.under is None or value < level.under)


def _told_in_order(pattern: Pattern, hit: Hit, context: Context) -> Hit:
    """Return the same hit as found when conditions are met in document order: that is how it is told."""
    if hit.context is not context or len(context.flow.diagram.support(hit.broken)) < 2:
        return hit  # with one condition there is only one order
    return next(iter(pattern.hits_at(hit.key, context.in_order())), hit)


def _may(entry: Entry) -> str:
    name = f"'{entry.step.name}'"
    if entry.missing:
        if entry.recursive:
            return f"{name} runs a task sequence that is running already"
        return f"the task sequence that {name} runs is not in this export"
    return f"{name} can set any variable"


def _message(template: str, hit: Hit, explanation: Explanation) -> str:
    """Fill a message's placeholders: names of the events' steps, the value, the witness."""
    names = {role: event.entry.step.name for role, event in hit.roles.items()}
    value = shortened(hit.primary.value)
    filled = {"value": value, "tool": value, "name": hit.primary.entry.step.name, **names}
    if "{witness}" in template:
        told = " and ".join(explanation.conditions)
        filled["witness"] = f"when {told}" if told else "on every path"
    # at once: a name that reads like a placeholder is a name
    return re.sub(r"\{(\w+)\}", lambda found: filled.get(found[1], found[0]), template)


def _related(pattern: Pattern, hit: Hit, explanation: Explanation) -> Iterator[Related]:
    """Name the other steps that explain it once each, and the disabled ones that would have put it right."""
    primary = hit.primary.entry
    for entry, runs in explanation.happenings():
        if entry is not primary:
            where = "before" if entry.order < primary.order else "after"
            does = {True: f"runs {where} it", False: "is skipped", None: f"may run {where} it"}[runs]
            yield Related(f"'{entry.step.name}' {does}", place_of(entry))
    for event in hit.others[:MAX_OTHERS]:
        yield Related(f"'{event.entry.step.name}' too", place_of(event.entry))
    types = pattern.excusing_types()
    for entry in hit.context.flow.timeline.disabled:
        if entry.step.type.lower() in types:
            yield Related(f"'{entry.step.name}' is disabled", place_of(entry))
