import pytest

from tests.linting import TABLES
from tslint.report.mask import Mask
from tslint.report.redact import pieces, redacted


def show(text, *, escaped=False):
    return redacted(text, 0, len(text), Mask((), TABLES.secrets["shown"]), escaped=escaped)


@pytest.mark.parametrize(
    "text",
    [
        '<variable name="VariableValue" property="VariableValue" hidden="true">hunter2</variable>',
        '<variable name="OSDJoinPassword" property="DomainPassword">hunter2</variable>',
        '<variable name="OSDLocalAdminPassword">hunter2</variable>',
        '<variable name="Value">hunter2</variable>',
        '<action>tsenv.exe "OSDJoinPassword=hunter2"</action>',
        '<variable name="CommandLine" property="CommandLine">net use Z: hunter2 /user:x</variable>',
        '<variable property="CommandLine"><![CDATA[net use <Z: hunter2]]></variable>',
        '<variable name="R" property="Rules">&lt;Variable Name="A"&gt;hunter2&lt;/Variable&gt;</variable>',
        "<!-- the password is hunter2 -->",
        '<setting password="hunter2" x="1"/>',
        "<setting value='hunter2",
        "hunter2",
        "<Password>\nhunter2\n</Password>",
    ],
)
def test_no_value_that_may_be_a_secret_is_shown(text):
    assert "hunter2" not in show(text)
    assert "***" in show(text)


@pytest.mark.parametrize(
    "text",
    [
        '<variable name="OSDMigrateFileAccess" property="FileAccess">Normal</variable>',
        '<variable name="VariableName" property="VariableName">OSDStateStorePath</variable>',
        '<variable name="Operator">equals</variable>\n  <variable name="Variable">USMTLOCAL</variable>',
        '<step type="SMS_TaskSequence_RebootAction" name="Restart" description="why"/>',
    ],
)
def test_names_and_choices_are_shown(text):
    assert show(text) == text


def test_a_sequence_written_as_escaped_text_is_masked_alike():
    text = '&lt;variable property="FileAccess"&gt;Normal&lt;/variable&gt;&lt;action&gt;hunter2&lt;/action&gt;'
    assert show(text, escaped=True) == text.replace("hunter2", "***")


def test_a_window_that_begins_inside_a_value_masks_it():
    text = '<variable property="CommandLine">net use hunter2 and more</variable>'
    start = text.index("hunter2")
    assert redacted(text, start, len(text), Mask(), escaped=False) == "***</variable>"
    assert redacted(text, start, start + 3, Mask(), escaped=False) == "***"


def test_pieces_cover_the_window_without_gaps():
    text = '<a password="x">y</a><variable property="Mode">Simple</variable> tail'
    cuts = list(pieces(text, 3, len(text) - 2, Mask(), escaped=False))
    assert [start for _, start, _ in cuts] == [3, *(end for _, _, end in cuts[:-1])]
    assert cuts[-1][2] == len(text) - 2


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        (r'usmtutils.exe /rd "%OSDStateStorePath%" /y', r'usmtutils.exe /rd "%OSDStateStorePath%" /y'),
        (r"smsswd.exe /run:CM100012 C:\Tools\x.cmd", r"smsswd.exe /run:CM100012 C:\Tools\x.cmd"),
        (r"net.exe use Z: \\srv\share hunter2 /user:svc", r"net.exe *** Z: \\srv\share ***"),
        (r"tool.exe -Password C:\hunter2 -Wait", r"tool.exe -Password *** -Wait"),
        ("tool.exe one two three", "tool.exe ***"),
        (r"loadstate.exe /lac:hunter2 /lae", r"loadstate.exe *** /lae"),
        (r"7z.exe x C:\a.7z -phunter2 -y", r"7z.exe *** C:\a.7z *** -y"),
        (r"tool.exe /hunter2 -hunter2 --hunter2 /x:hunter2", "tool.exe ***"),
        (r"loadstate.exe /i:C:\a.xml /hunter2:C:\a.xml", r"loadstate.exe /i:C:\a.xml ***"),
        (
            r"powershell.exe -NoProfile -File C:\a.ps1 -hunter2",
            r"powershell.exe -NoProfile -File C:\a.ps1 ***",
        ),
        (r"cmd.exe /c tool.exe -NoProfile", r"cmd.exe /c tool.exe ***"),
    ],
)
def test_of_a_command_line_options_paths_and_variables_are_shown(command, seen):
    before, after = '<variable property="CommandLine">', "</variable>"
    assert show(before + command + after) == before + seen + after


def test_a_word_is_judged_whole_where_a_window_cuts_it():
    text = r'<variable property="CommandLine">tool.exe C:\a!hunter2 /x</variable>'
    middle = text.index("a!")
    for start, end in ((0, middle), (middle + 2, len(text))):
        assert "hunter2" not in redacted(text, start, end, Mask(), escaped=False)
        assert "C:" not in redacted(text, start, end, Mask(), escaped=False)


def test_a_recognised_secret_is_masked_also_where_it_looks_like_a_path():
    text = r'<step name="Use C:\hunter2"><action>tool.exe C:\hunter2</action>'
    seen = redacted(text, 0, len(text), Mask([r"C:\hunter2"]), escaped=False)
    assert seen == '<step name="Use ***"><action>tool.exe ***</action>'
