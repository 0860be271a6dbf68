"""One rule on one task sequence: hits to findings, with level, story and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.flow.flow import Flow
from tslint.lint.finding import Finding, Related
from tslint.lint.forms import Hit, Pattern
from tslint.lint.identity import identity
from tslint.lint.story import Story, place_of
from tslint.lint.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.flow.timeline import Entry
    from tslint.lint.finding import Level
    from tslint.policy.rule import Rule

EVERY, SOME = "on every path", "on some path"


class CompiledRule:
    """A rule with its patterns ready to run: one, or one a clause."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        clauses = rule.pattern.get("clauses", [rule.pattern])
        self._clauses = [
            (Pattern(clause), _levels(clause, rule), clause.get("message", rule.message))
            for clause in clauses
        ]

    def findings(self, view: View) -> Iterator[Finding]:
        """Judge one sequence. Raises EffortExceededError where the bound on the effort is met."""
        for pattern, levels, message in self._clauses:
            for hit in pattern.hits(view):
                quantifier = next((q for q in (EVERY, SOME) if q in levels and broken(hit, q)), None)
                level = None if quantifier is None else _level(levels[quantifier], hit)
                if quantifier is not None and level is not None:
                    yield self._finding(pattern, hit, quantifier, level, message, view)
                    if pattern.data.get("once"):
                        return

    def _finding(
        self, pattern: Pattern, hit: Hit, quantifier: str, level: Level, message: str, view: View
    ) -> Finding:
        story = Story(hit)
        text = _message(message, hit, story)
        hole = None if level == "note" else _hole(pattern, hit, quantifier, view)
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
            path=story.notes(),
            related=tuple(_related(pattern, hit, story)),
            identity=identity(self.rule.id, entry, index, view.flow.timeline),
        )


def _levels(pattern: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    """Return the level of each quantifier that the pattern asks about: a word, or a list by value."""
    levels = pattern.get("levels", pattern.get("level", rule.pattern.get("levels", rule.level)))
    return levels if isinstance(levels, dict) else {str(pattern.get("broken", SOME)): levels}


def _level(levels: Level | list[dict[str, Any]], hit: Hit) -> Level | None:
    """Return the level: the first entry of a list by value that fits, None if none does."""
    if isinstance(levels, str):
        return levels
    try:
        value = float(hit.primary.value)
    except ValueError:
        return None
    fitting = (e for e in levels if value > e.get("over", value - 1) and value < e.get("under", value + 1))
    return next((entry["level"] for entry in fitting), None)


def broken(hit: Hit, quantifier: str) -> bool:
    """Say whether a rule is broken on some path, or on every path on which its subject happens."""
    flow = hit.view.flow
    if quantifier == SOME:
        return flow.propositions.possible(hit.broken)
    otherwise = flow.diagram.without(hit.reached, hit.broken)
    return flow.propositions.possible(hit.reached) and not flow.propositions.possible(otherwise)


def _hole(pattern: Pattern, hit: Hit, quantifier: str, view: View) -> Entry | None:
    """Return a step that may do or assign anything and could put the fault right, None if none could."""
    flow = view.flow
    writers = flow.writers()
    attempts = [(writer, {writer.order}) for writer in writers]
    if len(writers) > 1:
        attempts.append((writers[0], {writer.order for writer in writers}))
    for writer, orders in attempts:
        other = View(Flow(flow.timeline, flow.tables, holes=frozenset(orders)), view.index)
        if not any(h.key == hit.key and broken(h, quantifier) for h in pattern.hits(other)):
            return writer
    return None


def _may(entry: Entry) -> str:
    name = f"'{entry.step.name}'"
    if entry.missing:
        return f"the task sequence that {name} runs is not in this export"
    return f"{name} can set any variable"


def _message(template: str, hit: Hit, story: Story) -> str:
    """Fill a message's placeholders: names of the events' steps, the value, the witness."""
    names = {role: event.entry.step.name for role, event in hit.roles.items()}
    text = template
    if "{witness}" in text:
        told = " and ".join(story.conditions)
        text = text.replace("{witness}", f"when {told}" if told else "on every path")
    value = hit.primary.value
    for role, name in {"value": value, "tool": value, "name": hit.primary.entry.step.name, **names}.items():
        text = text.replace("{%s}" % role, name)  # noqa: UP031
    return text


def _related(pattern: Pattern, hit: Hit, story: Story) -> Iterator[Related]:
    """Name the other steps of the story once each, and the disabled ones that would have put it right."""
    primary = hit.primary.entry
    for entry, runs in story.happenings():
        if entry is not primary:
            where = "before" if entry.order < primary.order else "after"
            does = {True: f"runs {where} it", False: "is skipped", None: f"may run {where} it"}[runs]
            yield Related(f"'{entry.step.name}' {does}", place_of(entry))
    types = pattern.excusing_types()
    for entry in hit.view.flow.timeline.disabled:
        if entry.step.type.lower() in types:
            yield Related(f"'{entry.step.name}' is disabled", place_of(entry))
