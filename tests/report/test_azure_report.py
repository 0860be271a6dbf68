import re

from tests.report.samples import CAPTURE, document, finding, full_report, report
from tests.report.snapshot import assert_snapshot
from tslint.lint.finding import Place
from tslint.report.formats import azure


def parsed(line):
    """Read a line as the agent does: the first command in it, its properties, its message."""
    _, _, rest = line.partition("##vso[")
    head, _, data = rest.partition("]")
    name, _, listed = head.partition(" ")
    properties = dict(one.split("=", 1) for one in listed.split(";") if one)
    plain = {
        key: value.replace("%3B", ";").replace("%5D", "]").replace("%AZP25", "%")
        for key, value in properties.items()
    }
    return name, plain, data.replace("%0D", "\r").replace("%0A", "\n").replace("%AZP25", "%")


def test_the_report_looks_as_it_was_found_right():
    assert_snapshot("findings.azure.txt", azure.render(full_report()))


def test_the_agent_reads_what_was_meant_whatever_it_holds():
    source = document(file="a]##vso[task.complete;b=c%0A.xml")
    place = Place(source, CAPTURE, "a\r\n##vso[task.complete]b")
    shown = azure.render(report(finding(source, place=place, message="100% ]; x.")))
    assert shown.count("\n") == 1
    name, properties, message = parsed(shown.rstrip("\n"))
    assert name == "task.logissue"
    assert properties == {
        "type": "error",
        "sourcepath": r"a]\x23#vso[task.complete;b=c%0A.xml",
        "linenumber": "10",
        "columnnumber": "5",
        "code": "TS101",
    }
    assert message.startswith("TS101 request-state-store-without-release: 100% ]; x.\nStep: a")
    assert len(re.findall(r"##(?:vso)?\[", shown)) == 1


def test_a_note_is_a_line_of_the_log_and_no_issue():
    shown = azure.render(report(finding(document(), level="note", message="A ##[error] note.")))
    assert shown.startswith("refresh.xml:4:59: note: A \\x23#[error] note.")


def test_a_member_of_a_zip_is_shown_at_the_zip():
    _, properties, message = parsed(azure.render(report(finding(document(file="a.zip", member="b.xml")))))
    assert (properties["sourcepath"], "linenumber" in properties) == ("a.zip", False)
    assert "\nIn 'b.xml', line 4, column 59.\n" in message
