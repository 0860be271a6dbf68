"""Configurations from strangers, and what they and comments say: bounded, refused with their place, inert."""

import json
import os
from itertools import product

import pytest
from lxml import etree

from tests.rule_text import RULE, command
from tslint.regex.glob import compiled
from tslint.report.render import FORMATS
from tslint.rules.example import sequence_xml
from tslint.rules.rule_words import rules_named
from tslint.suppress import lookup as cover

pytestmark = pytest.mark.usefixtures("_export")


@pytest.fixture
def _export(folder):
    (folder / "a.xml").write_text(sequence_xml([{"restart": "HD"}]), "utf-8")


def refused(text, folder):
    """Tell the error of a configuration, from its place on: one line that can be printed."""
    (folder / ".tslint.yaml").write_text(text, "utf-8")
    status, out, err = command("a.xml")
    assert (status, out) == (2, "")
    assert err.startswith("tslint: .tslint.yaml:")
    assert len(err) < 1000
    assert err[:-1].isprintable()
    return err.removeprefix("tslint: .tslint.yaml:")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("extends: ../other.yaml", "1:1: unknown key 'extends'"),
        ("plugins: [os]", "1:1: unknown key 'plugins'"),
        ("$schema: /etc/passwd", "1:1: unknown key '$schema'"),
        ("rules: [../rules]", "1:9: '../rules' lies outside of the folder of this file"),
        ("rules: [/etc/passwd]", "1:9: '/etc/passwd' lies outside"),
        ("rules: [a/../../b]", "1:9: 'a/../../b' lies outside"),
        ("rules: [link/x.yaml]", "1:9: 'link/x.yaml' lies outside"),
        ('rules: ["a\\0b"]', "1:9: the text holds the character U+0000"),
        (f"rules: [{'x' * 900}]", "1:9: there is no 'xxx"),
        (f"levels: {{{'x' * 900}: note}}", "1:10: unknown rule 'xxx"),
        (f"ignore: [{'x' * 101}]", "1:10: this item cannot be 'xxx"),
        ('"\\e]0;x": 1', "1:1: the text holds the character U+001B"),
        ("profile: &a strict\nselect: *a", "1:10: anchors and aliases"),
        ("profile: [strict]", "1:10: 'profile' cannot be a list; did you mean 'strict'?"),
        ("levels: {TS101: 3}", "1:17: 'TS101' cannot be '3'"),
        ("fail-on: off", "1:10: 'fail-on' cannot be 'off'"),
        ("exclude: archive", "1:10: 'exclude' is a word; it must be a list"),
        ("exclude: [3]", "1:11: this item is the number 3; it must be a word"),
        (f"exclude: ['{'*a' * 501}']", "1:11: this item cannot be '*a*a"),
        (f"exclude: [{'x,' * 501}]", "1:10: 'exclude' cannot be a list; its largest number of items is 500"),
        ("per-file-ignores: [{files: x}]", "1:20: this item has no 'rules'"),
        ("[" * 5000, "1:42: this is nested too deeply"),
    ],
)
def test_a_wrong_configuration_is_refused_with_its_place(text, told, folder):
    (folder / "link").symlink_to(folder.parent)
    assert refused(text, folder).startswith(told)


def test_a_configuration_that_is_no_file_is_not_opened(folder):
    os.mkfifo(folder / "pipe")
    assert command("--config", "pipe", "a.xml")[::2] == (
        2,
        "tslint: pipe:1:1: this is no file; give a file of YAML\n",
    )
    os.mkfifo(folder / ".tslint.yaml")
    assert command("a.xml")[0] == 0


def test_a_word_for_a_rule_is_looked_up_once_in_whatever_case(folder, monkeypatch):
    asked = []

    def counted(word, rules):
        asked.append(word)
        return rules_named(word, rules)

    monkeypatch.setattr("tslint.rules.rule_words.rules_named", counted)
    monkeypatch.setattr("tslint.suppress.apply.rules_named", counted)
    words = ", ".join("".join(letters) for letters in product("rR", "eE", "aA", "dD", "iI", "nN", "gG"))
    entries = "".join(f"- {{files: x, rules: [{words}]}}\n" for _ in range(20))
    (folder / ".tslint.yaml").write_text(f"per-file-ignores:\n{entries}", "utf-8")
    command("a.xml")
    assert sorted(asked) == ["reading", "reading"]  # when it is checked, and when it is used


@pytest.mark.parametrize(
    "glob", ["**/" * 300 + "x", "*a" * 400, "?" * 1000, "**b" * 300, "a*" * 300 + "/**/b"]
)
def test_globs_take_linear_time(glob):
    fits = compiled(glob, ignore_case=False)
    for name in ("a" * 5000, "a/" * 2500, "ab" * 2500):
        assert not fits(f"{name}!")


def test_an_entry_of_the_configuration_is_looked_at_once_a_rule(folder, monkeypatch):
    asked = []

    def counted(one, rule):
        asked.append(rule)
        return naming(one, rule)

    naming = cover._naming
    monkeypatch.setattr(cover, "_naming", counted)
    steps = [{"restart": "HD", "name": f"Restart {n}"} for n in range(300)]
    (folder / "a.xml").write_text(sequence_xml(steps), "utf-8")
    (folder / "r.yaml").write_text(RULE, "utf-8")
    entries = "".join(f"- {{step: '{'**/' * 20}x{n}', rules: [ORG-101]}}\n" for n in range(500))
    (folder / ".tslint.yaml").write_text(f"rules: [r.yaml]\nper-step-ignores:\n{entries}", "utf-8")
    status, _, err = command("--select", "ORG-101", "--format", "json", "a.xml")
    assert (status, "300 findings" in err) == (1, True)
    assert asked.count("ORG-101") == 500


# ---- what a stranger writes into a reason

SPOILT = "\u202ereason ::error::x ##[error]y <b onload=z> ]]> &amp; [a](javascript:b) \x85 \x9b2J"
CONFIGURED = "'reason ::error::x ##[error]y <b onload=z> ]]> &amp; [a](javascript:b)'"
LONG = "r" * 100_000


def suppressed(folder):
    xml = sequence_xml(
        [{"restart": "HD"}, {"restart": "HD", "name": "Second"}, {"restart": "HD", "name": "Third"}]
    )
    first, second, third = (at for at in range(len(xml)) if xml.startswith("<step", at))
    comment = SPOILT.replace("--", "")
    xml = (
        f"{xml[:first]}<!-- tslint: ignore[ORG-101] {comment} -->{xml[first:second]}"
        f"<!-- tslint: ignore[ORG-101] {LONG} -->{xml[second:third]}{xml[third:]}"
    )
    (folder / "a.xml").write_text(xml, "utf-8")
    (folder / "r.yaml").write_text(RULE, "utf-8")
    entry = f"{{step: Third, rules: [ORG-101], reason: {CONFIGURED}}}"
    (folder / ".tslint.yaml").write_text(f"rules: [r.yaml]\nper-step-ignores: [{entry}]\n", "utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_a_reason_gives_no_commands_and_breaks_no_format(form, folder):
    suppressed(folder)
    arguments = ("--select", "ORG-101", "--include-suppressed", "--format", form, "a.xml")
    status, out, err = command(*arguments)
    assert (status, "3 suppressed" in err) == (0, True)
    assert all(char.isprintable() or char == "\n" for char in out + err)
    assert "r" * 400 not in out
    assert "::error" not in out if form == "github" else True
    if form in ("json", "sarif", "gitlab"):
        json.loads(out)
    if form == "junit":
        etree.fromstring(out.encode())
    if form == "sarif":
        (run,) = json.loads(out)["runs"]
        told = [one["suppressions"][0]["justification"] for one in run["results"]]
        assert r"\[a\](javascript:b)" in told[0]


def test_a_suppression_that_is_wrong_cannot_give_commands(folder):
    text = sequence_xml([{"restart": "HD", "description": "tslint: ignore ##[error]x ::error::y \u202e"}])
    (folder / "a.xml").write_text(text, "utf-8")
    _, out, _ = command("--select", "TS005", "--format", "text", "a.xml")
    assert "is no suppression" in out
    assert "##[" not in out
    assert "\u202e" not in out


def test_what_is_in_force_is_shown_without_commands(folder):
    (folder / ".tslint.yaml").write_text("exclude: ['##[error]x', '::error::y']\n", "utf-8")
    _, out, _ = command("--show-config")
    assert "##[" not in out
    assert not any(line.startswith("::") for line in out.splitlines())
