"""The proof of every mend: made on each example that its rule reports, it leads to a file that is better."""

from __future__ import annotations

import contextlib

import pytest

from tests.linting import RULES, TABLES
from tests.mend import powershell, shape
from tests.mend.proof import fixed, lint, proof
from tslint.mend.cannot import CannotMendError
from tslint.mend.changes import NewStep
from tslint.mend.in_powershell import InPowerShell
from tslint.mend.in_words import in_words
from tslint.mend.repair import Repairs, decision
from tslint.rules.builtin import builtin_pages
from tslint.rules.example import object_xml, sequence_xml
from tslint.rules.mends import mends_of

PAGES = builtin_pages()
MENDING = [rule for rule in RULES if any(mend.edits for mends in mends_of(rule) for mend in mends)]


def examples(rule):
    """The sequences that a rule reports. Those with children are exports, and no one file."""
    for example in PAGES[rule.id]["examples"]["reported"]:
        if "sequence" in example and not any(example.get(key) for key in ("children", "package", "packages")):
            yield sequence_xml(example["sequence"], lite_touch=bool(example.get("lite-touch")))


def proved(rule):
    """Each example's text, each finding of the rule in it, and the proof of its mend."""
    for text in examples(rule):
        before, repairs = lint(text.encode()), Repairs(TABLES)
        for finding in before:
            if finding.rule == rule.id:
                yield text, finding, proof(finding, before, repairs)


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.id)
def test_a_mend_does_away_with_its_finding_and_brings_no_other(rule):
    made = 0
    for _, finding, one in proved(rule):
        assert not one.wrong or (one.repair is None and decision(finding)), one.wrong
        made += one.repair is not None
    assert made


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.id)
def test_a_mended_file_is_what_the_console_writes_and_only_the_meant_steps_have_changed(rule):
    for before, _, one in proved(rule):
        if one.repair is not None:
            assert shape.faults(before, one.text) == []
            changes = [change for change in one.repair.changes if not isinstance(change, NewStep)]
            named = {change.step.name for change in changes}
            assert shape.untouched(before, one.text, named) == []


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.id)
def test_the_powershell_of_a_mend_is_what_the_reference_of_the_cmdlets_allows(rule):
    for _, _, one in proved(rule):
        if one.repair is not None:
            writer = InPowerShell(one.repair.opened, "'Refresh'")
            with contextlib.suppress(CannotMendError):
                assert powershell.faults("\n".join(writer.statements(one.repair.changes))) == []


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.id)
def test_a_mended_example_is_not_changed_again(rule):
    for text in examples(rule):
        once = fixed(text.encode())
        assert fixed(once) == once


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.id)
def test_the_words_of_a_mend_are_sentences(rule):
    for _, _, one in proved(rule):
        if one.repair is not None:
            words = in_words(one.repair.changes, one.repair.opened)
            assert words[0].isupper()
            assert words.endswith(".")


def test_enough_rules_have_a_mend_that_tslint_can_make():
    assert len(MENDING) >= 110


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.is_fault], ids=lambda rule: rule.id)
def test_each_clause_of_a_rule_has_a_mend_or_a_decision(rule):
    mends = mends_of(rule)
    assert mends
    assert all(mends)


def test_a_step_in_a_group_is_added_with_the_cmdlet_for_groups():
    steps = [
        {"step": "RequestStateStore", "RequestType": "capture"},
        {"step": "CaptureUserState", "UsmtPackageID": "CM100001"},
    ]
    text = object_xml(sequence_xml([{"group": "Save", "steps": steps}]), "CM100002", "Refresh")
    before = lint(text.encode())
    repair = next(Repairs(TABLES).of(next(one for one in before if one.rule == "TS104")))
    (statement,) = InPowerShell(repair.opened, "'Refresh'").statements(repair.changes)
    assert statement == (
        "Set-CMTaskSequenceGroup -TaskSequenceName 'Refresh' -StepName 'Save' -AddStep "
        "(New-CMTSStepReleaseStateStore -Name 'Release State Store') -InsertStepStartIndex 2"
    )
