"""Which findings count: those that nothing suppresses, and what is wrong with the suppressions themselves."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.lint.finding import Finding, Place, Suppressed
from tslint.lint.identity import distinct
from tslint.rules.rule_words import nearest_rule, rules_named
from tslint.source.printable import printable
from tslint.suppress.lookup import Lookup
from tslint.suppress.suppression import Suppression, external, in_source
from tslint.suppress.token import SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from tslint.lint.result import Result
    from tslint.rules.rule import Rule
    from tslint.suppress.configuration import Configuration

UNUSED: Final = "TS005"
WITHOUT_REASON: Final = "TS006"
# To look for the nearest rule takes a millisecond, and a file from a stranger may hold very many words.
MAX_HINTS: Final = 50


class Applied(NamedTuple):
    """``counted`` are the findings that stand, ``suppressed`` those that somebody accepts."""

    counted: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]


def apply(
    result: Result,
    known: Collection[Rule],
    ran: Mapping[str, Rule],
    configuration: Configuration | None,
    *,
    whole: bool,
) -> Applied:
    """Part the findings of a run, and add those about the suppressions.

    ``known`` are all rules, ``ran`` those of this run by id. ``whole`` tells that the run took in everything
    that the configuration is about: only then can one of its entries be called out of use.
    """
    named = cache(lambda low: rules_named(low, known))

    def ids(word: str) -> frozenset[str]:
        return named(word.lower())  # in whatever case: a stranger's file may hold very many

    suppressions = list(in_source(result.remarks, ids))
    if configuration is not None:
        suppressions += external(configuration, ids)
    lookup = Lookup(suppressions, configuration.relative if configuration else str)
    counted, suppressed = _parted(result.findings, lookup)
    own = _Own(known, ran, result.decided(ran) - {UNUSED, WITHOUT_REASON}, whole)
    more, accepted = _parted(list(distinct(own.findings(suppressions, lookup))), lookup)
    return Applied((*counted, *more), (*suppressed, *accepted))


def _parted(findings: Iterable[Finding], lookup: Lookup) -> tuple[list[Finding], list[Finding]]:
    """Part findings in those that stand and those that are suppressed."""
    counted: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        one = lookup.first(finding)
        if one is None:
            counted.append(finding)
        else:
            suppressed.append(finding._replace(suppressed=Suppressed(one.kind, one.reason)))
    return counted, suppressed


class _Own:
    """The findings about suppressions. ``judged`` are the rules that came to a verdict on everything."""

    def __init__(
        self, known: Collection[Rule], ran: Mapping[str, Rule], judged: Collection[str], whole: bool
    ) -> None:
        self._ran, self._whole = ran, whole
        self._judged = frozenset(judged)
        self._hint = _hints(known)

    def findings(self, suppressions: Iterable[Suppression], lookup: Lookup) -> Iterator[Finding]:
        """Yield what is wrong with each suppression; ``lookup`` knows which were of use."""
        for one in suppressions:
            if UNUSED in self._ran:
                for message in self._problems(one, lookup):
                    yield _finding(self._ran[UNUSED], one, message)
            if WITHOUT_REASON in self._ran and one.words and not one.reason:
                message = f"The suppression of {_quoted(one.words)} gives no reason."
                yield _finding(self._ran[WITHOUT_REASON], one, message)

    def _problems(self, one: Suppression, lookup: Lookup) -> Iterator[str]:
        """Say what is wrong with a suppression: it cannot be understood, or does nothing."""
        if one.malformed:
            yield f"'{one.malformed}' is no suppression; write tslint: ignore[RULE] and the reason."
            return
        unknown = [word for word, ids in one.words.items() if not ids]
        for word in unknown:
            yield f"The suppression names {_quoted([word])}, which is no rule ({self._hint(word)})."
        if one.kind == "inSource" and not one.covered:
            yield "This suppression stands before no step or group, so that it covers nothing."
        elif one.kind == "inSource" or self._whole:
            idle = [
                word
                for word, ids in one.words.items()
                if ids and ids <= self._judged and not lookup.was_used(one, word)
            ]
            if idle:
                yield f"The suppression of {_quoted(idle)} matches no finding."


def _hints(known: Collection[Rule]) -> Callable[[str], str]:
    budget = islice(iter(int, 1), MAX_HINTS)

    @cache
    def hint(word: str) -> str:
        if len(word) > SHOWN or next(budget, None) is None:
            return "--list-rules shows them"
        return nearest_rule(word, known)

    return hint


def _finding(rule: Rule, one: Suppression, message: str) -> Finding:
    place = one.place
    where = (str(place.document.origin), place.step) if isinstance(place, Place) else (str(place.origin), "")
    return Finding(rule.id, rule.name, rule.level, message, place, identity=(rule.id, *where, message))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{printable(word, SHOWN)}'" for word in words)
