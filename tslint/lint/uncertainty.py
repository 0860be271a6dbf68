"""What could still put a fault right: steps that may do anything, and scripts that name a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.language.form import SOME
from tslint.logic.text import Unknown

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry
    from tslint.language.context import Context, Hit
    from tslint.language.pattern import Pattern


def broken(hit: Hit, quantifier: str) -> bool:
    """Say whether a rule is broken on some path, or on every path on which its subject happens."""
    flow = hit.context.flow
    if quantifier == SOME:
        return flow.propositions.possible(hit.broken)
    otherwise = flow.diagram.without(hit.reached, hit.broken)
    return flow.propositions.possible(hit.reached) and not flow.propositions.possible(otherwise)


def hole_for(pattern: Pattern, hit: Hit, quantifier: str, context: Context) -> Entry | None:
    """Return a step that may do or assign anything and could put the fault right, None if none could.

    All such steps together are tried first: what stays broken then is not their doing.
    """
    writers = context.flow.writers()
    if not writers or _still(pattern, hit, quantifier, context.taking({w.order for w in writers})):
        return None
    for writer in writers:
        if not _still(pattern, hit, quantifier, context.taking({writer.order})):
            return writer
    return writers[0]


def _still(pattern: Pattern, hit: Hit, quantifier: str, other: Context) -> bool:
    return any(broken(h, quantifier) for h in pattern.hits_at(hit.key, other))


def script_may_mend(pattern: Pattern, hit: Hit, context: Context) -> bool:
    """Say whether scripts that name a variable could put the fault right on each path by assigning it.

    Such a script is written for the variable, so what it assigns is likely what the sequence waits for.
    """
    scripts = context.flow.assignments.of_scripts()
    if not scripts:
        return False
    other = context.taking(scripts)
    same = next(iter(pattern.hits_at(hit.key, other)), None)
    if same is None:
        return True
    diagram, propositions = other.flow.diagram, other.flow.propositions
    theory = propositions.theory(same.reached, same.broken)
    fine = diagram.both(theory, diagram.without(same.reached, same.broken))
    theirs = {
        number
        for number in diagram.support(fine)
        if isinstance(subject := propositions[number].subject, Unknown) and subject.origin in scripts
    }
    mendable = diagram.there_is(fine, theirs)
    return not propositions.possible(diagram.without(same.broken, mendable))
