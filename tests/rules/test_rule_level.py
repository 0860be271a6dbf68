"""A rule at the level of a profile, or at one that somebody chose for it."""

import pytest

from tests.linting import findings_of, lint_steps
from tests.patterns import pattern_of
from tests.report.samples import rule
from tslint.language.form import EVERY, SOME
from tslint.rules.builtin import builtin_rules
from tslint.rules.rule import Clause, LevelAt, Levels
from tslint.rules.rule_level import at_level, in_profile

PATTERN = pattern_of({"never": {"step": "Reboot"}})


def clause(*levels):
    return Clause(PATTERN, "m", tuple(Levels(paths, by_value) for paths, by_value in levels))


def test_every_level_of_a_rule_is_replaced():
    by_value = (LevelAt("error", over=3), LevelAt("note", over=1))
    word = clause((SOME, (LevelAt("error"),)))
    by_path = clause((EVERY, (LevelAt("error"),)), (SOME, by_value))
    before = rule(level="error", clauses=(word, by_path))
    after = at_level(before, "warning")
    assert after.level == "warning"
    levels = [one for clause in after.clauses for one in clause.levels]
    assert {one.level for each in levels for one in each.by_value} == {"warning"}
    assert [(one.over, one.under) for one in after.clauses[1].levels[1].by_value] == [(3, None), (1, None)]
    assert [one.broken for one in after.clauses[1].levels] == [EVERY, SOME]
    assert before.clauses == (word, by_path)


def test_what_a_missing_child_makes_a_note_stays_a_note():
    steps = [{"step": "RequestStateStore", "RequestType": "capture"}, {"child": "PS100009"}]
    assert [one.level for one in lint_steps(*steps) if one.rule == "TS101"] == ["note"]
    chosen = [at_level(one, "error") for one in builtin_rules() if one.id == "TS101"]
    assert [one.level for one in findings_of({"sequence": steps}, chosen)] == ["note"]


def levels_of(one):
    return [level.level for clause in one.clauses for each in clause.levels for level in each.by_value]


@pytest.mark.parametrize(
    ("levels_in", "profile", "level"),
    [
        ((("strict", "error"),), "recommended", "warning"),
        ((("strict", "error"),), "strict", "error"),
        ((("strict", "error"),), "all", "error"),
        ((("all", "note"),), "strict", "warning"),
        ((("all", "note"),), "all", "note"),
        ((("strict", "error"), ("all", "note")), "all", "note"),
    ],
)
def test_a_rule_has_the_level_of_the_largest_profile_named_up_to_the_one_that_runs(levels_in, profile, level):
    one = rule(level="warning", clauses=(clause((SOME, (LevelAt("warning"),))),), levels_in=levels_in)
    found = in_profile(one, profile)
    assert (found.level, levels_of(found)) == (level, [level])


def test_a_clause_of_a_larger_profile_is_silent_and_the_others_keep_their_place():
    always = clause((SOME, (LevelAt("error"),)))
    strict = clause((SOME, (LevelAt("note"),)))._replace(profile="strict")
    one = rule(level="error", clauses=(strict, always))
    assert [len(each.levels) for each in in_profile(one, "recommended").clauses] == [0, 1]
    assert in_profile(one, "strict") == in_profile(one, "all") == one
    assert in_profile(one, "recommended", selected=True) == one
