"""Globs over file paths and step paths, matched in linear time: they come from pull requests too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE = re.compile(r"(?P<folders>\*\*/)|(?P<all>\*\*)|(?P<some>\*)|(?P<one>\?)|[^*?]+")
_MEANS = {"folders": "(?:.*/)?", "all": ".*", "some": "[^/]*", "one": "[^/]"}


class Glob(Protocol):
    """A compiled glob."""

    def fullmatch(self, text: str) -> object:
        """Return something true where the whole of ``text`` matches."""


class GlobError(Exception):
    """A glob that cannot be compiled; its text says why."""


def compiled(glob: str, *, ignore_case: bool) -> Callable[[str], bool]:
    """Return the test of a path with forward slashes: ``**`` any folders, ``*`` anything but /, ``?`` one.

    A glob that names a folder, a group or a zip takes in everything below it. Raises GlobError.
    """
    import re2

    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.dot_nl = True
    options.log_errors = False
    try:
        pattern = "".join(
            _MEANS[match.lastgroup] if match.lastgroup else re2.escape(match[0])
            for match in _PIECE.finditer(glob.removeprefix("./").rstrip("/"))
        )
        fits: Glob = re2.compile(f"{pattern}(?:!?/.*)?", options)
    except (re2.error, UnicodeError):
        raise GlobError("this glob cannot be used: it is too long, or holds a broken character") from None
    return lambda path: bool(fits.fullmatch(path))
