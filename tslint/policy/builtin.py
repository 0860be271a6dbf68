"""The built-in rules, their pages and the tables beside them, from the modules that compile.py wrote."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tslint.policy.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tslint.flow.tables import Tables


def builtin_rules() -> tuple[Rule, ...]:
    """Load every built-in rule, in order of id."""
    return rules_from(_compiled("rules"))


def builtin_pages() -> Mapping[str, Mapping[str, Any]]:
    """Load what the pages of the built-in rules show, by id (see page.py)."""
    pages: Mapping[str, Mapping[str, Any]] = _compiled("pages")
    return pages


def builtin_page(rule: str) -> Mapping[str, Any]:
    """Load one page by the rule's id. Raises KeyError."""
    return builtin_pages()[rule]


def builtin_selectors() -> Mapping[str, list[Any]]:
    """Load the named selectors: each name's alternatives, free of names."""
    selectors: Mapping[str, list[Any]] = _compiled("selectors")
    return selectors


def builtin_tables() -> Tables:
    """Load what is documented about steps, variables and tools."""
    from tslint.flow.tables import Tables

    return Tables(**_compiled("tables"))


def rules_from(data: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Make rules of their data, as the compiler writes it."""
    return tuple(
        Rule(**{**each, "engines": tuple(each["engines"]), "silences": tuple(each["silences"])})
        for each in data
    )


def _compiled(name: str) -> Any:  # noqa: ANN401 - plain data
    try:
        return import_module(f"tslint.policy.compiled.{name}").DATA
    except ModuleNotFoundError:
        from tslint.policy.compile import CHECKOUT, compile_all

        # A checkout that was never installed: slower to start, and just as right.
        return compile_all(CHECKOUT / "rules")[name]
