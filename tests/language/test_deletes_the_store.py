"""Which commands delete the folder of user state: every way to name it, and what is no such folder."""

import pytest

from tests.linting import lint_steps, told

FOLDER = {"set": "OSDStateStorePath", "to": "C:\\UserState"}
VARIABLE = {"set": "OSDStateStorePath", "to": "%_SMSTSUserStatePath%"}
CAPTURE = {"step": "CaptureUserState", "UseHardlinks": True}
RESTORE = {"step": "RestoreUserState", "LocalAccounts": True}


def lost(store, **step):
    """Whether a step between the capture and the restore deletes the store."""
    found = lint_steps(store, CAPTURE, {**step, "name": "Delete"}, RESTORE, {"restart": "HD"})
    return told(found, "TS167") == [("error", "Delete")]


@pytest.mark.parametrize(
    "line",
    [
        "cmd.exe /c rd /s /q C:\\UserState",
        'cmd.exe /c rmdir "C:\\UserState\\" /s /q',
        'cmd.exe /c rd /q /s "%OSDStateStorePath%"',
        "cmd.exe /c del /s /q c:\\userstate\\*.*",
        "cmd.exe /c cd C:\\ && rd /s /q C:/UserState",
        "powershell.exe -Command Remove-Item -Path C:\\UserState -Recurse -Force",
        'powershell.exe -Command "rm -r %OSDStateStorePath%\\*"',
        "usmtutils.exe /rd C:\\UserState /y",
    ],
)
def test_the_folder_that_the_sequence_names_is_deleted(line):
    assert lost(FOLDER, run=line)


@pytest.mark.parametrize(
    "script",
    [
        "Remove-Item $tsenv.Value('OSDStateStorePath') -Recurse -Force",
        'Remove-Item -LiteralPath "$($tsenv.Value("OSDStateStorePath"))" -Recurse',
        "ri %_SMSTSUserStatePath% -Recurse",
    ],
)
def test_a_script_deletes_it_by_its_variable(script):
    assert lost(VARIABLE, powershell=script)


def test_a_variable_that_stands_for_another_names_the_same_folder():
    assert lost(VARIABLE, run='cmd.exe /c rd /s /q "%OSDStateStorePath%"')
    assert lost(VARIABLE, run='cmd.exe /c rd /s /q "%_SMSTSUserStatePath%"')


@pytest.mark.parametrize(
    "line",
    [
        'cmd.exe /c rd /s /q "%OSDStateStorePath%\\Logs"',
        "cmd.exe /c rd /s /q C:\\UserState\\USMT\\Logs",
        "cmd.exe /c rd /s /q C:\\UserStateOld",
        "cmd.exe /c rd /s /q %Temp%\\UserState",
        "cmd.exe /c del /q C:\\UserState\\scanstate.log",
        "cmd.exe /c dir C:\\UserState",
        "powershell.exe -Command Remove-Item C:\\Windows.old -Recurse",
        "robocopy.exe C:\\UserState D:\\UserState /e",
    ],
)
def test_another_folder_or_one_below_is_not_the_store(line):
    assert not lost(FOLDER, run=line)


@pytest.mark.parametrize(
    "folder",
    [
        "C:\\UserState",
        "c:/userstate/",
        "D:\\UserState",
        "C:\\",
        "C:\\UserState\\",
        "C:\\UserState\\USMT",
        "C:\\USERST~1",
        "C:\\UserState*",
        "C:\\Temp\\..\\UserState",
        "%Folder%",
        "%SystemDrive%\\UserState",
        "%OSDStateStorePath%",
        ".\\UserState",
    ],
)
def test_usmtutils_deletes_what_may_be_the_store(folder):
    assert lost(FOLDER, run=f'usmtutils.exe /rd "{folder}" /y')


@pytest.mark.parametrize("folder", ["C:\\UserState_old", "C:\\Windows.old", "D:\\Old\\UserState", "C:\\User"])
def test_usmtutils_deletes_another_folder(folder):
    assert not lost(FOLDER, run=f'usmtutils.exe /rd "{folder}" /y')
    assert lost(VARIABLE, run=f'usmtutils.exe /rd "{folder}" /y')  # which may be anywhere


def test_the_store_that_scanstate_is_told_counts_for_usmtutils():
    def deletes(folder):
        scan = {"run": "scanstate.exe D:\\Store /hardlink /nocompress", "name": "Scan"}
        delete = {"run": f"usmtutils.exe /rd {folder} /y", "name": "Delete"}
        return told(lint_steps(FOLDER, scan, delete, {"run": "loadstate.exe D:\\Store"}), "TS167")

    assert deletes("D:\\Store") == [("error", "Delete")]
    assert deletes("C:\\UserState") == []
