"""Compile rules/ into modules that load in a millisecond: ``python -m tslint.rules.compile [--check]``.

Runs when the package is built (hatch_build.py) and before the tests (tests/conftest.py).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tslint.catalogue.console_file import read_console
from tslint.catalogue.table_files import catalogue_words, read_codes, read_tables
from tslint.commands.erasing import TOOLS as ERASING
from tslint.commands.windows_shell import HOSTS, TSENV
from tslint.data_files.data_file_error import DataFileError
from tslint.language.declared import Use
from tslint.language.selector import Alternative
from tslint.regex.construction import automaton_of
from tslint.rules.as_code import module_of, named_tuples
from tslint.rules.rule_folder import SELECTORS, in_order, read_each, read_selectors

if TYPE_CHECKING:
    from tslint.catalogue.codes import Codes
    from tslint.catalogue.console_words import Console
    from tslint.catalogue.tables import Tables
    from tslint.catalogue.vocabulary import Vocabulary
    from tslint.language.edits import Mend
    from tslint.language.selector import Selector
    from tslint.regex.automaton import Automaton
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule

CHECKOUT = Path(__file__).resolve().parent.parent.parent
COMPILED = Path(__file__).resolve().parent / "compiled"


class Compiled(NamedTuple):
    """What each of compiled/NAME.py holds, by NAME."""

    rules: tuple[Rule, ...]
    pages: dict[str, Page]
    selectors: dict[str, Selector]
    tables: Tables
    vocabulary: Vocabulary
    console: Console
    mends: dict[str, tuple[tuple[Mend, ...], ...]]
    codes: Codes
    automata: dict[str, Automaton]


def compile_folder(rules_dir: Path) -> tuple[tuple[Rule, ...], dict[str, Page]]:
    """Compile to every Rule, in order of id, and the data of every page by id. Raises DataFileError."""
    compiled = compile_all(rules_dir)
    return compiled.rules, compiled.pages


def compile_all(rules_dir: Path) -> Compiled:
    """Compile every rule, and the tables beside them. Raises DataFileError.

    A rule stands in ``CATEGORY/NAME.yaml``; beside the categories are selectors.yaml and the tables.
    """
    words = catalogue_words(rules_dir)
    selectors = read_selectors(rules_dir / SELECTORS, f"rules/{SELECTORS}", {}, words)
    shown = {path: f"rules/{path.parent.name}/{path.name}" for path in rules_dir.glob("*/*.yaml")}
    tables = read_tables(rules_dir)
    rules = in_order(read_each(shown, selectors, builtin=True))
    asked = (*(rule.rule for rule in rules), *selectors.resolved.values())
    return Compiled(
        rules=tuple(_without_mends(rule.rule) for rule in rules),
        pages={rule.data["id"]: rule.page() for rule in rules},
        selectors=dict(selectors.resolved),
        tables=tables,
        vocabulary=words.with_named(_named(asked, tables)),
        console=read_console(rules_dir),
        mends={rule.rule.id: tuple(clause.mends for clause in rule.rule.clauses) for rule in rules},
        codes=read_codes(rules_dir),
        automata=_automata(asked),
    )


def _automata(data: object) -> dict[str, Automaton]:
    """Make the automata of the regular expressions that rules ask about."""
    asked = (one.given for one in named_tuples(data) if isinstance(one, Use) and one.name == "matches")
    return {regex: automaton_of(regex) for regex in sorted(set(map(str, asked)))}


def _named(data: object, tables: Tables) -> dict[str, list[str]]:
    """Collect the tools that rules, secrets and readers of commands know, with options that rules name."""
    known = (*tables.secrets["tools"], *HOSTS, *TSENV, *ERASING)
    found: dict[str, set[str]] = {tool: set() for tool in known}
    for one in named_tuples(data):
        if isinstance(one, Alternative):
            for tool in one.tools or ():
                found.setdefault(tool, set()).update(one.options)
    return {tool: sorted(options) for tool, options in sorted(found.items())}


def _without_mends(rule: Rule) -> Rule:
    """Return the same without its mends, which only a finding asks for: see mends.py."""
    return rule._replace(clauses=tuple(clause._replace(mends=()) for clause in rule.clauses))


def texts(rules_dir: Path) -> dict[str, str]:
    """Give the compiled files' text by file name: equal rules, equal bytes. Raises DataFileError."""
    return {f"{name}.py": module_of(data) for name, data in compile_all(rules_dir)._asdict().items()}


def stale(compiled: dict[str, str], folder: Path = COMPILED) -> list[str]:
    """Name the compiled files that are missing or differ."""
    return [
        name
        for name, text in compiled.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def refresh(rules_dir: Path = CHECKOUT / "rules", folder: Path = COMPILED) -> list[str]:
    """Rewrite the compiled files that are stale, and name them. Raises DataFileError."""
    compiled = texts(rules_dir)
    names = stale(compiled, folder)
    folder.mkdir(exist_ok=True)
    for name in names:
        new = folder / f"{name}.new"
        new.write_text(compiled[name], "utf-8", newline="\n")
        new.replace(folder / name)  # a linter that runs meanwhile sees the old file or the new one
    return names


def main(arguments: list[str]) -> int:
    """Rewrite the compiled files, or with ``--check`` only tell whether they are stale."""
    try:
        names = stale(texts(CHECKOUT / "rules")) if arguments == ["--check"] else refresh()
    except DataFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if names:
        sys.stderr.write(f"{'stale' if arguments else 'written'}: {', '.join(names)}\n")
    return 1 if names and arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
