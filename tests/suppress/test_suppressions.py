"""What comments, descriptions and configuration suppress, and what is said of those that do nothing."""

import pytest

from tests.linting import RULES, TABLES
from tslint.lint.run import lint
from tslint.report.located import located
from tslint.report.mask import Mask
from tslint.rules.example import object_xml
from tslint.suppress.apply import apply
from tslint.suppress.configuration import Configuration

STEP = '<step type="SMS_TaskSequence_RequestStateStoreAction" name="{0}" description="{1}">{2}</step>'
TYPE = '<action/><defaultVarList><variable property="RequestType">capture</variable></defaultVarList>'
ALL = {rule.id: rule for rule in RULES}
# one rule of the reports, and those about suppressions
RAN = ("TS101", "TS005", "TS006")


def step(name="Request", description=""):
    return STEP.format(name, description, TYPE)


def sequence(*parts):
    return f'<sequence version="3.10">{"".join(parts)}</sequence>'


def group(*parts, description=""):
    return f'<group name="G" description="{description}">{"".join(parts)}</group>'


def comment(text="ignore[TS101] why"):
    return f"<!-- tslint: {text} -->"


def governed(text, ran=RAN, configuration=None, name="a.xml", whole=True):
    """Steps of TS101 that count, reasons of those that do not, and what is said of the suppressions."""
    rules = {one: ALL[one] for one in ran}
    result = lint(["-"], list(rules.values()), TABLES, stdin_name=name, read_stdin=text.encode)
    assert not result.crashes
    found = apply(result, RULES, rules, configuration, whole=whole)
    counted = [one.place.step for one in found.counted if one.rule == "TS101"]
    own = [f"{one.rule}: {one.message}" for one in found.counted if one.rule in ("TS005", "TS006")]
    return counted, [one.suppressed.reason for one in found.suppressed], own


OTHER = step("Other")


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (sequence(OTHER, comment(), step()), ["Other"]),
        (sequence(OTHER, comment(), "\n<!-- more -->\n", step()), ["Other"]),
        (sequence(OTHER, "<!-- a note; tslint: ignore[TS101] why -->", step()), ["Other"]),
        (sequence(OTHER, comment(), group(step())), ["Other"]),
        (sequence(OTHER, group(comment(), step())), ["Other"]),
        (sequence(comment(), OTHER, step()), []),
        (comment() + sequence(OTHER, step()), []),
        (f"<?xml version='1.0'?>\n{comment()}\n<!-- x -->" + sequence(OTHER, step()), []),
        (sequence(OTHER, step(description="Opens it. tslint: ignore[TS101] why")), ["Other"]),
        (sequence(OTHER, group(step(), description="tslint:ignore [ts101]: why")), ["Other"]),
        (sequence(OTHER, comment("ignore[request-state-store-without-release] why"), step()), ["Other"]),
        (sequence(OTHER, comment("ignore[TS2, ts10 TS3] why"), step()), ["Other"]),
        (object_xml(sequence(OTHER, comment(), step()), "PS100001"), ["Other"]),
        (object_xml(comment() + sequence(OTHER, step()), "PS100001"), []),
    ],
)
def test_a_suppression_covers_its_step_its_group_or_the_sequence(text, counted):
    found, reasons, _ = governed(text, ran=("TS101",))
    assert found == counted
    assert set(reasons) == {"why"}
    assert len(found) + len(reasons) == 2


@pytest.mark.parametrize(
    "text",
    [
        sequence(OTHER, comment("ignore[TS102] why"), step()),
        sequence(comment().replace("tslint", "lint"), OTHER, step()),
        sequence(OTHER, step("Request", "tslint: ignore[TS108] why")),
        sequence(OTHER, step(), comment()),
        sequence(OTHER, comment(), "<group name='empty'/>", step()),
        sequence(OTHER, step()) + comment(),
        f"<SmsTaskSequencePackage>{comment()}<X/>{sequence(OTHER, step())}</SmsTaskSequencePackage>",
    ],
)
def test_a_suppression_covers_nothing_else(text):
    assert governed(text, ran=("TS101",))[:2] == (["Other", "Request"], [])


def test_the_innermost_suppression_gives_the_reason():
    text = sequence(comment("ignore[TS101] outer"), group(comment("ignore[TS101] inner"), step()))
    assert governed(text) == ([], ["inner"], [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            sequence(comment("ignore[TS101] why"), "<group name='empty'/>"),
            "TS005: The suppression of 'TS101' matches no finding.",
        ),
        (
            sequence(OTHER.replace("Request", "Release"), comment("ignore TS101"), step()),
            "TS005: 'tslint: ignore TS101' is no suppression; write tslint: ignore[RULE] and the reason.",
        ),
        (
            sequence(comment("ignore[] why"), "<group name='empty'/>"),
            "TS005: 'tslint: ignore[] why' is no suppression; write tslint: ignore[RULE] and the reason.",
        ),
        (
            sequence("<group name='empty'/>", comment()),
            "TS005: This suppression stands before no step or group, so that it covers nothing.",
        ),
        (
            sequence(comment("ignore[user-stat] why"), "<group name='empty'/>"),
            "TS005: The suppression names 'user-stat', which is no rule (did you mean user-state?).",
        ),
        (sequence(comment("ignore[TS101]"), step()), "TS006: The suppression of 'TS101' gives no reason."),
    ],
)
def test_a_suppression_that_is_wrong_is_itself_reported(text, told):
    _, _, own = governed(text)
    assert own == [told]


def test_only_the_words_that_match_nothing_are_told():
    text = sequence(comment("ignore[TS101,TS108,TS102] why"), step())
    assert governed(text, ran=(*RAN, "TS108"))[2] == ["TS005: The suppression of 'TS108' matches no finding."]


@pytest.mark.parametrize(("word", "ran"), [("TS108", RAN), ("TS1", RAN), ("TS101", ("TS101", "TS006"))])
def test_of_rules_that_did_not_run_nothing_is_said(word, ran):
    assert governed(sequence(comment(f"ignore[{word}] why"), "<group name='empty'/>"), ran=ran)[2] == []


def test_it_is_reported_where_it_stands():
    text = sequence("\n", comment("ignore[TS101] why"), "\n", "<group name='é' description='tslint: x'/>")
    for outer in (text, object_xml(text, "PS100001")):
        rules = [ALL["TS005"], ALL["TS101"]]
        result = lint(["-"], rules, TABLES, stdin_name="a.xml", read_stdin=outer.encode)
        found = apply(result, RULES, {rule.id: rule for rule in rules}, None, whole=False)
        spots = [one.spot for one in located(found.counted, Mask())]
        assert [outer[spot.start : spot.end] for spot in spots] == [
            "<!-- tslint: ignore[TS101] why -->",
            "description='tslint: x'",
        ]
        assert [spot.step for spot in spots] == ["", "é"]


@pytest.mark.parametrize(
    ("entry", "counted"),
    [
        ("per-file-ignores: [{files: a.xml, rules: [TS101], reason: why}]", []),
        ("per-file-ignores: [{files: '*', rules: [user-state], reason: why}]", []),
        ("per-file-ignores: [{files: b.xml, rules: [TS101], reason: why}]", ["Other", "G/Request"]),
        ("per-step-ignores: [{step: g, rules: [TS1], reason: why}]", ["Other"]),
        ("per-step-ignores: [{step: '**/REQUEST', rules: [TS1], reason: why}]", ["Other"]),
        (
            "per-step-ignores: [{step: 'g/*', files: b.xml, rules: [TS1], reason: why}]",
            ["Other", "G/Request"],
        ),
    ],
)
def test_configuration_suppresses_by_file_and_step(entry, counted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".tslint.yaml").write_text(entry, "utf-8")
    text = sequence(OTHER, group(step()))
    found, reasons, own = governed(text, configuration=Configuration(".tslint.yaml"), ran=RAN)
    assert found == counted
    assert reasons == ["why"] * (2 - len(counted))
    idle = bool(len(counted) == 2 and "TS101" in entry)  # a prefix stands for rules that did not run
    assert own == ["TS005: The suppression of 'TS101' matches no finding."] * idle


@pytest.mark.parametrize("whole", [True, False])
def test_an_entry_is_called_unused_only_when_everything_was_linted(whole, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".tslint.yaml").write_text("per-file-ignores: [{files: b.xml, rules: [TS101]}]", "utf-8")
    _, _, own = governed(sequence(step()), configuration=Configuration(".tslint.yaml"), whole=whole)
    reason = "TS006: The suppression of 'TS101' gives no reason."
    assert own == (["TS005: The suppression of 'TS101' matches no finding."] if whole else []) + [reason]


def test_findings_about_suppressions_can_be_suppressed_too():
    text = sequence(comment("ignore[TS005] they come back"), group(description="tslint: ignore[TS101] why"))
    assert governed(text) == ([], ["they come back"], [])


@pytest.mark.seconds(20)
@pytest.mark.parametrize("token", ["tslint: ignore[", "tslint: ignore[TS005]", "tslint: ignore[TS108] x "])
def test_very_many_tokens_take_no_time(token):
    text = sequence("<group name='empty'/>", "<!-- ", token * 20_000, " -->", step())
    assert governed(text, ran=(*RAN, "TS108"))[0] == ["Request"]
