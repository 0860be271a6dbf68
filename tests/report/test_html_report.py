import base64
import hashlib
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.report.samples import document, finding, full_report, report, unreadable, with_story
from tests.report.snapshot import assert_snapshot
from tslint.cli.main import main
from tslint.cli.outlines import outlines
from tslint.lint.deadline import Deadline
from tslint.report.formats import html
from tslint.rules.example import export_zip, sequence_xml
from tslint.source.document import Origin
from tslint.source.walk import File

ROOT = Path(__file__).parents[2]


class Elements(HTMLParser):
    """The elements of a page, each with its attributes; and that they are closed in order."""

    VOID = ("meta", "input", "use", "path")

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def page_of(tmp_path, nodes, *arguments):
    (tmp_path / "seq.xml").write_text(sequence_xml(nodes), "utf-8")
    main(
        [
            "--isolated",
            "--fail-on",
            "never",
            f"--output=html={tmp_path / 'page.html'}",
            *arguments,
            str(tmp_path / "seq.xml"),
        ]
    )
    return (tmp_path / "page.html").read_text("utf-8")


def words(text):
    return " ".join(
        re.sub(r"<(?:style|script).*?</(?:style|script)>|<[^>]*>", " ", text, flags=re.DOTALL).split()
    )


def test_the_page_without_its_style_and_script_looks_as_it_was_found_right():
    page = html.render(full_report())
    page = re.sub(r"(?s)(<(style|script)>).*?(</\2>)", r"\1\3", page)
    assert_snapshot("findings.html", re.sub("sha256-[^']*", "sha256-", page))


def test_the_policy_allows_the_style_and_script_of_the_page_and_nothing_else():
    page = html.render(full_report())
    elements = Elements(page)
    assert elements.open == []
    (policy,) = [one["content"] for one in elements.of("meta") if "http-equiv" in one]
    for tag in ("style", "script"):
        (text,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", page)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_nothing_is_fetched_and_no_attribute_holds_code():
    for tag, attributes in Elements(html.render(full_report())).found:
        assert not {"src", "style", "srcset", "action", "data"} & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")]
        assert tag not in {"link", "img", "iframe", "object", "base"}
        assert attributes.get("href", "#").startswith(("#", "https://"))


def test_the_tree_is_that_of_the_console(tmp_path):
    page = page_of(
        tmp_path,
        [
            {
                "group": "Prepare",
                "when": "Model equals X1",
                "steps": [
                    {"restart": "WinPE", "name": "Into Windows PE"},
                    {"set": "Site", "to": "Berlin", "name": "Name the site"},
                    {"run": "cmd.exe /c echo %Site%", "name": "Say it", "disabled": True},
                ],
            }
        ],
    )
    shown = words(page)
    assert "0 Prepare" in shown
    assert "if Model equals &#39;X1&#39;" in shown
    assert "1 Into Windows PE Restart Computer" in shown
    assert "3 Say it Run Command Line disabled" in shown
    assert re.search(r'<li class="step winpe">\s*<details id="s2"', page)
    assert re.search(r'<li class="step inactive">\s*<details id="s3"', page)


def test_variables_are_told_by_where_they_are_set_read_and_tested(tmp_path):
    page = page_of(
        tmp_path,
        [
            {"set": "Site", "to": "Berlin", "name": "Name it"},
            {"run": "cmd.exe /c echo %Site%", "name": "Say it", "when": "Site equals Berlin"},
        ],
    )
    table = words(page.partition('id="variables"')[2].partition("</section>")[0])
    assert table.endswith("variable set in read in tested in Site 0 Name it 1 Say it 1 Say it")


def test_a_variable_that_is_set_or_tested_only_says_so(tmp_path):
    page = page_of(
        tmp_path,
        [
            {"set": "Unread", "to": "1", "name": "A"},
            {"set": "Read", "to": "1", "name": "B", "when": "Tested equals 1"},
            {"set": "InScript", "to": "1", "name": "C"},
            {"set": "OSDComputerName", "to": "1", "name": "D", "when": "_SMSTSMake exists"},
            {"run": "cmd.exe /c echo %Read%", "name": "E"},
            {"powershell": "$tsenv.Value('InScript')", "name": "F"},
        ],
    )
    noted = re.findall(r'class="noted"><th scope="row"><code>(\w+)</code> <span class="mark">([^<]*)', page)
    assert noted == [("Tested", "tested and never set here"), ("Unread", "set and never read here")]
    assert "InScript 2 C 5 F" in words(page)


def test_what_a_finding_speaks_of_is_marked_in_its_step(tmp_path):
    page = page_of(
        tmp_path,
        [
            {"set": "OSDStateStorePath", "to": "C:\\", "name": "Set it"},
            {"powershell": "# the store\nusmtutils.exe /rd C:\\Store\nexit 0", "name": "Delete it"},
        ],
        "--select=TS120,TS165",
    )
    marked = [re.sub("<.*?>", "", text) for text in re.findall("<mark>(.*?)</mark>", page)]
    assert marked == ["OSDStateStorePath", "C:\\", "Script", "usmtutils.exe /rd C:\\Store"]
    assert '<span class="comment"># the store</span>' in page


def test_the_command_of_a_finding_has_its_secrets_masked(tmp_path):
    page = page_of(
        tmp_path,
        [
            {"set": "AdminPassword", "to": "Tr0ub4dor", "name": "Set"},
            {"run": "usmtutils.exe /rd C:\\Tr0ub4dor /y", "name": "Delete"},
        ],
        "--select=TS165",
    )
    assert "C:\\***" in page
    assert "Tr0ub4dor" not in page


def test_the_phase_is_told_where_it_is_known_and_in_words_too(tmp_path):
    inside = [{"run": "b.exe", "name": "In it"}]
    page = page_of(
        tmp_path,
        [
            {"run": "a.exe", "name": "Anywhere"},
            {"group": "Full", "when": "_SMSTSInWinPE equals false", "steps": inside},
            {"restart": "WinPE", "name": "Restart", "when": "_SMSTSInWinPE equals false"},
            {"run": "c.exe", "name": "After"},
            {"run": "d.exe", "name": "Never", "when": ["A equals 1", "A equals 2"]},
        ],
    )
    lines = re.findall(r'(?s)<li class="\w+([^"]*)">.*?<span class="name">([\w ]+)</span>', page)
    assert [(name, phase.strip()) for phase, name in lines] == [
        ("Anywhere", ""),
        ("Full", "full-os"),
        ("In it", "full-os"),
        ("Restart", "full-os"),
        ("After", "winpe"),
        ("Never", ""),
    ]
    assert "Phase Windows PE Command line c.exe" in words(page)


def test_the_page_of_a_rule_is_whole(tmp_path):
    page = page_of(tmp_path, [{"step": "RequestStateStore", "RequestType": "capture"}], "--select=TS101")
    shown = words(page.partition('<template id="rule-TS101">')[2].partition("</template>")[0])
    for part in (
        *("Level error", "Why", "How to mend it In the console:"),
        *("Reported", "Not reported", "Sources"),
    ):
        assert part in shown


def test_a_finding_stands_at_its_step_and_its_path_leads_to_steps():
    source = document()
    assert 'class="badge' not in html.render(report()).partition("<main>")[2]
    shown = words(html.render(report(with_story(source))))
    assert shown.index("if DoRelease is not True") < shown.index("skips Release State Store")


def test_only_so_many_findings_are_shown_and_the_page_says_so():
    source = document()
    many = [finding(source, level="note", message=f"{number}.") for number in range(html.MOST_FINDINGS + 1)]
    page = html.render(report(*many, unreadable()))
    assert page.count('<details class="finding') == html.MOST_FINDINGS
    assert f"The {html.MOST_FINDINGS} most severe of {html.MOST_FINDINGS + 2} findings are here." in page
    assert "The XML ends inside" in page


@pytest.mark.parametrize(
    "name", ["</script><script>x()</script>", "<img src=x onerror=x()>", "{{ 7 * 7 }}", '" onload="x']
)
def test_a_name_is_never_markup(tmp_path, name):
    plain = Elements(page_of(tmp_path, [{"group": "A", "steps": [{"run": "a.exe", "name": "B"}]}]))
    hostile = Elements(page_of(tmp_path, [{"group": name, "steps": [{"run": name, "name": name}]}]))
    assert {tag for tag, _ in hostile.found} <= {tag for tag, _ in plain.found} | {
        "a",
        "h4",
        "dl",
        "dt",
        "dd",
        "p",
        "details",
        "summary",
    }
    assert {key for _, one in hostile.found for key in one} <= {
        key for _, one in plain.found for key in one
    } | {"class", "data-at", "title", "href"} | {
        *(
            "data-level",
            "data-rule",
            "data-category",
            "value",
            "name",
            "type",
            "rel",
            "autocomplete",
            "hidden",
            "aria-live",
        )
    }


def test_a_sequence_without_findings_has_its_secrets_masked(tmp_path):
    page = page_of(
        tmp_path, [{"set": "OSDJoinPassword", "to": "Tr0ub4dor", "name": "Set it"}], "--select", "TS101"
    )
    assert "No findings." in page
    assert "***" in page
    assert "Tr0ub4dor" not in page


def test_standard_input_is_shown_too():
    done = subprocess.run(
        [sys.executable, "-m", "tslint", "--isolated", "--format", "html", "-"],
        cwd=ROOT,
        input=sequence_xml([{"run": "a.exe", "name": "By pipe"}]),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "By pipe" in done.stdout.partition('id="sequences"')[2]


def test_jinja_is_imported_only_where_the_page_is_written(tmp_path):
    (tmp_path / "a.xml").write_text(sequence_xml([{"run": "a.exe"}]), "utf-8")
    code = (
        "import sys; from tslint.cli.main import main; main(sys.argv[1:]);"
        "print('jinja2' in sys.modules, file=sys.stderr)"
    )
    for form in ("text", "markdown", "html"):
        command = [sys.executable, "-c", code, "--isolated", "--format", form, "a.xml"]
        done = subprocess.run(
            command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
        )
        assert done.stderr.splitlines()[-1] == str(form == "html")


def test_a_thousand_steps_make_a_page_of_bounded_size(tmp_path):
    nodes = [
        {
            "group": f"Group {group}",
            "steps": [{"run": f"tool{step}.exe /quiet", "name": f"Step {step}"} for step in range(99)],
        }
        for group in range(10)
    ]
    begun = time.process_time()
    page = page_of(tmp_path, nodes)
    assert time.process_time() - begun < 10
    assert len(page) < 3_000_000
    assert page.count('<li class="step') == 990


def test_groups_in_groups_in_groups_are_shown(tmp_path):
    nodes = [{"run": "a.exe", "name": "Innermost"}]
    for number in range(90):
        nodes = [{"group": f"Group {number}", "steps": nodes}, {"run": "b.exe", "name": "After"}]
    page = page_of(tmp_path, nodes)
    assert Elements(page).open == []
    assert "Innermost" in page


def test_only_so_much_is_coloured(tmp_path, monkeypatch):
    steps = [{"run": f"a.exe /x {number}", "name": f"Step {number}"} for number in range(9)]
    monkeypatch.setattr("tslint.report.page.view.MOST_COLOURED", 50)
    page = page_of(tmp_path, steps)
    assert page.count('<span class="option">/x</span>') == 5
    assert words(page).count("a.exe /x") == 9


def test_a_child_that_is_run_often_is_in_its_places_within_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr("tslint.report.page.outline.MOST_TEXT", 100_000)
    export = {
        "sequence": [{"child": "CM100002", "name": f"Call {number}"} for number in range(40)],
        "children": {"CM100002": [{"run": f"a.exe {'x' * 60_000}", "name": "In the child"}]},
    }
    (tmp_path / "export.zip").write_bytes(export_zip(export))
    page = tmp_path / "page.html"
    main(["--isolated", "--fail-on", "never", f"--output=html={page}", str(tmp_path / "export.zip")])
    page = page.read_text("utf-8")
    assert page.count('<span class="name">In the child</span>') == 40
    assert "left out: this page has too much text in it" in page
    assert len(page) < 300_000


def test_when_the_time_is_up_no_more_files_are_read_for_the_page(tmp_path):
    (tmp_path / "seq.xml").write_text(sequence_xml([{"run": "a.exe", "name": "In time"}]), "utf-8")
    file = File(Origin("seq.xml"), str(tmp_path / "seq.xml"), named=True)
    times = iter([False, True])

    class Deadline:
        is_over = property(lambda _: next(times))

    (shown,) = outlines([file, file], bytes, Deadline(), {})
    assert [line.name for line in shown.lines] == ["In time"]


def test_the_variables_of_a_task_sequence_stand_before_its_steps(tmp_path):
    listed = '<variable name="Site">Berlin</variable><variable name="Old">false</variable>'
    xml = sequence_xml([{"run": "a.exe", "name": "First"}], lite_touch=True)
    xml = xml.replace("<globalVarList/>", f"<globalVarList>{listed}</globalVarList>")
    (tmp_path / "ts.xml").write_text(xml, "utf-8")
    file = File(Origin("ts.xml"), str(tmp_path / "ts.xml"), named=True)
    (shown,) = outlines([file], bytes, Deadline(0), {})
    variables, first = shown.lines
    assert (variables.kind, variables.name, first.name) == ("list", "Variables", "First")
    assert [(fact.label, fact.value) for fact in variables.facts] == [("site", "Berlin"), ("old", "false")]
    assert variables.sets == ("site", "old")
