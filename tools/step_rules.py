"""Which rules speak of which type of step, as their patterns say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.language.forms import Between, Pair
from tslint.language.matcher import decide, known
from tslint.language.searches import Searches
from tslint.model.step_type import RUNNERS, SETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.language.context import Picks
    from tslint.language.selector import Alternative
    from tslint.rules.rule import Rule


class Spoken(NamedTuple):
    """Types of step that a rule reports at, and those that its pattern names besides."""

    reported: frozenset[str]
    named: frozenset[str]


def spoken_of(rule: Rule, tables: Tables) -> Spoken:
    """Tell of which types of step a rule speaks; of none where it is about every step, or about no steps."""
    reported: set[str] = set()
    named: set[str] = set()
    for clause in rule.clauses:
        form = clause.pattern.form
        reported |= _types([form.subject], tables)
        if isinstance(form, Between):
            reported |= _types([form.forbidden], tables)
        if isinstance(form, Pair):
            reported |= _types([form.second], tables)
        named |= _types(form.selectors, tables)
    return Spoken(frozenset(reported), frozenset(named - reported))


def _types(selectors: Iterable[Picks], tables: Tables) -> set[str]:
    by_low = {kind.lower(): kind for kind in tables.steps}
    return {by_low[low] for selector in selectors for low in _of(selector, tables) if low in by_low}


def _of(selector: Picks, tables: Tables) -> Iterator[str]:
    """Yield the types of a selector in lower case; what its alternatives name inside counts as well."""
    for one in getattr(selector, "alternatives", ()):
        yield from _of_alternative(one, tables)
        for inner in one.inner:
            yield from _of(inner, tables)


def _of_alternative(one: Alternative, tables: Tables) -> Iterable[str]:
    if one.types is not None:
        return one.types
    if one.type_like is not None:
        like, searches = one.type_like, Searches()
        return [kind.lower() for kind in tables.steps if decide(like, known(kind, tables, searches))]
    if one.runs_in is not None:
        return [kind.lower() for kind, facts in tables.steps.items() if _runs_in(facts) in one.runs_in]
    if one.tools is not None:
        return _low([*RUNNERS, *_passing_on(one.tools, tables)])
    if one.variables is not None or one.variable is not None:
        return _low(SETTERS)
    if one.setting:
        return [
            kind.lower() for kind, facts in tables.steps.items() if one.setting.lower() in facts["settings"]
        ]
    return ()


def _runs_in(facts: Mapping[str, object]) -> str:
    return str(facts["runs in"]).lower()


def _passing_on(tools: Iterable[str], tables: Tables) -> list[str]:
    """Name the steps whose settings become options of these tools."""
    return [tables.passed_on[tool]["step"] for tool in tools if tool in tables.passed_on]


def _low(names: Iterable[str]) -> list[str]:
    return [name.lower() for name in names]
