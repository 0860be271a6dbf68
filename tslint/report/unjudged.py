"""What no rule, or not every rule, came to judge, as findings: a run that met a bound must not be green."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.finding import Finding, Point
from tslint.source.document import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.lint.finding import Place
    from tslint.lint.result import Result
    from tslint.rules.rule import Rule

# The rule whose findings these are. No option, suppression or baseline takes them away.
UNDECIDED = "TS007"


def unjudged(result: Result, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """Yield a finding on each file or folder that is undecided: an error. ``rules`` are all by id.

    On a task sequence that some rules could not decide it is a warning.
    """
    own = rules[UNDECIDED]
    for one in result.looked:
        if one.outcome == "undecided":
            place = Point(Origin(one.file), 1, 1, "")
            message = f"Nothing here was judged: {one.why}."
            yield Finding(own.id, own.name, "error", message, place, identity=(own.id, one.file))
    places: dict[str, Place | Point] = {}
    open_ones: dict[str, list[str]] = {}
    for open_end in result.undecided:
        places.setdefault(open_end.file, open_end.place)
        open_ones.setdefault(open_end.file, []).append(open_end.rule)
    for file, ids in open_ones.items():
        told = ", ".join(sorted(set(ids)))
        noun = "rules" if len(set(ids)) > 1 else "rule"
        message = f"The {noun} {told} could not be decided here: that would have cost too much work."
        yield Finding(own.id, own.name, "warning", message, places[file], identity=(own.id, file, told))
