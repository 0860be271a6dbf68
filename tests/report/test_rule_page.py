import re

import pytest

from tslint.report.escape import columns
from tslint.report.rule_page import laid_out
from tslint.report.terminal import Screen
from tslint.rules.builtin import builtin_pages, builtin_rules
from tslint.rules.page import markdown

PAGES = builtin_pages()
RULES = {rule.id: rule for rule in builtin_rules()}
WORDS = re.compile(r"\w+")


@pytest.mark.parametrize("width", [20, 60, 200])
def test_no_word_of_any_page_is_lost_and_prose_keeps_to_the_width(width):
    for rule in RULES.values():
        page = markdown(rule, PAGES[rule.id])
        shown = laid_out(page, Screen(width))
        fenced = "\n".join(re.findall(r"(?ms)^```.*?^```", page))
        assert set(WORDS.findall(shown)) >= set(WORDS.findall(page)) - {"yaml", "xml", "powershell"}
        widest = min(max(width, 40), 100)
        for line in shown.splitlines():
            longest = max(map(columns, line.split()), default=0)
            assert columns(line) <= max(widest, longest + 4) or line.strip() in fenced or "  " in line


def test_marks_of_markdown_are_gone():
    shown = laid_out(markdown(RULES["TS101"], PAGES["TS101"]), Screen(80))
    assert shown.startswith("TS101 request-state-store-without-release\n")
    assert "```" not in shown
    assert "](" not in shown
    assert re.search(r"(?m)^category +user-state$", shown)


def test_colour_adds_nothing_but_colour():
    page = markdown(RULES["TS101"], PAGES["TS101"])
    painted = laid_out(page, Screen(80, colour=True))
    assert "\x1b[" in painted
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == laid_out(page, Screen(80))


def test_what_a_page_of_ones_own_holds_cannot_drive_the_terminal():
    assert "\x1b" not in laid_out(
        "# a\x1b[2J\n\n| b\x1b |\n|---|\n| c\x1b |\n\n```\n\x1b[2J\n```\n\x1b]8;;x", Screen(80)
    )
