"""What follows from the rules and their language: ``python -m tools.documentation [--check]``.

A page for each rule and their index, in docs/rules/; a page for each type of step, and the tables of their
overview, in docs/steps/; the schema of rule files and the tables of docs/rule-language.md, from the
declarations of the language; docs/bounds.md, from the source.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.bounds_page import bounds_page
from tools.coverage import coverage, read_decisions, read_departures
from tools.markdown_table import code, table
from tools.mends_page import mends_page
from tools.step_page import FOLDER as STEPS_FOLDER
from tools.step_page import overview, step_page, steps_section
from tools.step_reference import read_steps
from tools.step_rules import spoken_of
from tslint.catalogue.table_files import read_codes, read_tables
from tslint.data_files.data_file_error import DataFileError
from tslint.language.declared import FACTS
from tslint.language.form import FORMS
from tslint.language.mending import EDITS
from tslint.mend.on_example import mended_example
from tslint.rules.compile import CHECKOUT, compile_folder, stale
from tslint.rules.page import markdown
from tslint.rules.rule_schema import with_language, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.language.mending import EditForm
    from tslint.rules.rule import Rule

DOCS = CHECKOUT / "docs"
RULES_FOLDER, LANGUAGE = "rules", "rule-language.md"
STEPS = f"{STEPS_FOLDER}/README.md"
# Wherever docs/ is: an absolute path.
SCHEMA = str(CHECKOUT / "schemas" / "rule.schema.json")
# What these take has a table of its own, or is told where the key stands.
_OWN_TABLES = frozenset({"examples", "clauses", "mend"})
_TABLE = re.compile(r"(?ms)^<!-- table: ([\w ]+) -->$.*?^<!-- end of table -->$")
_INDEX_TITLE = """\
# Rules

`tslint --explain RULE` prints the same pages, `tslint --list-rules` this table.
[Steps](../steps/README.md) has the rules of each type of step.
"""
# What declares facts, in the order in which a reader wants them.
_FACTS = [
    f"tslint.language.{of}_facts"
    for of in ("step", "setting", "variable", "condition", "command", "option", "store", "sequence", "secret")
]
_LOOKED_AT = "What a selector looks at; all other facts are asked of each of these."
# What a key takes, for the schema's shared definitions.
_SHARED = {
    "matcher": "matcher",
    "words": "word or list of words",
    "selector": "selector",
    "condition": "condition",
    "step": "step",
    "example": "example",
    "edit": "edit",
}


def texts() -> dict[str, str]:
    """Give the text of every generated file by its path, from docs/. Raises DataFileError."""
    rules, pages = compile_folder(CHECKOUT / "rules")
    tables = read_tables(CHECKOUT / "rules")
    mended = {rule.id: mended_example(rule, pages[rule.id], tables) for rule in rules}
    steps = read_steps(CHECKOUT / "rules")
    spoken = {rule: spoken_of(rule, tables) for rule in rules}
    files = {
        f"{RULES_FOLDER}/{rule.id}.md": markdown(rule, pages[rule.id], mended[rule.id])
        + steps_section(spoken[rule], steps)
        for rule in rules
    }
    codes = read_codes(CHECKOUT / "rules")
    files |= {f"{STEPS_FOLDER}/{step.type}.md": step_page(step, spoken, codes) for step in steps}
    files[STEPS] = _with_tables((DOCS / STEPS).read_text("utf-8"), overview(steps, spoken))
    files["mends.md"] = mends_page(rules, mended)
    files[f"{RULES_FOLDER}/README.md"] = _index(rules)
    files["bounds.md"] = bounds_page()
    decided = read_decisions(CHECKOUT / "rules"), read_departures(CHECKOUT / "rules")
    files["coverage.md"] = coverage(rules, *decided)
    schema = with_language(json.loads(Path(SCHEMA).read_text("utf-8")))
    files[SCHEMA] = f"{written(schema)}\n"
    files[LANGUAGE] = _with_tables((DOCS / LANGUAGE).read_text("utf-8"), _tables(schema))
    return files


def orphans(files: Iterable[str]) -> list[str]:
    """Name the pages of rules and steps that are no longer there."""
    folders = (RULES_FOLDER, STEPS_FOLDER)
    found = {f"{folder}/{path.name}" for folder in folders for path in (DOCS / folder).glob("*")}
    return sorted(found - set(files))


def _index(rules: Iterable[Rule]) -> str:
    rows = (
        (f"[{r.id}]({r.id}.md)", r.name, r.category, r.level, r.profile, r.precision, r.summary)
        for r in rules
    )
    lines = _table(("id", "name", "category", "level", "profile", "precision", "summary"), rows)
    return f"{_INDEX_TITLE}\n{lines}\n"


def _with_tables(page: str, tables: Mapping[str, str]) -> str:
    """Fill in the tables that a page asks for. Raises KeyError for one that does not exist."""

    def filled(match: re.Match[str]) -> str:
        return f"<!-- table: {match[1]} -->\n\n{tables[match[1]]}\n\n<!-- end of table -->"

    return _TABLE.sub(filled, page)


def _tables(schema: Mapping[str, Any]) -> dict[str, str]:
    """Make the tables of the rule language from the descriptions in its schema."""
    defined = schema["$defs"]
    form_keys = defined["form"]["properties"]
    head = {key: value for key, value in schema["properties"].items() if key not in {*form_keys, "fault"}}
    matcher = next(one["properties"] for one in defined["matcher"]["anyOf"] if "properties" in one)
    condition = next(one["properties"] for one in defined["condition"]["anyOf"] if "properties" in one)
    forms = (
        (
            code(form.subject),
            form.reads_as,
            _codes(key.name for key in form.keys[1:] if key.required),
            _codes(key.name for key in form.keys if not key.required),
            _codes(form.offers),
        )
        for form in FORMS.values()
    )
    return {
        "head": _keys(head, defined, schema["required"]),
        "forms": _table(("form", "reads as", "needs", "may have", "its message can name"), forms),
        "form keys": _keys(form_keys, defined),
        "facts": _facts(defined),
        "matchers": _keys(matcher, defined),
        "maps": _maps({**head, **form_keys, **defined["facts"]["properties"], **_find(schema)}),
        "mends": _keys(schema["properties"]["mend"]["anyOf"][0]["properties"], defined),
        "edits": _table(("edit", "with", "meaning"), map(_edit, EDITS.values())),
        "examples": _keys(defined["example"]["properties"], defined),
        "steps": _keys(defined["step"]["properties"], defined),
        "conditions": _keys(condition, defined),
    }


def _facts(defined: Mapping[str, Any]) -> str:
    """Tell the facts, a table for each module that declares some, below what the module says of them."""
    keys = defined["facts"]["properties"] | defined["facts"]["patternProperties"]
    tables = [f"{_LOOKED_AT}\n\n{_keys({k: v for k, v in keys.items() if FACTS[k].holds is None}, defined)}"]
    declared = {key: FACTS[key].holds.__module__ for key in keys if FACTS[key].holds is not None}
    for module in sorted(set(declared.values()), key=_FACTS.index):
        said = str(import_module(module).__doc__).partition("\n")[0]
        tables.append(f"{said}\n\n{_keys({k: keys[k] for k in keys if declared.get(k) == module}, defined)}")
    return "\n\n".join(tables)


def _find(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"find": schema["properties"]["mend"]["anyOf"][0]["properties"]["find"]}


def _maps(keys: Mapping[str, Any]) -> str:
    """Tell the keys of the maps that keys of the language take, those with a table of their own aside."""
    rows = (
        (code(key), code(inner), _takes(value), value["description"])
        for key, taken in keys.items()
        if key not in _OWN_TABLES
        for inner, value in _properties(taken)
    )
    return _table(("map", "key", "takes", "meaning"), rows)


def _properties(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Go through the keys of a map that is taken, by itself, in a list or by name."""
    yield from schema.get("properties", {}).items()
    parts = [*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")]
    for part in parts:
        if isinstance(part, dict) and "$ref" not in part:
            yield from _properties(part)


def _edit(form: EditForm) -> tuple[str, str, str]:
    """Tell a kind of edit: its first key, the others, and what it does."""
    first, *others = form.keys
    told = (f"{code(key.name)}: {key.meaning[:1].lower()}{key.meaning[1:].rstrip('.')}" for key in others)
    return code(first.name), "; ".join(told), first.meaning


def _keys(properties: Mapping[str, Any], defined: Mapping[str, Any], required: Iterable[str] = ()) -> str:
    """Tell each key, what it takes and what it means; required ones are marked."""
    rows = (
        (
            "a capitalised name" if key == "^[A-Z]" else code(key) + " (required)" * (key in required),
            _takes(value),
            value["description"] if "description" in value else defined[_shared(value)]["description"],
        )
        for key, value in properties.items()
    )
    return _table(("key", "takes", "meaning"), rows)


def _shared(schema: Mapping[str, Any]) -> str:
    """Name the shared definition that a part of the schema refers to."""
    return str(schema["$ref"]).rpartition("/")[2]


def _takes(schema: Mapping[str, Any]) -> str:
    """Say in words what a part of the schema allows."""
    if "$ref" in schema:
        return _SHARED[_shared(schema)]
    if "enum" in schema:
        return _codes(word if isinstance(word, str) else json.dumps(word) for word in schema["enum"])
    if "const" in schema:
        return code(json.dumps(schema["const"]))
    if "anyOf" in schema:
        first, *others = dict.fromkeys(_takes(one) for one in schema["anyOf"])
        return " or ".join([first, *("a list" if kind == f"list of {first}" else kind for kind in others)])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(_kind(kind, schema) for kind in kinds)


def _kind(kind: str, schema: Mapping[str, Any]) -> str:
    if kind == "array":
        return f"list of {_takes(schema['items'])}"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"map of names to {_takes(values)}" if isinstance(values, dict) else "map"
    return {"string": "text", "boolean": "true or false", "integer": "whole number"}.get(kind, kind)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(table(head, rows))


def _codes(words: Iterable[str]) -> str:
    return ", ".join(map(code, words))


def main(arguments: list[str]) -> int:
    """Rewrite what is stale, or with ``--check`` only tell; remove the pages of rules that are gone."""
    try:
        files = texts()
    except DataFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    changed, gone = stale(files, DOCS), orphans(files)
    check = arguments == ["--check"]
    if not check:
        for folder in (RULES_FOLDER, STEPS_FOLDER):
            (DOCS / folder).mkdir(exist_ok=True)
        for name in changed:
            (DOCS / name).write_text(files[name], "utf-8", newline="\n")
        for name in gone:
            (DOCS / name).unlink()
    if changed or gone:
        sys.stderr.write(f"docs/: {'stale' if check else 'written'}: {', '.join([*changed, *gone])}\n")
    return 1 if check and (changed or gone) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
