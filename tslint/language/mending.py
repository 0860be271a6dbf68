"""What a rule file says of how to mend what the rule finds: its keys, and the edits that they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.commands.command import tool_name
from tslint.language.declared import FLAG, SELECTOR, TEXT, Kind, members, words, words_in
from tslint.language.edits import (
    AddCondition,
    Argument,
    Assign,
    Copied,
    Drop,
    Find,
    Give,
    If,
    Insert,
    Leave,
    Mend,
    Move,
    Remove,
    Replace,
    Rewrite,
    SetOptions,
    SetSettings,
    SuccessCode,
    Switch,
    TakeOut,
    Unassign,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tslint.data_files.plain_data import Plain
    from tslint.language.declared import Schema
    from tslint.language.edits import Edit
    from tslint.language.reading import Reading


class EditKey(NamedTuple):
    """A key of an edit: what it takes (a role, where ``schema`` is None) and means."""

    name: str
    meaning: str
    schema: Schema | None = None
    required: bool = True


class EditForm(NamedTuple):
    """A kind of edit, told by its first key."""

    keys: tuple[EditKey, ...]
    build: Callable[[Mapping[str, Plain]], Edit]

    @property
    def subject(self) -> str:
        """The key that tells it."""
        return self.keys[0].name


EDITS: Final[dict[str, EditForm]] = {}
_ROLE: Final[Schema] = {"type": "string", "pattern": "^[a-z]+$"}
_VALUE: Final[Schema] = {"type": ["string", "number", "boolean"]}
_WORDS: Final[Schema] = {"$ref": "#/$defs/words"}


def _edit(
    *keys: EditKey,
) -> Callable[[Callable[[Mapping[str, Plain]], Edit]], Callable[[Mapping[str, Plain]], Edit]]:
    """Declare a function to build an edit of what a rule file gives its keys."""

    def declare(build: Callable[[Mapping[str, Plain]], Edit]) -> Callable[[Mapping[str, Plain]], Edit]:
        EDITS[keys[0].name] = EditForm(keys, build)
        return build

    return declare


def _of(role: str = "of") -> EditKey:
    return EditKey(role, "The step that it is about.")


_AFTER: Final = EditKey("after", "The step that it comes behind.", required=False)
_BEFORE: Final = EditKey("before", "The step that it comes before.", required=False)


@_edit(
    EditKey("insert", "Insert this step, in the group of the other.", {"$ref": "#/$defs/step"}),
    _AFTER,
    _BEFORE,
    EditKey(
        "conditions of",
        "The step under whose conditions it is to run, its groups' included; the other one unless given.",
        required=False,
    ),
)
def _insert(given: Mapping[str, Plain]) -> Edit:
    side = "after" if "after" in given else "before"
    role = str(given[side])
    return Insert(given["insert"], role, side, str(given.get("conditions of", role)))


@_edit(
    EditKey(
        "set",
        "Give settings of the step these values; null takes a setting away, a map copies it of another step.",
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[A-Z]"},
            "additionalProperties": {
                "anyOf": [
                    {"type": ["string", "number", "boolean", "null"]},
                    {
                        "type": "object",
                        "properties": {
                            "of": {"description": "The step that has the value.", **_ROLE},
                            "setting": {
                                "description": "Its setting.",
                                "type": "string",
                                "pattern": "^[A-Z]",
                            },
                        },
                        "required": ["of", "setting"],
                        "additionalProperties": False,
                    },
                ]
            },
        },
    ),
    _of(),
)
def _set(given: Mapping[str, Plain]) -> Edit:
    return SetSettings(tuple((key, _copied(value)) for key, value in given["set"].items()), given["of"])


def _copied(value: Plain) -> str | Copied | None:
    if value is None:
        return None
    return Copied(value["of"], value["setting"]) if isinstance(value, dict) else _text(value)


@_edit(
    EditKey(
        "options",
        "Give attributes of the step these values.",
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "continueOnError": {"description": "Whether it goes on after an error.", "type": "boolean"},
                "timeout": {"description": "Its time-out, in seconds.", "type": "integer", "minimum": 0},
                "retryCount": {"description": "How often it is tried anew.", "type": "integer", "minimum": 0},
                "runIn": {
                    "description": "Where it may run.",
                    "enum": ["WinPE", "FullOS", "WinPEandFullOS"],
                },
            },
        },
    ),
    _of(),
)
def _options(given: Mapping[str, Plain]) -> Edit:
    return SetOptions(tuple((key, _text(value)) for key, value in given["options"].items()), given["of"])


@_edit(EditKey("enable", "Enable this step."))
def _enable(given: Mapping[str, Plain]) -> Edit:
    return Switch(on=True, role=given["enable"])


@_edit(EditKey("disable", "Disable this step."))
def _disable(given: Mapping[str, Plain]) -> Edit:
    return Switch(on=False, role=given["disable"])


@_edit(EditKey("remove", "Remove this step."))
def _remove(given: Mapping[str, Plain]) -> Edit:
    return Remove(given["remove"])


@_edit(
    EditKey("move", "Move this step."),
    _AFTER,
    _BEFORE,
    EditKey(
        "keeping conditions",
        "Whether it runs there under the same conditions as before: it then goes beside a group that has "
        "some, and a step whose own groups have some stays where it is.",
        FLAG.schema,
        required=False,
    ),
)
def _move(given: Mapping[str, Plain]) -> Edit:
    side = "after" if "after" in given else "before"
    return Move(given["move"], side, given[side], given.get("keeping conditions", False))


@_edit(
    EditKey("give", "Give this step the conditions of another, in place of its own."),
    EditKey("conditions of", "The step under whose conditions it is to run, those of its groups included."),
)
def _give(given: Mapping[str, Plain]) -> Edit:
    return Give(given["give"], given["conditions of"])


@_edit(
    EditKey("add condition", "Give the step one more condition.", {"$ref": "#/$defs/condition"}),
    _of("to"),
)
def _add_condition(given: Mapping[str, Plain]) -> Edit:
    return AddCondition(given["add condition"], given["to"])


@_edit(
    EditKey(
        "assign",
        "Give a variable that the step sets (Set Task Sequence or Dynamic Variables) this value.",
        _VALUE,
    ),
    EditKey("to", "The variable, or one of these.", _WORDS),
    _of("in"),
)
def _assign(given: Mapping[str, Plain]) -> Edit:
    return Assign(_text(given["assign"]), _lowered(given["to"]), given["in"])


@_edit(
    EditKey(
        "unassign",
        "Let the step no longer set this variable, or one of these; a step that sets nothing else goes.",
        _WORDS,
    ),
    _of("in"),
)
def _unassign(given: Mapping[str, Plain]) -> Edit:
    return Unassign(_lowered(given["unassign"]), given["in"])


@_edit(
    EditKey("take out", "Take these options, with their values, out of a value that the step sets.", _WORDS),
    EditKey("from", "The variable that has the value, or one of these.", _WORDS),
    _of("in"),
)
def _take_out(given: Mapping[str, Plain]) -> Edit:
    return TakeOut(_lowered(given["take out"]), _lowered(given["from"]), given["in"])


@_edit(
    EditKey(
        "leave out", "Take this item out of a setting that is a list.", {"type": "string", "minLength": 1}
    ),
    EditKey("from", "The setting.", {"type": "string", "pattern": "^[A-Z]"}),
    _of(),
)
def _leave(given: Mapping[str, Plain]) -> Edit:
    return Leave(given["leave out"], given["from"], given["of"])


@_edit(
    EditKey("rewrite", "Give this setting another text.", {"type": "string", "pattern": "^[A-Z]"}),
    EditKey(
        "as",
        "The text; {old} in it stands for the one that the setting has, {documented} for the name of the "
        "documented variable that this one is a slip away from.",
        {"type": "string", "minLength": 1},
    ),
    _of(),
)
def _rewrite(given: Mapping[str, Plain]) -> Edit:
    return Rewrite(given["rewrite"], given["as"], given["of"])


@_edit(
    EditKey("replace", "Put another text in place of each of this one.", {"type": "string", "minLength": 1}),
    EditKey("with", "The other text.", {"type": "string"}),
    EditKey("within", "The setting.", {"type": "string", "pattern": "^[A-Z]"}),
    _of(),
)
def _replace(given: Mapping[str, Plain]) -> Edit:
    return Replace(given["replace"], given["with"], given["within"], given["of"])


@_edit(
    EditKey(
        "drop",
        "Take these options out of a setting that is a command line or its arguments; those that end with a "
        "colon with their values.",
        _WORDS,
    ),
    EditKey("from", "The setting.", {"type": "string", "pattern": "^[A-Z]"}),
    _of(),
)
def _drop(given: Mapping[str, Plain]) -> Edit:
    return Drop(_lowered(given["drop"]), given["from"], given["of"])


@_edit(
    EditKey(
        "argument", "Add this argument to a program in the command line.", {"type": "string", "minLength": 1}
    ),
    EditKey("to", "The program.", {"type": "string", "minLength": 1}),
    _of("in"),
)
def _argument(given: Mapping[str, Plain]) -> Edit:
    return Argument(given["argument"], tool_name(given["to"]) or given["to"].lower(), given["in"])


@_edit(EditKey("success code", "Add this success code.", {"type": "integer", "minimum": 0}), _of())
def _success_code(given: Mapping[str, Plain]) -> Edit:
    return SuccessCode(str(given["success code"]), given["of"])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _lowered(data: object) -> tuple[str, ...]:
    return tuple(word.lower() for word in words_in(data))


def _edits_schema() -> Schema:
    """Return one schema for all edits: which keys go together is told in words, by the reading."""
    merged: dict[str, Plain] = {}
    for form in EDITS.values():
        for key in form.keys:
            merged.setdefault(key.name, []).append({"description": key.meaning, **(key.schema or _ROLE)})
    return {
        "type": "object",
        "properties": {name: _one_of(schemas) for name, schemas in merged.items()},
        "additionalProperties": False,
        "minProperties": 1,
    }


def _one_of(schemas: list[Schema]) -> Schema:
    distinct = [one for number, one in enumerate(schemas) if one not in schemas[:number]]
    if len(distinct) == 1:
        return distinct[0]
    return {"description": " Or: ".join(str(one["description"]) for one in distinct), **_plain(distinct)}


def _plain(schemas: list[Schema]) -> Schema:
    rest = [{key: value for key, value in one.items() if key != "description"} for one in schemas]
    distinct = [one for number, one in enumerate(rest) if one not in rest[:number]]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


_FIND: Final[Schema] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
        "type": "object",
        "properties": {
            "first": {"description": "The first step that this picks.", **SELECTOR.schema},
            "last": {"description": "The last step that this picks.", **SELECTOR.schema},
            "all": {"description": "All steps that this picks.", **SELECTOR.schema},
            "after": {"description": "Only behind this step.", **_ROLE},
            "before": {"description": "Only before this step, where it is there.", **_ROLE},
        },
        "minProperties": 1,
        "additionalProperties": False,
    },
}


def _schema() -> Schema:
    one: Schema = {
        "type": "object",
        "properties": {
            "do": {
                "description": "The edits: a map or a list of maps.",
                "anyOf": [
                    {"$ref": "#/$defs/edit"},
                    {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/edit"}},
                ],
            },
            "decide": {
                "description": "What somebody has to decide, where no edit can be made without that.",
                **TEXT.schema,
            },
            "safe": {
                "description": "Whether it does what the documentation asks for, in the one way there is.",
                **FLAG.schema,
            },
            "if": {
                "description": "Steps, and what must hold of each for this mend to fit.",
                "type": "object",
                "minProperties": 1,
                "additionalProperties": SELECTOR.schema,
            },
            "find": {"description": "Names for steps nearby; the mend fits where they are found.", **_FIND},
        },
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def _read(data: object, reading: Reading) -> tuple[Mend, ...]:
    return tuple(_read_mend(dict(members(one)), place) for one, place in reading.each(data))


def _read_mend(given: dict[str, Plain], reading: Reading) -> Mend:
    edits = [
        edit
        for one, place in reading.at("do").each(given.get("do", []))
        if (edit := _read_edit(dict(members(one)), place)) is not None
    ]
    place = reading.at("find")
    finds = tuple(_read_find(name, find, place.at(name)) for name, find in given.get("find", {}).items())
    wanted = reading.among({find.name: find.picks.gives for find in finds}).at("if")
    return Mend(
        edits=tuple(edits),
        decide=" ".join(str(given.get("decide", "")).split()),
        safe=given.get("safe", False),
        conditions=tuple(
            If(role, wanted.at(role).selector(holds, role)) for role, holds in given.get("if", {}).items()
        ),
        finds=finds,
    )


def _read_find(name: str, given: Mapping[str, Plain], reading: Reading) -> Find:
    which = next((key for key in ("first", "last", "all") if key in given), "all")
    picks = reading.at(which).selector(given.get(which, []))
    return Find(name, which, picks, given.get("after", ""), given.get("before", ""))


def _read_edit(given: dict[str, Plain], reading: Reading) -> Edit | None:
    form = next((EDITS[key] for key in given if key in EDITS and _fits(EDITS[key], given)), None)
    if form is None:
        reading.refuse("this is no edit", f"give one of: {', '.join(EDITS)}, with its own keys")
        return None
    for key in ("to", "from", "unassign"):
        if key in given and form.subject in ("assign", "unassign", "take out"):
            words("variable").read(given[key], reading.at(key))
    if form.subject == "insert" and "group" in given["insert"]:
        reading.at("insert").refuse("a group cannot be inserted", "insert steps, each by an edit of its own")
    for name in given["set"] if form.subject == "set" else ():
        reading.at("set").at(name).expect("setting", name, at_key=True)
    for key in ("rewrite", "within", "from"):
        if key in given and form.subject in ("rewrite", "replace", "drop"):
            reading.at(key).expect("setting", given[key])
    return form.build(given)


def _fits(form: EditForm, given: Mapping[str, Plain]) -> bool:
    known = {key.name for key in form.keys}
    has_all = all(key.name in given for key in form.keys if key.required)
    sides = {"after", "before"} & known
    return given.keys() <= known and has_all and (not sides or len(sides & given.keys()) == 1)


MEND: Final[Kind[tuple[Mend, ...]]] = Kind(_schema(), _read)
MEND_MEANING: Final = (
    "How to mend it: one mend, or several of which the first that fits is taken. `do` holds edits that "
    "tslint can make, `decide` what somebody has to decide."
)
EDIT_SCHEMA: Final[Schema] = _edits_schema()
