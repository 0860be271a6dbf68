"""Child sequences that call themselves, one another, or very many."""

import pytest

from tests.hostile.program import FAULTY, RELEASE, REQUEST, beside_good
from tslint.rules.example import export_zip, sequence_xml


def call(package):
    return {"child": package, "name": f"Call {package}"}


def package(number):
    return f"CHI{number:05}"


LAST = 30
EXPORTS = {
    "itself": {"sequence": [call("CHI00001")], "children": {"CHI00001": [REQUEST, call("CHI00001")]}},
    "ring": {
        "sequence": [call("CHI00001")],
        "children": {package(n): [REQUEST, call(package(n % 3 + 1))] for n in (1, 2, 3)},
    },
    "no root": {
        "sequence": [],
        "children": {package(n): [REQUEST, call(package(n % 3 + 1))] for n in (1, 2, 3)},
    },
    "fan": {
        "sequence": [call(package(0))],
        "children": {package(n): [call(package(n + 1))] * 2 for n in range(LAST)}
        | {package(LAST): [REQUEST]},
    },
    "groups in many calls": {
        "sequence": [call(package(0))] * 15_000 + [REQUEST],
        "children": {package(0): [{"group": "g", "steps": []}] * 15_000},
    },
    "chain": {
        "sequence": [call(package(0))],
        "children": {package(n): [call(package(n + 1)), REQUEST] for n in range(200)},
    },
    "nested chain": {
        "sequence": [call(package(0))],
        "children": {package(n): [nested] for n in range(40) for nested in [call(package(n + 1))]},
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPORTS)
def test_calls_come_to_an_end(tmp_path, name):
    found = beside_good(tmp_path, {"a.zip": export_zip(EXPORTS[name])})
    if name != "nested chain":
        assert any("TS101" in rules for file, rules in found.items() if file.startswith("a.zip"))


def test_groups_around_calls_around_groups(tmp_path):
    def deep(inside):
        for _ in range(200):
            inside = {"group": "g", "steps": [inside]}
        return inside

    children = {package(n): [deep(call(package(n + 1))), REQUEST] for n in range(20)}
    found = beside_good(
        tmp_path, {"a.zip": export_zip({"sequence": [call(package(0))], "children": children})}
    )
    assert any("TS101" in rules for file, rules in found.items() if file.startswith("a.zip"))


def test_a_package_id_that_is_text_without_end(tmp_path):
    found = beside_good(tmp_path, {"a.xml": FAULTY.replace("</sequence>", _calls("x" * 2_000_000))})
    assert "TS101" in found["a.xml"]


def _calls(child):
    return (
        '<subtasksequence name="c"><defaultVarList><variable name="TsPackageID" property="TsPackageID">'
        f"{child}</variable></defaultVarList></subtasksequence></sequence>"
    )


# ---- in files of their own


def wrapped(identity, *steps):
    sequence = sequence_xml(list(steps))
    package = f"<PackageID>{identity}</PackageID><SequenceData>{sequence}</SequenceData>"
    return f"<SmsTaskSequencePackage>{package}</SmsTaskSequencePackage>"


@pytest.mark.parametrize("name", ["ring", "no root", "chain"])
def test_calls_across_files_come_to_an_end(tmp_path, name):
    example = EXPORTS[name]
    files = {f"{one}.xml": wrapped(one, *steps) for one, steps in example["children"].items()}
    files["root.xml"] = wrapped("CHI99999", *example["sequence"])
    found = beside_good(tmp_path, files)
    assert any("TS101" in rules for rules in found.values())


def test_very_many_versions_of_what_very_many_call(tmp_path):
    files = {f"p{n}.xml": wrapped(f"PAR{n:05}", REQUEST, call("CHI00001")) for n in range(300)}
    files |= {f"c{n}.xml": wrapped("CHI00001", REQUEST, *[RELEASE] * (n % 2)) for n in range(300)}
    found = beside_good(tmp_path, files)
    assert all("TS101" in rules for file, rules in found.items() if file.startswith("p"))


def test_two_versions_as_deep_as_a_file_may_be(tmp_path):
    def deep(inside, depth):
        for _ in range(depth):
            inside = {"group": "g", "when": {"not": "B exists"}, "steps": [inside]}
        return inside

    condition = "A exists"
    for _ in range(120):
        condition = {"any": [condition]}
    child = deep({**REQUEST, "when": condition}, 110)
    files = {"p.xml": wrapped("PAR00001", call("CHI00001"))}
    files |= {f"c{n}.xml": wrapped("CHI00001", child) for n in range(2)}
    found = beside_good(tmp_path, files)
    assert "TS101" in found["c0.xml"]
