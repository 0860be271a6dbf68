"""What is printed of secrets: every text is reported by rules that tell all, in all formats."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

from tslint.cli.main import main
from tslint.report.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.secrets.texts import Text

# Own rules that put into messages, paths and excerpts whatever the rule language can.
_TELLS = {
    "steps": "never: {name: {matches: '.'}}",
    "values": "never: {sets: any}",
    "lines": "never: {CommandLine: {not: {missing: true}}}",
    "scripts": "never: {SourceScript: {not: {missing: true}}}",
    "parameters": "never: {Parameters: {not: {missing: true}}}",
    "passwords": "never: {UserPassword: {not: {missing: true}}}",
    "conditions": "every: {name: {matches: '.'}}\nmust: {value: {Never: set}}",
}
_RULE = """
id: TELL-{number}
name: tell-{name}
level: note
{pattern}
message: "'{{name}}' has '{{value}}' ({{witness}})."
remedy: None.
"""


def leaks(texts: Iterable[Text], folder: Path, formats: Sequence[str] = FORMATS) -> list[tuple[Text, str]]:
    """Return each text of which a format, the baseline or the console shows a secret, and which one."""
    rules = folder / "rules"
    rules.mkdir()
    for number, (name, pattern) in enumerate(_TELLS.items()):
        (rules / f"tell-{name}.yaml").write_text(
            _RULE.format(number=number, name=name, pattern=pattern), "utf-8"
        )
    found = []
    for number, text in enumerate(texts):
        file = folder / f"{number}.xml"
        file.write_text(text.xml, "utf-8")
        for form, printed in _outputs(file, rules, formats):
            if any(_shows(printed, secret) for secret in text.secrets):
                found.append((text, form))
    return found


def _outputs(file: Path, rules: Path, formats: Sequence[str]) -> Iterator[tuple[str, str]]:
    arguments = ["--isolated", "--profile", "all", "--include-suppressed", "--rules", str(rules)]
    reports = {form: file.with_suffix(f".{form}") for form in formats}
    baseline = file.with_suffix(".baseline.json")
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        main([*arguments, *(f"--output={form}={path}" for form, path in reports.items()), str(file)])
        main([*arguments, f"--write-baseline={baseline}", str(file)])
    yield "console", out.getvalue() + err.getvalue()
    yield "baseline", baseline.read_text("utf-8")
    for form, path in reports.items():
        yield form, path.read_text("utf-8")


def _shows(printed: str, secret: str) -> bool:
    """Say whether a text shows a secret, as it is or as a format writes it, or the better part of it."""
    better = secret[: max(5, len(secret) * 2 // 3)]
    return better.lower() in printed.lower()
