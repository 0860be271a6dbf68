"""The shape of the house: imports go one way, and never in a circle."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_no_part_imports_one_above_it_or_itself_by_way_of_others(monkeypatch):
    cli = pytest.importorskip("importlinter.cli", reason="import-linter comes with the extra [dev]")
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(config_filename="pyproject.toml", no_cache=True) == cli.EXIT_STATUS_SUCCESS
