"""Every kind of fault is found in whatever shape, and what only looks like it is not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.linting import findings_of
from tslint.data_files.yaml_file import YamlFile

TABLE = Path(__file__).with_name("kinds.yaml")
ROWS: Any = YamlFile(TABLE.name, TABLE.read_text("utf-8")).data


@pytest.mark.parametrize("row", ROWS, ids=[f"{one['kind']}-{one['title'][:60]}" for one in ROWS])
def test_a_kind_of_fault_in_another_shape(row):
    told = [one for one in findings_of(row) if one.level != "note"]
    rules = row.get("found", row.get("silent", "")).split("|")
    assert bool([one.rule for one in told if one.rule in rules]) == ("found" in row)


def test_there_are_five_shapes_of_each_kind_at_least():
    assert min(Counter(row["kind"] for row in ROWS).values()) >= 5
