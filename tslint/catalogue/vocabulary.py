"""The words that rules may name: types of step, their settings, variables and tools.

A type of step and its settings must be in the catalogue (rules/steps.yaml), or be declared beside own rules.
Variables and programs may have any name, so only what looks like a misspelling of a known one is told.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


# How alike words are that are taken for the same word misspelt: one letter in nine.
_ALIKE: Final = 0.89
# Shorter words are often as near to each other as to a misspelling.
_SHORTEST_WORD: Final = 6
# Longer words are not compared: that takes quadratic time.
_LONGEST_WORD: Final = 60


class Vocabulary(NamedTuple):
    """Words by their small letters: types of step and the settings of each, variables, tools."""

    steps: Mapping[str, str]
    settings: Mapping[str, Mapping[str, str]]
    variables: Mapping[str, str]
    tools: Mapping[str, str]

    def fault(self, of: str, word: str, types: Iterable[str] = ()) -> tuple[str, str] | None:
        """Say what is wrong with a word and what would be right; None where nothing is.

        ``types`` are the types of step, in small letters, of which one must have a setting; none for any.
        """
        if of == "step":
            return self._missing("there is no type of step", word, self.steps)
        if of == "setting":
            wanted = [kind for kind in types if kind in self.settings] or list(self.settings)
            known = {low: name for kind in wanted for low, name in self.settings[kind].items()}
            steps = " or ".join(self.steps[kind] for kind in wanted)
            whose = f"{steps} has no setting" if len(wanted) <= 3 else "no step has a setting"
            return self._missing(whose, word, known)
        if of == "variable":
            return self._misspelt("variable", word, self.variables)
        return self._misspelt("program", word, self.tools) if of == "tool" else None

    @staticmethod
    def _missing(what: str, word: str, known: Mapping[str, str]) -> tuple[str, str] | None:
        if word.lower() in known:
            return None
        near = _near(word, known, 0.6)
        remedy = f"did you mean '{near}'?" if near else "declare it in catalogue.yaml beside the rules"
        return f"{what} '{word[:_LONGEST_WORD]}'", remedy

    @staticmethod
    def _misspelt(what: str, word: str, known: Mapping[str, str]) -> tuple[str, str] | None:
        if word.lower() in known or word.lower().rstrip("0123456789") in known or len(word) < _SHORTEST_WORD:
            return None
        near = _near(word, known, _ALIKE)
        if not near:
            return None
        remedy = f"did you mean '{near}'? Else declare it in catalogue.yaml beside the rules"
        return f"no {what} '{word[:_LONGEST_WORD]}' is documented", remedy

    def with_more(
        self, steps: Mapping[str, Iterable[str]], variables: Iterable[str], tools: Iterable[str]
    ) -> Vocabulary:
        """Return the vocabulary with more: types of step with the names of their settings, and the others."""
        settings = {kind.lower(): _low(names) for kind, names in steps.items()}
        return Vocabulary(
            steps={**self.steps, **_low(steps)},
            settings={**self.settings, **settings},
            variables={**self.variables, **_low(variables)},
            tools={**self.tools, **_low(tools)},
        )


def _near(word: str, known: Mapping[str, str], alike: float) -> str:
    found = [] if len(word) > _LONGEST_WORD else get_close_matches(word.lower(), known, 1, alike)
    return known[found[0]] if found else ""


def _low(words: Iterable[str]) -> dict[str, str]:
    return {word.lower(): word for word in words}


NOTHING: Final = Vocabulary({}, {}, {}, {})
