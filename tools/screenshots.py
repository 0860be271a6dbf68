"""Pictures of the page for a browser: ``python -m tools.screenshots FOLDER [FILE [OLD]]``.

Without files they are of the examples. Needs the extra ``browser``, and Chromium on the PATH or where
Playwright keeps its own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.browser import browser
from tslint.cli.main import main as tslint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

_WIDE, _NARROW = {"width": 1600, "height": 1000}, {"width": 400, "height": 860}
_LOOKS = (("wide", _WIDE, "light"), ("dark", _WIDE, "dark"), ("narrow", _NARROW, "light"))
_EXAMPLES = Path(__file__).parents[1] / "examples"


def pages(file: Path, old: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the page of findings, that without, and that of two versions; yield each with its name."""
    for name, arguments in (
        ("findings", ("--isolated", "--fail-on=never", file)),
        ("show", ("show", file)),
        ("diff", ("diff", "--isolated", old, file)),
    ):
        page = folder / f"{name}.html"
        tslint([*map(str, arguments), "--format=html", f"--output={page}"])
        yield name, page


def pictures(opened: Browser, page: Path) -> Iterator[tuple[str, Page]]:
    """Yield each view of a page, with its name: as it opens, and with something chosen and opened."""
    for name, size, scheme in _LOOKS:
        context = opened.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        shown = context.new_page()
        shown.goto(page.as_uri())
        yield name, shown
        choice = shown.locator(".finding > summary")
        if choice.count():
            choice.nth(min(1, choice.count() - 1)).click()
            yield f"{name}-path", shown
        step = shown.locator(".tree li.step > details:has(pre) > summary")
        if step.count():
            step.last.click()
            step.last.scroll_into_view_if_needed()
            yield f"{name}-step", shown
        context.close()


def main(arguments: list[str]) -> int:
    """Write the pictures into a folder."""
    folder, *files = map(Path, arguments)
    file = files[0] if files else _EXAMPLES / "refresh-broken.xml"
    old = files[1] if len(files) > 1 else _EXAMPLES / "refresh-mended.xml"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, browser() as opened:
        for kind, page in pages(file, old, Path(scratch)):
            for name, shown in pictures(opened, page):
                shown.screenshot(path=folder / f"{kind}-{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
