"""``--completion SHELL``: a script that completes tslint's arguments, made from its own parser and rules."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

import shtab

from tslint.cli.arguments import argument_parser
from tslint.cli.sub_commands import SUB_COMMANDS, load
from tslint.report.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tslint.rules.rule import Rule


class _Parser(argparse.ArgumentParser):
    """A parser that tells shtab what may follow each of its arguments: ``offered`` words, or a file."""

    def __init__(self, *, offered: Mapping[str, Sequence[object]], **about: Any) -> None:
        self._offered = offered
        super().__init__(**about)

    def add_argument(self, *names: str, **about: Any) -> argparse.Action:
        """Add an argument; see https://docs.iterative.ai/shtab/use/ for what it is told."""
        action = super().add_argument(*names, **about)
        if names[-1] in self._offered:
            action.choices = self._offered[names[-1]]
        elif about.get("metavar") in {"PATH", "FILE"}:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        return action


def _sub_parser(add: Callable[..., _Parser], name: str, told: str, **about: Any) -> _Parser:
    """Make the parser of a sub-command one of those that are completed; its words are its own."""
    return add(name, help=told, offered={}, **about)


def completion(shell: str, rules: Iterable[Rule]) -> str:
    """Return the script for ``shell``; ``rules`` are those that it offers by id, name and category."""
    rules = tuple(rules)
    named = sorted({word for rule in rules for word in (rule.id, rule.name)})
    chosen = sorted({*named, *(rule.category for rule in rules)})
    offered: dict[str, Sequence[object]] = {
        "--explain": named,
        "--select": chosen,
        "--ignore": chosen,
        "--output": [f"{form}=" for form in FORMATS],
        "--jobs": ["auto"],
    }
    if shell == "bash":  # of the first word; the other shells offer both by themselves
        offered["paths"] = [shtab.Choice("file"), *SUB_COMMANDS]
    parser = argument_parser(partial(_Parser, offered=offered))
    added = parser.add_subparsers(parser_class=_Parser)
    for name, told in SUB_COMMANDS.items():
        load(name).parser(partial(_sub_parser, added.add_parser, name, told))
    return f"{shtab.complete(parser, shell)}\n"
