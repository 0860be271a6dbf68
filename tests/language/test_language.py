"""The schema of rule files promises exactly what the linter can do."""

from __future__ import annotations

import json
from pathlib import Path

from tslint.language.facts import FACTS
from tslint.language.forms import _FORMS
from tslint.language.matcher import _KEYS
from tslint.language.secret_facts import SECRET_FACTS
from tslint.language.sequence_facts import SEQUENCE_FACTS
from tslint.model.sequence import ATTRIBUTES
from tslint.policy.form import FORMS

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "rule.schema.json").read_text("utf-8"))
# What the selector itself looks at: which events there are, not whether a fact holds of them.
OF_THE_SELECTOR = {"is", "command", "from", "sets"}


def test_every_fact_of_the_schema_is_known_to_the_linter_and_none_is_missing():
    assert set(SCHEMA["$defs"]["facts"]["properties"]) == {
        *FACTS,
        *SEQUENCE_FACTS,
        *SECRET_FACTS,
        *OF_THE_SELECTOR,
    }


def test_every_attribute_that_a_fact_asks_about_is_kept():
    asked = {name for name, fact in FACTS.items() if fact.__qualname__.startswith("_attribute.")}
    assert "runIn" in asked
    assert asked <= set(ATTRIBUTES)


def test_every_matcher_of_the_schema_is_known_to_the_linter_and_none_is_missing():
    of_maps = SCHEMA["$defs"]["matcher"]["anyOf"][2]
    assert set(of_maps["properties"]) == set(_KEYS)


def test_every_form_of_the_rule_files_is_known_to_the_linter():
    assert {form.subject for form in FORMS} == {*_FORMS, "clauses", "fault"}
