"""One rule on one task sequence: hits to findings, with level, explanation and remedy."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tslint.catalogue.misspelling import documented_name
from tslint.language.context import running
from tslint.language.form import SOME
from tslint.language.forms import Nowhere
from tslint.language.prefilter import prefilter_of
from tslint.lint.explanation import Explanation, place_of
from tslint.lint.finding import Finding, Related, Said
from tslint.lint.identity import identity
from tslint.lint.options_told import options_told
from tslint.lint.partners import partners
from tslint.lint.setters import rests_on_variables, setters, value_of
from tslint.lint.uncertainty import broken, hole_for, is_upshot_of_failure, script_may_mend, without_marks
from tslint.model.condition import tests_in
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.timeline import Entry
    from tslint.language.context import Context, Event, Hit
    from tslint.language.pattern import Pattern
    from tslint.lint.finding import Mending
    from tslint.lint.setters import Setter
    from tslint.rules.rule import Level, LevelAt, Rule


# Of the steps that one finding stands for as well, the first are named; who mends these sees the rest.
MAX_OTHERS = 5
# To tell of a finding takes as long as so many steps of other work.
FINDING = 100


class _Found(NamedTuple):
    """A finding, what it is of, and the steps that set what it rests on."""

    finding: Finding
    hit: Hit
    behind: tuple[Setter, ...]


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
        clauses = zip(self.rule.clauses, self._prefilters, strict=True)
        return any(
            one.engine in ("", engine) and (not one.whole or clause.pattern.excuses)
            for clause, one in clauses
        )

    @property
    def types(self) -> frozenset[str] | None:
        """The types of step, in lower case, of which a sequence must hold one; None where others will do."""
        if any(one.unknown or one.tools or one.variables for one in self._prefilters):
            return None
        return frozenset().union(*(one.types for one in self._prefilters))

    def findings(self, context: Context) -> Iterator[Finding]:
        """Judge one sequence. Raises EffortExceededError where the bound on the effort is met.

        What a variable brings about is told once: at the step that sets it, if the rule reports that too.
        """
        found = tuple(self._found(context))
        primaries = [one.hit.primary for one in found if one.hit.primary.assignment is not None]
        set_here = {(event.entry.order, _variable(event).lower()) for event in primaries}
        for one in found:
            sets = {(setter.entry.order, setter.variable.lower()) for setter in one.behind}
            if not (one.finding.rests_on_variables and sets and sets <= set_here):
                yield one.finding

    def _found(self, context: Context) -> Iterator[_Found]:
        """Yield the findings of all clauses.

        Of a clause that is told once, the first hit stands for the others; then no clause after it is judged.
        """
        for number, prefilter in enumerate(self._prefilters):
            clause = self.rule.clauses[number]
            if not clause.levels or not prefilter.met(context):
                continue
            once = clause.pattern.once
            judged = self._judged(number, context)
            for hit, quantifier, level in judged:
                others = tuple(other.primary for other, *_ in islice(judged, MAX_OTHERS)) if once else ()
                yield self._told(number, hit._replace(others=others), quantifier, level, context)
                if once:
                    return

    def _judged(self, number: int, context: Context) -> Iterator[tuple[Hit, str, Level]]:
        """Yield the hits of a clause that are faults, each with the paths that break it and its level."""
        clause = self.rule.clauses[number]
        for found in clause.pattern.hits(context):
            levels = next((one for one in clause.levels if broken(found, one.broken)), None)
            if levels is None:
                continue
            hit = without_marks(found)
            if not broken(hit, SOME) or is_upshot_of_failure(hit):
                continue
            level = _level(levels.by_value, hit)
            if level is not None and not script_may_mend(clause.pattern, hit, context):
                yield hit, levels.broken, level

    def _told(self, number: int, hit: Hit, quantifier: str, level: Level, context: Context) -> _Found:
        """Tell of a hit: what is wrong, how it comes about, and how to mend it."""
        context.flow.effort.spend(FINDING)
        clause = self.rule.clauses[number]
        pattern = clause.pattern
        hit = pattern.told(hit)
        behind = setters(pattern, hit)
        explanation = Explanation(_with_setters(hit, behind))
        hole = None if level == "note" else hole_for(pattern, hit, quantifier, context)
        entry, part = hit.primary.entry, pattern.part(hit.primary)
        finding = Finding(
            rule=self.rule.id,
            name=self.rule.name,
            level=level if hole is None else "note",
            message=_message(clause.message, pattern, hit, explanation, behind),
            place=place_of(entry, *part),
            path=explanation.notes(),
            related=tuple(_related(pattern, hit, explanation, behind)),
            about=frozenset(
                (id(e.entry.sequence.document), e.entry.step.element)
                for role, e in hit.roles.items()
                if role != "deadline"
            ),
            doubt="" if hole is None else _may(hole),
            identity=identity(self.rule.id, entry, part, context.twins),
            mends=self._mends(number, hit),
            command=_command(hit.primary, context),
            said=_said(hit.primary, behind),
            rests_on_variables=rests_on_variables(pattern, hit, behind),
        )
        return _Found(finding, hit, behind)

    def _mends(self, number: int, hit: Hit) -> tuple[Mending, ...]:
        """Return the mends of a clause that fit a hit; most runs need none."""
        from tslint.lint.mending import fitting
        from tslint.rules.mends import mends_of

        return tuple(fitting(mends_of(self.rule)[number], self.rule.clauses[number].pattern, hit))


def _level(levels: tuple[LevelAt, ...], hit: Hit) -> Level | None:
    """Return the level: the first of those by value that fits, None if none does."""
    first = levels[0]
    if first.over is None and first.under is None:
        return first.level
    try:
        value = float(value_of(hit, hit.broken))
    except ValueError:
        return None
    return next((one.level for one in levels if _fits(value, one)), None)


def _fits(value: float, level: LevelAt) -> bool:
    return (level.over is None or value > level.over) and (level.under is None or value < level.under)


def _with_setters(hit: Hit, behind: tuple[Setter, ...]) -> Hit:
    """Add the steps that set what the finding rests on to what explains it."""
    guard = hit.context.flow.guard
    told = {event.entry.order for event in hit.explanation}
    more = (running(one.entry, guard(one.entry)) for one in behind if one.entry.order not in told)
    return hit._replace(explanation=(*more, *hit.explanation))


def _may(entry: Entry) -> str:
    name = f"'{entry.step.name}'"
    if entry.missing:
        if entry.recursive:
            return f"{name} runs a task sequence that is running already"
        if entry.ambiguous:
            return f"of the task sequence that {name} runs there are two versions"
        return f"the task sequence that {name} runs is not at hand"
    return f"{name} can set any variable"


# With what joins it to the sentence: where there is nothing to say it goes as well.
_PLACEHOLDER = (
    r"(?P<joint>,? ?)\{(?P<name>witness|setter)\}"
    r"|'\{(?P<quoted>deadline|opener)\}'|\{(?P<other>\w+)\}"
)
# What stands for a step that there is none of, and so is no name and has no quotation marks.
_NO_STEP = {"deadline": "the end of the task sequence", "opener": "no step"}


def _message(
    template: str, pattern: Pattern, hit: Hit, explanation: Explanation, behind: tuple[Setter, ...]
) -> str:
    """Fill a message's placeholders: names of the events' steps, the value, the witness."""
    conditions = " and ".join(explanation.conditions)
    set_by = " and ".join(f"'{shortened(one.entry.step.name)}'" for one in behind)
    variable = _variable(hit.primary)
    filled = {
        "variable": shortened(variable),
        "documented": shortened(documented_name(variable, hit.context.tables))
        if "{documented}" in template
        else "",
        "value": shortened(value_of(hit, explanation.together)),
        "tool": shortened(hit.primary.value),
        "options": options_told(pattern, hit) if "{options}" in template else "",
        "name": shortened(hit.primary.entry.step.name),
        "witness": f"when {conditions}" if conditions else "",
        "setter": f"from {set_by}" if set_by else "",
    } | {role: shortened(event.entry.step.name) for role, event in hit.roles.items()}
    instead = {role: said for role, said in _NO_STEP.items() if role not in hit.roles}

    def fill(found: re.Match[str]) -> str:
        if found["name"]:
            said = filled[found["name"]]
            return found["joint"] + said if said else ""
        name = found["quoted"] or found["other"]
        if name in instead:
            return instead[name] if found.start() else instead[name].capitalize()
        return f"'{filled[name]}'" if found["quoted"] else filled.get(name, found[0])

    # at once: a name that reads like a placeholder is a name
    return re.sub(_PLACEHOLDER, fill, template)


def _said(event: Event, behind: tuple[Setter, ...]) -> tuple[Said, ...]:
    """Return the steps that say what is wrong: the one reported, where it sets that or nothing else does."""
    own, variable = event.entry.step, _variable(event) if event.assignment is not None else ""
    if variable or not behind:
        return (Said(own.name, own.type, variable),)
    return tuple(Said(one.entry.step.name, one.entry.step.type, one.variable, one.wins) for one in behind)


def _command(event: Event, context: Context) -> str:
    """Return the command that an event is about, as it is written; "" where it is about something else."""
    if event.assignment is not None or not event.value or event.position < 1:
        return ""
    commands = context.index.commands(event.entry)
    one = commands[event.position - 1] if event.position <= len(commands) else None
    return one.line.strip() if one is not None and one.tool == event.value else ""


def _variable(event: Event) -> str:
    """Return the name of the variable that an event sets or tests, as the file spells it."""
    if event.assignment is not None:
        return event.assignment.write.spelling or event.assignment.write.variable
    condition = event.entry.step.condition
    tests = () if condition is None else tests_in(condition)
    return next((test.variable for test in tests if test.element == event.part[0]), "")


def _related(
    pattern: Pattern, hit: Hit, explanation: Explanation, behind: tuple[Setter, ...]
) -> Iterator[Related]:
    """Name the other steps that explain it, once each, and those that would have put it right if they ran."""
    primary = hit.primary.entry
    sets = {one.entry.order: one.variable for one in behind}
    for entry, runs in explanation.happenings:
        if entry.order in sets:
            yield Related(f"'{entry.step.name}' sets {sets[entry.order]}", place_of(entry))
        elif entry is not primary:
            where = "before" if entry.order < primary.order else "after"
            does = {True: f"runs {where} it", False: "is skipped", None: f"may run {where} it"}[runs]
            yield Related(f"'{entry.step.name}' {does}", place_of(entry), again=True)
    for event in hit.others[:MAX_OTHERS]:
        yield Related(f"'{event.entry.step.name}' too", place_of(event.entry))
    yield from islice(partners(pattern, hit, explanation), MAX_OTHERS)
