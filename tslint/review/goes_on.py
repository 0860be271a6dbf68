"""What goes on after a step fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.failures import ended_by

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry, Timeline


def goes_on(entry: Entry, line: Timeline) -> str:
    """Return the name of what goes on after a failure: the step itself, a group around it, "" for nothing."""
    if entry.step.continue_on_error:
        return entry.step.name
    ended = ended_by(entry)
    return next((block.node.name for block in line.blocks if block.scope is ended), "")
