"""A file is mended in the form that it has; what is not part of a mend stays byte for byte."""

from __future__ import annotations

import pytest

from tests.linting import TABLES
from tests.mend.forms import document, forms, plain
from tests.mend.proof import lint
from tslint.mend.fixing import Fixer
from tslint.mend.repair import Repairs
from tslint.rules.example import sequence_xml
from tslint.source.encoding import encoded_like

STEPS = [
    {
        "group": "R\u00fcckweg & <Ziel>",
        "when": "Mode equals Refresh",
        "steps": [
            {"set": "OSDStateStorePath", "to": "C:\\", "name": 'Set "store"'},
            {
                "step": "CaptureUserState",
                "UseHardlinks": True,
                "FileAccess": "VSS",
                "UsmtPackageID": "CM100001",
            },
            {
                "dynamic": [{"when": "A equals 'b<c'", "set": {"Other": "x & y", "TSDebugMode": True}}],
                "name": "Set all",
            },
            {"run": 'usmtutils.exe /rd "%OSDStateStorePath%"', "name": "Delete", "when": "B equals \u00e4"},
            {"run": "msiexec.exe /i a.msi", "name": "Install", "successCodeList": "0"},
        ],
    },
    {"step": "RequestStateStore", "RequestType": "restore", "when": {"any": ["C exists", "D notExists"]}},
    {"step": "RestoreUserState", "LocalAccounts": True, "UsmtRestorePackageID": "CM100001"},
    {"restart": "HD"},
]
FORMS = forms(sequence_xml(STEPS))


def fixed(data: bytes) -> bytes:
    fixer = Fixer(lambda now: lint(now["a.xml"], "a.xml"), {"a.xml": data}, TABLES, unsafe=True)
    return fixer.fixed().contents.get("a.xml", data)


WANTED = plain(fixed(FORMS["one line"]))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_file_is_mended_to_the_same_task_sequence(form):
    assert plain(FORMS[form]) == plain(FORMS["one line"]) != WANTED
    assert plain(fixed(FORMS[form])) == WANTED


@pytest.mark.parametrize("form", FORMS)
def test_a_mended_file_is_not_changed_again(form):
    once = fixed(FORMS[form])
    assert fixed(once) == once


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_part_of_a_mend_stays_byte_for_byte(form):
    data = FORMS[form]
    repairs = [repair for one in lint(data) for repair in Repairs(TABLES).of(one)]
    assert len(repairs) > 5
    for repair in repairs:
        text, changes = repair.document.text, repair.replacements
        whole = encoded_like(text, data)
        assert whole == data
        kept, rest = 0, encoded_like(repair.text(), data)
        for begin, end in zip(
            [0, *(one.end for one in changes)], [*(one.start for one in changes), len(text)], strict=True
        ):
            # a part of the file between two edits is found behind the part before it
            part = encoded_like(text[begin:end], data).removeprefix(encoded_like("", data))
            kept = rest.index(part, kept) + len(part)
        assert kept == len(rest)


def test_new_elements_stand_as_those_around_them():
    data = FORMS["Windows line ends"]
    text = document(fixed(data)).text
    assert text.count("\n") == text.count("\r\n")
    assert "\r\n  <step" in text
    assert "\n" not in fixed(FORMS["one line"]).decode()
    lines = document(fixed(FORMS["tabs"])).text.split("\n")
    assert not any(line.lstrip("\t").startswith(" ") for line in lines)


def test_a_file_that_cannot_be_written_back_as_it_was_is_left_alone():
    assert encoded_like("<a/>", b"\xff<a/>") is None
    assert encoded_like("\u20ac", b'<?xml version="1.0" encoding="iso-8859-1"?><a/>') is None
    assert encoded_like("<b/>", b"<a/>") == b"<b/>"
