"""Task sequence variables that command lines and scripts set: which, to what, and how surely."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flow.flows import line_of
from tslint.commands.command import Assigned
from tslint.commands.of_step import assigned_by, read_command_line, read_script

ENVIRONMENT = "(New-Object -ComObject Microsoft.SMS.TSEnvironment)"


def encoded(script: str) -> str:
    return base64.b64encode(script.encode("utf-16-le")).decode()


def by_line(line: str) -> list[Assigned]:
    return list(read_command_line(line).assigned)


def by_script(script: str) -> list[Assigned]:
    return list(read_script(script).assigned)


@pytest.mark.parametrize(
    "line",
    [
        f"powershell.exe -Command \"{ENVIRONMENT}.Value('Do')='yes'\"",
        f"powershell.exe -NoProfile -ExecutionPolicy Bypass {ENVIRONMENT}.Value('Do') = 'yes'",
        f"powershell -c \"& {{ $t = {ENVIRONMENT}; $t.Value('Do') = 'yes' }}\"",
        f'pwsh -Command "$t = {ENVIRONMENT}; $t.Value(\\"Do\\") = \\"yes\\""',
        "powershell.exe -enc " + encoded(f"{ENVIRONMENT}.Value('Do') = 'yes'"),
        "cmd.exe /c powershell -Command \"$tsenv.Value('Do')='yes'\"",
        'tsenv.exe "Do=yes"',
        'cmd /c start /wait "" tsenv.exe Do=yes',
        'mshta vbscript:Execute("CreateObject(""Microsoft.SMS.TSEnvironment"")(""Do"")=""yes"":close")',
        'cmd /c echo CreateObject("Microsoft.SMS.TSEnvironment").Value("Do") = "yes" > s.vbs & cscript s.vbs',
        "powershell \"Set-Item -Path TSEnv:Do -Value 'yes'\"",
        "powershell \"& tsenv.exe 'Do=yes'\"",
        f"powershell \"iex \\\"{ENVIRONMENT}.Value('Do')='yes'\\\"\"",
        f"ServiceUI.exe -process:TSProgressUI.exe powershell -c \"{ENVIRONMENT}.Value('Do')='yes'\"",
        f"psexec64 -accepteula -i 1 -s powershell {ENVIRONMENT}.Value('Do')='yes'",
        "mshta \"javascript:var t=new ActiveXObject('Microsoft.SMS.TSEnvironment');t('Do')='yes';close()\"",
        'mshta vbscript:Execute("Set t=CreateObject(""Microsoft.SMS.TSEnvironment""):t(""Do"")=""yes""")',
    ],
)
def test_a_command_line_sets_a_variable(line: str) -> None:
    assert Assigned("Do", "yes", sure=True) in by_line(line)


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("$tsenv.Value('P') = 'C:\\'", "C:\\"),
        ('$tsenv.Value("P") = "$env:SystemDrive\\StateStore"', "%SystemDrive%\\StateStore"),
        ("$tsenv.Value('P') = $env:SystemDrive + '\\'", "%SystemDrive%\\"),
        ("$d = $env:SystemDrive; $tsenv.Value('P') = \"$d\\\"", "%SystemDrive%\\"),
        ("$tsenv.Value('P') = \"$($tsenv.Value('Q'))\\x\"", "%Q%\\x"),
        (f"$tsenv.Value('P') = {ENVIRONMENT}.Value('Q')", "%Q%"),
        ("$tsenv.Value('P') = Join-Path $env:SystemDrive 'x'", "%SystemDrive%\\x"),
        ("$tsenv.Value('P') = [string]'x'", "x"),
        ("$tsenv.Value('P') = $true", "True"),
        ("$tsenv.Value('P') = @'\nC:\\x\n'@", "C:\\x"),
        ("$n = 'P'; $tsenv.Value($n) = 'x'", "x"),
        ("try { Get-It } finally { $tsenv.Value('P') = 'x' }", "x"),
        ("function Get-It { return 1 }\n$tsenv.Value('P') = 'x'", "x"),
        ("try { $p = 'x'; $tsenv.Value('P') = $p } catch [A], [B] { throw }", "x"),
        ("try { $tsenv.Value('P') = 'x' } catch { Write-Host $_; exit 1 }", "x"),
        ("try { $tsenv.Value('P') = 'x' } finally { }", "x"),
        ("$TSEnv:P = 'C:\\'", "C:\\"),
        ("Set-Item tsenv:P 'C:\\'", "C:\\"),
        ('New-Item -Path TSEnv: -Name P -Value "$env:SystemDrive\\"', "%SystemDrive%\\"),
        ("Set-Content -Path 'tsenv:\\P' -Value x", "x"),
        ('Set-TSVariable -Name "P" -Value 1', "1"),
        ("Set-TSVar P x", "x"),
        ("if ($y) { exit 1 }\n$tsenv.Value('P') = 'x'", "x"),
        ("try { Get-It } catch { throw }\n$tsenv.Value('P') = 'x'", "x"),
        ("$tsenv.Value('P') = '{0}\\{1}' -f $env:SystemDrive, 'x'", "%SystemDrive%\\x"),
        ("$tsenv.Value('P') = [Environment]::GetEnvironmentVariable('X')", "%X%"),
        ("$tsenv.Value(\n  'P'\n) =\n  'x'", "x"),
        ('& tsenv.exe "P=$env:SystemDrive"', "%SystemDrive%"),
    ],
)
def test_a_literal_of_a_script_is_the_value(script: str, value: str) -> None:
    assert by_script(script) == [Assigned("P", value, sure=True)]


@pytest.mark.parametrize(
    "script",
    [
        "$tsenv.Value('P') = Get-It",
        "$tsenv.Value('P') += 'x'",
        "$tsenv.Value('P') = \"$unknown\\x\"",
        "$tsenv.Value('P') = 'a{0:N2}' -f 1",
        "$tsenv.Value('P') = 'a{0}{1}' -f 1",
        "if ($y) { $tsenv.Value('P') = 'x' }",
        "try { $tsenv.Value('P') = 'x' } catch { }",
        "try { $tsenv.Value('P') = 'x' } catch [A] { throw } catch { exit 0 }",
        "try { $p = 'x' } catch { }; $tsenv.Value('P') = $p",
        "if ($y) { exit 0 }\n$tsenv.Value('P') = 'x'",
        "if ($y) { exit 3010 }\n$tsenv.Value('P') = 'x'",
        "if ($y) { exit $y }\n$tsenv.Value('P') = 'x'",
        "if ($y) { return }\n$tsenv.Value('P') = 'x'",
        "$p = 'C:'; if ($z) { $p = 'D:' }; $tsenv.Value('P') = $p",
        "function Set-It { $tsenv.Value('P') = 'x' }",
        "switch ($y) { 1 { $tsenv.Value('P') = 'x' } }",
    ],
)
def test_what_only_running_the_script_tells_is_not_sure(script: str) -> None:
    assert [(one.name, one.sure) for one in by_script(script)] == [("P", False)]


@pytest.mark.parametrize(
    "script",
    [
        "$tsenv.Value($n) = 'x'",
        "$n = Get-It; $tsenv.Value($n) = 'x'",
        "foreach ($n in 'A', 'B') { $tsenv.Value($n) = 'x' }",
        "$n = 'A'; foreach ($n in Get-It) { $tsenv.Value($n) = 'x' }",
        "$list | ForEach-Object { $tsenv.Value(\"P$_\") = 'x' }",
        "param($Name = 'P') $tsenv.Value($Name) = 'x'",
        "Set-Item \"tsenv:$n\" 'x'",
        "Set-TSVariable -Name $n -Value 1",
    ],
)
def test_a_name_that_is_worked_out_may_be_any(script: str) -> None:
    assert [(one.name, one.sure) for one in by_script(script)] == [("", False)]
    line = f'powershell.exe -Command "{script.replace(chr(34), chr(92) + chr(34))}"'
    assert [(one.name, one.sure) for one in by_line(line)] == [("", False)]


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ('cmd /c if exist C:\\x tsenv.exe "A=B"', False),
        ('cmd /c if exist C:\\x (ver) & tsenv.exe "A=B"', True),
        ('cmd /c ver && tsenv.exe "A=B"', False),
        ('cmd /c copy a b && tsenv.exe "A=B"', True),
        ('cmd /c ver || echo no && tsenv.exe "A=B"', False),
        ('cmd /c ver & tsenv.exe "A=B"', True),
        ("cmd /c if exist C:\\x powershell -c \"$tsenv.Value('A') = 'B'\"", False),
    ],
)
def test_a_condition_of_the_shell_makes_it_unsure(line: str, sure: bool) -> None:
    assert by_line(line) == [Assigned("A", "B", sure=sure)]


@pytest.mark.parametrize(
    "line",
    [
        "powershell.exe -File Set-It.ps1 -Name Do -To %x%",
        "cscript.exe //nologo set.vbs Do",
        "cmd /c set.cmd Do=yes",
        "Set.ps1 -Name:Do",
    ],
)
def test_a_script_that_is_told_a_name_may_set_it(line: str) -> None:
    assert Assigned("Do", None, sure=False) in by_line(line)


SCRIPT = {"step": "RunPowerShellScript", "PackageID": "TSL00026", "ScriptName": "Set It.ps1"}


@pytest.mark.parametrize(
    "step",
    [
        {"run": "SetIt.exe OSDName=x", "package": "TSL00026"},
        {"run": 'cmd.exe /c SetIt.exe "OSDName" x', "package": "TSL00026"},
        {"run": "SetIt.exe /name:OSDName", "package": "TSL00026"},
        {"run": "SetIt.exe --OSDName=x", "package": "TSL00026"},
        {"run": '"\\\\server\\tools\\SetIt.exe" OSDName=x'},
        {"run": "%Tools01%\\SetIt.exe OSDName=x"},
        {"run": "powershell.exe -File Set-It.ps1 -OSDName x"},
        {**SCRIPT, "Parameters": "-Name OSDName -Value x"},
        {**SCRIPT, "Parameters": "-Name 'OSDName'"},
        {**SCRIPT, "Parameters": "-OSDName x"},
    ],
)
def test_what_is_not_of_windows_and_told_a_name_may_set_it(step: dict[str, str]) -> None:
    assert Assigned("OSDName", None, sure=False) in assigned_by(line_of(step).entries[0].step)


@pytest.mark.parametrize(
    "step",
    [
        {"run": "cmd.exe /c echo OSDName=x", "package": "TSL00026"},
        {"run": "reg.exe add HKLM\\X /v OSDName /d x", "package": "TSL00026"},
        {"run": "cmd.exe /c set OSDName=x", "package": "TSL00026"},
        {"run": "msiexec.exe /i a.msi OSDName=x", "package": "TSL00026"},
        {"run": "%SystemRoot%\\System32\\it.exe OSDName=x"},
        {"run": "it.exe OSDName=x"},
        {"run": "SetIt.exe /quiet:yes.txt %OSDName%", "package": "TSL00026"},
    ],
)
def test_what_has_other_uses_for_a_name_does_not_set_it(step: dict[str, str]) -> None:
    assert assigned_by(line_of(step).entries[0].step) == ()


@pytest.mark.parametrize(
    "script",
    [
        "if ($tsenv.Value('P') -eq 'x') { }",
        "$x = $tsenv.Value('P')",
        "# $tsenv.Value('P') = 1",
        "<# $tsenv.Value('P') = 1 #>",
        "$other.Value = 'No'",
        "Write-Host \"$tsenv.Value('P') = 1\"",
        "Set-Item -Path HKLM:\\P -Value 1",
    ],
)
def test_reading_a_variable_sets_none(script: str) -> None:
    assert by_script(script) == []


@pytest.mark.parametrize(
    "unit",
    [
        "$tsenv:a=",
        ".Value('a')=",
        "$($t.Value(",
        '"$(',
        "$x='a'+",
        "Set-Item tsenv:",
        "try{$a=1}catch{",
        "catch{}",
    ],
)
@pytest.mark.seconds(10)
def test_text_made_to_be_read_again_and_again_is_read_in_time(unit: str) -> None:
    text = unit * (290_000 // len(unit))
    read_script(text)
    read_command_line("mshta vbscript:" + text[:32_000])


@given(
    st.text(max_size=80)
    | st.text(alphabet=st.sampled_from(list("$tsenv:.Value('X\")= +#<>{};\n\\")), max_size=80)
)
def test_no_script_is_too_odd(text: str) -> None:
    for one in (*read_script(text).assigned, *read_command_line(text).assigned):
        assert one.name or not one.sure


def test_what_a_block_sets_that_a_command_is_given_may_not_be_set():
    for line in ("Get-Item x | ForEach-Object { {} }", "Start-Job { {} }"):
        text = line.replace("{}", "$tsenv.Value('A') = 'b'")
        assert [one.sure for one in read_script(f"$tsenv = New-Object -ComObject x\n{text}").assigned] == [
            False
        ]
