import json
from pathlib import Path

import jsonschema
import pytest

from tests.report.samples import REFRESH, document, finding, full_report, report
from tests.report.snapshot import assert_snapshot
from tslint.report import json_report

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "findings.schema.json").read_text("utf-8"))


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.json", json_report.render(full_report()))


@pytest.mark.parametrize("findings", [full_report(), report()])
def test_the_report_keeps_its_schema(findings):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json_report.render(findings)))


def test_no_finding_is_an_empty_list():
    assert json.loads(json_report.render(report())) == {"version": 1, "findings": []}


def test_a_member_of_a_zip_is_named_behind_its_zip():
    source = document(file="a.zip", member="b/object.xml")
    found = json.loads(json_report.render(report(finding(source))))["findings"][0]
    assert found["file"] == "a.zip!/b/object.xml"


def test_text_of_the_input_arrives_as_it_is_in_ascii():
    source = document(REFRESH)
    text = json_report.render(report(finding(source, message="'作成 \u202e \udc80' is odd.")))
    assert text.isascii()
    assert json.loads(text)["findings"][0]["message"] == "'作成 \u202e \udc80' is odd."
