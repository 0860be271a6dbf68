"""``tslint trace`` without a log: what would run with some values."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.flow.flows import line_of
from tests.linting import TABLES
from tests.review.reviewing import tslint_
from tslint.review.dry_run import Question, dry_run
from tslint.review.values import dump
from tslint.rules.example import export_zip, sequence_xml

ROOT = Path(__file__).parents[2]
BATTERY = "SELECT * FROM Win32_Battery"


def run(name, **more):
    return {"run": f"{name.lower()}.exe", "name": name, **more}


def group(name, *steps, **more):
    return {"group": name, "steps": list(steps), **more}


def outcomes(*steps, given=None, failing=None, true=(), false=(), **children):
    line = line_of(*steps, **children)
    orders = {entry.step.name: entry.order for entry in line.entries}
    known = {name.lower(): value for name, value in (given or {}).items()}
    question = Question(known, {orders[name]: code for name, code in (failing or {}).items()}, true, false)
    result = dry_run(line, question, TABLES)
    return result, {one.name: one for one in result.lines}


def told(line):
    return line.outcome, line.reason, line.why


def test_a_step_runs_is_skipped_or_depends_with_what_decided():
    steps = (
        run("A", when="Site equals Berlin"),
        run("B", when="Site notEquals Berlin"),
        run("C", when=["Site equals Berlin", "Model equals X1"]),
        run("D", disabled=True),
    )
    result, by_name = outcomes(*steps, given={"SITE": "berlin"})
    assert told(by_name["A"]) == ("runs", "", ())
    assert told(by_name["B"]) == (
        "skipped",
        "condition",
        ("not met: Site does not equal 'Berlin' (it is 'berlin')",),
    )
    assert told(by_name["C"]) == ("depends", "", ("Model",))
    assert told(by_name["D"]) == ("skipped", "disabled", ())
    assert [(one.what, one.steps) for one in result.unknown] == [("Model", 1)]
    assert result.give == ("Model",)


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (
            {"any": ["A equals 1", "B equals 1"]},
            ("not met: A equals '1' (it is '0')", "not met: B equals '1' (it does not exist)"),
        ),
        ({"not": ["A equals 0"]}, ("met: A equals '0' (it is '0')",)),
        (["Q equals 1", "A exists", "B exists"], ("not met: B exists (it does not exist)",)),
    ],
)
def test_the_tests_that_decide_are_told_and_no_others(when, why):
    _, by_name = outcomes(run("S", when=when), given={"A": "0", "B": None})
    assert told(by_name["S"]) == ("skipped", "condition", why)


def test_what_is_in_a_skipped_group_is_skipped_with_it():
    _, by_name = outcomes(group("G", run("A"), group("H", run("B")), when="X equals 1"), given={"X": "2"})
    assert told(by_name["G"])[:2] == ("skipped", "condition")
    assert {told(by_name[name]) for name in "AHB"} == {("skipped", "group", ())}


def test_values_are_followed_through_the_steps_that_set_them():
    steps = (
        {"set": "Target", "to": "%Drive%\\Store", "name": "Set"},
        {"set": "Where", "to": "%Target%-%Site%", "name": "More"},
        run("Use", when="Target equals D:\\Store"),
    )
    _, by_name = outcomes(*steps, given={"Drive": "D:"})
    assert [(one.name, one.value, one.known) for one in by_name["Set"].sets] == [
        ("Target", "D:\\Store", True)
    ]
    assert [(one.value, one.known) for one in by_name["More"].sets] == [("D:\\Store-%Site%", False)]
    assert by_name["Use"].outcome == "runs"


def test_the_phase_is_told_where_it_is_known():
    steps = (run("A"), {"restart": "WinPE", "name": "R"}, run("B"))
    assert [outcomes(*steps)[1][name].phase for name in "AB"] == ["", "Windows PE"]
    assert outcomes(*steps, given={"_SMSTSInWinPE": "false"})[1]["A"].phase == "full OS"


def test_a_failure_ends_what_does_not_continue_on_error_and_nothing_more():
    steps = (group("Apps", group("Office", run("A"), run("B")), run("C"), continueOnError=True), run("D"))
    result, by_name = outcomes(*steps, failing={"A": "1603"})
    assert (by_name["A"].outcome, by_name["A"].swallowed) == ("fails", "Apps")
    assert told(by_name["B"])[:2] == told(by_name["C"])[:2] == ("skipped", "failure")
    assert by_name["D"].outcome == "runs"
    assert result.ends == "completes"


def test_a_failure_that_nothing_swallows_ends_the_task_sequence():
    result, by_name = outcomes(run("A"), run("B"), failing={"A": ""})
    assert (by_name["A"].swallowed, by_name["B"].reason, result.ends) == ("", "failure", "fails")


def test_a_step_that_may_not_run_leaves_open_whether_its_failure_ends_anything():
    result, by_name = outcomes(run("A", when="Site equals X"), run("B"), failing={"A": ""})
    assert told(by_name["B"]) == ("depends", "", ("Site",))
    assert result.ends == "depends"


def test_the_code_of_a_failure_is_what_later_conditions_see():
    steps = (run("A", continueOnError=True), run("B", when="_SMSTSLastActionRetCode equals 1603"))
    assert outcomes(*steps, failing={"A": "1603"})[1]["B"].outcome == "runs"
    assert outcomes(*steps, failing={"A": "5"})[1]["B"].outcome == "skipped"


def test_queries_are_answered_by_a_part_of_their_text():
    steps = (run("Laptop", when={"wmi": BATTERY}), run("Desktop", when={"not": [{"wmi": BATTERY}]}))
    assert [one.outcome for one in outcomes(*steps)[0].lines] == ["depends", "depends"]
    assert [one.outcome for one in outcomes(*steps, true=("win32_battery",))[0].lines] == ["runs", "skipped"]
    assert [one.outcome for one in outcomes(*steps, false=("Battery",))[0].lines] == ["skipped", "runs"]


def test_what_a_step_may_set_by_itself_is_not_known_after_it_but_what_is_given_stays():
    steps = ({"child": "TSL00009", "name": "Unknown child"}, run("A", when="X equals 1"))
    assert outcomes(*steps)[1]["A"].why == ("X (as 'Unknown child' leaves it)",)
    assert outcomes(*steps, given={"X": "1"})[1]["A"].outcome == "runs"


def test_a_variable_that_a_script_may_set_is_not_known_after_it():
    script = {"powershell": "$tsenv.Value($name) = 1 # X", "name": "Script"}
    steps = ({"set": "Mode", "to": "full", "name": "Set"}, script, run("A", when="Mode equals full"))
    assert outcomes(*steps)[1]["A"].outcome in ("runs", "depends")
    script = {
        "powershell": "$env = New-Object -ComObject Microsoft.SMS.TSEnvironment\n$env.Value('Mode') = $x",
        "name": "S",
    }
    assert outcomes(steps[0], script, steps[2])[1]["A"].outcome == "depends"


def test_a_child_is_gone_through_where_it_is_called():
    _, by_name = outcomes(
        {"child": "TSL00009", "name": "Call", "when": "X equals 1"}, given={"X": "2"}, TSL00009=[run("Inner")]
    )
    assert (by_name["Call"].outcome, by_name["Inner"].reason) == ("skipped", "group")


def test_the_values_to_give_are_as_few_as_every_open_step_needs_one_of():
    steps = (
        run("A", when=["X equals 1", "Y equals 1"]),
        run("B", when=["X equals 1", "Z equals 1"]),
        run("C", when="X equals 2"),
    )
    assert outcomes(*steps)[0].give == ("X",)


# ---- the command


@pytest.fixture
def path(tmp_path):
    steps = [
        group("Berlin", run("A"), run("B", when={"wmi": BATTERY}), when="Site equals Berlin"),
        {"set": "AdminPassword", "to": "%Word%", "name": "Set"},
        run("C", when="Model exists"),
    ]
    (tmp_path / "seq.xml").write_text(sequence_xml(steps), "utf-8")
    return tmp_path / "seq.xml"


def test_the_text_tells_a_line_a_step(path):
    status, out, _ = tslint_(
        "trace",
        path,
        "--set",
        "Site=Berlin",
        "--start",
        "full-os",
        "--true",
        "battery",
        "--unset",
        "Model",
        "--fail",
        "B=5",
    )
    assert status == 0
    lines = [" ".join(line.split()) for line in out.splitlines()[1:]]
    assert lines == [
        "Site = Berlin",
        "Model does not exist",
        "_SMSTSInWinPE = false",
        "",
        "0 runs group Berlin",
        "1 runs A [full OS]",
        "2 fails B [full OS]",
        "the task sequence ends",
        "4 skipped Set",
        "a step before it failed",
        "5 skipped C",
        "a step before it failed",
        "",
        "The task sequence fails.",
    ]


def test_json_follows_its_schema(path):
    status, out, _ = tslint_("trace", path, "--format", "json", "--fail", "A")
    schema = json.loads((ROOT / "schemas/dry-run.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert (status, list(Draft202012Validator(schema).iter_errors(json.loads(out)))) == (0, [])


def test_a_part_can_be_shown(path):
    out = tslint_("trace", path, "--from", "B", "--until", "4")[1]
    assert re.findall(r"^ *(\d+)  ", out, re.MULTILINE) == ["2", "4"]


def test_nothing_else_means_that_other_variables_do_not_exist(path):
    out = tslint_("trace", path, "--nothing-else", "--false", "battery")[1]
    assert "depends" not in out


@pytest.mark.parametrize(
    ("option", "why"),
    [
        (("--set", "Site"), "NAME=VALUE"),
        (("--fail", "Nobody"), "Nobody"),
        (("--from", "Nobody"), "Nobody"),
        (("--set-file", "nowhere.txt"), "nowhere.txt"),
        (("--sequence", "Nobody"), "Nobody"),
    ],
)
def test_what_cannot_be_done_is_2_and_told(path, option, why):
    status, out, err = tslint_("trace", path, *option)
    assert (status, out) == (2, "")
    assert why in err


def test_a_secret_that_is_given_is_not_shown(path):
    for form in ("text", "json"):
        out = tslint_(
            "trace", path, "--format", form, "--set", "AdminPassword=Tr0ub4dor", "--set", "Word=Tr0ub4dor"
        )[1]
        assert "Tr0ub4dor" not in out


def test_one_of_several_task_sequences_is_chosen_by_its_package(tmp_path):
    export = export_zip({"sequence": [run("A")], "children": {"TSL00008": [run("B")]}})
    (tmp_path / "e.zip").write_bytes(export)
    status, _, err = tslint_("trace", tmp_path / "e.zip")
    assert status == 2
    assert "--sequence" in err
    assert " B" in tslint_("trace", tmp_path / "e.zip", "--sequence", "tsl00008")[1]


# ---- dumps


@pytest.mark.parametrize(
    "line",
    [
        "OSDComputerName=PC 1",
        "OSDComputerName = PC 1",
        "  OSDComputerName : PC 1  ",
        "OSDComputerName\tPC 1",
        '"OSDComputerName": "PC 1",',
        'OSDComputerName="PC 1"',
        '<![LOG[OSDComputerName = PC 1]LOG]!><time="10:00:00.000+000" date="01-01-2026" component="x">',
    ],
)
def test_a_dump_is_read_as_people_print_it(line):
    assert dump(f"# comment\n-----\n{line}\n\n") == ({"OSDComputerName": "PC 1"}, 0)


def test_what_is_no_value_is_counted():
    assert dump("Hello there\nA=1\nA=2\n") == ({"A": "2"}, 1)


def test_a_dump_gives_the_values(path):
    dumped = path.parent / "dump.txt"
    dumped.write_text("Site = Berlin\nModel = X\n\nnothing here\n", "utf-16")
    status, out, err = tslint_("trace", path, "--set-file", dumped)
    assert status == 0
    assert "runs    group Berlin" in out
    assert "1 lines hold no value" in err


def test_what_a_group_depends_on_is_not_told_again_of_the_steps_in_it(path):
    out = tslint_("trace", path)[1]
    assert out.count("depends on Site") == 1
    assert "depends on WMI" in out


def test_a_value_that_gather_may_set_can_be_given():
    steps = ({"gather": True, "name": "Gather"}, run("A", when="PHASE equals INSTALL"))
    result, by_name = outcomes(*steps)
    assert (by_name["A"].outcome, result.give) == ("depends", ("PHASE",))
    assert outcomes(*steps, given={"PHASE": "INSTALL"})[1]["A"].outcome == "runs"


def test_of_a_dump_only_what_the_task_sequence_asks_for_is_shown(path):
    dumped = path.parent / "dump.txt"
    dumped.write_text("Site = Berlin\nOSDComputerName = PC-77\n", "utf-8")
    out = tslint_("trace", path, "--set-file", dumped, "--set", "Mine=1")[1]
    assert "  Site = Berlin\n" in out
    assert "  Mine = 1\n" in out
    assert "PC-77" not in out
