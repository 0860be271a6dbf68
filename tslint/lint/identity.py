"""What makes a finding the same finding tomorrow: its rule and its place in the sequence, not its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry, Timeline
    from tslint.source.document import Fault


def identity(rule: str, entry: Entry, element: int, timeline: Timeline) -> tuple[str, ...]:
    """Return rule, file, step path and setting.

    Steps of equal path in one document are told apart by their order among each other, so that a step
    inserted elsewhere changes nothing.
    """
    step, document = entry.step, entry.sequence.document
    twins = {
        other.step.element
        for other in (*timeline.entries, *timeline.disabled)
        if other.path == entry.path
        and other.sequence.document is document
        and other.step.element < step.element
    }
    part = next((key for key, setting in step.settings.items() if setting.element == element), "")
    return rule, str(document.origin), entry.path, str(len(twins)), part


def fault_identity(rule: str, fault: Fault) -> tuple[str, ...]:
    """Return the same for content that could not be read, from rule, file and message."""
    return rule, str(fault.origin), fault.message
