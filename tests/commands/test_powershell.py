"""PowerShell text: what it starts, and what it only mentions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tslint.commands.of_step import in_script as commands
from tslint.commands.powershell import uncommented
from tslint.commands.windows_shell import MAX_READ


def started(text: str) -> list[tuple[str, ...]]:
    return [(command.tool, *command.arguments) for command in commands(text)]


@pytest.mark.parametrize(
    "text",
    [
        r"usmtutils.exe /rd C:\Store",
        r".\usmtutils /rd C:\Store",
        r"C:\USMT\usmtutils.exe /rd 'C:\Store'",
        r'& "$path\usmtutils.exe" /rd "C:\Store"',
        r"& usmtutils @('/rd', 'C:\Store')",
        r"""$exe = "$env:WINDIR\usmtutils.exe"; $store = 'C:\Store'; & $exe /rd "$store" """,
        r"""[string]$exe = 'usmtutils'
            $list = '/rd', 'C:\Store'
            & $exe @list""",
        "$list = @(\n  '/rd'\n  'C:\\Store'\n)\n& usmtutils $list",
        r"$exe = Join-Path -Path $env:USMT -ChildPath 'usmtutils.exe' | Out-Null; usmtutils /rd C:\Store",
        r"Start-Process -FilePath usmtutils.exe -ArgumentList '/rd','C:\Store' -Wait -NoNewWindow",
        r'Start-Process usmtutils.exe "/rd C:\Store" -WindowStyle Hidden',
        r"start -Wait usmtutils.exe -Args '/rd', 'C:\Store'",
        r"$p = saps -FilePath:usmtutils.exe -PassThru -ArgumentList '/rd C:\Store'",
        r"Start-Process cmd.exe -ArgumentList '/c usmtutils /rd C:\Store'",
        r'cmd /c "usmtutils /rd C:\Store"',
        r'& "$env:SystemRoot\System32\cmd.exe" /c usmtutils /rd C:\Store',
        r'Invoke-Expression "usmtutils /rd C:\Store"',
        r"$line = 'usmtutils /rd C:\Store'; iex $line",
        r'[System.Diagnostics.Process]::Start("usmtutils.exe", "/rd C:\Store").WaitForExit()',
        "usmtutils `\n  /rd `\n  C:\\Store",
        r"usmtutils /rd C:\Store > $null 2>&1 # comment",
        r"if ($a -gt 3) { usmtutils /rd C:\Store } else { }",
        r"foreach ($x in 1..3) { try { usmtutils /rd C:\Store } catch { throw } finally { } }",
        r"function Clear-Store([string]$Path) { usmtutils /rd C:\Store }; $done = Clear-Store C:/x",
        r"$code = (usmtutils /rd C:\Store)",
        r"return usmtutils /rd C:\Store",
        r'@{ Tool = "usmtutils"; Result = usmtutils /rd C:\Store }',
    ],
)
def test_program_is_found_however_it_is_started(text: str) -> None:
    beside = ("join-path", "out-null", "clear-store")
    found = [command for command in started(text) if command[0] not in beside]
    assert found == [("usmtutils", "/rd", r"C:\Store")]


def test_joined_path_names_the_program() -> None:
    assert started("$exe = Join-Path $p 'usmtutils.exe'\n& $exe /y")[-1] == ("usmtutils", "/y")


def test_pipelines_separators_and_blocks_hold_several_commands() -> None:
    text = "echo y | usmtutils /rd x; Restart-Computer -Force\nGet-Disk | % { format $_ } | Out-Null"
    assert [command.tool for command in commands(text)] == [
        "echo",
        "usmtutils",
        "restart-computer",
        "get-disk",
        "format",
        "out-null",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# shutdown /r",
        "<# shutdown /r\n shutdown /r #>",
        '"shutdown /r"',
        "'a', 'shutdown /r'",
        '$x = @"\nshutdown /r "\n"@',
        "$x = @'\nshutdown /r ' {\n'@",
        '$tsenv.Value("Next") = "shutdown /r"',
        '@{ shutdown = "/r" }',
        "$x = 3; 1.5; -not $x; [int]$x",
        '$x = "$(if ("a") { "}; shutdown /r" })"',
        "& $tool /r",
        '& "$folder\\$name" /r',
        "if ($a) { $t = 'shutdown' } else { $t = 'logoff' }; & $t /r",
        "$t = 'shutdown'; $t = Find-It $t | Out-Null; & $t",
        "shutdown /r".ljust(300_001),
    ],
)
def test_text_that_only_mentions_a_command_starts_none(text: str) -> None:
    assert not {"shutdown", "logoff"} & {command.tool for command in commands(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Invoke-Command -ComputerName SRV01 -ScriptBlock { shutdown /r }",
        "icm -Cn 'SRV01', 'SRV02' { shutdown /r }",
        "Invoke-Command { shutdown /r } -comp:$servers",
        "Invoke-Command SRV01 { shutdown /r }",
        "$s = New-PSSession SRV01; Invoke-Command $s { if ($x) { shutdown /r } }",
        "Invoke-Command $s -ScriptBlock { icm { shutdown /r } }",
        "Invoke-Command -VMName VM1 -Credential $c -ScriptBlock { shutdown /r }",
        "Invoke-Command -HostName linux -UserName root -ScriptBlock { shutdown -r now }",
        "Get-Content servers.txt | % { Invoke-Command -AsJob -ComputerName $_ { shutdown /r } }",
        "$sb = { shutdown /r }\nInvoke-Command -Session $s -ScriptBlock $sb",
        "[scriptblock] $script:sb = { shutdown /r }; icm SRV01 -ScriptBlock $sb",
        "$unused = { shutdown /r }",
        "function Restart-It { shutdown /r }; icm SRV01 -ScriptBlock ${function:Restart-It}",
        "Register-ScheduledJob -Name x -ScriptBlock { shutdown /r } -Trigger (New-JobTrigger -AtStartup)",
        "Register-EngineEvent -SourceIdentifier Mine -Action { shutdown /r } | Out-Null",
        "Register-ObjectEvent $watcher Created -Action { shutdown /r }",
        "function Restart-It { shutdown /r }\nWrite-Host hi",
        "filter global:Restart-It { shutdown /r } # Restart-It",
        "function Restart-It { if ($again) { Restart-It }; shutdown /r }",
        "function Do-It { Restart-It }; function Restart-It { Do-It; shutdown /r }",
        "function Do-It { function Restart-It { shutdown /r }; Restart-It }",
    ],
)
def test_what_runs_elsewhere_or_later_or_not_at_all_is_no_command_of_the_text(text: str) -> None:
    assert "shutdown" not in {command.tool for command in commands(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Invoke-Command { shutdown /r }",
        "Invoke-Command -NoNewScope -ArgumentList $a -ScriptBlock { shutdown /r }",
        "$sb = { shutdown /r }; Invoke-Command $sb",
        "Invoke-Command -ComputerName localhost { shutdown /r }",
        "icm -Computer $env:COMPUTERNAME { shutdown /r }",
        "Invoke-Command @where { shutdown /r }",
        "Invoke-Command -ComputerName SRV01 { Get-Date } -ArgumentList (shutdown /r)",
        "Start-Job { shutdown /r }",
        "Register-ScheduledJob -Name x -RunNow -ScriptBlock { shutdown /r }",
        "Register-EngineEvent PowerShell.Exiting -Action { shutdown /r }",
        "$sb = { shutdown /r }; icm SRV01 -ScriptBlock $sb; & $sb",
        "$h.Block = { shutdown /r }; & $h.Block",
        "$a = $b = { shutdown /r }; & $a",
        "$null = { shutdown /r }.Invoke()",
        '$sb = { shutdown /r }; Set-Content x.ps1 "$sb"',
        "function Restart-It { shutdown /r }; Restart-It",
        "function Restart-It { shutdown /r }; & 'Restart-It'",
        "Set-Alias again restart-it; function script:Restart-It { shutdown /r }; again",
        "function Restart-It { shutdown /r }; function Do-It { Restart-It }; . Do-It",
        "function Restart-It { shutdown /r }; trap { Restart-It }",
        "function Restart-It { shutdown /r }; & $function:Restart-It",
        "iex 'function Restart-It { shutdown /r }'; Restart-It",
        "class Starter { [void] Again() { shutdown /r } }",
    ],
)
def test_what_may_run_here_is_a_command_of_the_text(text: str) -> None:
    assert [command.tool for command in commands(text)].count("shutdown") == 1


def test_variable_that_is_not_known_stays_as_written() -> None:
    assert started('usmtutils /rd $store /l:$log\\x.log @more $a.Path (Get-Log) a`"b') == [
        ("get-log",),
        ("usmtutils", "/rd", "$store", r"/l:$log\x.log", "@more", "$a.Path", "(Get-Log)", 'a"b'),
    ]


def test_escapes_in_strings_are_undone() -> None:
    assert started("""tool "a""b`"c`td" 'e''f' "$(x "y")" """) == [("tool", 'a"b"c\td', "e'f", '$(x "y")')]


@pytest.mark.parametrize(
    "text", ['tool "${', 'tool "${}"', "tool ${", "tool @", "function", "& ", "$a =", "iex"]
)
def test_text_that_breaks_off_is_read_as_far_as_it_goes(text: str) -> None:
    assert [command.tool for command in commands(text)] == ["tool"] * text.startswith("tool")


def test_line_is_the_text_of_the_command_alone() -> None:
    assert [command.line for command in commands("if ($x) { one 1 }; two `\n 2 # end")] == [
        "one 1",
        "two `\n 2",
    ]


def test_comments_are_dropped_and_strings_kept() -> None:
    text = "a '#b' # c\n<# d\n #> e \"#f\" g#h"
    assert uncommented(text).split() == ["a", "'#b'", "e", '"#f"', "g#h"]


@given(
    st.text(max_size=80)
    | st.text(alphabet=st.sampled_from(list("$@(){}[]'\"`;|&,=<>#\n aiex.-:")), max_size=80)
)
def test_no_text_is_too_odd(text: str) -> None:
    assert all(command.tool and command.line for command in commands(text))
    assert len(uncommented(text)) <= 2 * len(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "Join-Path",
                "iex",
                "saps",
                "$a=",
                "$a",
                " ",
                "'x'",
                "(",
                ")",
                "{",
                "cmd",
                "-Args",
                ",",
                "function",
                "@a",
                ";",
            ]
        )
    )
)
def test_no_order_of_words_is_too_odd(words: list[str]) -> None:
    assert all(command.tool for command in commands("".join(words)))


HOSTILE = [
    '"',
    "`",
    "(",
    "{",
    "'",
    '"$(',
    '@"\n',
    "<#",
    "${",
    "a(",
    "x,",
    "a;",
    "a",
    '"a"b',
    "$a=1;",
    "[",
    "#\n",
    "function a{a};",
    "$a={",
    "$a={$a};",
    "icm b {",
    "iex 'function a{}';",
    "${a",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize(("size", "times"), [(32_000, 5), (2_000_000, 1)])
@pytest.mark.seconds(20)
def test_hostile_text_is_read_in_linear_time(unit: str, size: int, times: int) -> None:
    for _ in range(times):
        commands(unit * (size // len(unit)))


@pytest.mark.parametrize("text", ["iex $a\n", "& tool $a\n", '$a = "$a$a"\n', "cmd /c $a\n"])
def test_variables_cannot_make_a_text_explode(text: str) -> None:
    commands("$a = '" + "x;" * 400 + "'\n" + text * 20_000)


@pytest.mark.parametrize("unit", ["pwsh -c (& {", "pwsh (cmd /c 'pwsh (", "&{(", "cmd /c pwsh -c & {"])
def test_brackets_in_shells_in_brackets_have_a_bottom(unit: str) -> None:
    assert all(found.tool for found in commands(unit * 1000))


def test_so_much_of_a_script_is_read_and_no_more() -> None:
    longest = "tool #".ljust(MAX_READ, "x")
    assert started(longest) == [("tool",)]
    assert started(f"{longest}x") == []
    assert uncommented(longest).strip() == "tool"
    assert uncommented(f"{longest}x") == f"{longest}x"
