"""One run over files: findings once each, in words, and bounds that are told of."""

from tests.linting import RULES, findings_of, lint_steps, result_of, told
from tslint.rules.example import sequence_xml

TEN = ("TS101", "TS102", "TS103", "TS107", "TS108", "TS120", "TS124", "TS130", "TS142", "TS165")
CHOSEN = [rule for rule in RULES if rule.id in TEN]
REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}


def found(*steps, **more):
    return findings_of({"sequence": steps, **more}, CHOSEN)


def explanation(finding):
    return [(note.kind, note.text) for note in finding.path]


def test_the_story_tells_the_fewest_conditions_and_then_what_happens_in_order():
    (finding,) = found(
        {**REQUEST, "when": ["A equals x", {"any": ["B exists", "C exists", "A exists"]}]},
        {**RELEASE, "when": {"any": ["D exists", "A equals y"]}},
    )
    assert (finding.rule, finding.level) == ("TS102", "warning")
    kinds = [kind for kind, _ in explanation(finding)]
    assert kinds == ["condition", "condition", "runs", "skipped", "end"]
    assert {text for kind, text in explanation(finding) if kind == "condition"} == {
        "A equals 'x'",
        "D does not exist",
    }
    steps = [text for kind, text in explanation(finding) if kind in ("runs", "skipped")]
    assert steps == ["Request", "Release"]


def test_a_value_that_a_step_left_is_told_with_that_step():
    (finding,) = found(
        {"run": "x.exe", "OutputVariableName": "Out", "name": "Probe"},
        REQUEST,
        {**RELEASE, "when": "out equals 1"},
    )
    assert ("condition", "Out (as 'Probe' leaves it) does not equal '1'") in explanation(finding)


def test_a_finding_on_every_path_has_no_conditions_but_those_of_its_subject():
    (finding,) = found({**REQUEST, "when": "A exists"})
    assert [kind for kind, _ in explanation(finding)] == ["condition", "runs", "end"]


def test_a_fault_told_once_is_not_lost_behind_what_only_a_failure_brings_about():
    (finding,) = findings_of(
        {
            "sequence": [
                REQUEST,
                {"run": "size.exe", "continueOnError": True},
                {**RELEASE, "when": "_SMSTSLastActionSucceeded equals true"},
                {"run": "collect.exe", "name": "Collect logs"},  # in the session only where size.exe fails
                REQUEST,
                {"step": "CaptureUserState", "name": "Capture"},
                RELEASE,
            ]
        },
        [rule for rule in RULES if rule.id == "TS112"],
    )
    assert finding.place.step == "Capture"


def test_a_disabled_release_is_named():
    (finding,) = found(REQUEST, {**RELEASE, "disabled": True})
    assert [related.text for related in finding.related] == ["'Release' is disabled"]


def test_numbers_are_those_of_smsts_log_or_none():
    assert lint_steps({"group": "G", "steps": [REQUEST]})[0].place.number == 1
    (finding,) = found({"child": "ABC00001", "disabled": True}, REQUEST)
    assert finding.place.number is None


def test_a_lite_touch_sequence_is_not_judged_by_rules_for_the_other_engine():
    assert found(REQUEST) != []
    assert found(REQUEST, **{"lite-touch": True}) == []


def test_an_outer_guard_counts_for_all_below_it():
    branch = {"group": "G", "when": "A exists", "steps": [{"group": "H", "steps": [RELEASE]}]}
    assert told(found(REQUEST, branch), "TS102") == [("warning", "Request")]
    assert found({**REQUEST, "when": "A exists"}, branch) == []


def test_the_same_condition_after_its_variable_was_set_again_is_another():
    request, release = ({**one, "when": "A equals x"} for one in (REQUEST, RELEASE))
    assert found(request, release) == []
    assert told(found(request, {"set": "A", "to": "y"}, release), "TS101") == [("error", "Request")]
    assert told(found(request, {"set": "A", "to": "y", "when": "B exists"}, release), "TS102") == [
        ("warning", "Request")
    ]


def test_formulas_made_to_explode_leave_rules_undecided_and_the_run_ends():
    # each of 12 pigeons sits in one of 11 holes, and no two in one: it takes very long to see that none can
    holes, pigeons = range(11), range(12)
    sits = {"all": [{"any": [f"P{p}H{h} exists" for h in holes]} for p in pigeons]}
    alone = {
        "all": [
            {"any": [f"P{p}H{h} notExists", f"P{q}H{h} notExists"]}
            for h in holes
            for p in pigeons
            for q in range(p)
        ]
    }
    chosen = [rule for rule in CHOSEN if rule.id == "TS101"]
    result = result_of(sequence_xml([{**REQUEST, "when": [sits, alone]}]).encode(), chosen)
    assert [undecided.rule for undecided in result.undecided] == ["TS101"]


def test_conditions_nested_as_deep_as_a_file_may_are_read():
    condition = "A exists"
    for _ in range(200):
        condition = {"any": [condition]}
    assert found({**REQUEST, "when": condition}, {**RELEASE, "when": "A exists"}) == []
