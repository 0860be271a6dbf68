"""Dry runs for people: a line a step, with what decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.escape import escape, inert
from tslint.report.paint import paint
from tslint.report.review.difference_words import short
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.report.terminal import Screen
    from tslint.review.dry_run import DryRun, Line

_REASONS = {
    "disabled": "it is disabled",
    "failure": "a step before it failed",
    "condition": "its condition is false",
    "undecided": "too much to work out",
}
_ENDS = {
    "completes": "The task sequence completes.",
    "fails": "The task sequence fails.",
    "depends": "Whether the task sequence completes depends on what is not known.",
}
# Things that are not known are told with how many steps hang on them; the others are counted.
_MOST = 12


def dry_run_text(
    result: DryRun, given: Sequence[tuple[str, str | None]], screen: Screen | None = None
) -> str:
    """Return a dry run as text. ``given`` are the values that it began with."""
    return inert("\n".join(_lines(result, given, colour=bool(screen and screen.colour))) + "\n")


def _lines(result: DryRun, given: Sequence[tuple[str, str | None]], *, colour: bool) -> Iterator[str]:
    yield f"Task sequence {escape(result.name)} ({escape(result.file)})".replace("  ", " ")
    for name, value in given:
        yield (
            f"  {escape(name)} does not exist"
            if value is None
            else f"  {escape(name)} = {escape(short(value))}"
        )
    yield ""
    waiting: list[frozenset[str]] = []  # what the groups around depend on, by depth
    for one in result.lines:
        del waiting[one.depth :]
        known = waiting[-1] if waiting else frozenset()
        yield from _line(one, known, colour=colour)
        waiting += [frozenset()] * (one.depth - len(waiting)) + [frozenset(one.why) | known]
    yield ""
    yield _ENDS[result.ends]
    if result.unknown:
        told = [f"{escape(one.what)} ({count(one.steps, 'step')})" for one in result.unknown[:_MOST]]
        more = len(result.unknown) - len(told)
        yield f"Not known: {', '.join(told)}{f' and {more} more' if more else ''}"
    if result.give:
        yield f"To know more, give: {', '.join(map(escape, result.give))}"


def _line(one: Line, known: frozenset[str], *, colour: bool) -> Iterator[str]:
    """Tell of a step; what the groups around it depend on is ``known``, and not told again."""
    number = "" if one.number is None else str(one.number)
    outcome = f"{one.outcome:<8}"
    painted = paint(one.outcome, outcome, on=colour)
    name = f"{'group ' if one.kind == 'group' else ''}{escape(one.name)}"
    phase = f"  [{one.phase}]" if one.phase and one.kind == "step" else ""
    lead = f"{number:>4}  {outcome}{'  ' * one.depth}"
    yield f"{number:>4}  {painted}{'  ' * one.depth}{name}{phase}"
    indent = " " * (len(lead) + 4)
    if one.outcome == "skipped" and one.reason != "group":  # that is told above it
        yield from (f"{indent}{escape(why)}" for why in one.why or (_REASONS[one.reason],))
    elif one.outcome == "depends":
        more = [escape(why) for why in one.why if why not in known]
        if more:
            yield f"{indent}depends on {', '.join(more)}"
        elif one.reason == "undecided":
            yield f"{indent}{_REASONS[one.reason]}"
    if one.swallowed is not None:
        where = "" if one.outcome == "fails" else "if it runs, it fails; "
        goes_on = (
            f"'{escape(one.swallowed)}' continues on error" if one.swallowed else "the task sequence ends"
        )
        yield f"{indent}{where}{goes_on}"
    for made in one.sets:
        if not made.value:
            yield f"{indent}sets {escape(made.name)} to what is not known"
        else:
            yield f"{indent}sets {escape(made.name)} = {escape(short(made.value))}"
