"""Options in a command line, or in the text that a task sequence passes on to ScanState or LoadState."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from tslint.catalogue.tables import Tables

# A word of a command line, quotes taken together, with the white space before it.
_WORD = r"""\s*(?:"[^"]*"|[^\s"])+"""


def without_options(text: str, options: Iterable[str], tables: Tables) -> str:
    """Return the text without these options (``/uel``) of ScanState and LoadState, each with its value."""
    unwanted = {_name(option) for option in options}
    return _without(text, unwanted, {name for name in unwanted if _takes_value(f"/{name}", tables)})


def without_words(text: str, options: Iterable[str]) -> str:
    """Return the text without these options; those that end with a colon go with their values."""
    listed = [_name(option) for option in options]
    valued = {name[:-1] for name in listed if name.endswith(":")}
    return _without(text, valued.union(listed), valued)


def _name(option: str) -> str:
    return option.lstrip("-/").lower()


def _without(text: str, unwanted: Container[str], valued: Container[str]) -> str:
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
            drop_value = not colon and name.lower() in valued
    return "".join(kept).strip()


def _takes_value(option: str, tables: Tables) -> bool:
    return any(tables.tools.get(tool, {}).get(option, {}).get("value") for tool in ("scanstate", "loadstate"))
