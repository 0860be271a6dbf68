"""What makes a finding the same finding tomorrow: its rule and its place in the sequence, not its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.flow.timeline import Entry
    from tslint.flow.twins import Twins
    from tslint.lint.finding import Finding
    from tslint.model.sequence import Step
    from tslint.source.document import Fault


def identity(rule: str, entry: Entry, part: tuple[int, str], twins: Twins) -> tuple[str, ...]:
    """Return rule, file, sequence, step and setting. ``part`` is an element and attribute of the step."""
    step, sequence = entry.step, entry.sequence
    where = str(sequence.document.origin), sequence.package_id
    return rule, *where, entry.path, step.type, *twins.told_apart(entry), *_part(step, *part)


def fault_identity(rule: str, fault: Fault) -> tuple[str, ...]:
    """Return the same for content that could not be read, from rule, file and message."""
    return rule, str(fault.origin), fault.message


def distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Number findings of equal identity in their order: two sequences of one file may have the same steps."""
    seen: dict[tuple[str, ...], int] = {}
    for finding in findings:
        earlier = seen.get(finding.identity, 0)
        seen[finding.identity] = earlier + 1
        yield finding._replace(identity=(*finding.identity, str(earlier))) if earlier else finding


def _part(step: Step, element: int, attribute: str) -> tuple[str, str]:
    if element == step.element:
        return "", attribute
    if element == step.action_element:
        return "action()", attribute
    settings = (key for key, setting in step.settings.items() if setting.element == element)
    return next(settings, f"+{element - step.element}"), attribute
