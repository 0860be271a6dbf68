"""However a task sequence is written, the findings are the same: rule, step and level."""

from __future__ import annotations

import os
from collections import Counter
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.linting import result_of
from tests.metamorphoses import CHANGES, MARK, NODES, marked
from tests.source.small_exports import cdata, console, escaped, wrapper, zipped
from tslint.lint.finding import Place
from tslint.rules.builtin import builtin_pages
from tslint.rules.example import sequence_xml
from tslint.source.document import Document, Origin
from tslint.source.read import read

ROOT = Path(__file__).parents[1]
# Exports to try as well, where there are any: a folder of your own, or one beside the checkout.
CORPUS = Path(os.environ.get("TSLINT_CORPUS") or ROOT.parent / "shared" / "corpus")


def sequences_of(path):
    """The task sequences in a file, without their children."""
    found, _ = read(path.read_bytes(), Origin(path.name))
    return [one.sequence for one in found if isinstance(one, Document)]


EXAMPLES = [sequence for path in sorted((ROOT / "examples").glob("*.xml")) for sequence in sequences_of(path)]
OF_RULES = [
    etree.fromstring(sequence_xml(example["sequence"], lite_touch=bool(example.get("lite-touch"))))
    for page in builtin_pages().values()
    for examples in page.get("examples", {}).values()
    for example in examples
    if "sequence" in example
]
EXPORTS = sorted(path for path in CORPUS.rglob("*") if path.suffix.lower() in (".xml", ".zip"))


def third(sequences, name, among):
    """A third of very many, each time another one."""
    return sequences[list(among).index(name) % 3 :: 3]


def text_of(sequence):
    return etree.tostring(sequence, encoding="unicode")


# Rules about names themselves: another name is another finding.
ABOUT_NAMES = {"TS701"}
# A copy names its variables once more, and makes the task sequence larger.
OF_COPIES = {"TS349", "TS507", "TS704"}
# Conditions themselves: a step's own, or at the step that has them.
OF_OWN = {"TS310", "TS507", "TS509", "TS510", "TS511", "TS512", "TS513", "TS716", "TS717", "TS718", "TS730"}
# What a change says anew, for the rules that ask for it.
MEANT = {
    "each step in a group of its own": {"TS512"},  # right behind it in the same group
    "with a disabled copy after each step": OF_COPIES,
    "with a disabled copy before each step": OF_COPIES,
    "conditions of steps in groups of their own": OF_OWN,
    "conditions split into nested groups": OF_OWN,
    "operators and split into nested groups": OF_OWN,
}


def findings(data, sequence):
    """What is found in a file: rule, level, and the mark of the step, of the steps that are marked."""
    elements = list(sequence.iter("*"))
    told = Counter()
    result = result_of(data)
    for found in result.findings:
        assert isinstance(found.place, Place), found
        element = found.place.step_element if found.place.step_element > 0 else found.place.element
        node = elements[element]
        mark = node.get(MARK)
        if (node.tag not in NODES or mark) and found.rule not in ABOUT_NAMES:
            told[found.rule, found.level, mark or "the sequence"] += 1
    return told, frozenset(one.rule for one in result.undecided)


@cache
def plain_findings(text):
    return findings(text.encode(), etree.fromstring(text))


def others(told, rules):
    """What is told of other rules than these."""
    return {key: number for key, number in told.items() if key[0] not in rules}


def differing(sequences, change):
    """Change each sequence, and tell which findings come and go."""
    wrong = []
    for number, sequence in enumerate(sequences):
        plain = marked(sequence)
        changed = deepcopy(plain)
        CHANGES[change](changed)
        before, open_before = plain_findings(text_of(plain))
        after, open_after = findings(text_of(changed).encode(), changed)
        asked = MEANT.get(change, set())
        if others(before, asked) != others(after, asked) and not open_before | open_after:
            wrong.append((number, sorted(before - after), sorted(after - before), text_of(changed)[:20_000]))
    return wrong


@pytest.mark.parametrize("change", CHANGES)
def test_the_repositorys_examples_have_the_same_findings_when_written_differently(change):
    assert EXAMPLES
    assert differing(EXAMPLES, change) == []


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_the_rules_examples_have_the_same_findings_when_written_differently(change):
    assert differing(third(OF_RULES, change, CHANGES), change) == []


@pytest.fixture(scope="module")
def grown():
    """Sequences of many nested conditions, failures and restarts."""
    large = pytest.importorskip(
        "benchmarks.large.sequences", reason="a source distribution has no benchmarks"
    )
    return [etree.fromstring(sequence_xml(large.draw(seed, 60, 6).nodes)) for seed in range(3)]


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_grown_sequence_has_the_same_findings_when_written_differently(grown, change):
    assert differing(grown, change) == []


@pytest.mark.slow
@pytest.mark.seconds(900)
@pytest.mark.skipif(not EXPORTS, reason="no exports beside the checkout, nor in TSLINT_CORPUS")
@pytest.mark.parametrize("change", CHANGES)
def test_exports_have_the_same_findings_when_written_differently(change):
    sequences = [sequence for path in third(EXPORTS, change, CHANGES) for sequence in sequences_of(path)]
    assert differing(sequences, change) == []


# The same sequence in other files

FORMS = {
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 of the other order": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "with a declaration": lambda text: f'<?xml version="1.0" encoding="utf-8"?>\r\n{text}'.encode(),
    "CDATA of a console export": lambda text: console(cdata(text)).encode(),
    "escaped in a console export": lambda text: console(escaped(text)).encode(),
    "inside SmsTaskSequencePackage": lambda text: wrapper(text).encode(),
    "a zip": lambda text: zipped({"SMS_TaskSequencePackage/XYZ00001/object.xml": console(cdata(text))}),
    "a zip of a bare sequence": lambda text: zipped({"a.xml": text}),
}


# Asks for the list of references, which only an export of the console is sure to have whole.
ABOUT_FORM = {"TS710"}


def differing_forms(sequences, form):
    wrong = []
    for number, sequence in enumerate(sequences):
        plain = marked(sequence)
        text = text_of(plain)
        before, after = plain_findings(text)[0], findings(form(text), plain)[0]
        if {k: n for k, n in (before - after + (after - before)).items() if k[0] not in ABOUT_FORM}:
            wrong.append((number, sorted(after)))
    return wrong


@pytest.mark.parametrize("form", FORMS)
def test_the_repositorys_examples_have_the_same_findings_in_another_file(form):
    assert differing_forms(EXAMPLES, FORMS[form]) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_rules_examples_have_the_same_findings_in_another_file(form):
    assert differing_forms(third(OF_RULES, form, FORMS), FORMS[form]) == []


@pytest.mark.slow
@pytest.mark.seconds(900)
@pytest.mark.skipif(not EXPORTS, reason="no exports beside the checkout, nor in TSLINT_CORPUS")
@pytest.mark.parametrize("form", FORMS)
def test_exports_have_the_same_findings_in_another_file(form):
    sequences = [sequence for path in third(EXPORTS, form, FORMS) for sequence in sequences_of(path)]
    assert differing_forms(sequences, FORMS[form]) == []
