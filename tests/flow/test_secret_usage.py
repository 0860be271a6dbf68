"""Usage lines of rules/secrets.yaml, matched against commands."""

import pytest

from tests.linting import TABLES
from tslint.catalogue.secret_usage import read_usage
from tslint.commands.of_step import in_command_line
from tslint.secrets.words import SecretWords

WORDS = SecretWords(TABLES)


def taken(usage, line):
    (command,) = in_command_line(line)
    return [(one.text, one.by) for one in read_usage(usage).taken(command, lambda n: "pass" in n.lower())]


@pytest.mark.parametrize(
    ("usage", "line", "found"),
    [
        ("/p SECRET", "tool /p hunter2", [("hunter2", "/p")]),
        ("/p SECRET", "tool -P:hunter2 x", [("hunter2", "-P")]),
        ("/p SECRET", "tool /p=hunter2", [("hunter2", "/p")]),
        ("/p SECRET", "tool /p /q", []),
        ("/p SECRET", "tool /pa hunter2", []),
        ("/p SECRET", "tool /p a /p b", [("a", "/p"), ("b", "/p")]),
        ("-p SECRET", "tool -P hunter2", []),
        ("-p SECRET", "tool /p hunter2", []),
        ("-pSECRET", "tool x -phunter2", [("hunter2", "-p")]),
        ("-pSECRET", "tool -p hunter2", []),
        ("-pSECRET", "tool -Phunter2", []),
        ("-u USER:SECRET", "tool -u svc:hunter2", [("hunter2", "-u")]),
        ("-u USER:SECRET", "tool -u svc", []),
        ("-uUSER:SECRET", "tool -usvc:hunter2", [("hunter2", "-u")]),
        ("-in pass:SECRET", "tool -in pass:hunter2", [("hunter2", "-in")]),
        ("-in pass:SECRET", "tool -in file:hunter2", []),
        ("password= SECRET", "tool config x password= hunter2", [("hunter2", "password=")]),
        ("-b USER DOMAIN SECRET", "tool -b svc CONTOSO hunter2", [("hunter2", "-b")]),
        ("-b USER DOMAIN SECRET", "tool -b svc CONTOSO", []),
        ("use DRIVE SHARE SECRET", r"net use Z: \\srv\x hunter2 /user:y", [("hunter2", "net use")]),
        ("use DRIVE SHARE SECRET", r"net use /user:y Z: \\srv\x", []),
        ("use SHARE SECRET", r"net use Z: \\srv\x hunter2", []),
        ("USER DOMAIN SECRET", "auto /a svc CONTOSO hunter2", [("hunter2", "auto")]),
        ("add /v NAME /d SECRET", "reg add K /v AdminPass /d x", [("x", "/d")]),
        ("add /v NAME /d SECRET", "reg add K /v Length /d x", []),
        ("add /v NAME /d SECRET", "reg query K /v AdminPass /d x", []),
        ("add ...Communities /v SECRET", r"reg add HKLM\Communities /v x", [("x", "/v")]),
        ("-Name NAME -Value SECRET", "set-x -Na Pass -Val x", []),
        ("-Name NAME -Value SECRET", "set-x -Name Pass -Valu x", [("x", "-Valu")]),
        ("SECRET -AsPlainText", "cs-x hunter2 -AsPlain", [("hunter2", "cs-x")]),
        ("SECRET -AsPlainText", "cs-x hunter2", []),
    ],
)
def test_a_usage_line_finds_what_stands_in_its_place(usage, line, found):
    assert taken(usage, line) == found


def test_a_line_may_ask_for_a_value_that_looks_made():
    (command,) = in_command_line("tool -u svc -p hunter2")
    (one,) = read_usage("-u USER -p SECRET?").taken(command, lambda _: False)
    assert one == ("hunter2", "-p", True)


@pytest.mark.parametrize("text", ["Ex4mple!", "hunter2x9", "k9#Lm2vQ", "8c41f0d2aa93", "Winter+7"])
def test_a_value_looks_made(text):
    assert WORDS.made(text)


@pytest.mark.parametrize(
    "text",
    [
        *("corporate", "Outlook2016", "Wks-2024", "ApplySettings", "2026-12-31", "10.0.19045", "12345678"),
        *("{2F5B6C1E-0F0A-4C3E-9D55-0A1B2C3D4E5F}", "CONTOSO\\svc01", "key1.pem", "auth01.contoso.com", "a1"),
    ],
)
def test_a_word_a_number_a_date_a_file_does_not(text):
    assert not WORDS.made(text)


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("VaultKey", "Ex4mple!", True),
        ("VaultKey", "Outlook2016", None),
        ("WifiKey", "corporate", True),
        ("DBPASS", "hunter2", True),
        ("DBPASS", "hunter", None),
        ("COMPASS", "North12", False),
        ("TPMPIN", "482913", True),
        ("BiosKennwort", "hunter2", True),
        ("AdminMDP", "hunter2", True),
        ("Contraseña", "hunter2", True),
        ("PasswordExpiry", "Ex4mple!", False),
        ("PinToTaskbar", "Ex4mple!", False),
        ("PublicKeyToken", "31bf3856ad364e35", False),
        ("AdminPassword", "BIOSPwd.bin", None),
        ("ProductKey", "NPPR9-FWDCX-D2C8J-H872K-2YT43", None),
    ],
)
def test_a_name_and_a_value_are_a_secret_together(name, value, answer):
    assert WORDS.pair(name, value) is answer
