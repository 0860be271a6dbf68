"""Every bound stands in docs/bounds.md with its value and its reason."""

import re
import shutil
from pathlib import Path

import pytest

from tools import bounds_page as page_module
from tools.bounds_page import bounds_in, bounds_page

ROOT = Path(__file__).parents[2]


def test_a_bound_has_the_comment_above_it_or_above_its_neighbours():
    told = "# Why | so\n# much.\nMAX_A: Final = 2 * MAX_B\nMAX_B = 3_000  # and more\n"
    source = f"{told}\nx = 1\nMOST_C = 4\nOTHER = 5\n"
    assert [*bounds_in(source)] == [
        ("MAX_A", "2 * MAX_B", "Why \\| so much."),
        ("MAX_B", "3_000", "Why \\| so much."),
        ("MOST_C", "4", ""),
    ]


def test_every_bound_of_the_source_is_on_the_page():
    page = bounds_page()
    for path in ROOT.glob("tslint/**/*.py"):
        for name in re.findall(r"(?m)^((?:MAX|MOST)\w*)\b.*=", path.read_text("utf-8")):
            assert re.search(rf"(?m)^\| `{name}` \| .*\| `{path.relative_to(ROOT).as_posix()}` \|$", page), (
                name
            )


def test_a_bound_without_a_reason_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "tslint" / "source").mkdir(parents=True)
    (tmp_path / "tslint" / "source" / "a.py").write_text("MAX_A = 1\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setattr(page_module, "CHECKOUT", tmp_path)
    with pytest.raises(ValueError, match=r"a\.py: MAX_A"):
        bounds_page()
