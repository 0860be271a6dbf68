"""A rule of our own writing, for tests to spoil or to vary, and the command line to hand it to."""

from __future__ import annotations

import io

from tslint.cli.arguments import parse
from tslint.cli.main import run

NEVER = "never: {step: Reboot}"
RULE = f"""\
id: ORG-101
name: no-restart
level: error
precision: high
category: policy
profile: recommended
summary: A step restarts the computer.
why: Because.
sources: [{{title: Policy, url: https://example.org/policy}}]
{NEVER}
message: "'{{first}}' restarts the computer."
remedy: {{console: Remove the step.}}
examples:
  reported: [{{title: One, at: Restart Computer, sequence: [{{restart: HD}}]}}]
  silent: [{{title: None, sequence: [{{run: cmd}}]}}]
"""


def with_pattern(pattern: str) -> str:
    """Return the rule with another pattern."""
    return RULE.replace(NEVER, pattern)


def command(*arguments: str) -> tuple[int, str, str]:
    """Run tslint: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    status = run(parse(arguments), io.StringIO(), out, err)
    return status, out.getvalue(), err.getvalue()
