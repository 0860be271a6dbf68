"""The examples of rule files, run: whether a rule reports what they say, where and at which level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.lint.finding import Place
from tslint.lint.run import lint
from tslint.rules.example import export_zip, sequence_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.lint.result import Result
    from tslint.rules.page import Example, Examples
    from tslint.rules.rule import Rule

# A file may hold very many examples. Those of the built-in rules need less than a fifth.
_EFFORT = 100_000

ExampleKind = Literal["reported", "silent"]


class Mismatch(NamedTuple):
    """An example that is not what it says, both sides in words. ``number`` counts those of a kind from 0."""

    kind: ExampleKind
    number: int
    title: str
    expected: str
    found: str


class _Found(NamedTuple):
    level: str
    step: str


def lint_example(example: Example, rules: Sequence[Rule], tables: Tables) -> Result:
    """Lint an example as the file it stands for: text, a sequence, or an export of one with its children."""
    if "text" in example:
        data = str(example["text"]).encode()
    elif example.get("children") or example.get("package") or example.get("packages"):
        data = export_zip(example)
    else:
        data = sequence_xml(example["sequence"], lite_touch=bool(example.get("lite-touch"))).encode()
    return lint(["-"], rules, tables, stdin_name="example", read_stdin=lambda: data, effort=_EFFORT)


def mismatches(rule: Rule, examples: Examples, rules: Sequence[Rule], tables: Tables) -> Iterator[Mismatch]:
    """Run the examples of ``rule`` and yield those that are not what they say.

    ``rules`` are all there are, ``rule`` among them: one may silence another. After an example that is more
    than the rule can decide the others are left out: each may take as long.
    """
    concerned = [one for one in rules if one.id == rule.id or rule.id in one.silences]
    kinds: tuple[ExampleKind, ...] = ("reported", "silent")
    for kind in kinds:
        for number, example in enumerate(examples.get(kind, ())):
            wanted = _wanted(rule, example) if kind == "reported" else []
            result = lint_example(example, concerned, tables)
            found = [
                _Found(one.level, one.place.step if isinstance(one.place, Place) else "")
                for one in result.findings
                if one.rule == rule.id
            ]
            failed = _failed(rule, result)
            if failed or not _same(wanted, found):
                yield Mismatch(kind, number, example["title"], _told(wanted), failed or _told(found))
            if result.undecided:
                return


def _wanted(rule: Rule, example: Example) -> list[_Found]:
    at = example.get("at", "")
    return [_Found(example.get("level", rule.level), one) for one in ([at] if isinstance(at, str) else at)]


def _failed(rule: Rule, result: Result) -> str:
    """Tell why the rule came to no verdict, "" if it did."""
    for crash in result.crashes:
        if crash.rule in {rule.id, ""}:
            return f"a fault of tslint, please report it: {crash.error}"
    undecided = any(open_end.rule == rule.id for open_end in result.undecided)
    return "no verdict: the example is more than the rule can decide" if undecided else ""


def _same(wanted: Sequence[_Found], found: Sequence[_Found]) -> bool:
    """Compare in any order. What is wanted may give a step's name alone, or the end of its path."""
    left = list(found)
    for level, step in wanted:
        fitting = (f for f in left if f.level == level and (f.step == step or f.step.endswith(f"/{step}")))
        match = next(fitting, None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _told(findings: Sequence[_Found]) -> str:
    return " and ".join(f"{level} at '{step}'" if step else level for level, step in findings) or "no finding"
