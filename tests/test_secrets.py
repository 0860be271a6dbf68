"""No secret that a task sequence holds reaches any output, wherever it stands and whatever is reported."""

import base64

import pytest

from tests.linting import RULES, TABLES
from tslint.cli.main import main
from tslint.lint.run import lint
from tslint.report.render import FORMATS
from tslint.rules.example import export_zip, sequence_xml
from tslint.secrets.words import SecretWords

SECRET = "Tr0ub4dor&3"  # noqa: S105 - with a character that XML writes differently

# Own rules that put into messages whatever the rule language can: names of steps, values, conditions.
TELLTALE = """
id: {id}
name: {name}
level: error
precision: low
category: own
profile: recommended
summary: Tells all.
why: It is a test.
sources: [{{title: None, url: 'https://example.invalid/'}}]
{pattern}
message: "'{{name}}' has '{{value}}' ({{witness}})."
remedy: {{console: None.}}
examples:
  reported: [{{title: One, at: a, sequence: [{{run: a, name: a}}]}}]
  silent: [{{title: None, sequence: [{{run: a}}]}}]
"""
PATTERNS = {
    "tell-steps": "never: {name: {matches: '.'}}",
    "tell-values": "never: {sets: any}",
    "tell-settings": "never: {UserPassword: {not: {missing: true}}}",
    "tell-lines": "never: {CommandLine: {not: {missing: true}}}",
    "tell-scripts": "never: {SourceScript: {not: {missing: true}}}",
    "tell-conditions": "every: {step: Reboot}\nmust: {value: {Never: set}}",
}
ENCODED = base64.b64encode(f"net user admin '{SECRET}'".encode("utf-16-le")).decode()
PLACES = {
    "a variable": [{"set": "OSDJoinPassword", "to": SECRET, "name": "Join"}],
    "a variable that the console hides": [{"set": "Ticket", "to": SECRET, "masked": True, "name": "Ticket"}],
    "a variable that is used later": [
        {"set": "ServicePassword", "to": SECRET, "name": "Set"},
        {"set": "Text", "to": "%ServicePassword%", "name": "Copy"},
        {"run": "tool.exe %ServicePassword%", "name": "Run", "when": f"ServicePassword equals {SECRET}"},
    ],
    "a dynamic variable": [
        {"dynamic": [{"when": "Site equals A", "set": {"OSDLocalAdminPassword": SECRET}}], "name": "Rules"}
    ],
    "a hidden dynamic variable": [{"dynamic": [{"set": {"X": SECRET}, "masked": True}], "name": "Rules"}],
    "a setting": [{"run": "tool.exe", "UserPassword": SECRET, "name": "Run"}],
    "a command line": [{"run": f'cmd.exe /c net use Z: \\\\srv\\x "{SECRET}" /user:svc', "name": "Share"}],
    "an option": [{"run": f'tool.exe --password="{SECRET}" /x', "name": "Tool"}],
    "a property of an installer": [
        {"run": f'msiexec.exe /i a.msi SVC_PWD="{SECRET}" /qn', "name": "Install"}
    ],
    "encoded PowerShell on a command line": [
        {"run": f"powershell.exe -EncodedCommand {ENCODED}", "name": "Encoded"}
    ],
    "an inline script": [
        {"powershell": f"$password = '{SECRET}'\nAdd-User -Password $password", "name": "P"}
    ],
    "a secure string": [
        {"powershell": f"ConvertTo-SecureString '{SECRET}' -AsPlainText -Force", "name": "P"}
    ],
    "a connection string": [
        {"powershell": f'$c = "Server=db;User Id=svc;Password={SECRET};"', "name": "Query"}
    ],
    "parameters of a script": [
        {"step": "RunPowerShellScript", "Parameters": f"-Password '{SECRET}'", "name": "Parameters"}
    ],
    "additional options": [
        {"step": "RestoreUserState", "AdditionalRestoreOptions": f"/lac:{SECRET} /lae", "name": "Restore"}
    ],
    "options in a variable": [
        {"set": "OSDMigrateAdditionalRestoreOptions", "to": f"/lac:{SECRET}", "name": "Options"},
        {"step": "RestoreUserState", "name": "Restore"},
    ],
    "a condition": [{"restart": "HD", "name": "Restart", "when": f"AdminPassword equals {SECRET}"}],
    "a condition of a group": [
        {
            "group": "G",
            "when": {"not": [f"ApiToken equals {SECRET}"]},
            "steps": [{"restart": "HD", "name": "Restart"}],
        }
    ],
    "a query": [
        {
            "restart": "HD",
            "name": "Restart",
            "when": {"wmi": f"SELECT * FROM X WHERE Password = '{SECRET}'"},  # noqa: S608
        }
    ],
    "names and descriptions": [
        {
            "group": f"password: {SECRET}",
            "description": f"pwd={SECRET}",
            "steps": [{"run": "x.exe", "name": f"net use Z: \\\\s\\x {SECRET} /user:y"}],
        }
    ],
    "a name that is cut": [
        {"set": "OSDJoinPassword", "to": SECRET, "name": "Join"},
        {"run": "x.exe", "name": f"{'long ' * 58}up {SECRET} and so on"},
    ],
    "a disabled step whose secret is also a name": [
        {"set": "OSDJoinPassword", "to": SECRET, "disabled": True},
        {"restart": "WinPE", "name": f"Restart {SECRET}"},
    ],
}


@pytest.fixture(scope="module")
def own_rules(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    for number, (name, pattern) in enumerate(PATTERNS.items()):
        text = TELLTALE.format(id=f"TELL-{number}", name=name, pattern=pattern)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def outputs(path, own_rules, tmp_path, capsys, *more):
    """Everything that a run prints or writes, in all formats, with what is suppressed."""
    files = [(form, tmp_path / f"out.{form}") for form in FORMATS]
    arguments = [f"--output={form}={file}" for form, file in files]
    status = main(
        [
            "--isolated",
            "--profile",
            "all",
            "--include-suppressed",
            "--rules",
            str(own_rules),
            *arguments,
            *more,
            str(path),
        ]
    )
    assert status in (0, 1)
    told = capsys.readouterr()
    yield told.out
    yield told.err
    for _, file in files:
        yield file.read_text("utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_is_in_no_format(place, own_rules, tmp_path, capsys):
    path = tmp_path / "seq.xml"
    remark = f"<!-- tslint: ignore[TELL-0] because of {SECRET} -->"
    path.write_text(sequence_xml(PLACES[place]).replace("<step", f"{remark}<step", 1), "utf-8")
    for text in outputs(path, own_rules, tmp_path, capsys):
        assert_hidden(text)


def assert_hidden(text):
    for form in (
        SECRET,
        SECRET.replace("&", "&amp;"),
        SECRET.replace("&", r"\u0026"),
        SECRET.replace("&", "%26"),
    ):
        assert form not in text
    assert "Tr0ub" not in text
    assert ENCODED[:40] not in text


def test_the_own_rules_of_this_test_do_tell_what_is_no_secret(own_rules, tmp_path, capsys):
    path = tmp_path / "seq.xml"
    nodes = [{"set": "Site", "to": "Tr0ub4dor", "name": "A name", "when": "Model equals Tr0ub4dor"}]
    path.write_text(sequence_xml(nodes), "utf-8")
    _, _, *files = outputs(path, own_rules, tmp_path, capsys)
    assert [text.count("Tr0ub4dor") > 1 for text in files] == [True] * len(FORMATS)


def test_a_secret_of_a_child_task_sequence_in_a_zip_is_masked_too(own_rules, tmp_path, capsys):
    parent = [{"child": "CM100002", "name": "Call"}, {"restart": "HD", "name": f"R {SECRET}"}]
    child = [{"set": "OSDJoinPassword", "to": SECRET, "name": "Join"}]
    export = export_zip({"sequence": parent, "children": {"CM100002": child}})
    (tmp_path / "export.zip").write_bytes(export)
    for text in outputs(tmp_path / "export.zip", own_rules, tmp_path, capsys):
        assert_hidden(text)


def test_a_baseline_holds_no_secret(own_rules, tmp_path, capsys):
    path, baseline = tmp_path / "seq.xml", tmp_path / "baseline.json"
    path.write_text(sequence_xml(PLACES["names and descriptions"]), "utf-8")
    for text in outputs(path, own_rules, tmp_path, capsys, f"--write-baseline={baseline}"):
        assert_hidden(text)
    assert "TELL-0" in baseline.read_text("utf-8")
    assert_hidden(baseline.read_text("utf-8"))


def test_two_processes_mask_what_one_does(own_rules, tmp_path, capsys):
    for number, nodes in enumerate(PLACES.values()):
        (tmp_path / f"seq{number}.xml").write_text(sequence_xml(nodes), "utf-8")
    for text in outputs(tmp_path, own_rules, tmp_path, capsys, "--jobs=2"):
        assert_hidden(text)


def test_a_malformed_file_shows_no_value(own_rules, tmp_path, capsys):
    path = tmp_path / "seq.xml"
    path.write_text(sequence_xml(PLACES["a setting"]).replace("</sequence>", "</oops>"), "utf-8")
    for text in outputs(path, own_rules, tmp_path, capsys):
        assert_hidden(text)


def test_a_secret_in_a_reason_is_masked(own_rules, tmp_path, capsys):
    path = tmp_path / "seq.xml"
    remark = f"<!-- tslint: ignore[TELL-0] until password={SECRET} is changed -->"
    text = sequence_xml([{"run": "x.exe", "name": "Run"}])
    path.write_text(text.replace("<step", f"{remark}<step"), "utf-8")
    for text in outputs(path, own_rules, tmp_path, capsys):
        assert_hidden(text)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("OSDJoinPassword", True),
        ("OSDBitLockerPIN", True),
        ("osdbitlockerpin", True),
        ("Contoso_ApiToken", True),
        ("ADMINPWD", True),
        ("ProductKey", None),
        ("MappingTable", False),
        ("OSDRandomAdminPassword", False),
        ("OSDBitLockerCreateRecoveryPassword", False),
        ("PasswordFile", False),
        ("DoNotShowPasswordPrompt", False),
        ("Keyboard", False),
        ("RegistryKeyPath", False),
    ],
)
def test_a_name_tells_whether_it_is_for_a_secret(name, answer):
    assert SecretWords(TABLES).name(name) is answer


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("hunter2", True),
        ("482913", True),
        ("", False),
        ("%Other%", False),
        ("$password", False),
        ("password", False),
        ("TRUE", False),
        ("*****", False),
        ("<to be filled in>", False),
        ("%Prefix%2024", None),
        (r"C:\secrets\key.txt", None),
        ("ask the service desk", None),
    ],
)
def test_a_value_tells_whether_it_is_one(value, answer):
    assert SecretWords(TABLES).value(value) is answer


def test_text_of_half_a_megabyte_is_read_in_linear_time():
    words = SecretWords(TABLES)
    for text in (
        "password" * 250_000,
        "a=" * 1_000_000,
        "a.b-" * 500_000,
        "://a:" * 400_000,
        "eyJ" * 700_000,
    ):
        list(words.in_text(text))


def test_sequences_without_findings_are_not_searched_for_secrets():
    data = sequence_xml([{"set": "Ticket", "to": SECRET, "masked": True}]).encode()
    assert lint(["-"], RULES, TABLES, read_stdin=lambda: data).secrets == frozenset()
