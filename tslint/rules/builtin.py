"""The built-in rules, their pages and the tables beside them, from the modules that compile.py wrote."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from tslint.catalogue.codes import Codes
    from tslint.catalogue.console_words import Console, ConsoleStep
    from tslint.catalogue.step_kinds import StepKind
    from tslint.catalogue.tables import Tables
    from tslint.catalogue.vocabulary import Vocabulary
    from tslint.language.edits import Mend
    from tslint.language.selector import Selector
    from tslint.regex.automaton import Automaton
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule


def builtin_rules() -> tuple[Rule, ...]:
    """Load every built-in rule, in order of id."""
    rules: tuple[Rule, ...] = _compiled("rules").DATA
    return rules


def builtin_pages() -> Mapping[str, Page]:
    """Load what the pages of the built-in rules show, by id (see page.py)."""
    pages: Mapping[str, Page] = _compiled("pages").DATA
    return pages


def builtin_selectors() -> Mapping[str, Selector]:
    """Load the named selectors."""
    selectors: Mapping[str, Selector] = _compiled("selectors").DATA
    return selectors


def builtin_vocabulary() -> Vocabulary:
    """Load the words that rules may name."""
    words: Vocabulary = _compiled("vocabulary").DATA
    return words


def builtin_tables() -> Tables:
    """Load what is documented about steps, variables and tools."""
    tables: Tables = _compiled("tables").DATA
    return tables


def builtin_mends() -> Mapping[str, tuple[tuple[Mend, ...], ...]]:
    """Load the mends of every built-in rule by its id, for each of its clauses."""
    mends: Mapping[str, tuple[tuple[Mend, ...], ...]] = _compiled("mends").DATA
    return mends


def builtin_console() -> Console:
    """Load what the console and its cmdlets call steps and settings, by type of step."""
    console: Console = _compiled("console").DATA
    return console


def console_step(kind: str) -> ConsoleStep:
    """Return what the console calls a type of step; nothing of those that it does not know."""
    from tslint.catalogue.console_words import ConsoleStep

    return builtin_console().get(kind, ConsoleStep())


def builtin_codes() -> Codes:
    """Load what the codes of steps mean (rules/codes.yaml)."""
    codes: Codes = _compiled("codes").DATA
    return codes


def automaton(regex: str) -> Automaton:
    """Return the automaton of a regular expression: those of built-in rules are there already."""
    ready: Mapping[str, Automaton] = _compiled("automata").DATA
    if regex in ready:
        return ready[regex]
    from tslint.regex.construction import automaton_of

    return automaton_of(regex)


@lru_cache(maxsize=1)
def builtin_step_kinds() -> Mapping[str, StepKind]:
    """Return how the console writes each kind of step, by type."""
    from tslint.catalogue.step_kinds import step_kinds

    return step_kinds(builtin_tables().steps)


def _compiled(name: str) -> ModuleType:
    try:
        return import_module(f"tslint.rules.compiled.{name}")
    except ModuleNotFoundError:
        from types import ModuleType

        from tslint.rules.compile import CHECKOUT, compile_all

        # A checkout that was never installed: slower to start, and just as right.
        module = ModuleType(name)
        module.__dict__["DATA"] = getattr(compile_all(CHECKOUT / "rules"), name)
        return module
