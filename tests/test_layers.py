"""The shape of the house: imports go one way, and no file is too long to read."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 400


def test_no_part_imports_one_above_it(monkeypatch):
    cli = pytest.importorskip("importlinter.cli", reason="import-linter comes with the extra [dev]")
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(config_filename="pyproject.toml", no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_no_file_is_longer_than_four_hundred_lines():
    lengths = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n")
        for path in ROOT.glob("tslint/**/*.py")
    }
    assert "tslint/language/facts.py" in lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
