"""Matchers of the rule language: what a rule demands of one text, decided as yes, no or unknown (None)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.flow.propositions import may_equal
from tslint.flow.text import Text, Unknown, literal
from tslint.lint.path_kind import path_kind
from tslint.source.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.flow.tables import Tables
    from tslint.lint.searches import Searches

Answer = bool | None
# A step of work looks through so many characters.
_CHARACTERS = 1000


class Subject(NamedTuple):
    """A text to be matched. ``ask`` answers what the guards on the way here tell of an unknown value.

    ``network_drives`` gives the letters that steps before this one connect to a share. ``searches`` pays for
    looking at the text.
    """

    text: Text | None
    tables: Tables
    searches: Searches
    ask: Callable[[str, str], Answer]
    network_drives: Callable[[], frozenset[str]] = frozenset


def known(text: str | None, tables: Tables, searches: Searches) -> Subject:
    """Return a subject that holds no unknown part."""
    parts: Text | None = None if text is None else ((text,) if text else ())
    return Subject(parts, tables, searches, lambda _operator, _value: None)


def decide(matcher: Any, subject: Subject) -> Answer:  # noqa: ANN401 - plain data of the rule language
    """Decide one matcher: a word, a list of words (any), or a map whose keys must all hold."""
    if isinstance(matcher, list):
        return _any(decide(one, subject) for one in matcher)
    subject.searches.spend(sum(map(len, subject.text or ())) // _CHARACTERS)
    if isinstance(matcher, dict):
        return _all(_KEYS[key](value, subject) for key, value in matcher.items())
    return _word(_spelled(matcher), subject)


def negate(answer: Answer) -> Answer:
    """Not, for three values."""
    return None if answer is None else not answer


def _all(answers: Any) -> Answer:  # noqa: ANN401
    result: Answer = True
    for answer in answers:
        if answer is False:
            return False
        result = None if answer is None else result
    return result


def _any(answers: Any) -> Answer:  # noqa: ANN401
    result: Answer = False
    for answer in answers:
        if answer:
            return True
        result = None if answer is None else result
    return result


def _spelled(value: Any) -> str:  # noqa: ANN401
    """Write a boolean as a task sequence does."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _word(word: str, subject: Subject) -> Answer:
    text = subject.text
    if text is None:
        return False
    whole = literal(text)
    if whole is not None:
        return whole.strip().lower() == word.strip().lower()
    if len(text) == 1:
        return subject.ask("equals", word)
    return None if may_equal(text, word) else False


def _missing(wanted: bool, subject: Subject) -> Answer:
    text = subject.text
    if text is None or text == ():
        return wanted
    if len(text) == 1 and isinstance(text[0], Unknown):
        exists = subject.ask("exists", "")
        return None if exists is None else exists != wanted
    return not wanted


def _matches(regex: str, subject: Subject) -> Answer:
    whole = literal(subject.text) if subject.text is not None else ""
    return None if whole is None else subject.searches.find(regex, whole)


def _end(wanted: str, text: Text | None, end: int, fits: Callable[[str, str], bool]) -> Answer:
    """Decide starts and ends: the known part at that end decides if it is long enough."""
    if text is None or text == ():
        return wanted == ""
    part = text[end]
    if isinstance(part, Unknown):
        return None
    part, wanted = part.strip().lower() if len(text) == 1 else part.lower(), wanted.lower()
    if fits(part, wanted):
        return True
    return None if len(text) > 1 and fits(wanted, part) else False


def _contains(wanted: str, subject: Subject) -> Answer:
    text = subject.text or ()
    if any(isinstance(part, str) and wanted.lower() in part.lower() for part in text):
        return True
    return None if any(isinstance(part, Unknown) for part in text) else False


def _compare(subject: Subject, fits: Callable[[float], bool]) -> Answer:
    """Decide a demand on a number; what is no number meets none."""
    whole = literal(subject.text) if subject.text is not None else ""
    if whole is None:
        return None
    try:
        return fits(float(whole))
    except ValueError:
        return False


def _longer(length: int, subject: Subject) -> Answer:
    """Decide whether a text is longer; the known part may be long enough already."""
    text = subject.text or ()
    if sum(len(part) for part in text if isinstance(part, str)) > length:
        return True
    return None if any(isinstance(part, Unknown) for part in text) else False


def _path(kinds: Any, subject: Subject) -> Answer:  # noqa: ANN401
    if subject.text is None:
        return False
    kind = path_kind(subject.text, subject.tables, subject.network_drives())
    return None if kind is None else kind in (kinds if isinstance(kinds, list) else [kinds])


_KEYS: dict[str, Callable[[Any, Subject], Answer]] = {
    "not": lambda value, subject: negate(decide(value, subject)),
    "matches": _matches,
    "over": lambda value, subject: _compare(subject, lambda number: number > value),
    "under": lambda value, subject: _compare(subject, lambda number: number < value),
    "within": lambda value, subject: _compare(subject, lambda number: value[0] <= number <= value[1]),
    "all": lambda value, subject: _all(decide(one, subject) for one in value),
    "longer": _longer,
    "starts": lambda value, subject: _end(value, subject.text, 0, str.startswith),
    "ends": lambda value, subject: _end(value, subject.text, -1, str.endswith),
    "contains": _contains,
    "missing": _missing,
    "path": _path,
}
