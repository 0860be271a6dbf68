"""The paths of the command line that are there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.source.walk import missing

if TYPE_CHECKING:
    from collections.abc import Sequence

# What the program gets for "C:\My Exports\" ends in a quotation mark: \" does not end what " began.
_QUOTED = r'; before a closing quotation mark write no backslash: "C:\My Exports", not "C:\My Exports\"'


def existing(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths, in the place of a pattern what it matches. What exists is a name and no pattern.

    Raises UsageError where a path does not exist or a pattern matches nothing.
    """
    lost = missing(paths)
    if not lost:
        return tuple(paths)
    from tslint.source.wildcard import has_wildcard, matches

    found = {path: matches(path) for path in lost if has_wildcard(path)}
    nowhere = [path for path in lost if path not in found]
    unmatched = [path for path in found if not found[path]]
    if nowhere:
        quoted = _QUOTED if sys.platform == "win32" and any('"' in path for path in nowhere) else ""
        raise UsageError(f"no such file or folder: {', '.join(nowhere)}{quoted}")
    if unmatched:
        raise UsageError(f"no file or folder matches: {', '.join(unmatched)}")
    return tuple(one for path in paths for one in found.get(path, [path]))
