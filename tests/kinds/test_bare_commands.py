"""A tool by itself or with a few odd words, as people write it while they try it out, makes no rule fail."""

from __future__ import annotations

import pytest

from tests.linting import RULES, result_of
from tslint.rules.builtin import builtin_vocabulary
from tslint.rules.example import sequence_xml

TOOLS = sorted(builtin_vocabulary().named)


@pytest.mark.parametrize("words", ["", " /", ' ""', " /i:", " -x:", " a", " %A%", " &&"], ids=repr)
@pytest.mark.parametrize("write", [{"run": "{} "}, {"run": "cmd.exe /c {} "}, {"powershell": "{} "}], ids=str)
def test_no_rule_fails_on_a_tool_with_hardly_any_word(write, words):
    ((key, around),) = write.items()
    nodes = [{key: f"{around.format(tool).strip()}{words}", "name": tool} for tool in TOOLS]
    result_of(sequence_xml(nodes).encode(), RULES)  # tells of crashes
