"""What stands encoded or escaped inside a setting: scripts in base64, rules of dynamic variables."""

import base64

import pytest

from tests.flow.flows import line_of
from tests.hostile.program import FAULTY, beside_good, run
from tests.source.small_exports import escaped
from tslint.commands.of_step import runs_unread_script
from tslint.model.dynamic_variables import MAX_RULES

MARK = "only-in-the-other-file"


def with_step(kind, name, value):
    """A sequence with a finding behind a step that has one setting."""
    variable = f'<variable name="{name}" property="{name}">{escaped(value)}</variable>'
    settings = f"<action/><defaultVarList>{variable}</defaultVarList>"
    step = f'<step type="SMS_TaskSequence_{kind}Action" name="s">{settings}</step>'
    return FAULTY.replace("<step", step + "<step", 1)


def script(data):
    return with_step("RunPowerShellScript", "SourceScript", data)


def encoded(data):
    return script(base64.b64encode(data).decode())


def dynamic(text):
    return with_step("SetDynamicVariables", "Rules", text)


def test_a_script_that_cannot_be_decoded_is_left_alone(tmp_path):
    files = {
        "letters.xml": script("!!!!"),
        "length.xml": script("AAAAA"),
        "padding.xml": script("A===" * 1000),
        "wide.xml": script("ÄÖÜ" * 1000),
        "odd.xml": encoded(b"\xff\xfe" + b"a"),
        "surrogate.xml": encoded(b"\xff\xfe" + b"\x00\xd8" * 99),
        "zeros.xml": encoded(bytes(1001)),
        "noise.xml": encoded(bytes(range(256)) * 99),
        "long.xml": script("A" * 5_000_000),
        "blanks.xml": script(" \n" * 1_000_000),
        "brackets.xml": encoded(("scanstate " + "$(" * 100_000).encode("utf-16")),
    }
    found = beside_good(tmp_path, files)
    assert all("TS101" in found[name] for name in files)


ENTITIES = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))


@pytest.mark.slow
def test_rules_of_dynamic_variables_expand_fetch_and_crash_nothing(tmp_path):
    (tmp_path / "other.txt").write_text(MARK)
    rule = '<Rule><Variable Name="X">{}</Variable></Rule>'
    files = {
        "entities.xml": dynamic(
            f"<!DOCTYPE r [<!ENTITY a0 'aaaaaaaaaa'>{ENTITIES}]><Rules>{rule.format('&a11;')}</Rules>"
        ),
        "external.xml": dynamic(
            f"<!DOCTYPE r [<!ENTITY e SYSTEM '{tmp_path.as_uri()}/other.txt'>]>"
            f"<Rules>{rule.format('&e;')}</Rules>"
        ),
        "dtd.xml": dynamic("<!DOCTYPE r SYSTEM 'other.txt'><Rules/>"),
        "unknown.xml": dynamic(f"<Rules>{rule.format('&e;')}</Rules>"),
        "broken.xml": dynamic("<Rules><Rule>"),
        "nothing.xml": dynamic("<"),
        "deep.xml": dynamic("<Rules>" + "<Rule>" * 20_000 + "</Rule>" * 20_000 + "</Rules>"),
        "conditions.xml": dynamic(
            "<Rules><Rule><condition>"
            + "<operator>" * 200
            + "</operator>" * 200
            + "</condition></Rule></Rules>"
        ),
        "huge.xml": dynamic(f"<Rules>{rule.format('x' * MAX_RULES)}</Rules>"),
        "attributes.xml": dynamic("<Rules " + " ".join(f"a{n}='x'" for n in range(300_000)) + "/>"),
        "nested.xml": dynamic(f"<Rules>{'<Rule>' * 250}{'<Variable/>' * 200_000}{'</Rule>' * 250}</Rules>"),
        "many.xml": dynamic(f"<Rules>{rule.format('%X%%X%') * 20_000}</Rules>"),
        "twice.xml": dynamic(dynamic(dynamic("<Rules/>"))),
        "declared.xml": dynamic("<?xml version='1.0' encoding='utf-16'?><Rules/>"),
    }
    found = beside_good(tmp_path, files)
    assert all("TS101" in found[name] for name in files)
    assert MARK not in run(tmp_path, "--profile", "all", *files).out


UNITS = (
    "throw;",
    *(
        '"',
        "\\",
        "$(",
        '"&"',
        " ",
        '@"\n',
        "<#",
        "@(",
        "%",
        "%a",
        "^",
        "&",
        "(",
        "{",
        "'",
        "`",
        "|",
        ";",
        ">",
        "/",
    ),
    *(
        "if ",
        'for "',
        "start /wait ",
        "cmd /c ",
        'cmd /c "',
        "powershell -c ",
        "a=",
        "$a ",
        '.Value("x") ',
        "\n",
    ),
    *(
        "Set-TSVariable ",
        "-a:b ",
        "if a==b ",
        "2>&1 ",
        '"" ',
        "a ",
        "rem ",
        "%OSDX% ",
        "scanstate ",
        "net use ",
    ),
    *("/run:", " -e", "$a = Get-Disk ", "psexec ", "{0}"),
    *("/user:", "password=", "-p ", "&quot;", "<![CDATA[", "<variable ", "tslint: ignore[", "é", "\u202e"),
)


def in_command_line(text):
    return with_step("RunCommandLine", "CommandLine", text)


def in_script(text):
    return encoded(text.encode("utf-16"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("write", "units", "size"),
    [
        (in_command_line, UNITS, 32_000),  # Windows takes no more
        (in_command_line, ('"', "\\", "$(", '"&"', " "), 2_000_000),
        (in_script, UNITS, 50_000),
        (in_script, ('"', "$(", '@"\n', "<#", "@("), 290_000),
        (in_script, ('"', "$(", '@"\n', "<#", "@("), 490_000),  # the longest that is decoded
    ],
)
def test_commands_made_to_backtrack_are_read_in_time(tmp_path, write, units, size):
    names = []
    for number, unit in enumerate(units):
        text = unit * (size // len(unit))
        for place, whole in (("before", f"{text}\nscanstate"), ("after", f"scanstate\n{text}")):
            names.append(f"{place}{number}.xml")
            (tmp_path / names[-1]).write_text(write(whole), "utf-8")
    ran = run(tmp_path, "--profile", "all", "--format", "json", *names)
    assert "said nothing" not in ran.err
    assert all("TS101" in ran.rules()[name] for name in names)


def test_variables_that_put_in_one_another_do_not_explode(tmp_path):
    doubled = "".join(f'$a{n} = "$a{n - 1}$a{n - 1}"\n' for n in range(1, 60))
    files = {
        "script.xml": in_script(f"$a0 = 'scanstate'\n{doubled}scanstate $a59"),
        "shells.xml": in_script("$a = 'x' * 9\n" + "cmd /c powershell -c " * 1000 + "scanstate"),
    }
    found = beside_good(tmp_path, files)
    assert all("TS101" in found[name] for name in files)


TEST = (
    '<expression type="SMS_TaskSequence_VariableConditionExpression"><variable name="Operator">{}</variable>'
    '<variable name="Value">{text}</variable><variable name="Variable">{text}</variable></expression>'
)


def with_text_everywhere(text):
    conditions = "".join(TEST.format(how, text=text) for how in ("equals", "like", text))
    faulty = FAULTY.replace('name="Request"', f'name="{text}"')
    faulty = faulty.replace("<action", f"<condition>{conditions}</condition><action")
    faulty = faulty.replace("<step", f'<group name="{text}" description="tslint: {text}"><step')
    return faulty.replace("</step>", f"</step></group><!-- tslint: {text.replace('-', '')} -->")


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["%a", '"', "<", "*", " a", "tslint:", "\\", "ß"])
def test_every_other_text_made_to_backtrack_is_read_in_time_and_not_told_whole(tmp_path, unit):
    text = with_text_everywhere(escaped(unit) * (2_000_000 // len(escaped(unit))))
    (tmp_path / "a.xml").write_text(text, "utf-8")
    for form in ("text", "sarif"):
        ran = run(tmp_path, "--profile", "all", "--format", form, "a.xml")
        assert "TS101" in ran.out
        assert len(ran.out) < 1_500_000  # the most of SARIF are the pages of the rules


def test_a_command_line_made_to_backtrack_is_looked_through_for_programs_that_nobody_reads():
    line = line_of({"run": "/run:" * 200_000})
    assert not runs_unread_script(line.entries[0].step)
