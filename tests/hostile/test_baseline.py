"""Baselines from strangers: a clear error with exit status 2, and bounded."""

import os

import pytest

from tests.rule_text import command
from tslint.suppress.baseline import MAX_BASELINE, MAX_VALUES

ENTRY = '{"rule": "TS101", "file": "a.xml", "step": "S", "fingerprint": "f"}'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "a.xml").write_text('<sequence version="3.10"/>', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(data, folder):
    (folder / "b.json").write_bytes(data if isinstance(data, bytes) else data.encode())
    status, out, err = command("--baseline", "b.json", "a.xml")
    assert (status, out) == (2, "")
    assert len(err) < 300
    assert err[:-1].isprintable()
    return err.removeprefix("tslint: b.json: ")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "3",
        "null",
        "{}",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"version": 1}',
        '{"version": 1, "findings": 3}',
        '{"version": 1, "findings": {"a": 1}}',
        '{"version": 1, "findings": ["x"]}',
        '{"version": 1, "findings": [[]]}',
        '{"version": 1, "findings": [{}]}',
        f'{{"version": 1, "findings": [{ENTRY.replace(chr(34) + "f" + chr(34), "3")}]}}',
        f'{{"version": 1, "findings": [{ENTRY.replace(chr(34) + "f" + chr(34), "NaN")}]}}',
        f'{{"version": 1, "findings": [{ENTRY.replace(chr(34) + "f" + chr(34), "null")}]}}',
        f'{{"version": 1, "findings": [{ENTRY.replace(chr(34) + "f" + chr(34), "[]")}]}}',
        '{"version": 1, "version": 1, "findings": []}',
        f'{{"version": 1, "findings": [{ENTRY.replace("{", "{" + chr(34) + "rule" + chr(34) + ": 1, ")}]}}',
        '{"version": ' + "1" * 5000 + ', "findings": []}',
        b"\xff\xfe\x00",
        b"\x00\x01\x02",
        '{"version": 1, "findings": []} trailing',
    ],
)
def test_what_is_no_baseline_is_told(data, folder):
    assert refused(data, folder).startswith("this is no baseline of tslint")


@pytest.mark.parametrize("version", ["NaN", "2", '"1"', "Infinity", "[]"])
def test_another_version_is_told(version, folder):
    told = refused(f'{{"version": {version}, "findings": []}}', folder)
    assert told.startswith("made by another version of tslint")


@pytest.mark.parametrize("part", ["[],", "{},", "1.5,"])
def test_a_baseline_that_would_fill_the_memory_is_not_parsed(part, folder):
    told = refused('{"version": 1, "findings": [' + part * MAX_VALUES + "1]}", folder)
    assert told.startswith(f"the baseline holds more than {MAX_VALUES:,} values")


def test_a_huge_baseline_is_not_read(folder):
    told = refused(b" " * (MAX_BASELINE + 1), folder)
    assert told.startswith("the baseline is larger than")


def test_what_is_no_file_is_not_opened(folder):
    os.mkfifo(folder / "pipe")
    for name in ("pipe", "/dev/zero", "."):
        status, _, err = command("--baseline", name, "a.xml")
        assert (status, err) == (2, f"tslint: {name}: this is no file; --write-baseline makes a baseline\n")


def test_what_a_baseline_names_is_not_shown_raw(folder):
    entry = ENTRY.replace("a.xml", "::error::##[error]\\u001b[2J\\u202e.xml")
    (folder / "b.json").write_text(f'{{"version": 1, "findings": [{entry}]}}', "utf-8")
    status, out, err = command("--baseline", "b.json", "a.xml")
    assert (status, out) == (0, "")
    assert all(char.isprintable() or char == "\n" for char in err)
    assert "##[" not in err
