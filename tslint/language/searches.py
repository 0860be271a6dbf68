"""The regular expressions that rules ask about one task sequence, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.regex.automaton import Automaton
    from tslint.regex.search import Search


class Searches:
    """Searches made ready. ``spend`` is told the steps of work that it takes to look at texts.

    ``automaton`` gives that of a regular expression, where it need not be made here.

    A search remembers what it has seen, and then costs less. So each task sequence has searches of its own:
    what it is charged must not depend on what the same process has read before it.
    """

    def __init__(
        self, spend: Callable[[int], object] = int, automaton: Callable[[str], Automaton] | None = None
    ) -> None:
        self.spend, self._automaton = spend, automaton
        self._made: dict[str, Search] = {}

    def find(self, regex: str, text: str) -> bool:
        """Say whether a regular expression is found in a text. Raises what ``spend`` raises."""
        search = self._made.get(regex)
        if search is None:
            from tslint.regex.search import Search

            search = self._made[regex] = Search(self._automaton_of(regex), self.spend)
        return search.finds(text)

    def _automaton_of(self, regex: str) -> Automaton:
        if self._automaton is not None:
            return self._automaton(regex)
        from tslint.regex.construction import automaton_of

        return automaton_of(regex)
