"""No secret that a task sequence holds reaches any output, wherever it stands and whatever is reported."""

import base64
from xml.sax.saxutils import escape

import pytest

from tests.linting import RULES, TABLES
from tslint.cli.main import main
from tslint.lint.run import lint
from tslint.report.render import FORMATS
from tslint.rules.example import export_zip, sequence_xml
from tslint.secrets.in_broken import in_broken
from tslint.secrets.in_sequence import Secrets
from tslint.secrets.words import SecretWords
from tslint.source.document import Fault, Origin

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
ENCODED_ASSIGNMENT = base64.b64encode(f"$adminPW = '{SECRET}'".encode("utf-16-le")).decode()
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
    "a connection string that a condition asks for": [
        {"restart": "HD", "name": "Restart", "when": f"Database equals Server=db;Password={SECRET};"}
    ],
    "an address that a condition asks for": [
        {"restart": "HD", "name": "Restart", "when": f"Proxy equals https://svc:{SECRET}@proxy/"}
    ],
    "an option that a condition asks for": [
        {"restart": "HD", "name": "Restart", "when": f"Options equals /user:svc /password:{SECRET}"}
    ],
    "a connection string in a condition of a dynamic variable": [
        {"dynamic": [{"when": f"Database equals Server=db;Password={SECRET};", "set": {"A": "B"}}]},
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
    "glued to an option": [{"run": f'7z.exe x C:\\a.7z "-p{SECRET}" -y', "name": "Unpack"}],
    "glued to an option that no table has": [
        {"run": f'arc.exe -t "-p{SECRET}" --pw-x', "name": f"Unpack -p{SECRET} on srv -p x"}
    ],
    "behind a name, in a path": [
        {"run": f'curl.exe -u "svc:{SECRET}" -o C:\\{SECRET}\\a.zip https://srv/{SECRET}/', "name": "Get"},
        {"group": f"A/{SECRET}/B", "steps": [{"restart": "HD", "name": f"Restart/{SECRET}"}]},
    ],
    "by its place": [{"run": f'autologon.exe kiosk CONTOSO "{SECRET}"', "name": "Kiosk"}],
    "piped by echo": [{"run": f'cmd.exe /c echo "{SECRET}"| runas /user:x y.exe', "name": "Pipe"}],
    "piped in PowerShell": [
        {"powershell": f"$s = '{SECRET}' | ConvertTo-SecureString -AsPlainText -Force", "name": "P"}
    ],
    "an assignment in encoded PowerShell": [
        {"run": f"powershell.exe -e {ENCODED_ASSIGNMENT}", "name": f"Encoded {SECRET}"}
    ],
    "an answer file": [
        {"powershell": f"$x = '<AdministratorPassword><Value>{SECRET}</Value></AdministratorPassword>'"}
    ],
    "a condition of a disabled group": [
        {
            "group": "G",
            "disabled": True,
            "when": f"AdminPW equals {SECRET}",
            "steps": [{"restart": "HD", "name": f"Restart {SECRET}"}],
        }
    ],
    "a variable with a command line": [
        {"set": "Line", "to": f'net use Z: \\\\srv\\x "{SECRET}" /user:svc', "name": "Line"}
    ],
    "a description": [{"run": "a.exe", "name": "A", "description": f"Kennwort: {SECRET}, from the vault"}],
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
    assert ENCODED_ASSIGNMENT[:40] not in text


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


BROKEN = {
    "a name": '<step name="net use S: \\\\s\\x {} /user:joe" name="x"><action>a.exe</action></step>',
    "a name in single quotes": "<step name='net use S: \\\\s\\x {} /user:joe' name='x'></step>",
    "a name with a character that XML must escape": '<step name="psexec -u joe -p {} & x"></step>',
    "a description": '<step name="x" description="password: {}" <action>a.exe</action></step>',
    "a value that is a name too": (
        '<step name="Join {}"><variable name="OSDJoinPassword">{}</variable></variable></step>'
    ),
}


@pytest.mark.parametrize("place", BROKEN)
def test_the_excerpt_of_a_malformed_file_shows_no_secret_of_its_names(place, own_rules, tmp_path, capsys):
    path, secret = tmp_path / "seq.xml", "Tr0ub4dor3"
    path.write_text(f'<sequence version="3.10">{BROKEN[place].replace("{}", secret)}</sequence>', "utf-8")
    texts = list(outputs(path, own_rules, tmp_path, capsys))
    assert any("TS001" in text for text in texts)
    for text in texts:
        assert_hidden(text)


@pytest.mark.parametrize("piece", ["net use a ", '"net use "', "psexec -p ", 'name="a" ', "&amp;", "<a='"])
def test_a_long_malformed_text_is_looked_at_only_where_it_may_be_shown(piece):
    text = piece * 200_000
    looked_at = 0

    class Counted(Secrets):
        def in_prose(self, text):
            nonlocal looked_at
            looked_at += len(text)
            return super().in_prose(text)

    set(in_broken(Fault("TS001", "", Origin("a"), 1, 600_000, text), Counted(TABLES)))
    assert 0 < looked_at < 100_000


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


def told_rules(*steps, lite_touch=False):
    xml = sequence_xml(steps, lite_touch=lite_touch).encode()
    result = lint(["-"], RULES, TABLES, read_stdin=lambda: xml)
    assert not result.crashes
    return [one.rule for one in result.findings if one.rule.startswith(("TS5", "TS6"))]


KEY = "QWRTY-12345-ASDFG-67890-ZXCVB"


@pytest.mark.parametrize(
    ("node", "rules"),
    [
        ({"set": "OSDProductKey", "to": KEY}, ["TS527"]),
        ({"set": "AdminPassword", "to": "Ex4mple!"}, ["TS516"]),
        ({"set": "Line", "to": f"slmgr.vbs /ipk {KEY}"}, ["TS527"]),
        ({"dynamic": [{"set": {"A": KEY, "AdminPassword": "Ex4mple!"}}]}, ["TS517", "TS527"]),
        ({"step": "ApplyWindowsSettings", "ProductKey": KEY}, ["TS527"]),
        ({"run": f"tool.exe /ProductKey:{KEY}"}, ["TS527"]),
        ({"run": f"tool.exe -Password {KEY}"}, ["TS527"]),
        ({"run": "net use Z: \\\\s\\x Ex4mple! /user:y", "description": "password=Ex4mple!"}, ["TS519"] * 2),
        ({"run": "loadstate.exe C:\\Store /lac:Ex4mple!"}, ["TS519"]),
        ({"step": "RestoreUserState", "AdditionalRestoreOptions": "/lac:Ex4mple!"}, ["TS519"]),
        ({"run": "7z.exe x a.7z -pEx4mple!", "disabled": True}, ["TS519"]),
    ],
)
def test_one_secret_is_told_once_by_its_own_rule(node, rules):
    assert told_rules(node) == rules
    assert told_rules({"group": "Off", "disabled": True, "steps": [node]}) == rules


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("tool.exe -Password Ex4mple!", "to '-Password'."),
        ("7z.exe x a.7z -pEx4mple!", "to '-p'."),
        ("net.exe user admin Ex4mple!", "to 'net user'."),
        ("tool.exe -Password password1", "to '-Password'."),
        ("tool.exe -SetupPwd setuppwd", "to an option."),
        ("tool.exe -Tr0ub4dorPassword Ex4mple!", "to an option."),
    ],
)
def test_what_takes_a_secret_is_told_and_never_masked(line, told, tmp_path, capsys):
    path = tmp_path / "seq.xml"
    path.write_text(sequence_xml([{"run": line, "name": "Run"}]), "utf-8")
    main(["--isolated", "--format", "json", str(path)])
    (found,) = (one for one in capsys.readouterr().out.splitlines() if "TS519" in one)
    assert f"passes a secret in clear {told}" in found


def test_a_condition_of_a_group_is_told_at_the_group_and_its_test(tmp_path, capsys):
    path = tmp_path / "seq.xml"
    node = {
        "group": "Lab",
        "when": ["Site equals A", f"AdminPW equals {SECRET}"],
        "steps": [{"run": "a.exe"}],
    }
    path.write_text(sequence_xml([node]), "utf-8")
    main(["--isolated", "--format", "json", str(path)])
    (found,) = (one for one in capsys.readouterr().out.splitlines() if "TS519" in one)
    assert "'Lab' shows a secret in clear in a condition." in found
    text = path.read_text("utf-8")
    assert "\n" not in text
    column = text.index("<expression", text.index("Site")) + 1
    assert f'"column": {column}' in found


def registry_condition(name, data):
    """Return a task sequence that asks for data in the registry, as the console writes the question."""
    kind = "SMS_TaskSequence_RegistryConditionExpression"
    parts = {"Data": data, "KeyPath": r"HKEY_LOCAL_MACHINE\X", "Operator": "equals", "Value": name}
    variables = "".join(f'<variable name="{key}">{escape(text)}</variable>' for key, text in parts.items())
    condition = f'<condition><expression type="{kind}">{variables}</expression></condition>'
    text = sequence_xml([{"restart": "HD", "name": f"Restart {data}", "when": "A equals B"}])
    before, _, rest = text.partition("<condition>")
    return before + condition + rest.partition("</condition>")[2]


def test_a_registry_condition_tells_by_the_name_of_the_value_that_its_data_is_a_secret(
    own_rules, tmp_path, capsys
):
    path = tmp_path / "seq.xml"
    path.write_text(registry_condition("DefaultPassword", SECRET), "utf-8")
    texts = list(outputs(path, own_rules, tmp_path, capsys))
    for text in texts:
        assert_hidden(text)
    assert any("shows a secret in clear in a condition" in text for text in texts)


@pytest.mark.parametrize(
    ("xml", "rules"),
    [
        (registry_condition("DefaultPassword", "Ex4mple!"), ["TS519"]),
        (registry_condition("DefaultUserName", "Ex4mple!"), []),
        (registry_condition("Key", KEY), ["TS527"]),
        (sequence_xml([{"run": "a", "when": f"Wanted equals {KEY}"}]), ["TS527"]),
        (sequence_xml([{"run": "a", "when": "Database equals Server=db;Password=Ex4mple!"}]), ["TS519"]),
        (sequence_xml([{"run": "a", "when": "Proxy equals https://svc:Ex4mple!@proxy/"}]), ["TS519"]),
        (sequence_xml([{"run": "a", "when": "Options equals /password:Ex4mple!"}]), ["TS519"]),
        (sequence_xml([{"run": "a", "when": "Options equals /password:%Password%"}]), []),
    ],
)
def test_a_secret_that_a_condition_asks_for_is_told_once(xml, rules):
    result = lint(["-"], RULES, TABLES, read_stdin=xml.encode)
    assert [one.rule for one in result.findings if one.rule in ("TS519", "TS527")] == rules


def test_lite_touch_is_looked_at():
    nodes = [
        {"set": "AdminPassword", "to": "Ex4mple!"},
        {"run": "a.exe", "SMSTSRunCommandLineUserPassword": "Ex4mple!"},
        {"run": "net use Z: \\\\s\\x Ex4mple! /user:y"},
        {"set": "OSDProductKey", "to": KEY},
    ]
    assert sorted(told_rules(*nodes, lite_touch=True)) == ["TS516", "TS518", "TS519", "TS527"]


def test_a_child_that_two_steps_call_is_told_of_once():
    export = {
        "sequence": [
            {"child": "CM100002", "name": "A"},
            {"child": "CM100002", "name": "B", "disabled": True},
        ],
        "children": {"CM100002": [{"set": "OSDJoinPassword", "to": SECRET}]},
    }
    data = export_zip(export)
    result = lint(["-"], RULES, TABLES, read_stdin=lambda: data)
    assert [one.rule for one in result.findings if one.rule == "TS516"] == ["TS516"]


@pytest.mark.parametrize("value", ["Ex4mple!", ""])
def test_the_list_of_global_variables_is_looked_at(value):
    listed = f'<globalVarList><variable name="SitePassword" property="SitePassword">{value}</variable>'
    xml = sequence_xml([{"run": "a.cmd"}], lite_touch=True)
    data = xml.replace("<globalVarList/>", f"{listed}</globalVarList>").encode()
    result = lint(["-"], RULES, TABLES, read_stdin=lambda: data)
    found = [one.message for one in result.findings if one.rule == "TS518"]
    assert found == (["'Example' holds a secret in clear in its setting 'sitepassword'."] if value else [])
