"""Measure: ``python -m benchmarks.secrets``. The exit status is 1 where a goal is missed or one is shown."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.secrets.shown import leaks
from benchmarks.secrets.texts import Text, harmless, ways
from tslint.lint.run import lint
from tslint.rules.builtin import builtin_rules, builtin_tables

# Rules that say that a secret stands in clear, not that a variable is logged.
_LOGGED = ("TS520", "TS521")
RULES = tuple(rule for rule in builtin_rules() if rule.category == "security" and rule.id not in _LOGGED)
TABLES = builtin_tables()
# At least so many of the ways are to be reported, and at most so many of the harmless texts.
LEAST, MOST = 0.9, 0.03


def reported(text: Text) -> tuple[str, ...]:
    """Return the ids of the rules that report a secret in a text."""
    result = lint(["-"], RULES, TABLES, stdin_name="text.xml", read_stdin=text.xml.encode)
    if result.crashes:
        raise RuntimeError(f"{text.written}: {result.crashes[0].error}")
    return tuple(sorted({finding.rule for finding in result.findings}))


def main() -> int:
    """Print the two figures, the misses and what was shown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.secrets", description=__doc__)
    parser.add_argument("--no-formats", action="store_true", help="do not look at what the formats show")
    options = parser.parse_args()
    written, innocent = ways(), harmless()
    missed = [text for text in written if not reported(text)]
    accused = [(text, rules) for text in innocent if (rules := reported(text))]
    found, wrong = 1 - len(missed) / len(written), len(accused) / len(innocent)
    print(f"ways reported:           {len(written) - len(missed)} of {len(written)}, {found:.3f}")
    print(f"harmless texts reported: {len(accused)} of {len(innocent)}, {wrong:.3f}")
    for text in missed:
        print(f"  missed   {text.about}: {text.written}")
    for text, rules in accused:
        print(f"  accused  {text.about}: {text.written} ({', '.join(rules)})")
    shown: list[tuple[Text, str]] = []
    if not options.no_formats:
        with tempfile.TemporaryDirectory() as folder:
            shown = leaks(written, Path(folder))
        recognised = {text.written for text in written} - {text.written for text in missed}
        print(f"shown in a format:       {len({text.written for text, _ in shown})} of {len(written)}")
        for text, form in shown:
            known = "recognised" if text.written in recognised else "missed"
            print(f"  shown in {form} ({known})  {text.about}: {text.written}")
        shown = [(text, form) for text, form in shown if text.written in recognised]
    return int(found < LEAST or wrong > MOST or bool(shown))


if __name__ == "__main__":
    sys.exit(main())
