"""What people reported in public, and a rule covers, is found; where it is mended nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.linting import RULES, findings_of
from tslint.data_files.yaml_file import YamlFile

TABLE = Path(__file__).with_name("reports.yaml")
REPORTS: Any = YamlFile(TABLE.name, TABLE.read_text("utf-8")).data
IDS = [f"{number}-{one['rule']}" for number, one in enumerate(REPORTS, start=1)]
# What speaks of the sequence as it is in every shop.
RECOMMENDED = [rule.id for rule in RULES if rule.profile == "recommended"]


@pytest.mark.parametrize("report", REPORTS, ids=IDS)
def test_the_cause_of_a_public_report_is_found(report):
    found = findings_of({"sequence": report["failed"]})
    assert [one.place.step for one in found if one.rule == report["rule"]] == [report["at"]]


@pytest.mark.parametrize("report", REPORTS, ids=IDS)
def test_its_mended_twin_is_silent(report):
    found = findings_of({"sequence": report["mended"]})
    assert [one.message for one in found if one.rule == report["rule"]] == []
    assert [(one.rule, one.message) for one in found if one.rule in RECOMMENDED and one.level != "note"] == []


def test_there_are_reports_of_every_kind():
    assert len({one["page"] for one in REPORTS}) >= 20
    assert all(one["page"].startswith("http") and one["told"] for one in REPORTS)
