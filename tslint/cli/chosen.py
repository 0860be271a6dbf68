"""Which rules a run has, at which levels, and what the configuration changes about that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.cli.arguments import UsageError
from tslint.cli.known_rules import choose, named
from tslint.lint.finding import reaches
from tslint.rules.rule import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tslint.cli.arguments import Options
    from tslint.rules.rule import Level, Rule
    from tslint.suppress.configuration import Configuration

    _Levels = Mapping[str, Level | Literal["off"]]


class Chosen(NamedTuple):
    """The rules of a run, in their order, and the ids of those that the configuration changes.

    ``left_out`` would run without its select, ignore and levels; ``lowered`` and ``raised`` report at another
    level. ``--no-suppressions`` sets aside what leaves out or lowers: those rules are in ``rules`` then.
    """

    rules: tuple[Rule, ...]
    left_out: frozenset[str] = frozenset()
    lowered: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()


def chosen_rules(
    given: Options, settled: Options, configuration: Configuration | None, known: tuple[Rule, ...]
) -> Chosen:
    """Choose among the ``known`` rules. Raises UsageError where none is left.

    ``given`` are the options of the command line, ``settled`` those in force.
    """
    wanted = choose(known, settled)
    chosen = Chosen(wanted)
    if configuration is not None:
        otherwise = choose(known, settled._replace(select=given.select, ignore=given.ignore))
        set_aside = settled.no_suppressions
        chosen = _configured(wanted, otherwise, configuration.levels(known), known, set_aside=set_aside)
    if not settled.allow_empty and not _judges(chosen.rules, settled, known):
        raise UsageError("no rule is left to run; --show-config tells what leaves them out")
    return chosen


def _judges(rules: Sequence[Rule], settled: Options, known: Sequence[Rule]) -> bool:
    """Say whether a rule judges task sequences, or is one about reading that was asked for."""
    asked_for = named(settled.select, known)
    return any(not rule.is_fault or rule.id in asked_for for rule in rules)


def _configured(
    wanted: Sequence[Rule],
    otherwise: Sequence[Rule],
    levels: _Levels,
    known: Sequence[Rule],
    *,
    set_aside: bool,
) -> Chosen:
    """Put the rules that are ``wanted`` at their levels; without select and ignore it were ``otherwise``."""
    running = {rule.id: _at(rule, levels.get(rule.id)) for rule in wanted if levels.get(rule.id) != "off"}
    changed = [rule for rule in wanted if running.get(rule.id, rule) != rule]
    raised = frozenset(rule.id for rule in changed if reaches(running[rule.id].level, rule.level))
    lowered = frozenset(rule.id for rule in changed) - raised
    left_out = frozenset(rule.id for rule in otherwise if rule.id not in running)
    if set_aside:
        running |= {
            rule.id: max(rule, _at(rule, levels.get(rule.id)), key=lambda one: LEVELS.index(one.level))
            for rule in (*otherwise, *wanted)
            if rule.id in left_out | lowered
        }
    return Chosen(tuple(running[rule.id] for rule in known if rule.id in running), left_out, lowered, raised)


def _at(rule: Rule, level: Level | Literal["off"] | None) -> Rule:
    from tslint.rules.rule_level import at_level

    return rule if level is None or level == "off" else at_level(rule, level)
