"""What an export holds beside the task sequence that is judged: a boot image, called sequences."""

import io
import zipfile
from typing import Any

import pytest

from tests.linting import TABLES, result_of
from tests.patterns import rule_of
from tslint.lint.run import lint
from tslint.rules.example import MAIN, object_xml

IMAGE = (
    '<INSTANCE CLASSNAME="SMS_BootImagePackage">'
    '<PROPERTY NAME="PackageID" TYPE="string"><VALUE>CM100005</VALUE></PROPERTY>'
    '<PROPERTY NAME="Architecture" TYPE="uint32"><VALUE>{}</VALUE></PROPERTY></INSTANCE>'
)
RESTART = '<sequence version="3.10"><step type="SMS_TaskSequence_RebootAction" name="R"{}></step></sequence>'
CALL = (
    '<sequence version="3.10"><subtasksequence name="C"{}><defaultVarList>'
    '<variable name="OSDSubTasksequencePackageID" property="TsPackageID">CHI00001</variable>'
    "</defaultVarList></subtasksequence></sequence>"
)


def export(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()


def found(selector: Any, members: dict[str, str]) -> list[str]:
    """Step paths of what the selector surely picks."""
    return [f.place.step for f in result_of(export(members), [rule_of({"never": selector})]).findings]


def sequence(xml: str, package: str = MAIN, **properties: str) -> dict[str, str]:
    return {f"SMS_TaskSequencePackage/{package}/object.xml": object_xml(xml, package, properties=properties)}


@pytest.mark.parametrize(("architecture", "steps"), [("0", ["R"]), ("9", []), (None, [])])
def test_the_boot_image_of_the_same_zip_is_asked(architecture, steps):
    members = sequence(RESTART.format(""), BootImageID="CM100005")
    if architecture is not None:
        members["SMS_BootImagePackage/CM100005/object.xml"] = IMAGE.format(architecture)
    assert found({"step": "Reboot", "boot image": {"Architecture": "0"}}, members) == steps


def test_the_boot_image_of_the_same_unpacked_export_is_asked(tmp_path):
    members = sequence(RESTART.format(""), BootImageID="CM100005")
    members["SMS_BootImagePackage/CM100005/object.xml"] = IMAGE.format("0")
    for folder, name in ((folder, name) for folder in ("one", "two") for name in members):
        file = tmp_path / folder / name
        file.parent.mkdir(parents=True)
        file.write_text(members[name], "utf-8")
    image = tmp_path / "two/SMS_BootImagePackage/CM100005/object.xml"
    image.write_text(IMAGE.format("9"), "utf-8")
    rule = rule_of({"never": {"step": "Reboot", "boot image": {"Architecture": "0"}}})
    for paths in ([str(tmp_path)], [str(tmp_path / "one"), str(tmp_path / "two")]):
        result = lint(paths, [rule], TABLES)
        assert [f.place.document.origin.file.split("/")[-4] for f in result.findings] == ["one"]
        assert [one.outcome for one in result.looked].count("passed over") == 2


@pytest.mark.parametrize("image", ["<broken", "<a/>", IMAGE.format("0").replace("CM100005", "CM100006")])
def test_another_boot_image_or_one_that_cannot_be_read_tells_nothing(image):
    members = sequence(RESTART.format(""), BootImageID="CM100005")
    members["SMS_BootImagePackage/CM100005/object.xml"] = image
    assert found({"step": "Reboot", "boot image": {"Architecture": "0"}}, members) == []
    assert found({"step": "Reboot"}, members) == ["R"]


@pytest.mark.parametrize(
    ("listed", "holds"),
    [
        ("<VALUE.ARRAY><VALUE>44</VALUE><VALUE>41</VALUE></VALUE.ARRAY>", True),
        ("<VALUE.ARRAY><VALUE>44</VALUE></VALUE.ARRAY>", False),
        ("<VALUE.ARRAY></VALUE.ARRAY>", False),
        ("", None),
    ],
)
def test_a_list_of_the_boot_image_has_blanks_between_its_items(listed, holds):
    members = sequence(RESTART.format(""), BootImageID="CM100005")
    components = f'<PROPERTY.ARRAY NAME="OptionalComponents" TYPE="uint32">{listed}</PROPERTY.ARRAY>'
    image = IMAGE.format("9").replace("</INSTANCE>", f"{components}</INSTANCE>")
    members["SMS_BootImagePackage/CM100005/object.xml"] = image
    for asked, wanted in (({"matches": r"\b41\b"}, True), ({"not": {"matches": r"\b41\b"}}, False)):
        steps = ["R"] if holds is wanted else []
        assert found({"step": "Reboot", "boot image": {"OptionalComponents": asked}}, members) == steps


def test_the_boot_image_alone_is_asked_of_the_sequence_as_a_whole():
    members = sequence('<sequence version="3.10"><group name="G"/></sequence>', BootImageID="CM100005")
    members["SMS_BootImagePackage/CM100005/object.xml"] = IMAGE.format("0")
    assert found({"boot image": {"Architecture": "0"}}, members) == [""]


@pytest.mark.parametrize(("enabled", "steps"), [("false", ["C"]), ("true", []), (None, [])])
def test_properties_of_a_called_sequence(enabled, steps):
    members = sequence(CALL.format(""))
    if enabled is not None:
        members |= sequence(RESTART.format(""), "CHI00001", TsEnabled=enabled)
    assert found({"step": "SubTasksequence", "called": {"TsEnabled": "false"}}, members) == steps


@pytest.mark.parametrize("disabled", ["", ' disable="true"'])
def test_a_sequence_that_another_has_a_step_for_is_called(disabled):
    members = sequence(CALL.format(disabled)) | sequence(RESTART.format(""), "CHI00001")
    assert found({"step": "Reboot", "is called": False}, members) == ([] if disabled else ["R"])
    alone = sequence(RESTART.format(""), "CHI00001")
    assert found({"step": "Reboot", "is called": False}, alone) == ["R"]


def test_a_call_of_a_running_sequence_is_recursive():
    to_main = CALL.replace("CHI00001", MAIN).format("")
    itself = sequence(to_main)
    back = to_main.replace('"C"', '"Back"')
    circle = sequence(CALL.format("")) | sequence(back, "CHI00001")  # reported once
    other = sequence(CALL.format("")) | sequence(RESTART.format(""), "CHI00001")
    selector = {"step": "SubTasksequence", "recursive": True}
    assert [found(selector, members) for members in (itself, circle, other)] == [["C"], ["C"], []]


@pytest.mark.parametrize(("wanted", "steps"), [(True, ["R"]), (False, ["C"])])
def test_a_step_in_a_child_is_told_from_one_of_the_sequence_itself(wanted, steps):
    members = sequence(CALL.format("")) | sequence(RESTART.format(""), "CHI00001")
    assert found({"name": ["C", "R"], "in child": wanted}, members) == steps


NAMES_PACKAGES = (
    '<sequence version="3.10"><referenceList><reference package="CM100001"/><reference package="CM10002A"/>'
    '</referenceList><step type="SMS_TaskSequence_DownloadPackageContentAction" name="D"><defaultVarList>'
    '<variable name="D" property="DownloadPackages">{}</variable></defaultVarList></step></sequence>'
)


@pytest.mark.parametrize(
    ("packages", "missing"),
    [
        ("CM100001", False),
        ("CM100001, cm10002a", False),
        ("CM100001,CM100003", True),
        ("", False),
        ("%Packages%", False),
    ],
)
def test_each_package_of_a_list_is_looked_for_among_the_references(packages, missing):
    download = {"step": "DownloadPackageContent"}
    rule = rule_of({"every": download, "must": {**download, "listed": "DownloadPackages"}})
    data = export(sequence(NAMES_PACKAGES.format(packages)))
    assert bool(result_of(data, [rule]).findings) == missing


@pytest.mark.parametrize(
    ("properties", "steps"), [({"BootImageID": ""}, ["R"]), ({"BootImageID": "CM100005"}, []), ({}, [])]
)
def test_only_an_export_that_says_so_is_without_boot_image(properties, steps):
    members = sequence(RESTART.format(""), **properties)
    assert found({"step": "Reboot", "without boot image": True}, members) == steps
