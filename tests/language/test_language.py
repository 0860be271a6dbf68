"""What the rule language declares: whole, and in one place."""

from __future__ import annotations

import json

from tslint.language.declared import FACTS
from tslint.language.form import FORMS
from tslint.language.matcher import MATCHERS
from tslint.model.sequence import ATTRIBUTES
from tslint.rules.compile import CHECKOUT
from tslint.rules.rule_schema import with_language, written

SCHEMA = CHECKOUT / "schemas" / "rule.schema.json"


def test_the_schema_says_what_the_language_declares():
    text = SCHEMA.read_text("utf-8")
    assert text == f"{written(with_language(json.loads(text)))}\n"


def test_a_declaration_says_what_it_means():
    declared = [*FACTS.values(), *MATCHERS.values(), *(key for form in FORMS.values() for key in form.keys)]
    assert [one.name for one in declared if not one.meaning.endswith(".")] == []


def test_a_key_has_one_meaning():
    meanings = {}
    for form in FORMS.values():
        for key in form.keys:
            meanings.setdefault(key.name, set()).add(key.meaning)
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_every_attribute_that_a_fact_asks_about_is_kept():
    asked = {
        name for name in FACTS if name in ("runIn", "timeout", "retryCount", "successCodeList", "startIn")
    }
    assert asked <= set(ATTRIBUTES)
