"""Pictures of the page for a browser: ``python -m tools.screenshots FOLDER [FILE]``, else of the example.

Needs the extra ``browser``, and Chromium on the PATH or where Playwright keeps its own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tslint.cli.main import main as tslint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

from tools.browser import browser

_WIDE, _NARROW = {"width": 1600, "height": 1000}, {"width": 400, "height": 860}


def pictures(opened: Browser, page: Path) -> Iterator[tuple[str, Page]]:
    """Yield each view of a page, with its name."""
    for name, size, scheme in (
        ("wide", _WIDE, "light"),
        ("dark", _WIDE, "dark"),
        ("narrow", _NARROW, "light"),
    ):
        context = opened.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        shown = context.new_page()
        shown.goto(page.as_uri())
        yield name, shown
        finding = shown.locator(".finding.error > summary").nth(1)
        if finding.count():
            finding.click()
            yield f"{name}-path", shown
        context.close()


def main(arguments: list[str]) -> int:
    """Write the pictures into a folder."""
    folder, *files = map(Path, arguments)
    file = files[0] if files else Path(__file__).parents[1] / "examples" / "refresh-broken.xml"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, browser() as opened:
        page = Path(scratch) / "page.html"
        tslint(["--isolated", "--fail-on", "never", "--output", f"html={page}", str(file)])
        for name, shown in pictures(opened, page):
            shown.screenshot(path=folder / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
