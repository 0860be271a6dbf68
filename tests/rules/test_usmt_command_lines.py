"""Command lines of USMT as people write them: nothing is said of those that are right."""

from __future__ import annotations

import pytest

from tests.linting import lint_steps

_RULES = ("TS130", "TS131", "TS171", "TS63", "TS64", "TS65", "TS66")
_WINPE = {"restart": "WinPE"}
_HD = {"restart": "HD"}

RIGHT = {
    "a refresh with hard links": [
        {"set": "OSDStateStorePath", "to": "%_SMSTSUserStatePath%"},
        {
            "run": '"%_SMSTSMDataPath%\\USMT\\%PROCESSOR_ARCHITECTURE%\\scanstate.exe" "%OSDStateStorePath%" '
            "/o /c /efs:hardlink /hardlink /nocompress /i:MigApp.xml /i:MigDocs.xml /v:5 "
            '/l:"%_SMSTSLogPath%\\scanstate.log" /progress:"%_SMSTSLogPath%\\scanprogress.log"',
            "package": "USM00001",
            "successCodeList": "0 3",
        },
        {
            "run": 'amd64\\loadstate.exe "%OSDStateStorePath%" /c /hardlink /nocompress /i:MigApp.xml '
            '/i:MigDocs.xml /lac:%LocalPassword% /lae /v:5 /l:"%_SMSTSLogPath%\\loadstate.log"',
            "package": "USM00001",
        },
    ],
    "off-line, from Windows PE": [
        _WINPE,
        {
            "run": "cmd.exe /c X:\\USMT\\amd64\\scanstate.exe %WindowsPartition%\\StateStore "
            "/offlinewindir:%WindowsPartition%\\Windows /o /localonly /c /nocompress /hardlink "
            "/i:X:\\USMT\\amd64\\MigUser.xml /i:X:\\USMT\\amd64\\MigApp.xml /ue:%computername%\\* "
            "> C:\\scan.txt 2>&1"
        },
    ],
    "Windows.old after an upgrade": [
        _HD,
        {
            "run": "scanstate.exe c:\\store /v:13 /o /c /hardlink /nocompress /efs:hardlink /i:MigApp.xml "
            "/i:MigDocs.xml /offlineWinDir:c:\\windows.old\\windows"
        },
        {
            "run": "LoadState.exe c:\\store /v:13 /c /lac:%P% /lae /i:MigApp.xml /i:MigDocs.xml /sf "
            "/hardlink /nocompress"
        },
    ],
    "an encrypted store on a share": [
        {
            "run": "scanstate.exe \\\\srv\\Migration$\\%OSDComputerName% /i:MigApp.xml /i:MigDocs.xml /o "
            '/config:Config.xml /v:13 /encrypt:AES_256 /key:"%StoreKey%" /vsc /localonly /r:5 /w:10'
        },
        {
            "run": "loadstate.exe \\\\SRV\\Migration$\\%osdcomputername%\\ /config:Config.xml "
            "/i:MigDocs.xml /i:MigApp.xml /v:13 /decrypt:AES_256 /key:%StoreKey%"
        },
    ],
    "users of one domain, and who signed in lately": [
        {
            "run": "scanstate.exe D:\\Mig /ue:*\\* /ui:contoso\\* /i:miguser.xml /i:migapp.xml /uel:90 /c",
        },
        {
            "run": "scanstate.exe D:\\Mig2 /i miguser.xml /i migapp.xml /ue %computername%\\* "
            "/ue CONTOSO\\svc* /uel 2024/2/15 /efs copyraw /o",
        },
        {
            "run": "loadstate.exe D:\\Mig3 /i:MigApp.xml /md:contoso:fabrikam /mu:old\\ann:fabrikam\\ann "
            "/progress:Progress.log /l:LoadState.log"
        },
    ],
    "uses without a store": [
        {"run": "scanstate.exe /i:MigApp.xml /i:MigDocs.xml /genconfig:Config.xml /v:13"},
        {"run": "scanstate.exe /apps /ppkg C:\\Recovery\\Customizations\\usmt.ppkg /o /c /v:13 /l:C:\\s.log"},
        {"run": "scanstate.exe /genmigxml:C:\\Temp\\mine.xml"},
        {"run": 'ScanState.exe C:\\MigrationLocation /nocompress /p:"C:\\MigrationStoreSize.xml"'},
    ],
    "PowerShell, line by line": [
        {
            "powershell": '$store = "\\\\srv\\Store$\\$env:COMPUTERNAME"\n'
            "$log = Join-Path $env:TEMP 'scan.log'\n"
            "Set-Location $usmt\n"
            '.\\scanstate.exe "$store" `\n  /o `\n  /vsc `\n  /i:MigDocs.xml `\n'
            '  /i:"$PSScriptRoot\\Our.xml" `\n  /ue:*\\* `\n  /ui:"contoso\\$user" `\n'
            '  /v:13 `\n  /l:"$log" `\n  /c | Out-Host\n'
            "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }\n",
        },
    ],
    "PowerShell, with a list of arguments": [
        {
            "powershell": "$list = @('/i:MigApp.xml', '/i:MigUser.xml', '/c', \"/l:$logs\\load.log\")\n"
            "if ($encrypted) { $list += '/decrypt', \"/key:$key\" }\n"
            "$run = Start-Process -FilePath $exe\\loadstate.exe -ArgumentList $list -Wait -PassThru\n"
            '& "$usmt\\loadstate.exe" $store @list /lae\n'
            'Start-Process cmd -ArgumentList "/k loadstate.exe $store /ue:*\\* /ui:$domain\\$user /c"\n',
        },
    ],
    "PowerShell, an argument in a variable each": [
        {
            "powershell": "$a1 = 'C:\\User State'\n$a2 = '/i:MigApp.xml'\n$a3 = '/v:13'\n"
            '$a4 = "/l:$env:TEMP\\s.log"\n'
            "& '.\\scanstate.exe' $a1 $a2 $a3 $a4\n",
        },
    ],
    "names of programs that are no commands": [
        {"powershell": "switch ($mode) { scanstate { 'capture' } loadstate { 'restore' } }\n"},
        {"powershell": "Get-Process scanstate -ErrorAction SilentlyContinue | Stop-Process\n"},
    ],
    "additional options": [
        {
            "set": "OSDMigrateAdditionalCaptureOptions",
            "to": "/uel:60 /ue:%OSDComputerName%\\* /ui:contoso\\* /i:Our.xml /localonly /v:5 "
            "/listfiles:C:\\f.txt",
        },
        {"step": "CaptureUserState"},
        {
            "set": "OSDMigrateAdditionalRestoreOptions",
            "to": '/lae /md:contoso:fabrikam /i:"C:\\Our files\\Our.xml" /v:13',
        },
        {"step": "RestoreUserState", "LocalAccounts": True},
    ],
    "additional options, off-line": [
        _WINPE,
        {"set": "OSDMigrateAdditionalCaptureOptions", "to": "/offlinewindir:c:\\windows"},
        {"step": "CaptureUserState"},
    ],
    "USMTUtils": [
        {"run": "usmtutils.exe /verify:all D:\\Store\\USMT\\USMT.mig /decrypt /l:D:\\utils.log /v:5"},
        {
            "run": 'usmtutils.exe /extract D:\\Store\\USMT\\USMT.mig /i:"*.txt, *.pdf" C:\\Out '
            "/decrypt:AES_128 /key:%StoreKey% /o"
        },
        {"run": "usmtutils.exe /rd C:\\Store /y", "successCodeList": "0 35"},
        _HD,
    ],
    "a batch file's loop": [
        {"run": "cmd.exe /c for %u in (ann ben) do loadstate.exe D:\\Store\\%u /ue:*\\* /ui:contoso\\%u /c"},
        {"run": "cmd.exe /v:on /c set N=7& scanstate.exe D:\\Store\\!N! /i:MigApp.xml /uel:!N! /v:!N!"},
    ],
}


@pytest.mark.parametrize("name", RIGHT)
def test_nothing_is_said_of_command_lines_that_are_right(name):
    found = [f"{one.rule}: {one.message}" for one in lint_steps(*RIGHT[name]) if one.rule.startswith(_RULES)]
    assert found == []
