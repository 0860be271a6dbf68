"""What tests of rules and of the flow share: sequences in the compact notation in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.lint.examples import lint_example
from tslint.lint.run import lint
from tslint.rules.builtin import builtin_rules, builtin_tables

if TYPE_CHECKING:
    from tslint.lint.finding import Finding
    from tslint.lint.result import Result

RULES = builtin_rules()
TABLES = builtin_tables()


def result_of(data: bytes, rules: Any = RULES) -> Result:
    """Lint one file's bytes."""
    result = lint(["-"], rules, TABLES, stdin_name="example", read_stdin=lambda: data)
    assert not result.crashes, result.crashes
    return result


def findings_of(example: dict[str, Any], rules: Any = RULES) -> list[Finding]:
    """Lint an example of a rule file: text, one sequence, or a sequence with children."""
    result = lint_example(example, rules, TABLES)
    assert not result.crashes, result.crashes
    return list(result.findings)


def lint_steps(*steps: dict[str, Any]) -> list[Finding]:
    """Lint a sequence of these steps."""
    return findings_of({"sequence": list(steps)})


def told(findings: list[Finding], rule: str) -> list[tuple[str, str]]:
    """Level and step path of each finding of a rule."""
    return [(f.level, getattr(f.place, "step", "")) for f in findings if f.rule == rule]
