"""The key `mend` of a rule file: what it takes, and what is wrong with it in words."""

from __future__ import annotations

import pytest

from tests.linting import TABLES
from tests.rule_text import RULE, with_pattern
from tslint.data_files.data_file_error import DataFileError
from tslint.lint.linter import Linter, Run
from tslint.mend.in_words import in_words
from tslint.mend.repair import Repairs
from tslint.rules.custom import load_rules
from tslint.rules.example import sequence_xml
from tslint.source.document import Origin
from tslint.source.walk import File


def load(tmp_path, mend, rule=RULE):
    (tmp_path / "no-restart.yaml").write_text(rule.replace("examples:", f"mend: {mend}\nexamples:"), "utf-8")
    (loaded,), _ = load_rules(str(tmp_path))
    return loaded


def mended(rule, *steps):
    data = sequence_xml(steps).encode()
    linter = Linter(Run([rule], TABLES, bytes, skip_unrecognized=False))
    findings = linter.on({"a.xml": data}).lint([File(Origin("a.xml"), "a.xml", named=True)]).findings
    repairs = Repairs(TABLES)
    return [in_words(repair.changes, repair.opened) for one in findings for repair in repairs.of(one)]


def test_a_rule_of_ones_own_mends_what_it_finds(tmp_path):
    rule = load(tmp_path, "{do: {disable: first}, safe: true}")
    assert mended(rule, {"restart": "HD"}) == [
        "On the Options tab of 'Restart Computer' tick \"Disable this step\"."
    ]


def test_the_first_mend_that_fits_is_the_first_that_is_offered(tmp_path):
    mends = "[{if: {first: {Target: WinPE}}, do: {remove: first}}, {do: {disable: first}}]"
    rule = load(tmp_path, mends)
    assert len(mended(rule, {"restart": "WinPE"})) == 2
    assert mended(rule, {"restart": "HD"}) == [
        "On the Options tab of 'Restart Computer' tick \"Disable this step\"."
    ]


def test_nothing_is_offered_behind_a_decision(tmp_path):
    rule = load(tmp_path, "[{decide: Whether it is needed.}, {do: {remove: first}}]")
    assert mended(rule, {"restart": "HD"}) == []


def test_find_names_steps_nearby(tmp_path):
    rule = load(
        tmp_path,
        "{find: {last: {last: {step: RunCommandLine}, after: first}}, do: {move: first, after: last}}",
    )
    steps = ({"restart": "HD"}, {"run": "a.exe", "name": "A"}, {"run": "b.exe", "name": "B"})
    assert mended(rule, *steps) == ["Move 'Restart Computer' after 'B' outside of all groups."]
    assert mended(rule, {"restart": "HD"}) == []


def test_a_clause_may_have_mends_of_its_own(tmp_path):
    own = "{never: {step: Reboot}, mend: {do: {remove: first}}}"
    clauses = f"clauses: [{own}, {{never: {{step: ApplyOperatingSystem}}}}]"
    rule = load(tmp_path, "{do: {disable: first}}", with_pattern(clauses))
    assert mended(rule, {"restart": "HD"}) == ["Remove 'Restart Computer'."]
    (said,) = mended(rule, {"step": "ApplyOperatingSystem"})
    assert "Disable this step" in said


@pytest.mark.parametrize(
    ("mend", "told"),
    [
        ("{do: {remove: second}}", "the mend names 'second', which this rule does not offer"),
        ("{do: {remove: frist}}", "did you mean 'first'"),
        ("{safe: true}", "a mend has either 'do' or 'decide'"),
        ("{do: {remove: first}, decide: What.}", "a mend has either 'do' or 'decide'"),
        ("{do: {remove: first, after: first}}", "this is no edit"),
        ("{do: {insert: {step: Reboot}}}", "this is no edit"),
        ("{do: {insert: {step: Reboot}, after: first, before: first}}", "this is no edit"),
        ("{do: {insert: {step: Rebot}, after: first}}", "did you mean 'Reboot'"),
        ("{do: {insert: {group: G, steps: [{restart: HD}]}, after: first}}", "a group cannot be inserted"),
        ("{do: {set: {Taget: HD}, of: first}}", "did you mean 'Target'"),
        ("{do: {assign: x, to: OSDStateStorePaht, in: first}}", "did you mean 'OSDStateStorePath'"),
        ("{do: {delete: first}}", "unknown key 'delete'"),
        ("{do: {options: {startIn: x}, of: first}}", "unknown key 'startIn'"),
        ("{do: {rewrite: ComandLine, as: x, of: first}}", "did you mean 'CommandLine'"),
        ("{do: {replace: a, with: b, within: Paramters, of: first}}", "did you mean 'Parameters'"),
        ("{do: {drop: /a, from: ComandLine, of: first}}", "did you mean 'CommandLine'"),
        ("{do: {rewrite: CommandLine, of: first}}", "this is no edit"),
        ("{do: {move: first, keeping conditions: true}}", "this is no edit"),
        ("{find: {x: {last: {step: Rebot}}}, do: {remove: x}}", "did you mean 'Reboot'"),
        ("[]", "mend"),
    ],
)
def test_what_is_wrong_with_a_mend_is_told_with_its_line(tmp_path, mend, told):
    with pytest.raises(DataFileError) as error:
        load(tmp_path, mend)
    lines = "\n".join(error.value.lines)
    assert told in lines
    assert "no-restart.yaml:13:" in lines
