"""What a finding says and where, end to end: whatever shape the sequence has, and in every format."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.linting import RULES, findings_of
from tests.rule_text import command
from tslint.report.located import located
from tslint.report.mask import Mask
from tslint.rules.example import object_xml, sequence_xml

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
CAPTURE = {"step": "CaptureUserState", "name": "Capture"}
RESTORE = {"step": "RestoreUserState", "LocalAccounts": True, "name": "Restore"}
HARD_LINK = {**CAPTURE, "UseHardlinks": True, "FileAccess": "Normal", "Mode": "Simple"}
WIPE = {"step": "PartitionDisk", "DiskIndex": 0, "name": "Wipe"}
GATHER = {"gather": True, "name": "Gather"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lined(steps, **more):
    """Write a sequence with an element a line, so that each condition has a line of its own."""
    root = etree.fromstring(sequence_xml(steps, **more))
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


def export(sequences):
    """Zip several task sequences, each under its name and package id."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for package, (name, steps) in sequences.items():
            text = object_xml(lined(steps), package, name)
            archive.writestr(f"SMS_TaskSequencePackage/{package}/object.xml", text)
    return file.getvalue()


def told(form, data, *more, name="a.xml"):
    """Return the exit status of a run, and its report."""
    Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
    status, out, _ = command("--isolated", "--format", form, *more, name)
    return status, out


def only(rule, *steps, **more):
    (found,) = (one for one in findings_of({"sequence": list(steps), **more}) if one.rule == rule)
    return found


def related(finding):
    return [one.text for one in finding.related]


def source(finding):
    """Return the source at the place of a finding."""
    (one,) = located([finding], Mask())
    return one.spot.text[one.spot.start : one.spot.end]


# Conditions stand where they are written: D1

NEVER_RELEASED = {
    "groups in each other": (
        {
            "group": "G",
            "when": "A exists",
            "steps": [{"group": "H", "when": "B equals x", "steps": [REQUEST]}],
        },
        {**RELEASE, "when": "C exists"},
    ),
    "any and not": (REQUEST, {**RELEASE, "when": {"any": [{"not": "A exists"}, {"not": "B greater 3"}]}}),
    "kinds that are no variable": (
        {**REQUEST, "when": {"folder": "A:\\Store"}},
        {**RELEASE, "when": [{"any": [{"file": "B:\\mark.txt"}, {"wmi": "SELECT C FROM Win32_Battery"}]}]},
    ),
    "the same variable, asked twice": (
        {**REQUEST, "when": ["A notEquals x", "A notEquals y"]},
        {**RELEASE, "when": {"all": ["A equals z", {"any": ["A equals z", "A exists"]}]}},
    ),
    "a rule of dynamic variables": (
        {"dynamic": [{"when": "A equals x", "set": {"Keep": "yes"}}], "name": "Rules"},
        REQUEST,
        {**RELEASE, "when": ["Keep equals yes", "B exists"]},
    ),
    "an operating system": (
        {**REQUEST, "when": {"os": ["All x64 Windows 10 Client"]}},
        {**RELEASE, "when": "A exists"},
    ),
}


@pytest.mark.parametrize("shape", NEVER_RELEASED)
def test_sarif_points_each_condition_at_its_own_expression(shape):
    _, out = told("sarif", lined(NEVER_RELEASED[shape]), "--select", "TS102")
    (result,) = json.loads(out)["runs"][0]["results"]
    path = result["codeFlows"][0]["threadFlows"][0]["locations"]
    holds = [one["location"] for one in path if one["location"]["message"]["text"].startswith("Holds: ")]
    regions = [one["physicalLocation"]["region"] for one in holds]
    assert holds
    lines = Path("a.xml").read_text("utf-8").splitlines()
    for region in regions:
        assert re.match(
            r"\s*(?:<|&lt;)(?:expression|variable name=\"\w+\" property=\"Rules\"|osConditionGroup)",
            lines[region["startLine"] - 1],
        )
    assert len({region["startLine"] for region in regions}) == len(regions)


@pytest.mark.parametrize("shape", NEVER_RELEASED)
def test_the_text_shows_a_line_for_each_condition(shape):
    _, out = told("text", lined(NEVER_RELEASED[shape]), "--select", "TS102")
    listed = out.partition("It happens when:\n")[2].partition("\n\n")[0].splitlines()
    assert listed
    text = " ".join(listed)
    assert len(re.findall(r"line \d+, step \d+", text)) == len(re.findall(r"(?m)^ {4}\S", "\n".join(listed)))


def test_a_condition_in_the_caller_is_shown_with_the_file_it_stands_in():
    data = export(
        {
            "TSL00001": ("Main", [{"child": "CHI00001", "when": "A exists"}, REQUEST]),
            "CHI00001": ("Child", [{"group": "G", "when": "B exists", "steps": [REQUEST, CAPTURE]}]),
        }
    )
    _, out = told("json", data, "--select", "TS118", name="a.zip")
    (finding,) = json.loads(out)["findings"]
    held = [(one["text"], one["file"]) for one in finding["path"] if one["kind"] == "condition"]
    assert [(text, file.split("/")[-2]) for text, file in held] == [
        ("A exists", "TSL00001"),
        ("B exists", "CHI00001"),
    ]


def test_a_variable_that_the_engine_sets_is_told_as_it_is_spelled():
    scan = {"run": "scan.exe", "name": "Scan", "successCodeList": "0 5"}
    finding = only("TS101", scan, {**REQUEST, "when": "_SMSTSLastActionRetCode equals 5"})
    (said,) = [note.text for note in finding.path if note.kind == "condition"]
    assert said.startswith("_SMSTSLastActionRetCode (as 'Scan' leaves it)")


# Story, sequence, step number: D2

FORMATS = ("azure", "concise", "github", "gitlab", "html", "json", "junit", "markdown", "sarif", "text")
WITH_STORY = sorted({*FORMATS} - {"concise"})
TWO = {
    "TSL00001": ("Refresh (Berlin)", [{"run": "a.exe"}, {"group": "State", "steps": [REQUEST]}]),
    "TSL00002": (
        "Bare metal, 2026",
        [
            {"group": "A", "disabled": True, "steps": [{"run": "a.exe"}]},
            {"run": "b.exe"},
            REQUEST,
            {**RELEASE, "when": "Site equals Berlin"},
        ],
    ),
}


def plain(form, out):
    """Undo what a format escapes."""
    if form in ("gitlab", "sarif", "json"):
        return json.dumps(json.loads(out), ensure_ascii=False)
    if form in ("junit", "html"):
        parsed = etree.fromstring(out.encode(), etree.HTMLParser() if form == "html" else None)
        return "".join(parsed.itertext())
    if form == "markdown":
        return re.sub(r"\\([^\w\s])", r"\1", out)
    return out.replace("%0A", "\n")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_names_both_sequences_of_a_zip_and_the_numbers_of_the_steps(form):
    words = plain(form, told(form, export(TWO), "--select", "TS101,TS102", name="a.zip")[1])
    for name, number, path in (("Refresh (Berlin)", 2, "State/Request"), ("Bare metal, 2026", 4, "Request")):
        assert name in words
        assert path in words
        ways = (f"step {number}", f'"stepNumber": {number}', f"{number}: {path}")
        assert any(way in words for way in ways)


@pytest.mark.parametrize("form", WITH_STORY)
def test_every_format_tells_the_story_of_a_member_of_a_zip(form):
    words = plain(form, told(form, export(TWO), "--select", "TS102", name="a.zip")[1])
    assert "Site does not equal 'Berlin'" in words
    assert "the task sequence ends" in words


@pytest.mark.parametrize("form", WITH_STORY)
def test_every_format_shows_what_is_there_and_does_not_run(form):
    out = told(form, lined([REQUEST, {**RELEASE, "disabled": True}]), "--select", "TS101")[1]
    assert "'Release' is disabled" in plain(form, out)


@pytest.mark.parametrize("form", WITH_STORY)
def test_every_format_names_the_step_that_set_what_is_in_a_value(form):
    steps = [
        {"set": "Where", "to": "C:", "name": "Set drive"},
        {"set": "OSDStateStorePath", "to": "%Where%\\", "name": "Set path"},
        HARD_LINK,
    ]
    words = plain(form, told(form, lined(steps), "--select", "TS120")[1])
    assert "'Set drive' sets Where" in words
    assert re.search(r"makes 'C:\\{1,2}' the", words)


def test_a_line_does_not_tell_its_own_place_twice():
    _, out = told("concise", export(TWO), "--select", "TS101", name="a.zip")
    (line, *_) = out.splitlines()
    assert line.count("object.xml") == 1


def test_a_note_of_junit_tells_its_story_too():
    _, out = told("junit", lined([RESTORE]), "--select", "TS105")
    (skipped,) = etree.fromstring(out.encode()).iter("skipped")
    assert "Step: Restore (step 0 in smsts.log)" in skipped.text
    assert "the task sequence ends" in skipped.text


# On every path, values, options, secrets: D3


@pytest.mark.parametrize(
    ("rule", "steps", "ending"),
    [
        ("TS127", [HARD_LINK, WIPE, {**RESTORE, "when": "A equals b"}], "on this disk, when A equals 'b'."),
        ("TS127", [HARD_LINK, {"group": "G", "steps": [WIPE]}, RESTORE], "has left on this disk."),
        ("TS140", [{**WIPE, "when": "A exists"}, CAPTURE], "overwritten the disk, when A exists."),
        ("TS140", [{**WIPE, "when": {"any": ["A exists", "A notExists"]}}, CAPTURE], "overwritten the disk."),
        ("TS157", [RESTORE], "and no restart follows."),
        ("TS157", [RESTORE, {"run": "report.exe"}, {"restart": "HD"}], "comes right after it."),
        ("TS157", [{**RESTORE, "when": "A equals b"}, {"restart": "HD", "when": "A equals c"}], "follows."),
        (
            "TS118",
            [REQUEST, CAPTURE, {**REQUEST, "when": "A exists", "name": "Again"}, RELEASE],
            "before 'Again' opens the state store again, when A exists.",
        ),
    ],
)
def test_conditions_stand_at_the_verb_that_they_belong_to_and_only_where_there_are_some(rule, steps, ending):
    message = only(rule, *steps).message
    assert message.endswith(ending)
    assert message.count(" when ") <= 1


@pytest.mark.parametrize(
    ("setters", "told_as", "named"),
    [
        ([{"set": "D", "to": "C:"}, {"set": "W", "to": "%D%"}, {"set": "P", "to": "%W%\\"}], "C:\\", "DW"),
        ([{"dynamic": [{"set": {"W": "C:"}}]}, {"set": "P", "to": "%w%/"}], "C:/", "W"),
        ([{"run": 'tsenv.exe "W=C:"'}, {"set": "P", "to": "%W%\\"}], "C:\\", "W"),
        ([{"powershell": "$tsenv.Value('W') = 'C:'"}, {"set": "P", "to": "%W%\\"}], "C:\\", "W"),
        ([{"set": "W", "to": "C:"}, {"dynamic": [{"set": {"P": "%W%\\"}}]}], "C:\\", "W"),
        ([{"set": "W", "to": "C:", "masked": True}, {"set": "P", "to": "%W%\\"}], "%W%\\", "W"),
    ],
)
def test_a_value_is_shown_as_it_becomes_with_every_step_behind_it(setters, told_as, named):
    text = json.dumps([{**one, "name": f"s{number}"} for number, one in enumerate(setters)])
    steps = json.loads(text.replace('"P"', '"OSDStateStorePath"'))
    finding = only("TS120", *steps, HARD_LINK)
    assert f"makes '{told_as}' the state store" in finding.message
    assert [one[-1] for one in related(finding) if " sets " in one] == list(named)


OPTIONS = "OSDMigrateAdditionalCaptureOptions"


@pytest.mark.parametrize(
    "setter",
    [
        {"set": OPTIONS, "to": "/hardlink /vsc"},
        {"dynamic": [{"set": {OPTIONS: "/hardlink /vsc"}}]},
        {"powershell": f"$tsenv.Value('{OPTIONS}') = '/hardlink /vsc'"},
        {"run": f'tsenv.exe "{OPTIONS}=/hardlink /vsc"'},
    ],
)
@pytest.mark.parametrize("rule", ["TS124", "TS125", "TS130", "TS131"])
def test_options_that_say_what_a_setting_says_are_told_with_the_step_that_gives_them(rule, setter):
    before = {
        "TS124": [REQUEST],
        "TS125": [{"set": "OSDStateStorePath", "to": "\\\\server\\share\\state"}],
        "TS131": [{"restart": "WinPE"}],
    }
    capture = {**HARD_LINK, "UseHardlinks": False}
    offline = {"OfflineUserState": True} if rule == "TS131" else {}
    finding = only(rule, *before.get(rule, ()), {**setter, "name": "Setter"}, capture | offline)
    assert f"'Setter' sets {OPTIONS}" in related(finding)
    assert source(finding).startswith("<step")


def test_options_of_which_none_says_it_are_not_told():
    finding = only("TS130", {"set": OPTIONS, "to": "/v:5"}, {**HARD_LINK, "FileAccess": "VSS"})
    assert related(finding) == []


@pytest.mark.parametrize("how", ["set", "dynamic", "powershell", "run"])
@pytest.mark.parametrize(
    ("rule", "variable"), [("TS153", "OSDStateSMPRetryCount"), ("TS154", "OSDStateSMPRetryTime")]
)
@pytest.mark.parametrize("value", ["99999999999", "999", "many"])
def test_what_a_variable_brings_about_is_told_once_where_it_is_set(how, rule, variable, value):
    setter = {
        "set": {"set": variable, "to": value},
        "dynamic": {"dynamic": [{"set": {variable: value}}]},
        "powershell": {"powershell": f"$tsenv.Value('{variable}') = '{value}'"},
        "run": {"run": f'tsenv.exe "{variable}={value}"'},
    }[how]
    finding = only(rule, {**setter, "name": "Setter"}, REQUEST)
    assert finding.place.step == "Setter"


def test_what_the_setting_says_itself_is_told_too():
    setter = {"set": "OSDStateSMPRetryTime", "to": "999"}
    found = findings_of({"sequence": [setter, {**REQUEST, "SMPRetryTime": "998"}]})
    assert sorted(re.findall(r"'(99\d)'", " ".join(one.message for one in found if one.rule == "TS154"))) == [
        "998",
        "999",
    ]


SHORT, LONG = "W" * 9, "W" * 40
VERSION = {"step": "CaptureSystemImage", "ImageVersion": "1.0", "name": "Image"}


@pytest.mark.parametrize(
    ("rule", "steps", "told_as"),
    [
        ("TS334", [{"step": "JoinDomainWorkgroup", "Type": "1", "WorkgroupName": LONG}], LONG),
        ("TS316", [{"step": "ApplyOperatingSystem", "ImagePackageID": "A0000001", "ImageIndex": 0}], "0"),
        ("TS330", [{"set": "OSDImageVersion", "to": LONG}, VERSION], LONG),
        ("TS330", [{"set": "OSDImageVersion", "to": LONG, "when": "A exists"}, VERSION], LONG),
        ("TS330", [{"set": "OSDImageVersion", "to": LONG, "masked": True}, VERSION], "%OSDImageVersion%"),
        (
            "TS330",
            [{"set": "A", "to": SHORT, "when": "B exists"}, {**VERSION, "ImageVersion": LONG}],
            LONG,
        ),
        (
            "TS330",
            [{"set": "OSDImageVersion", "to": SHORT, "when": "B exists"}, {**VERSION, "ImageVersion": LONG}],
            LONG,
        ),
        ("TS414", [{"set": "OSDRecoveryKeyPollingTimeout", "to": "10"}], "10"),
    ],
)
def test_the_value_that_is_told_is_the_one_that_is_wrong(rule, steps, told_as):
    _, out = told("json", lined(steps), "--select", rule, "--profile", "all")
    (finding,) = json.loads(out)["findings"]
    assert re.search(rf"(?<![\w%]){told_as}(?![\w%])", finding["message"])


def test_the_place_of_a_setting_that_a_variable_wins_over_is_the_step():
    steps = [{"set": "OSDImageVersion", "to": LONG}, {**VERSION, "ImageVersion": "1.0"}]
    assert source(only("TS330", *steps)).startswith("<step")
    assert source(only("TS330", {**VERSION, "ImageVersion": LONG})) == LONG


@pytest.mark.parametrize(
    ("rule", "setter", "step"),
    [
        ("TS172", {"dynamic": [{"when": "A exists", "set": {"@": "/uel:30"}}]}, {"OfflineUserState": True}),
        ("TS173", {"powershell": "$tsenv.Value('@') = '/encrypt'"}, {}),
        ("TS173", {"run": 'tsenv.exe "@=/encrypt"'}, {}),
        ("TS170", {"set": "@", "to": "/hardlink"}, {"UseHardlinks": True}),
        ("TS173", {"group": "G", "steps": [{"set": "@", "to": "/encrypt", "name": "Setter"}]}, {}),
    ],
)
def test_an_option_is_told_with_the_step_that_gives_it_however_it_does(rule, setter, step):
    text = json.dumps({**setter, "name": "Setter"} if "group" not in setter else setter)
    finding = only(rule, json.loads(text.replace("@", "OSDMigrateAdditionalCaptureOptions")), CAPTURE | step)
    assert " from 'Setter'" in finding.message
    assert related(finding)[0] == "'Setter' sets OSDMigrateAdditionalCaptureOptions"


@pytest.mark.parametrize(
    ("step", "told_to"),
    [
        ({"run": "certutil.exe -f -p Ex4mple! -importpfx a.pfx"}, "to '-p'."),
        ({"run": "net.exe use Z: \\\\srv\\share Ex4mple! /user:svc"}, "to 'net use'."),
        ({"powershell": "$tsenv.Value('AdminPassword') = 'Ex4mple!'"}, "to 'AdminPassword'."),
        ({"powershell": '$c = "Server=db;User Id=svc;Password=Ex4mple!;"'}, "to 'Password'."),
        ({"run": "tool.exe -Ex4mplePw Ex4mple!", "when": "A equals b"}, "to an option."),
        ({"run": "tool.exe --admin-password=Ex4mple!"}, "to '--admin-password'."),
    ],
)
def test_a_secret_is_told_by_what_takes_it_and_never_as_stars(step, told_to):
    _, out = told("json", lined([{**step, "name": "Run"}]), "--select", "TS519")
    (finding,) = json.loads(out)["findings"]
    assert finding["message"] == f"'Run' passes a secret in clear {told_to}"


# What is there and does not run: D4


@pytest.mark.parametrize(
    ("partner", "word"),
    [
        (
            {"group": "A", "disabled": True, "steps": [{"group": "B", "steps": [RELEASE]}]},
            "in a group that is",
        ),
        ({"group": "A", "when": "X equals 1", "steps": [{**RELEASE, "when": "X equals 2"}]}, "never runs"),
        (
            {"group": "A", "steps": [{"set": "Do", "to": "no"}, {**RELEASE, "when": "Do equals yes"}]},
            "never runs",
        ),
        ({**RELEASE, "when": "_SMSTSLastActionSucceeded equals false"}, "never runs"),
        ({"child": "CHI00001"}, "is disabled"),
    ],
    ids=["outer group", "group and step", "a value", "a failure that ends it", "child"],
)
def test_a_release_that_never_runs_is_shown_wherever_it_stands(partner, word):
    children = {"CHI00001": [{**RELEASE, "disabled": True}]} if "child" in partner else {}
    finding = only("TS104", REQUEST, CAPTURE, partner, children=children)
    assert [one for one in related(finding) if one.startswith("'Release' ") and word in one]


@pytest.mark.parametrize(
    ("rule", "steps", "told_of"),
    [
        ("TS106", [{**REQUEST, "disabled": True}, CAPTURE], "'Request' is disabled"),
        (
            "TS106",
            [{"set": "OSDStateStorePath", "to": "C:\\S", "disabled": True, "name": "Set"}, CAPTURE],
            "'Set' is disabled",
        ),
        (
            "TS207",
            [
                {"step": "ApplyOperatingSystem", "ImagePackageID": "TSL00020", "ImageIndex": 1},
                {"step": "SetupWindowsAndSMS", "disabled": True, "name": "Setup"},
                {"restart": "HD"},
            ],
            "'Setup' is disabled",
        ),
        ("TS157", [RESTORE, {"restart": "HD", "disabled": True, "name": "Go"}], "'Go' is disabled"),
        ("TS104", [RELEASE, REQUEST, CAPTURE], "'Release' runs before it"),
        ("TS104", [REQUEST, CAPTURE, WIPE, RELEASE], "'Release' runs after 'Wipe'"),
        (
            "TS403",
            [{"step": "OfflineEnableBitLocker"}, {"step": "EnableBitLocker", "disabled": True, "name": "On"}],
            "'On' is disabled",
        ),
    ],
)
def test_any_other_step_that_is_missed_is_shown_where_it_is(rule, steps, told_of):
    assert told_of in related(only(rule, *steps))


# One reason once: D5


def reasons(out):
    return re.sub(r"\s+", " ", out).count("only a note, because")


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"html", "sarif", "text"}))
def test_a_reason_is_told_once_a_file_in_every_format(form):
    steps = [
        GATHER,
        REQUEST,
        CAPTURE,
        {**RESTORE, "LocalAccounts": False},
        {**RESTORE, "LocalAccounts": False},
    ]
    _, out = told(form, lined(steps), "--profile", "all")
    # markdown has a table and details, JUnit an attribute and a text
    assert reasons(out) == (2 if form in ("markdown", "junit") else 1)


def test_each_sequence_of_a_zip_tells_its_reason():
    steps = [GATHER, CAPTURE, {**RESTORE, "LocalAccounts": False}]
    data = export({"TSL00001": ("A", steps), "TSL00002": ("B", steps)})
    assert reasons(told("concise", data, name="a.zip")[1]) == 2


def test_two_reasons_are_both_told():
    child = {"child": "MISSING1", "name": "Call"}
    steps = [{**RESTORE, "LocalAccounts": False}, GATHER, CAPTURE, child, REQUEST]
    found = {one.doubt for one in findings_of({"sequence": steps}) if one.doubt}
    assert reasons(told("concise", lined(steps))[1]) == len(found) > 0


def test_what_is_no_doubt_has_no_reason():
    assert reasons(told("concise", lined([CAPTURE, RESTORE]))[1]) == 0


def test_a_reason_that_is_left_out_is_still_in_the_fields():
    _, out = told("json", lined([GATHER, CAPTURE, {**RESTORE, "LocalAccounts": False}]))
    findings = json.loads(out)["findings"]
    doubtful = [one for one in findings if one["doubt"]]
    assert len(doubtful) >= 2
    assert {one["doubt"] for one in doubtful} == {"'Gather' can set any variable"}


def test_one_secret_is_told_once():
    steps = [{"set": "OSDJoinPassword", "to": "Ex4mple!", "name": "Join", "description": "as ever"}]
    _, out = told("json", lined(steps))
    assert [one["rule"] for one in json.loads(out)["findings"]] == ["TS516"]


# At the step, where no setting is at fault: D6


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        (
            "TS104",
            [REQUEST, {**CAPTURE, "OfflineUserState": False, "Mode": "Advanced", "ConfigFiles": "a.xml"}],
        ),
        ("TS101", [{"group": "G", "when": "A exists", "steps": [REQUEST]}]),
        ("TS157", [{**RESTORE, "LocalAccounts": True}]),
        ("TS140", [{**WIPE, "DiskType": "GPT"}, CAPTURE]),
        ("TS106", [{**CAPTURE, "OfflineUserState": False, "UseHardlinks": False}]),
        ("TS108", [REQUEST, CAPTURE, RESTORE]),
        ("TS142", [{**CAPTURE, "Mode": "Simple"}, {**RESTORE, "LocalAccounts": False}]),
        (
            "TS207",
            [
                {"step": "ApplyOperatingSystem", "ImagePackageID": "TSL00020", "ImageIndex": 1},
                {"restart": "HD"},
            ],
        ),
    ],
)
def test_the_step_is_the_place_of_what_no_setting_causes(rule, steps):
    chosen = [one for one in RULES if one.id == rule]
    (finding,) = findings_of({"sequence": steps}, chosen)
    assert source(finding) == "<step"


# Notes are no failures of JUnit: D7

NOTED = {
    "a rule of notes": [RESTORE],
    "a doubt": [GATHER, {**CAPTURE, "Package": "TSL00001"}],
    "a group without steps": [{"group": "Empty", "steps": []}],
    "a comparison": [{"run": "a.exe", "when": "OSDMigrateMode equals Both"}],
}


@pytest.mark.parametrize("fail_on", ["warning", "error", "never", "note"])
@pytest.mark.parametrize("shape", NOTED)
def test_junit_counts_as_failures_what_fails_the_run(shape, fail_on):
    status, out = told("junit", lined(NOTED[shape]), "--profile", "all", "--fail-on", fail_on)
    root = etree.fromstring(out.encode())
    failures = [one.get("type") for one in root.iter("failure")]
    assert root.get("failures") == str(len(failures))
    assert (status == 1) == bool(failures)
    reach = {"never": set(), "error": {"error"}, "warning": {"error", "warning"}}
    assert set(failures) <= reach.get(fail_on, {"error", "warning", "note"})
    skipped = {one.get("type") for one in root.iter("skipped")}
    assert fail_on != "note" or "note" not in skipped


def test_a_run_of_nothing_but_notes_has_no_failure_and_shows_them():
    status, out = told("junit", lined([RESTORE]), "--select", "TS105,TS139")
    root = etree.fromstring(out.encode())
    assert (status, root.get("failures"), root.get("skipped")) == (0, "0", "2")


def test_notes_of_a_zip_are_no_failures():
    data = export({"TSL00001": ("A", [RESTORE]), "TSL00002": ("B", [RESTORE])})
    status, out = told("junit", data, "--select", "TS105", name="a.zip")
    root = etree.fromstring(out.encode())
    assert (status, root.get("failures"), root.get("skipped")) == (0, "0", "2")


def test_what_the_configuration_lets_fail_the_run_is_a_failure_for_notes_too(folder):
    (folder / ".tslint.yaml").write_text("fail-on: note\n", "utf-8")
    (folder / "a.xml").write_text(lined([RESTORE]), "utf-8")
    status, out, _ = command("--format", "junit", "--select", "TS105", "a.xml")
    assert (status, etree.fromstring(out.encode()).get("failures")) == (1, "1")
