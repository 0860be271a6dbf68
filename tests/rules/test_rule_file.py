"""Each kind of wrong rule file gives one error: where, what, and what would be right."""

import json

import pytest

from tests.patterns import pattern_of
from tests.rule_text import NEVER, RULE
from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.schema_check import check, schema_folder
from tslint.data_files.yaml_file import YamlFile
from tslint.language.form import EVERY, SOME
from tslint.language.selector import Alternative
from tslint.rules.file_reading import MAX_ALTERNATIVES
from tslint.rules.named_selectors import NamedSelectors
from tslint.rules.page import markdown
from tslint.rules.rule import LevelAt
from tslint.rules.rule_file import RuleFile
from tslint.rules.rule_folder import read_selectors
from tslint.rules.rule_schema import validator

WIPES = [{"step": "PartitionDisk"}, {"command": "format"}]
SELECTORS = {"wipes-the-disk": pattern_of({"never": WIPES}).form.subject}
SCHEMA = validator("rule")
RULE_SCHEMA = json.loads((schema_folder() / "rule.schema.json").read_text("utf-8"))


def rule(text=RULE):
    return RuleFile(YamlFile("r.yaml", text), SCHEMA, NamedSelectors(SELECTORS))


def refused(*changes):
    text = RULE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(DataFileError) as caught:
        rule(text)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix("r.yaml:")


WRONG = [
    ("precision:", "precison:", "4:1: unknown key 'precison'; did you mean 'precision'?"),
    (NEVER, "after: a\ncomes: b\ndeadlin: [c]", "12:1: unknown key 'deadlin'; did you mean 'deadline'?"),
    (
        NEVER,
        "never: {step: Reboot}\nunless: [{second: {step: Reboot}}]",
        "11:11: the excuse asks about 'second', which this rule does not offer; known are: first",
    ),
    (NEVER, "never: {runs in: WinPee}", "10:18: 'runs in' cannot be 'WinPee'; did you mean 'WinPE'?"),
    (
        NEVER,
        "never: {step: Reboot, sequence: {kind: os-deploymnt}}",
        "10:40: 'kind' cannot be 'os-deploymnt'; did you mean 'os-deployment'?",
    ),
    (NEVER, "never: {stp: Reboot}", "10:9: unknown key 'stp'; did you mean 'step'?"),
    (NEVER, "never: {step: {mathces: x}}", "10:16: unknown key 'mathces'; did you mean 'matches'?"),
    ("level: error", "level: eror", "3:8: 'level' cannot be 'eror'; did you mean 'error'?"),
    ("level: error", "level: 3", "3:8: 'level' is the number 3; it must be a word or a map or a list"),
    (
        "level: error",
        "level: {on every path: error}",
        "3:8: 'level' has no 'on some path'; add the key 'on some path'",
    ),
    ("level: error", "level: [{over: x, level: note}]", "3:16: 'over' is a word; it must be a number"),
    (
        "level: error",
        "level: error\nlevel in: {recommended: note}",
        "4:12: unknown key 'recommended'; known are: all, strict",
    ),
    (
        "profile: recommended",
        "profile: strict\nlevel in: {strict: note}",
        "7:12: the profile 'strict' is no larger than the rule's own; larger ones are: all",
    ),
    (
        NEVER,
        "clauses:\n  - never: {step: A}\n    profile: strict",
        "10:1: no clause is in the rule's own profile; leave 'profile' out of one clause, or give the rule",
    ),
    (
        NEVER,
        "clauses:\n  - never: {step: Reboot}\n  - never: {step: Reboot}\n    profile: recommended",
        "13:14: the profile 'recommended' is no larger than the rule's own; larger ones are: strict, all",
    ),
    (
        "precision: high",
        "precision: sure",
        "4:12: 'precision' cannot be 'sure'; use one of: very-high, high, medium, low",
    ),
    ("level: error", "", "1:1: the file has no 'level'; add the key 'level'"),
    ("why: Because.", "why:", "8:5: 'why' is empty; it must be a word"),
    (
        "https://example",
        "ftp://example",
        "9:32: 'url' cannot be 'ftp://example.org/policy'; write an address",
    ),
    (NEVER, "", "1:1: the rule has no form; give exactly one of: every, never, nowhere, after, before,"),
    (
        NEVER,
        NEVER + "\nmust: {masked: true}",
        "11:1: 'must' does not belong to the form 'never'; this form takes: broken, never, once, unless",
    ),
    ("never:", "every:", "10:1: the form 'every' has no 'must'; add the key 'must'"),
    (
        NEVER,
        "after: {step: A}\ncomes: {step: B}\nsince: [{step: C}]",
        "12:1: 'since' does not belong to the form 'after'; this form takes: after, at end,",
    ),
    (
        NEVER,
        "between: {step: A}\nforbidden: {step: B}\nand: {step: C}\nuntil: {step: D}",
        "13:1: 'and' and 'until' exclude each other; keep one",
    ),
    (
        NEVER,
        "never: wipes-the-disc",
        "10:8: there is no selector named 'wipes-the-disc'; did you mean 'wipes-the-disk'?",
    ),
    (
        NEVER,
        "never: {phase: winpe, is: nothing}",
        "10:27: there is no selector named 'nothing'; known are: wipes-the-disk",
    ),
    (
        NEVER,
        "never: [{step: A}, 3]",
        "10:20: this item is the number 3; it must be a word or a list or a map",
    ),
    (NEVER, "never: {}", "10:8: 'never' cannot be an empty map; its least number of keys is 1"),
    (
        NEVER,
        "never: {name: {matches: 'b(?=a)'}}",
        "10:25: this regular expression cannot be used: at character 2: it looks ahead or behind",
    ),
    (
        NEVER,
        "never: {name: {matches: 'a(b'}}",
        "10:25: this regular expression cannot be used: at character 2: this '(' is not closed; add ')'",
    ),
    (NEVER, "never: {phase: WinPE}", "10:16: 'phase' cannot be 'WinPE'; use one of: winpe, full-os"),
    (
        NEVER,
        "never: {timeout: {within: [1]}}",
        "10:27: 'within' cannot be a list; its least number of items is 2",
    ),
    (NEVER, "never: {step: A}\nunless: {first: {step: B}}", "11:9: 'unless' is a map; it must be a list"),
    (
        NEVER,
        "never: {step: A}\nbroken: sometimes",
        "11:9: 'broken' cannot be 'sometimes'; use one of: on every path, on some path",
    ),
    ("{first}", "{deadline}", "11:10: the message names '{deadline}', which this rule does not offer;"),
    ("{first}", "{opener}", "11:10: the message names '{opener}', which this rule does not offer;"),
    (
        "{first}",
        "{frist}",
        "11:10: the message names '{frist}', which this rule does not offer; did you mean 'first'?",
    ),
    ("{first}", "{first.name}", "11:10: the message names '{first.name}'"),
    ('computer."', 'computer"', "11:10: 'message' cannot be"),
    ("{restart: HD}", "{run: cmd, to: x}", "14:71: 'to' needs 'set'; add 'set'"),
    (
        "{restart: HD}",
        "{run: cmd, when: A equals}",
        "14:77: 'when' cannot be 'A equals'; A test of a variable is",
    ),
    ("{restart: HD}", "{group: A, steps: [{stp: B}]}", "14:80: unknown key 'stp'; did you mean 'step'?"),
    (
        "at: Restart Computer, ",
        "",
        "14:14: the example does not say where; add 'at': the name of the step reported",
    ),
    ("None, ", "None, at: x, ", "15:26: 'at' has no use here; remove it"),
    (
        "[{title: None, sequence: [{run: cmd}]}]",
        "[]",
        "15:11: 'silent' cannot be an empty list; its least number of items is 1",
    ),
    ("ORG-101", "org101", "1:5: 'id' cannot be 'org101'"),
    (NEVER, "nowhere: {node: group, name: x}", "10:17: the form 'nowhere' looks at all steps and groups"),
    ("silent", "quiet", "15:3: unknown key 'quiet'"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_wrong_rule_file_is_told_with_its_place(old, new, message):
    assert refused((old, new)).startswith(message)


def test_a_message_of_all_clauses_names_what_each_of_them_offers():
    clauses = "clauses: [{never: {step: Reboot, session: capture}}, {nowhere: {step: Reboot}}]"
    assert refused((NEVER, clauses), ("{first}", "{opener}")) == (
        "10:55: the rule's message names '{opener}', which this clause does not offer; "
        "give the clause a message of its own"
    )


def test_a_step_of_two_kinds_is_refused_at_the_second():
    assert refused(("{restart: HD}", "{restart: HD, run: cmd}")).startswith(
        "14:61: this item has 'run' and 'restart' at once; give exactly one of: step, group,"
    )


def test_all_faults_are_told_at_once():
    text = RULE.replace("precision:", "precison:").replace("level: error", "level: eror")
    with pytest.raises(DataFileError) as caught:
        rule(text.replace("profile: recommended", "profile: most"))
    assert caught.value.lines == (
        "r.yaml:4:1: unknown key 'precison'; did you mean 'precision'?",
        "r.yaml:3:8: 'level' cannot be 'eror'; did you mean 'error'?",
        "r.yaml:6:10: 'profile' cannot be 'most'; use one of: recommended, strict, all",
    )
    with pytest.raises(DataFileError) as caught:
        rule(RULE.replace(NEVER, "never: [a, {name: {matches: '('}}]").replace("{first}", "{deadline}"))
    assert [(one.line, one.column) for one in (caught.value, *caught.value.more)] == [
        (10, 9),
        (10, 29),
        (11, 10),
    ]


SHORT = f"""\
id: ORG-7
level: note
{NEVER}
message: "'{{first}}' restarts the computer."
remedy: Remove the step.
"""


def test_what_an_own_rule_leaves_out_has_a_default():
    file = rule(SHORT)
    short = file.rule
    assert (short.name, short.precision, short.category, short.profile) == (
        "org-7",
        "high",
        "own",
        "recommended",
    )
    assert (short.summary, short.remedy) == ("A step restarts the computer.", "Remove the step.")
    assert markdown(short, file.page()).startswith("# ORG-7 org-7\n\nA step restarts the computer.\n")


def test_a_reason_does_instead_of_a_remedy_and_one_of_them_must_be_there():
    reason = SHORT.replace("remedy: Remove the step.", "why: Because.")
    assert rule(reason).rule.remedy == "Because."
    with pytest.raises(
        DataFileError, match=r"^r.yaml:1:1: the rule has no 'remedy'; add the key 'remedy', or"
    ):
        rule(SHORT.replace("remedy: Remove the step.\n", ""))


def test_one_clause_and_a_page_of_an_intranet_are_fine():
    text = RULE.replace(NEVER, f"clauses: [{{{NEVER}}}]").replace("https://example", "http://example")
    assert len(rule(text).rule.clauses) == 1


def test_a_clause_is_checked_like_a_rule():
    changes = (
        NEVER,
        "clauses:\n  - never: {step: A}\n  - {every: {step: B}, must: {name: A}, message: 'No {second}.'}",
    )
    assert refused(changes).startswith("12:50: the message names '{second}'")
    assert refused((NEVER, "clauses:\n  - never: {step: A}\n  - level: note")).startswith(
        "12:5: the clause has no form"
    )


def test_names_are_replaced_by_their_alternatives():
    text = RULE.replace(
        NEVER, "between: {is: wipes-the-disk, phase: winpe}\nforbidden: [wipes-the-disk, {step: Reboot}]"
    )
    written_out = {
        "between": {"is": WIPES, "phase": "winpe"},
        "forbidden": [*WIPES, {"step": "Reboot"}],
    }
    (clause,) = rule(text).rule.clauses
    assert _without_costs(clause.pattern) == _without_costs(pattern_of(written_out))


def _without_costs(value):
    """A name is shorter than what it stands for, and is charged less to look at."""
    if isinstance(value, Alternative):
        value = value._replace(cost=1)
    if not isinstance(value, tuple):
        return value
    return type(value).__name__, *map(_without_costs, value)


@pytest.mark.parametrize(
    ("written", "level", "levels"),
    [
        ("note", "note", {SOME: [LevelAt("note")]}),
        (
            "{on every path: error, on some path: warning}",
            "error",
            {EVERY: [LevelAt("error")], SOME: [LevelAt("warning")]},
        ),
        (
            "[{over: 9, level: warning}, {under: 1, level: note}]",
            "warning",
            {SOME: [LevelAt("warning", over=9), LevelAt("note", under=1)]},
        ),
    ],
)
def test_the_level_of_a_rule_is_the_most_severe(written, level, levels):
    found = rule(RULE.replace("level: error", f"level: {written}")).rule
    (clause,) = found.clauses
    assert (found.level, {one.broken: list(one.by_value) for one in clause.levels}) == (level, levels)


def test_a_clause_has_its_own_level_and_message_or_the_rules():
    clauses = "clauses:\n  - {never: {step: A}, level: error, message: 'A.'}\n  - {never: {step: B}}"
    found = rule(RULE.replace(NEVER, clauses).replace("level: error\np", "level: note\np")).rule
    assert found.level == "error"
    assert [(one.levels[0].by_value[0].level, one.message) for one in found.clauses] == [
        ("error", "A."),
        ("note", "'{first}' restarts the computer."),
    ]


def test_every_key_of_the_schema_is_described():
    def undescribed(node, path):
        if isinstance(node, dict):
            for key, inner in (
                node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ()
            ):
                if "description" not in inner and "/properties/" not in inner.get("$ref", ""):
                    yield f"{path}/{key}"
            for key, inner in node.items():
                yield from undescribed(inner, f"{path}/{key}")
        elif isinstance(node, list):
            for inner in node:
                yield from undescribed(inner, path)

    bare = list(undescribed(RULE_SCHEMA, ""))
    assert [path for path in bare if not path.endswith(("condition/not", "set/when", "/when"))] == []


def selectors(text, known=()):
    file = YamlFile("selectors.yaml", text)
    check(file, validator("selectors"))
    found = NamedSelectors(dict(known), file)
    if found.errors:
        raise found.errors[0]
    return found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: b\nb: [c]\nc: {is: a}\n",
            "3:9: selectors name each other in a circle: a > b > c > a; break the circle",
        ),
        ("a: [a]\n", "1:5: selectors name each other in a circle: a > a; break the circle"),
        ("a: {step: A}\nb: [d]\n", "2:5: there is no selector named 'd'; known are: a, b, wipes-the-disk"),
        ("wipes-the-disk: {step: A}\n", "1:1: 'wipes-the-disk' is a built-in selector; choose another name"),
        (
            "a: {step: A}\nWipes: {step: A}\n",
            "2:1: unknown key 'Wipes'; use small letters, digits and hyphens",
        ),
        ("a: 3\n", "1:4: 'a' is the number 3; it must be a word or a list or a map"),
    ],
)
def test_wrong_named_selectors_are_told_with_their_place(text, message):
    with pytest.raises(DataFileError) as caught:
        selectors(text, SELECTORS.items())
    assert str(caught.value) == f"selectors.yaml:{message}"


def test_names_that_multiply_are_bounded():
    lines = ["a0: {step: A}"] + [f"a{n}: [a{n - 1}, {{is: [a{n - 1}, a{n - 1}]}}]" for n in range(1, 40)]
    with pytest.raises(DataFileError, match=f"more than {MAX_ALTERNATIVES} alternatives"):
        selectors("\n".join(lines))


def test_names_stand_for_names_in_any_order():
    found = selectors("a: [b, {step: A}]\nb: {step: B}\n").resolved
    assert {name: [one.types for one in each.alternatives] for name, each in found.items()} == {
        "a": [("b",), ("a",)],
        "b": [("b",)],
    }


def test_a_regular_expression_in_a_named_selector_is_checked(tmp_path):
    (tmp_path / "selectors.yaml").write_text("a: {line: {matches: '(?<!x)y'}}\n", "utf-8")
    with pytest.raises(DataFileError, match=r"^s.yaml:1:21: this regular expression"):
        read_selectors(tmp_path / "selectors.yaml", "s.yaml", {})
