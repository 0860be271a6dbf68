"""How a key of the rule language is declared: once, beside what implements it.

A declaration tells what the key takes and what it means. The reading of rule files, their schema and the
tables of docs/rule-language.md follow from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, Literal, NamedTuple, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tslint.catalogue.tables import Tables
    from tslint.commands.command import Command, Options
    from tslint.language.context import Answer, Context, Moment, Picks
    from tslint.language.reading import Reading
    from tslint.model.sequence import Step

    # A part of a JSON Schema.
    Schema = dict[str, object]
    # What a fact is about; "" for the step.
    About = Literal["", "whole", "setting", "command", "assignment", "variable"]

Taken_co = TypeVar("Taken_co", covariant=True)
_Value = TypeVar("_Value")

# The longest text that rules look for.
_LONGEST_LOOKED_FOR: Final = 260


class Kind(Generic[Taken_co]):
    """What a key takes. ``schema`` is checked first; ``read`` then turns plain data into a value."""

    def __init__(self, schema: Schema, read: Callable[[object, Reading], Taken_co]) -> None:
        self.schema = schema
        self.read = read


def words_in(data: object) -> tuple[str, ...]:
    """Return a word or list of words as words."""
    return tuple(str(word) for word in (data if isinstance(data, list) else [data]))


def members(data: object) -> Iterator[tuple[str, object]]:
    """Go through the keys of a map and what each takes. Raises TypeError: the schema was not checked."""
    if not isinstance(data, dict):
        raise TypeError("this is no map")
    yield from data.items()


def items(data: object) -> list[object]:
    """Return a list's items. Raises TypeError: the schema was not checked."""
    if not isinstance(data, list):
        raise TypeError("this is no list")
    return data


def number(data: object) -> float:
    """Return a number. Raises TypeError: the schema was not checked."""
    if not isinstance(data, int | float):
        raise TypeError("this is no number")
    return data


def expect_values(data: object, reading: Reading, what: str, of: str = "value") -> None:
    """Tell of words of a matcher that look like misspelt values of a setting, a variable or others."""
    if isinstance(data, dict):
        for key in ("not", "all"):
            if key in data:
                expect_values(data[key], reading.at(key), what, of)
    elif isinstance(data, list):
        for number, one in enumerate(data):
            expect_values(one, reading.at(number), what, of)
    elif isinstance(data, str):
        reading.expect(of, data, (what.lower(),))


def names_to(kind: Kind[_Value], of: str = "") -> Kind[tuple[tuple[str, _Value], ...]]:
    """Take a map of names; what the names are ``of`` is checked (see reading.py)."""

    def read(data: object, reading: Reading) -> tuple[tuple[str, _Value], ...]:
        for key, value in members(data):
            reading.at(key).expect(of, key, at_key=True)
            if of in ("setting", "variable"):
                expect_values(value, reading.at(key), key)
        return tuple((key, kind.read(value, reading.at(key))) for key, value in members(data))

    return Kind({"type": "object", "minProperties": 1, "additionalProperties": kind.schema}, read)


def words(of: str = "") -> Kind[tuple[str, ...]]:
    """Take a word or a list of words; what they are ``of`` is checked (see reading.py)."""

    def read(data: object, reading: Reading) -> tuple[str, ...]:
        for word, place in reading.each(data):
            place.expect(of, str(word))
        return words_in(data)

    return Kind({"$ref": "#/$defs/words"}, read)


def choice(*allowed: str) -> Kind[str]:
    """Take one of these words."""
    return Kind({"enum": list(allowed)}, lambda data, _: str(data))


def choices(*allowed: str) -> Kind[tuple[str, ...]]:
    """Take one of these words, or a list of some."""
    one: Schema = {"enum": list(allowed)}
    schema: Schema = {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}
    return Kind(schema, lambda data, _: words_in(data))


WORDS_SCHEMA: Final[Schema] = {
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": _LONGEST_LOOKED_FOR},
        {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1, "maxLength": _LONGEST_LOOKED_FOR},
        },
    ]
}
FLAG: Final[Kind[bool]] = Kind({"type": "boolean"}, lambda data, _: data is True)
TEXT: Final[Kind[str]] = Kind({"type": "string", "minLength": 1}, lambda data, _: str(data))
NUMBER: Final[Kind[float]] = Kind({"type": "number"}, lambda data, _: number(data))
COUNT: Final[Kind[int]] = Kind({"type": "integer", "minimum": 0}, lambda data, _: int(number(data)))
SELECTOR: Final[Kind[Picks]] = Kind(
    {"$ref": "#/$defs/selector"}, lambda data, reading: reading.selector(data)
)


class Fact(NamedTuple):
    """A fact: ``holds`` decides it per path. One that says what a selector looks at has none.

    Facts of a high ``cost`` are asked last. ``tells`` is what messages have as the value found, ``options``
    are those of the command that it asks for, ``variables``, in lower case, those whose values decide it for
    a step. ``about`` is what it is about where that is not the step: the sequence as a ``whole``, a
    ``setting``, at which the finding stands then, a ``command``, an ``assignment``, or a ``variable`` that is
    set or tested; a map tells it by what the fact is given. One about the last three never holds of a step by
    itself.
    """

    name: str
    takes: Kind[object]
    meaning: str
    holds: Callable[[object, Moment, Context], Answer] | None = None
    cost: int = 0
    about: About | Mapping[str, About] = ""
    tells: Callable[[object, Moment, Context], str] | None = None
    options: Callable[[object, Command, Options], Iterable[str]] | None = None
    variables: Callable[[object, Step, Tables], Iterable[str]] | None = None

    def about_what(self, given: object) -> About:
        """Return what it is about where a rule gives it this."""
        return self.about if isinstance(self.about, str) else self.about.get(str(given), "")


FACTS: Final[dict[str, Fact]] = {}


def fact(  # noqa: PLR0913 - each is one thing to say of a fact, by name
    name: str,
    takes: Kind[_Value],
    meaning: str,
    *,
    cost: int = 0,
    about: About | Mapping[str, About] = "",
    tells: Callable[[_Value, Moment, Context], str] | None = None,
    options: Callable[[_Value, Command, Options], Iterable[str]] | None = None,
    variables: Callable[[_Value, Step, Tables], Iterable[str]] | None = None,
) -> Callable[[Callable[[_Value, Moment, Context], Answer]], Callable[[_Value, Moment, Context], Answer]]:
    """Declare a function to be what decides a fact."""

    def declare(
        holds: Callable[[_Value, Moment, Context], Answer],
    ) -> Callable[[_Value, Moment, Context], Answer]:
        FACTS[name] = Fact(
            name,
            takes,
            meaning,
            cast("Callable[[object, Moment, Context], Answer]", holds),
            cost,
            about,
            cast("Callable[[object, Moment, Context], str] | None", tells),
            cast("Callable[[object, Command, Options], Iterable[str]] | None", options),
            cast("Callable[[object, Step, Tables], Iterable[str]] | None", variables),
        )
        return holds

    return declare


def subject(name: str, takes: Kind[object], meaning: str, *, about: About = "") -> None:
    """Declare a fact that says what a selector looks at."""
    FACTS[name] = Fact(name, takes, meaning, about=about)


class Use(NamedTuple):
    """A fact or matcher as a rule uses it: its name, and what it is given."""

    name: str
    given: object
