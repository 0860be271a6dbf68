"""Whatever is done to an export, tslint reads it or says why not, and lints the file beside it."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fuzz.properties import PAGES, RULES, TABLES, check_result
from tests.source.small_exports import wrapper, zipped
from tslint.cli import main
from tslint.lint.finding import Place
from tslint.lint.run import lint
from tslint.rules.example import object_xml, sequence_xml

pytestmark = pytest.mark.slow

EXAMPLES = [
    (example["sequence"], bool(example.get("lite-touch")))
    for page in PAGES.values()
    for examples in page.get("examples", {}).values()
    for example in examples
    if "sequence" in example
]
# What few examples have, and what holds a language of its own.
RICH = [
    {"dynamic": [{"when": "A like x*", "set": {"B": "%A%"}}, {"set": {"C": "2"}}]},
    {"powershell": "# say\n$tsenv:B = 'x'\nStart-Process setup.exe -ArgumentList '/q', $a -Wait"},
    {"run": 'cmd /c if "%A%"=="b" (start /wait tool.exe /x:1) else powershell -c "& {dism /online}"'},
    {"restart": "WinPE", "when": [{"any": ["A greater 10.5", {"not": ["B exists", {"wmi": "SELECT *"}]}]}]},
    {"child": "TSL00001"},
]
GOOD = sequence_xml([{"step": "CaptureUserState", "name": "Beside"}]).encode()

HOSTILE = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                " ",
                "true",
                "%",
                "%%",
                "%A%",
                "%A%%B%%_SMSTSInWinPE%",
                "%" + "x" * 300 + "%",
                "*",
                "?*" * 20,
            ),
            *("-1", "1e999", "nan", "9" * 400, "0x10", "1_0", "\u0661", "10.0.19041.1", "2147483648"),
            *(
                "cmd /c " * 12 + "x",
                'cmd /c if "a"=="b" (' * 9,
                'cmd /c "' + '"' * 99,
                "powershell -e AAAA",
                "^&|",
            ),
            *(
                "//5hAA==",
                "AAA",
                "A" * 999,
                "<Rules>",
                "<Rules><Rule/></Rules>",
                "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            ),
            *(
                "_SMSTSInWinPE",
                "OSDStateRequestType",
                "$tsenv:A = 'b'",
                "]]>",
                "&lt;",
                "\u202e\u2028\ufeff",
                "\U0001f3e0",
            ),
            *(
                "SMS_TaskSequence_RebootAction",
                "SMS_TaskSequence_SetVariable",
                "BDD_Gather",
                "tslint: ignore[TS1]",
            ),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=12),
)
TAGS = [
    "step",
    "group",
    "condition",
    "operator",
    "expression",
    "variable",
    "subtasksequence",
    "sequence",
    "VALUE",
]
NAMES = [
    "name",
    "type",
    "disable",
    "property",
    "hidden",
    "runIn",
    "description",
    "successCodeList",
    "version",
]


def _delete(element, _other, _text, _number):
    element.getparent().remove(element)


def _repeat(element, _other, _text, number):
    for _ in range(number % 4):
        again = deepcopy(element)
        again.tail = None
        element.addnext(again)


def _move(element, other, _text, _number):
    if element not in other.iterancestors() and element is not other:
        other.append(element)


def _rename(element, _other, _text, number):
    element.tag = TAGS[number % len(TAGS)]


def _say(element, _other, text, _number):
    element.text = text


def _garble(element, _other, text, number):
    """Damage every text below: scripts, rules, command lines, values."""
    for inner in element.iter("*"):
        if inner.text:
            place = number % (len(inner.text) + 1)
            inner.text = inner.text[:place] + text + inner.text[place + 1 :]


def _tell(element, _other, text, number):
    element.set(NAMES[number % len(NAMES)], text)


def _forget(element, _other, _text, number):
    for name in list(element.attrib)[number % 3 :]:
        del element.attrib[name]


def _wrap(element, _other, _text, number):
    parent, tag = element.getparent(), ("group", "operator", "condition")[number % 3]
    place = parent.index(element)
    for _ in range(number):
        outer = etree.Element(tag, type="not")
        outer.append(element)
        element = outer
    parent.insert(place, element)


def _split(element, _other, text, _number):
    element.insert(0, etree.Comment("tslint: ignore[TS1] why"))
    element[0].tail = text


MUTATIONS = [_delete, _repeat, _move, _rename, _say, _garble, _garble, _tell, _forget, _wrap, _split]


@st.composite
def sequences(draw):
    """Draw the text of a task sequence that is well-formed XML, and little else."""
    steps, lite_touch = draw(st.sampled_from(EXAMPLES))
    more = draw(st.lists(st.sampled_from(RICH), max_size=3))
    root = etree.fromstring(sequence_xml([*more, *steps], lite_touch=lite_touch))
    for mutate in draw(st.lists(st.sampled_from(MUTATIONS), max_size=6)):
        elements = [element for element in root.iter("*") if element is not root]
        if elements:
            one, other = (elements[draw(st.integers(0, len(elements) - 1))] for _ in range(2))
            mutate(one, other, draw(HOSTILE), draw(st.integers(0, 260 if mutate is _wrap else 99)))
    return etree.tostring(root, encoding="unicode")


def _console(text):
    return object_xml(text, "TSL00001")


def _escaped(text):
    return wrapper(escape(text, {'"': "&quot;"}))


def _zip(text):
    return zipped({"SMS_TaskSequencePackage/TSL00001/object.xml": _console(text), "b/ts.xml": text})


FORMS = [str, _console, _escaped, wrapper, lambda text: text.replace("><", ">\r\n<"), _zip]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "cp037"]


def _cut(data, place, _):
    return data[:place]


def _flip(data, place, byte):
    return data[:place] + bytes([byte]) + data[place + 1 :]


def _insert(data, place, byte):
    return data[:place] + (b"&#0;", b"]]>", b"\x00", b"<", b"&", b"<!DOCTYPE a>")[byte % 6] + data[place:]


def _drop(data, place, byte):
    return data[:place] + data[place + byte :]


@st.composite
def files(draw):
    """Draw the bytes of a file that holds such a task sequence, damaged or not."""
    written = draw(st.sampled_from(FORMS))(draw(sequences()))
    data = (
        written if isinstance(written, bytes) else written.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    )
    for damage in draw(st.lists(st.sampled_from([_cut, _flip, _insert, _drop]), max_size=2)):
        data = damage(data, draw(st.integers(0, len(data))), draw(st.integers(0, 255)))
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutated")
    (folder / "good.xml").write_bytes(GOOD)
    return folder


def told(result):
    """What is told of the good file."""
    found = []
    for one in result.findings:
        origin = one.place.document.origin if isinstance(one.place, Place) else one.place.origin
        if origin.file.endswith("good.xml"):
            found.append((one.rule, one.message))
    return found


@settings(max_examples=150)
@given(data=files())
def test_no_change_to_a_file_brings_tslint_down_or_keeps_it_from_the_file_beside_it(folder, data):
    bad, good = folder / "bad.xml", folder / "good.xml"
    bad.write_bytes(data)
    result = lint([str(bad), str(good)], RULES, TABLES)
    check_result(result)
    alone = told(lint([str(good)], RULES, TABLES))
    assert told(result) == alone != []
    with redirect_stdout(io.StringIO()) as stdout, redirect_stderr(io.StringIO()) as stderr:
        assert main(["--isolated", "--profile", "all", str(bad), str(good)]) == 1
    assert "fault of tslint" not in stderr.getvalue()
    assert "good.xml" in stdout.getvalue()
