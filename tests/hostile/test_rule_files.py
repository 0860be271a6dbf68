# ruff: noqa: S311 - dice for tests
"""Rule files from strangers: refused with their place and what would be right, or bounded in their cost."""

import errno
import os
from random import Random

import pytest

from tests.hostile.handed import refused
from tests.rule_text import NEVER, RULE, command, with_pattern
from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.yaml_file import MAX_YAML_BYTES, MAX_YAML_VALUES
from tslint.rules.custom import load_rules
from tslint.rules.rule_folder import MAX_RULE_BYTES, MAX_RULE_FOLDERS

pytestmark = pytest.mark.usefixtures("folder")


# ---- reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &a [x]\nb: [*a, *a]\n", "1:4: anchors and aliases are not allowed"),
        ("&a [*a]", "1:1: anchors and aliases are not allowed"),
        ("a: !!python/object/apply:os.system [id]", "1:4: tags are not allowed"),
        ("<<: {id: x}", "1:1: unknown key '<<'"),
        ("$schema: file:///etc/passwd\n" + RULE, "1:1: unknown key '$schema'"),
        ("extends: ../x.yaml\n" + RULE, "1:1: unknown key 'extends'"),
        ("[" * 10_000, "1:42: this is nested too deeply"),
        ("a: " + "1" * 10_000, "1:4: '11111111111111111111' reads as a number out of range"),
        (RULE.replace("level: error", "level: [{over: .nan, level: note}]"), "3:16: 'over' is a word"),
        (RULE.replace("level: error", "level: [{under: .inf, level: note}]"), "3:17: 'under' is a word"),
        (RULE.replace("level: error", "level: [{over: 2024-01-31, level: note}]"), "3:16: 'over' is a word"),
        (RULE.replace("level: error", "level: [{over: 1:30, level: note}]"), "3:16: 'over' is a word"),
        (with_pattern("never: {step: A, masked: no}"), "10:26: 'masked' is a word; it must be true or false"),
        ("{[a]: b}", "1:2: a key must be a plain word"),
        ("? {a: b}\n: c", "1:3: a key must be a plain word"),
        ("a: 1\na: 2", "2:1: 'a' is written twice"),
        ("a: 1\n--- \nb: 2", "2:1: a second document starts here"),
        ("a:\n\t- b", "2:1: this is no YAML"),
        (RULE + "\0", "16:1: the file holds a character that YAML does not allow"),
        (RULE.encode("utf-16"), "1:1: the file is not UTF-8"),
        (b"\x7fELF\x02\x01\x01\xff\xfe", "1:1: the file is not UTF-8"),
        ("a: " + "x" * MAX_YAML_BYTES, "1:1: the file is too large"),
        ("just words", "1:1: the file is a word; it must be a map"),
        ("'" + "k" * 900 + "': 1", "1:1: unknown key 'kkk"),
        (f"{{{'k' * 500}: 1, {'k' * 500}: 1}}", "1:507: 'kkk"),
    ],
)
def test_what_yaml_can_do_to_a_reader_is_refused_with_its_place(text, told):
    assert refused(text).startswith(told)


@pytest.mark.parametrize("character", ["\\e", "\\0", "\\r", "\\x9b", "\\u202e", "\\u2066", "\\L"])
@pytest.mark.parametrize("place", ["why: {}", "{}: x"])
def test_characters_that_a_terminal_obeys_are_refused_wherever_they_stand(character, place):
    text = RULE.replace("why: Because.", place.format(f'"a{character}b"'))
    assert refused(text).startswith("8:"), text
    assert "the text holds the character U+" in refused(text)


def test_a_key_cannot_write_lines_of_its_own_into_an_error():
    told = refused('"x\\n::error::y": 1\n' + RULE)
    assert told.startswith("1:1: unknown key 'x ::error::y'")


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [
        "never: [" + "{a: 1}," * (MAX_YAML_VALUES // 3) + "]",
        "never: [" + "3," * (MAX_YAML_VALUES - 100) + "]",
        f"{NEVER}\nsilences: [" + ",".join(f"[{n}], b{n}" for n in range(3000)) + "]",
    ],
)
def test_very_many_faults_cost_no_more_than_one(pattern):
    assert refused(with_pattern(pattern)).startswith(("10:", "11:"))


def test_a_file_of_very_many_values_is_refused():
    told = refused(with_pattern("never: [" + "3," * (MAX_YAML_BYTES // 2 - 1000) + "]"))
    assert f"the file holds more than {MAX_YAML_VALUES:,} values" in told


@pytest.mark.parametrize("name", ["r.yaml", "own/r.yaml", "own/selectors.yaml"])
def test_what_is_no_file_is_not_opened(name, folder):
    (folder / "own").mkdir()
    os.mkfifo(folder / name)
    if name == "own/selectors.yaml":
        (folder / "own" / "r.yaml").write_text(with_pattern("never: ours"), "utf-8")
    given = name if name == "r.yaml" else "own"
    status, _, err = command("--rules", given, "--list-rules")
    assert status == 2
    assert "this is no file" in err or "there is no selector named 'ours'" in err


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("r.yaml", f"the file cannot be read ({os.strerror(errno.ELOOP)})"),
        ("/dev/zero", "this is no file"),
        (".", "the folder holds no rule file"),
    ],
)
def test_links_to_what_is_no_file_are_told(target, told, folder):
    (folder / "r.yaml").symlink_to(target if target != "." else folder / "empty")
    (folder / "empty").mkdir()
    status, _, err = command("--rules", "r.yaml", "--list-rules")
    assert (status, told in err) == (2, True), err


@pytest.mark.parametrize("name", ["r.yaml", "selectors.yaml"])
def test_a_link_out_of_the_folder_is_not_read(name, folder):
    (folder / "secret").write_text("root: x\n", "utf-8")
    (folder / "own").mkdir()
    (folder / "own" / "a.yaml").write_text(RULE, "utf-8")
    (folder / "own" / name).symlink_to("../secret")
    status, _, err = command("--rules", "own", "--list-rules")
    assert status == 2
    assert err == f"tslint: own/{name}:1:1: this link leads out of the folder; put the file itself there\n"


def test_a_folder_of_large_files_is_refused_unread(folder):
    for number in range(MAX_RULE_BYTES // MAX_YAML_BYTES + 1):
        (folder / f"{number}.yaml").write_text("#" * MAX_YAML_BYTES, "utf-8")
    with pytest.raises(DataFileError, match="the rule files hold more than 2,048 KB together"):
        load_rules(".")


def test_very_deep_folders_are_refused(folder):
    deep = folder.joinpath("own", *("d" for _ in range(MAX_RULE_FOLDERS + 2)))
    deep.mkdir(parents=True)
    (deep / "r.yaml").write_text(RULE, "utf-8")
    status, _, err = command("--rules", "own", "--list-rules")
    assert (status, "more than 20 deep" in err) == (2, True)


# ---- selectors


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a0: [a1]", "a1: {is: a0}"], "selectors.yaml:2:10: selectors name each other in a circle"),
        (
            [f"a{n}: a{n + 1}" for n in range(3000)],
            "selectors.yaml:20:6: selectors name each other more than",
        ),
        (
            [f"a{n}: [a{n + 1}, a{n + 1}]" for n in range(15)] + ["a15: {step: Reboot}"],
            "more than 300 alternatives",
        ),
        (
            [f"a{n}: {{is: a{n + 1}, sequence: {{contains: a{n + 1}}}}}" for n in range(15)]
            + ["a15: {step: Reboot}"],
            "more than 300 alternatives",
        ),
    ],
)
def test_selectors_that_name_each_other_are_bounded(lines, told):
    error = refused(with_pattern("never: a0"), "\n".join(lines))
    assert told in error
    assert error.startswith("selectors.yaml:")


def test_selectors_that_are_deep_in_the_order_of_the_file_are_bounded_too():
    lines = ["a0: {step: Reboot}", *(f"a{n}: {{is: a{n - 1}, name: x}}" for n in range(1, 600))]
    assert "selectors.yaml:21:6: selectors name each other more than 20 deep" in refused(
        with_pattern("never: a0"), "\n".join(lines)
    )


def test_the_nearest_of_very_many_names_is_not_looked_for():
    names = "\n".join(f"a{n}: {{step: Reboot}}" for n in range(3000))
    told = refused(with_pattern("never: aa7"), names)
    assert told.startswith("10:8: there is no selector named 'aa7'; known are: a0, a1,")


# ---- regular expressions


@pytest.mark.parametrize("pattern", ["(a{1000}){1000}", "((a{100}){100}){100}", "(a|b){1001}"])
def test_a_regular_expression_that_grows_is_refused_with_its_place(pattern):
    told = refused(with_pattern(f'never: {{name: {{matches: "{pattern}"}}}}'))
    assert told.startswith("10:25: this regular expression cannot be used: ")


# ---- types


@pytest.mark.parametrize(
    ("matcher", "told"),
    [
        ("{within: [a, b]}", "10:25: this item is a word; it must be a number"),
        ("{within: 3}", "10:24: 'within' is the number 3; it must be a list"),
        ("{over: '3'}", "10:22: 'over' is a word; it must be a number"),
        ("{longer: -1}", "10:24: 'longer' cannot be '-1'; it must be at least 0"),
        ("{matches: 3}", "10:25: 'matches' is the number 3; it must be a word"),
        ("{missing: maybe}", "10:25: 'missing' is a word; it must be true or false"),
        ("{all: {not: x}}", "10:21: 'all' is a map; it must be a list"),
        ("{path: home}", "10:22: 'path' cannot be 'home'; use one of: root, local"),
        ("null", "10:15: 'name' is empty; it must be"),
        ("{not: []}", "10:21: 'not' cannot be an empty list; its least number of items is 1"),
        ("[[" * 25 + "a" + "]]" * 25, "10:54: this is nested too deeply"),
    ],
)
def test_wrong_types_are_refused_before_a_rule_runs(matcher, told):
    assert refused(with_pattern(f"never: {{name: {matcher}}}")).startswith(told)


def test_at_most_cannot_ask_for_memory():
    told = refused(with_pattern("at most: 100000000000000000\nof: {step: Reboot}"))
    assert told.startswith("10:10: 'at most' cannot be '100000000000000000'; it must be at most 100")


# ---- examples


def examples(sequence, children=""):
    return RULE.replace("[{run: cmd}]", sequence + children)


def test_examples_whose_children_multiply_are_refused():
    children = ", ".join(f"A{n}: [{{child: A{n + 1}}}, {{child: A{n + 1}}}]" for n in range(60))
    told = refused(examples("[{child: A0}]", f", children: {{{children}}}"))
    assert told.startswith("15:12: the examples run more than 5,000 steps, called children included")


def test_examples_of_very_many_steps_are_refused():
    assert "the file holds more than" in refused(examples(f"[{'{run: a},' * 20_000}]"))
    called = "{child: A0}," * 60
    told = refused(examples(f"[{called}]", f", children: {{A0: [{'{run: a},' * 100}]}}"))
    assert told.startswith("15:12: the examples run more than 5,000 steps")


def test_a_child_that_calls_itself_is_an_example_like_any_other(folder):
    text = examples("[{child: A0}]", ", children: {A0: [{child: A0}, {child: A1}], A1: [{child: A0}]}")
    (folder / "r.yaml").write_text(text, "utf-8")
    assert command("--check-rules", "r.yaml") == (
        0,
        "",
        "1 rule with 2 examples; the next free id is ORG-102\n",
    )


def test_examples_that_cannot_be_decided_do_not_hold_up_the_check(folder):
    def hard(seed):
        dice = Random(seed)
        words = [[f"V{dice.randrange(60)} equals 1" for _ in range(3)] for _ in range(20)]
        any_of = [f"{{any: [{', '.join(tests)}]}}" for tests in words]
        return "[" + ", ".join(f"{{restart: HD, when: [{', '.join(any_of)}]}}" for _ in range(2)) + "]"

    many = "\n".join(f"    - {{title: T, sequence: {hard(n)}}}" for n in range(30))
    text = with_pattern("pair: {step: Reboot}\nwith: {step: Reboot}\nagree: {second: {step: PartitionDisk}}")
    text = text.replace("  silent: [{title: None, sequence: [{run: cmd}]}]\n", f"  silent:\n{many}\n")
    (folder / "r.yaml").write_text(text, "utf-8")
    status, out, _ = command("--check-rules", "r.yaml")
    assert status == 1, out
    assert out.count("no verdict") <= 2


def test_a_thousand_rules_do_not_run_each_other(folder):
    for n in range(300):
        text = RULE.replace("ORG-101", f"ORG-{n}").replace("no-restart", f"no-restart-{n}")
        (folder / f"{n}.yaml").write_text(text, "utf-8")
    assert command("--check-rules", ".")[0] == 0
