"""Text from the input as Markdown shows it: nothing in it is a link, a tag, an image or a mention."""

from __future__ import annotations

import re

from tslint.report.escape import escape

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Services look for names, numbers and addresses in the text that Markdown has become, where no backslash is
# left: only a character between keeps "@name" from calling somebody. The same is done, and why, in
# https://github.com/renovatebot/renovate/blob/main/lib/util/markdown.ts
_APART = re.compile(r"(?i)[@#]|:(?=//)|(?<=www)\.")
_INLINE = re.compile(r"[\\`*_\[\]|~$]")
_BEGINNING = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def literal(text: str) -> str:
    """Return ``text`` as the content of a paragraph, a list's line or a table's cell."""
    shown = _INLINE.sub(r"\\\g<0>", escape(text).strip())
    return _inert(_BEGINNING.sub(_harmless, shown))


def in_html(text: str) -> str:
    """Return ``text`` as the content of an HTML element on one line."""
    return _inert(escape(text))


def _inert(text: str) -> str:
    text = re.sub("[&<>]", lambda found: _HTML[found[0]], text)
    return _APART.sub(r"\g<0>&#8203;", text)


def _harmless(beginning: re.Match[str]) -> str:
    """Escape what would make a list or a heading of a line."""
    mark = beginning[0]
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
