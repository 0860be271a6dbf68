"""Options in the text that a task sequence passes on to ScanState or LoadState."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tslint.catalogue.tables import Tables

# A word of a command line, quotes taken together, with the white space before it.
_WORD = r"""\s*(?:"[^"]*"|[^\s"])+"""


def without_options(text: str, options: Iterable[str], tables: Tables) -> str:
    """Return the text without these options (``/uel``), each with the value that it has."""
    unwanted = {option.lstrip("-/").lower() for option in options}
    kept: list[str] = []
    drop_value = False
    for word in re.findall(_WORD, text):
        bare = word.strip().strip('"')
        is_option = bare[:1] in ("-", "/")
        if drop_value and not is_option:
            drop_value = False
            continue
        name, colon, _ = bare[1:].replace("=", ":").partition(":")
        drop_value = is_option and name.lower() in unwanted
        if not drop_value:
            kept.append(word)
        else:
            drop_value = not colon and _takes_value(f"/{name.lower()}", tables)
    return "".join(kept).strip()


def _takes_value(option: str, tables: Tables) -> bool:
    return any(tables.tools.get(tool, {}).get(option, {}).get("value") for tool in ("scanstate", "loadstate"))
