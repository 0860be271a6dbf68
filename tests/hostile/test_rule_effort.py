# ruff: noqa: S311 - dice for tests
"""What rules from strangers cost to evaluate: bounded, and told where the bound is met; no rule crashes."""

from random import Random

import pytest

from tests.linting import TABLES, result_of
from tests.patterns import rule_of
from tslint.lint.run import lint
from tslint.logic.effort import MAX_EFFORT
from tslint.rules.builtin import builtin_rules
from tslint.rules.example import sequence_xml

ANY = {"name": {"longer": 0}}
STEPS = sequence_xml([{"run": "cmd /c dir", "continueOnError": True} for _ in range(1500)]).encode()
ZZZ = [{"name": {"matches": f"zzz{n}"}} for n in range(300)]


def limited(data, rules):
    """Lint with a tenth of the effort that a run may take, so that the test is quick."""
    read = {"stdin_name": "x", "read_stdin": lambda: data}
    return lint(["-"], rules, TABLES, **read, effort=MAX_EFFORT // 10)


@pytest.mark.parametrize(
    "facts",
    [
        [{"description": {"matches": f"(a|b)*a(a|b){{200}}c{n}"}} for n in range(50)],
        {"description": [{"contains": f"c{n}"} for n in range(50)]},
        {"name": "x", "reads": ["c" * 200]},
    ],
    ids=["matches", "contains", "reads"],
)
def test_what_is_looked_for_in_a_long_text_is_charged(facts):
    text = "".join(Random(1).choices("ab", k=1_900_000))
    data = sequence_xml([{"run": "x", "name": "x", "description": text}]).encode()
    data = data.replace(b"<action>", b"<action>" + text.encode())
    result = limited(data, [rule_of({"never": facts})])
    assert [one.rule for one in result.undecided] == ["ORG-1"]


@pytest.mark.parametrize(
    "pattern",
    [
        {"pair": ANY, "with": ANY, "agree": {"second": {"step": "X"}}},
        {"between": ANY, "forbidden": ANY},
        {"after": ANY, "comes": {"step": "X"}, "deadline": {"step": "Y"}, "outcome": "fails"},
        {"before": ANY, "comes": ANY},
        {"at most": 100, "of": ANY},
        {"never": {**ANY, "sequence": {"contains": [ANY]}}},
        {"never": {**ANY, "is": ZZZ}},
        {"never": {"name": [f"zzz{n}" for n in range(5000)]}},
        {"every": ANY, "must": [*({"step": f"X{n}"} for n in range(300)), {"step": "RunCommandLine"}]},
    ],
    ids=lambda pattern: next(iter(pattern)),
)
def test_a_rule_that_costs_too_much_says_nothing_and_is_told(pattern):
    result = limited(STEPS, [rule_of(pattern)])
    assert [one.rule for one in result.undecided] == ["ORG-1"]


def test_very_many_findings_do_not_each_look_at_every_step(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "tslint.flow.assignments.may_write_anything", lambda step, _tables, _assigned: asked.append(step)
    )
    assert len(result_of(STEPS, [rule_of({"never": ANY})]).findings) == 1500
    assert len(asked) <= 2 * 1500


def test_what_is_waited_for_in_vain_is_charged():
    steps = [{"run": "%U%"} for _ in range(600)]
    deadlines = {"CommandLine": "may be, may not"}
    pattern = {"after": ANY, "comes": {"step": "X"}, "deadline": deadlines}
    result = limited(sequence_xml(steps).encode(), [rule_of(pattern)])
    assert [one.rule for one in result.undecided] == ["ORG-1"]


@pytest.mark.slow
def test_very_many_costly_rules_are_bounded_together():
    costly = [rule_of({"never": {**ANY, "is": ZZZ}}, f"ORG-{n}") for n in range(300)]
    assert len(limited(STEPS, costly).undecided) == 300


def test_the_built_in_rules_decide_a_long_sequence():
    assert result_of(STEPS, builtin_rules()).undecided == ()


def test_rules_that_pass_the_schema_do_not_crash():
    dice = Random(7)
    words = ["Reboot", "any", "", "nan", "-1", "%X%", "C:\\", "UseHardlinks", "scanstate", "\u0130"]
    maps = ("written", "value", "value of", "package")
    single = (
        "step",
        "name",
        "runIn",
        "timeout",
        "action",
        "line",
        "to",
        "by",
        "argument",
        "script",
        "Target",
    )

    def matcher(depth=0):
        kind = dice.randrange(7) if depth < 3 else 0
        if kind < 3:
            return dice.choice(words)
        if kind == 3:
            return {"within": [3, -3]}
        if kind == 4:
            return {"over": 10**17}
        return {"not": matcher(depth + 1)} if kind == 5 else {"all": [matcher(depth + 1), {"missing": True}]}

    def facts():
        found = {key: matcher() for key in dice.sample(single, 2)}
        more = dice.choice(maps)
        found[more] = {"UseHardlinks": matcher(), "X": matcher()}
        for key in ("command", "sets", "has", "lacks", "reads", "listed"):
            if dice.random() < 0.3:
                found[key] = dice.choice(words) or "x"
        return found

    data = sequence_xml(
        [
            {"set": "X", "to": "%Y%", "masked": True},
            {"run": "scanstate.exe %X% /c", "when": "X equals 1"},
            {"step": "CaptureUserState", "UseHardlinks": True},
            {"restart": "HD"},
        ]
    ).encode()
    rules = [rule_of({"every": facts(), "must": facts()}, f"ORG-{n}") for n in range(400)]
    result = lint(["-"], rules, TABLES, stdin_name="x", read_stdin=lambda: data)
    assert [crash.error for crash in result.crashes] == []
