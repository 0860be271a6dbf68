"""A YAML file against a small JSON Schema, without the jsonschema package, whose import costs 80 ms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tslint.data_files.schema_check import Violation, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tslint.data_files.plain_data import Plain
    from tslint.data_files.yaml_file import KeyPath, YamlFile

_TYPES: Final = {"object": dict, "array": list, "string": str, "boolean": bool}
_TESTS: Final[Mapping[str, Callable[[Plain, Plain], bool]]] = {
    "type": lambda data, kind: isinstance(data, _TYPES[kind]),
    "enum": lambda data, words: data in words,
    "minItems": lambda data, least: len(data) >= least,
    "maxItems": lambda data, most: len(data) <= most,
    "minLength": lambda data, least: len(data) >= least,
    "maxLength": lambda data, most: len(data) <= most,
    "required": lambda data, keys: all(key in data for key in keys),
}


def check_plainly(file: YamlFile, schema: Mapping[str, Plain]) -> None:
    """Check the data of ``file``. Raises DataFileError, as schema_check does, for one fault.

    Of JSON Schema it knows the keywords above, properties, additionalProperties, items, and references to
    $defs: a schema that uses others says less than it seems to.
    """
    refuse(file, _faults(file.data, schema, (), schema["$defs"]))


def _faults(
    data: Plain, schema: Mapping[str, Plain], path: KeyPath, defined: Mapping[str, Plain]
) -> Iterator[Violation]:
    if "$ref" in schema:
        schema = defined[schema["$ref"].rpartition("/")[2]]
    for keyword, wanted in schema.items():
        test = _TESTS.get(keyword)
        if test is not None and not test(data, wanted):
            yield Violation(keyword, wanted, data, schema, path)
            if keyword in ("type", "enum"):
                return
    if isinstance(data, dict):
        known, others = schema.get("properties", {}), schema["additionalProperties"]
        if not others and not data.keys() <= known.keys():
            yield Violation("additionalProperties", others, data, schema, path)
        inner = [(key, data[key], known.get(key, others)) for key in data if key in known or others]
    else:
        inner = [(n, item, schema["items"]) for n, item in enumerate(data)] if isinstance(data, list) else []
    for part, value, meant in inner:
        yield from _faults(value, meant, (*path, part), defined)
