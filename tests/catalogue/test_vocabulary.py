"""The words of a rule and its examples are those of the catalogue, or declared beside the rule."""

import re

import pytest

from tests.rule_text import NEVER, RULE, command
from tslint.catalogue.table_files import read_tables
from tslint.data_files.data_file_error import DataFileError
from tslint.rules.builtin import builtin_vocabulary
from tslint.rules.compile import CHECKOUT

TOLD = "declare it in catalogue.yaml beside the rules"


def checked(folder, text, catalogue=""):
    (folder / "r.yaml").write_text(text, "utf-8")
    if catalogue:
        (folder / "catalogue.yaml").write_text(catalogue, "utf-8")
    return command("--check-rules", str(folder / "r.yaml"))[1]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("never: {step: Rebot}", ":10:15: there is no type of step 'Rebot'; did you mean 'Reboot'?"),
        ("never: {step: {not: Rebot}}", "there is no type of step 'Rebot'; did you mean 'Reboot'?"),
        ("never: [{is: captures-user-state, step: [Rebot]}]", "there is no type of step 'Rebot'"),
        ("never: {step: Contoso}", f"there is no type of step 'Contoso'; {TOLD}"),
        ("never: {step: Reboot, Taget: HD}", "Reboot has no setting 'Taget'; did you mean 'Target'?"),
        ("never: {step: Reboot, Mode: x}", "Reboot has no setting 'Mode'"),
        ("never: {written: {Taget: HD}}", "no step has a setting 'Taget'; did you mean 'Target'?"),
        ("never: {sets: OSDStateStorPath}", "no variable 'OSDStateStorPath' is documented; did you mean"),
        ("never: {value: {_SMSTSInWinP: x}}", "no variable '_SMSTSInWinP' is documented; did you mean"),
        ("never: {command: scanstat}", "no program 'scanstat' is documented; did you mean 'scanstate'?"),
    ],
)
def test_a_word_that_nothing_documents_is_told_with_the_nearest(tmp_path, pattern, told):
    assert told in checked(tmp_path, RULE.replace(NEVER, pattern))


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("{step: Rebot}", "there is no type of step 'Rebot'; did you mean 'Reboot'?"),
        ("{restart: HD, Mesage: x}", "Reboot has no setting 'Mesage'; did you mean 'Message'?"),
        ("{group: G, steps: [{set: OSDStateStorPath}]}", "no variable 'OSDStateStorPath' is documented"),
    ],
)
def test_so_it_is_in_an_example(tmp_path, step, told):
    assert told in checked(tmp_path, RULE.replace("[{run: cmd}]", f"[{step}]"))


def test_names_that_are_like_no_other_and_numbered_ones_are_fine(tmp_path):
    pattern = "never: {sets: [ContosoSite, OSDComputerName01], command: contoso-tool, name: x}"
    assert "is documented" not in checked(tmp_path, RULE.replace(NEVER, pattern))


def test_what_is_declared_beside_the_rules_may_be_named(tmp_path):
    pattern = "never: {step: Contoso, Profile: x, reads: OSDStateStorPath}"
    declared = "steps: {Contoso: {settings: [Profile]}}\nvariables: [OSDStateStorPath]\n"
    text = RULE.replace(NEVER, pattern)
    assert TOLD in checked(tmp_path, text)
    assert TOLD not in checked(tmp_path, text, declared)
    assert "Contoso has no setting 'Profil'; did you mean 'Profile'?" in checked(
        tmp_path, text.replace("Profile: x", "Profil: x"), declared
    )


def test_a_wrong_declaration_is_told_with_its_place(tmp_path):
    with pytest.raises(
        DataFileError, match=r"catalogue.yaml:1:1: unknown key 'step'; did you mean 'steps'\?"
    ):
        checked_own(tmp_path)


def checked_own(folder):
    from tslint.rules.custom import read_custom

    (folder / "r.yaml").write_text(RULE, "utf-8")
    (folder / "catalogue.yaml").write_text("step: {}\n", "utf-8")
    return read_custom(str(folder))


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("steps", "runs in: any", "runs in: WinPe", "'runs in' cannot be 'WinPe'; did you mean 'WinPE'"),
        (
            "secrets",
            "placeholders:",
            "placeholder:",
            "unknown key 'placeholder'; did you mean 'placeholders'",
        ),
        ("secrets", "  endings: [key", "  ending: [key", "unknown key 'ending'; did you mean 'endings'"),
        ("secrets", "[/pass SECRET]", "[/pass SECERT]", "'/pass SECERT' takes no secret; write SECRET"),
        ("secrets", r"\b(gho_[A-Za-z0-9]{20,})", "gho_", "this shape shows no secret"),
        ("secrets", r"\b(gho_[A-Za-z0-9]{20,})", "(gho_", "this shape shows no secret"),
    ],
)
def test_the_catalogue_is_checked_against_its_schemas(tmp_path, name, old, new, message):
    for each in ("steps", "variables", "tools", "secrets"):
        text = (CHECKOUT / "rules" / f"{each}.yaml").read_text("utf-8")
        assert each != name or old in text
        (tmp_path / f"{each}.yaml").write_text(text.replace(old, new, 1) if each == name else text, "utf-8")
    with pytest.raises(DataFileError, match=re.escape(message)):
        read_tables(tmp_path)


def test_every_name_of_the_catalogue_is_known_by_its_small_letters():
    words = builtin_vocabulary()
    assert words.steps["reboot"] == "Reboot"
    assert words.settings["reboot"]["target"] == "Target"
    assert words.variables["smsreboottimeout"] == "SMSRebootTimeout"
    assert "scanstate" in words.tools
