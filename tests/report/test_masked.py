import pytest

from tslint.report.masked import masked, pieces


def shown(text, *, escaped=False):
    return masked(text, 0, len(text), escaped=escaped)


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
    assert "hunter2" not in shown(text)
    assert "***" in shown(text)


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
    assert shown(text) == text


def test_a_sequence_written_as_escaped_text_is_masked_alike():
    text = '&lt;variable property="FileAccess"&gt;Normal&lt;/variable&gt;&lt;action&gt;hunter2&lt;/action&gt;'
    assert shown(text, escaped=True) == text.replace("hunter2", "***")


def test_a_window_that_begins_inside_a_value_masks_it():
    text = '<variable property="CommandLine">net use hunter2 and more</variable>'
    start = text.index("hunter2")
    assert masked(text, start, len(text), escaped=False) == "***</variable>"
    assert masked(text, start, start + 3, escaped=False) == "***"


def test_pieces_cover_the_window_without_gaps():
    text = '<a password="x">y</a><variable property="Mode">Simple</variable> tail'
    cuts = list(pieces(text, 3, len(text) - 2, escaped=False))
    assert [start for _, start, _ in cuts] == [3, *(end for _, _, end in cuts[:-1])]
    assert cuts[-1][2] == len(text) - 2
