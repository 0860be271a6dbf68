"""What rules can ask: numbered settings, tests in conditions, one store, what ran before."""

from typing import Any

import pytest

from tests.linting import findings_of
from tests.patterns import rule_of
from tslint.rules.example import sequence_xml
from tslint.source.locate import Locator


def found(pattern: dict[str, Any], *steps: dict[str, Any]) -> list[str]:
    """Paths of the steps that a pattern reports."""
    return [f.place.step for f in findings_of({"sequence": list(steps)}, [rule_of(pattern)])]


def never(selector: Any, *steps: dict[str, Any]) -> list[str]:
    return found({"never": selector}, *steps)


def step(name, **more):
    return {"run": "x.exe", "name": name, **more}


PARTITIONS = {
    "step": "PartitionDisk",
    "name": "Disk",
    "Partitions0Type": "Primary",
    "Partitions0FileSystem": "FAT32",
    "Partitions0Size": "500",
    "Partitions1Type": "Primary",
    "Partitions1FileSystem": "NTFS",
    "Partitions1Size": "100",
}


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"FileSystem": "FAT32"}, True),
        ({"FileSystem": "NTFS"}, True),
        ({"FileSystem": "FAT32", "Size": {"over": 400}}, True),
        ({"FileSystem": "NTFS", "Size": {"over": 400}}, False),
        ({"Type": {"not": "Primary"}}, False),
        ({"FileSystem": "exFAT"}, False),
    ],
)
def test_any_item_of_numbered_settings(asked, holds):
    assert never({"step": "PartitionDisk", "item of": {"Partitions": asked}}, PARTITIONS) == ["Disk"] * holds


def test_the_item_is_shown_where_it_stands_and_who_set_it_is_told():
    rule = rule_of({"never": {"step": "PartitionDisk", "item of": {"Partitions": {"FileSystem": "NTFS"}}}})
    text = sequence_xml([PARTITIONS]).replace("><", ">\n<")
    (finding,) = findings_of({"text": text}, [rule])
    line = Locator(finding.place.document).region(finding.place.element, finding.place.attribute).line
    assert "Partitions1FileSystem" in text.split("\n")[line - 1]
    setting = {"set": "OSDPartitions0FileSystem", "to": "NTFS", "name": "Set it"}
    (finding,) = findings_of({"sequence": [setting, {**PARTITIONS, "Partitions1FileSystem": ""}]}, [rule])
    assert [other.text for other in finding.related] == ["'Set it' sets OSDPartitions0FileSystem"]


def test_a_step_without_numbered_settings_has_no_item():
    plain = {"step": "PartitionDisk", "DiskIndex": 0}
    assert never({"step": "PartitionDisk", "item of": {"Partitions": {"Type": {"not": "x"}}}}, plain) == []


@pytest.mark.parametrize(
    ("steps", "holds"),
    [
        ([{"set": "D", "to": "0"}], True),
        ([{"set": "D", "to": "1"}], False),
        ([{"set": "D", "to": "%Unknown%"}], False),
        ([{"powershell": "$tsenv.Value('D') = '0'"}], True),
        ([], False),
    ],
)
def test_a_variable_that_a_setting_names(steps, holds):
    disk = {"step": "PartitionDisk", "name": "Disk", "DiskIndexVariable": "D"}
    selector = {"step": "PartitionDisk", "variable in": {"DiskIndexVariable": "0"}}
    assert never(selector, *steps, disk) == ["Disk"] * holds
    assert never(selector, *steps, {"step": "PartitionDisk"}) == []


@pytest.mark.parametrize(
    ("steps", "holds"),
    [
        ([], True),
        ([{"set": "D", "to": "0"}], False),
        ([{"set": "D", "to": "%Unknown%"}], False),
        ([{"powershell": "$tsenv.Value('D') = '0'"}], False),
        ([{"set": "E", "to": "0"}], True),
    ],
)
def test_what_the_sequence_has_given_a_variable_that_a_setting_names(steps, holds):
    selector = {"step": "PartitionDisk", "has set in": {"DiskIndexVariable": {"missing": True}}}
    for named in ("D", "%D%"):
        disk = {"step": "PartitionDisk", "name": "Disk", "DiskIndexVariable": named}
        assert never(selector, *steps, disk) == ["Disk"] * holds
    assert never(selector, *steps, {"step": "PartitionDisk"}) == []


def test_who_asks_whether_a_variable_is_there_knows_of_it():
    selector = {"step": "PartitionDisk", "has set in": {"DiskIndexVariable": {"missing": True}}}
    disk = {"step": "PartitionDisk", "name": "Disk", "DiskIndexVariable": "D"}
    assert never(selector, {**disk, "when": "D exists"}) == []
    assert never(selector, {**disk, "when": "Other exists"}) == ["Disk"]


DOWNLOAD = {
    "step": "DownloadPackageContent",
    "DownloadPackages": "TSL00001,TSL00002",
    "DestinationVariable": "X",
}


@pytest.mark.parametrize(
    ("path", "before", "holds"),
    [
        ("%X%", [DOWNLOAD], True),
        (r"%x%\sources", [DOWNLOAD], True),
        ("%X01%", [DOWNLOAD], False),
        ("%X%", [], False),
        ("%X%", [DOWNLOAD, {"set": "X", "to": "%X02%"}], False),
        ("%X%", [{"gather": True}, DOWNLOAD], True),
        ("%X%", [{**DOWNLOAD, "disabled": True}], False),
        ("%X%", [DOWNLOAD, {"set": "OSDUpgradeInstallPath", "to": "%X01%"}], False),
        ("", [DOWNLOAD], False),
    ],
)
def test_a_variable_that_is_set_with_a_number_only(path, before, holds):
    upgrade = {"step": "UpgradeOperatingSystem", "name": "Upgrade", "InstallPath": path}
    selector = {"step": "UpgradeOperatingSystem", "lacks number": "InstallPath"}
    assert never(selector, *before, upgrade) == ["Upgrade"] * holds


@pytest.mark.parametrize(
    ("asked", "found_in"),
    [
        ({"there": True}, ["own", "in group"]),
        ({"there": True, "of": "step"}, ["own"]),
        ({"there": True, "of": "groups"}, ["in group"]),
        ({"there": False}, ["none"]),
    ],
)
def test_whether_there_is_a_condition(asked, found_in):
    steps = [
        step("own", when="A equals 1"),
        {"group": "G", "when": "A equals 2", "steps": [step("in group")]},
    ]
    assert never({"step": "RunCommandLine", "guard": asked}, *steps, step("none")) == [
        path for path in ("own", "G/in group", "none") if path.split("/")[-1] in found_in
    ]


@pytest.mark.parametrize(
    ("before", "holds"),
    [
        ({"set": "a", "to": "1"}, True),
        ({"powershell": "$tsenv.Value('A') = 1"}, True),
        ({"set": "B", "to": "1"}, False),
        ({"set": "A", "to": "1", "disabled": True}, False),
    ],
)
def test_whether_a_condition_tests_what_a_step_before_sets(before, holds):
    steps = [before, step("here", when="A equals 1"), {"set": "A", "to": "2"}]
    asked = {"step": "RunCommandLine", "guard": {"set before": True}}
    assert never(asked, *steps) == ["here"] * holds
    assert never({**asked, "guard": {"set before": False}}, *steps) == ["here"] * (not holds)


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        (step("a", when="A equals 1"), step("b", when="A equals 2"), True),
        ({"group": "1", "when": "A equals 1", "steps": [step("a")]}, step("b"), True),
        (
            {"group": "1", "when": "A equals 1", "steps": [step("a")]},
            {"group": "2", "when": "A equals 2", "steps": [step("b")]},
            False,
        ),
        (step("a"), step("b", disabled=True), False),
        (step("a"), step("c"), False),
    ],
)
def test_another_step_that_may_run_where_the_groups_of_this_one_do(first, second, holds):
    selector = {"name": "a", "another": {"name": "b"}}
    assert never(selector, first, second) == ([] if not holds else ["1/a" if "group" in first else "a"])


def test_the_sequence_as_a_whole_knows_its_steps_though_no_other_rule_asks_for_them():
    upgrade = {"step": "UpgradeOperatingSystem"}
    for whole in ({"kind": "upgrade"}, {"contains": upgrade}):
        assert never({"sequence": whole}, upgrade) == [""]
        assert never({"sequence": whole}, step("a")) == []
    excused = {"never": {"engine": "configmgr"}, "unless": [{"first": {"sequence": {"contains": upgrade}}}]}
    assert found(excused, upgrade) == []
    assert found(excused, step("a")) == [""]


@pytest.mark.parametrize(
    ("kind", "known"),
    [("SMS_TaskSequence_RebootAction", True), ("BDD_Gather", True), ("SMS_TaskSequence_RebotAction", False)],
)
def test_whether_the_catalogue_knows_a_type_of_step(kind, known):
    text = f'<sequence><step type="{kind}" name="S"/></sequence>'
    rule = rule_of({"never": {"step": {"missing": False}, "known type": False}})
    assert bool(findings_of({"text": text}, [rule])) != known


def test_how_large_a_sequence_is():
    wide, indented = '<sequence><step name="é"/></sequence>', '<sequence>\n  <step name="é"/>\n</sequence>'
    size = len(wide.encode())
    for text in (wide, indented):
        for number, holds in ((size - 1, True), (size, False)):
            rule = rule_of({"never": {"sequence": {"bytes": {"over": number}}}})
            assert len(findings_of({"text": text}, [rule])) == holds


GUARDED = step("S", when=["A equals 1", {"any": ["B like x*", {"not": "C notExists"}]}])


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 3),
        ({"type": "Variable"}, 3),
        ({"operator": "like"}, 1),
        ({"operator": {"not": ["equals", "notEquals", "exists", "notExists"]}}, 1),
        ({"variable": {"matches": "^[ab]$"}}, 2),
        ({"variable": "a", "value": "1"}, 1),
        ({"variable": "a", "value": "2"}, 0),
        ({"value": {"missing": True}}, 1),
        ({"type": "WMI"}, 0),
    ],
)
def test_tests_of_a_condition_can_be_asked_for(asked, count):
    assert never({"test": asked}, GUARDED) == ["S"] * count


def test_tests_of_other_kinds_are_told_by_their_text_and_parts():
    steps = [step("W", when={"wmi": "SELECT * FROM Win32_Battery"}), step("F", when={"folder": "C:\\Data"})]
    assert never({"test": {"type": "WMI", "text": {"contains": "Battery"}}}, *steps) == ["W"]
    assert never({"test": {"part": {"Path": {"starts": "C:"}}}}, *steps) == ["F"]
    assert never({"test": {"part": {"Query": {"contains": "Win32"}}}}, *steps) == ["W"]


def test_tests_of_a_group_are_the_groups():
    steps = [{"group": "G", "when": "A equals 1", "steps": [step("S", when="B equals 1")]}]
    assert never({"test": {"variable": "A"}}, *steps) == []
    assert never({"test": {"variable": "A"}, "node": "group"}, *steps) == ["G"]
    assert never({"test": {"variable": "B"}, "group": "G"}, *steps) == ["G/S"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"starts": "OSD"}, ["One"]),
        ({"matches": "^_SMSTS"}, ["Two"]),
        ({"not": {"starts": "OSD"}}, ["Two", "Three"]),
        ({"longer": 10}, ["One", "Two"]),
        ({"contains": " "}, []),
    ],
)
def test_sets_takes_a_matcher(asked, names):
    steps = [
        {"set": "OSDComputerName", "to": "x", "name": "One"},
        {"set": "_SMSTSInWinPE", "to": "x", "name": "Two"},
        {"powershell": "$tsenv.Value('Mine') = 'x'", "name": "Three"},
    ]
    assert never({"sets": asked}, *steps) == names


def test_store_and_session_take_not():
    hard = {"step": "CaptureUserState", "UseHardlinks": True, "name": "Hard"}
    smp = [
        {"step": "RequestStateStore", "RequestType": "capture"},
        {"step": "CaptureUserState", "name": "Far"},
    ]
    assert never({"step": "CaptureUserState", "store": {"not": "hard-link"}}, hard, *smp) == ["Far"]
    assert never({"step": "CaptureUserState", "session": {"not": ["capture", "restore"]}}, hard, *smp) == [
        "Hard"
    ]


@pytest.mark.parametrize(
    ("save", "load", "same"),
    [
        ("scanstate C:\\S /o", "loadstate C:\\S", True),
        ("scanstate C:\\S /o", "loadstate c:/s/ /c", True),
        ("scanstate C:\\S", "loadstate C:\\T", False),
        ("scanstate %Where% /o", "loadstate /c C:\\S", True),
        ("scanstate %Unknown%", "loadstate C:\\S", False),
        ("scanstate %Unknown%\\x", "loadstate %Unknown%\\x", True),
    ],
)
def test_pairs_can_be_those_of_one_store(save, load, same):
    pattern = {
        "pair": {"command": "scanstate"},
        "with": {"command": "loadstate"},
        "in one store": True,
        "agree": {"first": {"command": "scanstate", "has": "/never"}},
    }
    where = {"set": "Where", "to": "C:\\S"}
    assert found(pattern, where, step("A", run=save), step("B", run=load)) == ["B"] * same


def test_two_stores_can_be_what_must_agree():
    pattern = {
        "pair": {"step": "CaptureUserState"},
        "with": {"command": "loadstate"},
        "agree": {"same store": True},
    }
    steps = [{"set": "OSDStateStorePath", "to": "C:\\S"}, {"step": "CaptureUserState"}]
    assert found(pattern, *steps, step("L", run="loadstate C:\\T")) == ["L"]
    assert found(pattern, *steps, step("L", run="loadstate C:\\S\\")) == []
    assert found(pattern, *steps, step("L", run="loadstate %Unknown%")) == []


@pytest.mark.parametrize(
    ("steps", "names"),
    [
        ([step("A"), {"restart": "HD"}], ["Restart Computer"]),
        ([{"restart": "HD"}, step("A")], []),
        ([step("A", when="X equals 1"), {"restart": "HD"}], ["Restart Computer"]),
        ([step("A", when="X equals 1"), {"restart": "HD", "when": "X equals 2"}], []),
        ([step("A", disabled=True), {"restart": "HD"}], []),
    ],
)
def test_what_ran_before_is_asked_per_path(steps, names):
    assert never({"step": "Reboot", "ran before": {"name": "A"}}, *steps) == names


@pytest.mark.parametrize(
    ("steps", "holds"),
    [
        ([{"set": "P", "to": "x"}], True),
        ([{"set": "P", "to": "y"}], False),
        ([], False),
        ([{"set": "P", "to": "x"}, {"set": "P", "to": "y"}], False),
    ],
)
def test_what_the_sequence_has_set_itself(steps, holds):
    assert (
        never({"step": "Reboot", "has set": {"P": "x"}}, *steps, {"restart": "HD"})
        == ["Restart Computer"] * holds
    )
    unset = never({"step": "Reboot", "has set": {"P": {"missing": True}}}, *steps, {"restart": "HD"})
    assert unset == ["Restart Computer"] * (not steps)


@pytest.mark.parametrize(
    ("when", "names"), [("P equals x", ["After"]), ("P equals y", []), (None, ["After"])]
)
def test_by_the_end_something_may_do_as_well(when, names):
    pattern = {"after": {"name": "After"}, "comes": {"step": "Reboot"}, "by the end": {"has set": {"P": "y"}}}
    value = "y" if when == "P equals y" else "x"
    assert found(pattern, step("After"), {"set": "P", "to": value}) == names


@pytest.mark.parametrize(
    ("matcher", "known", "unknown"),
    [
        ({"ends": "\\UserState"}, True, True),
        ({"contains": "UserState"}, True, True),
        ({"starts": "C:"}, True, None),
        ({"path": "local"}, True, None),
        ({"matches": "User"}, True, None),
        ({"longer": 30}, False, None),
        ("C:\\UserState", True, None),
        ("C:\\Other", False, False),
    ],
)
def test_what_a_variable_leaves_open_neither_accuses_nor_is_denied(matcher, known, unknown):
    """The table of the rule language's page, "What variables leave open"."""
    where, step_ = {"set": "Where", "to": "C:"}, {"set": "Store", "to": "%Where%\\UserState", "name": "S"}
    for steps, answer in (([where, step_], known), ([step_], unknown)):
        assert never({"sets": "Store", "to": matcher}, *steps) == ["S"] * (answer is True)
        assert never({"sets": "Store", "to": {"not": matcher}}, *steps) == ["S"] * (answer is False)


def test_the_files_own_words_can_be_asked_for():
    line = step("S", run="tool.exe %Where%\\x")
    assert never({"step": "RunCommandLine", "written": {"CommandLine": {"contains": "%Where%"}}}, line) == [
        "S"
    ]
    assert never(
        {"sets": "A", "text": {"contains": "%Where%"}}, {"set": "A", "to": "%Where%", "name": "S"}
    ) == ["S"]


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ([], True),
        ([{"restart": "HD"}], False),
        ([{"restart": "HD", "when": "Kind equals New"}], False),
        ([{"restart": "HD", "disabled": True}], True),
    ],
)
def test_what_a_sequence_lacks_no_active_step_of_it_is(others, found):
    rule = rule_of({"never": {"step": "PartitionDisk", "sequence": {"lacks": {"step": "Reboot"}}}})
    steps = [{"step": "PartitionDisk"}, *others]
    assert bool(findings_of({"sequence": steps}, [rule])) is found


PACKAGED = {
    "step": "RunPowerShellScript",
    "name": "Go",
    "PackageID": "TSL00026",
    "ScriptName": "Resume All.ps1",
}


@pytest.mark.parametrize(
    ("asked", "step", "holds"),
    [
        ("resume", PACKAGED, True),
        (r'^"Resume All\.ps1" -Drive C:$', {**PACKAGED, "Parameters": "-Drive C:"}, True),
        ("-drive c:", {"powershell": "param($Drive)", "name": "Go", "Parameters": "-Drive C:"}, True),
        ("gone", {"powershell": "param($Drive) # gone", "name": "Go"}, False),
        ("resume", {"powershell": "exit", "name": "Go", "ScriptName": "Resume.ps1"}, False),
        ("param", {"run": "x.exe", "name": "Go", "Parameters": "param"}, False),
    ],
)
def test_a_script_of_a_package_is_asked_as_in_a_command_line(asked, step, holds):
    assert never({"script": {"matches": asked}}, step) == ["Go"] * holds
