"""A YAML file against its JSON Schema, with the one error that helps: at its place, in words."""

from __future__ import annotations

import re
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    from tslint.data_files.data_file_error import DataFileError
    from tslint.data_files.plain_data import Plain
    from tslint.data_files.yaml_file import KeyPath, YamlFile

_KINDS = {
    "string": "a word",
    "array": "a list",
    "object": "a map",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
    "null": "empty",
}
# So many faults of one file are told: who mends these sees the rest.
MOST_FAULTS = 20
# Longer texts are cut in messages.
_LONGEST_QUOTED = 40
# Words so alike, of 1, are surely meant for each other.
_VERY_NEAR = 0.75
# Longer words, or among more, are not compared for the nearest: that takes quadratic time.
_LONGEST_COMPARED, _MOST_COMPARED = 60, 500


def schema_folder() -> Path:
    """Find the schemas: in an installed package inside it, in a checkout at the top."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


def plain_schema(name: str) -> dict[str, Plain]:
    """Load a schema for plain_check.py."""
    import json

    schema: dict[str, Plain] = json.loads((schema_folder() / f"{name}.schema.json").read_text("utf-8"))
    return schema


def check(file: YamlFile, against: Validator) -> None:
    """Check the data of ``file``. Raises DataFileError for all faults together.

    Unknown keys go first, since "something is missing" is often their consequence; then what stands first in
    the file. Which form a rule has is left to rule_file.py, which can name the forms.
    """
    refuse(file, _violations(file.data, against))


def without_faults(data: Plain, against: Validator, least: Mapping[str, Plain]) -> Plain:
    """Return a copy of a map without what the schema objects to, ``least`` for what it needs; {} for neither.

    For what is to be checked beyond the schema: one fault shall not hide the others.
    """
    import copy

    sound: Plain = copy.deepcopy(data) if isinstance(data, dict) else {}
    for _ in range(MOST_FAULTS):
        sound = {**sound, **{key: value for key, value in least.items() if key not in sound}}
        paths = {_faulty_key(fault) for fault in islice(_violations(sound, against), MOST_FAULTS)}
        if not paths:
            return sound
        if () in paths:
            return {}
        for path in sorted(paths, key=len, reverse=True):
            inner = sound
            for part in path[:-1]:
                inner = inner[part]
            inner.pop(path[-1], None)
    return {}


def _faulty_key(fault: Violation) -> KeyPath:
    """Return the innermost key with the fault in it: an item taken out of a list would move the others."""
    path = fault.path
    if fault.keyword == "additionalProperties":
        path = (*path, next(_unknown_keys(fault)))
    while path and not isinstance(path[-1], str):
        path = path[:-1]
    return path


def _violations(data: Plain, against: Validator) -> Iterator[Violation]:
    errors = (leaf(error) for error in against.iter_errors(data) if not _is_form(error))
    return (fault for error in errors for fault in _each(_violation(error)))


def refuse(file: YamlFile, faults: Iterable[Violation]) -> None:
    """Raise the DataFileErrors that help most, if there is a fault."""
    ranks = {"additionalProperties": 0, "required": 2, "dependentRequired": 2, "oneOf": 2}
    # only these are put into words: a stranger's file may hold very many
    first = nsmallest(MOST_FAULTS, faults, key=lambda one: (ranks.get(one.keyword, 1), file.place(one.path)))
    unknown = {fault.path for fault in first if fault.keyword == "additionalProperties"}
    told = [one for one in first if ranks.get(one.keyword, 1) < 2 or one.path not in unknown]
    refuse_all([_DESCRIBE.get(fault.keyword, _plainly)(file, fault) for fault in told])


def refuse_all(errors: Iterable[DataFileError]) -> None:
    """Raise these errors as one, if there are any; of very many the first are told."""
    told = list(islice(errors, MOST_FAULTS))
    if told:
        told[0].more = tuple(told[1:])
        raise told[0]


def _each(fault: Violation) -> Iterator[Violation]:
    """Tell of each key that is unknown or missing by itself."""
    if fault.keyword == "required":
        yield from (fault._replace(value=[key]) for key in fault.value if key not in fault.given)
    elif fault.keyword == "additionalProperties":
        yield from (fault._replace(given={key: fault.given[key]}) for key in _unknown_keys(fault))
    else:
        yield fault


def _unknown_keys(fault: Violation) -> Iterator[str]:
    known, patterns = fault.schema.get("properties", {}), fault.schema.get("patternProperties", {})
    return (key for key in fault.given if key not in known and not any(re.search(p, key) for p in patterns))


def _is_form(error: ValidationError) -> bool:
    return error.validator in ("oneOf", "anyOf") and not error.absolute_path


def leaf(error: ValidationError) -> ValidationError:
    """Descend from "none of these fits" to the fault inside the alternative that was meant.

    That is the alternative of the right kind (word, list or map): each kind occurs once in our schemas.
    """
    while error.validator == "anyOf" and error.context:
        branches: dict[str | int, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.relative_schema_path[0], []).append(inner)
        meant = [found for found in branches.values() if not any(_is_wrong_kind(e) for e in found)]
        if not meant:
            break
        error = meant[0][0]
    return error


def _is_wrong_kind(error: ValidationError) -> bool:
    if error.relative_path:
        return False
    if error.validator == "anyOf" and error.context:
        return all(map(_is_wrong_kind, error.context))
    return error.validator == "type" or (error.validator == "enum" and not isinstance(error.instance, str))


class Violation(NamedTuple):
    """What one keyword of the schema objects to. ``value`` is the keyword's, ``given`` the file's."""

    keyword: str
    value: Plain
    given: Plain
    schema: Plain
    path: KeyPath
    kinds: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """What is at fault, in words."""
        if not self.path:
            return "the file"
        return quoted(self.path[-1]) if isinstance(self.path[-1], str) else "this item"


def _violation(error: ValidationError) -> Violation:
    kinds = tuple(
        kind
        for inner in error.context or ()
        for kind in (_listed(inner.validator_value) if inner.validator == "type" else ["string"])
    )
    return Violation(
        keyword=str(error.validator),
        value=error.validator_value,
        given=error.instance,
        schema=error.schema,
        path=tuple(error.absolute_path),
        kinds=kinds,
    )


def _unknown_key(file: YamlFile, fault: Violation) -> DataFileError:
    known = fault.schema.get("properties", {})
    key = next(_unknown_keys(fault))
    listed = f"known are: {', '.join(sorted(known))}" if known else "use small letters, digits and hyphens"
    remedy = nearest(key, known) or listed
    setting = key[:1].upper() + key[1:]
    if setting != key and any(re.search(p, setting) for p in fault.schema.get("patternProperties", {})):
        near = nearest(key, known, _VERY_NEAR)  # else it may as well be a setting
        remedy = near or f"did you mean '{setting}'? Settings begin with a capital letter"
    return file.error((*fault.path, key), f"unknown key {quoted(key)}", remedy, at_key=True)


def _required(file: YamlFile, fault: Violation) -> DataFileError:
    missing = next(key for key in fault.value if key not in fault.given)
    return file.error(fault.path, f"{fault.where} has no '{missing}'", f"add the key '{missing}'")


def _dependent(file: YamlFile, fault: Violation) -> DataFileError:
    key, need = next(
        (key, need)
        for key, needs in fault.value.items()
        for need in needs
        if key in fault.given and need not in fault.given
    )
    return file.error((*fault.path, key), f"'{key}' needs '{need}'", f"add '{need}'", at_key=True)


def _enum(file: YamlFile, fault: Violation) -> DataFileError:
    values = [str(value) for value in fault.value]
    remedy = nearest(str(fault.given), values) or f"use one of: {', '.join(values)}"
    return file.error(fault.path, f"{fault.where} cannot be {quoted(fault.given)}", remedy)


def _type(file: YamlFile, fault: Violation) -> DataFileError:
    wanted = " or ".join(_KINDS[kind] for kind in _listed(fault.value))
    return file.error(fault.path, f"{fault.where} is {_kind(fault.given)}", f"it must be {wanted}")


def _any_of(file: YamlFile, fault: Violation) -> DataFileError:
    wanted = " or ".join(dict.fromkeys(_KINDS[kind] for kind in fault.kinds))
    return file.error(fault.path, f"{fault.where} is {_kind(fault.given)}", f"it must be {wanted}")


def _pattern(file: YamlFile, fault: Violation) -> DataFileError:
    remedy = str(
        fault.schema.get("$comment") or fault.schema.get("description") or f"it must match {fault.value}"
    ).rstrip(".")
    return file.error(fault.path, f"{fault.where} cannot be {quoted(fault.given)}", remedy)


def _one_of(file: YamlFile, fault: Violation) -> DataFileError:
    heads = [alternative["required"][0] for alternative in fault.value]
    given = [head for head in heads if head in fault.given]
    found = " and ".join(f"'{head}'" for head in given)
    problem = f"{fault.where} has {found} at once" if given else f"{fault.where} does not say what it is"
    path = (*fault.path, given[1]) if given else fault.path
    return file.error(path, problem, f"give exactly one of: {', '.join(heads)}", at_key=bool(given))


def _plainly(file: YamlFile, fault: Violation) -> DataFileError:
    limit = "empty" if fault.keyword == "minLength" and fault.value == 1 else fault.keyword
    remedy = _LIMITS[limit].format(str(fault.value).lower())
    return file.error(fault.path, f"{fault.where} cannot be {quoted(fault.given)}", remedy)


_LIMITS = {
    "minItems": "its least number of items is {}",
    "maxItems": "its largest number of items is {}",
    "minProperties": "its least number of keys is {}",
    "maxProperties": "its largest number of keys is {}",
    "empty": "it must not be empty",
    "minLength": "its shortest text has {} characters",
    "maxLength": "its longest text has {} characters",
    "minimum": "it must be at least {}",
    "maximum": "it must be at most {}",
    "const": "it can only be {}",
}
_DESCRIBE = {
    "additionalProperties": _unknown_key,
    "required": _required,
    "dependentRequired": _dependent,
    "enum": _enum,
    "type": _type,
    "anyOf": _any_of,
    "pattern": _pattern,
    "oneOf": _one_of,
}


def _listed(value: object) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def nearest(word: str, known: Collection[str], cutoff: float = 0.6) -> str:
    """Ask "did you mean ...?" when a known word is near, else ""."""
    import difflib

    if len(word) > _LONGEST_COMPARED or len(known) > _MOST_COMPARED:
        return ""
    found = difflib.get_close_matches(word, list(known), 1, cutoff)
    return f"did you mean '{found[0]}'?" if found else ""


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a map" if isinstance(value, dict) else "a word"


def quoted(value: object) -> str:
    """Return a value as an error quotes it: in quotation marks, on one line, cut."""
    if isinstance(value, list | dict):
        return "an empty list" if value == [] else "an empty map" if value == {} else _kind(value)
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= _LONGEST_QUOTED else text[:_LONGEST_QUOTED] + '...'}'"
