"""Command lines: what they start, and what they only mention."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tslint.commands.command import Command, has, options, tool_name, value_of
from tslint.commands.of_step import in_command_line as commands
from tslint.commands.windows_shell import MAX_LINE, MAX_SHELLS, quoted


def started(line: str) -> list[tuple[str, ...]]:
    return [(command.tool, *command.arguments) for command in commands(line)]


RD = ("usmtutils", "/rd", r"C:\Store")


@pytest.mark.parametrize(
    "line",
    [
        r"usmtutils /rd C:\Store",
        r"USMTUTILS.EXE /rd C:\Store",
        r"smsswd.exe /run: usmtutils.exe /rd C:\Store",
        r"smsswd.exe /run:PS100042 usmtutils.exe /rd C:\Store",
        r'"C:\Program Files\USMT\usmtutils.exe" /rd "C:\Store"',
        r"C:/USMT/usmtutils.exe /rd C:\Store",
        r"%_SMSTSMDataPath%\USMT\amd64\usmtutils.exe /rd C:\Store",
        r"@usmtutils /rd C:\Store",
        r"usmtutils /rd C:\Store > C:\Logs\rd.log 2>&1",
    ],
)
def test_path_quotes_wrapper_and_redirection_do_not_hide_the_tool(line: str) -> None:
    assert started(line) == [RD]


@pytest.mark.parametrize(
    "line",
    [
        r"cmd /c usmtutils /rd C:\Store",
        r'cmd.exe /d /s /c "usmtutils /rd C:\Store"',
        r'C:\Windows\System32\cmd.exe /v:on /c "usmtutils /rd C:\Store > x.log 2>&1"',
        r"%COMSPEC% /k usmtutils /rd C:\Store",
        r'"%ComSpec%" /c usmtutils /rd C:\Store',
        r'cmd /c ""C:\Program Files\USMT\usmtutils.exe" /rd "C:\Store""',
        r'cmd /c "C:\Program Files\USMT\usmtutils.exe" /rd C:\Store',
        r'cmd /c cmd /c "cmd /c usmtutils /rd C:\Store"',
        r'cmd /c start /wait "Clean up" usmtutils /rd C:\Store',
        r'cmd /c start "" /b /d C:\USMT usmtutils /rd C:\Store',
        r"cmd /c call usmtutils.cmd /rd C:\Store",
        r"cmd /c if exist C:\Store usmtutils /rd C:\Store",
        r'cmd /c if exist "C:\My Store" (usmtutils /rd C:\Store)',
        r"cmd /c if not errorlevel 1 usmtutils /rd C:\Store",
        r'cmd /c if /i "%KEEP%"=="no way" usmtutils /rd C:\Store',
        r"cmd /c if not %KEEP% equ 1 usmtutils /rd C:\Store",
        r"cmd /c for %i in (a b) do usmtutils /rd C:\Store",
        r"""cmd /c for /f "tokens=1" %i in ('dir /b') do @usmtutils /rd C:\Store""",
        r"cmd /c us^mtutils /rd C:\Store",
    ],
)
def test_shell_is_looked_through(line: str) -> None:
    assert started(line) == [RD]


def test_operators_of_a_shell_part_commands() -> None:
    assert started("cmd /c one 1 & two && three || four | five") == [
        ("one", "1"),
        ("two",),
        ("three",),
        ("four",),
        ("five",),
    ]
    assert started('cmd /c if exist x (one "a)b" & two) else three') == [("one", "a)b"), ("two",), ("three",)]
    assert started("cmd /c echo y | usmtutils /rd x") == [("echo", "y"), ("usmtutils", "/rd", "x")]


def test_operators_are_arguments_where_no_shell_reads_them() -> None:
    assert started("echo y | usmtutils") == [("echo", "y", "|", "usmtutils")]
    assert started('cmd /c echo "a & b" ^& c') == [("echo", "a & b", "&", "c")]


def test_each_command_has_its_own_piece_of_the_line() -> None:
    assert [command.line for command in commands('cmd /c "one 1 > log & two"')] == ["one 1 > log", "two"]


def test_quoted_argument_of_another_program_is_no_command() -> None:
    line = r'reg add "HKLM\Software\RunOnce" /v x /d "shutdown /r /t 0 & restart" /f'
    assert [command.tool for command in commands(line)] == ["reg"]


def test_words_are_split_as_programs_see_them() -> None:
    assert started(r'tool "a b" c"d e"f "g\"h" "i\\" ""  j\k "l ""m"" n"') == [
        ("tool", "a b", "cd ef", 'g"h', "i\\", "", r"j\k", 'l "m" n')
    ]
    assert started('tool "never closed') == [("tool", "never closed")]


def test_script_and_its_host_are_two_commands() -> None:
    line = r'cscript.exe //nologo "%DeployRoot%\Scripts\ZTIUserState.wsf" /capture'
    host, script = commands(line)
    assert (host.tool, host.arguments[0]) == ("cscript", "//nologo")
    assert (script.tool, script.arguments, script.line) == ("ztiuserstate.wsf", ("/capture",), line)
    assert [command.tool for command in commands("powershell -NoProfile -File .\\Clean.ps1 -All")] == [
        "powershell",
        "clean.ps1",
    ]
    assert [command.tool for command in commands(r"mshta %ScriptRoot%\Wizard.hta")] == ["mshta", "wizard.hta"]


ENCODED = base64.b64encode("usmtutils /rd C:\\Store".encode("utf-16-le")).decode()


@pytest.mark.parametrize(
    "line",
    [
        r'powershell.exe -NoProfile -ExecutionPolicy Bypass -Command "& { usmtutils /rd C:\Store }"',
        r"powershell -ep Bypass -c usmtutils /rd C:\Store",
        r'powershell "usmtutils /rd C:\Store"',
        rf"pwsh -nop -enc {ENCODED}",
        rf"powershell -EncodedCommand {ENCODED}",
        r'powershell -Command "& \"C:\Program Files\USMT\usmtutils.exe\" /rd C:\Store"',
        r'''cmd /c powershell -c "cmd /c 'usmtutils /rd C:\Store'"''',
    ],
)
def test_powershell_is_looked_through(line: str) -> None:
    assert started(line) == [RD]
    assert commands(line, "action")[0].source == "action"


@pytest.mark.parametrize(
    ("line", "tool"), [("cmd", "cmd"), ("cmd /c", "cmd"), ("powershell -NoExit", "powershell")]
)
def test_shell_that_gets_nothing_to_run_is_the_command(line: str, tool: str) -> None:
    assert [command.tool for command in commands(line)] == [tool]


@pytest.mark.parametrize(
    "line",
    [
        "",
        '""',
        "/rd x",
        "%TOOL% /rd",
        "cmd /c rem usmtutils /rd x",
        "powershell -enc ????",
        'cmd /c start "C:\\Tools\\usmtutils.exe"',
        "cmd /c if",
        "cmd /c " * 50 + "usmtutils",
        "usmtutils " + "x" * 32_768,
    ],
)
def test_rather_no_command_than_a_wrong_one(line: str) -> None:
    assert commands(line) == ()


def test_unknown_launcher_is_not_looked_through() -> None:
    line = "RunHidden.exe -process:TSProgressUI.exe powershell.exe -File x.ps1"
    assert [command.tool for command in commands(line)] == ["runhidden"]


@pytest.mark.parametrize(
    ("line", "tools"),
    [
        ("ServiceUI.exe -process:TSProgressUI.exe shutdown.exe /r", ["serviceui", "shutdown"]),
        ('psexec -accepteula -u Admin -i 1 -w "C:\\a b" shutdown /r', ["psexec", "shutdown"]),
        ("psexec64.exe -s -i cmd /c shutdown /r", ["psexec64", "shutdown"]),
        ("psexec \\\\other -s shutdown /r", ["psexec"]),
        ("psexec @file -s shutdown /r", ["psexec"]),
        ("ServiceUI.exe", ["serviceui"]),
    ],
)
def test_what_starts_another_program_is_looked_through(line: str, tools: list[str]) -> None:
    assert [command.tool for command in commands(line)] == tools


@pytest.mark.parametrize(
    ("path", "tool"),
    [
        (r"C:\Windows\System32\Shutdown.EXE", "shutdown"),
        (r"\\server\share\run.cmd", "run"),
        ("Scripts/ZTIGather.wsf", "ztigather.wsf"),
        ("setup.vbs", "setup.vbs"),
        (r"%dir%\$name.exe", ""),
    ],
)
def test_tool_is_the_file_name_without_a_program_ending(path: str, tool: str) -> None:
    assert tool_name(path) == tool


def command(*arguments: str) -> Command:
    return Command("scanstate", arguments, "", "command-line")


def test_option_is_found_whatever_its_case_and_mark() -> None:
    given_options = command(r"\\server\store", "-O", "/Target:HD", "capture")
    assert has(given_options, "/o")
    assert has(given_options, "/target")
    assert has(given_options, "-target:hd")
    assert has(given_options, "CAPTURE")
    assert not has(given_options, "/capture")
    assert not has(given_options, "/target:WinPE")
    assert not has(given_options, "/tar")


def test_option_takes_its_value_in_three_ways() -> None:
    found = command(r"/ue:*\*", "/UE", "local\\x", "-ue=a:b", "/ue", "/c", "/ue")
    assert value_of(found, "/ue") == (r"*\*", r"local\x", "a:b")
    assert value_of(found, "/c") == ()
    assert options(found)[:3] == (("/ue", r"*\*"), ("/ue", None), (r"local\x", None))


@given(st.lists(st.text(alphabet='ab \\"&|<>^()', max_size=6), max_size=4))
def test_quoted_words_arrive_unchanged(words: list[str]) -> None:
    assert started(" ".join(["tool", *map(quoted, words)])) == [("tool", *words)]


@given(st.text(alphabet=st.sampled_from(list("cmd/k if()&|<>^\"'%\\ \n=;@start")), max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    for line in (text, f"cmd /c {text}", f"powershell -c {text}"):
        assert all(found.tool for found in commands(line))


@pytest.mark.parametrize(
    "unit", ['"', "(", "^", "a & ", "\\", 'if "', "for (", "start /d ", "cmd /c ", "powershell "]
)
@pytest.mark.seconds(10)
def test_hostile_line_is_read_in_linear_time(unit: str) -> None:
    for _ in range(5):
        commands("cmd /c " + unit * (32_000 // len(unit)))
    commands(unit * 500_000)


@pytest.mark.parametrize("head", ["if a", "for %a in (", "start /d", "a >"])
def test_hostile_quotes_are_read_in_one_way_only(head: str) -> None:
    commands(f"cmd /c {head}" + '"a"' * 10_000 + " x")


def test_a_line_longer_than_windows_takes_starts_nothing() -> None:
    longest = "tool " + "x" * (MAX_LINE - len("tool "))
    assert [tool for tool, *_ in started(longest)] == ["tool"]
    assert started(f"{longest}x") == []


def test_shells_are_followed_so_deep() -> None:
    assert started("cmd /c " * (MAX_SHELLS - 1) + "tool") == [("tool",)]
    assert started("cmd /c " * MAX_SHELLS + "tool") == []
