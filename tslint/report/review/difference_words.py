"""A change and an effect as one sentence each, for all formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tslint.review.changes import Change
    from tslint.review.effects import Effect

# Longer values are cut in a sentence; where all of a text matters the formats show it line by line.
LONGEST = 120
# So many steps are named; the others are counted.
_NAMED = 4


def change_text(change: Change) -> str:
    """Say what changed, without naming the step."""
    if change.kind in ("added", "removed"):
        return f"{change.kind}{f': {change.new}' if change.new else ''}"
    if change.kind in ("disabled", "enabled"):
        return change.kind
    if change.kind == "moved":
        return f"moved: {change.old} -> {change.new}"
    if change.kind == "renamed":
        return f"renamed from '{change.old}' to '{change.new}'"
    what = f"sets {change.setting}" if change.kind == "variable" else change.setting or change.kind
    if change.old is None:
        return f"{what}: {short(change.new)} (new)"
    if change.new is None:
        return f"{what}: {short(change.old)} (gone)"
    return f"{what}: {short(change.old)} -> {short(change.new)}"


def short(value: str | None) -> str:
    """Return a value on one line, cut with its length where it is long."""
    if value is None:
        return "nothing"
    line = " / ".join(part.strip() for part in value.split("\n"))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 20]}... ({len(line)} characters)"


def is_long(value: str | None) -> bool:
    """Say whether a value is told line by line."""
    return value is not None and ("\n" in value or len(value) > LONGEST)


def effect_text(effect: Effect) -> str:
    """Say what the changes bring about."""
    steps = _steps(effect.steps)
    when = f"; for example when {' and '.join(effect.when)}" if effect.when else ""
    many = len(effect.steps) > 1
    run, does, them, read = ("run", "do", "them", "read") if many else ("runs", "does", "it", "reads")
    return {
        "never": f"{steps} never {run} any more",
        "more": f"{steps} now {run} where the old version skips {them}{when}",
        "fewer": f"{steps} {does} not run where the old version runs {them}{when}",
        "phase": f"{steps} ran in {effect.old} and now {run} in {effect.new}",
        "unset": f"nothing sets {effect.variable} any more, which {steps} {read}",
        "undecided": "what else the changes mean was too much to work out",
    }[effect.kind]


def _steps(paths: tuple[str, ...]) -> str:
    named = [f"'{path}'" for path in paths[:_NAMED]]
    more = len(paths) - len(named)
    if more:
        return f"{', '.join(named)} and {more} more"
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
