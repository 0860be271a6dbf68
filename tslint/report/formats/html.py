"""Findings as a page for a browser: one file that needs nothing else, and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from tslint import __version__
from tslint.report.page.view import View, plain
from tslint.report.severe import most_severe
from tslint.rules.page import notation
from tslint.rules.rule import BY_SEVERITY
from tslint.source.printable import count

if TYPE_CHECKING:
    from jinja2 import Environment

    from tslint.report.report import Report
    from tslint.report.terminal import Screen

# each takes some kilobytes, and nobody looks through more
MOST_FINDINGS = 2_000


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return the page. Its policy allows the style and script that it has in it, by their hashes, no more."""
    environment = _environment()
    style, script = (environment.get_template(name).render() for name in ("page.css", "page.js"))
    view = View(report.outlines())
    shown = [
        view.shown(found, number, report.rules[found.finding.rule].category, report.advice(found))
        for number, found in enumerate(most_severe(report.findings, MOST_FINDINGS))
    ]
    told = {found.rule: report.rules[found.rule] for found in shown}
    return environment.get_template("page.html").render(
        version=__version__,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        view=view,
        findings=shown,
        all_findings=count(len(report.findings), "finding"),
        left_out=len(report.findings) - len(shown),
        levels={level: sum(one.finding.level == level for one in report.findings) for level in BY_SEVERITY},
        files=", ".join(f"{number} {outcome}" for outcome, number in report.scope.counts().items() if number),
        remarks=report.scope.remarks(),
        rules=[(rule, report.page(rule.id)) for rule in sorted(told.values())],
        categories=sorted({found.category for found in shown}),
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
    environment.filters["notation"] = lambda steps: "\n".join(notation(steps))
    return environment


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
