"""A rule's page: what it shows, and that its examples can be copied into a rule file."""

import pytest

from tests.patterns import clauses_of
from tslint.data_files.yaml_file import YamlFile
from tslint.rules.page import markdown, notation
from tslint.rules.rule import Rule

RULE = Rule(
    *("ORG-1", "no-restart", "error", "high", "policy", "recommended", ("configmgr",), "A restart."),
    *(
        "'{first}' restarts.",
        "Remove the step.",
        "Remove-CMTaskSequenceStep",
        ("TS201",),
        clauses_of({"never": {"step": "Reboot"}}),
    ),
)
PAGE = {
    "level": "error",
    "why": "It loses ```work```.\n",
    "remedy": {"console": "Remove the step."},
    "sources": [{"title": "Policy", "url": "https://example.org/policy"}],
    "examples": {
        "reported": [
            {
                "title": "A child restarts",
                "at": ["A/B", "C"],
                "level": "note",
                "sequence": [{"child": "X"}],
                "children": {"X": [{"restart": "HD"}]},
            }
        ],
        "silent": [
            {"title": "A file", "text": "<a>\n```\n</a>\n"},
            {"title": "Lite", "lite-touch": True, "sequence": []},
        ],
    },
}


def test_the_page_shows_everything():
    assert markdown(RULE, PAGE) == (
        "# ORG-1 no-restart\n\nA restart.\n\n"
        "| level | precision | profile | category | task sequences |\n|---|---|---|---|---|\n"
        "| error | high | recommended | policy | Configuration Manager |\n\n"
        "## Why\n\nIt loses ```work```.\n\n"
        "## How to mend it\n\nIn the console: Remove the step.\n\n"
        "With PowerShell:\n\n```powershell\nRemove-CMTaskSequenceStep\n```\n\n"
        "## Reported\n\nA child restarts (at A/B, C) (note):\n\n"
        "```yaml\n- {child: X}\n# the child task sequence X\n- {restart: HD}\n```\n\n"
        "## Not reported\n\nA file:\n\n````xml\n<a>\n```\n</a>\n````\n\n"
        "Lite:\n\n```yaml\n# a task sequence of MDT Lite-Touch\n```\n\n"
        "## Sources\n\n- [Policy](https://example.org/policy)\n\n"
        "Where this rule reports, these say nothing: TS201.\n"
    )


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (
            {"on every path": "error", "on some path": "warning"},
            "error when broken on every path, warning when broken on some path",
        ),
        (
            [{"over": 9, "level": "error"}, {"over": 1, "under": 9, "level": "note"}],
            "error over 9, note over 1 under 9",
        ),
    ],
)
def test_a_level_that_depends_is_told(level, shown):
    assert f"| {shown} | high |" in markdown(RULE, {**PAGE, "level": level})


STEPS = [
    {
        "group": "G: 1",
        "when": "A equals no",
        "steps": [{"group": "Empty", "steps": []}, {"step": "Reboot", "Target": "HD"}],
    },
    {"run": "cmd /c \"echo 'x' > %TEMP%\\a, b\" # c", "name": "true", "disabled": True, "timeout": 900},
    {"powershell": "a\n\tb\u00adé {x}", "name": ""},
    {"set": "X", "to": "null", "when": [{"any": ["A exists", {"not": {"file": "C:\\x"}}]}]},
    {"set": "Y", "to": "12", "masked": False, "name": "-x", "description": "a: b"},
    {"set": "Z", "to": "Null", "name": "NULL", "description": "trailing "},
    {"dynamic": [{"set": {"on": "1e3", "B": 1.5, "C D": "0x1"}}]},
    {"step": "", "name": "a -b: c:", "description": "%x%", "Empty": [], "when": "A equals x -y"},
]


def test_notation_reads_back_as_what_was_written():
    assert YamlFile("page", "\n".join(notation(STEPS))).data == STEPS
