"""The shape of the house: imports go one way, and never in a circle."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = [re.findall(r"tslint\.(\w+)", layer) for layer in CONTRACTS[0]["layers"]]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_no_part_imports_one_above_it_or_itself_by_way_of_others(monkeypatch):
    cli = pytest.importorskip("importlinter.cli", reason="import-linter comes with the extra [dev]")
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(config_filename="pyproject.toml", no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_the_picture_shows_the_layers_of_the_contract():
    picture = re.search(r"```mermaid\nflowchart TD\n(.*?)```", PAGE, re.DOTALL)[1]
    arrows = [pair for line in picture.splitlines() for pair in pairwise(line.split("-->"))]
    shown = [(upper.strip(), re.findall(r"\w+", lower)) for upper, lower in arrows]
    assert shown == [(upper[0], lower) for upper, lower in pairwise(LAYERS)]


def test_the_table_of_parts_has_every_folder_of_the_package_in_their_order():
    rows = re.findall(r"(?m)^\| `tslint/(\w+)/` \|", PAGE)
    assert rows == [part for layer in LAYERS for part in layer]
    assert sorted(rows) == sorted(folder.parent.name for folder in ROOT.glob("tslint/*/__init__.py"))
