import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report.samples import (
    CAPTURE,
    PAGE,
    REQUEST,
    document,
    finding,
    full_report,
    report,
    rule,
    unreadable,
)
from tests.report.sarif_checks import complaints
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place, Point, Related
from tslint.lint.result import Crash, Undecided
from tslint.report.formats import sarif
from tslint.report.sarif.rule import descriptor
from tslint.source.document import Origin

ROOT = Path(__file__).parents[2]
GATE = Path(os.environ.get("SARIF_GATE", ROOT.parent / "shared" / "tools" / "sarif-gate" / "gate.py"))


def log(findings):
    return json.loads(sarif.render(findings))


def only_result(*findings):
    (result,) = log(report(*findings))["runs"][0]["results"]
    return result


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.sarif", json.dumps(log(full_report()), indent=2) + "\n")


@pytest.mark.parametrize("findings", [full_report(), report()], ids=["findings", "clean"])
def test_the_report_is_what_readers_ask_for(findings):
    assert complaints(log(findings)) == []


@pytest.mark.slow
@pytest.mark.skipif(not (GATE.exists() and shutil.which("npm")), reason="needs the gate and npm")
def test_the_validator_of_microsoft_has_no_complaint(tmp_path):
    for name, findings in (("findings", full_report()), ("clean", report())):
        (tmp_path / f"{name}.sarif").write_text(sarif.render(findings), "utf-8")
    files = sorted(tmp_path.iterdir())
    judged = subprocess.run([sys.executable, GATE, *files], capture_output=True, text=True, check=False)
    assert judged.stdout == "0 complaints\n", judged.stderr


def test_same_findings_same_bytes():
    first = sarif.render(full_report())
    assert first == sarif.render(full_report())
    assert first.isascii()
    assert first.endswith("}\n")


def test_a_level_is_written_even_where_it_is_the_default_of_the_format():
    assert only_result(finding(document(), level="warning"))["level"] == "warning"


def test_rules_that_found_nothing_are_described_too():
    rules = log(report())["runs"][0]["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == ["TS001", "TS101", "TS102", "TS206"]


def test_a_long_why_is_cut_to_what_is_allowed():
    long = descriptor(rule(), {**PAGE, "why": "word " * 1000})
    assert len(long.full_description.text) <= 1024
    assert long.full_description.text.endswith("...")


def test_brackets_of_names_do_not_become_links():
    result = only_result(finding(document(), message=r"'[a](1) \[b](2)' is odd."))
    assert result["message"]["text"].startswith(r"'\[a\](1) \\\[b\](2)' is odd. (At ")


def test_related_places_are_linked_from_the_message():
    source = document()
    related = Related("the [first] Request", Place(source, REQUEST, "Capture/Request State Store"))
    result = only_result(finding(source, related=(related,)))
    assert result["message"]["text"].endswith(r" See [the \[first\] Request](1).")
    assert result["relatedLocations"][0]["id"] == 1


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/ü#?.xml", "a%20b/%C3%BC%23%3F.xml"),
        ("c:d.xml", "c%3Ad.xml"),
        ("/srv/a.xml", "file:///srv/a.xml"),
        ("C:/x y/a.xml", "file:///C:/x%20y/a.xml"),
        ("../a.xml", "../a.xml"),
    ],
)
def test_files_are_given_as_uris(file, uri):
    result = only_result(finding(document(file=file)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_a_member_of_a_zip_stands_at_the_zip_and_is_named():
    result = only_result(finding(document(file="a.zip", member="b/object.xml")))
    assert result["message"]["text"].endswith(", in 'b/object.xml', line 4, column 59.)")
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "a.zip"
    assert location["properties"] == {
        "stepNumber": 1,
        "member": "b/object.xml",
        "line": 4,
        "column": 59,
    }


@pytest.mark.parametrize("text", ["<sequence/>", "<sequence\n/>", "<sequence><group/></sequence>\r\n"])
def test_the_context_surrounds_even_a_place_that_is_all_there_is(text):
    source = document(text)
    assert complaints(log(report(finding(source, place=Place(source, 0, ""))))) == []


def test_a_file_that_ends_before_its_fault_is_fine():
    assert complaints(log(report(unreadable(line=9, column=9)))) == []


def test_snippets_hold_no_secret_and_no_megabytes():
    value = '<variable property="VariableValue">hunter2</variable>'
    source = document(f'<sequence>{value}<group name="{"x" * 100_000}"/>{value}</sequence>')
    text = sarif.render(report(finding(source, place=Place(source, 2, "", "name"))))
    assert "hunter2" not in text
    assert "***" in text
    assert len(text) < 20_000


def test_a_step_number_of_none_is_left_out():
    source = document()
    assert "properties" not in only_result(finding(source, place=Place(source, CAPTURE, "x")))


def test_crashes_and_undecided_rules_are_notified():
    run = log(
        report(
            crashes=(Crash("TS101", Origin("a.xml"), "KeyError"),),
            undecided=(Undecided("TS102", "b.xml", Point(Origin("b.xml"), 1, 1, "")),),
        )
    )["runs"][0]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [
        (note["level"], note["associatedRule"]["id"]) for note in invocation["toolExecutionNotifications"]
    ]
    assert told == [("error", "TS101"), ("warning", "TS102")]


def test_a_run_keeps_the_limits_of_its_readers(monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    monkeypatch.setattr(sarif, "SHOWN_RESULTS", 1)
    source = document()
    levels = ("note", "error", "warning", "note")
    run = log(report(*(finding(source, message=f"{n}.", level=level) for n, level in enumerate(levels))))[
        "runs"
    ][0]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 2
