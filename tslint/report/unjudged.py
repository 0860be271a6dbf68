"""Files that no rule came to judge, as findings: a run that met a bound must not be green."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.finding import Finding, Point
from tslint.source.document import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.rules.rule import Rule
    from tslint.source.looked import Looked

# The rule whose findings these are. No option, suppression or baseline takes them away.
UNDECIDED = "TS007"


def unjudged(looked: Iterable[Looked], rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """Yield a finding on each file, or folder, that is undecided: an error. ``rules`` are all by id."""
    own = rules[UNDECIDED]
    for one in looked:
        if one.outcome == "undecided":
            place = Point(Origin(one.file), 1, 1, "")
            message = f"Nothing here was judged: {one.why}."
            yield Finding(own.id, own.name, "error", message, place, identity=(own.id, one.file))
