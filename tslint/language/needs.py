"""What a sequence must hold for a rule to look at it: most rules do not concern most sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.source.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.language.view import View

_SUBJECTS = ("every", "between", "never", "after", "before", "pair", "of")
_ADDITIONAL = "additional-options"
_OF_WHOLE = frozenset({"sequence", "engine", "package"})


class Needs(NamedTuple):
    """One of these must occur: a type of step, a tool in a command's text, a variable that is assigned.

    All in lower case. ``unknown`` tells that the subject may be any step. ``whole`` tells that it is the
    sequence itself, whatever its steps, and ``engine`` is the only one it is about ("" for any).
    """

    types: frozenset[str]
    tools: tuple[str, ...]
    variables: frozenset[str]
    unknown: bool
    whole: bool
    engine: str

    def met(self, view: View) -> bool:
        """Say whether a sequence may hold the subject."""
        return (
            self.unknown
            or not self.types.isdisjoint(view.index.types)
            or (bool(self.tools) and view.index.may_name(self.tools))
            or any(view.flow.assignments.of(name) for name in self.variables)
        )


def needs_of(pattern: Mapping[str, Any]) -> Needs:
    """Read off a pattern what its subject cannot be without."""
    subject = next(pattern[key] for key in _SUBJECTS if key in pattern)
    types: set[str] = set()
    tools: list[str] = []
    variables: set[str] = set()
    unknown = False
    maps = list(alternatives(subject))
    for facts in maps:
        if is_words(facts.get("step")):
            types |= lowered(facts["step"])
        elif "sets" in facts and "any" not in lowered(facts["sets"]):
            variables |= lowered(facts["sets"])
        elif "command" in facts and _ADDITIONAL not in lowered(facts.get("from", [])):
            tools += lowered(facts["command"])
        else:
            unknown = True
    engines = {facts.get("engine", "") for facts in maps}
    return Needs(
        frozenset(types),
        tuple(sorted(tools)),
        frozenset(variables),
        unknown,
        whole=all(is_whole(facts) for facts in maps),
        engine=engines.pop() if len(engines) == 1 else "",
    )


def alternatives(selector: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - plain data
    """Go through the maps of which one must match; a map that only names others stands for these."""
    for facts in selector if isinstance(selector, list) else [selector]:
        if len(facts) == 1 and "is" in facts:
            yield from alternatives(facts["is"])
        else:
            yield facts


def is_whole(facts: Mapping[str, Any]) -> bool:
    """Say whether facts are about the sequence as a whole and no step in it."""
    return facts.keys() <= _OF_WHOLE


def is_words(matcher: Any) -> bool:  # noqa: ANN401
    """Say whether a matcher is a word or a list of words, so that an index can serve it."""
    return isinstance(matcher, str) or (
        isinstance(matcher, list) and all(isinstance(m, str) for m in matcher)
    )


def lowered(words: Any) -> set[str]:  # noqa: ANN401
    """Return a word or words in lower case."""
    return {str(word).lower() for word in (words if isinstance(words, list) else [words])}
