"""What task sequences run that is not at hand: told once a run, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tslint.lint.result import Missing

# Packages that are named. Whoever lints one sequence of a site misses a few, and must not read of all.
MOST_NAMED = 5
# Characters of a package id. A real one has eight.
LONGEST_ID = 40


def said(missing: Sequence[Missing]) -> Iterator[str]:
    """Yield a sentence for what is in no file, and one for each package that has two versions."""
    nowhere = [one for one in missing if not one.versions]
    if nowhere:
        named = [f"{_id(one)} (run in {one.file})" for one in nowhere[:MOST_NAMED]]
        more = len(nowhere) - len(named)
        listed = ", ".join(named) + (f" and {more} more" if more else "")
        whose, it = ("its", "it") if len(nowhere) == 1 else ("their", "them")
        yield (
            f"not at hand: {listed}; what depends on {it} is at most a note: add {whose} export, "
            f"or name {whose} file under package-ids in .tslint.yaml"
        )
    for one in [one for one in missing if one.versions][:MOST_NAMED]:
        yield (
            f"{_id(one)}, run in {one.file}, is in {' and in '.join(one.versions)}, and these differ; "
            "what depends on it is at most a note: leave out the one that is not in use"
        )


def plain(missing: Sequence[Missing]) -> list[dict[str, Any]]:
    """Return the same as JSON says it."""
    return [{"packageId": _id(one), "file": one.file, "versions": list(one.versions)} for one in missing]


def _id(one: Missing) -> str:
    return shortened(one.package, LONGEST_ID)
