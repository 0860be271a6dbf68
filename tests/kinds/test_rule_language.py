"""The rule language: slips are told in rules and examples, all at a time; rules can ask for what there is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.linting import findings_of
from tests.rule_text import command
from tslint.rules.compile import CHECKOUT
from tslint.rules.custom import load_rules
from tslint.rules.example import sequence_xml

# What an own rule needs, and no more.
LEAST = """\
id: {id}
level: note
{pattern}
message: "'{{first}}' is told."
remedy: Remove it.
"""
EXAMPLES = """\
examples:
  reported: [{{title: One, at: Restart Computer, sequence: [{{restart: HD}}]}}]
  silent: [{{title: None, {example}}}]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rule(pattern, identity="ORG-7"):
    return LEAST.format(id=identity, pattern=pattern)


def check(text, *files, name="r.yaml"):
    """Write a rule file and check it: exit status, what is wrong a line each, the summary."""
    Path(name).write_text(text, "utf-8")
    status, out, err = command("--check-rules", name, *files)
    return status, out.splitlines(), err


def told(pattern, *steps, selectors="", **more):
    """Return the steps that an own rule, read from its file, reports."""
    folder = Path("own")
    folder.mkdir(exist_ok=True)
    (folder / "r.yaml").write_text(rule(pattern), "utf-8")
    if selectors:
        (folder / "selectors.yaml").write_text(selectors, "utf-8")
    rules, _ = load_rules("own")
    return [one.place.step for one in findings_of({"sequence": list(steps), **more}, rules)]


# What is misspelt: E1


@pytest.mark.parametrize(
    ("pattern", "word", "nearest"),
    [
        ("never: {step: {not: [Reboot, CaptureUserStat]}}", "CaptureUserStat", "CaptureUserState"),
        ("never: {step: CaptureUserState, UseHardlink: true}", "UseHardlink", "UseHardlinks"),
        ("never: {step: Reboot, Target: HDD}", "HDD", "HD"),
        ("never: {step: CaptureUserState, Mode: {not: [Simpel, Advanced]}}", "Simpel", "Simple"),
        ("never: {step: Reboot, runIn: WinPEE}", "WinPEE", "WinPE"),
        ("never: {value: {OSDMigrateMode: Advancd}}", "Advancd", "Advanced"),
        ("never: {sets: OSDPartitionStyle, to: GTP}", "GTP", "GPT"),
        ("never: {command: scanstate, has: /hardlnk}", "/hardlnk", "/hardlink"),
        ("never: {command: [loadstate, scanstate], lacks: [/c, /nocompres]}", "/nocompres", "/nocompress"),
        ("never: {command: scanstate, value of: {/encrpt: AES_256}}", "/encrpt", "/encrypt"),
        (
            "never: {step: PartitionDisk, item of: {Partition: {Type: EFI}}}",
            "Partition0Type",
            "Partitions0Type",
        ),
        (
            "never: {step: PartitionDisk, item of: {Partitions: {FileSytem: NTFS}}}",
            "Partitions0FileSytem",
            "Partitions0FileSystem",
        ),
        ("never: {variable in: {DiskIndexVariabl: x}}", "DiskIndexVariabl", "DiskIndexVariable"),
        ("never: {guard: {false where: [_SMSTSLaunchMode equals PXEE]}}", "PXEE", "PXE"),
        ("never: {test: {variable: _SMSTSLaunchMode, value: [SMS, PXEE]}}", "PXEE", "PXE"),
        ("never: {sets: any, by: SetVariabl}", "SetVariabl", "SetVariable"),
        ("never: {sets: SMSTSRebootRequested, to: HDD}", "HDD", "HD"),
        ("never: {value: {SMSTSRebootRequested: HDD}}", "HDD", "HD"),
        ("never: {command: usmtutils, has: /rdd}", "/rdd", "/rd"),
        ("never: {command: mbr2gpt, has: /convrt}", "/convrt", "/convert"),
        ("never: {command: shutdwn, has: /r}", "shutdwn", "shutdown"),
        ("never: {command: [diskprt, format]}", "diskprt", "diskpart"),
        ("never: {command: clear-dsk}", "clear-dsk", "clear-disk"),
        ("never: {command: restart-compter}", "restart-compter", "restart-computer"),
        ("never: {command: mbr2gp}", "mbr2gp", "mbr2gpt"),
        ("never: {test: {type: Varible}}", "Varible", "Variable"),
        ("never: {test: {operator: [exists, equal]}}", "equal", "equals"),
        ("never: {test: {variable: _SMSTSInWinPEE}}", "_SMSTSInWinPEE", "_SMSTSInWinPE"),
        ("never: {package: {BootImagID: ''}}", "BootImagID", "BootImageID"),
        ("never: {boot image: {EnableLabShel: true}}", "EnableLabShel", "EnableLabShell"),
        ("never: {step: SubTasksequence, called: {TsEnable: false}}", "TsEnable", "TsEnabled"),
        (
            "pair: {step: CaptureUserState}\nwith: {step: RestoreUserState}\nagree: {same: [UsmtPackagID]}",
            "UsmtPackagID",
            "UsmtPackageID",
        ),
    ],
)
def test_a_slip_in_a_pattern_is_told_with_the_nearest_word(pattern, word, nearest):
    status, (line,), _ = check(rule(pattern))
    assert status == 2
    assert re.match(r"r\.yaml:\d+:\d+: ", line)
    assert f"'{word}'" in line
    assert f"did you mean '{nearest}'?" in line


STEP_SLIPS = [
    ("{restart: HDD}", "HDD", "HD"),
    ("{step: CaptureUserState, Mode: Simpel}", "Simpel", "Simple"),
    (
        "{group: G, disabled: true, steps: [{group: H, steps: [{step: CaptureUserState, UseHardlink: x}]}]}",
        "UseHardlink",
        "UseHardlinks",
    ),
    ("{run: a.exe, when: _SMSTSInWinP equals true}", "_SMSTSInWinP", "_SMSTSInWinPE"),
    ("{run: a.exe, when: _SMSTSInWinPE equals ture}", "ture", "true"),
    ("{run: a.exe, when: [{any: [A exists, {not: A equal b}]}]}", "equal", "equals"),
    ("{run: a.exe, runIn: FulOS}", "FulOS", "FullOS"),
    ("{dynamic: [{when: _SMSTSInWinP exists, set: {A: b}}]}", "_SMSTSInWinP", "_SMSTSInWinPE"),
    ("{dynamic: [{set: {OSDMigrateMod: Simple}}]}", "OSDMigrateMod", "OSDMigrateMode"),
    ("{dynamic: [{set: {OSDMigrateMode: Simpl}}]}", "Simpl", "Simple"),
    ("{set: OSDMigrateMode, to: Advance}", "Advance", "Advanced"),
    ("{run: 'scanstat.exe C:\\S'}", "scanstat", "scanstate"),
    ("{run: a.exe, continueOnEror: true}", "continueOnEror", "continueOnError"),
    ("{powershell: Get-Date, ScriptNam: a.ps1}", "ScriptNam", "ScriptName"),
]


@pytest.mark.parametrize(
    "example", ["sequence: [STEP]", "sequence: [{child: CHI00001}], children: {CHI00001: [STEP]}"]
)
@pytest.mark.parametrize(("step", "word", "nearest"), STEP_SLIPS)
def test_a_slip_in_an_example_is_told_with_the_nearest_word(step, word, nearest, example):
    examples = EXAMPLES.format(example=example.replace("STEP", step))
    status, lines, _ = check(rule("never: {step: Reboot}") + examples)
    assert status == 2
    assert any(f"'{word}'" in line and f"did you mean '{nearest}'?" in line for line in lines), lines


def test_a_slip_in_a_property_of_an_example_is_told():
    example = EXAMPLES.format(example="sequence: [{run: a}], package: {BootImagID: ''}")
    _, (line,), _ = check(rule("never: {step: Reboot}") + example)
    assert "did you mean 'BootImageID'?" in line


def test_the_same_slip_in_a_rule_and_its_example_does_not_pass():
    examples = EXAMPLES.format(example="sequence: [{run: a.exe}]").replace("restart: HD", "restart: HDD")
    status, lines, _ = check(rule("never: {step: Reboot, Target: HDD}") + examples)
    assert (status, len(lines)) == (2, 2)


def test_a_slip_that_is_meant_can_be_said():
    pattern = "never: {step: Reboot, Target: {matches: '^HDD$'}}"
    examples = EXAMPLES.format(example="sequence: [{run: a.exe, when: _SMSTSInWinP exists}], misspelt: true")
    examples = examples.replace("sequence: [{restart: HD}]", "misspelt: true, sequence: [{restart: HDD}]")
    assert check(rule(pattern) + examples)[0] == 0


@pytest.mark.parametrize(
    "pattern",
    [
        "never: {step: Reboot, Target: Disk}",
        "never: {step: CaptureUserState, Mode: {not: [Simple, Advanced]}}",
        "never: {command: scanstate, has: [/contoso, -ue, /i]}",
        "never: {command: [get-item, get-itemproperty, uninstall-module, psexec64, shutdowns-all, contoso]}",
        "never: {command: robocopy, has: [/mov, /mir, /copy]}",
        "never: {sets: SMSTSRebootRequested, to: [HD, WinPE, 'false']}",
        "never: {command: diskpart, erases: [0, '1', 'd:', {not: 'C:'}]}",
        "never: {step: Reboot, timeout: '15'}",
        "never: {package: {ContosoTag: x}}",
        "never: {sets: Site, to: Tru}",
    ],
)
def test_a_word_that_is_near_no_other_is_no_slip(pattern):
    assert check(rule(pattern))[:2] == (0, [])


def test_what_is_no_disk_and_no_drive_is_told():
    _, (line,), _ = check(rule("never: {command: format, erases: [C, 'D:']}"))
    assert "'C' is no disk and no drive; write a number" in line


# All faults, five keys, an intranet: E2


def test_faults_of_words_are_told_beside_those_of_keys():
    pattern = (
        "never: {step: Rebot, Taget: HD, runIn: WinPEE, value: {OSDStatStorePath: x}, line: {matches: '('}}"
    )
    text = rule(pattern) + EXAMPLES.format(example="sequence: [{step: CaptureUserStat}]")
    text = text.replace("level: note", "level: nte").replace("message:", "mesage:")
    status, lines, _ = check(text)
    assert status == 2
    words = [
        "'mesage'",
        "'nte'",
        "'Rebot'",
        "'Taget'",
        "'WinPEE'",
        "'OSDStatStorePath'",
        "expression",
        "Stat'",
    ]
    assert [any(word in line for line in lines) for word in words] == [True] * len(words)


def test_each_clause_tells_its_own_faults():
    _, lines, _ = check(rule("clauses:\n  - never: {step: Rebot}\n  - never: {step: CaptureUserStat}"))
    assert [line.partition(": ")[0] for line in lines] == ["r.yaml:4:19", "r.yaml:5:19"]


def test_a_fault_in_one_clause_does_not_hide_that_of_another():
    _, lines, _ = check(rule("clauses:\n  - nevr: {step: Reboot}\n  - never: {step: CaptureUserStat}"))
    assert ["'nevr'" in line or "'CaptureUserStat'" in line for line in lines] == [True, True]


def test_every_file_of_a_folder_tells_all_of_its_own():
    Path("own").mkdir()
    for number, name in enumerate("ab"):
        text = rule("never: {step: Rebot, runIn: WinPEE}", f"ORG-{number}")
        Path("own", f"{name}.yaml").write_text(text, "utf-8")
    _, out, _ = command("--check-rules", "own")
    assert [line.partition(":")[0] for line in out.splitlines()] == ["own/a.yaml"] * 2 + ["own/b.yaml"] * 2


@pytest.mark.parametrize(
    "pattern",
    [
        "never: {step: Reboot}",
        "clauses: [{never: {step: Reboot}}]",
        "every: {step: Reboot}\nmust: {Target: HD}",
        "after: {step: CaptureUserState}\ncomes: {step: RestoreUserState}",
        "at most: 1\nof: {step: Reboot}",
        "nowhere: {name: {contains: TODO}}",
    ],
)
def test_five_keys_make_a_rule_of_any_form(pattern):
    text = rule(pattern)
    assert check(text)[:2] == (0, [])
    for key in ("id", "level", "message", "remedy"):
        status, lines, _ = check(re.sub(rf"(?m)^{key}: .*\n", "", text))
        assert status == 2
        assert f"add the key '{key}'" in lines[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://intranet/policy",
        "http://wiki.corp.local:8080/a?b=c#d",
        "http://10.0.0.1/x",
        "https://sharepoint/sites/IT/Pages/TS.aspx",
        "http://wiki/index.php/Task_sequences_%28OSD%29",
    ],
)
def test_a_page_of_an_intranet_is_a_source(url):
    assert check(rule("never: {step: Reboot}") + f"sources: [{{title: Ours, url: '{url}'}}]\n")[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("is told.", "is told", "write one line that ends with a period"),
        (
            "Remove it.",
            "Remove it.\nsources: [{title: x, url: wiki/page}]",
            "write an address that begins with",
        ),
        ("never:", "clauses: [{never: {step: Reboot}}]\nnever:", "move it into one of the clauses"),
        ("never: {step: Reboot}", "clauses: []", "its least number of items is 1"),
        ("level: note", "level: note\nlevel: error", "keep one of them"),
    ],
)
def test_a_fault_is_told_with_what_to_do(old, new, remedy):
    text = rule("never: {step: Reboot}")
    assert old in text
    _, lines, _ = check(text.replace(old, new))
    assert any(remedy in line for line in lines), lines


# Texts that hold a variable: E3


@pytest.mark.parametrize(
    ("pattern", "step"),
    [
        ("never: {written: {CommandLine: {matches: '%\\w+%'}}}", {"run": "a.exe %Site%"}),
        ("never: {command: robocopy, line: {matches: '%\\w+%'}}", {"run": "robocopy.exe %A% %B%"}),
        ("never: {command: msiexec, argument: {matches: '^%\\w+%$'}}", {"run": "msiexec.exe /i %Msi% /qn"}),
        ("never: {sets: any, text: {matches: '^%\\w+%$'}}", {"set": "A", "to": "%B%"}),
        ("never: {sets: any, text: {matches: '%\\w+%'}}", {"dynamic": [{"set": {"A": "x%B%"}}]}),
        ("never: {step: RunCommandLine, action: {matches: '%\\w+%'}}", {"run": "a.exe %Site%"}),
        ("never: {step: RunCommandLine, script: {matches: '%\\w+%'}}", {"run": "cmd.exe /c a.cmd %Site%"}),
        ("never: {name: {matches: '%\\w+%'}}", {"run": "a.exe", "description": ""}),
        (
            "never: {command: scanstate, value of: {/l: {contains: '.log'}}}",
            {"run": "scanstate.exe /l:%D%\\s.log"},
        ),
    ],
)
def test_the_text_of_the_file_is_matched_whatever_variables_hold(pattern, step):
    name = "S %Site%" if "name:" in pattern else "S"
    assert told(pattern, {**step, "name": name}) == [name]


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ([{"set": "Tool", "to": "contoso"}], True),
        ([{"dynamic": [{"set": {"tool": "CONTOSO"}}]}], True),
        ([{"set": "Tool", "to": "other"}], False),
        ([], False),
        ([{"set": "Tool", "to": "contoso", "when": "Site exists"}], True),
    ],
)
def test_what_a_variable_holds_counts_where_it_is_known(before, found):
    pattern = "never: {step: RunCommandLine, CommandLine: {matches: 'contoso'}}"
    assert told(pattern, *before, {"run": "a.exe %Tool%", "name": "S"}) == ["S"] * found


# What a rule can ask for: E4

PARTITIONS = {
    "step": "PartitionDisk",
    "name": "S",
    "Partitions0FileSystem": "NTFS",
    "Partitions0Size": "9000",
    "Partitions3FileSystem": "FAT32",
    "Partitions3Size": "%Size%",
}
SCAN, LOAD = "scanstate.exe {} /i:a.xml", "loadstate.exe {} /i:b.xml"


@pytest.mark.parametrize(
    ("pattern", "before", "found"),
    [
        ("never: {item of: {Partitions: {FileSystem: FAT32, Size: {over: 1000}}}}", "2000", True),
        ("never: {item of: {Partitions: {FileSystem: FAT32, Size: {over: 1000}}}}", "500", False),
        ("never: {item of: {Partitions: {FileSystem: FAT32, Size: {over: 1000}}}}", "", False),
        ("never: {item of: {Partitions: {FileSystem: NTFS, Size: {under: 1000}}}}", "500", False),
        ("never: {item of: {Partitions: {FileSystem: {not: NTFS}}}}", "1", True),
        ("never: {step: PartitionDisk, item of: {Partitions: {FileSystem: exFAT}}}", "1", False),
    ],
)
def test_one_item_of_numbered_settings_has_all_that_is_asked(pattern, before, found):
    steps = [{"set": "Size", "to": before}] if before else []
    assert told(pattern, *steps, PARTITIONS) == ["S"] * found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ([{"set": "D", "to": "1"}], True),
        ([{"dynamic": [{"set": {"d": "2"}}]}], True),
        ([{"run": 'tsenv.exe "D=3"'}], True),
        ([{"set": "D", "to": "0"}], False),
        ([{"set": "D", "to": "1"}, {"set": "D", "to": "0"}], False),
        ([], False),
    ],
)
def test_the_variable_that_a_setting_names_is_asked_for_its_value(before, found):
    step = {"step": "PartitionDisk", "DiskIndexVariable": "D", "name": "S"}
    assert told("never: {variable in: {DiskIndexVariable: {over: 0}}}", *before, step) == ["S"] * found


@pytest.mark.parametrize(
    ("test", "when", "found"),
    [
        (
            "type: Variable, operator: [like, notLike], value: {starts: '*'}",
            {"any": ["A exists", "B like *x"]},
            1,
        ),
        ("type: Variable, operator: [like, notLike], value: {starts: '*'}", "B like x*", 0),
        ("type: Folder, part: {Path: {path: relative}}", {"not": {"folder": "Temp\\x"}}, 1),
        ("type: WMI, text: {contains: Win32_Product}", {"wmi": "SELECT * FROM Win32_Product"}, 1),
        ("type: File", ["A exists", {"any": [{"file": "C:\\a"}, {"file": "C:\\b"}]}], 2),
        ("variable: {starts: Old}, operator: exists", ["OldSite exists", "OldSite equals x"], 1),
    ],
)
def test_nodes_of_conditions_are_asked_by_kind_operator_and_value(test, when, found):
    step = {"run": "a.exe", "name": "S", "when": when}
    assert told(f"never: {{test: {{{test}}}}}", step) == ["S"] * found
    group = {"group": "S", "when": when, "steps": [{"run": "a.exe"}]}
    assert told(f"never: {{test: {{{test}}}, node: group}}", group) == ["S"] * found
    assert told(f"nowhere: {{test: {{{test}}}}}", {**step, "disabled": True}) == ["S"] * found


@pytest.mark.parametrize(
    ("before", "scan", "load", "same"),
    [
        ([], "C:\\S", "c:/s/", True),
        ([{"set": "P", "to": "C:\\S"}], "%P%", '"C:\\S"', True),
        ([], "%P%", "%p%\\", True),
        ([], "\\\\srv\\s\\%OSDComputerName%", "\\\\SRV\\s\\%osdcomputername%", True),
        ([], "C:\\\\Store\\S", "C:\\Store\\S", True),
        ([], "C:\\S", "C:\\T", False),
        ([], "C:\\S", "%P%", False),
        ([{"set": "P", "to": "D:\\S"}], "C:\\S", "%P%", False),
    ],
)
def test_two_commands_of_one_store_are_a_pair(before, scan, load, same):
    pattern = "pair: {command: scanstate}\nwith: {command: loadstate}\nin one store: true\n"
    pattern += "agree: {same options: [/i]}"
    steps = [{"run": SCAN.format(scan)}, {"run": LOAD.format(load), "name": "S"}]
    assert told(pattern, *before, *steps) == ["S"] * same


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("scanstate.exe C:\\S /v:5 /c /V:13", True),
        ("scanstate.exe C:\\S /o %More%", True),
        ("cmd.exe /c scanstate.exe C:\\S -o /o", True),
        ("scanstate.exe C:\\S /i:a.xml /i:b.xml /v:5", False),
        ("cmd.exe /c scanstate.exe C:\\S /o & scanstate.exe C:\\T /o", False),
    ],
)
def test_an_option_that_is_given_twice_is_seen(line, found):
    more = {"set": "More", "to": "/o"}
    assert (
        told("never: {command: scanstate, repeats: any}", more, {"run": line, "name": "S"}) == ["S"] * found
    )


@pytest.mark.parametrize(
    ("matcher", "step", "found"),
    [
        ("{starts: Contoso, not: {ends: Site}}", {"set": "ContosoRole", "to": "x"}, True),
        ("{starts: Contoso, not: {ends: Site}}", {"set": "ContosoSite", "to": "x"}, False),
        ("{matches: '^OSDApp\\d{2}$'}", {"dynamic": [{"set": {"OSDApp01": "a"}}]}, True),
        ("{matches: '^OSDApp\\d{2}$'}", {"powershell": "$tsenv.Value('OSDApp02') = 'a'"}, True),
        ("{longer: 10}", {"run": "tsenv.exe ContosoLongName=x"}, True),
        ("[ContosoA, ContosoB]", {"set": "CONTOSOB", "to": "x"}, True),
    ],
)
def test_a_variable_that_is_set_is_picked_by_a_matcher(matcher, step, found):
    assert told(f"never: {{sets: {matcher}}}", {**step, "name": "S"}) == ["S"] * found


@pytest.mark.parametrize(
    ("fact", "steps", "found"),
    [
        ("store: {not: smp}", [{"set": "OSDStateStorePath", "to": "C:\\S"}], True),
        ("store: {not: smp}", [{"step": "RequestStateStore", "RequestType": "capture"}], False),
        ("store: [local, hard-link]", [{"set": "OSDStateStorePath", "to": "C:\\S"}], True),
        ("store path: {path: unc}", [{"set": "OSDStateStorePath", "to": "\\\\srv\\s"}], True),
        (
            "store path: {starts: 'D:'}",
            [{"set": "W", "to": "D:"}, {"set": "OSDStateStorePath", "to": "%W%\\S"}],
            True,
        ),
    ],
)
def test_the_store_is_asked_for_with_a_matcher(fact, steps, found):
    capture = {"step": "CaptureUserState", "name": "S"}
    assert told(f"never: {{step: CaptureUserState, {fact}}}", *steps, capture) == ["S"] * found


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([{"restart": "HD", "name": "S", "when": "Site equals Berlin"}], True),
        ([{"group": "G", "when": "Site notEquals Lab", "steps": [{"restart": "HD", "name": "S"}]}], True),
        ([{"restart": "HD", "name": "S", "when": {"any": ["Site equals A", "Site equals B"]}}], True),
        ([{"restart": "HD", "name": "S", "when": "Site equals Lab"}], False),
        ([{"restart": "HD", "name": "S"}], False),
    ],
)
def test_a_guard_has_a_name(steps, found):
    selectors = "false-in-the-lab: {guard: {false where: [Site equals Lab]}}\nelsewhere: [false-in-the-lab]\n"
    paths = told("never: {step: Reboot, is: elsewhere}", *steps, selectors=selectors)
    assert [path.rpartition("/")[2] for path in paths] == ["S"] * found
    excused = told("never: {step: Reboot}\nunless: [{first: elsewhere}]", *steps, selectors=selectors)
    assert bool(excused) != found


@pytest.mark.parametrize(
    ("pattern", "node", "found"),
    [
        ("never: {node: group, description: {contains: todo}}", {"group": "S", "description": "TODO"}, True),
        ("never: {node: group, name: S}", {"group": "S", "disabled": True}, False),
        ("never: {node: disabled group, name: S}", {"group": "S", "disabled": True}, True),
        (
            "never: {node: [group, disabled group], continueOnError: true}",
            {"group": "S", "continueOnError": True},
            True,
        ),
        ("nowhere: {name: S, group: G}", {"group": "G"}, True),
        ("never: {node: disabled step, step: Reboot}", {"group": "G", "disabled": True}, True),
    ],
)
def test_groups_and_what_is_disabled_can_be_asked_for(pattern, node, found):
    steps = [{"run": "a.exe"}, {"restart": "HD", "name": "S"}]
    paths = told(pattern, {**node, "steps": steps})
    assert [path.rpartition("/")[2] for path in paths] == ["S"] * found


@pytest.mark.parametrize(
    ("pattern", "example", "found"),
    [
        (
            "never: {step: SubTasksequence, called: {BootImageID: {missing: false}}}",
            {"children": {"CHI00001": []}, "packages": {"CHI00001": {"BootImageID": "TSL00005"}}},
            ["S"],
        ),
        (
            "never: {step: SubTasksequence, called: {Name: {starts: Old}}}",
            {"children": {"CHI00001": []}, "packages": {"CHI00001": {"Description": "Older"}}},
            [],
        ),
        (
            "never: {step: SubTasksequence, boot image: {ScratchSpace: {under: 128}}}",
            {"package": {"BootImageID": "TSL00005"}, "packages": {"TSL00005": {"ScratchSpace": "32"}}},
            ["S"],
        ),
        (
            "never: {boot image: {PreExecCommandLine: {matches: wscript}}}",
            {
                "package": {"BootImageID": "TSL00005"},
                "packages": {"TSL00005": {"PreExecCommandLine": "wscript a"}},
            },
            [""],
        ),
        (
            "never: {step: SubTasksequence, boot image: {ScratchSpace: {under: 128}}}",
            {"package": {"BootImageID": "TSL00005"}},
            [],
        ),
        ("never: {package: {Description: {contains: test}}}", {"package": {"Description": "A Test"}}, [""]),
    ],
)
def test_properties_of_what_is_called_and_of_the_boot_image_are_asked_for(pattern, example, found):
    assert told(pattern, {"child": "CHI00001", "name": "S"}, **example) == found


# Checking rules: E5


@pytest.mark.parametrize(
    "path", ["user-state/hardlink-with-vss.yaml", "security/secret-in-set-variable.yaml", "reading"]
)
def test_the_files_of_built_in_rules_can_be_checked_where_they_are(path):
    status, out, err = command("--check-rules", str(CHECKOUT / "rules" / path))
    assert (status, out) == (0, "")
    assert re.search(r"the next free id is TS\d{3}$", err)


@pytest.mark.parametrize("table", ["selectors", "steps", "variables", "decisions"])
def test_a_table_beside_the_built_in_rules_is_no_rule_file(table):
    status, _, err = command("--check-rules", str(CHECKOUT / "rules" / f"{table}.yaml"))
    assert status == 2
    assert err.count("\n") == 1
    assert "this is no rule file; give a rule file, or the folder" in err


@pytest.mark.parametrize("name", ["selectors.yaml", "catalogue.yaml"])
def test_what_stands_beside_own_rules_is_no_rule_file(name):
    Path(name).write_text("mine: {step: Reboot}\n" if name[0] == "s" else "variables: [Mine]\n", "utf-8")
    status, _, err = command("--check-rules", name)
    assert (status, "this is no rule file" in err) == (2, True)


def test_a_copy_of_a_built_in_rule_is_not_taken_for_it(folder):
    shutil.copy(CHECKOUT / "rules" / "user-state" / "hardlink-with-vss.yaml", folder / "copy.yaml")
    status, out, _ = command("--check-rules", "copy.yaml")
    assert status == 2
    assert out.startswith(
        "copy.yaml:2:5: the id 'TS130' is taken by the built-in rule TS130; begin it with a name of your own"
    )


@pytest.mark.parametrize(
    ("identity", "holder"),
    [
        ("TS101", "the built-in rule TS101"),
        ("TS999", "the built-in rules, as all that begin with TS"),
        ("TS-7", "the built-in rules, as all that begin with TS"),
    ],
)
def test_no_own_rule_has_an_id_that_a_built_in_one_may_get(identity, holder):
    remedy = "begin it with a name of your own, such as ORG-1"
    _, (line,), _ = check(rule("never: {step: Reboot}", identity))
    assert line == f"r.yaml:1:5: the id '{identity}' is taken by {holder}; {remedy}"
    assert check(rule("never: {step: Reboot}", "TSG-7"))[0] == 0


@pytest.mark.parametrize(
    ("ids", "free"),
    [
        (["ORG-7"], "ORG-8"),
        (["ORG-7", "ORG-9"], "ORG-10"),
        (["ORG-9", "ORG-10"], "ORG-11"),
        (["ORG-007"], "ORG-008"),
        (["CORP1", "CORP2"], "CORP3"),
        (["ORG-99999", "ORG-1"], "ORG-2"),
    ],
)
def test_the_next_free_id_is_one_that_a_rule_can_have(ids, free):
    Path("own").mkdir()
    for number, identity in enumerate(ids):
        Path("own", f"{number}.yaml").write_text(rule("never: {step: Reboot}", identity), "utf-8")
    status, _, err = command("--check-rules", "own")
    assert (status, err.rpartition(" ")[2]) == (0, f"{free}\n")
    Path("own", "next.yaml").write_text(rule("never: {step: Reboot}", free), "utf-8")
    assert command("--check-rules", "own")[0] == 0


def test_three_files_of_one_id_are_all_told_and_the_fourth_is_run():
    Path("own").mkdir()
    for name, identity in (("a", "ORG-1"), ("b/b", "ORG-1"), ("c", "ORG-1"), ("d", "ORG-2")):
        path = Path("own", f"{name}.yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(rule("never: {step: Reboot}", identity), "utf-8")
    status, out, err = command("--check-rules", "own")
    assert status == 2
    files = [line.partition(":")[0] for line in out.splitlines()]
    assert sorted(files) == ["own/a.yaml", "own/b/b.yaml", "own/c.yaml"]
    assert all("give one of them another id, such as ORG-3" in line for line in out.splitlines())
    assert err.startswith("1 rule with 0 examples; 3 rule files wrong;")


def test_the_id_of_one_rule_that_is_the_name_of_another_is_told_at_both():
    Path("own").mkdir()
    Path("own", "a.yaml").write_text(rule("never: {step: Reboot}", "ORG-1"), "utf-8")
    named = rule("never: {step: Reboot}", "ORG-2").replace("level:", "name: org-1\nlevel:")
    Path("own", "b.yaml").write_text(named, "utf-8")
    _, out, _ = command("--check-rules", "own")
    assert ["has the name 'org-1' too" in line for line in out.splitlines()] == [True, True]


def test_one_id_in_two_paths_is_told_when_both_are_loaded():
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(rule("never: {step: Reboot}"), "utf-8")
    Path("s.xml").write_text("<sequence version='3.10'/>", "utf-8")
    status, _, err = command("--isolated", "--rules", "a.yaml", "--rules", "b.yaml", "s.xml")
    assert (status, "a.yaml and b.yaml both have a rule ORG-7" in err) == (2, True)


# Facts about a command or an assignment

MIRRORS = {"run": "robocopy a b /mir", "name": "mirrors"}
COPIES = {"run": "robocopy a b", "name": "copies"}
BOTH = {"run": "cmd /c robocopy a b /mir & robocopy c d", "name": "both"}
MAY = {"run": "robocopy a b %How%", "name": "may"}
GIVES, TAKES = {"set": "X", "to": "abc", "name": "abc"}, {"set": "X", "to": "def", "name": "def"}
RULES = {
    "dynamic": [{"when": "A exists", "set": {"X": "abc"}}, {"when": "B exists", "set": {"X": "d"}}],
    "name": "rules",
}


@pytest.mark.parametrize(
    ("pattern", "steps", "found"),
    [
        ("every: {command: robocopy}\nmust: {has: /mir}", [MIRRORS, COPIES, BOTH, MAY], ["copies", "both"]),
        ("never: {command: robocopy}\nunless: [{first: {has: /mir}}]", [MIRRORS, BOTH], ["both"]),
        ("every: {command: robocopy}\nmust: [mirroring, {name: copies}]", [MIRRORS, COPIES, BOTH], ["both"]),
        ("every: {command: robocopy}\nmust: {is: {has: /mir}}", [MIRRORS, COPIES], ["copies"]),
        ("never: {command: robocopy, is: mirroring}", [MIRRORS, COPIES], ["mirrors"]),
        ("every: {command: robocopy}\nmust: mirroring", [MIRRORS, COPIES], ["copies"]),
        ("every: {sets: X}\nmust: {to: {starts: a}}", [GIVES, TAKES, RULES], ["def", "rules"]),
        ("never: {sets: X}\nunless: [{first: {to: abc}}]", [GIVES, TAKES, RULES], ["def", "rules"]),
        ("every: {test: {variable: OSDPartitionStyle}}\nmust: {documented value: true}", [
            {"run": "a", "name": "fine", "when": "OSDPartitionStyle equals GPT"},
            {"run": "b", "name": "wrong", "when": "OSDPartitionStyle equals Other"},
        ], ["wrong"]),
        ("pair: {command: calc}\nwith: {command: robocopy}\nagree: {second: {has: /mir}}", [
            {"run": "calc.exe"}, MIRRORS, COPIES,
        ], ["copies"]),
        ("between: {command: calc}\nforbidden: {command: robocopy}\nunless: [{culprit: {has: /mir}}]", [
            {"run": "calc.exe"}, MIRRORS, COPIES,
        ], ["copies"]),
        ("at most: 1\nof: {command: robocopy}\nunless: [{second: {has: /mir}}]", [
            COPIES, MIRRORS, {**COPIES, "name": "again"},
        ], ["again"]),
    ],
)  # fmt: skip
def test_what_must_hold_or_excuses_is_asked_of_the_command_or_assignment_that_was_picked(
    pattern, steps, found
):
    assert told(pattern, *steps, selectors="mirroring: {has: /mir}\n") == found


@pytest.mark.parametrize("how", ["/mir", "/e"])
def test_a_command_is_asked_for_each_text_that_it_can_be(how):
    steps = [{"set": "How", "to": how}, MAY, COPIES]
    found = told("every: {command: robocopy}\nmust: {has: /mir}", *steps)
    assert found == ["copies"] if how == "/mir" else ["may", "copies"]


COMMAND = "is about a command, and nothing here picks one; add 'command' with the name of the program"
SET = "is about a variable that is set, and nothing here picks one; add 'sets' with the name of the variable"
TESTED = (
    "is about a variable that is set or tested, and nothing here picks one; add 'sets' with the name of the "
    "variable, or 'test'"
)
APART = "ask for it in a selector of its own, under 'is'"


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("never: {has: /x}", f"'has' {COMMAND}"),
        ("never: {lacks: /x}", f"'lacks' {COMMAND}"),
        ("never: {line: x}", f"'line' {COMMAND}"),
        ("never: {argument: x}", f"'argument' {COMMAND}"),
        ("never: {repeats: any}", f"'repeats' {COMMAND}"),
        ("never: {operands: 1}", f"'operands' {COMMAND}"),
        ("never: {exits with: '3010'}", f"'exits with' {COMMAND}"),
        ("never: {erases: 'C:'}", f"'erases' {COMMAND}"),
        ("never: {deletes the store: true}", f"'deletes the store' {COMMAND}"),
        ("never: {from: script}", f"'from' {COMMAND}"),
        ("never: {to: x}", f"'to' {SET}"),
        ("never: {masked: true}", f"'masked' {SET}"),
        ("never: {by: SetVariable}", f"'by' {SET}"),
        ("never: {secret: value}", f"'secret' {SET}"),
        ("never: {documented value: false}", f"'documented value' {TESTED}"),
        ("never: {test: {variable: X}, to: a}", "'to' is about a variable that is set, and nothing"),
        ("never: {sets: X, has: /q}", "'has' is about a command, and nothing here picks one; " + APART),
        ("never: {command: robocopy, to: a}", f"nothing here picks one; {APART}"),
        ("never: {command: x, sets: X}", "'sets' stands beside 'command', and a selector picks one of the"),
        ("every: {step: Reboot}\nmust: {has: /x}", f"'has' {COMMAND}"),
        ("every: {sets: X}\nmust: {has: /x}", f"'has' {COMMAND}"),
        ("every: {command: x}\nmust: {from: script}", f"'from' {COMMAND}"),
        ("never: {step: Reboot}\nunless: [{first: {to: a}}]", f"'to' {SET}"),
        ("after: {command: x}\ncomes: {has: /x}", f"'has' {COMMAND}"),
        ("never: {command: x, ran before: {has: /x}}", f"'has' {COMMAND}"),
        ("pair: {command: x}\nwith: {step: Reboot}\nagree: {second: {has: /c}}", f"'has' {COMMAND}"),
        ("never: mirroring", f"'mirroring' {COMMAND}"),
        ("never: {step: Reboot}\nmend: [{if: {first: {has: /x}}, decide: X.}]", f"'has' {COMMAND}"),
    ],
)  # fmt: skip
def test_a_fact_about_a_command_or_assignment_that_nothing_picks_is_refused(pattern, problem):
    Path("selectors.yaml").write_text("mirroring: {has: /mir}\n", "utf-8")
    status, (line,), _ = check(rule(pattern))
    assert (status, problem in line) == (2, True), line


@pytest.mark.parametrize(
    "pattern",
    [
        "never: {secret: setting}",
        "never: {test: {variable: X}, not elsewhere: set}",
        "never: {command: x}\nmend: [{if: {first: {has: /x}}, decide: X.}]",
        "never: {step: Reboot}\nmend: [{find: {a: {last: {command: x}}}, if: {a: {has: /x}}, decide: X.}]",
    ],
)
def test_a_fact_about_what_is_picked_is_fine(pattern):
    assert check(rule(pattern))[0] == 0


# Names of programs


@pytest.mark.parametrize(
    "name", ["robocopy", "Robocopy.exe", "'C:\\Windows\\System32\\robocopy.exe'", "[calc, robocopy.cmd]"]
)
def test_a_program_is_found_by_its_name_however_the_rule_writes_it(name):
    assert told(f"never: {{command: {name}}}", COPIES) == ["copies"]


def test_a_program_written_with_exe_may_be_misspelt_or_lack_an_option_all_the_same():
    (line,) = check(rule("never: {command: scanstate.exe, has: /hardlnk}"))[1]
    assert "did you mean '/hardlink'?" in line
    (line,) = check(rule("never: {command: scanstat.exe}"))[1]
    assert "did you mean 'scanstate'?" in line


@pytest.mark.parametrize("name", ["'%TOOL%'", "'C:\\'", "'*.exe'"])
def test_what_can_be_no_name_of_a_program_is_refused(name):
    status, (line,), _ = check(rule(f"never: {{command: {name}}}"))
    assert (status, "can be no program's name; write its file name, as robocopy" in line) == (2, True)


def test_shells_are_looked_through_for_what_they_run():
    steps = [{"run": f"{line}", "name": line} for line in ("cmd /c calc", "cmd", "powershell -File a.ps1")]
    assert told("never: {command: [cmd, powershell]}", *steps) == ["cmd", "powershell -File a.ps1"]


def test_a_kind_of_path_that_no_path_is_cannot_be_asked_for():
    status, (line,), _ = check(rule("never: {startIn: {path: variable}}"))
    assert (status, "root, local, unc, relative" in line) == (2, True)


# What could never do anything


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            rule("fault: true").replace("'{first}'", "It"),
            "r.yaml:3:1: only built-in rules have 'fault'; give it a pattern: one of every,",
        ),
        (
            rule("never: {step: Reboot}\nsilences: [ORG-8, TS999]"),
            "r.yaml:4:19: there is no rule TS999; name",
        ),
        (rule("never: {step: Reboot}\nsilences: [ORG-7]"), "r.yaml:4:12: 'ORG-7' is this rule itself; name"),
        (
            rule("never: {timeout: {within: [5, 1]}}"),
            "r.yaml:3:27: no number is within this: the first is the",
        ),
    ],
)
def test_what_could_never_do_anything_is_refused(text, problem):
    status, (line,), _ = check(text)
    assert (status, line.startswith(problem)) == (2, True), line


def test_an_own_rule_is_not_offered_to_have_no_pattern():
    (line,) = check(rule("mend: {decide: X.}"))[1]
    assert ("give exactly one of: every" in line, "fault" in line) == (True, False)


def test_a_rule_may_silence_one_that_stands_elsewhere():
    assert check(rule("never: {step: Reboot}\nsilences: [ORG-8, TS101]"))[0] == 0


# Advice that is right


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (rule("never: {step: Reboot}").replace("is told", "has <name>"), "r.yaml:4:10: 'message' holds HTML"),
        (rule("never: {step: Reboot}").replace("Remove it", "Use <b>"), "r.yaml:5:9: 'remedy' holds HTML"),
        (rule("never: {sets: {misspells: variabl}}"), "cannot be 'variabl'; did you mean 'variable'?"),
        (rule("never: {step: Reboot, target: HD}"), "unknown key 'target'; did you mean 'Target'? Settings"),
        (rule("never: {step: Reboot, grop: HD}"), "unknown key 'grop'; did you mean 'group'?"),
        (rule("never: {step: Reboot}\nmend: {do: {insert: {run: a}, aftr: first}}"), "unknown key 'aftr'"),
        (rule("never: {step: Reboot}\nsilences: [a-name]"), "'a-name'; write ids of rules, such as TS101"),
        (rule("never: {guard: {false where: [X is a]}}"), "'X is a'; write a variable, an operator and"),
    ],
)  # fmt: skip
def test_a_slip_is_told_once_and_with_what_would_be_right(text, advice):
    status, (line,), _ = check(text)
    assert (status, advice in line) == (2, True), line


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (
            "levels: {user-state: error}",
            "'user-state' is no rule, but stands for some; name each rule by itself",
        ),
        ("levels: {TS1: off}", "'TS1' is no rule, but stands for some; name each rule by itself"),
        ("package-ids: {a.xml: foo}", "'a.xml' cannot be 'foo'; its shortest text has 8 characters"),
        ("package-ids: {a.xml: ABC123456}", "its longest text has 8 characters"),
    ],
)
def test_a_slip_in_the_configuration_is_told_with_what_would_be_right(text, advice):
    Path(".tslint.yaml").write_text(text, "utf-8")
    Path("s.xml").write_text("<sequence version='3.10'/>", "utf-8")
    status, _, err = command("s.xml")
    assert (status, advice in err) == (2, True), err


@pytest.mark.parametrize(
    ("wanted", "step"),
    [
        ("{name: Calc}", {"run": "calc.exe", "name": "Calc"}),
        ("{command: calc}", {"run": "cmd /c calc", "name": "Calc"}),
        ("{sets: Foo}", {"set": "Foo", "to": "x"}),
        ("{step: Reboot}", {"restart": "HD"}),
    ],
)
@pytest.mark.parametrize("form", ["after", "before"])
def test_a_disabled_step_is_enabled_by_whatever_tells_that_it_is_the_one(wanted, step, form):
    pattern = f"{form}: {{command: notepad}}\ncomes: {wanted}\nmend: {{do: {{enable: disabled}}, safe: true}}"
    Path("r.yaml").write_text(rule(pattern), "utf-8")
    subject, other = {"run": "notepad.exe"}, {**step, "disabled": True}
    idle = {"run": "x.exe", "name": "Other", "disabled": True}
    steps = [subject, idle, other] if form == "after" else [idle, other, subject]
    Path("s.xml").write_text(sequence_xml(steps), "utf-8")
    command("--isolated", "--rules", "r.yaml", "--select", "ORG", "--fix", "s.xml")
    # a mend that leaves the finding is not kept
    assert Path("s.xml").read_text("utf-8").count('disable="true"') == 1
