"""``--format html`` of show and diff: the page of the linter without findings, and with changes."""

import re

import pytest

from tests.report.snapshot import assert_snapshot
from tests.review.reviewing import tslint_
from tslint.report.review import difference_html
from tslint.rules.example import export_zip, sequence_xml

OLD = [
    {
        "group": "Capture",
        "when": "_SMSTSInWinPE equals false",
        "steps": [
            {"set": "Site", "to": "Berlin", "name": "Name the site"},
            {"run": "scanstate.exe C:\\Store /o", "name": "Capture", "when": "Site equals Berlin"},
            {"run": "old.exe", "name": "Old"},
        ],
    },
    {"group": "Gone", "steps": [{"run": "cmd.exe /c dir", "name": "List"}]},
    {"powershell": "\n".join(f"Write-Host {n}" for n in range(4)), "name": "Script"},
    {"restart": "WinPE", "name": "Into Windows PE"},
]
NEW = [
    {
        "group": "Capture",
        "when": "_SMSTSInWinPE equals false",
        "steps": [
            {"set": "Site", "to": "Munich", "name": "Name the site"},
            {"run": "scanstate.exe C:\\Store /o /c", "name": "Capture", "when": "Site equals Berlin"},
        ],
    },
    {"restart": "WinPE", "name": "Into Windows PE"},
    {"powershell": "\n".join(f"Write-Host {n}" for n in (0, 1, 7, 3)), "name": "Script"},
    {"group": "More", "steps": [{"run": "new.exe", "name": "New"}, {"run": "newer.exe", "name": "Newer"}]},
]


@pytest.fixture
def versions(tmp_path, monkeypatch):
    """A function that writes two versions, and returns what the program is given to compare them."""
    monkeypatch.chdir(tmp_path)

    def write(old=OLD, new=NEW):
        (tmp_path / "old.xml").write_text(sequence_xml(old), "utf-8")
        (tmp_path / "new.xml").write_text(sequence_xml(new), "utf-8")
        return "diff", "--isolated", "--format", "html", "old.xml", "new.xml"

    return write


def words(page):
    page = re.sub(r"(?s)<(?:style|script|title).*?</(?:style|script|title)>|<[^>]*>", " ", page)
    return " ".join(page.split()).replace("&#39;", "'")


def bare(page):
    """Return a page without what all pages share."""
    return re.sub(r"(?s)(<(style|script)>).*?(</\2>)|sha256-[^']*|<symbol.*?</symbol>\n", r"\1\3", page)


def rows(page):
    """Return the lines of the tree with how they differ."""
    found = re.findall(r'(?s)<li class="(?:step|group)([^"]*)">.*?<span class="name">(.*?)</span>', page)
    marks = {"added", "removed", "moved", "changed"}
    return [(name, " ".join(marks & set(kinds.split()))) for kinds, name in found]


def test_the_pages_look_as_they_were_found_right(versions):
    given = versions()
    assert_snapshot("outline.html", bare(tslint_("show", "--format", "html", "new.xml")[1]))
    assert_snapshot("difference.html", bare(tslint_(*given)[1]))


def test_the_page_without_findings_has_the_tree_and_the_variables_and_no_list(versions):
    versions()
    status, page, _ = tslint_("show", "--format", "html", "new.xml")
    shown = words(page)
    assert status == 0
    assert "1 task sequence, 2 groups, 6 steps" in shown
    assert "0 Capture if _SMSTSInWinPE equals 'false'" in shown
    assert "Finding" not in shown
    assert 'id="filter"' not in page


def test_both_versions_are_one_tree_with_what_is_gone_where_it_stood(versions):
    assert rows(tslint_(*versions())[1]) == [
        ("Capture", ""),
        ("Name the site", "changed"),
        ("Capture", "changed"),
        ("Old", "removed"),
        ("Gone", "removed"),
        ("List", "removed"),
        ("Into Windows PE", ""),
        ("Script", "moved"),
        ("More", "added"),
        ("New", "added"),
        ("Newer", "added"),
    ]


def test_a_change_has_before_and_after_and_leads_to_its_line(versions):
    page = tslint_(*versions())[1]
    cards = dict(re.findall(r"(?s)<strong>([^<]*)</strong>(.*?)</details>", page))
    assert "<del>Berlin</del> → <ins>Munich</ins>" in cards["Name the site"]
    assert '<a href="#s1">show the step</a>' in cards["Name the site"]
    assert "<del>- Write-Host 2\n</del><ins>+ Write-Host 7\n</ins>" in cards["Script"]
    assert "<del>old.exe</del>" in cards["Old"]
    assert "added, with 2 more inside" in words(cards["More"])
    assert "Newer" not in cards


def test_what_the_changes_mean_stands_before_them_and_at_the_steps(versions):
    page = tslint_(*versions())[1]
    effect = page.index('<span class="mark">what it means')
    assert effect < page.index("<strong>Name the site</strong>")
    assert words(page[effect:]).startswith("what it means 'Capture/Capture' never runs any more")
    assert '<li class="meant" data-at="2"><a href="#s2">Capture/Capture</a></li>' in page


def test_numbers_are_those_of_the_new_version(versions):
    page = tslint_(*versions())[1]
    numbers = re.findall(r'<span class="number">(\d*)</span>.*?<span class="name">(\w+)', page)
    assert dict(map(reversed, numbers)) | {"Old": "", "Gone": "", "List": ""} == dict(map(reversed, numbers))


def test_findings_that_come_and_go_are_among_the_changes(versions):
    broken = [{"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}]
    mended = [*broken, {"step": "ReleaseStateStore", "name": "Release"}]
    assert "new finding" in words(tslint_(*versions(mended, broken))[1])
    gone = words(tslint_(*versions(broken, mended))[1])
    assert "finding that is gone" in gone
    assert "finding that is gone" not in words(tslint_(*versions(broken, mended), "--no-findings")[1])


def test_equal_versions_are_a_page_that_says_so(versions):
    status, page, _ = tslint_(*versions(OLD, OLD))
    assert status == 0
    assert "No difference." in page


def test_a_task_sequence_that_only_one_version_has_is_shown_whole(versions, tmp_path):
    versions()
    parent = [{"child": "TSL00009", "name": "Call"}]
    (tmp_path / "old.zip").write_bytes(export_zip({"sequence": parent, "children": {"TSL00009": OLD}}))
    (tmp_path / "new.zip").write_bytes(export_zip({"sequence": [], "children": {"TSL00009": OLD}}))
    page = tslint_("diff", "--isolated", "--format", "html", "old.zip", "new.zip")[1]
    assert ("Call", "removed") in rows(page)
    assert "No difference in 1 more task sequence" in page


def test_only_so_many_changes_are_in_the_list(versions, monkeypatch):
    monkeypatch.setattr(difference_html, "MOST_CARDS", 3)
    page = tslint_(*versions())[1]
    assert page.count('<details class="finding') == 3
    assert re.search(r"\d more are not here", page)


@pytest.mark.parametrize("name", ["</script><script>x()</script>", "<img src=x onerror=x()>", '"x'])
def test_a_name_is_never_markup(versions, name):
    page = tslint_(
        *versions([{"group": name, "steps": []}], [{"run": name, "name": name, "when": f"{name} exists"}])
    )[1]
    assert name not in page


def test_no_page_asks_for_anything(versions):
    given = versions()
    for page in (tslint_("show", "--format", "html", "new.xml")[1], tslint_(*given)[1]):
        assert "default-src 'none'" in page
        assert not re.search(r"(?i)\s(?:src|style|srcset|on\w+)=", page)
        assert not re.search(r"href=\"(?!#)", page)
