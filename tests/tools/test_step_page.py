"""Each type of step has a page with all that the catalogue knows of it, and leads to its rules."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tools.step_page import overview, step_page, steps_section
from tools.step_reference import meanings, read_steps
from tools.step_rules import spoken_of
from tslint.catalogue.step_notation import SHORT_FORMS
from tslint.catalogue.table_files import read_codes
from tslint.rules.builtin import builtin_rules, builtin_tables
from tslint.rules.compile import CHECKOUT
from tslint.rules.example import settings_of

RULES_DIR = CHECKOUT / "rules"
STEPS = {step.type: step for step in read_steps(RULES_DIR)}
CODES = read_codes(RULES_DIR)
SPOKEN = {rule: spoken_of(rule, builtin_tables()) for rule in builtin_rules()}
BY_ID = {rule.id: spoken for rule, spoken in SPOKEN.items()}


def page(kind: str) -> str:
    return step_page(STEPS[kind], SPOKEN, CODES)


def test_a_page_tells_where_the_step_runs_and_what_the_console_calls_it():
    told = page("RequestStateStore")
    assert "| type in an export | `SMS_TaskSequence_RequestStateStoreAction` |" in told
    assert "| runs in | Windows PE and the full operating system |" in told
    assert "| in the editor | Add > User State |" in told
    assert "| cmdlets | `New-CMTSStepRequestStateStore`," in told


def test_a_setting_has_its_label_its_variable_what_it_takes_and_its_default():
    assert (
        "| `SMPRetryCount` | Number of retries | `OSDStateSMPRetryCount` | a number from 0 to 30 "
        "(the page of variables says 600) | `3` | "
    ) in page("RequestStateStore")


def test_an_argument_of_the_command_is_marked():
    told = page("RequestStateStore")
    assert "| `OSDStateRequestType` (*) | `capture` or `restore`; required |" in told
    assert "(*) No variable takes its place" in told
    assert "(*)" not in page("CaptureNetworkSettings")


def test_settings_that_are_many_alike_stand_once():
    assert page("PartitionDisk").count("`PartitionsNType`") == 1
    assert "| `PackageInfoNPackageId` |  | `OSDPackageNPackageId` |" in page("DownloadPackageContent")
    assert "`AppInfo1Name`" not in page("InstallApplication")


def test_what_is_known_by_name_only_is_named():
    assert "Found in exports as well: `ImageMemory`," in page("RunCommandLine")


def test_an_example_is_what_an_export_has():
    told = page("SubTasksequence")
    assert '<subtasksequence type="SMS_TaskSequence_SubTasksequence" name="Install Applications"' in told
    assert '<variable name="OSDSubTasksequencePackageID" property="TsPackageID">XYZ00020</variable>' in told


def test_codes_are_told_as_they_are_everywhere_and_for_the_step():
    found = dict(meanings(STEPS["PrestartCheck"], CODES))
    assert found == {"4316": "A resource that the operation needs does not exist. At least one check failed."}
    assert dict(meanings(STEPS["CaptureUserState"], CODES))["13"] == "The path of the log cannot be used."


def test_rules_stand_on_the_pages_of_the_steps_that_they_report_and_name():
    assert "| [TS101](../rules/TS101.md) | error | recommended |" in page("RequestStateStore")
    assert BY_ID["TS101"].reported == {"RequestStateStore"}
    assert "ReleaseStateStore" in BY_ID["TS101"].named
    assert "[TS101](../rules/TS101.md)" in page("ReleaseStateStore").partition("They look at it")[2]


def test_rules_by_a_part_of_the_type_by_where_steps_run_and_by_commands_find_their_steps():
    assert {"BDD_Gather", "BDD_Validate", "RunCommandLine"} <= BY_ID["TS724"].reported
    assert {"ApplyOperatingSystem", "PartitionDisk"} <= BY_ID["TS201"].reported
    assert "Reboot" not in BY_ID["TS201"].reported
    assert BY_ID["TS729"].reported == {"RunCommandLine", "RunPowerShellScript"}
    assert {"SetVariable", "SetDynamicVariables"} <= BY_ID["TS503"].reported


def test_a_rule_of_every_step_stands_in_the_overview_and_leads_to_none():
    tables = overview(tuple(STEPS.values()), SPOKEN)
    assert "[TS701](../rules/TS701.md)" in tables["rules of every step"]
    assert "TS101" not in tables["rules of every step"]
    assert steps_section(BY_ID["TS701"], STEPS.values()) == ""
    assert "[Request State Store](../steps/RequestStateStore.md)" in steps_section(
        BY_ID["TS101"], STEPS.values()
    )


def test_the_overview_has_each_step_once():
    told = overview(tuple(STEPS.values()), SPOKEN)["steps"]
    assert sorted(re.findall(r"\]\((\w+)\.md\)", told)) == sorted(STEPS)


@pytest.mark.parametrize("kind", sorted(STEPS))
def test_examples_have_only_settings_that_are_known(kind):
    given = STEPS[kind].documented.get("example", {})
    node = given if any(key in SHORT_FORMS for key in given) else {"step": kind, **given}
    facts = STEPS[kind].facts
    known = {*facts.get("settings", ()), *facts.get("further settings", ())}
    assert {name for name in settings_of(node) if name not in known} == set()


@pytest.mark.parametrize("kind", sorted(kind for kind in STEPS if not kind.startswith("BDD_")))
def test_variables_that_a_step_reads_are_not_those_of_its_settings(kind):
    step = STEPS[kind]
    assert step.documented.get("reads", {}).keys() & {one.variable for one in step.settings} == set()


@pytest.mark.parametrize(
    ("table", "old", "new", "problem"),
    [
        (
            "reference",
            "  settings:\n    RequestType:",
            "  settings:\n    Nothing:",
            "no settings of the catalogue",
        ),
        (
            "reference",
            'takes: true or false, about: "Whether the net',
            'takes: x, default: x, about: "Whether',
            "default",
        ),
        ("steps", "ConvertDisk:", "ConvertDisks:", "in one of steps.yaml and reference.yaml only"),
    ],
)
def test_tables_that_contradict_each_other_are_refused(table, old, new, problem, tmp_path):
    rules = tmp_path / "rules"
    shutil.copytree(
        RULES_DIR, rules, ignore=lambda folder, names: [n for n in names if Path(folder, n).is_dir()]
    )
    path = rules / f"{table}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=problem):
        read_steps(rules)


def test_every_source_is_a_place_on_one_of_microsofts_pages():
    data = yaml.safe_load((RULES_DIR / "reference.yaml").read_text("utf-8"))
    anchors = [about["anchor"] for about in data.values() if "anchor" in about]
    assert len(set(anchors)) == len(anchors) == 34
