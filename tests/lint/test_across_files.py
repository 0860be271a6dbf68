"""A child task sequence in another file is judged where it is called, whatever files the run was given."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.linting import RULES, TABLES, told
from tslint.lint.run import lint
from tslint.lint.surroundings import Surroundings
from tslint.rules.example import export_zip, sequence_xml

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
CHOSEN = [rule for rule in RULES if rule.id in ("TS101", "TS102", "TS103")]


def call(package, **more):
    return {"child": package, "name": f"Call {package}", **more}


def wrapped(package, *steps, name="A sequence"):
    """A task sequence with its package id around it."""
    sequence = sequence_xml(list(steps))
    return (
        f"<SmsTaskSequencePackage><PackageID>{package}</PackageID><Name>{name}</Name>"
        f"<SequenceData>{sequence}</SequenceData></SmsTaskSequencePackage>"
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files):
    for name, text in files.items():
        Path(f"{name}.xml").write_text(text, encoding="utf-8")


def run(*paths, **more):
    result = lint(paths or ["."], CHOSEN, TABLES, **more)
    assert not result.crashes
    return result


def beside(*paths, **more):
    """The result of a run over some files of a folder that belongs to them."""
    return run(*paths, surroundings=Surroundings(".", **more))


# In the files of the run


def test_a_child_in_another_file_is_judged_in_its_place():
    write(parent=wrapped("PS100001", REQUEST, call("PS100002")), child=wrapped("PS100002", RELEASE))
    result = run()
    assert result.findings == ()
    assert (result.sequences, result.missing) == (2, ())


def test_what_is_wrong_in_the_child_is_reported_there_once_however_many_call_it():
    write(
        one=wrapped("PS100001", call("PS100003")),
        two=wrapped("PS100002", call("PS100003")),
        child=wrapped("PS100003", REQUEST),
    )
    (finding,) = run().findings
    assert (finding.rule, finding.level, finding.place.document.origin.file) == (
        "TS101",
        "error",
        "child.xml",
    )


def test_a_child_that_calls_a_child_in_a_third_file_is_followed():
    write(
        a=wrapped("PS100001", REQUEST, call("PS100002")),
        b=wrapped("PS100002", call("PS100003")),
        c=wrapped("PS100003", RELEASE),
    )
    assert run().findings == ()


def test_a_bare_sequence_is_found_by_the_name_of_its_file():
    write(
        **{"parent": sequence_xml([REQUEST, call("PS100002")]), "ps100002 Restore": sequence_xml([RELEASE])}
    )
    assert run().findings == ()


def test_a_name_that_only_begins_like_an_id_is_none():
    write(parent=sequence_xml([REQUEST, call("PS100002")]), PS1000020=sequence_xml([RELEASE]))
    assert {one.level for one in run().findings if one.rule == "TS101"} == {"note"}


def test_a_name_with_two_ids_tells_neither():
    write(
        **{
            "parent": sequence_xml([REQUEST, call("PS100002")]),
            "PS100002, run by PS100001": sequence_xml([RELEASE]),
        }
    )
    assert [one.package for one in run().missing] == ["PS100002"]


def test_a_bare_sequence_is_found_by_what_somebody_has_written_down():
    write(parent=sequence_xml([REQUEST, call("PS100002")]), child=sequence_xml([RELEASE]))
    ids = lambda names: {name: "PS100002" for name in names if name == "child.xml"}  # noqa: E731
    assert run(surroundings=Surroundings(ids=ids)).findings == ()
    assert run().findings != ()


def test_the_id_of_the_package_wins_over_the_name_of_the_file():
    write(parent=wrapped("PS100001", REQUEST, call("PS100002")), PS100002=wrapped("PS100003", RELEASE))
    (missing,) = run().missing
    assert missing.package == "PS100002"


def test_the_own_export_of_the_caller_is_asked_first():
    example = {
        "sequence": [REQUEST, call("PS100002")],
        "package": {"PackageID": "PS100001", "Name": "Parent"},
        "children": {"PS100002": [RELEASE]},
    }
    Path("parent.zip").write_bytes(export_zip(example))
    write(other=wrapped("PS100002", REQUEST))
    assert told(list(run().findings), "TS101") == [("error", "Request")]
    assert run().missing == ()


def test_two_sequences_that_call_each_other_end():
    write(a=wrapped("PS100001", REQUEST, call("PS100002")), b=wrapped("PS100002", call("PS100001"), RELEASE))
    assert run().findings == ()


def test_a_bare_sequence_that_calls_itself_by_the_name_of_its_file_ends():
    write(PS100001=sequence_xml([REQUEST, call("PS100001"), RELEASE]))
    assert run().findings == ()
    assert run().missing == ()


def test_a_disabled_call_takes_nothing_from_another_file():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002", disabled=True)),
        child=wrapped("PS100002", RELEASE),
    )
    assert told(list(run().findings), "TS101") == [("error", "Request")]


# Two versions of one package


def test_two_versions_are_a_hole_with_a_word_and_both_are_judged_by_themselves():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        new=wrapped("PS100002", RELEASE),
        old=wrapped("PS100002", {"run": "x.exe"}, RELEASE),
    )
    result = run()
    (finding,) = (one for one in result.findings if one.rule == "TS101")
    assert (finding.level, finding.doubt) == (
        "note",
        "of the task sequence that 'Call PS100002' runs there are two versions",
    )
    assert [one.place.document.origin.file for one in result.findings if one.rule == "TS103"] == [
        "new.xml",
        "old.xml",
    ]
    (missing,) = result.missing
    assert missing == ("PS100002", "parent.xml", ("new.xml", "old.xml"))


def test_two_copies_that_do_the_same_are_no_two_versions():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        new=wrapped("PS100002", RELEASE, name="New"),
        old=wrapped("PS100002", RELEASE, name="Old"),
    )
    assert told(list(run().findings), "TS101") == []
    assert run().missing == ()


def test_two_versions_in_one_zip_are_ambiguous_too():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.xml", wrapped("PS100001", REQUEST, call("PS100002")))
        archive.writestr("b.xml", wrapped("PS100002", RELEASE))
        archive.writestr("c.xml", wrapped("PS100002", RELEASE, RELEASE))
    Path("all.zip").write_bytes(data.getvalue())
    (missing,) = run().missing
    assert missing.versions == ("all.zip!/b.xml", "all.zip!/c.xml")


# Beside the run: the hook gets the changed files only


def test_a_child_beside_the_run_is_read_and_not_reported():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        child=wrapped("PS100002", RELEASE, REQUEST),
        other=wrapped("PS100003", REQUEST),
    )
    result = beside("parent.xml")
    assert result.findings == ()
    assert (result.sequences, result.missing, result.names) == (1, (), {"parent.xml"})
    assert [(one.file, one.outcome) for one in result.looked] == [
        ("child.xml", "context"),
        ("parent.xml", "linted"),
    ]


def test_a_child_of_a_child_beside_the_run_is_read_too():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        child=wrapped("PS100002", call("PS100003")),
        grandchild=wrapped("PS100003", RELEASE),
    )
    assert beside("parent.xml").findings == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_child_in_any_encoding_and_by_name_is_found_beside_the_run(encoding):
    write(parent=sequence_xml([REQUEST, call("PS100002")]))
    text = wrapped("PS100002", RELEASE)
    Path("child.xml").write_bytes((b"\xfe\xff" if encoding.endswith("be") else b"") + text.encode(encoding))
    assert beside("parent.xml").findings == ()


def test_a_zip_beside_the_run_is_found_by_the_names_in_it():
    write(parent=wrapped("PS100001", REQUEST, call("PS100002")))
    Path("export.zip").write_bytes(
        export_zip({"sequence": [RELEASE], "package": {"PackageID": "PS100002", "Name": "C"}})
    )
    assert beside("parent.xml").findings == ()


def test_what_the_run_has_itself_is_not_looked_for_beside_it():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        child=wrapped("PS100002", RELEASE),
        old=wrapped("PS100002", REQUEST),
    )
    result = beside("parent.xml", "child.xml")
    assert result.findings == ()
    assert all(one.outcome == "linted" for one in result.looked)


def test_two_versions_beside_the_run_are_ambiguous():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        child=wrapped("PS100002", RELEASE),
        old=wrapped("PS100002", REQUEST),
    )
    (missing,) = beside("parent.xml").missing
    assert missing.versions == ("child.xml", "old.xml")


def test_an_excluded_file_is_no_context():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        child=wrapped("PS100002", RELEASE),
        old=wrapped("PS100002", REQUEST),
    )
    result = beside("parent.xml", excluded=lambda name: "old" if name == "old.xml" else "")
    assert result.findings == ()


def test_a_child_that_is_linted_by_itself_does_not_bring_up_who_calls_it():
    write(parent=wrapped("PS100001", REQUEST, call("PS100002")), child=wrapped("PS100002", RELEASE))
    result = beside("child.xml")
    assert told(list(result.findings), "TS103") == [("warning", "Release")]


def test_a_broken_file_beside_the_run_hurts_nobody():
    write(
        parent=wrapped("PS100001", REQUEST, call("PS100002")),
        broken="<SmsTaskSequencePackage><PackageID>PS100002</PackageID><sequence>",
    )
    result = beside("parent.xml")
    assert [one.level for one in result.findings] == ["note"]
    assert [one.package for one in result.missing] == ["PS100002"]


def test_nothing_beside_the_run_is_read_where_nothing_is_called(monkeypatch):
    write(parent=wrapped("PS100001", REQUEST), child=wrapped("PS100002", RELEASE))
    monkeypatch.setattr("tslint.lint.beside.beside", None)
    assert told(list(beside("parent.xml").findings), "TS101") == [("error", "Request")]


def test_what_is_called_in_vain_is_told_once_a_run():
    write(a=wrapped("PS100001", call("PS100009"), call("PS100009")), b=wrapped("PS100002", call("PS100009")))
    assert run().missing == (("PS100009", "a.xml", ()),)


def test_standard_input_can_call_what_the_run_has():
    write(child=wrapped("PS100002", RELEASE))
    piped = iter([sequence_xml([REQUEST, call("PS100002")]).encode()])
    result = run("-", "child.xml", stdin_name="piped.xml", read_stdin=lambda: next(piped))
    assert result.findings == ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_several_processes_find_the_same(jobs):
    for number in range(4):
        write(
            **{
                f"parent{number}": wrapped(f"PS10001{number}", REQUEST, call(f"PS10002{number}")),
                f"child{number}": wrapped(f"PS10002{number}", RELEASE),
            }
        )
    assert run(jobs=jobs).findings == ()
    parents = [f"parent{number}.xml" for number in range(4)]
    result = run(*parents, jobs=jobs, surroundings=Surroundings("."))
    assert (result.findings, len(result.looked)) == ((), 8)
