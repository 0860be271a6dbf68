"""Findings that were there before: written, read, matched one to one."""

import json

import pytest

from tests.report.samples import document, finding, unreadable
from tslint.suppress.baseline import (
    MAX_BASELINE,
    BaselineError,
    baseline_text,
    gone,
    new_findings,
    read_baseline,
)


def one(identity, **changes):
    return finding(document(), identity=("TS101", identity), **changes)


def read(folder, text):
    (folder / "b.json").write_text(text, "utf-8")
    return read_baseline(str(folder / "b.json"))


def test_it_is_written_sorted_a_finding_a_line(tmp_path):
    findings = [unreadable(), one("x", rule="TS102"), one("y")]
    text = baseline_text(findings)
    assert text == baseline_text(reversed(findings))
    head, *lines, tail = text.splitlines()
    assert (head, tail) == ('{"version": 1, "findings": [', "]}")
    assert [json.loads(line.rstrip(",")) for line in lines] == [
        {"rule": "TS001", "file": "broken.xml", "step": "", "fingerprint": findings[0].fingerprint},
        {
            "rule": "TS101",
            "file": "refresh.xml",
            "step": "Capture/Request State Store",
            "fingerprint": findings[2].fingerprint,
        },
        {
            "rule": "TS102",
            "file": "refresh.xml",
            "step": "Capture/Request State Store",
            "fingerprint": findings[1].fingerprint,
        },
    ]
    assert new_findings(findings, read(tmp_path, text)) == ((), ())


def test_an_empty_baseline_can_be_read_back(tmp_path):
    assert read(tmp_path, baseline_text([])) == ()


def test_equal_fingerprints_are_counted(tmp_path):
    accepted = read(tmp_path, baseline_text([one("x"), one("x"), one("y")]))
    new, left = new_findings([one("x"), one("x"), one("x"), one("z")], accepted)
    assert [found.identity[1] for found in new] == ["x", "z"]
    assert [entry.fingerprint for entry in left] == [one("y").fingerprint]


def test_gone_is_only_what_the_run_looked_at(tmp_path):
    entries = [one("x"), one("y", rule="TS102"), unreadable()]
    _, left = new_findings([], read(tmp_path, baseline_text(entries)))
    assert gone(left, ["TS101", "TS001"], lambda file: file == "refresh.xml") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "this is no baseline of tslint (line 1)"),
        ('{"version": 1,\n "findings": [}', "this is no baseline of tslint (line 2)"),
        ("[]", "this is no baseline of tslint; write it again with --write-baseline"),
        ('{"version": 1}', "this is no baseline"),
        ('{"version": 1, "findings": 3}', "this is no baseline"),
        ('{"version": 1, "findings": [{"rule": "TS101"}]}', "this is no baseline"),
        (
            '{"version": 1, "findings": [{"rule": 1, "file": "", "step": "", "fingerprint": ""}]}',
            "this is no",
        ),
        ('{"version": 2, "findings": []}', "made by another version of tslint"),
        ("[" * 100_000, "this is no baseline"),
        ("1" * 5_000, "this is no baseline"),
        (" " * (MAX_BASELINE + 1), "larger than"),
    ],
)
def test_a_broken_file_is_told(tmp_path, text, told):
    with pytest.raises(BaselineError) as caught:
        read(tmp_path, text)
    assert told in str(caught.value)
