"""A finding stays the same finding while the file around it changes."""

from pathlib import Path

import pytest
from lxml import etree

from tests.linting import RULES, TABLES
from tslint.lint.run import lint
from tslint.rules.example import object_xml, sequence_xml

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
REQUEST = {"step": "RequestStateStore", "name": "Request", "RequestType": "capture"}
OWN = {
    "one step": [REQUEST],
    "a group among others": [
        {"group": "First", "steps": [{"run": "cmd /c dir"}]},
        {"group": "Second", "steps": [{"group": "Inner", "steps": [REQUEST]}]},
        {"group": "Third", "steps": [{"run": "cmd /c dir", "name": "Last"}]},
    ],
    "twins of different settings": [
        {"group": "Other", "steps": []},
        REQUEST,
        {**REQUEST, "RequestType": "restore"},
        {"set": "OSDStateStorePath", "to": "C:\\"},
        {"set": "OSDStateStorePath", "to": "D:\\"},
        {"step": "CaptureUserState", "name": "Capture"},
    ],
    "twins of equal settings": [REQUEST, {"group": "Other", "steps": []}, REQUEST, REQUEST],
    "two settings of one step": [
        {"step": "RequestStateStore", "RequestType": "capture", "RetryCount": "9999", "RetryTime": "9999"},
        {"group": "Other", "steps": [{"step": "ReleaseStateStore"}]},
    ],
}
ABOVE = (
    '<step type="SMS_TaskSequence_SetVariableAction" name="Inserted above"><action/><defaultVarList>'
    '<variable name="VariableName" property="VariableName">Own_Mark</variable>'
    '<variable name="VariableValue" property="VariableValue">1</variable></defaultVarList></step>'
)


def findings(text, name="export.xml"):
    data = text if isinstance(text, bytes) else text.encode()
    result = lint(["-"], RULES, TABLES, stdin_name=name, read_stdin=lambda: data)
    assert not result.crashes
    return result.findings


def fingerprints(text):
    found = [one.fingerprint for one in findings(text)]
    assert len(found) == len(set(found))
    return set(found)


def insert_above(sequence, _):
    first = next(sequence.iterchildren("group", "step", "subtasksequence"))
    first.addprevious(etree.fromstring(ABOVE))


def indent(sequence, _):
    etree.indent(sequence, "\t\t")


def one_line(sequence, _):
    for element in sequence.iter("*"):
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None


def rename_group(sequence, found):
    steps = {place.step for one in found for place in (one.place, *(other.place for other in one.related))}
    for group in sequence.iter("group"):
        names = [one.get("name", "") for one in (*reversed(list(group.iterancestors("group"))), group)]
        if not any(f"{step}/".startswith("/".join(names) + "/") for step in steps):
            group.set("name", f"{names[-1]} (renamed)")
            return


EDITS = [insert_above, indent, one_line, rename_group]


def edited(text, edit):
    """Make an edit in the first task sequence of a file, be it elements or the text of object.xml."""
    root = etree.fromstring(text if isinstance(text, bytes) else text.encode())
    sequence = next(root.iter("sequence"), None)
    found = findings(text)
    if sequence is not None:
        edit(sequence, found)
        return etree.tostring(root, encoding="utf-8")
    holder = next(one for one in root.iter("VALUE", "SequenceData") if "<sequence" in (one.text or ""))
    inner = etree.fromstring(holder.text.encode())
    edit(inner, found)
    holder.text = etree.CDATA(etree.tostring(inner, encoding="unicode"))
    return etree.tostring(root, encoding="utf-8")


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("wrap", [str, lambda text: object_xml(text, "PS100001")], ids=["bare", "console"])
@pytest.mark.parametrize("name", OWN)
def test_an_edit_elsewhere_changes_no_fingerprint(name, wrap, edit):
    text = wrap(sequence_xml(OWN[name]))
    before = fingerprints(text)
    assert before
    changed = edited(text, edit)
    assert changed != text.encode() or edit in (one_line, rename_group)
    assert fingerprints(changed) == before


def _of_the_corpus():
    """Twenty files with findings, from all over the corpus."""
    paths = [path for path in sorted(CORPUS.rglob("*.xml")) if path.stat().st_size < 1_000_000]
    with_findings = [
        path for path in paths if any(hasattr(one.place, "step") for one in findings(path.read_bytes()))
    ]
    return with_findings[:: max(len(with_findings) // 20, 1)][:20]


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real exports is not here")
def test_an_edit_changes_no_fingerprint_in_real_exports():
    paths = _of_the_corpus()
    assert len(paths) == 20
    for path in paths:
        data = path.read_bytes()
        before = fingerprints(data)
        for edit in EDITS:
            assert before <= fingerprints(edited(data, edit)), (path, edit)


ODD = {**REQUEST, "RequestType": "odd"}
EVEN = {**REQUEST, "RequestType": "even"}


def by_type(*steps):
    """The fingerprints of the steps with a request type that there is not, in their order."""
    return [one.fingerprint for one in findings(sequence_xml(steps)) if one.rule == "TS110"]


def test_a_step_of_equal_name_above_takes_over_no_identity():
    (alone,) = by_type(ODD)
    other, same = by_type(EVEN, ODD)
    assert same == alone != other
    assert by_type(EVEN, EVEN, ODD)[1:] == [other, alone]
    assert by_type({"run": "cmd /c dir", "name": "Request"}, ODD) == [alone]
    assert by_type(ODD, {"run": "cmd /c dir", "name": "Request"}) == [alone]


def test_among_steps_of_equal_name_the_order_of_different_settings_is_no_matter():
    third = {**REQUEST, "RequestType": "third"}
    assert sorted(by_type(EVEN, third, ODD)) == sorted(by_type(third, EVEN, ODD))


def test_another_setting_of_a_step_alone_changes_nothing():
    assert by_type(ODD) == by_type({**ODD, "RetryCount": "7", "description": "New."}) != []


def test_files_and_packages_are_told_apart():
    text = sequence_xml([REQUEST])
    prints = {
        findings(text)[0].fingerprint,
        findings(text, "other.xml")[0].fingerprint,
        findings(object_xml(text, "PS100001"))[0].fingerprint,
        findings(object_xml(text, "PS100002"))[0].fingerprint,
    }
    assert len(prints) == 4


def test_equal_sequences_and_faults_of_one_file_are_told_apart():
    broken = object_xml("<sequence><group>", "PS100003")
    both = "".join(object_xml(sequence_xml([REQUEST]), "") for _ in range(2))
    found = [one.fingerprint for one in findings(f"<CIM>{both}{broken}{broken}</CIM>")]
    assert len(found) == len(set(found)) >= 4
