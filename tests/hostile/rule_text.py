"""A rule of our own writing, to be spoilt by the tests, and the command line to hand it to."""

from __future__ import annotations

import io
from pathlib import Path

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
  silent: [{{title: Another, sequence: [{{run: cmd}}]}}]
"""


def with_pattern(pattern: str) -> str:
    """Return the rule with another pattern."""
    return RULE.replace(NEVER, pattern)


def command(*arguments: str) -> tuple[int, str, str]:
    """Run tslint: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    status = run(parse(arguments), io.StringIO(), out, err)
    return status, out.getvalue(), err.getvalue()


def refused(text: str | bytes, selectors: str = "") -> str:
    """Tell the error of a rule file, from its place on: one line that can be printed."""
    Path("r.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    if selectors:
        Path("selectors.yaml").write_text(selectors, "utf-8")
    status, out, err = command("--rules", "r.yaml", "--list-rules")
    assert (status, out) == (2, "")
    assert err.startswith(("tslint: r.yaml:", "tslint: ./selectors.yaml:"))
    assert len(err) < 1000
    assert err[:-1].isprintable()
    return err.removeprefix("tslint: ").removeprefix("r.yaml:").removeprefix("./").rstrip("\n")
