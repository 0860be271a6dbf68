"""Ways to find steps quickly: by type, and by the words of their commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.model.commands import command_text, commands_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.flow.timeline import Entry, Timeline
    from tslint.model.command import Command

# powershell -EncodedCommand: what it starts cannot be seen in the text.
_ENCODED = re.compile(r"-e[a-z]*\s+[a-z0-9+/=]{16}")


class Index:
    """The active steps of a timeline, and what their commands are (parsed when first asked for)."""

    def __init__(self, timeline: Timeline) -> None:
        self.entries = timeline.entries
        self._by_type: dict[str, list[Entry]] = {}
        for entry in timeline.entries:
            self._by_type.setdefault(entry.step.type.lower(), []).append(entry)
        self._texts: list[str] | None = None
        self._all_text = ""
        self._commands: dict[int, tuple[Command, ...]] = {}

    def of_type(self, step_type: str) -> list[Entry]:
        """List the steps of a type, in order; the type in lower case."""
        return self._by_type.get(step_type, [])

    def naming(self, words: tuple[str, ...]) -> Iterator[Entry]:
        """List the steps whose command text holds one of the words (lower case), in order."""
        if self._texts is None:
            self._texts = [command_text(entry.step).lower() for entry in self.entries]
            self._all_text = "\0".join(self._texts)
        if not any(word in self._all_text for word in words) and not _ENCODED.search(self._all_text):
            return
        for entry, text in zip(self.entries, self._texts, strict=True):
            if any(word in text for word in words) or _ENCODED.search(text):
                yield entry

    def commands(self, entry: Entry) -> tuple[Command, ...]:
        """Return what a step starts."""
        found = self._commands.get(entry.order)
        if found is None:
            found = self._commands[entry.order] = commands_of(entry.step)
        return found
