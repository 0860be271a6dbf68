"""Conditions made to explode: what rules cannot decide is a finding."""

import json
import random
import re

import pytest

from tests.hostile.program import CAPTURE, FAULTY, RELEASE, REQUEST, run
from tests.linting import TABLES
from tests.source.small_exports import cdata, console, zipped
from tslint.lint.run import lint
from tslint.logic.effort import MAX_EFFORT
from tslint.rules.builtin import builtin_rules
from tslint.rules.example import sequence_xml

pytestmark = pytest.mark.slow


def judged(folder, steps, *arguments):
    """Lint steps beside a good file with all rules: the run, and what was found in the steps."""
    (folder / "a.xml").write_text(sequence_xml(steps))
    (folder / "good.xml").write_text(FAULTY)
    ran = run(folder, "--profile", "all", "--format", "json", *arguments, "a.xml", "good.xml")
    found = ran.rules()
    assert "TS101" in found["good.xml"]
    assert "TS007" not in found["good.xml"]
    return ran, found.get("a.xml", set())


def undecided(ran):
    """Return the rules that met the bound on their effort."""
    told = [one["message"] for one in json.loads(ran.out)["findings"] if one["rule"] == "TS007"]
    return set(re.findall(r"(?<=[ ,])TS\d+", " ".join(told)))


def test_sixty_guards_of_thirty_propositions_each(tmp_path):
    chance = random.Random(1)  # noqa: S311 - a test's own numbers

    def guard():
        tests = ["{} exists", "{} notExists", "{} equals x"]
        pick = (chance.choice(tests).format(f"V{chance.randrange(300)}") for _ in iter(int, 1))
        return {"any": [{"all": [next(pick) for _ in range(3)]} for _ in range(10)]}

    ran, found = judged(
        tmp_path, [{**(REQUEST, RELEASE, CAPTURE)[n % 3], "when": guard()} for n in range(60)]
    )
    assert {"TS101", "TS104"} & (undecided(ran) | found)  # TS104 tells the same fault better


def test_a_rule_that_cannot_decide_does_not_silence_the_others(tmp_path):
    chance = random.Random(1)  # noqa: S311 - a test's own numbers
    guards = [{"any": [f"V{chance.randrange(300)} exists" for _ in range(30)]} for _ in range(60)]
    steps = [{**(REQUEST, RELEASE)[n % 2], "when": {"not": [guard]}} for n, guard in enumerate(guards)]
    steps += [{**(RELEASE, REQUEST)[n % 2], "when": guard} for n, guard in enumerate(guards)]
    ran, found = judged(
        tmp_path, [*steps, {"run": "net use x: \\\\s\\x Passw0rd1 /user:u"}], "--select", "TS101,TS519"
    )
    assert "TS101" in undecided(ran) | found
    assert "TS519" in found


def test_forty_missing_children_between_guarded_steps(tmp_path):
    steps = []
    for n in range(40):
        steps += [{"child": f"CHI{n:05}", "name": f"Call {n}", "when": f"C{n} exists"}]
        steps += [
            {**step, "when": f"{name}{n} exists"}
            for name, step in (("Q", REQUEST), ("U", CAPTURE), ("R", RELEASE))
        ]
    ran, found = judged(tmp_path, steps)
    assert not undecided(ran)
    assert "TS112" in found


def test_a_hundred_values_of_one_variable_are_decided(tmp_path):
    steps = [{**REQUEST, "when": f"Model equals m{n}"} for n in range(100)]
    ran, found = judged(tmp_path, steps)
    assert found & {"TS101", "TS102"}
    assert not undecided(ran)


@pytest.mark.parametrize(
    ("operator", "value"), [("equals", "m{}"), ("greater", "{}"), ("less", "w{}"), ("like", "*{}*")]
)
def test_a_thousand_comparisons_of_one_variable(tmp_path, operator, value):
    guards = [f"Model {operator} {value.format(n)}" for n in range(1000)]
    ran, _ = judged(tmp_path, [{**REQUEST, "when": guard} for guard in guards])
    assert undecided(ran)


LONG = "a" * 30_000
SLOW = {
    "known": [f"A like *{LONG[:15_000]}{end}*" for end in "bcdefghijk"],
    "unknown": [f"B like {'*a' * 10_000}*b", f"B like {'?*' * 10_000}", f"B equals {LONG}"],
    "many": [f"B like *{n}*" for n in range(200)],
}


@pytest.mark.parametrize("name", SLOW)
def test_wild_cards_that_are_slow_to_match(tmp_path, name):
    steps = [{"set": "A", "to": LONG, "name": "Set"}, *({**REQUEST, "when": test} for test in SLOW[name])]
    ran, found = judged(tmp_path, steps)
    assert "TS101" in undecided(ran) | found


def test_values_that_double(tmp_path):
    steps = [{"set": f"X{n}", "to": f"%X{n - 1}%%X{n - 1}%", "name": "Set"} for n in range(1, 100)]
    cases = [{"set": "Y", "to": f"%Y%{n}", "when": f"V{n} exists", "name": "Set"} for n in range(200)]
    ran, found = judged(tmp_path, [*steps, *cases, {**REQUEST, "when": ["X99 equals a", "Y equals b"]}])
    assert "TS101" in undecided(ran) | found


def test_as_many_tests_as_steps(tmp_path):
    tests = [f"V{n} exists" for n in range(3000)]
    steps = [{**REQUEST, "when": {"any": tests}}, {**REQUEST, "when": {"all": tests}}]
    ran, found = judged(
        tmp_path, [*steps, *[REQUEST] * 1000, *({**REQUEST, "when": test} for test in tests[:1000])]
    )
    assert "TS101" in undecided(ran) | found


COSTLY = sequence_xml(
    [
        {
            **(REQUEST, RELEASE)[n % 2],
            "when": {"not": [{"any": [f"V{(7 * n + m) % 300} exists" for m in range(30)]}]},
        }
        for n in range(60)
    ]
)


def test_costly_sequences_in_one_zip_cost_little_more_than_one(tmp_path):
    members = {f"{n:02}.xml": COSTLY for n in range(2, 30)}
    (tmp_path / "a.zip").write_bytes(zipped({"01.xml": FAULTY, **members}))
    ran = run(tmp_path, "--select", "TS101", "--format", "json", "a.zip")
    found = ran.rules()
    assert found["a.zip!/01.xml"] == {"TS101"}
    assert found["a.zip!/29.xml"] == {"TS007"}


def test_costly_files_of_an_unpacked_export_leave_the_others_their_share(tmp_path):
    for n in range(20):
        folder = tmp_path / "SMS_TaskSequencePackage" / f"XYZ{n:05}"
        folder.mkdir(parents=True)
        (folder / "object.xml").write_text(console(cdata(COSTLY if n < 19 else FAULTY)))
    rules = [rule for rule in builtin_rules() if rule.id == "TS101"]
    result = lint([str(tmp_path)], rules, TABLES, effort=MAX_EFFORT // 20)
    assert len(result.undecided) == 19
    assert [finding.rule for finding in result.findings] == ["TS101"]
