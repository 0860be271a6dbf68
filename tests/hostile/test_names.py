"""Names that would drive a terminal, an annotation, a page or a spreadsheet."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from tests.hostile.program import FAULTY, ROOT, run
from tslint.report.render import FORMATS
from tslint.rules.example import sequence_xml

CONTROL = "\x85\x9b31m\u202e\u2066\u200b\u2028"  # those that XML allows; the others XML itself refuses
COMMANDS = "\r\n::error file=a::forged\n##[error]forged\n##vso[task.complete]forged\n::set-output name=a::b\n"
MARKDOWN = "![x](https://example.org/x.png) [click](javascript:alert(1)) <img src=x onerror=alert(1)> `a` *b*"
FORMULA = "=HYPERLINK(1) |cmd' /C calc'!A0"
HOSTILE = f"{CONTROL}{COMMANDS}{MARKDOWN}{FORMULA}]]>&<"


def quoted(text):
    return "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text)


def sequence():
    """Our names wherever a report may show one: steps, groups, variables, values, conditions, comments."""
    plain = sequence_xml(
        [
            {
                "group": "NAME",
                "steps": [
                    {"set": "NAMEX", "to": "NAME", "name": "NAME"},
                    {
                        "step": "RequestStateStore",
                        "name": "NAME",
                        "when": ["NAME equals 'NAME'", {"wmi": "NAME"}],
                    },
                    {"run": "scanstate.exe NAME", "name": "NAME"},
                ],
            },
            {"child": "NAME", "name": "NAME"},
        ]
    )
    return plain.replace("NAME", quoted(HOSTILE)).replace(
        "<group", "<!-- tslint: ignore[NAME] --><group".replace("NAME", HOSTILE.replace("-", "")), 1
    )


# one of tslint's own workflow commands, nothing of ours in its properties but the escaped name
OWN = re.compile(r"::(?:error|warning|notice) file=[^:,]*(?:,\w+=\d+)*,title=TS\d+ [a-z\d-]+::")

OWN_ISSUE = re.compile(
    r"##vso\[task\.logissue type=(?:error|warning);sourcepath=[^;\]]*;(?:\w+=\d+;)*code=TS\d+;\]TS\d+ "
)


@pytest.fixture
def folder(tmp_path):
    name = "a.xml" if sys.platform == "win32" else "a\n::error::forged,title=a\x1b[2J\u202e%0A.xml"
    (tmp_path / name).write_text(sequence(), "utf-8")
    (tmp_path / os.fsdecode(b"b\xff.xml")).write_text("<sequence>", "utf-8") if os.name == "posix" else None
    (tmp_path / "good.xml").write_text(FAULTY)
    return tmp_path


def test_the_names_are_in_the_report(folder):
    ran = run(folder, "--profile", "all", "--format", "json", ".")
    assert any("forged" in finding["message"] for finding in json.loads(ran.out)["findings"])
    assert "TS101" in ran.rules()["good.xml"]


@pytest.mark.parametrize("form", FORMATS)
def test_no_character_drives_the_terminal(folder, form):
    ran = run(folder, "--profile", "all", "--format", form, ".")
    shown = ran.out + ran.err
    assert "forged" in shown
    assert {c for c in shown if not c.isprintable()} <= {"\n"}
    assert "\u200b" not in shown


@pytest.mark.parametrize("form", FORMATS)
def test_no_line_is_a_workflow_command_but_those_of_tslint(folder, form):
    ran = run(folder, "--profile", "all", "--format", form, ".")
    for line in (ran.out + ran.err).splitlines():
        assert form == "azure" or not line.lstrip().startswith("##")
        if line.lstrip().startswith("::"):
            assert form == "github"
            assert OWN.match(line)


def test_azure_obeys_no_command_but_those_of_tslint(folder):
    ran = run(folder, "--profile", "all", "--format", "azure", ".")
    for line in ran.out.splitlines():
        if "##" in line:
            assert OWN_ISSUE.match(line)
            assert re.findall(r"##(?:vso)?\[", line) == ["##vso["]


def test_markdown_gets_no_element_but_our_own(folder):
    from markdown_it import MarkdownIt

    page = run(folder, "--profile", "all", "--format", "markdown", ".").out
    html = MarkdownIt("commonmark").enable("table").render(page)
    elements = set(re.findall(r"<([a-z][a-z0-9]*)", html))
    assert elements <= {
        *("p", "strong", "em", "ul", "li", "pre", "code", "details", "summary"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert "forged" in html
    assert "src=" not in re.sub(r">[^<]*<", "><", html)
    assert not re.search(
        r"@\w|(?<!&)#\d|www\.(?!&)|https?://", page
    )  # what services make links of afterwards


def test_sarif_gets_no_links_but_our_own(folder):
    log = json.loads(run(folder, "--profile", "all", "--format", "sarif", ".").out)
    for text in texts(log, "text"):
        assert "](java" not in text.replace("\\]", "")
        assert "](http" not in text.replace("\\]", "")
    assert not [text for text in texts(log, "markdown") if "forged" in text]
    assert all(" " not in uri and "\n" not in uri for uri in texts(log, "uri"))


def texts(value, key):
    """Go through all texts under a key, whatever the depth; what a fix puts into a file is not shown."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "insertedContent":
                continue
            if name == key and isinstance(inner, str):
                yield inner
            yield from texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)


def test_junit_stays_xml_with_the_names_as_text(folder):
    out = run(folder, "--profile", "all", "--format", "junit", ".").out
    root = ET.fromstring(out.encode())  # noqa: S314 - our own report
    assert {element.tag for element in root.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "error", "skipped", "properties", "property"),
    }


def test_gitlab_and_json_stay_json(folder):
    issues = json.loads(run(folder, "--profile", "all", "--format", "gitlab", ".").out)
    assert all(issue["description"].isprintable() for issue in issues)
    assert all("\n" not in issue["location"]["path"] for issue in issues)


def test_usage_errors_do_not_pass_names_on(tmp_path):
    for arguments in (
        ["a\n::error::forged\x1b[2J"],
        ["--select", "a\n::error::forged\x1b[2J", "."],
        ["--format", "\n::error::forged"],
    ):
        ended = usage(tmp_path, arguments)
        assert ended.returncode == 2
        assert not any(line.lstrip().startswith(b"::") for line in ended.stderr.splitlines())
        assert b"\x1b" not in ended.stderr


def usage(folder, arguments):
    return subprocess.run(
        [sys.executable, "-m", "tslint", "--isolated", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
    )
