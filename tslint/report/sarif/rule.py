"""A rule as SARIF describes it: what readers show beside each of its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.sarif import objects as om
from tslint.rules.page import cmdlet, markdown, remedy

if TYPE_CHECKING:
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule

# GitHub: a description of at most 1,024 characters
LONGEST_DESCRIPTION = 1_024

# the message of a rule that its results refer to: what it says in general, for readers that gather by it
MESSAGE = "default"

_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}

# GitHub turns what has a security severity (0 to 10) into a security alert: these are its high, medium, low
SECURITY = "security"
_SECURITY_SEVERITY = {"error": "8.0", "warning": "5.0", "note": "2.0"}


def descriptor(rule: Rule, page: Page) -> om.ReportingDescriptor:
    """Return the reportingDescriptor of ``rule``, its page as help."""
    why = " ".join(str(page.get("why") or rule.summary).split())
    steps = "\n".join(part for part in (remedy(rule), cmdlet(rule)) if part)
    sources = page.get("sources") or ()
    return om.ReportingDescriptor(
        id=rule.id,
        name="".join(word.capitalize() for word in rule.name.split("-")),
        short_description=_text(rule.summary),
        full_description=_text(why),
        message_strings={MESSAGE: _text(f"At '{{0}}': {_general(rule.summary)}")},
        help=om.MultiformatMessageString(
            text=f"{why}\n\n{steps}" if steps else why, markdown=markdown(rule, page)
        ),
        help_uri=next((str(source["url"]) for source in sources), None),
        default_configuration=om.ReportingConfiguration(level=rule.level),
        properties={
            "tags": [rule.category, "task-sequence", *rule.engines],
            "precision": rule.precision,
            **_severity(rule),
        },
    )


def _severity(rule: Rule) -> dict[str, str]:
    if rule.category == SECURITY:
        return {"security-severity": _SECURITY_SEVERITY[rule.level]}
    return {"problem.severity": _PROBLEM[rule.level]}


def _general(summary: str) -> str:
    return summary.rstrip(".").replace("{", "{{").replace("}", "}}") + "."


def _text(text: str) -> om.MultiformatMessageString:
    short = text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 3].rstrip() + "..."
    return om.MultiformatMessageString(text=short)
