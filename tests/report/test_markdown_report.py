import re

import pytest
from markdown_it import MarkdownIt

from tests.report.samples import SCOPE, document, finding, full_report, report, with_story
from tests.report.snapshot import assert_snapshot
from tslint.report.formats import markdown
from tslint.report.literal import in_html, literal

READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def text_of(html):
    plain = re.sub(r"<[^>]*>", "", html)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"), ("\u200b", "")):
        plain = plain.replace(entity, char)
    return plain.strip()


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.md", markdown.render(full_report()))


def test_a_reader_sees_a_table_for_each_sequence_and_details_for_each_finding():
    html = READER.render(markdown.render(full_report()))
    assert html.count("<table>") == 3  # of two task sequences, and of a file that holds none
    assert html.count("<details>") == html.count("</details>") == 4
    assert '<code class="language-powershell">' in html


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org) [y](z)",
        "a | b ~~c~~ **d** _e_ `f` $g$",
        "- a",
        "1. a",
        "+ a",
        "# a",
        "> a",
        "=== a",
        "</details>",
        "a\\",
        "&lt;b&#42;",
        "@everyone see #1 at www.example.org or http://example.org",
        "~~~",
        "|---|",
    ],
)
def test_a_name_is_shown_as_it_is(text):
    html = READER.render(literal(text))
    assert re.findall(r"<(\w+)", html) == ["p"]
    assert text_of(html) == text
    row = READER.render(f"| a |\n|---|\n| {literal(text)} |")
    assert text_of(row.partition("<tbody>")[2]) == text
    assert text_of(in_html(text).replace("&#8203;", "")) == text


def test_services_find_nobody_to_call_and_nothing_to_link():
    assert not re.search(
        r"@\w|(?<!&)#\d|www\.(?!&)|://", literal("@all #1 www.example.org https://example.org")
    )


def test_lines_of_a_name_become_one():
    assert "\n" not in literal("a\n\n# b\u2028c")


@pytest.mark.parametrize("text", ["x", "@|" * 5_000])
def test_the_page_is_bounded_and_says_how_much_there_is(text):
    source = document()
    findings = [finding(source, level="note", message=f"{number} {text}") for number in range(2_000)]
    page = markdown.render(report(*findings, with_story(source)))
    assert len(page) <= markdown.MOST_CHARACTERS
    assert " of 2001 findings are told here, the most severe.*" in page
    assert "TS102" in page  # the most severe is there
    assert page.count("<details>") == page.count("</details>") > 0


def test_a_green_page_says_what_it_covers():
    page = markdown.render(report()._replace(scope=SCOPE))
    assert page.startswith(
        "**tslint: no findings**\n\nFiles: 2 linted, 1 unreadable, 1 passed over, 1 excluded."
    )
    assert ".tslint.yaml is in force: 2 rules left out, 1 file excluded." in page
