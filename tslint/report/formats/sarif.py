"""Findings as SARIF 2.1.0, for GitHub code scanning and every other reader of the format.

What GitHub reads and how much of it: https://docs.github.com/code-security/code-scanning (SARIF support).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tslint import __version__
from tslint.report.missing import said
from tslint.report.sarif import objects as om
from tslint.report.sarif.as_json import plain
from tslint.report.sarif.fix import fixes
from tslint.report.sarif.place import code_flow, location, message_text
from tslint.report.sarif.rule import MESSAGE, descriptor
from tslint.report.severe import most_severe
from tslint.report.told import where as told_where
from tslint.report.unjudged import UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.lint.finding import Suppressed
    from tslint.report.located import Located
    from tslint.report.report import Report
    from tslint.report.terminal import Screen

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

# tslint has no public page yet: this is the one that its rules rest on
INFORMATION = "https://learn.microsoft.com/intune/configmgr/osd/understand/task-sequence-steps"

# GitHub rejects a run with more results, and shows the most severe 5,000 of what it takes
MOST_RESULTS = 25_000
SHOWN_RESULTS = 5_000
# GitHub rejects a file that takes more when packed with gzip
MOST_BYTES = 10_000_000
# per result GitHub takes 1,000 locations, and keeps 100
MOST_RELATED = 100


def render(report: Report, _screen: Screen | None = None) -> str:
    """Return one log with one run. Same findings, same bytes. Pure ASCII: no code page can spoil it.

    What is more than readers take is left out, the least severe first, and a notification says so.
    """
    most = min(MOST_RESULTS, len(report.everything()))
    text = _text(report, most)
    while most and _is_too_large(text):
        most //= 2
        text = _text(report, most)
    return text


def _is_too_large(text: str) -> bool:
    if len(text) <= MOST_BYTES:
        return False
    import zlib

    return len(zlib.compress(text.encode("ascii"))) > MOST_BYTES


def _text(report: Report, most: int) -> str:
    log = plain(_log(report, most))
    return json.dumps({key: log[key] for key in ("$schema", "version", "runs")}, separators=(",", ":")) + "\n"


def _log(report: Report, most: int) -> om.SarifLog:
    rules = sorted(report.rules.values(), key=lambda rule: rule.id)
    index = {rule.id: number for number, rule in enumerate(rules)}
    driver = om.ToolComponent(
        name="tslint",
        version=__version__,
        semantic_version=__version__,
        information_uri=INFORMATION,
        rules=[descriptor(rule, report.page(rule.id)) for rule in rules],
    )
    run = om.Run(
        tool=om.Tool(driver=driver),
        # no text after the slash: a run without an id of its own replaces the one before
        automation_details=om.RunAutomationDetails(id="tslint/"),
        column_kind="unicodeCodePoints",
        invocations=[_invocation(report, index, most)],
        results=[_result(report, found, index) for found in most_severe(report.everything(), most)],
        properties=report.scope.plain(),
    )
    return om.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[run])


def _result(report: Report, found: Located, index: Mapping[str, int]) -> om.Result:
    finding, spot = found.finding, found.spot
    related = found.related[:MOST_RELATED]
    links = ", ".join(f"[{_link(other.text)}]({number})" for number, (other, _) in enumerate(related, 1))
    see = f" See {links}." if links else ""
    properties: dict[str, object] = {} if spot.number is None else {"stepNumber": spot.number}
    properties |= {"sequence": spot.sequence} if spot.sequence else {}
    properties |= {"doubt": finding.doubt} if finding.doubt else {}
    return om.Result(
        rule_id=finding.rule,
        rule_index=index[finding.rule],
        level=finding.level,
        message=om.Message(
            id=MESSAGE,
            arguments=[spot.step or str(spot.origin)],
            text=message_text(finding.message + told_where(spot)) + see,
        ),
        locations=[location(spot)],
        related_locations=[
            location(where, number=number, text=other.text)
            for number, (other, where) in enumerate(related, 1)
        ]
        or None,
        code_flows=code_flow(found),
        partial_fingerprints={
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
            "tslint/v1": finding.fingerprint,
        },
        suppressions=[_suppression(finding.suppressed)] if finding.suppressed else None,
        fixes=fixes(report, found),
        properties=properties or None,
    )


def _suppression(suppressed: Suppressed) -> dict[str, str]:
    """Return a suppression as plain data: sarif-om knows a draft of it, without the status."""
    why = {"justification": message_text(suppressed.reason)} if suppressed.reason else {}
    return {"kind": suppressed.kind, "status": "accepted", **why}


def _link(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _invocation(report: Report, index: Mapping[str, int], most: int) -> om.Invocation:
    return om.Invocation(
        execution_successful=not report.crashes,
        tool_execution_notifications=list(_notifications(report, index, most)) or None,
    )


def _notifications(report: Report, index: Mapping[str, int], most: int) -> Iterator[om.Notification]:
    for crash in report.crashes:
        subject = f"Rule '{crash.rule}'" if crash.rule else "Linting"
        text = f"{subject} failed on '{crash.origin}', a fault of tslint: {crash.error}."
        yield _notification("error", text, crash.rule, index)
    for one in report.scope.looked:
        if one.outcome == "undecided":
            yield _notification("warning", f"'{one.file}' was not judged: {one.why}.", UNDECIDED, index)
    for sentence in said(report.scope.missing):
        yield _notification("note", f"{sentence[0].upper()}{sentence[1:]}.")
    for open_end in report.undecided:
        text = f"Rule '{open_end.rule}' met the bound on its effort on '{open_end.file}' and said nothing."
        yield _notification("warning", text, open_end.rule, index)
    count = len(report.everything())
    if count > most:
        text = f"Of {count} findings the {most} most severe are listed: GitHub would reject a larger file."
        yield _notification("warning", text)
    if most > SHOWN_RESULTS:
        yield _notification("note", f"Of {most} results GitHub shows the {SHOWN_RESULTS} most severe.")


def _notification(
    level: str, text: str, rule: str = "", index: Mapping[str, int] | None = None
) -> om.Notification:
    associated = (
        om.ReportingDescriptorReference(id=rule, index=index[rule]) if index and rule in index else None
    )
    return om.Notification(
        level=level, message=om.Message(text=message_text(text)), associated_rule=associated
    )
