"""Ways to find steps quickly: by type, and by the words of their commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.commands.of_step import command_text, commands_of, encoded
from tslint.flow.timeline import around
from tslint.model.condition import tests_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.commands.command import Command
    from tslint.flow.timeline import Entry, Timeline


class Index:
    """The active steps of a timeline, and what their commands are (parsed when first asked for).

    ``like`` is another index of the same steps, whose commands are known.
    """

    def __init__(self, timeline: Timeline, like: Index | None = None) -> None:
        self.entries = timeline.entries
        self._by_type: dict[str, list[Entry]] = {}
        for entry in timeline.entries:
            self._by_type.setdefault(entry.step.type.lower(), []).append(entry)
        self.types = self._by_type.keys()
        self._texts: list[str] | None = None
        self._all_text = ""
        self._encoded: set[int] = set()  # the texts with an encoded command
        self._holds: dict[str, bool] = {}
        self._tested: frozenset[str] | None = None
        self.parsed: dict[int, tuple[Command, ...]] = {} if like is None else like.parsed

    def of_type(self, step_type: str) -> list[Entry]:
        """List the steps of a type, in order; the type in lower case."""
        return self._by_type.get(step_type, [])

    def of_types(self, types: Iterable[str]) -> list[Entry]:
        """List the steps of several types, in order; the types in lower case."""
        present = [kind for kind in types if kind in self._by_type]
        if len(present) == 1:
            return self._by_type[present[0]]
        found = [entry for kind in present for entry in self._by_type[kind]]
        return sorted(found, key=lambda entry: entry.order)

    @property
    def tested(self) -> frozenset[str]:
        """The variables that any condition tests, in lower case."""
        if self._tested is None:
            scopes = {id(scope): scope for entry in self.entries for scope in around(entry.scope)}
            conditions = (scope.condition for scope in scopes.values() if scope.condition is not None)
            tests = (test for condition in conditions for test in tests_in(condition))
            self._tested = frozenset(test.variable.lower() for test in tests)
        return self._tested

    def naming(self, words: tuple[str, ...]) -> Iterator[Entry]:
        """List the steps whose command text holds one of the words (lower case), in order."""
        if not self.may_name(words):
            return
        present = [word for word in words if self._may_hold(word)]
        for number, text in enumerate(self._texts or ()):
            if number in self._encoded or any(word in text for word in present):
                yield self.entries[number]

    def may_name(self, words: tuple[str, ...]) -> bool:
        """Say whether any step's command text holds one of the words (lower case)."""
        if self._texts is None:
            self._texts = [command_text(entry.step).lower() for entry in self.entries]
            self._all_text = "\0".join(self._texts)
            if encoded(self._all_text):
                self._encoded = {number for number, text in enumerate(self._texts) if encoded(text)}
        return bool(self._encoded) or any(self._may_hold(word) for word in words)

    def _may_hold(self, word: str) -> bool:
        found = self._holds.get(word)
        if found is None:
            found = self._holds[word] = word in self._all_text
        return found

    def commands(self, entry: Entry) -> tuple[Command, ...]:
        """Return what a step starts."""
        found = self.parsed.get(id(entry.step))
        if found is None:
            found = self.parsed[id(entry.step)] = commands_of(entry.step)
        return found
