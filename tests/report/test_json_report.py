import json
from pathlib import Path

import jsonschema
import pytest

from tests.report.samples import REFRESH, SCOPE, document, finding, full_report, report
from tests.report.snapshot import assert_snapshot
from tslint.report.formats import json as json_report

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "findings.schema.json").read_text("utf-8"))


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.json", json_report.render(full_report()))


@pytest.mark.parametrize("findings", [full_report(), report()])
def test_the_report_keeps_its_schema(findings):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json_report.render(findings)))


def test_no_finding_is_an_empty_list():
    assert json.loads(json_report.render(report()))["findings"] == []


def test_what_the_run_took_in_is_counted_and_on_demand_listed():
    told = json.loads(json_report.render(full_report()))
    assert told["files"] == {
        "linted": 2,
        "unreadable": 1,
        "passedOver": 1,
        "excluded": 1,
        "undecided": 0,
        "failed": 0,
        "context": 0,
    }
    assert told["fileList"][1:3] == [
        {"file": "old/a.xml", "outcome": "excluded", "why": ".tslint.yaml:2, exclude 'old'"},
        {"file": "out/my export.zip", "outcome": "linted"},
    ]
    assert told["configuration"] == {
        "file": ".tslint.yaml",
        "changes": ["2 rules left out", "1 file excluded"],
    }
    short = full_report()._replace(scope=SCOPE._replace(listed=False, changes=()))
    assert set(json.loads(json_report.render(short))) == {"version", "findings", "files"}


def test_a_member_of_a_zip_is_named_behind_its_zip():
    source = document(file="a.zip", member="b/object.xml")
    found = json.loads(json_report.render(report(finding(source))))["findings"][0]
    assert found["file"] == "a.zip!/b/object.xml"


def test_text_of_the_input_arrives_as_it_is_in_ascii():
    source = document(REFRESH)
    text = json_report.render(report(finding(source, message="'作成 \u202e \udc80' is odd.")))
    assert text.isascii()
    assert json.loads(text)["findings"][0]["message"] == "'作成 \u202e \udc80' is odd."
