"""A Chromium without a window, for pictures and tests of the page."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


class NoBrowserError(Exception):
    """There is none; its text says what is missing."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium: the system's where there is one, else Playwright's own. Raises NoBrowserError."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        raise NoBrowserError("Playwright is missing: install the extra browser") from None
    system = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        try:
            # its sandbox does not start as root, as which containers run; the pages are of our own making
            opened = playwright.chromium.launch(executable_path=system, args=["--no-sandbox"])
        except Error:
            raise NoBrowserError("Chromium is missing: python -m playwright install chromium") from None
        try:
            yield opened
        finally:
            opened.close()
