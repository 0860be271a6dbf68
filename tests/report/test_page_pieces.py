"""Values of the page cut into pieces: all of the text, in order, and marked where a finding speaks of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tslint.report.page.pieces import pieces, plain, quoted_in


def told(value, kind="command", meant=()):
    return [
        (str(one.text), one.kind, one.meant) for one in pieces(value, kind, meant) if one.kind or one.meant
    ]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("command", "a.exe /rd %Store% -x /y", ["/rd", "%Store%", "-x", "/y"]),
        ("command", "cmd.exe /c copy a/b c:\\x", ["/c"]),
        ("setting", "%A% and /b", ["%A%"]),
        ("script", "if ($a) { Get-Item -Path 'x' } # why", ["if", "$a", "-Path", "'x'", "# why"]),
        ("script", '@"\n# no comment\n"@ # one', ['@"\n# no comment\n"@', "# one"]),
    ],
)
def test_what_helps_to_read_code_is_told_apart(kind, value, expected):
    assert [text for text, _, _ in told(value, kind)] == expected


def test_what_findings_speak_of_is_marked_once_and_as_whole_words():
    marked = [one[0] for one in told("net use net.exe x; NET use", "setting", ["net.exe", "ET", "use"])]
    assert marked == ["use", "net.exe"]
    assert told("Restore", "setting", ["", " ", "else"]) == []


def test_marks_go_across_pieces_and_join():
    found = told("a.exe /rd %S%", meant=["exe /rd", "/rd %S%"])
    assert "".join(text for text, _, meant in found if meant) == "exe /rd %S%"


def test_a_message_quotes_what_it_speaks_of():
    assert list(quoted_in("'Set it' makes '%SystemDrive%\\' it's the store")) == ["Set it", "%SystemDrive%\\"]


@given(st.text(max_size=60), st.sampled_from(["command", "script", "setting"]), st.lists(st.text(max_size=8)))
def test_nothing_is_lost_added_or_reordered(value, kind, meant):
    assert "".join(one.text for one in pieces(value, kind, meant)) == plain(value)
