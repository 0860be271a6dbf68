"""What GitHub code scanning takes, each limit met on purpose.

https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads
"""

import json
import random
import re
import zlib

import pytest

from tests.report.samples import CAPTURE, PAGE, REQUEST, document, finding, report, rule
from tests.report.sarif_checks import complaints
from tslint.lint.finding import Note, Place, Related
from tslint.report.formats import sarif
from tslint.report.report import Report
from tslint.report.sarif.place import MOST_STEPS
from tslint.report.sarif.rule import descriptor
from tslint.rules.builtin import builtin_pages, builtin_rules
from tslint.rules.compile import CHECKOUT, compile_folder


def run_of(shown):
    log = json.loads(sarif.render(shown))
    assert complaints(log) == []
    return log["runs"][0]


def notes(run):
    """Level and text of what the run says of itself."""
    told = run["invocations"][0].get("toolExecutionNotifications", ())
    return [(note["level"], note["message"]["text"]) for note in told]


def many(count, level=lambda _: "warning", text=str):
    source = document()
    return [finding(source, message=f"{text(n)}.", level=level(n)) for n in range(count)]


crowd = pytest.mark.xdist_group("crowded")  # one process, since its report takes long to make


@pytest.fixture(scope="module")
def crowded():
    """One more than a run may hold: 25,000 notes and one error, in the middle."""
    return run_of(report(*many(25_001, level=lambda n: "error" if n == 12_000 else "note")))


@crowd
@pytest.mark.slow
def test_a_run_holds_25000_results_and_a_notification_tells_of_the_rest(crowded):
    assert len(crowded["results"]) == 25_000
    assert notes(crowded) == [
        ("warning", "Of 25001 findings the 25000 most severe are listed: GitHub would reject a larger file."),
        ("note", "Of 25000 results GitHub shows the 5000 most severe."),
    ]


@crowd
@pytest.mark.slow
def test_what_is_left_out_is_the_least_severe(crowded):
    assert [result["level"] for result in crowded["results"]].count("error") == 1


def test_up_to_5000_results_need_no_notification():
    assert notes(run_of(report(*many(5_000)))) == []


def test_a_file_that_is_too_large_when_packed_is_cut_until_it_fits(monkeypatch):
    monkeypatch.setattr(sarif, "MOST_BYTES", 30_000)
    noise = random.Random(4)  # noqa: S311 - text that does not pack
    shown = report(
        *many(64, lambda n: "error" if n == 40 else "note", lambda _: f"{noise.getrandbits(8_000):x}")
    )
    run = run_of(shown)
    kept = len(run["results"])
    assert kept in {1, 2, 4, 8, 16}
    assert [result["level"] for result in run["results"]].count("error") == 1
    assert [level for level, _ in notes(run)] == ["warning"]
    assert f"the {kept} most severe are listed" in notes(run)[0][1]
    assert len(zlib.compress(sarif.render(shown).encode())) <= 30_000


def test_the_bound_on_the_size_is_that_of_the_packed_file():
    assert sarif.MOST_BYTES == 10_000_000
    (noise,) = many(1, text=lambda _: "x" * 11_000_000)
    assert len(run_of(report(noise))["results"]) == 1


def test_a_path_has_at_most_1000_locations():
    source = document()
    place = Place(source, CAPTURE, "Capture/Capture User State")
    path = tuple(Note("runs", f"step {n}", place) for n in range(1_500))
    (result,) = run_of(report(finding(source, path=path)))["results"]
    (flow,) = result["codeFlows"]
    assert len(flow["threadFlows"][0]["locations"]) == MOST_STEPS == 1_000


def test_a_result_has_at_most_100_related_locations_each_linked_from_its_message():
    source = document()
    related = tuple(Related(f"the step {n}", Place(source, REQUEST, "Capture")) for n in range(150))
    (result,) = run_of(report(finding(source, related=related)))["results"]
    assert len(result["relatedLocations"]) == 100
    assert re.findall(r"\]\((\d+)\)", result["message"]["text"]) == [str(n) for n in range(1, 101)]


def test_descriptions_have_at_most_1024_characters():
    made = descriptor(rule(summary=f"{'s' * 2_000}."), {**PAGE, "why": "w" * 2_000})
    assert [len(made.short_description.text), len(made.full_description.text)] == [1_024, 1_024]


@pytest.mark.parametrize("one", builtin_rules(), ids=lambda one: one.id)
def test_every_rule_keeps_the_limits_on_rules(one):
    made = descriptor(one, builtin_pages()[one.id])
    assert 0 < len(made.properties["tags"]) <= 10
    assert len(made.name) <= 255
    assert made.help.text
    assert made.help.markdown


def test_rules_are_tagged_with_category_and_engine():
    made = descriptor(rule(category="user-state", engines=("configmgr", "lite-touch")), PAGE)
    assert made.properties["tags"] == ["user-state", "task-sequence", "configmgr", "lite-touch"]


@pytest.mark.parametrize(("level", "severity"), [("error", "8.0"), ("warning", "5.0"), ("note", "2.0")])
def test_a_security_rule_has_a_severity_of_its_own(level, severity):
    properties = descriptor(rule(category="security", level=level), PAGE).properties
    assert properties["security-severity"] == severity
    assert "security" in properties["tags"]
    assert "problem.severity" not in properties


def test_no_other_rule_makes_security_alerts():
    assert "security-severity" not in descriptor(rule(), PAGE).properties


def test_all_rules_of_the_program_together_stay_far_below_the_bound():
    data, pages = compile_folder(CHECKOUT / "rules")
    rules = {one.id: one for one in builtin_rules()}
    assert len(data) == len(rules) < 25_000
    text = sarif.render(Report((), rules, pages.__getitem__))
    assert len(zlib.compress(text.encode())) < sarif.MOST_BYTES / 10


def test_places_in_zips_are_shown_at_the_zip_all_along_the_path():
    source = document(file="a b/ü.zip", member="in ner.zip!/object.xml")
    place = Place(source, REQUEST, "Capture/Request State Store", "name")
    found = finding(source, path=(Note("runs", "it", place),), related=(Related("the Request", place),))
    (result,) = run_of(report(found))["results"]
    places = [
        *result["locations"],
        *result["relatedLocations"],
        result["codeFlows"][0]["threadFlows"][0]["locations"][0]["location"],
    ]
    for location in places:
        physical = location["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "a%20b/%C3%BC.zip"
        region = {key: value for key, value in physical["region"].items() if key != "snippet"}
        assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}
        assert location["properties"]["member"] == "in ner.zip!/object.xml"
    assert result["message"]["text"].endswith("line 4, column 59.) See [the Request](1).")
