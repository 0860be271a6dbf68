"""What could still put a fault right: steps that may do anything, and scripts that name a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.language.form import SOME
from tslint.logic.text import Unknown

if TYPE_CHECKING:
    from tslint.flow.timeline import Entry
    from tslint.language.context import Context, Hit
    from tslint.language.pattern import Pattern
    from tslint.logic.proposition import Proposition


def broken(hit: Hit, quantifier: str) -> bool:
    """Say whether a rule is broken on some path, or on every path on which its subject happens."""
    flow = hit.context.flow
    if quantifier == SOME:
        return flow.propositions.possible(hit.broken)
    otherwise = flow.diagram.without(hit.reached, hit.broken)
    return flow.propositions.possible(hit.reached) and not flow.propositions.possible(otherwise)


def without_marks(hit: Hit) -> Hit:
    """Return a hit on the paths on which nobody else has given a mark of the sequence's own its value.

    Such a path may lead to a fault nobody has to reckon with; one that puts a fault right may be meant.
    """
    return hit._replace(broken=hit.context.flow.unmarked(hit.broken))


def is_upshot_of_failure(hit: Hit) -> bool:
    """Say whether only a step that fails breaks the rule, though its subject happens where none does.

    What a failure leaves undone is no fault of the sequence that was to do it. Where only a failure leads to
    the subject, in an error handler, that is so of one that comes after it.
    """
    propositions = hit.context.flow.propositions
    possible = propositions.possible_without_failure
    if possible(hit.reached):
        return not possible(hit.broken)
    later = propositions.outcomes_after(hit.primary.entry.order)
    return not propositions.possible(propositions.where(hit.broken, later))


def hole_for(pattern: Pattern, hit: Hit, quantifier: str, context: Context) -> Entry | None:
    """Return a step that may do or assign anything and could put the fault right, None if none could.

    All such steps together are tried first: what stays broken then is not their doing. Where something stands
    is no question of what runs.
    """
    if hit.context is not context:
        return None
    writers = context.flow.writers()
    if not writers or _still(pattern, hit, quantifier, context.taking({w.order for w in writers})):
        return None
    for writer in writers:
        if not _still(pattern, hit, quantifier, context.taking({writer.order})):
            return writer
    return writers[0]


def _still(pattern: Pattern, hit: Hit, quantifier: str, other: Context) -> bool:
    return any(
        broken(h, quantifier) and broken(without_marks(h), SOME) for h in pattern.hits_at(hit.key, other)
    )


def script_may_mend(pattern: Pattern, hit: Hit, context: Context) -> bool:
    """Say whether scripts that name a variable could put the fault right on each path by assigning it.

    Such a script is written for the variable, so what it assigns is likely what the sequence waits for.
    """
    if hit.context is not context:
        return False
    of_scripts, asked = context.flow.assignments.of_scripts(), hit.context.flow.asked
    scripts = frozenset[int]().union(*(orders for name, orders in of_scripts.items() if name in asked))
    if not scripts:
        return False
    other = context.taking(scripts)
    same = next(iter(pattern.hits_at(hit.key, other)), None)
    if same is None:
        return True
    fine = other.flow.diagram.without(same.reached, same.broken)

    def theirs(proposition: Proposition) -> bool:
        subject = proposition.subject
        return isinstance(subject, Unknown) and subject.origin in scripts

    return other.flow.propositions.mends(fine, same.broken, theirs)
