"""What is raised where an edit cannot be made."""

from __future__ import annotations


class CannotMendError(Exception):
    """An edit that cannot be made, or not in this way; its text says why."""
