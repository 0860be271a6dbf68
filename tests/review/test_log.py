"""``tslint trace --log``: what ran, by all forms of smsts.log, beside a sequence edited since."""

import io
import itertools
import json
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.flow.flows import line_of
from tests.linting import TABLES
from tests.review.logs import Said, forms, log_of, start, written
from tests.review.reviewing import tslint_
from tslint.report.review.anonymous import anonymous
from tslint.review.log_events import MAX_EVENTS, ran
from tslint.review.log_records import MAX_OPEN, in_order, records
from tslint.review.log_trace import code_text, log_trace
from tslint.rules.builtin import builtin_codes
from tslint.rules.example import sequence_xml

ROOT = Path(__file__).parents[2]


def run(name, **more):
    return {"run": f"{name.lower().replace(' ', '-')}.exe", "name": name, **more}


def group(name, *steps, **more):
    return {"group": name, "steps": list(steps), **more}


STEPS = (
    group(
        "Prepare (all)",
        run("Gather"),
        run("Next Phase"),
        group("Old. Instruction pointer: 7", run("Never"), disabled=True),
    ),
    group("Apps", run("Install Office"), run("Next Phase"), continueOnError=True),
    group("Laptop", run("Dock"), when="IsLaptop equals True"),
    run("Note 'x'.  Pointer: 3. Type", when="Site equals Berlin"),
    run("Next Phase"),
)
LINE = line_of(*STEPS)
LOG = log_of(LINE, skipped=["Laptop"], failing={"Install Office": 0x80070005}, restart="Gather")


def read(data):
    return ran(records(io.BytesIO(data)))


def told(data):
    return [(one.pointer, one.name, one.kind, one.outcome, one.reason, one.code) for one in read(data).events]


WHOLE = told(LOG.encode())
EXPECTED = [
    (0, "Prepare (all)", "group", "success"),
    (1, "Gather", "step", "success"),
    (2, "Next Phase", "step", "success"),
    (3, "Old. Instruction pointer: 7", "group", "skipped"),
    (6, "Prepare (all)", "end", "success"),
    (7, "Apps", "group", "success"),
    (8, "Install Office", "step", "failed"),
    (9, "Next Phase", "step", "success"),
    (10, "Apps", "end", "success"),
    (11, "Laptop", "group", "skipped"),
    (14, "Note 'x'.  Pointer: 3. Type", "step", "success"),
    (15, "Next Phase", "step", "success"),
]


def test_each_instruction_has_its_number_and_outcome():
    assert [one[:4] for one in WHOLE] == EXPECTED
    assert [one[4] for one in WHOLE if one[3] == "skipped"] == ["disabled", "condition"]
    assert [one[5] for one in WHOLE if one[3] == "failed"] == [0x80070005]
    assert read(LOG.encode()).result == "success"


def test_the_newer_start_line_says_the_same():
    assert [
        one[:4]
        for one in told(log_of(LINE, new=True, skipped=["Laptop"], failing={"Install Office": 5}).encode())
    ] == EXPECTED


def test_a_group_that_does_not_end_in_the_log_is_unfinished():
    said = [start("G", 0), Said("The group (G) has been successfully started"), start("A", 1)]
    assert [one[3] for one in told(written(said).encode())] == ["unfinished", "unfinished"]


def test_a_group_that_fails_is_told_as_failed():
    said = [
        start("G", 0),
        Said("The group (G) has been successfully started"),
        start("A", 1),
        Said("Failed to run the action: A. Error 1"),
        Said(
            "The execution of the group (G) has failed and the execution has been aborted. An action failed."
        ),
    ]
    assert [one[2:4] for one in told(written(said).encode())] == [("group", "failed"), ("step", "failed")]


def test_a_restart_that_a_step_asks_for_is_told():
    said = [
        start("Restart", 0),
        Said("Process completed with exit code 0"),
        Said("Successfully completed the action (Restart) with the exit win32 code 0"),
        Said("The action (Restart) initiated a reboot request"),
        Said("Execution engine result code: Reboot (2)"),
    ]
    found = read(written(said).encode())
    assert (found.events[0].restart_asked, found.events[0].outcome, found.result) == (
        True,
        "success",
        "restart",
    )


def test_a_step_that_is_begun_again_after_a_restart_is_one_step():
    (gather,) = [one for one in read(LOG.encode()).events if one.name == "Gather"]
    assert (gather.restarts, gather.outcome) == (1, "success")


@pytest.mark.parametrize("form", [name for name, _ in forms("")])
def test_every_form_of_a_log_tells_the_same(form):
    assert told(dict(forms(LOG))[form]) == WHOLE


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_a_log_that_ends_early_tells_the_same_as_far_as_it_goes(part):
    found = told(LOG[: int(len(LOG) * part)].encode())
    assert len(found) > 1
    assert [one[:2] for one in found] == [one[:2] for one in WHOLE[: len(found)]]
    others = [one for one, whole in zip(found, WHOLE, strict=False) if one != whole]
    # the step that the log ends in, and the groups around it
    assert {one[3] for one in others} <= {"unfinished"}
    assert [one[2] for one in others if one != found[-1]] == ["group"] * sum(
        one != found[-1] for one in others
    )


def test_a_log_that_begins_late_tells_the_same_from_there_on():
    found = told(LOG[LOG.index("Instruction name: Apps") - 60 :].encode())
    assert found == WHOLE[WHOLE.index(next(one for one in WHOLE if one[1] == "Apps")) :]


def test_rolled_over_files_are_put_in_order_by_their_time():
    cuts = [
        0,
        LOG.index("<![LOG[Start executing the command line: smsswd.exe /run: install"),
        LOG.index("<![LOG[The group (Laptop"),
        len(LOG),
    ]
    parts = [LOG[a:b].encode() for a, b in itertools.pairwise(cuts)]
    found = ran(in_order([io.BytesIO(parts[number]) for number in (2, 0, 1)]))
    assert [one.name for one in found.events] == [one[1] for one in WHOLE]


def test_a_copy_of_a_part_counts_once():
    part = LOG[: LOG.index("<![LOG[Start executing the command line: smsswd.exe /run: install")]
    found = ran(in_order([io.BytesIO(part.encode()), io.BytesIO(LOG.encode())]))
    assert [(one.pointer, one.outcome) for one in found.events] == [(one[0], one[3]) for one in WHOLE]


def test_of_several_runs_in_a_log_the_last_one_is_told():
    later = LOG.replace("11-05-2025", "11-06-2025")
    found = read((LOG + later).encode())
    assert (len(found.events), found.earlier) == (len(WHOLE), 1)


# ---- who is believed


def test_what_scripts_print_is_no_evidence():
    said = [
        start("Real", 0),
        Said("Failed to run the action: Real. Error 1", "RunPowerShellScript"),
        Said(start("Echoed", 1).message, "InstallSoftware"),
        Said("text\r\n<![LOG[" + start("Nested", 2).message, "RunPowerShellScript"),
        Said("Successfully completed the action (Real) with the exit win32 code 0"),
    ]
    assert told(written(said).encode()) == [(0, "Real", "step", "success", "", 0)]


def test_a_record_without_its_begin_is_no_evidence():
    text = written([Said("x", "RunPowerShellScript"), start("A", 0)]).replace("<![LOG[Start", "Start")
    assert told(text.encode()) == []


def test_lines_of_nobody_are_told_as_such():
    text = "Failed to run the action: Apply Windows PE.\nNot found (Error: 80041002; Source: WMI)\n"
    found = read(text.encode())
    assert [(one.name, one.code, one.said) for one in found.events] == [
        ("Apply Windows PE", 0x80041002, "Not found")
    ]
    assert found.unnamed


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Failed to run the action: A. Error -2147024894", 0x80070002),
        ("Failed to run the action: A. Error 9", 9),
        (
            "Failed to run the action: A. Check the log.\nAccess (x) (Error: 80070005; Source: Windows)",
            0x80070005,
        ),
        ("Failed to run the action: A. ", 1603),
    ],
)
def test_both_forms_of_a_failure_give_its_code(message, code):
    said = [start("A", 0), Said("Process completed with exit code 1603"), Said(message)]
    (event,) = read(written(said[:1] + said[2:] if code != 1603 else said).encode()).events
    assert (event.outcome, event.code) == ("failed", code)


# ---- beside a sequence


def traced(log, *steps, findings=()):
    return log_trace([line_of(*steps)], read(log.encode()), findings, TABLES, builtin_codes())


def steps_in(trace):
    return [(one.pointer, one.step) for one in trace.events]


def test_a_log_of_the_very_sequence_fits_whole():
    trace = traced(LOG, *STEPS)
    assert (trace.match.matched, trace.match.starts, trace.match.shifts) == (12, 12, ())
    assert steps_in(trace)[6] == (9, "Apps/Next Phase")
    assert [one.why for one in trace.events if one.name == "Laptop"] == [("IsLaptop equals 'True'",)]


def test_after_an_insertion_and_a_removal_every_step_is_found():
    prepare = {**STEPS[0], "steps": [run("New"), run("Newer"), *STEPS[0]["steps"]]}
    apps = {**STEPS[1], "steps": STEPS[1]["steps"][:1]}
    trace = traced(LOG, prepare, apps, *STEPS[2:])
    assert steps_in(trace) == [
        (0, "Prepare (all)"),
        (1, "Prepare (all)/Gather"),
        (2, "Prepare (all)/Next Phase"),
        (3, "Prepare (all)/Old. Instruction pointer: 7"),
        (7, "Apps"),
        (8, "Apps/Install Office"),
        (9, None),
        (11, "Laptop"),
        (14, "Note 'x'.  Pointer: 3. Type"),
        (15, "Next Phase"),
    ]
    assert [(one.number, one.by) for one in trace.match.shifts] == [(1, 2), (10, 1)]
    assert trace.match.missing == ("Next Phase",)


def test_a_step_that_was_renamed_since_is_found_by_what_it_does():
    apps = {**STEPS[1], "steps": [{**run("Install Office"), "name": "Office 365"}, STEPS[1]["steps"][1]]}
    trace = traced(LOG, STEPS[0], apps, *STEPS[2:])
    assert trace.match.renamed == (("Install Office", "Office 365"),)
    assert (8, "Apps/Office 365") in steps_in(trace)


def test_a_name_alone_is_not_taken_for_a_renamed_step():
    trace = traced(written([start("Install Application", 1)]), *STEPS)
    assert (trace.match.renamed, trace.match.missing) == ((), ("Install Application",))


def test_a_verdict_without_a_start_line_makes_an_event():
    found = read(written([Said("The action (Setup Windows) initiated a reboot request")]).encode())
    assert [(one.pointer, one.name, one.restart_asked) for one in found.events] == [
        (None, "Setup Windows", True)
    ]


def test_a_log_of_another_sequence_is_told_as_such(tmp_path):
    (tmp_path / "s.xml").write_text(sequence_xml([run("Else"), run("Other")]), "utf-8")
    (tmp_path / "smsts.log").write_text(LOG, "utf-8")
    out = tslint_("trace", "--isolated", tmp_path / "s.xml", "--log", tmp_path / "smsts.log")[1]
    assert "0 of 12 instructions in the log are in the task sequence" in out
    assert "another task sequence" in out


def test_the_last_failure_is_first_with_what_swallowed_it():
    log = log_of(LINE, failing={"Gather": 5, "Install Office": 0x80070005})
    trace = traced(log, *STEPS)
    assert [(one.event.name, one.swallowed) for one in trace.failures] == [
        ("Install Office", "Apps"),
        ("Gather", ""),
    ]
    assert trace.failures[0].event.code.text == "Access is denied."


def test_findings_of_a_failed_step_and_of_what_sets_its_variables_are_told(tmp_path):
    steps = [
        {"set": "AdminPassword", "to": "Tr0ub4dor", "name": "Set"},
        run("Use", run="tool.exe %AdminPassword%"),
        {"set": "OtherPassword", "to": "Tr0ub4dor", "name": "Other"},
    ]
    steps[1]["run"] = "tool.exe %AdminPassword%"
    (tmp_path / "s.xml").write_text(sequence_xml(steps), "utf-8")
    (tmp_path / "smsts.log").write_text(log_of(line_of(*steps), failing={"Use": 5}), "utf-8")
    arguments = (
        "trace",
        "--isolated",
        tmp_path / "s.xml",
        "--log",
        tmp_path / "smsts.log",
        "--format",
        "json",
    )
    (failure,) = json.loads(tslint_(*arguments)[1])["failures"]
    assert {one["step"] for one in failure["findings"]} >= {"Set"}
    assert "Other" not in {one["step"] for one in failure["findings"]}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "success"),
        (0x80070005, "Access is denied."),
        (5, "as a code of Windows: Access is denied."),
        (1603, "A fatal error occurred during the installation."),
        (0x80070BC2, "A restart is needed to finish."),
        (0x80041002, "WMI could not find the object."),
        (0x12345678, ""),
    ],
)
def test_codes_are_told_in_words_where_the_table_has_them(number, text):
    assert code_text(number, builtin_codes()) == text


# ---- what is not shown, and what it may cost


@pytest.mark.parametrize(
    "secret",
    [
        r"\\fileserver\share$\x",
        "10.20.30.40",
        "00:15:5D:01:02:03",
        "{457f3280-9fd6-45a9-a888-4c5bf7c383fb}",
        r"CONTOSO\svc-osd",
        "admin@contoso.example",
        "AAAAA-BBBBB-CCCCC-DDDDD-11111",
        "PS100A1B",
        "MININT-AB12CD3",
    ],
)
def test_what_tells_whose_network_it_is_is_masked(secret):
    assert anonymous(f"Copy from {secret} now") == "Copy from *** now"


def test_long_names_in_a_log_take_time_in_proportion():
    begun = time.process_time()
    anonymous("a" * 200_000)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "plain", ["Windows 11 24H2", "Version 10.0.26100", "C:\\Windows\\Temp", "50% done", "Install 7-Zip 24.09"]
)
def test_plain_names_are_shown(plain):
    assert anonymous(plain) == plain


def test_names_of_the_log_are_masked_unless_they_are_those_of_the_sequence(tmp_path):
    (tmp_path / "s.xml").write_text(sequence_xml([run("Copy to 10.0.0.1"), run("B")]), "utf-8")
    log = written([start("Copy to 10.0.0.1", 0), start("Gone 10.0.0.2 password: Tr0ub4dor", 5)])
    (tmp_path / "smsts.log").write_text(log, "utf-8")
    arguments = ("trace", "--isolated", tmp_path / "s.xml", "--log", tmp_path / "smsts.log")
    out = tslint_(*arguments)[1]
    assert "Copy to 10.0.0.1" in out
    assert "10.0.0.2" not in out
    shown = tslint_(*arguments, "--identities")[1]
    assert "10.0.0.2" in shown
    assert "Tr0ub4dor" not in out + shown


class Endless(io.RawIOBase):
    """A file of so many bytes that does not exist as a whole."""

    def __init__(self, block: bytes, size: int) -> None:
        self._block, self._left = block, size

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self._left)
        self._left -= taken
        return (self._block * (taken // len(self._block) + 1))[:taken]


@pytest.mark.slow
@pytest.mark.seconds(120)
@pytest.mark.parametrize(
    "block",
    [
        written([Said("x" * 100, "RunPowerShellScript"), start("A", 1)]).encode(),
        b"<![LOG[",
        b"\t" * 60_000 + b"\n",
        b"Failed to run the action: " * 2_000 + b"\n",
        b"x",
        b'<![LOG[]LOG]!><time="',
    ],
    ids=range(6),
)
def test_a_hundred_megabytes_take_no_more_memory_than_one(block):
    import tracemalloc

    tracemalloc.start()
    try:
        ran(records(Endless(block, 20_000_000)))
        assert tracemalloc.get_traced_memory()[1] < 20 * MAX_OPEN
    finally:
        tracemalloc.stop()
    ran(records(Endless(block, 100_000_000)))


def test_more_instructions_than_any_run_has_are_not_kept():
    said = [start("A", number) for number in range(3)]
    record = written(said[:1])
    text = "".join(record.replace("pointer: 0", f"pointer: {n}") for n in range(MAX_EVENTS + 10))
    found = read(text.encode())
    assert (len(found.events), found.forgotten, found.starts) == (MAX_EVENTS, 10, MAX_EVENTS + 10)


# ---- the command


@pytest.fixture
def files(tmp_path):
    (tmp_path / "s.xml").write_text(sequence_xml(STEPS), "utf-8")
    (tmp_path / "smsts.log").write_text(LOG, "utf-8")
    return tmp_path / "s.xml", tmp_path / "smsts.log"


def test_json_follows_its_schema(files):
    path, log = files
    status, out, _ = tslint_("trace", "--isolated", path, "--log", log, "--format", "json")
    schema = json.loads((ROOT / "schemas/trace.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert (status, list(Draft202012Validator(schema).iter_errors(json.loads(out)))) == (0, [])


def test_the_text_tells_the_last_failure_and_a_line_an_instruction(files):
    path, log = files
    status, out, err = tslint_("trace", "--isolated", "--no-findings", path, "--log", log)
    assert (status, err) == (0, "")
    assert "   8  Apps/Install Office  0x80070005 (2147942405): Access is denied.\n" in out
    assert "        'Apps' continues on error\n" in out
    assert "  11  skipped    group Laptop\n" in out
    assert "its condition is false: IsLaptop equals 'True'" in out
    assert "begun 2 times, around a restart" in out


def test_a_folder_of_logs_is_read(files, tmp_path):
    path, log = files
    (tmp_path / "logs").mkdir()
    half = LOG.index("<![LOG[The group (Laptop")
    (tmp_path / "logs" / "smsts-20251105-100000.log").write_text(LOG[:half], "utf-8")
    (tmp_path / "logs" / "smsts.log").write_text(LOG[half:], "utf-8")
    by_file = tslint_("trace", "--isolated", path, "--log", log)[1]
    assert tslint_("trace", "--isolated", path, "--log", tmp_path / "logs")[1] == by_file


def test_a_file_in_which_the_engine_says_nothing_is_2(files, tmp_path):
    (tmp_path / "other.log").write_text(written([Said("Hello", "ccmsetup")]), "utf-8")
    status, out, err = tslint_("trace", "--isolated", files[0], "--log", tmp_path / "other.log")
    assert (status, out) == (2, "")
    assert "other.log" in err
