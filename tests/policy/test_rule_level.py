"""A rule at a level that somebody chose for it."""

import pytest

from tests.linting import findings_of, lint_steps
from tests.report.samples import rule
from tslint.policy.builtin import builtin_rules
from tslint.policy.rule_level import at_level

BY_VALUE = [{"over": 3, "level": "error"}, {"over": 1, "level": "note"}]
AT_WARNING = [{"over": 3, "level": "warning"}, {"over": 1, "level": "warning"}]


@pytest.mark.parametrize(
    ("pattern", "changed"),
    [
        ({"never": {}}, {"never": {}}),
        ({"level": "error"}, {"level": "warning"}),
        (
            {"levels": {"on every path": "error", "on some path": "note"}},
            {"levels": {"on every path": "warning", "on some path": "warning"}},
        ),
        ({"levels": BY_VALUE}, {"levels": AT_WARNING}),
        (
            {"clauses": [{"every": {}}, {"every": {}, "level": "note"}]},
            {"clauses": [{"every": {}}, {"every": {}, "level": "warning"}]},
        ),
    ],
)
def test_every_level_of_a_rule_is_replaced(pattern, changed):
    before = rule(level="error", pattern=pattern)
    assert at_level(before, "warning") == before._replace(level="warning", pattern=changed)
    assert before.pattern == pattern


def test_what_a_missing_child_makes_a_note_stays_a_note():
    steps = [{"step": "RequestStateStore", "RequestType": "capture"}, {"child": "PS100009"}]
    assert [one.level for one in lint_steps(*steps) if one.rule == "TS101"] == ["note"]
    chosen = [at_level(one, "error") for one in builtin_rules() if one.id == "TS101"]
    assert [one.level for one in findings_of({"sequence": steps}, chosen)] == ["note"]
