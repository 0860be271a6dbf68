"""What a form of pattern is: how each is declared, and the keys that several have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tslint.language.declared import FLAG, SELECTOR, Kind, choice, items, members, words, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tslint.language.context import Context, Hit, Picks
    from tslint.language.declared import Schema
    from tslint.language.reading import Reading

# Which paths a pattern must break on.
EVERY, SOME = "on every path", "on some path"


class Key(NamedTuple):
    """A key of a form: what it takes and means, and the field that holds it, in the form or the pattern.

    What a selector of it picks has the ``roles`` in hits.
    """

    name: str
    takes: Kind[object]
    meaning: str
    field: str = ""
    required: bool = False
    of_pattern: bool = False
    roles: tuple[str, ...] = ()


class Form(NamedTuple):
    """A form: ``subject`` is the key that tells it, ``offers`` the placeholders that messages can name."""

    subject: str
    reads_as: str
    keys: tuple[Key, ...]
    offers: tuple[str, ...]
    build: Callable[..., AnyForm]


class Excuse(NamedTuple):
    """What drops a finding where it may hold of the event in a role."""

    role: str
    holds: Picks


class Agreement(NamedTuple):
    """What must hold of a first and a second step, and the settings and options that both must have alike."""

    first: Picks | None = None
    second: Picks | None = None
    same: tuple[tuple[str, ...], ...] = ()
    same_store: bool = False
    same_options: tuple[tuple[str, ...], ...] = ()


def _read_excuses(data: object, reading: Reading) -> tuple[Excuse, ...]:
    return tuple(
        Excuse(role, place.at(role).selector(holds, role))
        for excuse, place in reading.each(data)
        for role, holds in members(excuse)
    )


def _read_agreement(data: object, reading: Reading) -> Agreement:
    given = dict(members(data))
    first, second = (
        reading.at(role).selector(given[role], role) if role in given else None
        for role in ("first", "second")
    )
    same = reading.at("same")
    names = [words("setting").read(one, same.at(n)) for n, one in enumerate(items(given.get("same", [])))]
    options = tuple(tuple(map(str.lower, words_in(one))) for one in items(given.get("same options", [])))
    return Agreement(first, second, tuple(names), given.get("same store") is True, options)


_SETTING: Final[Schema] = {
    "type": "string",
    "pattern": "^[A-Z]",
    "$comment": "write the name of a setting, which begins with a capital letter",
}
_OPTION: Final[Schema] = {
    "type": "string",
    "pattern": "^/[A-Za-z]",
    "$comment": "write the name of an option, which begins with a slash",
}
_EXCUSES: Final[Kind[tuple[Excuse, ...]]] = Kind(
    {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {
                "first": {
                    "description": "Holds of the step that the pattern begins with.",
                    **SELECTOR.schema,
                },
                "second": {"description": "Holds of the second step of a pair.", **SELECTOR.schema},
                "culprit": {
                    "description": "Holds of the forbidden step, in form 'between'.",
                    **SELECTOR.schema,
                },
            },
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    },
    _read_excuses,
)
AGREEMENT: Final[Kind[Agreement]] = Kind(
    {
        "type": "object",
        "properties": {
            "first": {"description": "What must hold of the first step.", **SELECTOR.schema},
            "second": {"description": "What must hold of the second step.", **SELECTOR.schema},
            "same": {
                "description": "Settings that must have the same value in both: one name, or the first "
                "step's and the second step's. Lists such as file names may differ in order.",
                "type": "array",
                "items": {
                    "anyOf": [_SETTING, {"type": "array", "minItems": 2, "maxItems": 2, "items": _SETTING}]
                },
                "minItems": 1,
            },
            "same options": {
                "description": "Options that must have the same values in both commands: one name, or the "
                "first command's and the second's. Files are compared by name, in any order.",
                "type": "array",
                "items": {
                    "anyOf": [_OPTION, {"type": "array", "minItems": 2, "maxItems": 2, "items": _OPTION}]
                },
                "minItems": 1,
            },
            "same store": {
                "description": "The two keep user state in the same place, by step or by command.",
                "enum": [True],
            },
        },
        "additionalProperties": False,
        "minProperties": 1,
    },
    _read_agreement,
)
VARIABLES: Final[Kind[tuple[str, ...]]] = Kind(
    {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
    lambda data, _: tuple(name.lower() for name in words_in(data)),
)

# A selector that is asked about what the pattern begins with.
OF_FIRST: Final[Kind[Picks]] = Kind(SELECTOR.schema, lambda data, reading: reading.selector(data, "first"))

# Keys that several forms have.
UNLESS: Final = Key(
    "unless",
    _EXCUSES,
    "Excuses: the finding is dropped when one of them may hold.",
    "excuses",
    of_pattern=True,
)
BROKEN: Final = Key(
    "broken",
    choice(EVERY, SOME),
    "on every path: reported only when every path on which the step runs breaks the rule. on some path: one "
    "such path is enough.",
    of_pattern=True,
)
ONCE: Final = Key(
    "once", FLAG, "Report the first of them only, and name the others beside it.", of_pattern=True
)
COMES: Final = Key(
    "comes",
    SELECTOR,
    "What must come: after `after` and before a deadline, or before `before`.",
    required=True,
)
SINCE: Final = Key(
    "since",
    SELECTOR,
    "What cancels an earlier `comes` (or, in form 'pair', an earlier first step).",
)
IMMEDIATELY: Final = Key(
    "immediately",
    FLAG,
    "Nothing may run in between: `comes` must be the very next step that runs, in form 'before' the very "
    "last one.",
)


class AnyForm(Protocol):
    """What the classes below have in common."""

    @property
    def subject(self) -> Picks:
        """What is judged."""

    @property
    def selectors(self) -> tuple[Picks, ...]:
        """All that it speaks of."""

    def hits(self, context: Context) -> Iterator[Hit]:
        """Return the events of the subject, with the paths on which each breaks the rule, excused or not."""


FORMS: Final[dict[str, Form]] = {}
_STEP: Final = ("first", "value", "name", "tool", "options", "witness", "setter", "variable", "documented")


def form(reads_as: str, *keys: Key, offers: tuple[str, ...] = ()) -> Callable[[type[AnyForm]], type[AnyForm]]:
    """Declare a class to be a form, told by its first key."""

    def declare(build: type[AnyForm]) -> type[AnyForm]:
        subject = keys[0].name
        FORMS[subject] = Form(subject, reads_as, (*keys, UNLESS, BROKEN), (*_STEP, *offers), build)
        return build

    return declare
