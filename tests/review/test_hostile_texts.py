"""Names, values and logs come from strangers: no review lets them move a cursor or command a pipeline."""

import pytest

from tests.review.logs import Said, start, written
from tests.review.reviewing import tslint_
from tslint.cli.sub_commands import SUB_COMMANDS, load
from tslint.rules.example import sequence_xml

HOSTILE = "\u202ename \u009b31m::error::x ##[command]y"


@pytest.mark.parametrize(
    ("command", "form"), [(name, form) for name in SUB_COMMANDS for form in load(name).FORMATS]
)
def test_no_review_lets_a_name_do_anything(command, form, tmp_path):
    nodes = [
        {"group": HOSTILE, "when": f"X equals {HOSTILE}", "steps": [{"run": HOSTILE, "name": HOSTILE}]},
        {"powershell": f"a\n::set-output name=x::{HOSTILE}\nb", "name": "::warning::z"},
    ]
    (tmp_path / "seq.xml").write_text(sequence_xml(nodes), "utf-8")
    (tmp_path / "old.xml").write_text(sequence_xml([{"powershell": "a", "name": "::warning::z"}]), "utf-8")
    log = written(
        [start(HOSTILE, 0), Said(f"Failed to run the action: {HOSTILE}. Error 5"), start("::error::a", 9)]
    )
    (tmp_path / "smsts.log").write_text(log, "utf-8")
    rules = [] if command == "show" else ["--isolated"]
    for arguments in {
        "show": [["seq.xml"]],
        "diff": [["old.xml", "seq.xml"], ["seq.xml", "old.xml"]],
        "trace": [["seq.xml", "--fail=::warning::z"], ["seq.xml", "--log", "smsts.log"]],
    }[command]:
        files = [tmp_path / one if one.endswith((".xml", ".log")) else one for one in arguments]
        out = tslint_(command, *rules, "--format", form, *files)[1]
        assert out
        assert all(char.isprintable() or char == "\n" for char in out)
        assert not [line for line in out.splitlines() if line.lstrip().startswith(("::", "##["))]
