"""The schema of rule files: what the rule language declares, put into schemas/rule.schema.json.

The other parts of the file (the head of a rule, its examples) are written by hand, there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from tslint.data_files.schema_check import schema_folder
from tslint.language import pattern, selector  # noqa: F401 - they bring in all declarations
from tslint.language.declared import FACTS, WORDS_SCHEMA
from tslint.language.form import FORMS
from tslint.language.matcher import MATCHERS
from tslint.language.mending import EDIT_SCHEMA, MEND, MEND_MEANING
from tslint.language.setting_facts import SETTING

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

    from tslint.data_files.plain_data import Plain
    from tslint.language.declared import Schema

# Instead of a form a rule may have these.
_OTHERWISE: Final = ("clauses", "fault")
_WIDTH: Final = 110


def with_language(schema: dict[str, Plain]) -> Schema:
    """Return the schema with the parts that the rule language declares as they are now."""
    keys = _form_keys()
    properties = {key: value for key, value in schema["properties"].items() if "$ref" not in value}
    references: Schema = {key: {"$ref": f"#/$defs/form/properties/{key.replace(' ', '%20')}"} for key in keys}
    properties["mend"] = {"description": MEND_MEANING, **MEND.schema}
    clause = {key: {"$ref": f"#/properties/{key}"} for key in ("level", "message", "mend", "profile")}
    properties["clauses"]["items"]["properties"] = clause | references
    subjects = (*_OTHERWISE, *FORMS)
    return {
        **schema,
        "properties": properties | references,
        "oneOf": [_alternative(subject, subjects) for subject in subjects],
        "$defs": {
            **schema["$defs"],
            "form": _form(keys),
            "edit": {"description": "One edit of the task sequence, told by its first key.", **EDIT_SCHEMA},
            **_facts_and_matchers(),
        },
    }


def _form_keys() -> dict[str, Schema]:
    """Return each key of forms. Raises ValueError for one that two forms declare otherwise."""
    keys: dict[str, Schema] = {}
    for form in FORMS.values():
        for key in form.keys:
            declared: Schema = {"description": key.meaning, **key.takes.schema}
            if keys.setdefault(key.name, declared) != declared:
                raise ValueError(f"the key '{key.name}' has two meanings")
    return keys


def _form(keys: dict[str, Schema]) -> Schema:
    return {"description": "The keys of the forms. Exactly one form makes a rule.", "properties": keys}


def _alternative(subject: str, subjects: tuple[str, ...]) -> Schema:
    required = [key.name for key in FORMS[subject].keys if key.required] if subject in FORMS else [subject]
    others = [{"required": [other]} for other in subjects if other != subject]
    return {"title": subject, "required": required, "not": {"anyOf": others}}


def _facts_and_matchers() -> dict[str, Schema]:
    facts: dict[str, Schema] = {
        fact.name: {"description": fact.meaning, **fact.takes.schema} for fact in FACTS.values()
    }
    matchers: Schema = {
        key.name: {"description": key.meaning, **key.takes.schema} for key in MATCHERS.values()
    }
    setting = facts.pop(SETTING)
    return {
        "facts": {
            "type": "object",
            "minProperties": 1,
            "properties": facts,
            "patternProperties": {SETTING: setting},
            "additionalProperties": False,
        },
        "words": WORDS_SCHEMA,
        "matcher": {
            "anyOf": [
                {"type": ["string", "number", "boolean"]},
                {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/matcher"}},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": False,
                    "properties": matchers,
                },
            ]
        },
    }


def validator(name: Literal["rule", "selectors"]) -> Validator:
    """Make the validator of one kind of file. Costs 100 ms: make one for many files."""
    import json

    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    resources = []
    for each in ("rule", "selectors"):
        file = f"{each}.schema.json"
        text = (schema_folder() / file).read_text("utf-8")
        schema = json.loads(text)
        contents = with_language(schema) if each == "rule" else schema
        resources.append((file, Resource.from_contents(contents)))
    registry: Registry[Plain] = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": f"{name}.schema.json"}, registry=registry)


def written(value: object, indent: str = "", room: int = _WIDTH) -> str:
    """Write JSON: what fits on the rest of a line stands on it."""
    import json

    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= room or not isinstance(value, dict | list) or not value:
        return flat
    inner = f"{indent}  "
    if isinstance(value, list):
        lines = [f"{inner}{written(one, inner)}" for one in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]"
    keys = {f"{json.dumps(key, ensure_ascii=False)}: ": one for key, one in value.items()}
    lines = [f"{inner}{key}{written(one, inner, _WIDTH - len(key) - 1)}" for key, one in keys.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
