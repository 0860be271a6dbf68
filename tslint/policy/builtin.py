"""The built-in rules, their pages and the tables beside them, from the modules that compile.py wrote."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.flow.tables import Tables
    from tslint.language.selector import Selector
    from tslint.policy.rule import Rule
    from tslint.policy.vocabulary import Vocabulary


def builtin_rules() -> tuple[Rule, ...]:
    """Load every built-in rule, in order of id."""
    rules: tuple[Rule, ...] = _compiled("rules")
    return rules


def builtin_pages() -> Mapping[str, Mapping[str, Any]]:
    """Load what the pages of the built-in rules show, by id (see page.py)."""
    pages: Mapping[str, Mapping[str, Any]] = _compiled("pages")
    return pages


def builtin_page(rule: str) -> Mapping[str, Any]:
    """Load one page by the rule's id. Raises KeyError."""
    return builtin_pages()[rule]


def builtin_selectors() -> Mapping[str, Selector]:
    """Load the named selectors."""
    selectors: Mapping[str, Selector] = _compiled("selectors")
    return selectors


def builtin_vocabulary() -> Vocabulary:
    """Load the words that rules may name."""
    words: Vocabulary = _compiled("vocabulary")
    return words


def builtin_tables() -> Tables:
    """Load what is documented about steps, variables and tools."""
    from tslint.flow.tables import Tables

    return Tables(**_compiled("tables"))


def _compiled(name: str) -> Any:  # noqa: ANN401 - plain data
    try:
        return import_module(f"tslint.policy.compiled.{name}").DATA
    except ModuleNotFoundError:
        from tslint.policy.compile import CHECKOUT, compile_all

        # A checkout that was never installed: slower to start, and just as right.
        return compile_all(CHECKOUT / "rules")[name]
