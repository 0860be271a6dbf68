"""Templates to pages: one file each that needs nothing else, and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from tslint import __version__
from tslint.report.page.pieces import plain
from tslint.rules import page as rule_pages

if TYPE_CHECKING:
    from jinja2 import Environment

    from tslint.report.page.view import View


def page(template: str, view: View, **given: object) -> str:
    """Return a page. Its policy allows the style and script that it has in it, by their hashes, no more."""
    environment = _environment()
    style, script = (environment.get_template(name).render() for name in ("page.css", "page.js"))
    return environment.get_template(template).render(
        version=__version__,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        view=view,
        **given,
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("tslint.report.page", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # every text is made plain on its way into the page, whoever wrote it
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.globals["rule_pages"] = rule_pages
    return environment


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
