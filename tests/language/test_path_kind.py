"""What a path names, whatever its spelling."""

import pytest

from tests.linting import TABLES
from tslint.language.path_kind import path_kind
from tslint.logic.text import Unknown, references


def kind(path):
    """The kind of a path in which every variable is unknown."""
    parts = [part if isinstance(part, str) else Unknown(part[0].lower(), -1) for part in references(path)]
    return path_kind(tuple(part for part in parts if part), TABLES)


@pytest.mark.parametrize(
    "path",
    [
        "C:",
        "c:\\",
        "D:/",
        "C:\\.",
        "C:\\\\",
        '"C:\\"',
        " C:\\ ",
        "\\\\?\\C:\\",
        "\\\\.\\C:",
        "C:\\Folder\\..",
        "C:\\..\\..",
        "C:/a/./../",
        "%SystemDrive%",
        "%OSDisk%\\",
        "%systemdrive%/a/..",
        "\\",
    ],
)
def test_every_spelling_of_the_root_of_a_drive_is_one(path):
    assert kind(path) == "root"


@pytest.mark.parametrize(
    "path",
    ["C:\\a", "C:\\a\\..\\b", "%SystemDrive%\\Store", "%WinDir%", "%_SMSTSMDataPath%\\x", "C:\\a\\%Name%"],
)
def test_a_folder_of_a_drive_is_none(path):
    assert kind(path) == "local"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("\\\\server\\share", "unc"),
        ("//server/share", "unc"),
        ("\\\\%Server%\\share", "unc"),
        ("Folder\\x", "relative"),
        ("", "relative"),
    ],
)
def test_other_places_are_told_apart(path, wanted):
    assert kind(path) == wanted


@pytest.mark.parametrize("path", ["%Store%", "%Store%\\x", "C:\\%Name%", "C:%Name%", "%SystemDrive%%Name%"])
def test_an_unknown_part_that_could_change_it_leaves_it_open(path):
    assert kind(path) is None
