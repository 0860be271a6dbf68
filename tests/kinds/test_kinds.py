"""Every kind of fault is found in whatever shape, and what only looks like it is not.

A row is an example as rules have them, with ``found``: rules of which one must report, or ``silent``: rules
of which none may. Notes do not count, unless ``level`` asks for them. ``at`` and ``says`` are what the step
and the message of a finding must hold. ``<<text>>`` is written as ``-EncodedCommand`` of PowerShell takes it.
With a ``pattern`` it is for a rule of one's own, ORG-1.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.linting import findings_of
from tests.patterns import rule_of
from tslint.data_files.yaml_file import YamlFile

TABLE = Path(__file__).with_name("kinds.yaml")
ENCODED = re.compile(r"<<(.+?)>>")
ROWS: Any = YamlFile(TABLE.name, TABLE.read_text("utf-8")).data


def encoded(data: Any) -> Any:
    if isinstance(data, str):
        return ENCODED.sub(lambda one: base64.b64encode(one[1].encode("utf-16-le")).decode(), data)
    if isinstance(data, list):
        return [encoded(one) for one in data]
    return {key: encoded(one) for key, one in data.items()} if isinstance(data, dict) else data


def meant(row: Any, finding: Any) -> bool:
    level = finding.level == row["level"] if "level" in row else finding.level != "note"
    place = getattr(finding.place, "step", "")
    return level and place.endswith(row.get("at", "")) and row.get("says", "") in finding.message


@pytest.mark.parametrize("row", ROWS, ids=[f"{one['kind']}-{one['title'][:60]}" for one in ROWS])
def test_a_kind_of_fault_in_another_shape(row):
    rules = row.get("found", row.get("silent", "")).split("|")
    own = {"rules": [rule_of(row["pattern"])]} if "pattern" in row else {}
    findings = [one for one in findings_of(encoded(row), **own) if one.rule in rules]
    assert any(meant(row, one) for one in findings) == ("found" in row), findings


def test_there_are_five_shapes_of_each_kind_at_least():
    assert min(Counter(row["kind"] for row in ROWS).values()) >= 5
