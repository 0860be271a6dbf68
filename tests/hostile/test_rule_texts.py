"""What rules from strangers say: nothing in it is obeyed by who reads it, terminal, pipeline or browser."""

import json

import pytest

from tests.hostile.handed import refused
from tests.rule_text import RULE, command
from tslint.rules.custom import load_rules
from tslint.rules.example import sequence_xml

pytestmark = pytest.mark.usefixtures("folder")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: no-restart", 'name: "no-restart\\n"', "2:7: 'name' cannot be"),
        ("id: ORG-101", 'id: "ORG-101\\n"', "1:5: 'id' cannot be"),
        ("category: policy", 'category: "policy\\n"', "5:11: 'category' cannot be"),
        ("https://example.org/policy", '"https://x/\\n"', "9:32: 'url' cannot be"),
        ("https://example.org/policy", "'https://x)![a](https://y)'", "9:32: 'url' cannot be"),
        ("https://example.org/policy", "'javascript:alert(1)'", "9:32: 'url' cannot be"),
        ("https://example.org/policy", "'file:///etc/passwd'", "9:32: 'url' cannot be"),
        (
            "why: Because.",
            "why: A <img src=x onerror=y>.",
            "8:6: 'why' holds HTML, an image or a link: '<img",
        ),
        ("why: Because.", "why: <!-- x -->", "8:6: 'why' holds HTML"),
        ("why: Because.", "why: '[x](javascript:y)'", "8:6: 'why' holds HTML, an image or a link: '](java"),
        ("why: Because.", "why: '![x](https://y)'", "8:6: 'why' holds HTML"),
        ("why: Because.", 'why: "[x]\\n\\n[x]: javascript:y"', "8:6: 'why' holds HTML"),
        ("why: Because.", 'why: "  ```\\n```\\n<b>\\n```"', "8:6: 'why' holds HTML"),
        ("why: Because.", 'why: "````\\n```\\n````\\n<b>\\n```"', "8:6: 'why' holds HTML"),
        ("why: Because.", 'why: "~~~\\n```\\n~~~\\n<b>\\n```"', "8:6: 'why' holds HTML"),
        ("summary: A", "summary: <script>", "7:10: 'summary' holds HTML"),
        ("console: Remove", "console: <script>", "12:19: 'console' holds HTML"),
        ("title: Policy", "title: <script>", "9:19: 'title' holds HTML"),
        ("title: One", "title: <script>", "14:22: 'title' holds HTML"),
        ("at: Restart", "at: <script>", "14:31: 'at' holds HTML"),
        ("{first}", "{value.__class__}", "11:10: the message names '{value.__class__}'"),
        ("{first}", "{0}", "11:10: the message names '{0}'"),
        ("{first}", "{first!r}", "11:10: the message names '{first!r}'"),
        ("{first}", "{{first}}", "11:10: the message names '{"),
    ],
)
def test_what_a_reader_of_the_rule_would_obey_is_refused(old, new, told):
    assert refused(RULE.replace(old, new)).startswith(told)


def test_a_block_of_code_may_hold_anything(folder):
    (folder / "r.yaml").write_text(RULE.replace("Because.", '"A.\\n\\n```xml\\n<step>\\n```\\n"'), "utf-8")
    assert len(load_rules("r.yaml")[0]) == 1


def spoilt():
    """Return a rule that says what pipelines obey, wherever it may say anything."""
    text = RULE.replace("'{first}' restarts the computer.", "::error::x ##[error]y %s.")
    text = text.replace("why: Because.", 'why: "Because.\\n::error::x\\n##[error]y"')
    return text.replace("title: None", "title: '##[error]y'").replace("Remove the step.", '"::error::x ##[z"')


@pytest.mark.parametrize(
    "arguments",
    [
        ("--explain", "ORG-101"),
        ("--list-rules",),
        ("--format", "text", "a.xml"),
        ("--format", "github", "a.xml"),
    ],
)
def test_a_rule_cannot_give_commands_to_a_pipeline(arguments, folder):
    (folder / "r.yaml").write_text(spoilt(), "utf-8")
    (folder / "a.xml").write_text(sequence_xml([{"restart": "HD"}]), "utf-8")
    status, out, err = command("--rules", "r.yaml", *arguments)
    assert status < 2, err
    for line in (*out.splitlines(), *err.splitlines()):
        assert not line.lstrip().startswith("::") or line.startswith("::error file=a.xml,"), line
        assert "##[" not in line or line.startswith("::error file=a.xml,"), line


def test_an_example_that_fails_cannot_give_commands_to_a_pipeline(folder):
    text = RULE.replace("title: None", "title: '##[error]y'").replace("[{run: cmd}]", "[{restart: HD}]")
    (folder / "r.yaml").write_text(text, "utf-8")
    status, out, _ = command("--check-rules", "r.yaml")
    assert (status, "##[" in out, r"\x23#[error]y" in out) == (1, False, True)


def test_an_error_cannot_give_commands_to_a_pipeline():
    assert "##[" not in refused("'##[error]x': 1")


def test_names_that_read_like_placeholders_are_names(folder):
    (folder / "r.yaml").write_text(RULE.replace("'{first}'", "'{name}' %s"), "utf-8")
    steps = [{"restart": "HD", "name": "{first} %s {0} {value.__class__}"}]
    (folder / "a.xml").write_text(sequence_xml(steps), "utf-8")
    arguments = ("--rules", "r.yaml", "--select", "ORG-101", "--format", "json", "a.xml")
    (found,) = json.loads(command(*arguments)[1])["findings"]
    assert found["message"] == "'{first} %s {0} {value.__class__}' %s restarts the computer."
