"""docs/mends.md: what tslint can mend itself, what somebody has to decide, what cannot be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.markdown_table import table
from tslint.rules.mends import mends_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tslint.rules.page import Mended
    from tslint.rules.rule import Rule

_HEAD = """\
# What can be mended

[Mending](mending.md) says how. This table follows from the rules: `python -m tools.documentation` writes it.
"""


def mends_page(rules: Sequence[Rule], mended: Mapping[str, Mended | None]) -> str:
    """Write the page. ``mended`` is what a mend does to an example of its rule, by the rule's id."""
    able = [rule for rule in rules if mended[rule.id] is not None]
    asking = [rule for rule in rules if rule not in able and _decisions(rule)]
    rest = [rule for rule in rules if rule not in able and rule not in asking]
    lines = [_HEAD, f"## tslint can mend it: {len(able)} rules", ""]
    lines += [
        "Safe mends are made by `--fix`, the others with `--unsafe-fixes` too. Where a situation asks for a",
        "decision, it stands in the last column.",
        "",
    ]
    columns = ("rule", "name", "safe", "what it does to an example of the rule", "to decide")
    lines += table(columns, _able(able, mended))
    lines += ["", f"## Somebody has to decide: {len(asking)} rules", ""]
    lines += table(("rule", "name", "to decide"), ((_link(r), r.name, _decisions(r)) for r in asking))
    lines += ["", f"## There is nothing to mend in a task sequence: {len(rest)} rules", ""]
    lines += table(("rule", "name", "why"), ((_link(r), r.name, _why(r)) for r in rest))
    return "\n".join(lines) + "\n"


def _able(rules: Iterable[Rule], mended: Mapping[str, Mended | None]) -> Iterator[tuple[str, ...]]:
    for rule in rules:
        one = mended[rule.id]
        safe = {mend.safe for mends in mends_of(rule) for mend in mends if mend.edits}
        told = "yes" if safe == {True} else "no" if safe == {False} else "in part"
        yield _link(rule), rule.name, told, one.words if one else "", _decisions(rule)


def _decisions(rule: Rule) -> str:
    return " ".join(dict.fromkeys(one.decide for mends in mends_of(rule) for one in mends if one.decide))


def _why(rule: Rule) -> str:
    return (
        "tslint itself reports it, of a file or of a run" if rule.is_fault else "nobody has looked at it yet"
    )


def _link(rule: Rule) -> str:
    return f"[{rule.id}](rules/{rule.id}.md)"
