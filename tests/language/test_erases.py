"""Which commands erase the system disk: every way that a sequence shows."""

import base64

import pytest

from tests.linting import lint_steps, told

BEFORE = [
    {"set": "OSDStateStorePath", "to": "C:\\UserState"},
    {"step": "CaptureUserState", "UseHardlinks": True},
    {"restart": "WinPE"},
]
AFTER = [{"step": "ApplyOperatingSystem"}, {"step": "SetupWindowsAndSMS"}, {"step": "RestoreUserState"}]


def lost(*steps):
    """Steps that erase what a hard-link capture has left."""
    return [step for _, step in told(lint_steps(*BEFORE, *steps, *AFTER), "TS127")]


def encoded(script):
    return base64.b64encode(script.encode("utf-16-le")).decode()


@pytest.mark.parametrize(
    "script",
    [
        "Clear-Disk -Number 0 -RemoveData -Confirm:$false",
        "Clear-Disk 0",
        "Get-Disk -Number 0 | Clear-Disk -RemoveData -RemoveOEM",
        "Get-Disk | Where-Object { $_.Number -eq 0 } | Clear-Disk",
        "Get-Disk | Where-Object Number -eq 0 | Initialize-Disk -PartitionStyle GPT",
        "Get-Disk | Clear-Disk -RemoveData",
        "Initialize-Disk -Number 0 -PartitionStyle GPT",
        "Format-Volume -DriveLetter C -FileSystem NTFS",
        "Get-Volume -DriveLetter C | Format-Volume",
        "$n = 0; Clear-Disk -Number $n",
        "Get-Partition -DiskNumber 0 | Remove-Partition -Confirm:$false",
        "& { Clear-Disk -Number 0 }",
        '"select disk 0`nclean`nconvert gpt" | diskpart',
        "@'\nselect disk 0\nclean\n'@ | diskpart.exe",
        "'sel dis 0', 'clean' | Set-Content X:\\d.txt; diskpart /s X:\\d.txt",
        "Clear-Disk -InputObject (Get-Disk -Number 0) -Confirm:$false",
        "Format-Volume -Path C:\\ -FileSystem NTFS",
        "Get-Disk -Number 0 | Get-Partition | Remove-Partition -Confirm:$false",
        "Get-Disk | ? Number -eq 0 | Get-Partition | Remove-Partition -Confirm:$false",
        "try { Clear-Disk -Number 0 } catch { exit 1 }",
        "try { Clear-Disk -Number 0 } finally { }",
        "try { 'select disk 0', 'clean' | diskpart } catch { Write-Host $_ }",
        "function Wipe { Clear-Disk -Number 0 }\nWipe",
        "function Main { Wipe }\nfunction script:Wipe { if ($a) { Get-It }; Clear-Disk -Number 0 }\nMain",
    ],
)
def test_a_script_erases_the_system_disk(script):
    assert lost({"powershell": script, "name": "Wipe"}) == ["Wipe"]
    assert lost({"run": f"powershell.exe -EncodedCommand {encoded(script)}", "name": "Wipe"}) == ["Wipe"]


@pytest.mark.parametrize(
    "line",
    [
        "cmd.exe /c format C: /fs:ntfs /q /y",
        "cmd.exe /c (echo select disk 0& echo clean) | diskpart",
        "cmd.exe /c (echo sel disk=0 && echo clean all && echo exit) > X:\\d.txt & diskpart.exe /s X:\\d.txt",
        "cmd.exe /c (echo select volume C& echo format fs=ntfs quick)| diskpart",
        "powershell.exe -Command Clear-Disk -Number 0 -Confirm:$false",
        "cmd.exe /c (echo sel dis 0&echo cle)|diskpart.exe",
        'powershell.exe -Command "\\"select disk 0`nclean\\" | diskpart"',
        "cmd.exe /c (echo select volume C& echo assign letter=W& echo format quick)| diskpart",
        "cmd.exe /c (echo select disk 1& echo select volume C& echo clean)| diskpart",
        "cmd.exe /c (echo select disk next& echo select disk 0& echo clean)| diskpart",
        "cmd.exe /c (echo select disk 0& echo create partition primary& echo clean)| diskpart",
        "cmd /c echo select disk 0 > X:\\a.txt && echo clean >> X:\\a.txt && diskpart /s X:\\a.txt",
        "cmd /c (echo select disk 0 && echo clean) > X:\\a.txt && diskpart /s X:\\a.txt",
        "cmd /c (wpeutil UpdateBootInfo && set a=b) && net use Z: \\\\s\\h && format C: /q",
        "cmd /c if exist C:\\ format C: /q /y",
    ],
)
def test_a_command_line_erases_the_system_disk(line):
    assert lost({"run": line, "name": "Wipe"}) == ["Wipe"]


def test_a_disk_number_in_a_variable_counts_where_the_sequence_tells_it():
    disk = {"step": "PartitionDisk", "name": "Wipe", "DiskIndex": 1, "DiskIndexVariable": "Disk"}
    assert lost({"set": "Disk", "to": "0"}, disk) == ["Wipe"]
    assert lost({"set": "Disk", "to": "1"}, disk) == []
    assert lost(disk) == []


def test_a_diskpart_script_is_read_from_the_step_that_writes_it():
    writes = {"run": "cmd /c (echo select disk 0& echo clean) > X:\\wipe.txt", "name": "Write"}
    assert lost(writes, {"run": "diskpart /s X:\\wipe.txt", "name": "Wipe"}) == ["Wipe"]
    assert lost(writes, {"run": "diskpart /s X:\\other.txt", "name": "Wipe"}) == []
    by_script = {"powershell": 'Set-Content X:\\wipe.txt "select disk 0`r`nclean"', "name": "Write"}
    assert lost(by_script, {"run": "cmd /c diskpart /s X:\\wipe.txt", "name": "Wipe"}) == ["Wipe"]


@pytest.mark.parametrize(
    "step",
    [
        {"powershell": "Clear-Disk -Number 1"},
        {"powershell": "Clear-Disk -Number $disk"},
        {"powershell": "if ($new) { Clear-Disk -Number 0 }"},
        {"powershell": "Get-Disk | Where-Object PartitionStyle -eq RAW | Initialize-Disk"},
        {"powershell": "Clear-Disk -Number 0 -WhatIf"},
        {"powershell": "# Clear-Disk -Number 0"},
        {"powershell": "Write-Host 'Clear-Disk -Number 0'"},
        {"powershell": "function Clear-All { Clear-Disk -Number 0 }"},
        {"powershell": "function Wipe { Clear-Disk -Number 0 }\nfunction Main { Wipe }"},
        {"powershell": "function Wipe { Clear-Disk -Number 0 }\nif ($new) { Wipe }"},
        {"powershell": "function Wipe { if (Test-It) { return }; Clear-Disk -Number 0 }\nWipe"},
        {"powershell": "try { Get-It } catch { Clear-Disk -Number 0 }"},
        {"powershell": "Format-Volume -DriveLetter D"},
        {"powershell": "Remove-Partition -DiskNumber 0 -PartitionNumber 4"},
        {"powershell": "Remove-Partition 0 4"},
        {"powershell": "Get-Disk 0 | Get-Partition | Where-Object Type -ne System | Remove-Partition"},
        {"powershell": "Get-Disk 1 | Get-Partition | Remove-Partition"},
        {"powershell": "Clear-Disk -InputObject (Get-Disk | Where-Object BusType -eq USB)"},
        {"powershell": "Format-Volume -Path C:\\Mount"},
        {"powershell": "Get-Partition -DiskNumber 0 -PartitionNumber 4 | Format-Volume -FileSystem NTFS"},
        {"powershell": '"select disk 0`nlist partition" | diskpart; Write-Host "clean up"'},
        {"run": "cmd.exe /c (echo select disk 1& echo clean) | diskpart"},
        {"run": "cmd.exe /c (echo select disk 0& echo list volume) | diskpart"},
        {"run": "cmd.exe /c (echo sel disk 1& echo clean& echo sel disk 0& echo detail disk) | diskpart"},
        {"run": "diskpart.exe /s X:\\from-the-package.txt"},
        {"run": "cmd.exe /c (echo sel vol C& echo shrink& echo cre par pri& echo format) | diskpart"},
        {"run": "cmd.exe /c (echo sel vol C& echo create volume simple disk=1& echo format) | diskpart"},
        {"run": "cmd.exe /c (echo sel vol C& echo select partition 4& echo format) | diskpart"},
        {"run": "cmd.exe /c (echo sel vol C& echo sel vol 7& echo format) | diskpart"},
        {"run": "cmd.exe /c (echo select disk 0& echo select volume E& echo clean) | diskpart"},
        {"run": "cmd.exe /c (echo select disk 0& echo select disk next& echo clean) | diskpart"},
        {"powershell": '"select disk 0`nlist disk`nselect disk $other`nclean" | diskpart'},
        {"powershell": '"sel disk 0`nsel vdisk file=D:\\a.vhd`nattach vdisk`nclean" | diskpart'},
        {"run": "cmd.exe /c if not exist C:\\UserState format C: /q /y"},
        {"powershell": "Get-Disk | ? BusType -eq USB | Clear-Disk -RemoveData"},
        {"powershell": "Get-Disk | ? { $_.Number -ne 0 } | Clear-Disk -RemoveData"},
        {"powershell": "Get-Disk | Select-Object -Skip 1 | Clear-Disk"},
        {"powershell": "Clear-Disk -Number 0 -CimSession SRV1"},
        {"powershell": "Get-Disk -Number 0 -CimSession SRV1 | Clear-Disk"},
        {"run": "cmd.exe /c format D: /q"},
        {"run": "cmd.exe /c if exist C:\\ (ver) else format C: /q"},
        {"run": "cmd.exe /c if not exist C:\\ format C: /q"},
        {"run": "cmd.exe /c findstr new C:\\kind.txt && format C: /q"},
        {"run": "cmd.exe /c findstr new C:\\kind.txt && echo it is && format C: /q"},
        {"run": "cmd.exe /c findstr new C:\\kind.txt && (echo it is & format C: /q)"},
        {"run": "cmd.exe /c findstr new C:\\a.txt && (echo select disk 0& echo clean) | diskpart"},
        {"run": "cmd.exe /c if exist C:\\kind.txt (echo it is) && format C: /q"},
        {"run": "cmd.exe /c echo it is && check.exe && format C: /q"},
        {"run": "cmd.exe /c echo it is || format C: /q"},
    ],
)
def test_what_leaves_the_system_disk_alone_or_is_not_told_accuses_nobody(step):
    assert lost(step) == []
