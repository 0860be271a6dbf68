"""Names of variables that are one slip of the keyboard away from a documented one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tslint.catalogue.tables import Tables

# Shorter names are as often a word of their own.
_SHORTEST: Final = 8
# So many letters a slip leaves as they are, at the beginning or at the end of such a name.
_KEPT: Final = 3
# Names of variables are not longer, and to compare takes time.
_LONGEST: Final = 256


def documented_name(name: str, tables: Tables) -> str:
    """Return the documented name that is one slip away, "" where there is none or the name is itself known.

    A slip is a letter too many, missing, or another, or two letters swapped. What goes on before or behind a
    documented name, but by the same letter, is somebody's own (OSDComputerNames), as is what begins with OS
    for OSD, and what differs in a digit, or in an underscore but the missing one in front (SMSTSInWinPE). An
    array by itself (OSDPartitions) has no value, so nobody means it.
    """
    low = name.strip().lower()
    if not _SHORTEST <= len(low) + 1 <= _LONGEST or low in tables.names or low in tables.others:
        return ""
    member = _array_member(low, tables)
    if member is not None:
        return member
    begin, end = low[:_KEPT], low[-_KEPT:]  # a slip is in one place
    alike = (known for known in tables.names if known.startswith(begin) or known.endswith(end))
    near = (known for known in alike if len(known) >= _SHORTEST and _one_slip(low, known))
    return next((tables.names[known] for known in near if not _is_array(known, tables)), "")


def _is_array(known: str, tables: Tables) -> bool:
    return "members" in tables.variables.get(known, {})


def _array_member(name: str, tables: Tables) -> str | None:
    """Return the same for a name that is an array's and a number; None where it is not."""
    for array, number, rest in _split(name, tables.variables):
        members = tables.variables[array]["members"]
        if all(member.lower() != rest for member in members):
            near = (member for member in members if _one_slip(rest, member.lower()))
            found = next(near, "")
            return tables.names[array] + number + found if found else ""
        return ""
    return None


def _split(name: str, variables: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, str, str]]:
    for array, facts in variables.items():
        if "members" in facts and name.startswith(array):
            rest = name[len(array) :]
            number = rest[: len(rest) - len(rest.lstrip("0123456789"))]
            if number:
                yield array, number, rest[len(number) :]


def _one_slip(word: str, known: str) -> bool:
    if abs(len(word) - len(known)) > 1:
        return False
    if word in (known + known[-1], known[0] + known):
        return True
    if known in word or known == f"osd{word[2:]}":
        return False
    if known == f"_{word}":
        return True
    return is_slip(word, known) and "".join(differing(word, known)).isalpha()


def is_slip(word: str, known: str) -> bool:
    """Say whether one character is too many, missing or another, or two are swapped."""
    ours, theirs = differing(word, known)
    return max(len(ours), len(theirs)) == 1 or (len(ours) == 2 and ours == theirs[::-1])


def differing(a: str, b: str) -> tuple[str, str]:
    """Return what is left of two texts without what they have in common at their beginning and end."""
    begin = _same(a, b)
    end = _same(a[begin:][::-1], b[begin:][::-1])
    return a[begin : len(a) - end], b[begin : len(b) - end]


def _same(a: str, b: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
