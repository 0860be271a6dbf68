"""Names of variables that are taken for a slip of the keyboard, and names that are somebody's own."""

import pytest

from tests.linting import TABLES
from tslint.catalogue.misspelling import documented_name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("OSDComputerNam", "OSDComputerName"),
        ("OSDComputerNammes", ""),
        ("OSDComputreName", "OSDComputerName"),
        ("OSDCompuuterName", "OSDComputerName"),
        ("OSDTimeZonee", "OSDTimeZone"),
        ("__SMSTSInWinPE", "_SMSTSInWinPE"),
        ("osdcomputernane", "OSDComputerName"),
        ("OSDMigrateConfigFile", "OSDMigrateConfigFiles"),
        ("OSDPreverveDriveLetter", "OSDPreserveDriveLetter"),
        ("SMSTSInWinPE", "_SMSTSInWinPE"),
        (" _SMSTLastActionSucceeded ", "_SMSTSLastActionSucceeded"),
        ("OSDAdapter0Gateway", "OSDAdapter0Gateways"),
        ("OSDPartitions12Tpye", "OSDPartitions12Type"),
    ],
)
def test_one_slip_is_told(name, meant):
    assert documented_name(name, TABLES) == meant


@pytest.mark.parametrize(
    "name",
    [
        "OSDComputerName",
        "osdcomputername",
        "_OSDMigrateUseHardlinks",
        "SMSTSUserStatePath",
        "OSDAdapter3SubnetMask",
        "OSDComputerNames",
        "OSDComputerName2",
        "OSDImageIndex1",
        "XOSDTimeZone",
        "OSComputerName",
        "OSD_ComputerName",
        "OSD-ComputerName",
        "_OSDComputerName",
        "OSDDisk",
        "OSDAdapter",
        "OSDAdapter1",
        "OSDPartitions",
        "_SMSTSMP",
        "",
        "O" * 10_000,
    ],
)
def test_what_is_known_or_somebodys_own_is_not(name):
    assert documented_name(name, TABLES) == ""


@pytest.mark.parametrize("name", ["OSDPartition", "OSDAdapters", "OSDPartitionss"])
def test_nobody_means_an_array_by_itself(name):
    assert documented_name(name, TABLES) == ""


def test_no_documented_name_is_a_slip_of_another():
    assert [name for name in TABLES.names if documented_name(name, TABLES)] == []
