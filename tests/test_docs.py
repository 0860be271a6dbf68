"""The documentation follows from the rules, and leads where it says."""

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from tools import documentation
from tslint import __version__
from tslint.language.form import FORMS
from tslint.rules.compile import stale

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_generated_pages_are_current():
    files = documentation.texts()
    wrong = [*stale(files, documentation.DOCS), *documentation.orphans(files)]
    assert wrong == [], "run: python -m tools.documentation"


@pytest.mark.slow
def test_a_page_of_a_rule_that_is_gone_is_told_and_removed(tmp_path, monkeypatch, capsys):
    docs = tmp_path / "docs"
    (docs / "rules").mkdir(parents=True)
    (docs / "rules" / "TS999.md").write_text("gone", "utf-8")
    (docs / "rule-language.md").write_text("<!-- table: matchers -->\nold\n<!-- end of table -->\n", "utf-8")
    (docs / "steps").mkdir()
    (docs / "steps" / "README.md").write_text("<!-- table: steps -->\n<!-- end of table -->\n", "utf-8")
    (docs / "steps" / "Gone.md").write_text("gone", "utf-8")
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    monkeypatch.setattr(documentation, "DOCS", docs)
    assert documentation.main(["--check"]) == 1
    assert "stale" in (told := capsys.readouterr().err)
    assert "rules/TS999.md" in told
    assert "steps/Gone.md" in told
    assert documentation.main([]) == 0
    assert not (docs / "rules" / "TS999.md").exists()
    assert not (docs / "steps" / "Gone.md").exists()
    assert "[Restart Computer](Reboot.md)" in (docs / "steps" / "README.md").read_text("utf-8")
    assert "| `matches` | text |" in (docs / "rule-language.md").read_text("utf-8")
    assert documentation.main(["--check"]) == 0


def test_every_table_stands_in_the_page_and_every_form_is_read_out():
    page = (ROOT / "docs" / "rule-language.md").read_text("utf-8")
    tables = [
        "head",
        "forms",
        "form keys",
        "facts",
        "maps",
        "matchers",
        "mends",
        "edits",
        "examples",
        "steps",
        "conditions",
    ]
    assert re.findall(r"<!-- table: (.*) -->", page) == tables
    for form in FORMS.values():
        assert f"\n| `{form.subject}` | {form.reads_as} |" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_named_files_exist(page):
    text = page.read_text("utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
    folders = "tslint|rules|schemas|tests|docs|examples|benchmarks|fuzz|program|requirements|tools"
    named = re.findall(rf"\b((?:{folders})/[a-z0-9_./-]+\.(?:py|yaml|json|md|xml|txt|spec))\b", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_files_that_comments_name_exist():
    sources = [
        path for part in ("tslint", "tools", "fuzz", "benchmarks") for path in ROOT.glob(f"{part}/**/*.py")
    ]
    files = {path.name for path in ROOT.glob("*.py")} | {path.name for path in ROOT.glob("*/**/*.py")}
    files |= {f"{name}.py" for name in sys.stdlib_module_names}
    named = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sources
        if path.parent.name != "compiled"
        for name in re.findall(r"\b[a-z_]+\.py\b", path.read_text("utf-8"))
    }
    assert sorted((path, name) for path, name in named if name not in files) == []


def test_every_page_stands_in_the_index_once():
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = [page.name for page in ROOT.glob("docs/*.md") if page.name != "README.md"]
    household = [f"../{page.name}" for page in ROOT.glob("*.md")]
    links = re.findall(r"\]\(([^)]+)\)", index)
    assert sorted(links) == sorted([*pages, *household, "rules/README.md", "steps/README.md"])


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/README.md"])
def test_the_readme_leads_to(page):
    assert f"]({page})" in (ROOT / "README.md").read_text("utf-8")


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    newest = re.findall(r"(?m)^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"))[0]
    assert (project["version"], newest) == (__version__, __version__)
