"""What makes a finding the same finding tomorrow: its rule and its place in the sequence, not its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry, Timeline


def fingerprint(rule: str, entry: Entry, index: int, timeline: Timeline) -> str:
    """Return 16 hex digits from rule, file, step path and setting.

    Steps of equal path in one document are told apart by their order among each other, so that a step
    inserted elsewhere changes nothing.
    """
    from hashlib import sha256

    step, document = entry.step, entry.sequence.document
    twins = {
        other.step.index
        for other in (*timeline.entries, *timeline.disabled)
        if other.path == entry.path and other.sequence.document is document and other.step.index < step.index
    }
    part = next((key for key, setting in step.settings.items() if setting.element == index), "")
    told = (rule, str(document.origin), entry.path, str(len(twins)), part)
    return sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
