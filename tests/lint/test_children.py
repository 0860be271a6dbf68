"""Child sequences of one export are judged where they are called."""

from tests.linting import RULES, findings_of, told

CHOSEN = [rule for rule in RULES if rule.id in ("TS101", "TS102", "TS103", "TS142")]
REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
CAPTURE = {"step": "CaptureUserState", "name": "Capture"}
RESTORE = {"step": "RestoreUserState", "name": "Restore"}


def found(*steps, **children):
    return findings_of({"sequence": steps, "children": children}, CHOSEN)


def document(finding):
    return str(finding.place.document.origin)


def call(package, **more):
    return {"child": package, "name": f"Call {package}", **more}


def test_a_request_here_is_released_in_a_child():
    assert found(REQUEST, call("CHI00001"), CHI00001=[RELEASE]) == []


def test_a_child_alone_that_nobody_calls_is_judged_by_itself():
    (finding,) = found(call("CHI00002"), CHI00001=[REQUEST], CHI00002=[])
    assert (finding.rule, finding.place.step) == ("TS101", "Request")
    assert "CHI00001" in document(finding)


def test_a_place_in_a_child_is_in_its_own_file_with_its_own_path_and_the_callers_numbers():
    (finding,) = found(
        {"group": "G", "steps": [call("CHI00001")]}, CHI00001=[{"group": "H", "steps": [REQUEST]}]
    )
    assert "CHI00001" in document(finding)
    assert (finding.place.step, finding.place.number) == ("H/Request", 3)


def test_a_capture_in_one_child_and_its_restore_in_another_are_one_story_in_two_files():
    (finding,) = found(call("CHI00001"), call("CHI00002"), CHI00001=[CAPTURE], CHI00002=[RESTORE])
    assert (finding.rule, finding.level, finding.place.step) == ("TS142", "warning", "Restore")
    assert "CHI00002" in document(finding)
    assert [note.text for note in finding.path] == ["Capture", "Restore"]
    assert "CHI00001" in str(finding.path[0].place.document.origin)
    assert ["CHI00001" in str(related.place.document.origin) for related in finding.related] == [True]


def test_a_child_that_two_sequences_call_is_told_of_once():
    (finding,) = found(
        call("CHI00001"), CHI00001=[{"group": "G", "steps": [REQUEST]}], OTHER001=[call("CHI00001")]
    )
    assert finding.place.step == "G/Request"


def test_a_child_that_one_caller_completes_is_told_of_for_the_other():
    (finding,) = found(call("CHI00001"), RELEASE, CHI00001=[REQUEST], OTHER001=[call("CHI00001")])
    assert finding.rule == "TS101"


def test_a_child_called_twice_is_told_of_once():
    assert [f.rule for f in found(call("CHI00001"), call("CHI00001"), CHI00001=[REQUEST])] == ["TS101"]


def test_a_condition_on_the_call_is_one_on_all_steps_of_the_child():
    (finding,) = found(REQUEST, call("CHI00001", when="A exists"), CHI00001=[RELEASE])
    assert (finding.rule, finding.level) == ("TS102", "warning")
    assert [note.text for note in finding.path if note.kind == "condition"] == ["A does not exist"]


def test_a_disabled_call_does_not_run_its_child_which_is_judged_by_itself():
    findings = found(REQUEST, call("CHI00001", disabled=True), CHI00001=[RELEASE])
    assert told(findings, "TS101") == [("error", "Request")]
    assert told(findings, "TS103") == [("warning", "Release")]


def test_a_child_that_is_not_in_the_export_may_put_it_right():
    (finding,) = found(REQUEST, call("CHI00001"))
    assert finding.level == "note"
    assert finding.doubt == "the task sequence that 'Call CHI00001' runs is not at hand"


def test_a_missing_child_before_a_fault_that_is_complete_after_it_excuses_nothing():
    assert told(found(call("CHI00001"), REQUEST), "TS101") == [("error", "Request")]


def test_a_missing_child_that_cannot_run_with_the_request_excuses_nothing():
    branches = [{**REQUEST, "when": "A exists"}, call("CHI00001", when="A notExists")]
    assert told(found(*branches), "TS101") == [("error", "Request")]


def test_a_child_that_calls_itself_ends():
    findings = found(call("CHI00001"), CHI00001=[REQUEST, RELEASE, call("CHI00001")])
    assert findings == []
