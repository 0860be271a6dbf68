"""Matchers of the rule language: what a rule demands of one text, decided as yes, no or unknown (None)."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar, cast

from tslint.catalogue.misspelling import documented_name
from tslint.language.declared import (
    COUNT,
    FLAG,
    NUMBER,
    TEXT,
    Kind,
    Use,
    choice,
    choices,
    items,
    members,
    number,
)
from tslint.language.path_kind import path_kind
from tslint.logic.propositions import may_equal
from tslint.logic.text import Text, Unknown, literal

if TYPE_CHECKING:
    from tslint.catalogue.tables import Tables
    from tslint.language.reading import Reading
    from tslint.language.searches import Searches

_Value = TypeVar("_Value")

Answer = bool | None
# A step of work looks through so many characters.
_CHARACTERS = 1000


class Subject(NamedTuple):
    """A text to be matched. ``ask`` answers what the guards on the way here tell of an unknown value.

    ``network_drives`` gives the letters that steps before this one connect to a share. ``searches`` pays for
    looking at the text.
    """

    text: Text | None
    tables: "Tables"
    searches: "Searches"
    ask: Callable[[str, str], Answer]
    network_drives: Callable[[], frozenset[str]] = frozenset


def known(text: str | None, tables: "Tables", searches: "Searches") -> Subject:
    """Return a subject that holds no unknown part."""
    parts: Text | None = None if text is None else ((text,) if text else ())
    return Subject(parts, tables, searches, _nothing_known)


def _nothing_known(_operator: str, _value: str) -> Answer:
    return None


class Word(NamedTuple):
    """Equal to this text; case does not count."""

    text: str


class AnyOf(NamedTuple):
    """Any of these holds."""

    matchers: "tuple[Matcher, ...]"


class AllOf(NamedTuple):
    """Each of these keys of a matcher holds."""

    keys: tuple[Use, ...]


Matcher = Word | AnyOf | AllOf


class MatcherKey(NamedTuple):
    """A key of matchers, as declared."""

    name: str
    takes: Kind[object]
    meaning: str
    decide: Callable[[object, Subject], Answer]


MATCHERS: Final[dict[str, MatcherKey]] = {}


def _matcher(
    name: str, takes: Kind[_Value], meaning: str
) -> Callable[[Callable[[_Value, Subject], Answer]], Callable[[_Value, Subject], Answer]]:
    """Declare a function to be what decides a key of matchers."""

    def declare(decides: Callable[[_Value, Subject], Answer]) -> Callable[[_Value, Subject], Answer]:
        function = cast("Callable[[object, Subject], Answer]", decides)
        MATCHERS[name] = MatcherKey(name, takes, meaning, function)
        return decides

    return declare


def any_of(*texts: str) -> Matcher:
    """Make the matcher of one of these texts."""
    return Word(texts[0]) if len(texts) == 1 else AnyOf(tuple(map(Word, texts)))


def read_matcher(data: object, reading: "Reading", of: str = "") -> Matcher:
    """Read a matcher of plain data. What its words are ``of`` is checked."""
    if isinstance(data, list):
        return AnyOf(tuple(read_matcher(one, reading.at(n), of) for n, one in enumerate(data)))
    if not isinstance(data, dict):
        word = _spelled(data)
        reading.expect(of, word)
        return Word(word)
    found = []
    for key, value in members(data):
        takes = MATCHERS[key].takes
        kind = matcher_of(of) if takes is MATCHER else takes
        found.append(Use(key, kind.read(value, reading.at(key))))
    return AllOf(tuple(found))


def matcher_of(of: str) -> Kind[Matcher]:
    """Take a matcher of words that are ``of`` something (see reading.py)."""
    return Kind(MATCHER.schema, lambda data, reading: read_matcher(data, reading, of))


def one_of(*allowed: str) -> Kind[Matcher]:
    """Take one of these words, a list of some, or ``not`` with either, as a matcher."""
    some = choices(*allowed).schema
    others = {
        "type": "object",
        "properties": {"not": {"description": "None of these.", **some}},
        "required": ["not"],
        "additionalProperties": False,
    }
    return Kind({"anyOf": [some, others]}, read_matcher)


MATCHER: Final[Kind[Matcher]] = Kind({"$ref": "#/$defs/matcher"}, read_matcher)


def decide(matcher: Matcher, subject: Subject) -> Answer:
    """Decide one matcher."""
    if isinstance(matcher, AnyOf):
        return _any(decide(one, subject) for one in matcher.matchers)
    text = subject.text
    if text and (len(text) > 1 or len(text[0]) >= _CHARACTERS):
        subject.searches.spend(sum(map(len, text)) // _CHARACTERS)
    if isinstance(matcher, AllOf):
        return _all(MATCHERS[key].decide(given, subject) for key, given in matcher.keys)
    return _word(matcher.text, subject)


def negate(answer: Answer) -> Answer:
    """Not, for three values."""
    return None if answer is None else not answer


def _all(answers: Iterable[Answer]) -> Answer:
    result: Answer = True
    for answer in answers:
        if answer is False:
            return False
        result = None if answer is None else result
    return result


def _any(answers: Iterable[Answer]) -> Answer:
    result: Answer = False
    for answer in answers:
        if answer:
            return True
        result = None if answer is None else result
    return result


def _spelled(value: object) -> str:
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


@_matcher("not", MATCHER, "Holds when this does not.")
def _not(inner: Matcher, subject: Subject) -> Answer:
    return negate(decide(inner, subject))


_EACH: Final[Kind[tuple[Matcher, ...]]] = Kind(
    {"type": "array", "minItems": 1, "items": MATCHER.schema},
    lambda data, reading: tuple(read_matcher(one, place) for one, place in reading.each(data)),
)


@_matcher("all", _EACH, "Holds when each of these does.")
def _each(inner: tuple[Matcher, ...], subject: Subject) -> Answer:
    return _all(decide(one, subject) for one in inner)


@_matcher("missing", FLAG, "Whether there is no value.")
def _missing(wanted: bool, subject: Subject) -> Answer:
    text = subject.text
    if text is None or text == ():
        return wanted
    if len(text) == 1 and isinstance(text[0], Unknown):
        exists = subject.ask("exists", "")
        return None if exists is None else exists != wanted
    return not wanted


def _read_expression(data: object, reading: "Reading") -> str:
    reading.expression(str(data))
    return str(data)


@_matcher(
    "matches",
    Kind({"type": "string", "minLength": 1, "maxLength": 1000}, _read_expression),
    "A regular expression that is found in the text; case does not count. It cannot look ahead or behind, "
    "nor refer back to a group.",
)
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


@_matcher("starts", TEXT, "The text begins with this.")
def _starts(wanted: str, subject: Subject) -> Answer:
    return _end(wanted, subject.text, 0, str.startswith)


@_matcher("ends", TEXT, "The text ends with this.")
def _ends(wanted: str, subject: Subject) -> Answer:
    return _end(wanted, subject.text, -1, str.endswith)


@_matcher("contains", TEXT, "The text contains this.")
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


@_matcher("over", NUMBER, "A number greater than this.")
def _over(least: float, subject: Subject) -> Answer:
    return _compare(subject, lambda found: found > least)


@_matcher("under", NUMBER, "A number less than this.")
def _under(most: float, subject: Subject) -> Answer:
    return _compare(subject, lambda found: found < most)


def _read_range(data: object, reading: "Reading") -> tuple[float, ...]:
    ends = tuple(map(number, items(data)))
    if ends[0] > ends[1]:
        reading.refuse("no number is within this: the first is the greater", "write the smaller one first")
    return ends


_RANGE: Final[Kind[tuple[float, ...]]] = Kind(
    {"type": "array", "items": NUMBER.schema, "minItems": 2, "maxItems": 2}, _read_range
)


@_matcher("within", _RANGE, "A number from the first to the second, both included.")
def _within(ends: tuple[float, ...], subject: Subject) -> Answer:
    return _compare(subject, lambda found: ends[0] <= found <= ends[1])


@_matcher("longer", COUNT, "A text of more characters than this.")
def _longer(length: int, subject: Subject) -> Answer:
    """Decide whether a text is longer; the known part may be long enough already."""
    text = subject.text or ()
    if sum(len(part) for part in text if isinstance(part, str)) > length:
        return True
    return None if any(isinstance(part, Unknown) for part in text) else False


@_matcher("path", choices("root", "local", "unc", "relative"), "What kind of path the text is.")
def _path(kinds: tuple[str, ...], subject: Subject) -> Answer:
    if subject.text is None:
        return False
    kind = path_kind(subject.text, subject.tables, subject.network_drives())
    return None if kind is None else kind in kinds


# Charged for one name: it is held against each that is documented.
_NAMES: Final = 20


@_matcher(
    "misspells",
    choice("variable", "read-only variable"),
    "A name that is one slip away from that of a documented variable, or of one that begins with an "
    "underscore: a letter too many, missing, or another, two swapped, or no underscore in front. Names that "
    "go on where a documented one ends, or differ in a digit, are somebody's own.",
)
def _misspells(what: str, subject: Subject) -> Answer:
    name = literal(subject.text) if subject.text is not None else ""
    if name is None:
        return None
    subject.searches.spend(_NAMES)
    meant = documented_name(name, subject.tables)
    return bool(meant) and (what == "variable" or meant.startswith("_"))
